package connection

import (
	"testing"
	"time"
)

// TestRate: floods take calls a second, some always stay, and time without a flood
// gives them back one by one.
func TestRate(t *testing.T) {
	now := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	r := rate{all: 30}
	calls := func() (n int) {
		now = now.Add(time.Second)
		for r.turn(now) {
			n++
		}
		return n
	}
	want := func(what string, n int) {
		t.Helper()
		if got := calls(); got != n {
			t.Errorf("%s: %d calls a second, not %d", what, got, n)
		}
	}
	want("at first", 30)
	r.flooded(now)
	r.flooded(now) // three chats tell of one flood
	want("after a flood", 22)
	for range 20 {
		now = now.Add(floodsWithin)
		r.flooded(now)
	}
	want("after many", 6)
	now = now.Add(calm)
	want("after a quiet while", 7)
	want("at once after it", 7)
	for range 30 {
		now = now.Add(calm)
		calls()
	}
	want("after a long one", 30)
	for none := (rate{}); !none.turn(now); {
		t.Fatal("a limit that is none of ours")
	}
}
