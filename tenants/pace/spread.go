package pace

import (
	"slices"
	"time"
)

// purse is a budget as it is at a moment, from which it is told when how much of
// it may go. What is urgent goes when there are tokens. The rest may take
// Rules.Burst of them at once; what is left then is spread by two rules, so that it
// lasts until more comes back. With f free tokens and those that come back at
// t1 ≤ t2 ≤ …:
//
//   - even: the next one goes when for each i an (f+i)th part of the way from the
//     last one to ti is over. So a full budget is spent in even steps over its window,
//     and when all of it is away each token goes as it comes back.
//   - room: it goes when what is left has room, until each ti, for something urgent
//     as often as a burst leaves tokens; and the last one when the next token is no
//     farther than a step. So in the minute that a burst has emptied what is urgent
//     goes before the rest, and what it does not need is used all the same.
//
// No token is kept longer than until others come, so none is lost to a reserve.
type purse struct {
	*Budget
	rules Rules
	now   time.Time
	free  int    // may be negative: what was spent beyond all tokens
	away  []away // in the order in which they come back
	hold  hold

	// After i tokens of away came back: when the next one is due, and since when one
	// of no weight leaves room. Nil until somebody asks.
	due, room []time.Time

	asked struct { // what even told last
		n     int // 0 = nothing yet
		at    time.Time
		known bool
	}
}

// away is a token that comes back at a time, or, unsure, then at the earliest.
type away struct {
	at     time.Time
	unsure bool
}

func (q *Queue) purse(b *Budget, now time.Time) *purse {
	p := &purse{Budget: b, rules: q.rules, now: now, free: b.free(now, q.rules)}
	for _, t := range b.back {
		if t.IsZero() {
			p.away = append(p.away, away{later(b.last.Add(q.rules.Window), now), true})
		} else {
			p.away = append(p.away, away{t, false})
		}
	}
	slices.SortStableFunc(p.away, func(a, b away) int { return a.at.Compare(b.at) })
	return p
}

// step is the even distance of spendings.
func (p *purse) step() time.Duration {
	return p.rules.Window / time.Duration(p.tokens(p.rules))
}

// kept is how many tokens a burst leaves.
func (p *purse) kept() int {
	if p.rules.Burst == 0 {
		return 0
	}
	t := p.tokens(p.rules)
	return t - p.rules.Burst*t/p.rules.Tokens
}

// atOnce is how many tokens may go now whatever they are for.
func (p *purse) atOnce() int { return max(0, p.free-p.kept()) }

// phase is the time after i tokens of away came back, from then until the next of
// which it is known.
type phase struct {
	i, free    int
	from, next time.Time // zero = from now, or until an answer
}

// phases visits what is to come until visit has found what it looks for.
func (p *purse) phases(visit func(phase) bool) {
	now := phase{free: p.free}
	for i, a := range p.away {
		if a.unsure {
			continue
		}
		if now.next = a.at; visit(now) {
			return
		}
		now = phase{i: i + 1, free: now.free + 1, from: a.at}
	}
	visit(now)
}

// urgent is when n tokens are there for what does not wait for its turn; known is
// false if only an answer can tell.
func (p *purse) urgent(n int) (at time.Time, known bool) {
	n = min(n, p.tokens(p.rules))
	p.phases(func(f phase) bool {
		at, known = f.from, f.free >= n && f.free-n >= p.hold.weight-p.backBy(f.i)
		return known
	})
	return at, known
}

// saved is when n tokens are there for what tokens are saved for: until patience
// ends it leaves room for what is urgent.
func (p *purse) saved(n int, patience time.Time) (at time.Time, known bool) {
	n = min(n, p.tokens(p.rules))
	p.phases(func(f phase) bool {
		if f.free < n {
			return false
		}
		at = f.from
		if f.free-n < p.kept() {
			if room := p.roomAfter(f, n); room.Before(patience) {
				at = later(at, room)
			} else {
				at = later(at, patience)
			}
		}
		known = f.next.IsZero() || !at.After(f.next)
		return known
	})
	return at, known
}

// even is when n tokens may go that are spread, after a burst. It is asked for a
// thousand lanes, nearly always with the same n.
func (p *purse) even(n int) (at time.Time, known bool) {
	if n = min(n, p.tokens(p.rules)); p.asked.n != n {
		p.asked.at, p.asked.known = p.reckonEven(n)
		p.asked.n = n
	}
	return p.asked.at, p.asked.known
}

func (p *purse) reckonEven(n int) (at time.Time, known bool) {
	p.phases(func(f phase) bool {
		if f.free < n {
			return false
		}
		at = f.from
		if f.free-n < p.kept() {
			at = later(at, later(p.dueAfter(f.i), p.roomAfter(f, n)))
		}
		known = f.next.IsZero() || !at.After(f.next)
		return known
	})
	return at, known
}

// dueAfter is when the next one is due after i tokens of away came back.
func (p *purse) dueAfter(i int) time.Time {
	p.reckon()
	return p.due[i]
}

// roomAfter is from when n tokens of those in a phase leave room.
func (p *purse) roomAfter(f phase, n int) time.Time {
	p.reckon()
	at := p.room[f.i].Add(time.Duration(n) * p.often())
	if f.free == n && f.i < len(p.away) {
		at = later(at, p.away[f.i].at.Add(-p.step()))
	}
	return at
}

// often is how often there is room for something urgent.
func (p *purse) often() time.Duration { return p.rules.Window / time.Duration(p.kept()) }

// begin is from when the next step is counted.
func (p *purse) begin() time.Time {
	if p.spread.After(p.now) { // the clock went back
		return p.now
	}
	return later(p.spread, p.now.Add(-p.rules.Window))
}

// reckon fills in due and room, once.
func (p *purse) reckon() {
	if p.due != nil {
		return
	}
	n := len(p.away)
	p.due, p.room = make([]time.Time, n+1), make([]time.Time, n+1)
	begin := p.begin()
	p.due[n] = begin
	for i := n - 1; i >= 0; i-- {
		at, parts := p.away[i].at, time.Duration(p.free+i+1)
		p.due[i], p.room[i] = p.due[i+1], later(p.room[i+1], at.Add(-parts*p.often()))
		if parts > 0 {
			p.due[i] = later(p.due[i], begin.Add(at.Sub(begin)/parts))
		}
	}
}

// spendEven notes a spending of n that was spread. One that is late by less than
// a step counts as of when it was due, so that what our own work takes is not
// added to each step.
func (p *purse) spendEven(n int) {
	if p.spread = p.now; p.atOnce() < min(n, p.tokens(p.rules)) {
		p.spread = later(p.dueAfter(0), p.now.Add(-p.step()))
	}
}

// hold is how many tokens an album must find at a time.
type hold struct {
	weight int
	by     time.Time
}

// backBy is how many tokens come back for what is held after i did.
func (p *purse) backBy(i int) int {
	n := 0
	for _, a := range p.away[i:] {
		if !a.unsure && !a.at.After(p.hold.by) {
			n++
		}
	}
	return n
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
