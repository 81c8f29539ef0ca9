package world

import (
	"testing"
	"time"

	sim "topicdesk/bench/telegram"
	"topicdesk/tenants/store"
)

// TestFirstMessage is the product in one breath: a client writes, the topic
// appears with the message; an operator answers, the client gets it.
func TestFirstMessage(t *testing.T) {
	s := newStage(t, Options{Seed: 1})
	ann := s.World.NewUser(sim.Person{FirstName: "Ann", LastName: "Lee"})
	s.say(ann, s.Bots[0], 0, "hello, is anybody there?")
	s.RunFor(30 * time.Second)
	topics := s.World.Topics(s.Forum)
	for _, tp := range topics {
		t.Logf("topic %+v", tp)
	}
	for _, m := range s.World.View(s.Admin, s.Forum, sim.AllTopics) {
		t.Logf("forum: %d in %d by %s: %s %s", m.ID, m.Topic, m.Author, m.Text, m.Notice)
	}
	for _, m := range s.World.View(ann, s.Bots[0], 0) {
		t.Logf("ann: %d by %s: %s", m.ID, m.Author, m.Text)
	}
}

func newStage(t *testing.T, o Options) *Stage {
	t.Helper()
	o.Dir = t.TempDir()
	s, err := NewStage(o)
	if err != nil {
		t.Fatal(err)
	}
	s.Sched.Trace = func(line string) { t.Log(line) }
	t.Cleanup(func() {
		if err := s.Close(func(*store.Store) error { return nil }); err != nil {
			t.Error(err)
		}
		for _, p := range s.Problems {
			t.Error(p)
		}
	})
	return s
}

func (s *Stage) say(person, chat int64, topic int, text string) int {
	var id int
	s.Door.With(func(w *sim.World) {
		var err error
		id, err = w.Say(person, chat, topic, text)
		must(err)
	})
	return id
}
