package doors

import (
	"container/heap"
	"time"

	sim "topicdesk/bench/telegram"
)

// agenda is all hooks, the one that has to be looked at first at the head: ten
// thousand bots may have webhooks, of which few have something to do.
type agenda []*hook

func (a agenda) Len() int           { return len(a) }
func (a agenda) Less(i, j int) bool { return a[i].due.Before(a[j].due) }
func (a agenda) Swap(i, j int) {
	a[i], a[j] = a[j], a[i]
	a[i].at, a[j].at = i, j
}

// Push and Pop are for package heap alone.
func (a *agenda) Push(h any) {
	h.(*hook).at = len(*a)
	*a = append(*a, h.(*hook))
}

func (a *agenda) Pop() any {
	last := len(*a) - 1
	h := (*a)[last]
	(*a)[last] = nil
	*a = (*a)[:last]
	return h
}

// now makes a hook of the agenda due at once.
func (a *agenda) now(h *hook) {
	h.due = time.Time{}
	heap.Fix(a, h.at)
}

// allNow makes all hooks due at once.
func (a agenda) allNow() {
	for _, h := range a {
		h.due = time.Time{}
	}
}

// take takes out what is due.
func (a *agenda) take(now time.Time) []*hook {
	var due []*hook
	for len(*a) > 0 && !(*a)[0].due.After(now) {
		due = append(due, heap.Pop(a).(*hook))
	}
	return due
}

// idle is how long the pump sleeps when nothing is due.
const idle = time.Hour

// pump sends what may be sent now and returns after how much of the World's
// time to look again.
func (d *deliverer) pump(send func(shipment)) time.Duration {
	next := idle
	d.door.With(func(w *sim.World) {
		now := w.Now()
		if late := w.NextLate(); !late.IsZero() {
			next = min(next, max(late.Sub(now), time.Millisecond))
		}
		for _, h := range d.agenda.take(now) {
			for _, s := range h.look(w, now) {
				send(s)
			}
			if h.target.URL == "" {
				h.hangUp()
				delete(d.hooks, h.bot)
				continue
			}
			if h.due.IsZero() {
				h.due = now.Add(idle)
			}
			heap.Push(&d.agenda, h)
		}
		if len(d.agenda) > 0 {
			next = min(next, max(d.agenda[0].due.Sub(now), time.Millisecond))
		}
	})
	return next
}
