package dialog

import (
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// What was shown before HIDE_INFO was switched on stays in the topics: their first
// lines can't be deleted, nor messages older than 48 hours. So it is asked in
// General whether the dialogs go on in new topics.

// HidingAsked asks it in a group; notices are what whoever switched it on should know.
// The buttons carry the moment, so that a late press is not about newer dialogs.
func HidingAsked(c tenants.ConnectionID, group tenants.ChatID, notices []say.Line, f Facts) Decision {
	v := f.Settings.Voice()
	words := v.Say(say.HidingAsk)
	for _, notice := range notices {
		words += "\n\n" + v.Line(notice)
	}
	words += "\n\n" + v.Say(say.HidingChoices)
	job := noteJob(c, group, tenants.Plain(words), false, f.Now)
	job.Lane.Side = ToTitle // behind the notes that wait, before nobody who answers
	s := job.Effect.(*Send)
	for _, b := range []struct {
		verb  Verb
		words say.Key
	}{{PressRenew, say.ButtonNewTopics}, {PressStay, say.ButtonFromNow}} {
		s.Buttons = append(s.Buttons, Button{Text: v.Say(b.words), Data: Press{Verb: b.verb, Arg: f.Now.Unix()}.Data()})
	}
	return Decision{Jobs: []Job{job}}
}

// Renewal is that the dialogs of a group that were there before a moment go on in new
// topics.
type Renewal struct {
	Group  tenants.ChatID
	Before time.Time
}

// hidingChosen is a press of one of these buttons.
func (p *pressed) hidingChosen() {
	if !p.f.Writer.Manager {
		p.answer(p.f.words(say.HidingManagers))
		return
	}
	told, detail := say.HidingStays, "from_now_on"
	if p.press.Verb == PressRenew {
		told, detail = say.HidingRenews, "new_topics"
		p.out.Renew = &Renewal{Group: p.e.Message.Chat, Before: time.Unix(p.press.Arg, 0)}
	}
	p.out.Acts = []Act{{At: p.f.Now, By: p.e.By, Name: "hide_info", Detail: detail}}
	p.job(ToMark, ClassMark, &Delete{Message: p.e.Message})
	p.job(ToTopic, ClassNote, ownSend(tenants.Plain(p.f.words(told, say.Values{"who": tenants.Clean(p.e.By.Name())})), true))
	p.answer(p.f.words(say.HidingChosen))
}

// renew moves the dialog into a new topic, if somebody chose so when HIDE_INFO was
// switched on, and tells that it does. The old topic is closed, under another name;
// what the team writes there still reaches the client. Nothing of it is shown again.
func (d *draft) renew() bool {
	if !d.s.Rare.Renew || d.f.Thread == 0 || d.s.Rare.Room {
		return false
	}
	d.s.Rare.Renew = false
	if !d.f.Settings.Hide.Any() {
		return false
	}
	name := tenants.TrimTitle(signOld, d.shown(), "", tenants.MaxTopicTitle)
	d.put(ToTitle, ClassTitle, &Rename{Thread: d.f.Thread, Title: name}, tenants.MessageRef{}, OfRelay)
	d.put(ToTitle, ClassTitle, &SetOpen{Thread: d.f.Thread}, tenants.MessageRef{}, OfRelay)
	none, anew := tenants.ThreadID(0), false
	d.out.Topic = &TopicChange{Thread: &none, Anew: &anew}
	d.s.SaidBy = ""
	return true
}

// AuditRefused is what General is told when the audit refused a call.
func AuditRefused(v tenants.Voice) tenants.Text { return tenants.Plain(v.Say(say.HidingAudit)) }

// signOld stands before the name of a topic that its dialog has left.
const signOld = "🗄 "
