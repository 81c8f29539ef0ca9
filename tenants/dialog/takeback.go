package dialog

import (
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/say"
)

// Target is the message of the topic that a command is about: what it replies to.
type Target struct {
	// Of is the message, and behind it the other parts of its album; the zero
	// Target: it never went to the client, or too long ago.
	Of    []tenants.MessageRef
	Album string         // "" = none
	By    tenants.UserID // the operator who wrote it, 0 = nobody knows
	Sent  time.Time      // when it went to the client; zero = it has not
}

// del is /del: what a reply names is taken back, if the writer may.
func (d *draft) del(m *tenants.Message) {
	switch t := d.f.Target; {
	case m.ReplyTo.IsZero():
		d.tell(m.Ref(), d.words(say.DelWhat), false)
	case d.f.ReplyTo == ReplyClient:
		d.tell(m.Ref(), d.words(say.DelOurs), false)
	case len(t.Of) == 0:
		d.tell(m.Ref(), d.words(say.DelNever), false)
	case !d.mayTakeBack(t):
		d.say(answerTo(m.Ref(), command.DeleteMessages.Lacking(d.f.Writer.Untold, d.f.Settings.Language), false), ClassAnswer)
	default:
		d.recall(t, m)
	}
}

// mayTakeBack tells that the writer may take back what our side sent: his own,
// and that of others as a manager or with the right to delete messages. What an
// anonymous administrator sent is nobody's.
func (d *draft) mayTakeBack(t Target) bool {
	return d.f.Writer.Manager || d.f.Writer.CanDelete || t.By != 0 && t.By == d.out.Operator.ID
}

// recall takes back what our side sent, asked for by a command of the topic,
// which goes with it. What has not left yet never leaves. The rest is deleted
// at the client behind all that goes before it; only then both go from the
// topic, and a line stays (tookBack). Who may ask is decided already.
func (d *draft) recall(t Target, by *tenants.Message) {
	if h := d.held(t.Of...); h != nil {
		d.release(h)
		d.noticeOver(h.notice())
		d.out.Cancel = append(d.out.Cancel, t.Of...)
		d.gone(by.Ref(), &Delete{Of: t.Of, Album: t.Album, Name: d.byName(), Withdrawn: 1})
		return
	}
	d.put(ToClient, ClassAnswer, &Delete{Of: t.Of, Album: t.Album, Name: d.byName()}, by.Ref(), OfOperator)
}

// tookBack is what was to be taken back and is gone from the client, or never
// was there: it goes from the topic too, with the command.
func (d *draft) tookBack(j *Job, e *Delete) {
	d.withdrawn(j, e)
	d.gone(j.Source, e)
}

// gone takes from the topic what the client does not have any more, or never had,
// with the command that asked for it.
func (d *draft) gone(command tenants.MessageRef, e *Delete) {
	switch {
	case len(e.Twins) > 0:
		d.note(d.words(say.TookBack, say.Values{"who": e.Name}))
	case e.Withdrawn > 0:
		d.note(d.words(say.TookBackEarly, say.Values{"who": e.Name}))
	}
	d.out.Forget = append(d.out.Forget, e.Of...)
	d.out.Vanished = append(d.out.Vanished, e.Of...)
	d.out.Inside = append(d.out.Inside, e.Of...) // no edit under way finds it any more
	d.out.InsideAlbum = e.Album
	gone := &Delete{Message: command}
	for _, ref := range e.Of {
		if ref == command {
			continue // a button asked for it
		}
		gone.Beside = append(gone.Beside, ref.ID)
	}
	d.put(ToMark, ClassMark, gone, command, OfRelay)
}

// withdrawn counts messages that will not leave any more. The client waits again,
// unless he got an answer since they were to be taken back.
func (d *draft) withdrawn(j *Job, e *Delete) {
	d.s.Pending = max(d.s.Pending-e.Withdrawn, 0)
	if e.Withdrawn > 0 && d.s.Pending == 0 && d.s.Delivered.Before(j.Decided) {
		d.become(Undelivered, 0)
	}
}

// notTakenBack tells that the client keeps what was to be taken back. Where
// Telegram will not delete it, its words may still be replaced.
func (d *draft) notTakenBack(j *Job, e *Delete, why string, offer bool) {
	d.withdrawn(j, e)
	if !offer {
		d.tell(j.Source, d.why(say.NotTakenBack, why), true)
		return
	}
	of := e.Of[0]
	d.out.Hold = append(d.out.Hold, Held{Message: tenants.Message{Chat: tenants.Chat{ID: of.Chat}, ID: of.ID}})
	s := answerTo(j.Source, tenants.Plain(d.why(say.NotTakenBack, why)), true)
	s.Buttons = []Button{{Text: d.words(say.ButtonDash), Data: Press{Verb: PressDash, Dialog: d.s.ID, Message: of.ID}.Data()}}
	d.say(s, ClassAnswer)
}

// dash replaces the words of a message that can't be deleted any more.
func (d *draft) dash(e tenants.Pressed) {
	of := d.f.Held[0].Message.Ref()
	d.out.Unhold = append(d.out.Unhold, of)
	words := Send{
		Way: Write, Parts: []Part{{Source: of, Content: textContent(tenants.Plain(dash))}}, By: e.By.ID,
	}
	d.put(ToClient, ClassAnswer, &Edit{Of: of, New: words, Name: d.byName()}, of, OfOperator)
	d.answerPress(e, d.words(say.PressedDash))
}

// captionEdit tries an edit of a text as one of a caption: what is edited has no
// text.
func captionEdit(e *Edit, o tenants.Outcome) (Settlement, bool) {
	if o.As != tenants.AsCaption {
		return Settlement{}, false
	}
	next := *e
	next.New = rewritten(&e.New, func(c tenants.Content) tenants.Content {
		c.Kind = tenants.KindDocument // of any kind with a caption, since it names no file
		return c
	})
	return Settlement{Verdict: Retry, Effect: &next, Why: o.Why}, e.New.Parts[0].Content.Kind == tenants.KindText
}
