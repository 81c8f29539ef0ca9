package world

import (
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"
	"time"

	sim "topicdesk/bench/telegram"
	"topicdesk/tenants/store"
)

// small is a short fixed script: two clients, an operator, a client group, an
// album, an edit, a comment, and an autoclose at its end.
type small struct {
	*run
	trace []string
	told  []string // messages between actors, as "box <- type"
	// strike is asked about the n-th message between actors, from 1; nil = nothing happens.
	strike func(n int, to string, m any) Mishap
	// due is done between two steps; nil = nothing.
	due func()
}

// newSmall builds its stage. The seed is that of -first: what differs between
// runs is what is struck.
func newSmall(t testing.TB, o Options) *small {
	dir, err := os.MkdirTemp(shm(), "topicdesk-small-")
	must(err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	o.Seed, o.Dir, o.IdleClose = *first, dir, 20*time.Second
	params := map[string]string{"MONITOR_GROUPS": "TRUE", "AUTOCLOSE": "1"}
	maps.Copy(params, o.Params)
	o.Params = params
	stage, err := NewStage(o)
	must(err)
	s := &small{run: &run{Stage: stage, game: &game{hides: params["HIDE_INFO"] != ""}, reacted: map[string]bool{}}}
	stage.Sched.Trace = func(line string) { s.trace = append(s.trace, line) }
	stage.Sched.Intercept = s.intercept
	s.people()
	return s
}

func (s *small) intercept(to string, m any) Mishap {
	if !betweenActors(m) {
		return Delivered
	}
	s.told = append(s.told, fmt.Sprintf("%s <- %T", to, m))
	if s.strike == nil {
		return Delivered
	}
	h := s.strike(len(s.told), to, m)
	if h != Delivered {
		s.troubles = append(s.troubles, s.Sched.now)
	}
	return h
}

// play is the script, each line at its moment.
func (s *small) play() {
	ann, yuki := s.clients[0], s.clients[1]
	s.at(0, func(w *sim.World) { s.clientSays(w, ann) })
	s.at(time.Second, func(w *sim.World) { s.writes(w, yuki) })
	s.at(10*time.Second, func(w *sim.World) { s.sendAlbum(w, ann, false) })
	s.at(time.Second, func(w *sim.World) { s.groupSays(w) })
	s.at(10*time.Second, func(w *sim.World) { s.operatorSays(w, ann) })
	s.at(time.Second, func(w *sim.World) { s.operatorKeepsInside(w, yuki) })
	s.at(10*time.Second, func(w *sim.World) { s.clientEdits(w, yuki) })
	s.at(time.Second, func(w *sim.World) { s.clientSays(w, ann); s.clientSays(w, ann) })
	s.at(20*time.Second, func(w *sim.World) { s.operatorSays(w, ann); s.operatorSays(w, yuki) })
	s.pass(time.Minute)
}

// checkEdits: what was edited is in the forum in its new version, once.
func (s *small) checkEdits() error {
	for _, said := range s.said {
		n := 0
		for _, m := range s.World.View(s.Admin, s.Forum, sim.AllTopics) {
			if strings.Contains(m.Text, said.token+" edited") {
				n++
			}
		}
		if said.edited && n != 1 {
			return fmt.Errorf("the new version of %s is there %d times", said.token, n)
		}
	}
	return nil
}

// writes is a client's text, never a photo: it is edited later.
func (s *small) writes(w *sim.World, c *client) {
	token := s.token("c")
	_, err := w.Say(c.id, c.bot, 0, "message "+token)
	must(err)
	s.said = append(s.said, said{token: token, by: c})
}

func (s *small) at(after time.Duration, do func(*sim.World)) {
	s.pass(after)
	s.Door.With(do)
}

// pass lets time pass, as RunFor does, and does between steps what is due.
func (s *small) pass(d time.Duration) {
	for horizon := s.Sched.now.Add(d); s.step(horizon); {
		if do := s.due; do != nil {
			s.due = nil
			do()
		}
	}
}

// steps are the last ones, for a failure.
func (s *small) steps() string {
	return strings.Join(s.trace[max(0, len(s.trace)-100):], "\n")
}

// finish lets the hour of AUTOCLOSE pass and holds the end against what was
// said; titles tell the statuses.
func (s *small) finish() error { return s.finishWith(func(*store.Store) error { return nil }) }

// finishWith runs check on the closed file too.
func (s *small) finishWith(check func(*store.Store) error) error {
	s.strike = nil
	s.Door.With(func(w *sim.World) { w.ClearFaults() })
	if !s.Settle(time.Hour) {
		return fmt.Errorf("the outbox did not become empty")
	}
	s.RunFor(70 * time.Minute)
	if err := s.check(); err != nil {
		return err
	}
	if err := s.checkEdits(); err != nil {
		return err
	}
	for _, tp := range s.World.Topics(s.Forum) {
		if tp.Name != "General" && strings.HasPrefix(tp.Name, "🟨") {
			return fmt.Errorf("%q was answered an hour ago and is not closed", tp.Name)
		}
	}
	if len(s.Problems) > 0 {
		return fmt.Errorf("the relay logged: %s", s.Problems[0])
	}
	return s.Close(check)
}

// unharmed plays the script without a mishap and gives its messages between actors.
func unharmed(t *testing.T) []string {
	s := newSmall(t, Options{})
	s.play()
	told := len(s.told)
	if err := s.finish(); err != nil {
		t.Fatalf("without a mishap: %v\n%s", err, s.steps())
	}
	if s.Doubles > 0 {
		t.Fatalf("%d possible doubles without a mishap", s.Doubles)
	}
	return s.told[:told]
}

// TestEachMessageLost loses each single message between actors, one a run.
func TestEachMessageLost(t *testing.T) { eachMessage(t, Lost) }

// TestEachMessageFatal makes an actor panic at each single message, one a run:
// in turn at its first, second and third use of the System.
func TestEachMessageFatal(t *testing.T) { eachMessage(t, Fatal) }

func eachMessage(t *testing.T, mishap Mishap) {
	t.Parallel()
	told := unharmed(t)
	if len(told) < 100 {
		t.Fatalf("only %d messages between actors: the script does nothing", len(told))
	}
	failures := 0
	for k := int(*first) % stride; k < len(told); k += stride {
		s := newSmall(t, Options{})
		s.Lossy = mishap == Lost
		s.Sched.Fuse = 1 + k%3
		s.strike = func(n int, _ string, m any) Mishap {
			if n != k+1 || mishap == Fatal && strings.HasSuffix(fmt.Sprintf("%T", m), ".Failed") {
				return Delivered
			}
			return mishap
		}
		s.play()
		err := s.finish()
		if err == nil && s.Doubles > 0 {
			err = fmt.Errorf("%d sends were repeated although this process knows what became of them", s.Doubles)
		}
		if err == nil {
			continue
		}
		t.Errorf("message %d of %d, %s: %v", k+1, len(told), told[k], err)
		if failures++; failures == 3 {
			t.Fatalf("the last steps:\n%s", s.steps())
		}
	}
	t.Logf("%d messages, each %d. struck", len(told), stride)
}
