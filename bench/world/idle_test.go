package world

import (
	"strings"
	"testing"
	"time"

	"topicdesk/actors/group"
	sim "topicdesk/bench/telegram"
)

// TestOfferCarriesPicks: a chat offers to leave, and while that is on its way a
// message of another dialog becomes due. The group lets it go in the same
// commit; it is sent at once, not after a crash.
func TestOfferCarriesPicks(t *testing.T) {
	s := newSmall(t, Options{})
	ann, yuki := s.clients[0], s.clients[1]
	s.at(0, func(w *sim.World) { s.writes(w, ann); s.writes(w, yuki) })
	s.at(10*time.Second, func(w *sim.World) {
		w.AddFault(sim.Fault{Method: "copyMessage", Do: sim.Flood, Retry: 20, Count: 1})
		s.writes(w, ann)
	})
	late := s.said[len(s.said)-1].token
	offered := false
	s.strike = func(_ int, _ string, m any) Mishap {
		if p, ok := m.(group.Pass); ok && p.Commit.Offer != 0 && !offered {
			if offered = true; s.inForum(late) {
				t.Error("the message was sent before the offer: nothing was tested")
			}
			s.Sched.now = s.Sched.now.Add(10 * time.Second)
		}
		return Delivered
	}
	for range 30 {
		if s.pass(time.Second); offered {
			break
		}
	}
	s.pass(time.Second)
	if !offered || !s.inForum(late) {
		t.Errorf("offered: %t, sent: %t\n%s", offered, s.inForum(late), s.steps())
	}
	s.floods = true
	if err := s.finish(); err != nil {
		t.Errorf("%v\n%s", err, s.steps())
	}
}

// inForum tells that a token is in the group by now.
func (s *small) inForum(token string) (found bool) {
	for _, m := range s.World.View(s.Admin, s.Forum, sim.AllTopics) {
		found = found || strings.Contains(m.Text, token)
	}
	return found
}
