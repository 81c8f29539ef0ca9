package world

import (
	"testing"
	"time"

	sim "topicdesk/bench/telegram"
	"topicdesk/tenants/store"
)

// TestEndWithoutTime: a process ends between a call and its answer, and the next
// one begins in the same moment of the clock, or in an earlier one. It must not
// believe that the try never began.
func TestEndWithoutTime(t *testing.T) {
	s := newSmall(t, Options{Disk: true})
	s.play()
	shown := func() int { return len(s.World.View(s.Admin, s.Forum, sim.AllTopics)) }
	s.Door.With(func(w *sim.World) { s.writes(w, s.clients[0]) })
	for before := shown(); shown() == before; {
		s.step(s.Sched.now.Add(time.Minute))
	}
	must(s.Kill())
	if err := s.finishWith(func(*store.Store) error { return nil }); err != nil {
		t.Errorf("%v\n%s", err, s.steps())
	}
}
