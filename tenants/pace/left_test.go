package pace

import (
	"testing"
	"time"
)

func TestLeft(t *testing.T) {
	fresh := func() *Budget { return &Budget{} }
	spent := func(n int) *Budget {
		b := &Budget{}
		for range n {
			b.back = append(b.back, epoch.Add(time.Minute))
		}
		return b
	}
	paused := func(d time.Duration) *Budget { return &Budget{paused: epoch.Add(d)} }
	tests := map[string]struct {
		weight int
		logins []*Budget
		want   time.Duration
	}{
		"nothing":                                {0, []*Budget{paused(time.Minute)}, 0},
		"what the tokens allow":                  {20, []*Budget{fresh()}, 0},
		"more than they allow":                   {43, []*Budget{fresh()}, 129 * time.Second},
		"few tokens are left":                    {10, []*Budget{spent(15)}, 30 * time.Second},
		"a login of which nothing is known":      {43, nil, 129 * time.Second},
		"a pause comes before":                   {40, []*Budget{paused(40 * time.Second)}, 160 * time.Second},
		"a pause that is over":                   {20, []*Budget{paused(-time.Second)}, 0},
		"a login held to half of the tokens":     {40, []*Budget{{limit: 10}}, 4 * time.Minute},
		"two share it":                           {80, []*Budget{fresh(), fresh()}, 2 * time.Minute},
		"a second that pauses joins later":       {40, []*Budget{paused(time.Minute), fresh()}, 90 * time.Second},
		"a second that pauses longer than it is": {30, []*Budget{paused(time.Hour), fresh()}, 90 * time.Second},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := groupRules.Left(tt.weight, tt.logins, epoch); got != tt.want {
				t.Errorf("%s, not %s", got, tt.want)
			}
		})
	}
	if got := (Rules{}).Left(1000, []*Budget{paused(time.Second)}, epoch); got != time.Second {
		t.Errorf("without a limit %s", got)
	}
}

// TestLeftIsTrue: a backlog is gone when it was said to be, give or take a quarter.
func TestLeftIsTrue(t *testing.T) {
	q, now := NewQueue(groupRules), epoch
	for n := range 100 {
		q.Put(job(n+1, 1+n%7))
	}
	said := groupRules.Left(100, []*Budget{q.Budget(1)}, now)
	for !q.Empty() {
		for {
			it, ok := q.Pick(now, nil)
			if !ok {
				break
			}
			q.Answered(it.Job, it.Lane, now)
			q.Retire(it.Job, it.Lane)
		}
		now = now.Add(100 * time.Millisecond)
	}
	if took := now.Sub(epoch); took < said*3/4 || took > said*5/4 {
		t.Errorf("it took %s, not about %s", took, said)
	}
}
