package world

import (
	"testing"

	"topicdesk/actors"
)

// TestBombOfTheDead: an actor that dies by itself takes its bomb along; who is
// told of the crash may use the System.
func TestBombOfTheDead(t *testing.T) {
	s := NewScheduler(1, start)
	s.Fuse = 1
	s.Intercept = func(string, any) Mishap { return Fatal }
	told := 0
	ref := actors.Spawn(s, "dies", func([]int) { panic("by itself") }, func(actors.Crash) {
		s.Now()
		told++
	})
	ref.Tell(1)
	s.Step(start)
	if told != 1 {
		t.Errorf("told %d times of the crash", told)
	}
}
