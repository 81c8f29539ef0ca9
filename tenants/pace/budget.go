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
	spent  time.Time // the last spending
	paused time.Time // nothing before it: Telegram said so
}

// stored is a Budget on disk, in milliseconds since 1970; 0 = not answered.
type stored struct {
	Back   []int64 `json:"back,omitempty"`
	Spent  int64   `json:"spent,omitempty"`
	Paused int64   `json:"paused,omitempty"`
}

// Encode makes the durable form, committed together with what it was spent for.
func (b *Budget) Encode() []byte {
	s := stored{Spent: millis(b.spent), Paused: millis(b.paused)}
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
	b := Budget{spent: fromMillis(s.Spent), paused: fromMillis(s.Paused)}
	for _, ms := range s.Back {
		b.back = append(b.back, fromMillis(ms))
	}
	b.answered(len(b.back), now.Add(r.Window+lateCall), r)
	return b, nil
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

// free is how many tokens there are at now.
func (b *Budget) free(now time.Time, tokens int) int {
	kept := b.back[:0]
	for _, t := range b.back {
		if t.IsZero() || t.After(now) {
			kept = append(kept, t)
		}
	}
	b.back = kept
	return tokens - len(kept)
}

func (b *Budget) spend(n int, now time.Time) {
	for range n {
		b.back = append(b.back, time.Time{})
	}
	b.spent = now
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

// nextFree is when n tokens will be free at the earliest, as far as it is known.
func (b *Budget) nextFree(n, tokens int) (time.Time, bool) {
	need := n - (tokens - len(b.back))
	if need <= 0 {
		return time.Time{}, true
	}
	var times []time.Time
	for _, t := range b.back {
		if !t.IsZero() {
			times = append(times, t)
		}
	}
	if len(times) < need {
		return time.Time{}, false // only an answer can tell
	}
	sortTimes(times)
	return times[need-1], true
}

func sortTimes(ts []time.Time) {
	slices.SortFunc(ts, time.Time.Compare)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
