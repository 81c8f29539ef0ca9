package dialog

import (
	"testing"
	"time"

	"topicdesk/tenants"
)

func TestQueueWords(t *testing.T) {
	tests := map[string]struct {
		q    Queue
		want string
	}{
		"nothing": {Queue{}, "Nothing waits."},
		"the spec's own": {
			Queue{Waits: 43, Oldest: 80 * time.Second, Left: 129 * time.Second, Clients: 3, Held: 1, Again: 40 * time.Second, Flooded: true},
			"Into this group: 43 wait, oldest 1 min 20 s, done in about 2 min. To clients: 3 (1 paused: flood, 40 s).",
		},
		"one": {
			Queue{Waits: 1, Oldest: 100 * time.Millisecond},
			"Into this group: 1 waits, oldest 1 s, done in a few seconds.",
		},
		"only for clients": {Queue{Clients: 2}, "Into this group: nothing waits. To clients: 2."},
		"clients tried again": {
			Queue{Clients: 2, Held: 2, Again: 59500 * time.Millisecond},
			"Into this group: nothing waits. To clients: 2 (2 to be tried again in 1 min).",
		},
		"a flood": {
			Queue{Waits: 2, Oldest: time.Hour, Left: 38 * time.Second, Pause: 37 * time.Second, Flood: true},
			"Into this group: 2 wait, oldest 1 h 0 min, done in about 40 s. Telegram asks for a pause of 37 s.",
		},
		"refused": {
			Queue{Waits: 2, Oldest: 2 * time.Minute, Left: 65 * time.Minute, Pause: 10 * time.Minute},
			"Into this group: 2 wait, oldest 2 min, done in about 1 h 5 min. Telegram refuses; tried again in 10 min.",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := queueWords(tenants.Voice{}, tt.q); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

// TestBacklogLook is a backlog's life, one look a row; the mark of one is kept for
// the next, and is written only if it changed.
func TestBacklogLook(t *testing.T) {
	long := Queue{Waits: 40, Left: 2 * time.Minute}
	flood := Queue{Waits: 40, Left: 3 * time.Minute, Pause: 40 * time.Second, Flood: true}
	rights := Queue{Waits: 40, Left: 3 * time.Minute, Pause: time.Minute}
	nearly := Queue{Waits: 10, Left: 30 * time.Second, Oldest: 5 * time.Minute}
	little := Queue{Waits: 3, Left: 9 * time.Second}
	begin := time.Unix(1_700_000_000, 0)
	var mark Backlog
	for i, row := range []struct {
		at    time.Duration
		q     Queue
		tells bool
		pause time.Duration // of the mark before it
	}{
		{0, little, false, 0},
		{time.Second, Queue{Waits: 20, Left: time.Minute}, false, 0},
		{2 * time.Second, Queue{Waits: 1, Left: 0, Oldest: time.Hour}, false, 0}, // goes at once
		{3 * time.Second, long, true, 0},
		{4 * time.Second, long, false, 0},
		{10 * time.Minute, long, false, 0},
		{10*time.Minute + 3*time.Second, nearly, false, 0},
		{10*time.Minute + 3*time.Second, long, true, 0}, // it lasts
		{11 * time.Minute, little, false, 0},
		{12 * time.Minute, long, false, 0}, // the same one
		{13 * time.Minute, Queue{}, false, 0},
		{14 * time.Minute, Queue{}, false, 0},
		{15 * time.Minute, Queue{}, false, 0}, // over
		{16 * time.Minute, long, true, 0},
		{17 * time.Minute, little, false, 0},
		{20 * time.Minute, long, true, 0}, // nobody looked meanwhile, and it was over
		{40 * time.Minute, little, false, 0},
		{50 * time.Minute, flood, false, 0}, // nothing can be said
		{51 * time.Minute, Queue{Waits: 20, Left: 50 * time.Second, Oldest: 70 * time.Second}, true, 40 * time.Second},
		{62 * time.Minute, rights, false, 0}, // told elsewhere
		{63 * time.Minute, long, true, 0},
	} {
		at := begin.Add(row.at)
		next, tells := mark.Look(row.q, at)
		if tells != row.tells {
			t.Fatalf("row %d: tells %v", i, tells)
		}
		if tells && mark.Pause != row.pause {
			t.Errorf("row %d: a pause of %s", i, mark.Pause)
		}
		again, twice := next.Look(row.q, at)
		if twice || !again.Same(next) {
			t.Errorf("row %d: another look at the same moment changes %+v into %+v", i, next, again)
		}
		mark = next
	}
}
