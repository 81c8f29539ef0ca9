package telegram

import (
	"math"
	"slices"
	"time"
)

// Sharing says which budget a family of calls spends.
type Sharing int

// The ways in which a family of calls may be limited.
const (
	Shared   Sharing = iota // the same budget as messages
	Separate                // a budget of its own of the same size
	Free                    // none
)

// LimitKind is how a budget refills.
type LimitKind int

// The known forms of limits.
const (
	NoLimit LimitKind = iota
	Window            // at most Count in any Per
	Bucket            // Burst at once, refilled with Count per Per
)

// Limit is one budget.
type Limit struct {
	Kind  LimitKind
	Count int
	Per   time.Duration
	Burst int // Bucket only
}

// budget is the state of one Limit.
type budget struct {
	// spent are moments of tokens, in order. Window: of those that count
	// still; Bucket: of those that calls which wait will take.
	spent  []time.Time
	tokens float64   // Bucket: what it held at filled
	filled time.Time // Bucket
}

// almost is the rounding that a bucket forgives, in tokens.
const almost = 1e-9

// wait is how long after the moment at, now or to come, n more tokens fit. A
// call for more than the whole limit passes when the budget is untouched.
func (b *budget) wait(l Limit, n int, at time.Time) time.Duration {
	switch l.Kind {
	case Window:
		over := len(b.spent) + min(n, l.Count) - l.Count
		if over <= 0 {
			return 0
		}
		return max(0, b.spent[over-1].Add(l.Per).Sub(at))
	case Bucket:
		return b.gap(l, min(n, l.Burst), at).Sub(at)
	case NoLimit:
		return 0
	default:
		panic("telegram: unknown limit kind")
	}
}

// gap is the first moment, from at on, at which a bucket can give n tokens
// without taking them from those who wait for theirs.
func (b *budget) gap(l Limit, n int, at time.Time) time.Time {
	now := pail{l, b.tokens, b.filled}
	for i, next := range b.spent {
		if next.After(at) {
			found := now.gives(n, at)
			if !found.After(next) && now.after(n, found).lasts(b.spent[i:]) {
				return found
			}
			at = next
		}
		now = now.after(1, next)
	}
	return now.gives(n, at)
}

// pail is what a bucket holds at a moment.
type pail struct {
	Limit
	tokens float64
	at     time.Time
}

// until is the pail at a later moment.
func (p pail) until(at time.Time) pail {
	p.tokens = min(float64(p.Burst), p.tokens+float64(at.Sub(p.at))/p.perToken())
	p.at = at
	return p
}

// after is the pail when n tokens were taken at a moment.
func (p pail) after(n int, at time.Time) pail {
	p = p.until(at)
	p.tokens -= float64(n)
	return p
}

// gives is the first moment, from at on, at which there are n tokens.
func (p pail) gives(n int, at time.Time) time.Time {
	p = p.until(at)
	if need := float64(n) - p.tokens; need > almost {
		at = at.Add(time.Duration(math.Ceil(need*p.perToken() - 1e-3)))
	}
	return at
}

// lasts says whether one token can be taken at each of the moments.
func (p pail) lasts(at []time.Time) bool {
	for _, t := range at {
		if p = p.after(1, t); p.tokens < -1e3*almost {
			return false
		}
	}
	return true
}

// perToken is how many nanoseconds a bucket needs for one token.
func (l Limit) perToken() float64 { return float64(l.Per) / float64(l.Count) }

// take spends n tokens at the moment at, now or to come.
func (b *budget) take(l Limit, n int, now, at time.Time) {
	b.settle(l, now)
	switch {
	case l.Kind == NoLimit:
	case l.Kind == Bucket && !at.After(now):
		b.give(l, n, now)
	default:
		i, _ := slices.BinarySearchFunc(b.spent, at, time.Time.Compare)
		for range n {
			b.spent = slices.Insert(b.spent, i, at)
		}
	}
}

// used is how many tokens haven't returned, those that calls wait for
// included.
func (b *budget) used(l Limit, now time.Time) int {
	b.settle(l, now)
	if l.Kind == Bucket {
		left := pail{l, b.tokens, b.filled}.until(now).tokens
		return len(b.spent) + int(math.Ceil(float64(l.Burst)-left-almost))
	}
	return len(b.spent)
}

// give takes n tokens out of a bucket.
func (b *budget) give(l Limit, n int, at time.Time) {
	left := pail{l, b.tokens, b.filled}.after(n, at)
	b.tokens, b.filled = left.tokens, left.at
}

// settle brings the budget to now: a window forgets what has left it, a
// bucket gives what was waited for.
func (b *budget) settle(l Limit, now time.Time) {
	n := 0
	switch l.Kind {
	case Window:
		for n < len(b.spent) && !b.spent[n].Add(l.Per).After(now) {
			n++
		}
	case Bucket:
		for ; n < len(b.spent) && !b.spent[n].After(now); n++ {
			b.give(l, 1, b.spent[n])
		}
	case NoLimit:
	default:
		panic("telegram: unknown limit kind")
	}
	if b.spent = b.spent[n:]; len(b.spent) == 0 {
		b.spent = nil
	}
}

// size is what the limit allows at once.
func (l Limit) size() int {
	if l.Kind == Bucket {
		return l.Burst
	}
	return l.Count
}
