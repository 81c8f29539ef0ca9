package telegram

import "time"

// What a World remembers of calls would grow for ever. Whatever can't change
// any answer any more is forgotten, now and then.

// sweep tells when it is worth going through a growing store: when it has
// grown to twice what was left the last time.
type sweep struct{ at int }

// sweepFrom is how many entries a store may hold before anybody looks.
const sweepFrom = 1000

func (s *sweep) due(size int) bool { return size >= max(s.at, sweepFrom) }

func (s *sweep) done(left int) { s.at = 2 * left }

// forgetCallbacks forgets pressed buttons that nobody can answer any more, and
// whose answers no app shows again.
func (w *World) forgetCallbacks() {
	if !w.pressed.due(len(w.callbacks)) {
		return
	}
	for query, q := range w.callbacks {
		if w.now.Sub(q.at) <= callbackLife || w.now.Before(q.fresh) {
			continue
		}
		delete(w.callbacks, query)
		if w.presses[q.key] == query {
			delete(w.presses, q.key)
		}
	}
	w.pressed.done(len(w.callbacks))
}

// toldLife is how long a flood's wait is remembered after its end: a bot that
// comes back too early again is told more.
const toldLife = 24 * time.Hour

// forgetLimits forgets what limits remember without need.
func (w *World) forgetLimits() {
	if l := &w.limits; l.swept.due(l.size()) {
		w.dropUntouched()
		l.swept.done(l.size())
	}
}

// dropUntouched forgets budgets that are untouched, as those are of which
// nothing is remembered, rows in which nobody waits, and old floods.
func (w *World) dropUntouched() {
	l := &w.limits
	for key, b := range l.budgets {
		if b.untouched(w.limitOf(key), w.now) {
			delete(l.budgets, key)
		}
	}
	for key, t := range l.told {
		if w.now.Sub(t.until) > toldLife {
			delete(l.told, key)
		}
	}
	for key, row := range l.chains {
		if row.forget(w.now); len(row.leave) == 0 && len(row.unsent) == 0 {
			delete(l.chains, key)
		}
	}
	for bot, until := range l.stopped {
		if !until.After(w.now) {
			delete(l.stopped, bot)
		}
	}
}

// size is how much the limits remember, in entries.
func (l *limiter) size() int {
	return len(l.budgets) + len(l.told) + len(l.chains) + len(l.stopped)
}

// untouched says whether everything that was spent has returned. A budget
// without a limit counts on: limits can come back.
func (b *budget) untouched(l Limit, now time.Time) bool {
	b.settle(l, now)
	switch l.Kind {
	case Window:
		return len(b.spent) == 0
	case Bucket:
		return len(b.spent) == 0 && pail{l, b.tokens, b.filled}.until(now).tokens >= float64(l.Burst)
	case NoLimit:
		return false
	default:
		panic("telegram: unknown limit kind")
	}
}
