package pace

import (
	"testing"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// TestHelpers: what only the login itself may do goes by it, what is helped by a
// helper that has tokens and no pause, and tokens and pauses are those of who does it.
func TestHelpers(t *testing.T) {
	q := NewQueue(Rules{Tokens: 1, Window: time.Minute})
	q.SetHelpers(1, []tenants.ConnectionID{2, 3})
	for id := 1; id <= 4; id++ {
		it := job(id, id)
		it.Helped = id != 3
		q.Put(it)
	}
	q.Pause(2, epoch.Add(time.Second))
	pick := func(now time.Time, job tenants.JobID, by tenants.ConnectionID) {
		t.Helper()
		if it, ok := q.Pick(now, nil); !ok || it.Job != job || it.By != by {
			t.Errorf("picked %d by %d (%v), not %d by %d", it.Job, it.By, ok, job, by)
		}
	}
	pick(epoch, 3, 1)
	pick(epoch, 1, 3)
	if it, ok := q.Pick(epoch, nil); ok {
		t.Errorf("picked %d by %d, which has a pause", it.Job, it.By)
	}
	pick(epoch.Add(time.Second), 2, 2)
	q.Answered(2, laneOf(2), epoch.Add(2*time.Second))
	q.Retire(2, laneOf(2))
	q.SetHelpers(1, nil)
	if wake := q.Wake(epoch.Add(2 * time.Second)); !wake.IsZero() {
		t.Errorf("a login that helps no more will do something at %s", wake)
	}
	q.Answered(3, laneOf(3), epoch.Add(3*time.Second))
	q.Retire(3, laneOf(3))
	pick(epoch.Add(time.Minute+4*time.Second), 4, 1)
}

// TestCrowded: a pick says whether more waits than may go at once.
func TestCrowded(t *testing.T) {
	q := NewQueue(Rules{Tokens: 2, Window: time.Minute})
	q.SetHelpers(1, []tenants.ConnectionID{2})
	for id := 1; id <= 5; id++ {
		it := job(id, id)
		it.Helped, it.Class = true, dialog.ClassAnswer
		q.Put(it)
	}
	for n, want := range []bool{true, true, true, true} {
		if it, ok := q.Pick(epoch, nil); !ok || it.Crowded != want {
			t.Errorf("pick %d: %v, crowded %v", n, ok, it.Crowded)
		}
	}
	q = NewQueue(Rules{Tokens: 2, Window: time.Minute})
	q.Put(job(1, 1))
	q.Put(job(2, 2))
	for range 2 {
		if it, ok := q.Pick(epoch, nil); !ok || it.Crowded {
			t.Errorf("%v, crowded %v", ok, it.Crowded)
		}
	}
}
