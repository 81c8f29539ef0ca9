package world

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"topicdesk/actors/node"
	sim "topicdesk/bench/telegram"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

// clock is the relay's own clock, which may be wrong.
type clock struct {
	*Scheduler
	site *site
}

// Now is Telegram's time and what the clock is ahead of it.
func (c clock) Now() time.Time { return c.Scheduler.Now().Add(c.site.Ahead) }

// boot starts a process: a node that opens the tenants.
func (s *site) boot() error {
	reg, err := registry.Open(s.dir, registry.Key{})
	if err != nil {
		return err
	}
	s.registry = reg
	if s.groups, err = node.NewRegistry(reg); err != nil {
		return err
	}
	reach := s.reach
	if !s.opt.Webhooks && s.opt.IdleClose == 0 {
		reach = nil // polls of tenants that never sleep show it
	}
	s.Node = node.New(node.Options{
		Reach: reach, Open: s.opt.Open,
		System: clock{s.Sched, s}, Registry: s.groups, Logins: s, Rules: s.rules, Path: reg.TenantPath,
		Log: slog.New(&watcher{s}), IdleClose: s.opt.IdleClose, Meter: s.Meter,
		Store:    store.Options{Sync: s.opt.Sync, Room: func() bool { return !s.Full }},
		Key:      func(t tenants.TenantID) ([]byte, error) { return []byte("the key of " + t + " in this world"), nil },
		BindCode: func(tenants.TenantID, tenants.ConnectionID) string { return "ABCDEFGH23" },
		Seal:     func(plain []byte) []byte { return plain },
	})
	if s.opt.Webhooks {
		for n := range s.houses {
			s.stage(n).deliverAll()
		}
	}
	_, err = s.Node.Begin()
	return err
}

// reach is what asking whether Telegram can be reached gives.
func (s *site) reach(context.Context) (err error) {
	s.Door.With(func(w *sim.World) {
		if _, down := w.Down(s.houses[0].Bots[0]); down {
			err = errors.New("out of reach")
		}
	})
	return err
}

// Kill ends the process at once and starts another one.
func (s *site) Kill() error { return s.Away(0) }

// Away ends the process at once and starts another one after a while.
func (s *site) Away(d time.Duration) error {
	if err := s.end(); err != nil {
		return err
	}
	s.RunFor(d)
	return s.boot()
}

// Rest ends the process as serve does, and starts another one after a while.
func (s *site) Rest(d time.Duration) error {
	if err := s.close(); err != nil {
		return err
	}
	s.RunFor(d)
	return s.boot()
}

// Off is Rest, and meanwhile the host sets a parameter.
func (s *Stage) Off(d time.Duration, v tenants.Value) error {
	if err := s.close(); err != nil {
		return err
	}
	reg, err := registry.Open(s.dir, registry.Key{})
	if err != nil {
		return err
	}
	file, err := store.Open(reg.TenantPath(s.Tenant), store.Options{Existing: true})
	if err != nil {
		return err
	}
	if err := reg.SetAwake(s.Tenant); err != nil {
		return err
	}
	err = file.Write(s.Sched.now, func(tx *store.Tx) error { return tx.SetAtRest(v) })
	if err := errors.Join(err, file.Close(), reg.Close()); err != nil {
		return err
	}
	s.RunFor(d)
	return s.boot()
}

// EndAt ends the process right after its n-th write to a disk from now, 0 = at
// once, and starts another one, whose clock is wrong by so much; with the power
// what was not synced goes.
func (s *site) EndAt(n int, power bool, ahead time.Duration) error {
	s.cut, s.ahead = power, ahead
	if n == 0 {
		return s.Kill()
	}
	s.Disk.EndAfter(n)
	return nil
}

// close ends the process as serve does: all files are closed, and it is noted who sleeps.
func (s *site) close() error {
	closed, process := s.Node.Close(), s.Sched.generation
	for end := s.Sched.now.Add(time.Minute); s.Sched.now.Before(end) && s.closing(closed); {
		s.RunFor(100 * time.Millisecond)
		if s.Sched.generation != process {
			return s.close() // it ended before it had closed them; this is the next one
		}
	}
	if s.closing(closed) {
		return errors.New("not all tenants closed within a minute")
	}
	err := s.registry.Close()
	s.Sched.Kill(func() {})
	if s.Disk != nil && s.Disk.Ended() { // in its last write
		return s.hasEnded(err)
	}
	return err
}

func (s *site) closing(closed []<-chan error) bool {
	return slices.ContainsFunc(closed, func(c <-chan error) bool { return len(c) == 0 })
}

// end ends the process at once: nothing that it does from then on arrives.
func (s *site) end() error {
	s.ending = true
	if s.Disk != nil {
		s.Disk.EndAfter(0)
	}
	err := s.registry.Close() // before the files: nobody notes that they are closed
	s.Sched.Kill(func() {
		for _, h := range s.houses {
			s.Node.Stop(h.Tenant)
		}
	})
	s.ending = false
	return s.hasEnded(err)
}

// hasEnded is what follows from the end of a process that was not closed, or not until
// its last write; err is why its registry could not be closed.
func (s *site) hasEnded(err error) error {
	if s.Disk != nil {
		err = nil // it could write no more
		if s.cut {
			s.Disk.Cut(s.Sched.rand)
		}
		s.Disk.Begin()
	}
	s.Sched.Ahead = s.ahead
	if s.Ended != nil {
		s.Ended()
	}
	s.cut = false
	return err
}

// Close ends the process for good and runs check with the tenant's file.
func (s *Stage) Close(check func(*store.Store) error) error {
	path := s.registry.TenantPath(s.Tenant)
	if err := s.leave(); err != nil {
		return err
	}
	file, err := store.Open(path, store.Options{})
	if err != nil {
		return err
	}
	return errors.Join(file.Check(), check(file), file.Close())
}

// File is the tenant's file.
func (s *Stage) File() string { return s.registry.TenantPath(s.Tenant) }

// leave ends the process for good, as serve does.
func (s *site) leave() error {
	if s.Disk != nil {
		s.Disk.Begin() // an end that was not reached is none
	}
	s.Sched.Kill(func() {
		for _, h := range s.houses {
			s.Node.Stop(h.Tenant)
		}
	})
	return s.registry.Close()
}

// over tells that the process has ended and only its files are closed.
func (s *site) over() bool { return s.ending || s.Disk != nil && s.Disk.Ended() }
