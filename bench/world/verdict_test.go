package world

import (
	"fmt"
	"strings"
	"testing"

	sim "topicdesk/bench/telegram"
)

// TestVerdictOutlivesACrash: whenever the tenant crashes while it is found out that a
// message is gone, and while that is settled, the message comes again once and is marked.
func TestVerdictOutlivesACrash(t *testing.T) {
	struck := 0
	for at := 1; at == 1 || struck >= at-1; at++ {
		s := newScene(t, "ann: hello", Options{})
		play := func(line string) { s.play(line, fmt.Sprintf("%s, crash %d", line, at)) }
		for _, line := range []string{"ann: hello", "fault copyMessage lost-answer to desk", "step 3s", "ann: deleted at once", `alma in ann deletes "deleted at once"`, "max in general: later"} {
			play(line)
		}
		n := 0
		s.stage.Sched.Intercept = func(_ string, m any) Mishap {
			if !betweenActors(m) {
				return Delivered
			}
			if n++; n == at {
				struck = at
				return Fatal
			}
			return Delivered
		}
		play("wait 3m")
		var texts []string
		s.stage.Door.With(func(w *sim.World) {
			for _, m := range w.View(s.stage.Admin, s.stage.Forum, sim.AllTopics) {
				texts = append(texts, m.Text)
			}
		})
		shown := strings.Join(texts, "\n")
		if strings.Count(shown, "deleted at once") != 1 || strings.Count(shown, "This may be here twice") != 1 {
			t.Fatalf("crash %d: %v\n%s", at, s.stage.Settled, shown)
		}
	}
	if struck < 5 {
		t.Fatalf("only %d crashes", struck)
	}
	t.Logf("%d crashes", struck)
}
