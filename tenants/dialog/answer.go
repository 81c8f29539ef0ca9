package dialog

import (
	"strings"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/say"
)

// Answer decides an operator's message in the topic that the topic's actor hands
// over, because nothing in it says that it stays inside; edited tells that it is
// the new version of one that was there before.
func Answer(s State, m tenants.Message, edited bool, f Facts) Decision {
	d := begin(s, f)
	d.seeOperator(&m)
	if edited {
		return d.answerEdit(&m)
	}
	if kept := d.keptInside(&m); kept != nil {
		return *kept
	}
	if why := d.unsendable(&m); why != "" {
		return d.refuse(&m, why, PressAgain)
	}
	p, why := d.outgoing(&m)
	if why != "" {
		return d.refuse(&m, d.why(say.NotDelivered, why))
	}
	d.accept(&m, p)
	return d.done()
}

// seeOperator notes who works in the group.
func (d *draft) seeOperator(m *tenants.Message) { d.out.Operator = operator(m, d.f) }

// operator is the person who wrote, if one can tell.
func operator(m *tenants.Message, f Facts) tenants.Person {
	if f.Writer.Anonymous || m.Sender != nil || m.From.Bot {
		return tenants.Person{}
	}
	return m.From
}

// keptInside tells what REPLY_ONLY, an album's caption or the kind of chat keep
// from the client; nil = it may go.
func (d *draft) keptInside(m *tenants.Message) *Decision {
	switch {
	case m.Album != "" && d.f.AlbumFate == FateInternal:
		if len(d.f.Held) > 0 {
			d.out.Hold = append(d.out.Hold, Held{Message: *m}) // the button under its first part is about it too
		}
		return d.keep(m, "")
	case m.Album != "" && slashed(m, d.f.Bot):
		return d.keep(m, "")
	case d.follows(m):
		return nil // what its first part is, it is
	case d.s.Chat.Kind == tenants.Channel && d.unsendable(m) == "":
		return d.askPublish(m)
	case d.f.ReplyTo == ReplyInternal:
		return d.keep(m, signInside)
	case !d.s.listens() && d.replyOnly() && d.f.ReplyTo == ReplyUnknown:
		d.offer([]Held{{Message: *m}}, d.words(say.KeptForgotten), false, []Verb{PressSend}) // it may well be meant for the client
		return d.keep(m, signInside)
	case d.s.listens(), d.replyOnly() && d.f.ReplyTo != ReplyClient:
		return d.keep(m, signInside)
	case d.undecided(m) && d.unsendable(m) == "":
		d.askThread([]Held{{Message: *m}})
		return d.keep(m, "")
	default:
		return nil
	}
}

// keep is the decision that a message stays inside, with its whole album.
func (d *draft) keep(m *tenants.Message, sign string) *Decision {
	d.inside(m)
	d.takeBack(m)
	if sign != "" {
		d.mark(m.Ref(), sign)
	}
	d.s.SaidBy = ""
	out := d.done()
	return &out
}

// takeBack withdraws earlier parts of an album that wait for later ones.
func (d *draft) takeBack(m *tenants.Message) {
	if m.Album == "" || d.f.AlbumFate != FateWaiting {
		return
	}
	d.out.Withdraw = append(d.out.Withdraw, m.Album)
	if h := d.heldAlbum(m.Album); h != nil {
		d.release(h)
		return
	}
	d.settled(false)
}

// settled counts an accepted message that is on its way no more. One that did
// not arrive gives the dialog back to 🟪, unless others are still on their way.
func (d *draft) settled(delivered bool) {
	d.s.Pending = max(d.s.Pending-1, 0)
	switch {
	case delivered:
		d.s.Delivered = d.f.Now
	case d.s.Pending == 0:
		d.become(Undelivered, 0)
	}
}

// slashed tells that a message begins with a slash: a command or a comment.
func slashed(m *tenants.Message, bot string) bool {
	_, kind := command.Parse(words(m), bot)
	return kind.Inside()
}

// refuse tells the operator why a message does not go to the client. An edit
// does not send it later: what a message is, it stays; but one that may be tried
// again goes as it is by then.
func (d *draft) refuse(m *tenants.Message, why string, verbs ...Verb) Decision {
	if d.follows(m) {
		verbs = nil // a button could not send the album whole
	}
	d.inside(m)
	d.takeBack(m)
	d.offer([]Held{{Message: *m}}, why, true, verbs)
	d.event(MessageRefused, d.out.Operator.ID)
	return d.dropped("refused")
}

// forbiddenWords is why a message with a forbidden word does not go.
func (d *draft) forbiddenWords(m *tenants.Message, word string) string {
	if m.Album == "" {
		return d.restricted(say.Restricted, word)
	}
	return d.restricted(restrictedAlbum(d.f.AlbumFate), word)
}

// accept puts an operator's message on its way to the client.
func (d *draft) accept(m *tenants.Message, p parcel) {
	d.launch(m, pack(p), p.by)
	if len(m.Content.Buttons) > 0 {
		d.tell(m.Ref(), buttonNames(say.Unpressed, d.voice(), m.Content.Buttons), false)
	}
	if p.copied {
		d.tell(m.Ref(), d.words(say.PollCopied), false)
	}
}

