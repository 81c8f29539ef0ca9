package world

import (
	"fmt"
	"strings"
	"testing"
	"time"

	sim "topicdesk/bench/telegram"
)

// TestCeiling: one file may be open, and three tenants are written to. The one that is
// open stays so while it has something to do; the others get their turn when it sleeps,
// and nothing is lost.
func TestCeiling(t *testing.T) {
	for _, hooks := range []bool{false, true} {
		t.Run(fmt.Sprintf("webhooks=%t", hooks), func(t *testing.T) {
			stage, err := NewStage(Options{
				Dir: t.TempDir(), Houses: 3, Open: 1, IdleClose: 20 * time.Second, Webhooks: hooks,
				Params: map[string]string{"WELCOME": "OFF"},
			})
			must(err)
			var openings []string
			stage.Sched.Trace = func(line string) {
				if strings.HasSuffix(line, "<- tenant.Open") {
					openings = append(openings, line)
				}
			}
			var ann int64
			stage.Door.With(func(w *sim.World) { ann = w.NewUser(sim.Person{FirstName: "Ann"}) })
			stage.RunFor(5 * time.Minute) // all are looked at, one after the other
			for n := range stage.houses {
				if !stage.stage(n).asleep() {
					t.Fatalf("%s is awake", stage.houses[n].Tenant)
				}
			}
			openings = nil
			for i := range 40 { // five minutes in which the first is never idle
				for n := range stage.houses {
					if n == 0 || i == 10 {
						stage.stage(n).hears(ann, fmt.Sprintf("message %d", i))
					}
				}
				stage.RunFor(8 * time.Second)
				if i >= 10 && stage.stage(1).shows("message 10")+stage.stage(2).shows("message 10") > 0 {
					t.Fatal("more than one file was open")
				}
			}
			if len(openings) != 1 {
				t.Errorf("opened while one is busy: %s", openings)
			}
			stage.RunFor(10 * time.Minute)
			for n := range stage.houses {
				if got := stage.stage(n).shows("message 10"); got != 1 {
					t.Errorf("%s shows it %d times", stage.houses[n].Tenant, got)
				}
			}
			for i := range 40 {
				if got := stage.shows(fmt.Sprintf("message %d", i)); got != 1 {
					t.Errorf("message %d of the first is shown %d times", i, got)
				}
			}
			must(stage.close())
		})
	}
}

// hears has somebody write to the tenant's first bot.
func (s *Stage) hears(who int64, text string) {
	s.Door.With(func(w *sim.World) {
		_, err := w.Say(who, s.Bots[0], 0, text)
		must(err)
	})
}

// shows counts the messages in the forum with this text.
func (s *Stage) shows(text string) (n int) {
	s.Door.With(func(w *sim.World) {
		for _, m := range w.View(s.Admin, s.Forum, sim.AllTopics) {
			if m.Text == text {
				n++
			}
		}
	})
	return n
}
