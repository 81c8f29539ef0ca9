package world

import (
	"strings"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/tenant"
	sim "topicdesk/bench/telegram"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

// RunFor lets virtual time pass, and all that happens in it.
func (s *site) RunFor(d time.Duration) {
	horizon := s.Sched.now.Add(d)
	at, steps := s.Sched.now, 0
	for s.step(horizon) {
		if steps++; s.Sched.now.After(at) {
			at, steps = s.Sched.now, 0
		}
		if steps > stepsAtOnce {
			panic("world: time stands still: somebody spins. The last steps:\n" + strings.Join(s.Sched.Recent(), "\n"))
		}
	}
}

// stepsAtOnce is more than any one moment needs.
const stepsAtOnce = 100_000

// step does one thing, chosen by the seed. A process that ended in it is
// followed by another.
func (s *site) step(horizon time.Time) bool {
	more := s.Sched.Step(horizon)
	if s.Disk == nil || !s.Disk.Ended() {
		return more
	}
	must(s.Kill())
	return true
}

// Settle runs until the outbox is empty, or for the longest time given.
func (s *site) Settle(within time.Duration) bool {
	for end := s.Sched.now.Add(within); s.Sched.now.Before(end); {
		s.RunFor(10 * time.Second)
		if s.quiet() {
			return true
		}
	}
	return false
}

// quiet tells that nothing waits and nothing is under way, with nobody.
func (s *site) quiet() bool {
	for n := range s.houses {
		if !s.stage(n).atRest() {
			return false
		}
	}
	return true
}

func (s *Stage) atRest() bool {
	pending := false // asked first: what is taken meanwhile is in the outbox
	s.Door.With(func(w *sim.World) {
		pending = !w.NextLate().IsZero()
		for _, bot := range s.Bots {
			pending = pending || w.Pending(bot) > 0
		}
	})
	waiting := -1
	s.look(func(f store.Reads) {
		backlog, err := f.Outbox()
		must(err)
		waiting = len(backlog)
	})
	s.RunFor(time.Second)
	return waiting == 0 && !pending
}

// look reads the tenant's file and wakes nobody: where it sleeps, the file is nobody's.
func (s *Stage) look(see func(store.Reads)) {
	if ref := s.Node.Tenant(s.Tenant); !ref.IsZero() {
		ref.Tell(tenant.Look{See: func(f tenant.Seen) { see(f.Reads) }})
		s.RunFor(0)
		return
	}
	if s.over() || !s.asleep() {
		return // between two openings
	}
	s.aside(func() {
		file, err := store.Open(s.registry.TenantPath(s.Tenant), store.Options{})
		must(err)
		see(file.Reads)
		must(file.Close())
	})
}

// aside lets the stage itself use the files: what it writes there is no write of the
// process, which may be about to end by one.
func (s *site) aside(use func()) {
	if s.Disk == nil {
		use()
		return
	}
	s.Disk.Aside(use)
}

// row is what the registry has of the tenant.
func (s *Stage) row() registry.Tenant {
	row, err := s.registry.Tenant(s.Tenant)
	must(err)
	return row
}

// asleep tells that the tenant's file is closed, with all that is known in it.
func (s *Stage) asleep() bool {
	return s.Node.Tenant(s.Tenant).IsZero() && s.row().State == registry.Asleep
}

// wake is the address of the tenant, which is opened for that; zero if it can't be now.
func (s *Stage) wake() actors.Ref[tenant.Message] {
	ref, _ := s.Node.Wake(s.Tenant)
	return ref
}
