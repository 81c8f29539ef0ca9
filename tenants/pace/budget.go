package pace

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Budget is what one login may still send into one chat.
type Budget struct {
	// back holds when each spent token comes back. The zero time: its call has
	// not been answered yet.
	back   []time.Time
	spread time.Time // the last spending that was spread, as it was due
	last   time.Time // the last spending of all; not stored, as only calls under way need it
	paused time.Time // nothing before it: Telegram said so
	// limit is how many tokens there are since Telegram held back calls that our
	// rules allow; 0 = all of the rules. changed is when it changed last.
	limit   int
	changed time.Time
	// refused is when the tokens come back of calls that Telegram held back and so
	// did not count. doubted is how many counted when it last did so and nothing has
	// been served since with as many; 0 = none. Neither is stored: a floods' pause is.
	refused []time.Time
	doubted int
}

// stored is a Budget on disk, in milliseconds since 1970; 0 = not answered.
type stored struct {
	Back    []int64 `json:"back,omitempty"`
	Spread  int64   `json:"spent,omitempty"`
	Paused  int64   `json:"paused,omitempty"`
	Limit   int     `json:"limit,omitempty"`
	Changed int64   `json:"changed,omitempty"`
}

// Encode makes the durable form, committed together with what it was spent for.
func (b *Budget) Encode() []byte {
	s := stored{Spread: millis(b.spread), Paused: millis(b.paused), Limit: b.limit, Changed: millis(b.changed)}
	for _, t := range b.back {
		s.Back = append(s.Back, millis(t))
	}
	data, err := json.Marshal(s)
	if err != nil {
		panic("pace: encode a budget: " + err.Error())
	}
	return data
}

// lateCall is how long a call of which the client went away goes on inside
// Telegram's server: it waits out short floods by itself (TDLib source: 8 s).
const lateCall = 8 * time.Second

// DecodeBudget reads the durable form. Tokens whose calls were not answered
// when the file was closed count from when such a call is done at the latest; what
// was spent beyond all tokens comes back in later windows.
func DecodeBudget(data []byte, now time.Time, r Rules) (Budget, error) {
	var s stored
	if err := json.Unmarshal(data, &s); err != nil {
		return Budget{}, fmt.Errorf("decode a budget: %w", err)
	}
	b := Budget{spread: fromMillis(s.Spread), paused: fromMillis(s.Paused), limit: s.Limit, changed: fromMillis(s.Changed)}
	for _, ms := range s.Back {
		b.back = append(b.back, fromMillis(ms))
	}
	b.answered(len(b.back), now.Add(r.Window+lateCall), r)
	return b, nil
}

// millis rounds up: no token comes back earlier for having been stored.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Add(time.Millisecond - 1).UnixMilli()
}

func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

// tokens is how many there are, spent or not.
func (b *Budget) tokens(r Rules) int {
	if b.limit > 0 && b.limit < r.Tokens {
		return b.limit
	}
	return r.Tokens
}

// free is how many tokens there are at now: fewer than none where an album took
// more than all of them. It forgets those that are back.
func (b *Budget) free(now time.Time, r Rules) int {
	b.back = slices.DeleteFunc(b.back, func(t time.Time) bool { return !t.IsZero() && !t.After(now) })
	return b.tokens(r) - len(b.back)
}

// take spends n tokens.
func (b *Budget) take(n int, now time.Time) {
	b.last = later(b.last, now)
	for range n {
		b.back = append(b.back, time.Time{})
	}
}

// dare gives back a token that a flood took: Telegram has held nothing back for a
// while, and what is spent now asks it for more.
func (b *Budget) dare(now time.Time, r Rules) {
	if b.limit > 0 && now.Sub(b.changed) >= calm {
		b.limit, b.changed = b.limit+1, now
		if b.limit >= r.Tokens {
			b.limit = 0
		}
	}
}

// answered lets n unanswered tokens come back at back. What was spent beyond all
// tokens (an album of ten where three are allowed) comes back in later windows.
func (b *Budget) answered(n int, back time.Time, r Rules) {
	freed := 0
	for i := range b.back {
		if freed < n && b.back[i].IsZero() {
			b.back[i] = back.Add(time.Duration(freed/max(1, r.Tokens)) * r.Window)
			freed++
		}
	}
}

// refund gives back n tokens of calls that were never made.
func (b *Budget) refund(n int) {
	kept := b.back[:0]
	for _, t := range b.back {
		if n > 0 && t.IsZero() {
			n--
			continue
		}
		kept = append(kept, t)
	}
	b.back = kept
}

// Resume ends a pause whose reason is gone.
func (b *Budget) Resume() { b.paused = time.Time{} }

func (b *Budget) pause(until time.Time) {
	if until.After(b.paused) {
		b.paused = until
	}
}

// calm is how long Telegram must have held nothing back before a token that a
// flood took is tried again.
const calm = 3 * time.Minute

// flooded takes a quarter of the tokens if Telegram holds back again what our
// rules allow, and has served nothing in between with as much counted: one flood
// alone may have any reason, and to send less would not avoid the next. Calls that
// were under way together are one flood.
func (b *Budget) flooded(now time.Time, r Rules) {
	counted := b.counted(now)
	b.refused = append(b.refused, now.Add(r.Window))
	if b.doubted == 0 || counted < b.doubted {
		b.doubted = counted
		return
	}
	if !b.changed.IsZero() && now.Sub(b.changed) < r.Window {
		return
	}
	few := max(1, r.Tokens/5)
	b.limit, b.changed, b.doubted = max(few, b.tokens(r)*3/4), now, 0
}

// served tells that Telegram has done a call.
func (b *Budget) served(now time.Time) {
	if b.counted(now) >= b.doubted {
		b.doubted = 0
	}
}

// counted is how many tokens Telegram has counted that are not back yet.
func (b *Budget) counted(now time.Time) (n int) {
	b.refused = slices.DeleteFunc(b.refused, func(t time.Time) bool { return !t.After(now) })
	for _, t := range b.back {
		if t.IsZero() || t.After(now) {
			n++
		}
	}
	return n - len(b.refused)
}
