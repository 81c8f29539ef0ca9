package world

import (
	"fmt"
	"slices"
	"testing"
	"time"

	sim "topicdesk/bench/telegram"
)

// TestHelpersShareABacklog: with one helper the same backlog of three dialogs is
// gone in about half the time, in the order of each topic, under every limiter.
func TestHelpersShareABacklog(t *testing.T) {
	alone, _ := backlog(t, 0)
	shared, wrote := backlog(t, 1)
	if shared > alone*6/10 {
		t.Errorf("%s alone, %s with a helper", alone, shared)
	}
	for who, n := range wrote {
		if n < backlogOf/3 {
			t.Errorf("%s wrote only %d of %d", who, n, backlogOf)
		}
	}
}

// backlogOf is how many messages a backlog has.
const backlogOf = 90

// backlog is how long a backlog of three clients takes, and who wrote how much of it.
func backlog(t *testing.T, helpers int) (took time.Duration, wrote map[string]int) {
	s := newQuietStage(t, Options{Seed: 1, Params: map[string]string{"MERGE_TEXTS": "FALSE"}})
	for range helpers {
		_, err := s.AddHelper(1)
		must(err)
		s.Door.With(func(w *sim.World) { must(w.AddMember(s.Admin, s.Forum, s.Helpers[0])) })
	}
	var people []int64
	s.Door.With(func(w *sim.World) {
		for _, name := range []string{"Ann", "Bob", "Cem"} {
			people = append(people, w.NewUser(sim.Person{FirstName: name}))
			_, err := w.Say(people[len(people)-1], s.Bots[0], 0, "hello")
			must(err)
		}
	})
	s.RunFor(5 * time.Minute)
	began := s.Sched.now
	s.Door.With(func(w *sim.World) {
		for i := range backlogOf {
			_, err := w.Say(people[i%3], s.Bots[0], 0, fmt.Sprintf("%s %02d", "message", i))
			must(err)
		}
	})
	for len(written(s)) < backlogOf {
		if s.RunFor(time.Second); s.Sched.now.Sub(began) > 20*time.Minute {
			t.Fatalf("only %d of %d are there", len(written(s)), backlogOf)
		}
	}
	took, wrote = s.Sched.now.Sub(began), map[string]int{}
	last := map[int]string{}
	for _, m := range written(s) {
		if last[m.Topic] > m.Text {
			t.Errorf("%q comes after %q in its topic", m.Text, last[m.Topic])
		}
		last[m.Topic] = m.Text
		wrote[m.Author]++
	}
	for _, e := range s.World.Log() {
		if e.Event == sim.EventCall && e.Code == 429 {
			t.Errorf("a flood: %s", e.Method)
		}
	}
	return took, wrote
}

// written are the messages of a backlog that are in topics.
func written(s *Stage) (all []sim.Shown) {
	s.Door.With(func(w *sim.World) { all = w.View(s.Admin, s.Forum, sim.AllTopics) })
	return slices.DeleteFunc(all, func(m sim.Shown) bool { return !m.Bot || len(m.Text) < 7 || m.Text[:7] != "message" })
}
