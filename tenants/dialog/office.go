package dialog

import (
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// Reminder is what is remembered of pinging the topic while the client waits. It
// begins anew with each wait.
type Reminder struct {
	Done bool      `json:"done,omitempty"` // it has been pinged: once a wait
	Not  time.Time `json:"not,omitzero"`   // not before the office opens again
}

// reminds is when the topic is to be pinged, because the client has waited REMIND of
// office hours by then. Zero = never.
func reminds(s State, set tenants.Settings) time.Time {
	r := s.Rare.Reminder
	waits := s.Status == UserAnswered && !s.Rare.Waits.IsZero() && s.Group != 0 && !s.Rare.Room
	if set.Remind == 0 || !waits || r.Done || s.listens() {
		return time.Time{}
	}
	due := set.Worked(s.Rare.Waits, set.Remind)
	if r.Not.After(due) {
		return r.Not
	}
	return due
}

// remind pings the topic if it is time, in office hours only.
func (d *draft) remind() {
	due := reminds(d.s, d.f.Settings)
	if due.IsZero() || d.f.Now.Before(due) {
		return
	}
	r := &d.s.Rare.Reminder
	if !d.f.Settings.AtWork(d.f.Now) {
		r.Not = d.f.Settings.OpensAgain(d.f.Now)
		r.Done = r.Not.IsZero()
		return
	}
	*r = Reminder{Done: true}
	words, span := tenants.Text{}, d.voice().Span(d.f.Now.Sub(d.s.Rare.Waits))
	if a := d.s.Rare.Assignee; a.ID != 0 {
		words = d.voice().Text(say.RemindAssignee, say.Values{"span": span, "who": d.mention(a)})
	} else {
		words = tenants.Plain(d.words(say.Remind, say.Values{"span": span}))
	}
	d.say(ownSend(words, false), ClassAnswer)
}

// sayAway tells a client who writes in private that nobody is there, once until the
// office opens again.
func (d *draft) sayAway(m *tenants.Message, h Happening) {
	set := d.f.Settings
	if m.Chat.Kind != tenants.Private || h == ClientLeft || set.Away.Text == "" || d.s.listens() || set.AtWork(d.f.Now) || d.toldAway() {
		return
	}
	d.s.Rare.Away = d.f.Now
	d.toClient(fillTitle(set.Away, d.greeted(m)))
}

// toClient says something of ours to the client of a private dialog.
func (d *draft) toClient(words tenants.Text) {
	s := &Send{Way: Write, Parts: []Part{{Content: tenants.Content{Kind: tenants.KindText, Text: words}}}}
	d.put(ToClient, ClassClient, s, tenants.MessageRef{}, OfRelay)
}

// toldAway tells that it was closed all the time since the client was told so.
func (d *draft) toldAway() bool {
	told, set := d.s.Rare.Away, d.f.Settings
	if told.IsZero() || set.AtWork(told) {
		return false
	}
	opens := set.OpensAgain(told)
	return opens.IsZero() || opens.After(d.f.Now)
}

// undeliverablePause is the least time between two notices to a client that a
// message of theirs can't be delivered.
const undeliverablePause = time.Hour

// undeliverable tells the client of a private dialog that a message of theirs will
// never be delivered, unless SILENT_MODE forbids it.
func (d *draft) undeliverable() {
	if d.mayApologize() {
		d.s.Rare.Undelivered = d.f.Now
		d.toClient(tenants.Plain(d.clientVoice().Say(say.ClientUndelivered)))
	}
}

func (d *draft) mayApologize() bool {
	return !d.f.Settings.Silent && d.s.Chat.Kind == tenants.Private && !d.s.listens() && !d.s.Unreachable &&
		longAgo(d.f.Now, d.s.Rare.Undelivered, undeliverablePause)
}

// Apology is what the client reads if the topic refuses a message of theirs in every
// form; "" = they are not told. State.Rare.Undelivered is set when they have it, so
// whoever asks must know that none is on its way.
func Apology(s State, f Facts) string {
	d := begin(s, f)
	if !d.mayApologize() {
		return ""
	}
	return d.clientVoice().Say(say.ClientRefused)
}

// apologies tell the client that a message is refused in every form, as a reply to it.
func apologies(j *Job, s *Send, f Facts) []Job {
	if f.Apology == "" || s.Piece != 0 {
		return nil
	}
	told := withEffect(j, &Send{
		Way: Write, Parts: []Part{{Content: textContent(tenants.Plain(f.Apology))}}, Reply: Reply{Direct: j.Source}, Apology: true,
	})
	told.Lane.Side, told.Chat, told.Class, told.Origin = ToClient, j.Source.Chat, ClassClient, OfRelay
	told.Source, told.NotBefore, told.Decided = tenants.MessageRef{}, time.Time{}, f.Now
	return []Job{told}
}

// lock closes the topic of a closed dialog in Telegram where LOCK_CLOSED asks for it.
// It goes behind what still waits for the topic.
func (d *draft) lock() {
	want := d.f.Settings.LockClosed && d.s.Status == Closed && d.hasTopic() && !d.s.Rare.Room
	if want && !d.s.Rare.Locked {
		d.setOpen(false)
	}
	if !want {
		d.unlock()
	}
}

// unlock opens a topic that was closed with its dialog, before what follows comes
// into it.
func (d *draft) unlock() {
	if d.s.Rare.Locked {
		d.setOpen(true)
	}
}

func (d *draft) setOpen(open bool) {
	d.s.Rare.Locked = !open
	d.put(ToTopic, ClassClient, &SetOpen{Open: open}, tenants.MessageRef{}, OfRelay)
}
