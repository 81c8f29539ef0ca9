package world

import (
	"testing"

	"topicdesk/tenants/store"
)

// TestShrink: of a world in which commits are not synced, a power cut and what
// it took are all that is left, and the line that is printed plays it again.
func TestShrink(t *testing.T) {
	t.Parallel()
	sabotaged := func(seed uint64) Plan {
		p := Draw(seed, "")
		p.Sync = store.SyncOff
		return p
	}
	p, fault := Plan{}, error(nil)
	for seed := *first + 2; fault == nil; seed++ { // the second's fault takes most of its events
		p = sabotaged(seed)
		_, fault = play(p)
	}
	small := Shrink(p, func(p Plan) bool {
		_, now := play(p)
		return alike(fault, now)
	})
	if !small.Has(Cut) || len(small.Events) > len(p.Events)/2 {
		t.Errorf("of %d events %d are left: %s", len(p.Events), len(small.Events), small)
	}
	again, err := ParsePlan(small.String(), "")
	if err != nil {
		t.Fatal(err)
	}
	again.Sync = store.SyncOff
	if _, now := play(again); !alike(fault, now) {
		t.Errorf("%s ends with %v, not %v", small, now, fault)
	}
}
