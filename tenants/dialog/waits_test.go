package dialog

import (
	"testing"
	"time"
)

// TestWaits: a client waits since their first message that is not answered, also if an
// answer was on its way that did not arrive.
func TestWaits(t *testing.T) {
	at := func(minute int) time.Time { return time.Date(2026, 1, 5, 9, minute, 0, 0, time.UTC) }
	d := begin(State{}, Facts{})
	for _, step := range []struct {
		minute  int
		happens Happening
		since   int // minute; -1 = nobody waits
	}{
		{1, ClientWrites, 1}, {2, ClientWrites, 1}, {3, Accepted, -1}, {4, Undelivered, 1}, {5, Unmatched, 1},
		{6, Accepted, -1}, {7, ClientWrites, 7}, {8, Close, -1}, {9, ClientWrites, 9}, {10, Wait, -1}, {11, Hold, 11},
	} {
		d.f.Now = at(step.minute)
		d.become(step.happens, 0)
		if d.s.Status != UserAnswered {
			if step.since >= 0 {
				t.Errorf("minute %d: nobody waits", step.minute)
			}
			continue
		}
		if !d.s.Rare.Waits.Equal(at(step.since)) {
			t.Errorf("minute %d: waits since %v, want minute %d", step.minute, d.s.Rare.Waits, step.since)
		}
	}
}
