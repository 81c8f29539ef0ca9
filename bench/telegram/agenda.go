package telegram

import (
	"slices"
	"time"
)

// planned is something that happens by itself at a moment of the World's
// time: a ban ends, a message deletes itself.
type planned struct {
	at time.Time
	do func()
}

// plan puts do on the agenda; what has the same moment happens in the order
// of planning. It must not tell bots anything: nobody wakes up for it.
func (w *World) plan(at time.Time, do func()) {
	i, _ := slices.BinarySearchFunc(w.agenda, at, func(p planned, at time.Time) int {
		if p.at.After(at) {
			return 1
		}
		return -1
	})
	w.agenda = slices.Insert(w.agenda, i, planned{at, do})
}

// happen does what the agenda holds until now.
func (w *World) happen() {
	for len(w.agenda) > 0 && !w.agenda[0].at.After(w.now) {
		do := w.agenda[0].do
		w.agenda = w.agenda[1:]
		do()
	}
}
