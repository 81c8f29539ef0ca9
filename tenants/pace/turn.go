package pace

import (
	"cmp"
	"slices"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// quiet: a lane that has not sent for so long is one of a client who waits, not of
// one who floods.
const quiet = time.Minute

// Pick takes one job that may go now, marks its lane busy and spends its
// tokens; ok is false if none may. fresh tells that tickets may be picked too:
// those of the commit that is being made.
func (q *Queue) Pick(now time.Time, fresh func(Item) bool) (Item, bool) {
	q.look(now)
	var best candidate
	for _, l := range q.row {
		if len(l.items) == 0 || l.stopped() || l.items[0].Job == 0 && (fresh == nil || !fresh(l.items[0])) {
			continue
		}
		c := candidate{lane: l, rank: q.rank(l, now)}
		if best.lane != nil && !q.before(c, best) {
			continue
		}
		if q.may(&c, now) {
			best = c
		}
	}
	if best.lane == nil {
		return Item{}, false
	}
	return q.begin(best, now), true
}

// candidate is a lane whose head a login may do now.
type candidate struct {
	lane *lane
	rank int
	by   tenants.ConnectionID
	even bool // as one that is spread
}

func (q *Queue) begin(c candidate, now time.Time) Item {
	l := c.lane
	it := l.items[0]
	it.By, it.Crowded = c.by, q.crowded(it)
	if it.Opens {
		l.wave = c.even
	}
	l.undo = undo{served: l.served, half: l.half, place: l.place, ripe: l.ripe}
	l.busy, l.by, l.went, l.ripe = true, c.by, now, time.Time{}
	if l.first == 0 && it.own() { // else it is followed by that for which it is made
		l.served, l.wave = now, false
	}
	q.waiting[it.Connection] -= it.Weight
	if q.rules.Tokens > 0 && it.Weight > 0 {
		p := q.purses[c.by]
		l.undo.spread = p.spread
		if c.even {
			p.spendEven(it.Weight)
		}
		l.paid = it.Weight
		l.half = later(l.half, q.halfAfter(now, it.Weight))
		b := q.change(c.by)
		b.take(it.Weight, now)
		b.dare(now, q.rules)
	}
	if it.Opens {
		q.opened[c.by], q.opening[c.by] = now, true
	}
	return it
}

// look reckons how the budgets stand at now. It must be called again when one has
// changed.
func (q *Queue) look(now time.Time) {
	if !q.looked.Equal(now) {
		clear(q.purses)
		q.looked = now
	}
	if q.rules.Tokens > 0 {
		q.ripen(now)
		q.save(now)
	}
}

// at is how a login's budget stands at the moment of the last look.
func (q *Queue) at(c tenants.ConnectionID) *purse {
	p := q.purses[c]
	if p == nil {
		p = q.purse(q.Budget(c), q.looked)
		q.purses[c] = p
	}
	return p
}

// may finds who may do the head of a lane now. As long as the login itself has tokens
// for all that waits it does it, because the topic is its own. Else its helpers come
// first, who leave tokens for what only the login itself may do, and of those the
// one with the most tokens.
func (q *Queue) may(c *candidate, now time.Time) (found bool) {
	it := c.lane.items[0]
	owns, most := !q.pressed(it.Connection), 0
	q.crew(it, func(by tenants.ConnectionID, own bool) {
		at, even, known := q.ready(c.lane, by, now)
		if !known || at.After(now) || found && own && !owns {
			return
		}
		if free := q.at(by).free; !found || own || free > most {
			c.by, c.even, found, most = by, even, true, free
		}
	})
	return found
}

// ready is when a login may do the head of a lane as far as time alone decides,
// and whether it is spread then; known is false if only an event can tell.
func (q *Queue) ready(l *lane, by tenants.ConnectionID, now time.Time) (at time.Time, even, known bool) {
	it := &l.items[0]
	if it.Opens && q.opening[by] {
		return time.Time{}, false, false
	}
	at = later(it.NotBefore, q.Budget(by).paused)
	if last, ok := q.opened[by]; ok && it.Opens {
		at = later(at, last.Add(q.rules.OpenPause))
	}
	if q.rules.Tokens == 0 || it.Weight == 0 {
		return at, false, true
	}
	at = later(at, q.halved(l, it))
	p := q.at(by)
	if first := q.saving[by]; first == l {
		free, known := p.saved(it.Weight, p.hold.by)
		return later(at, free), false, known
	} else if first != nil && !q.urgent(l, now) {
		return time.Time{}, false, false
	}
	return q.ordinary(l, p, at, now)
}

// ordinary is ready for a head for which no tokens are saved yet.
func (q *Queue) ordinary(l *lane, p *purse, at, now time.Time) (first time.Time, even, known bool) {
	it := &l.items[0]
	if q.urgent(l, now) {
		free, known := p.urgent(it.Weight)
		return later(at, free), false, known
	}
	first, known = p.even(it.Weight)
	first, even = later(at, first), true
	if it.Class != dialog.ClassAlbum || l.ripe.IsZero() {
		return first, even, known
	}
	free, ok := p.saved(it.Weight, l.ripe.Add(2*q.rules.Window))
	if patient := later(later(at, free), l.ripe.Add(q.rules.Window)); ok && (!known || patient.Before(first)) {
		return patient, false, true
	}
	return first, even, known
}

// urgent tells that the head of a lane need not wait for its time: what an operator
// waits for, what a client says who had been quiet, and what has waited for very
// long.
func (q *Queue) urgent(l *lane, now time.Time) bool {
	c := l.class()
	return c == dialog.ClassAnswer || c == dialog.ClassClient && q.calms(l, now) && !q.inWave(l, now) ||
		q.waited(l, now) >= 4*q.rules.Window
}

// newcomers is how many of a window's tokens go at once for topics of new clients; as
// many again go for what is said in them.
const newcomers = 5

// inWave tells that a lane is of a new client among many: each costs two tokens at once,
// so that twenty would leave nothing for those whom the group knows. They are spread
// instead.
func (q *Queue) inWave(l *lane, now time.Time) bool {
	if !l.items[0].Opens {
		return l.wave
	}
	return q.waveOver(l).After(now)
}

// waveOver is from when the next new client of a login is one by itself; zero if
// there was none yet.
func (q *Queue) waveOver(l *lane) time.Time {
	last, ok := q.opened[l.items[0].Connection]
	if !ok {
		return time.Time{}
	}
	return last.Add(q.rules.Window / newcomers)
}

// waited is how long only tokens and turns have kept back the head of a lane.
func (q *Queue) waited(l *lane, now time.Time) time.Duration {
	if l.ripe.IsZero() {
		return 0
	}
	return now.Sub(l.ripe)
}

// halfAfter is when twice n tokens have come from a time on, spread evenly.
func (q *Queue) halfAfter(from time.Time, n int) time.Time {
	return from.Add(2 * time.Duration(n) * q.rules.Window / time.Duration(q.rules.Tokens))
}

// halved is from when a lane that may take half of the tokens may go: when twice what
// it took has come, spread evenly.
func (q *Queue) halved(l *lane, it *Item) time.Time {
	if !it.Half {
		return time.Time{}
	}
	return l.half
}

// Wake is when to look again; zero: when something else happens. It forgets
// lanes that have been empty for a while.
func (q *Queue) Wake(now time.Time) time.Time {
	var wake time.Time
	by := func(at time.Time) {
		if wake.IsZero() || at.Before(wake) {
			wake = at
		}
	}
	q.forget(now)
	q.look(now)
	for _, l := range q.row {
		if l.stopped() || len(l.items) == 0 || l.items[0].Job == 0 {
			continue
		}
		q.crew(l.items[0], func(login tenants.ConnectionID, _ bool) {
			if at, _, known := q.ready(l, login, now); known {
				by(later(at, now))
			}
		})
		if l.items[0].Opens && q.inWave(l, now) { // what is spread now may be urgent then
			by(q.waveOver(l))
		}
	}
	return wake
}

// forget lets go lanes that are as if they had never been.
func (q *Queue) forget(now time.Time) {
	q.row = slices.DeleteFunc(q.row, func(l *lane) bool {
		gone := len(l.items) == 0 && !l.stopped() && now.Sub(l.went) >= quiet && !l.half.After(now)
		if gone {
			delete(q.lanes, l.id)
		}
		return gone
	})
}

// The ranks: the smallest goes first.
const (
	rankSaved = iota
	rankUrgent
	rankClient
	rankAlbum
	rankNote
	rankTitle
)

// rank groups the heads that share turns. What has waited long for its rank's turn
// moves up, so that nobody waits for ever.
func (q *Queue) rank(l *lane, now time.Time) int {
	it := &l.items[0]
	switch {
	case q.saving[it.Connection] == l:
		return rankSaved
	case q.rules.Tokens == 0:
		return rankOf(l.class())
	case q.urgent(l, now):
		return rankUrgent
	case q.waited(l, now) >= 2*q.rules.Window:
		return rankClient
	default:
		return rankOf(l.class())
	}
}

// class is how urgent the head of a lane is. A note is as urgent as what follows it:
// else it would hold that back. Anything else is so by itself, because a client's flood
// before an operator's answer would take what is kept for urgent things.
func (l *lane) class() dialog.Class {
	if c := l.items[0].Class; c != dialog.ClassNote {
		return c
	}
	return l.followedBy()
}

// followedBy is the class of a note at the head of a lane.
func (l *lane) followedBy() dialog.Class {
	for i := range l.items {
		if c := l.items[i].Class; c < dialog.ClassNote {
			return c
		}
	}
	return dialog.ClassNote
}

func rankOf(c dialog.Class) int {
	switch c {
	case dialog.ClassAnswer, dialog.ClassClient, dialog.ClassMark:
		return rankClient
	case dialog.ClassAlbum:
		return rankAlbum
	case dialog.ClassNote:
		return rankNote
	case dialog.ClassTitle:
		return rankTitle
	default:
		panic("pace: unknown class")
	}
}

// before tells that a goes before b: by rank, then what has helpers and can't be
// helped, then which has waited longer for its turn. No two are equal.
func (q *Queue) before(a, b candidate) bool {
	return cmp.Or(
		cmp.Compare(a.rank, b.rank),
		cmp.Compare(q.alone(a.lane.items[0]), q.alone(b.lane.items[0])),
		cmp.Compare(a.lane.place, b.lane.place),
	) < 0
}
