package dialog

import (
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// Watch is what is remembered of operators' messages that wait for the client, so
// that those that wait for long are marked, whatever happens meanwhile. Which
// ones wait, the outbox knows (Facts.Waits).
type Watch struct {
	Next   time.Time `json:"next,omitzero"`   // when to look again; zero = nothing waits unseen
	Marked time.Time `json:"marked,omitzero"` // those decided up to then have their sign
	Told   time.Time `json:"told,omitzero"`   // those decided up to then have been told, where signs are refused
}

// Waits is an operator's message that waits for the client.
type Waits struct {
	Message tenants.MessageRef
	Since   time.Time // when it was decided
}

// Since is the time from which Facts.Waits are of interest.
func (w Watch) Since() time.Time {
	if w.Told.Before(w.Marked) {
		return w.Told
	}
	return w.Marked
}

// watched looks when a message that was just accepted will have waited for long.
func (d *draft) watched() {
	if w := &d.s.Rare.Watch; w.Next.IsZero() {
		w.Next = d.f.Now.Add(tenants.WaitingMark)
	}
}

// watch marks what has waited for WaitingMark. Where the group refuses signs, what
// has waited for WaitingTold is told instead.
func (d *draft) watch() {
	w := &d.s.Rare.Watch
	if w.Next.IsZero() || d.f.Now.Before(w.Next) {
		return
	}
	w.Next = time.Time{}
	marked := d.f.Now.Add(-tenants.WaitingMark)
	for _, a := range d.f.Waits {
		if h := d.held(a.Message); h != nil && h.ended(d.f.Now) { // it goes out at this moment
			w.Next, marked = earlier(w.Next, h.Until.Add(holdGrace)), earlier(marked, a.Since.Add(-time.Millisecond))
			continue
		}
		if a.Since.After(w.Marked) && d.waited(a, tenants.WaitingMark) {
			d.mark(a.Message, signWaits)
		}
		if a.Since.After(w.Told) && d.waited(a, tenants.WaitingTold) && d.f.NoSigns {
			d.tell(a.Message, d.words(say.NotYet), false)
		}
	}
	w.Marked, w.Told = marked, d.f.Now.Add(-tenants.WaitingTold)
}

// waited tells that a message has waited for so long; if not, when to look again.
func (d *draft) waited(a Waits, span time.Duration) bool {
	due := a.Since.Add(span)
	if !due.After(d.f.Now) {
		return true
	}
	d.s.Rare.Watch.Next = earlier(d.s.Rare.Watch.Next, due)
	return false
}

// arrivedSign is the sign of a message that has reached the client: the receipt,
// or none in place of that of waiting, if it may have got one.
func (d *draft) arrivedSign(j *Job) {
	switch {
	case d.f.Settings.Receipts:
		d.mark(j.Source, signArrived)
	case d.f.Now.Sub(j.Decided) >= tenants.WaitingMark, !j.NotBefore.IsZero() && d.f.Settings.Undo > tenants.WaitingMark:
		d.mark(j.Source, "") // a probe has set it at the end of the hold
	}
}
