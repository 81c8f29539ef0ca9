package main

import (
	"context"
	"errors"
	"io"

	"topicdesk/actors/doctor"
	"topicdesk/actors/house"
	"topicdesk/actors/web"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

// desk is a web.Desk, here or in the process that runs.
type desk interface {
	List(ctx context.Context) ([]web.Tenant, error)
	Add(ctx context.Context, n web.New) (web.View, error)
	Show(ctx context.Context, name string) (web.View, error)
	Set(ctx context.Context, s web.Setting) ([]string, error)
	Backup(ctx context.Context, c web.Copy) (struct{}, error)
	BackupNode(ctx context.Context, path string) (web.NodeCopy, error)
	Recover(ctx context.Context, c web.Copy) ([]string, error)
	Renew(ctx context.Context, n web.Renewal) (web.View, error)
	AddHelper(ctx context.Context, n web.Help) (web.View, error)
	RemoveHelper(ctx context.Context, n web.Unhelp) (web.View, error)
	Asides(ctx context.Context, name string) ([]web.Aside, error)
	Acts(ctx context.Context, of web.ActsOf) ([]web.Act, error)
	Retry(ctx context.Context, name string) (int, error)
	Examine(ctx context.Context, p web.Patient) ([]web.Finding, error)
	Health(ctx context.Context) ([]web.Finding, error)
	Key(ctx context.Context) (web.Key, error)
	Outbox(ctx context.Context, of web.OutboxOf) (web.Outbox, error)
	Hasten(ctx context.Context, j web.Jobs) (int, error)
	DropJobs(ctx context.Context, j web.Jobs) (int, error)
	Forget(ctx context.Context, of web.ClientOf) (web.Forgotten, error)
	SetStopped(ctx context.Context, name string, stopped bool) (web.Halted, error)
	Remove(ctx context.Context, name string) (web.Halted, error)
	Standing(ctx context.Context, q web.Trace) ([]store.Stands, error)
	Export(ctx context.Context, of web.ClientOf, to io.Writer) error
}

// atDesk asks the node that runs on the data directory, or the files if none
// does.
func (p *program) atDesk(ctx context.Context, ask func(desk) error) error {
	client, err := web.Dial(ctx, p.cfg.DataDir)
	if err == nil {
		return ask(client)
	}
	if !errors.Is(err, web.ErrNobody) {
		return err
	}
	h, err := house.Open(p.cfg, p.log, p.notice)
	if errors.Is(err, registry.ErrLocked) {
		return web.Errorf(web.Refused, "a node runs on this data directory, but does not listen at %s in it (yet): %w", web.SocketName, err)
	}
	if err != nil {
		return err
	}
	return errors.Join(ask(examined(h, h.AtRest())), h.Close())
}

// examined lets a desk answer the doctor's questions too.
func examined(h *house.House, d *web.Desk) *web.Desk {
	d.Node = func() []web.Finding { return doctor.Node(h) }
	d.Logins = func(ctx context.Context, id tenants.TenantID, all []store.Connection) []web.Finding {
		return doctor.Logins(ctx, h, id, all)
	}
	return d
}

// openAdmin listens for the tenant commands of other processes. Without it the
// node works all the same.
func (p *program) openAdmin(h *house.House, ready *house.Readiness) (closing func()) {
	closing, err := web.Serve(p.cfg.DataDir, examined(h, h.Running(ready)), p.log)
	if err != nil {
		p.log.Warn("tenant commands can't reach this node while it runs", "error", err)
		return func() {}
	}
	return closing
}
