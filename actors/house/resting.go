package house

import (
	"context"
	"errors"
	"time"

	"topicdesk/actors/login"
	"topicdesk/actors/tenant"
	"topicdesk/actors/web"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

// resting reaches the files of tenants that nobody runs: this process holds the
// data directory.
type resting struct {
	registry *registry.Registry
	rules    tenant.Rules
	start    string // what has to be started so that they are run
}

// resting reaches the files of tenants that nobody runs. start is what has to be
// started so that they are run, for errors.
func (h *House) resting(start string) web.Files {
	return resting{h.Registry, rules(h.Config.Limits), start}
}

// first refuses what only who relays can do.
func (r resting) first(who string) error {
	return web.Errorf(web.Refused, "start %s first: it is the one that %s", r.start, who)
}

// open opens a file that is there.
func (r resting) open(id tenants.TenantID) (*store.Store, error) {
	return store.Open(r.registry.TenantPath(id), store.Options{Existing: true})
}

// Read opens the file to see.
func (r resting) Read(_ context.Context, id tenants.TenantID, see func(store.Reads) error) (err error) {
	file, err := r.open(id)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return see(file.Reads)
}

// Peek opens the file to see.
func (r resting) Peek(ctx context.Context, id tenants.TenantID, see func(store.Reads, bool) error) error {
	return r.Read(ctx, id, func(reads store.Reads) error { return see(reads, true) })
}

// Set writes the parameter, and that the host set it.
func (r resting) Set(_ context.Context, id tenants.TenantID, v tenants.Value) error {
	return r.write(id, func(tx *store.Tx) error { return tx.SetAtRest(v) })
}

// write changes the file in one transaction.
func (r resting) write(id tenants.TenantID, change func(*store.Tx) error) (err error) {
	if err := r.registry.SetAwake(id); err != nil { // the next start opens it: what it left is not so any more
		return err
	}
	file, err := r.open(id)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return file.Write(time.Now(), change)
}

// Enlist writes the helper's row.
func (r resting) Enlist(_ context.Context, id tenants.TenantID, helper store.Connection) error {
	return r.write(id, func(tx *store.Tx) error { return tx.PutConnection(helper) })
}

// Backup writes a copy.
func (r resting) Backup(_ context.Context, id tenants.TenantID, path string) (err error) {
	file, err := r.open(id)
	if err != nil {
		return err
	}
	return errors.Join(file.Backup(path), file.Close())
}

// Renew lets what waits go on.
func (r resting) Renew(_ context.Context, id tenants.TenantID, c tenants.ConnectionID) error {
	return r.write(id, func(tx *store.Tx) error { return tenant.ResumeLogin(tx, r.rules, c, time.Now()) })
}

// Dismiss takes the helper off.
func (r resting) Dismiss(_ context.Context, id tenants.TenantID, helper tenants.ConnectionID) error {
	return r.write(id, func(tx *store.Tx) error { return tx.Dismiss(helper) })
}

// Retry is refused: an update is tried by whoever relays.
func (r resting) Retry(context.Context, tenants.TenantID, store.Aside) error {
	return r.first("tries again")
}

// Forget erases somebody. Whatever a process that ended was sending may have arrived.
func (r resting) Forget(_ context.Context, id tenants.TenantID, who store.Who) (erased []store.Erased, err error) {
	file, err := r.open(id)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	err = file.Write(time.Now(), func(tx *store.Tx) (err error) {
		erased, err = tx.Forget(who, false)
		return err
	})
	if err != nil {
		return nil, err
	}
	return erased, file.Scrub()
}

// Hasten writes that the jobs may go at once.
func (r resting) Hasten(_ context.Context, id tenants.TenantID, jobs []tenants.JobID) error {
	var refused error
	err := r.write(id, func(tx *store.Tx) (err error) {
		refused, err = tenant.HastenJobs(tx, r.rules, jobs, time.Now())
		return err
	})
	return errors.Join(refused, err)
}

// DropJobs is refused: whoever relays decides what is told instead.
func (r resting) DropJobs(context.Context, tenants.TenantID, []tenants.JobID) error {
	return r.first("tells people what is dropped")
}

// Restore is refused, as Retry is.
func (r resting) Restore(context.Context, tenants.TenantID, store.AsideJob) error {
	return r.first("tries again")
}

// files reaches the tenants that this process runs.
func (h *House) files() web.Running {
	rest := h.resting("the node")
	return web.Running{Node: h.Node, Idle: rest, Reveal: h.Registry.RevealAside, Update: func(id tenants.TenantID, a store.Aside) (tenants.Update, error) {
		raw, err := h.Registry.RevealAside(a.Sealed)
		if err != nil {
			return tenants.Update{}, err
		}
		bot, err := h.Logins.Of(login.Key{Tenant: id, Connection: a.Connection})
		if err != nil {
			return tenants.Update{}, err
		}
		return bot.Decode(raw)
	}}
}
