package world

import (
	"fmt"
	"testing"
	"time"

	sim "topicdesk/bench/telegram"
)

// TestJoiningGains: of ten clients who write two short texts a second each, at least
// five times as many texts as messages come through, in their order. In five minutes
// instead of three it is eight times.
func TestJoiningGains(t *testing.T) {
	s := newQuietStage(t, Options{Seed: 1, Params: map[string]string{"WELCOME": "OFF"}})
	var people []int64
	s.Door.With(func(w *sim.World) {
		for i := range 10 {
			people = append(people, w.NewUser(sim.Person{FirstName: fmt.Sprintf("Client %d", i)}))
			_, err := w.Say(people[i], s.Bots[0], 0, "hello")
			must(err)
		}
	})
	s.RunFor(3 * time.Minute)
	for n := range 360 {
		s.Door.With(func(w *sim.World) {
			for i, id := range people {
				_, err := w.Say(id, s.Bots[0], 0, fmt.Sprintf("c%d%03d. of client %d", i, n, i))
				must(err)
			}
		})
		s.RunFor(500 * time.Millisecond)
	}
	last, texts, messages := map[int]string{}, 0, 0
	s.Door.With(func(w *sim.World) {
		for _, m := range w.View(s.Admin, s.Forum, sim.AllTopics) {
			if len(tokensIn(m)) > 0 {
				messages++
			}
			for _, token := range tokensIn(m) {
				if last[m.Topic] >= token {
					t.Errorf("%s comes after %s in its topic", token, last[m.Topic])
				}
				last[m.Topic] = token
				texts++
			}
		}
		for _, e := range w.Log() {
			if e.Event == sim.EventCall && e.Code == 429 {
				t.Errorf("a flood: %s", e.Method)
			}
		}
	})
	if texts < 5*messages || messages < 50 {
		t.Errorf("%d texts came in %d messages", texts, messages)
	}
	t.Logf("%d texts in %d messages", texts, messages)
}
