package web

import (
	"context"
	"os"
	"sync"

	"topicdesk/tenants"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

// States of a tenant.
const (
	StateAwake   = "awake"   // its file is open
	StateAsleep  = "asleep"  // nothing is to be done before Due; what comes wakes it
	StateStopped = "stopped" // by the host
	StateTrouble = "trouble" // Trouble says what
	StateRemoved = "removed" // by half: `tenant rm` completes it
	StateOff     = "off"     // no node runs
)

// Halted is a tenant that was stopped, started or removed.
type Halted struct {
	Tenant tenants.TenantID `json:"tenant"`
	State  string           `json:"state"`
	Lines  []string         `json:"lines"` // what else should be known, in plain words
}

// state is how a tenant stands, and why it does not run.
func (d *Desk) state(t registry.Tenant) (state, trouble string) {
	if d.State != nil {
		trouble = d.State(t.ID)
	}
	switch {
	case t.Stopped && d.halfRemoved(t):
		return StateRemoved, "it is removed by half; `topicdesk tenant rm` completes that"
	case t.Stopped:
		return StateStopped, ""
	case trouble != "":
		return StateTrouble, trouble
	case !d.Runs:
		return StateOff, ""
	case t.State == registry.Awake && d.Full != nil:
		return StateAwake, d.Full(t.ID)
	case t.State == registry.Awake:
		return StateAwake, ""
	default:
		return StateAsleep, ""
	}
}

// halfRemoved tells that a tenant's file is gone, which is what a removal does first
// after it has stopped the tenant.
func (d *Desk) halfRemoved(t registry.Tenant) bool {
	_, err := os.Lstat(d.Registry.TenantPath(t.ID))
	return os.IsNotExist(err)
}

// SetStopped stops a tenant or lets it go on. It stays so over the end of the node.
func (d *Desk) SetStopped(ctx context.Context, name string, stopped bool) (Halted, error) {
	t, err := d.known(name)
	if err != nil {
		return Halted{}, err
	}
	d.Still.Lock()
	defer d.Still.Unlock()
	if !stopped && t.Stopped && d.halfRemoved(t) {
		return Halted{}, Errorf(Refused, "%s is removed by half and can't go on; `topicdesk tenant rm %[1]s` completes that", t.ID)
	}
	out := Halted{Tenant: t.ID, State: StateStopped}
	if out.Lines, err = d.Halt(ctx, t.ID, stopped); err != nil {
		return Halted{}, err
	}
	if t.Stopped = stopped; !stopped {
		out.State, _ = d.state(t)
	}
	return out, nil
}

// Remove takes a tenant away for good, with its secrets, its groups and its file. What
// is cut in the middle is completed by asking again: it stays stopped until then.
func (d *Desk) Remove(ctx context.Context, name string) (Halted, error) {
	t, err := d.known(name)
	if err != nil {
		return Halted{}, err
	}
	d.Still.Lock()
	defer d.Still.Unlock()
	out := Halted{Tenant: t.ID, State: "gone"}
	if out.Lines, err = d.Halt(ctx, t.ID, true); err != nil {
		return Halted{}, err
	}
	return out, d.Erase(t.ID)
}

// Either reaches the files of those tenants that a node may open through one, and
// those of stopped ones, which it does not open, through another.
type Either struct {
	Running  Files
	Stopped  Files
	Registry *registry.Registry
	Still    *sync.Mutex // held while a stopped one's file is open, or one is stopped or let go on
}

// with has something done with the right ones.
func (e Either) with(id tenants.TenantID, do func(Files) error) error {
	t, err := e.Registry.Tenant(id)
	if err != nil || !t.Stopped {
		return do(e.Running)
	}
	e.Still.Lock()
	defer e.Still.Unlock()
	if t, err = e.Registry.Tenant(id); err != nil || !t.Stopped {
		return errBusy // it has just been let go on, or is gone
	}
	return do(e.Stopped)
}

// Read is that of Files.
func (e Either) Read(ctx context.Context, id tenants.TenantID, see func(store.Reads) error) error {
	return e.with(id, func(f Files) error { return f.Read(ctx, id, see) })
}

// Peek is that of Files.
func (e Either) Peek(ctx context.Context, id tenants.TenantID, see func(store.Reads, bool) error) error {
	return e.with(id, func(f Files) error { return f.Peek(ctx, id, see) })
}

// Set is that of Files.
func (e Either) Set(ctx context.Context, id tenants.TenantID, v tenants.Value) error {
	return e.with(id, func(f Files) error { return f.Set(ctx, id, v) })
}

// Enlist is that of Files.
func (e Either) Enlist(ctx context.Context, id tenants.TenantID, helper store.Connection) error {
	return e.with(id, func(f Files) error { return f.Enlist(ctx, id, helper) })
}

// Backup is that of Files.
func (e Either) Backup(ctx context.Context, id tenants.TenantID, path string) error {
	return e.with(id, func(f Files) error { return f.Backup(ctx, id, path) })
}

// Renew is that of Files.
func (e Either) Renew(ctx context.Context, id tenants.TenantID, c tenants.ConnectionID) error {
	return e.with(id, func(f Files) error { return f.Renew(ctx, id, c) })
}

// Dismiss is that of Files.
func (e Either) Dismiss(ctx context.Context, id tenants.TenantID, helper tenants.ConnectionID) error {
	return e.with(id, func(f Files) error { return f.Dismiss(ctx, id, helper) })
}

// Retry is that of Files.
func (e Either) Retry(ctx context.Context, id tenants.TenantID, aside store.Aside) error {
	return e.with(id, func(f Files) error { return f.Retry(ctx, id, aside) })
}

// Restore is that of Files.
func (e Either) Restore(ctx context.Context, id tenants.TenantID, aside store.AsideJob) error {
	return e.with(id, func(f Files) error { return f.Restore(ctx, id, aside) })
}

// Hasten is that of Files.
func (e Either) Hasten(ctx context.Context, id tenants.TenantID, jobs []tenants.JobID) error {
	return e.with(id, func(f Files) error { return f.Hasten(ctx, id, jobs) })
}

// DropJobs is that of Files.
func (e Either) DropJobs(ctx context.Context, id tenants.TenantID, jobs []tenants.JobID) error {
	return e.with(id, func(f Files) error { return f.DropJobs(ctx, id, jobs) })
}

// Forget is that of Files.
func (e Either) Forget(ctx context.Context, id tenants.TenantID, who store.Who) (erased []store.Erased, err error) {
	err = e.with(id, func(f Files) (err error) {
		erased, err = f.Forget(ctx, id, who)
		return err
	})
	return erased, err
}

// halt is what is asked over the socket.
type halt struct {
	Tenant  string `json:"tenant"`
	Stopped bool   `json:"stopped"`
}

// SetStopped is Desk.SetStopped.
func (c *Client) SetStopped(ctx context.Context, name string, stopped bool) (Halted, error) {
	return ask[Halted](ctx, c, "set-stopped", halt{name, stopped})
}

// Remove is Desk.Remove.
func (c *Client) Remove(ctx context.Context, name string) (Halted, error) {
	return ask[Halted](ctx, c, "remove", Name{name})
}
