package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"

	"topicdesk/actors/doctor"
	"topicdesk/actors/house"
	"topicdesk/actors/keyring"
	"topicdesk/actors/tenant"
	"topicdesk/actors/web"
	"topicdesk/configs"
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
	Retry(ctx context.Context, name string) (int, error)
	Examine(ctx context.Context, p web.Patient) ([]web.Finding, error)
	Health(ctx context.Context) ([]web.Finding, error)
	Outbox(ctx context.Context, of web.OutboxOf) (web.Outbox, error)
	Hasten(ctx context.Context, j web.Jobs) (int, error)
	DropJobs(ctx context.Context, j web.Jobs) (int, error)
	Forget(ctx context.Context, of web.ClientOf) (web.Forgotten, error)
	SetStopped(ctx context.Context, name string, stopped bool) (web.Halted, error)
	Remove(ctx context.Context, name string) (web.Halted, error)
	Standing(ctx context.Context, q web.Trace) ([]store.Stands, error)
	Export(ctx context.Context, of web.ClientOf, to io.Writer) error
}

// openHouse takes the data directory. tell is called with what a tenant has to tell
// the host. Error: registry.ErrLocked.
func openHouse(cfg configs.Config, log *slog.Logger, tell func(tenants.TenantID, tenant.Notice)) (*house.House, error) {
	if err := os.MkdirAll(cfg.DataDir, 0o700); err != nil {
		return nil, fmt.Errorf("make data_dir: %w", err)
	}
	file, err := keyring.Open(cfg, log)
	if err != nil {
		return nil, err
	}
	h, err := house.New(cfg, log, file, tell)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return h, nil
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
	h, err := openHouse(p.cfg, p.log, p.notice)
	if errors.Is(err, registry.ErrLocked) {
		return web.Errorf(web.Refused, "a node runs on this data directory, but does not listen at %s in it (yet): %w", web.SocketName, err)
	}
	if err != nil {
		return err
	}
	d := deskOf(h, h.Resting("the node"))
	return errors.Join(ask(d), h.Close())
}

// desk answers with the files reached so.
func deskOf(h *house.House, files web.Files) *web.Desk {
	return &web.Desk{
		Registry: h.Registry, Files: files, Code: h.BindCode, Meet: h.WhoIs, KeepToken: h.KeepToken, Keep: h.KeepHelper, Drop: h.DropHelper,
		Node: func() []web.Finding { return doctor.Node(h) },
		Logins: func(ctx context.Context, id tenants.TenantID, all []store.Connection) []web.Finding {
			return doctor.Logins(ctx, h, id, all)
		},
		State: h.Node.State, Full: h.Node.Full, Reveal: h.Registry.RevealAside, Erase: h.Erase, Still: &sync.Mutex{},
		Halt: func(ctx context.Context, id tenants.TenantID, stopped bool) ([]string, error) {
			return h.Halt(ctx, id, stopped, func() error { return h.Registry.SetStopped(id, stopped) })
		},
		FromBackup: func(_ context.Context, id tenants.TenantID, path string) ([]string, error) {
			return fromBackup(h, id, path, func(swap func() error) error { return swap() })
		},
		Enlist: func(ctx context.Context, id tenants.TenantID, token string) error {
			if err := h.Vacant(id); err != nil { // before Telegram is asked for nothing
				return err
			}
			self, err := h.Meet(ctx, token)
			if err != nil {
				return err
			}
			return h.Enlist(id, token, self, nil)
		},
	}
}

// openAdmin listens for the tenant commands of other processes. Without it the
// node works all the same.
func (p *program) openAdmin(h *house.House, ready *house.Readiness) (closing func()) {
	d := deskOf(h, nil)
	d.Runs, d.Lacking = true, ready.Lacks
	d.Files = web.Either{
		Running: h.Files(), Stopped: h.Resting("the tenant"), Registry: h.Registry, Still: d.Still,
	}
	d.Halt = func(ctx context.Context, id tenants.TenantID, stopped bool) ([]string, error) {
		return h.Halt(ctx, id, stopped, func() error { return h.Node.SetStopped(ctx, id, stopped) })
	}
	atRest := d.FromBackup
	d.FromBackup = func(ctx context.Context, id tenants.TenantID, path string) ([]string, error) {
		d.Still.Lock()
		defer d.Still.Unlock()
		t, err := h.Registry.Tenant(id)
		switch {
		case err != nil:
			return nil, err
		case t.Stopped:
			return atRest(ctx, id, path)
		}
		return fromBackup(h, id, path, func(swap func() error) error { return h.Node.Replace(ctx, id, swap) })
	}
	erase := d.Erase
	d.Erase = func(id tenants.TenantID) error {
		defer h.Node.Forget(id)
		return erase(id)
	}
	enlist := d.Enlist
	d.Enlist = func(ctx context.Context, id tenants.TenantID, token string) error {
		if err := h.Vacant(id); err != nil {
			return err
		}
		<-h.Node.Stop(id) // what it knows of one that was made by half
		if err := enlist(ctx, id, token); err != nil {
			return err
		}
		return h.Node.Start(id)
	}
	closing, err := web.Serve(p.cfg.DataDir, d, p.log)
	if err != nil {
		p.log.Warn("tenant commands can't reach this node while it runs", "error", err)
		return func() {}
	}
	return closing
}
