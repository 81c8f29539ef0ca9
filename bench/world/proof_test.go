package world

import (
	"testing"

	"topicdesk/tenants/store"
)

// enough is within how many worlds a sabotage has to be noticed.
const enough = 100

// TestProof: the same worlds fail when commits are not synced, when they are
// synced too late, and when Telegram is told to forget before the commit.
func TestProof(t *testing.T) {
	for name, sabotage := range map[string]func(*Plan){
		"commits are not synced":            func(p *Plan) { p.Sync = store.SyncOff },
		"commits are synced later":          func(p *Plan) { p.Sync = store.SyncNormal },
		"polls are acknowledged at once":    func(p *Plan) { p.Hasty, p.Webhooks = true, false },
		"webhooks are acknowledged at once": func(p *Plan) { p.Hasty, p.Webhooks = true, true },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for seed := *first; seed < *first+enough; seed++ {
				p := Draw(seed, "")
				sabotage(&p)
				if _, err := play(p); err != nil {
					t.Logf("seed %d: %.200s", seed, err)
					return
				}
			}
			t.Errorf("%d worlds did not notice", enough)
		})
	}
}
