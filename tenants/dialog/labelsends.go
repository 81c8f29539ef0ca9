package dialog

import (
	"slices"

	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/say"
)

// sendFor sends the quick reply of a label that m has just set, as if m were the /say
// that asks for it; sent = it is on its way. Nobody typed its words just now, so it is
// held for long enough to be taken back, and the topic reads what will go. The label
// stays whatever becomes of it.
func (d *draft) sendFor(m *tenants.Message, l Label) (sent bool) {
	language := d.f.Settings.Language
	known, _ := shelf{f: &d.f}.find(l.Sends)
	if known == nil {
		d.mark(m.Ref(), signDone)
		d.inside(m)
		d.tell(m.Ref(), say.LabelNotSent.In(language, say.Values{"name": l.Name, "reply": l.Sends}), true)
		return false
	}
	asked := *m
	asked.Content = textContent(tenants.Plain("/" + string(command.Say) + " " + known.Name))
	asked.Date = d.f.Now // held from when people read of it
	if d.f.ReplyTo != ReplyClient {
		asked.ReplyTo, asked.Quote = tenants.MessageRef{}, nil
	}
	d.least = max(d.f.Settings.Undo, tenants.LabelHold)
	if !d.sendSaved(&asked, *known, false, "") {
		d.mark(m.Ref(), signDone)
		return false
	}
	d.s.Rare.Holds = slices.Clone(d.s.Rare.Holds)
	d.s.Rare.Holds[len(d.s.Rare.Holds)-1].Label = l.ID
	words := say.LabelWillSend.In(language, say.Values{"reply": known.Name, "n": int(d.least.Seconds())})
	s := answerTo(m.Ref(), tenants.Plain(words), false)
	s.Notice = d.noticed(m)
	s.Buttons = []Button{{Text: d.words(say.ButtonUndo), Data: Press{Verb: PressUndo, Dialog: d.s.ID, Message: m.ID}.Data()}}
	d.say(s, ClassAnswer)
	return true
}

// noticeOver deletes the notice of what a label was about to send: its button is of no
// use any more. An edit that takes only the button away would cost the group's pace as
// much as a message does (Telegram counts both together), a deletion nothing. It goes
// behind the notice, wherever that is.
func (d *draft) noticeOver(notice string) {
	if notice != "" {
		d.put(ToTopic, ClassNote, &Delete{Notice: notice}, tenants.MessageRef{}, OfRelay)
	}
}

// noticed is the mark of the notice of what m sends; "" = it has none, because nobody
// needs to be told.
func (d *draft) noticed(m *tenants.Message) string {
	if d.least == 0 {
		return ""
	}
	return said(m.ID)
}

// notice is the mark of the notice of what is held; "" = it has none.
func (h Delayed) notice() string {
	if h.Label == 0 {
		return ""
	}
	return said(h.Message.ID)
}

// labelsThatSend names the labels that send a quick reply, by its name; "" = none does.
func (s shelf) labelsThatSend(name string) string {
	var all []Label
	for _, l := range s.f.Labels {
		if command.FoldName(l.Sends) == command.FoldName(name) {
			all = append(all, l)
		}
	}
	return labelNames(all)
}

// unsend stops what a label was about to send that is taken off by hand.
func (d *draft) unsend(id tenants.LabelID) {
	for _, h := range d.s.Rare.Holds {
		if h.Label == id {
			d.stop(&h, []tenants.MessageRef{h.Message})
			d.noticeOver(h.notice())
			d.mark(h.Message, signInside)
		}
	}
}

// pressedUndo takes back what a label sends, as /undo does.
func (d *draft) pressedUndo(e tenants.Pressed, p Press) {
	t := d.f.Target
	command := tenants.Message{Chat: tenants.Chat{ID: e.Message.Chat}, ID: p.Message}
	switch {
	case len(t.Of) == 0:
		d.answerPress(e, d.words(say.UndoNothing))
	case d.held(t.Of...) != nil:
		h := d.held(t.Of...)
		d.stop(h, t.Of)
		d.mark(h.Message, signInside)
		d.answerPress(e, d.words(say.Undone))
	case !t.Sent.IsZero() && d.f.Now.Sub(t.Sent) > tenants.UndoSent:
		d.answerPress(e, d.words(say.UndoLate))
	default:
		d.recall(t, &command)
		d.answerPress(e, "")
	}
}
