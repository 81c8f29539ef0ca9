package world

import (
	"fmt"
	"time"

	"topicdesk/tenants/store"
)

const (
	// asleepWithin is when a tenant must sleep for which nothing comes any more.
	asleepWithin = 5 * time.Minute
	// lateWake is how late a sleeping tenant may be woken for its due time: it is done
	// in a moment, but others may be before it.
	lateWake = 2 * time.Minute
)

// checkAsleep: with nothing to do all fall asleep, and while they sleep no due time is
// missed. At the end every open dialog has been closed by time.
func (g *game) checkAsleep(s *site) error {
	s.RunFor(asleepWithin)
	if err := g.allSleep(s); err != nil {
		return err
	}
	for range 5 { // AUTOCLOSE is two hours at most
		s.RunFor(26 * time.Minute)
		for _, r := range g.desks {
			if err := r.missesNothing(); err != nil {
				return err
			}
		}
	}
	return g.allSleep(s)
}

// allSleep: each sleeps, or does so within a minute: it may just have been due.
func (g *game) allSleep(s *site) error {
	for _, r := range g.desks {
		for tries := 0; !r.asleep() && tries < 6; tries++ {
			s.RunFor(10 * time.Second)
		}
		if !r.asleep() {
			return fmt.Errorf("%s has nothing to do, and does not sleep: %+v", r.Tenant, r.row())
		}
	}
	return nil
}

// missesNothing tells what a tenant has overslept.
func (r *run) missesNothing() (err error) {
	now := r.Sched.now.Add(r.Ahead)
	r.look(func(f store.Reads) {
		var wake time.Time
		wake, err = f.NextWake()
		if err == nil && !wake.IsZero() && now.Sub(wake) > lateWake {
			err = fmt.Errorf("%s overslept %s by %s", r.Tenant, wake, now.Sub(wake))
		}
	})
	return err
}
