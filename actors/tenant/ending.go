package tenant

import (
	"fmt"
	"runtime/debug"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/connection"
	"topicdesk/actors/lane"
	"topicdesk/tenants/store"
)

// End is how an opening ended. Without Crash or Asleep it wants to be opened again.
type End struct {
	Crash *actors.Crash // nil = none
	Key   string        // names what was under way in the crash, "" = nothing
	// Asleep: the file is closed with all that is known in it. Due is when it wants to
	// be opened, zero = when something comes; Logins are all that are active.
	Asleep bool
	Due    time.Time
	Logins []Login
}

// crashed runs on the actor's goroutine after a panic of its own or a child's.
func (t *Tenant) crashed(c actors.Crash) {
	if failed, ok := c.Reason.(actors.Crash); ok {
		c = failed
	}
	if why, _ := c.Reason.(error); store.FaultOf(why) == store.NoFault { // else the host says it
		t.opt.Log.Error("opening ended by a crash", "tenant", t.opt.ID, "actor", c.ID,
			"reason", fmt.Sprint(c.Reason), "stack", string(c.Stack))
	}
	t.closeBroken()
	t.opt.Ended(End{Crash: &c, Key: t.current})
}

// closeBroken closes what a crash left. Nobody is above it who would catch a second
// one, which must not end the process of all tenants.
func (t *Tenant) closeBroken() {
	defer func() {
		if r := recover(); r != nil {
			t.opt.Log.Error("an opening could not be closed whole", "tenant", t.opt.ID,
				"reason", fmt.Sprint(r), "stack", string(debug.Stack()))
		}
	}()
	t.close()
}

// close closes the children, then the file.
func (t *Tenant) close() {
	t.cancel()
	if t.stopTimer != nil {
		t.stopTimer()
	}
	for _, l := range t.logins {
		l.ref.Close()
	}
	for _, s := range t.slots {
		s.chat.Close()
		s.topic.Close()
	}
	for _, g := range t.groups {
		g.Close()
	}
	t.self.Close()
	for _, r := range t.routes {
		r.fail()
	}
	if t.store == nil {
		return
	}
	if err := t.store.Close(); err != nil {
		t.opt.Log.Error("close the tenant's file", "tenant", t.opt.ID, "error", err)
	}
}

// child makes the crash handler of a child: the tenant ends with it. It is told
// twice, because nothing else would notice the death of one that had nothing to do.
func child[M any](t *Tenant, under func(M) lane.Route) func(actors.Crash) {
	return func(c actors.Crash) {
		var r lane.Route
		if m, ok := c.Message.(M); ok {
			r = under(m)
		}
		t.failed(Failed{Crash: c, Route: r})
	}
}

// crashedLogin is the crash handler of a connection: an order under way names
// its job.
func (t *Tenant) crashedLogin(c actors.Crash) {
	failed := Failed{Crash: c}
	if try, ok := c.Message.(connection.Try); ok {
		failed.Job = try.Order.Job
	}
	t.failed(failed)
}

func (t *Tenant) failed(m Failed) {
	t.self.Tell(m)
	t.opt.System.After(watchEvery, func() { t.self.Tell(m) })
}

// away runs work that waits for others, away from all actors. If it panics the
// opening ends, not the process.
func (t *Tenant) away(work func()) {
	t.opt.System.Go(work, func(c actors.Crash) {
		c.ID = t.name("away", 0)
		t.self.Tell(Failed{Crash: c})
	})
}
