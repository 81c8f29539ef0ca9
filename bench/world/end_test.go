package world

import (
	"slices"
	"strings"
	"testing"
	"time"

	sim "topicdesk/bench/telegram"
	"topicdesk/tenants/store"
)

// TestEndWithoutTime: a process ends between a call and its answer, and the next
// one begins in the same moment of the clock, or in an earlier one. It must not
// believe that the try never began: the message would come twice.
func TestEndWithoutTime(t *testing.T) {
	s := newSmall(t, Options{Disk: true})
	s.play()
	s.Door.With(func(w *sim.World) { s.writes(w, s.clients[0]) })
	token := s.said[len(s.said)-1].token
	shown := func() bool {
		view := s.World.View(s.Admin, s.Forum, sim.AllTopics)
		return slices.ContainsFunc(view, func(m sim.Shown) bool { return strings.Contains(m.Text, token) })
	}
	for !shown() { // a new title alone would not tell: it may be set twice
		s.step(s.Sched.now.Add(time.Minute))
	}
	must(s.Kill())
	if err := s.finishWith(func(*store.Store) error { return nil }); err != nil {
		t.Errorf("%v\n%s", err, s.steps())
	}
}