// launch puts what an operator's message sends on its way; by is whose answer it is.
func (d *draft) launch(m *tenants.Message, sends []Send, by tenants.UserID) {
	until, held := d.hold(m, by)
	for i, s := range sends {
		if held && i == 0 && (s.Way == Write || s.Said != "") && !d.joins(m) {
			d.probe(m, until)
		}
		s.Written = d.written(m.Date)
		j := d.put(ToClient, ClassAnswer, &s, m.Ref(), OfOperator)
		j.NotBefore = until
		if quiet := d.f.Now.Add(tenants.AlbumQuiet); s.Album != "" && quiet.After(until) {
			j.NotBefore = quiet
		}
	}
	if !d.joins(m) {
		d.s.Pending++
		d.watched()
	}
	d.s.SaidBy = ""
	d.leaveRoom()
	if !held {
		d.become(Accepted, by)
	}
	if thread, known, _ := d.goal(m); known {
		d.answers(thread)
	}
}

// written is when an operator wrote what is decided now, if Telegram kept it from us for
// long: what is sent by a button is told by who presses it, and is not late.
func (d *draft) written(at time.Time) time.Time {
	if d.pressed || at.IsZero() || d.f.Now.Sub(at) < tenants.WaitingMark {
		return time.Time{}
	}
	return at
}

// outgoing decides an operator's content for the client; why tells that it
// can't go.
func (d *draft) outgoing(m *tenants.Message) (p parcel, why string) {
	c := m.Content
	row := carriageOf(c.Kind)
	text, isText := asText(d.clientVoice(), c)
	switch {
	case m.Protected && c.Kind != tenants.KindText:
		return p, d.words(say.WhyGroupProtected)
	case c.Kind == tenants.KindPoll:
		if why := d.unpollable(*c.Poll); why != "" {
			return p, why
		}
		p.copied = c.Poll.Pictures
	case isText:
		c = text
	case row.Free != Copy:
		return p, d.words(say.WhyUncopyableKind, say.Values{"what": d.words(noun(c))})
	}
	p.msg, p.content, p.by = m, d.named(c), d.out.Operator.ID
	p.bound = d.guarded() || m.Protected || c.Kind != m.Content.Kind
	p.reply = d.answerTo(m)
	if d.s.Chat.Forum {
		p.thread, _, _ = d.goal(m)
	}
	return p, ""
}

// guarded tells that what goes out may differ from the source.
func (d *draft) guarded() bool {
	return d.f.Settings.Hide.Any() || len(d.f.Settings.RestrictedBackend) > 0
}

// named puts people's first names where an operator wrote their pseudonyms. All that
// goes to the client goes through it.
func (d *draft) named(c tenants.Content) tenants.Content {
	if !d.f.Settings.Hide.Any() {
		return c
	}
	return d.redactor().Back(c)
}

// answerTo makes an operator's reply the reply to its twin, which may still be on
// its way.
func (d *draft) answerTo(m *tenants.Message) Reply {
	if m.ReplyTo.IsZero() {
		return Reply{}
	}
	// With something hidden, it quotes what the group was shown, not what the client wrote.
	return Reply{Of: m.ReplyTo, Quote: m.Quote, Unquoted: m.Quote != nil && d.f.Settings.Hide.Any()}
}

// answerEdit decides the new version of an operator's message.
func (d *draft) answerEdit(m *tenants.Message) Decision {
	switch {
	case d.f.Fate == FateInternal:
		return d.out
	case m.Content.Place != nil: // a live location on its way
		return Decision{Dropped: "location_moved"}
	case d.f.Fate == FateUnknown:
		d.tell(m.Ref(), d.words(say.EditNotKnown), false)
		return d.done()
	case d.unchanged(m):
		return Decision{Dropped: "edit_same"}
	}
	if word, found := d.f.filters().Backend.In(m.Content); found {
		if h := d.held(m.Ref()); h != nil && m.Album == "" {
			d.release(h)
			d.out.Cancel = append(d.out.Cancel, m.Ref())
			return d.refuse(m, d.restricted(say.Restricted, word), PressAgain)
		}
		d.tell(m.Ref(), d.restricted(say.RestrictedEdit, word), true)
		d.event(MessageRefused, d.out.Operator.ID)
		return d.done()
	}
	p, why := d.outgoing(m)
	if d.s.listens() {
		why = d.words(say.WhyListens)
	}
	sends := []Send(nil)
	if why == "" {
		sends = pack(p)
	}
	switch {
	case why != "":
		d.tell(m.Ref(), d.why(say.NotPassedOn, why), true)
	case len(sends) > 1:
		d.offer([]Held{{Message: *m}}, d.why(say.NotPassedOn, d.words(say.WhyLong)), true, []Verb{PressNew})
	default:
		sends[0].Written = d.written(m.Edited)
		d.put(ToClient, ClassAnswer, &Edit{Of: m.Ref(), New: sends[0]}, m.Ref(), OfOperator)
	}
	return d.done()
}

// Named decides that an operator gave the topic a name: it takes the place of
// the client's, square and signs return. Nothing but signs, or the client's own
// name, gives the title back to the client.
func Named(s State, m tenants.Message, name string, f Facts) Decision {
	d := begin(s, f)
	d.seeOperator(&m)
	d.had = true
	d.out.Topic = &TopicChange{Set: &name}
	d.s.Custom = cleanTitle(d.withoutAssignee(d.withoutTickers(strings.TrimLeft(name, titleSigns))))
	if d.s.Custom == cleanTitle(d.shown()) {
		d.s.Custom = ""
	}
	d.s.Title = name // as Telegram has it now, so that signs are put back
	return d.done()
}
