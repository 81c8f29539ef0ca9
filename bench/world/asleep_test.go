package world

import (
	"testing"
	"time"

	"topicdesk/actors/tenant"
	sim "topicdesk/bench/telegram"
)

// TestSleepsThoughNotTold: that a login hears again is told, and lost on the way. The
// tenant must not wait for it for ever.
func TestSleepsThoughNotTold(t *testing.T) {
	s := newSmall(t, Options{})
	s.Lossy = true
	s.RunFor(time.Minute)
	token := ""
	s.Door.With(func(w *sim.World) { token = w.RevokeToken(s.Bots[0]) })
	s.RunFor(time.Minute)
	s.setLogin(1, token)
	s.wake().Tell(tenant.Renew{Connection: 1})
	lost := 0
	s.Sched.Intercept = func(_ string, m any) Mishap {
		if told, is := m.(tenant.Trouble); is && told.Hearing.Why == "" && lost == 0 {
			lost++
			return Lost
		}
		return Delivered
	}
	s.RunFor(3 * time.Minute)
	if !s.asleep() || lost != 1 {
		t.Errorf("asleep: %t, %d messages lost", s.asleep(), lost)
	}
	must(s.close())
}

// TestSleepsAfterRenewal: a token is revoked and renewed, and the process ends in
// between. Polls take longer than the tenant is idle: it must not sleep before it has
// heard, or it is woken for ever because it hears.
func TestSleepsAfterRenewal(t *testing.T) {
	s := newSmall(t, Options{})
	s.RunFor(time.Minute)
	token := ""
	s.Door.With(func(w *sim.World) { token = w.RevokeToken(s.Bots[0]) })
	s.RunFor(time.Minute)
	s.setLogin(1, token)
	s.wake().Tell(tenant.Renew{Connection: 1})
	must(s.Kill())
	s.RunFor(3 * time.Minute)
	openings := 0
	s.Sched.Trace = func(line string) {
		if len(line) > 0 && line[len(line)-4:] == "Open" {
			openings++
		}
	}
	s.RunFor(10 * time.Minute)
	if !s.asleep() || openings > 0 {
		t.Errorf("asleep: %t, after %d openings", s.asleep(), openings)
	}
	must(s.close())
}
