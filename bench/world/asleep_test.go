package world

import (
	"testing"
	"time"

	"topicdesk/actors/tenant"
	sim "topicdesk/bench/telegram"
)

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
