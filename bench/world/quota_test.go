package world

import (
	"fmt"
	"strings"
	"testing"
	"time"

	sim "topicdesk/bench/telegram"
	"topicdesk/tenants/store"
)

// TestQuotaOfOutbox: a tenant for which too much waits takes in nothing new, but for a
// little: what is written stays at Telegram and comes when there is room, all of it and
// in its order.
func TestQuotaOfOutbox(t *testing.T) {
	t.Parallel()
	const limit, texts, trickle = 40, 260, 100
	for _, webhooks := range []bool{false, true} {
		t.Run(fmt.Sprintf("webhooks %t", webhooks), func(t *testing.T) {
			s := newStage(t, Options{Seed: 1, Outbox: limit, Webhooks: webhooks, Params: map[string]string{"MERGE_TEXTS": "FALSE", "WELCOME": "OFF"}})
			s.Sched.Trace = nil
			ann := s.World.NewUser(sim.Person{FirstName: "Ann"})
			s.say(ann, s.Bots[0], 0, "hello")
			s.RunFor(10 * time.Second)
			for n := range texts {
				s.say(ann, s.Bots[0], 0, fmt.Sprintf("text %03d", n))
				if n%10 == 0 {
					s.RunFor(time.Second)
				}
			}
			s.RunFor(10 * time.Second)
			if n := s.general("more may not"); n != 1 {
				t.Errorf("General says %d times that too much waits", n)
			}
			if waits := s.waiting(); waits > limit+2*trickle {
				t.Errorf("%d jobs wait", waits)
			}
			if !s.Settle(time.Hour) {
				t.Error("the outbox does not become empty")
			}
			s.RunFor(10 * time.Minute)
			full, room := s.general("more may not"), s.general("There is room again")
			if full != room || full > texts/trickle+1 {
				t.Errorf("General says %d times that too much waits, and %d times that there is room again", full, room)
			}
			s.wantTexts(t, texts)
		})
	}
}

// waiting is how many jobs are in the outbox.
func (s *Stage) waiting() (jobs int) {
	s.look(func(f store.Reads) {
		backlog, err := f.Outbox()
		must(err)
		for _, b := range backlog {
			jobs += b.Jobs
		}
	})
	return jobs
}

// general counts the messages in General that hold some words.
func (s *Stage) general(words string) (n int) {
	s.Door.With(func(w *sim.World) {
		for _, m := range w.View(s.Admin, s.Forum, 0) {
			if strings.Contains(m.Text, words) {
				n++
			}
		}
	})
	return n
}

// wantTexts holds the topics against texts numbered from 0.
func (s *Stage) wantTexts(t *testing.T, texts int) {
	t.Helper()
	next := 0
	s.Door.With(func(w *sim.World) {
		for _, m := range w.View(s.Admin, s.Forum, sim.AllTopics) {
			if !strings.HasPrefix(m.Text, "text ") {
				continue
			}
			if want := fmt.Sprintf("text %03d", next); m.Text != want {
				t.Errorf("%q where %q should be", m.Text, want)
			}
			next++
		}
	})
	if next != texts {
		t.Errorf("%d of %d texts are in the topics", next, texts)
	}
}
