package main

import (
	"context"
	"errors"
	"io"
	"sync"

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
	d := h.desk(resting{h.registry, rules(h.cfg.Limits), "the node"})
	return errors.Join(ask(d), h.close())
}

// desk answers with the files reached so.
func (h *house) desk(files web.Files) *web.Desk {
	return &web.Desk{
		Registry: h.registry, Files: files, Code: h.bindCode, Meet: h.whoIs, KeepToken: h.keepToken, Keep: h.keepHelper, Drop: h.dropHelper,
		Node: h.findings, Logins: h.examineLogins,
		State: h.node.State, Full: h.node.Full, Reveal: h.registry.RevealAside, Erase: h.eraseTenant, Still: &sync.Mutex{},
		Halt: func(ctx context.Context, id tenants.TenantID, stopped bool) ([]string, error) {
			return h.halt(ctx, id, stopped, func() error { return h.registry.SetStopped(id, stopped) })
		},
		FromBackup: func(_ context.Context, id tenants.TenantID, path string) ([]string, error) {
			return h.fromBackup(id, path, func(swap func() error) error { return swap() })
		},
		Enlist: func(ctx context.Context, id tenants.TenantID, token string) error {
			if err := h.vacant(id); err != nil { // before Telegram is asked for nothing
				return err
			}
			self, err := h.meet(ctx, token)
			if err != nil {
				return err
			}
			return h.enlist(id, token, self, nil)
		},
	}
}

// files reaches the tenants that this process runs.
func (h *house) files() web.Running {
	rest := resting{h.registry, rules(h.cfg.Limits), "the node"}
	return web.Running{Node: h.node, Idle: rest, Reveal: h.registry.RevealAside, Update: func(id tenants.TenantID, a store.Aside) (tenants.Update, error) {
		raw, err := h.registry.RevealAside(a.Sealed)
		if err != nil {
			return tenants.Update{}, err
		}
		bot, err := h.logins.login(loginKey{id, a.Connection})
		if err != nil {
			return tenants.Update{}, err
		}
		return bot.Decode(raw)
	}}
}

// openAdmin listens for the tenant commands of other processes. Without it the
// node works all the same.
func (p *program) openAdmin(h *house, ready *readiness) (closing func()) {
	d := h.desk(nil)
	d.Runs, d.Lacking = true, ready.lacks
	d.Files = web.Either{
		Running: h.files(), Stopped: resting{h.registry, rules(h.cfg.Limits), "the tenant"}, Registry: h.registry, Still: d.Still,
	}
	d.Halt = func(ctx context.Context, id tenants.TenantID, stopped bool) ([]string, error) {
		return h.halt(ctx, id, stopped, func() error { return h.node.SetStopped(ctx, id, stopped) })
	}
	atRest := d.FromBackup
	d.FromBackup = func(ctx context.Context, id tenants.TenantID, path string) ([]string, error) {
		d.Still.Lock()
		defer d.Still.Unlock()
		t, err := h.registry.Tenant(id)
		switch {
		case err != nil:
			return nil, err
		case t.Stopped:
			return atRest(ctx, id, path)
		}
		return h.fromBackup(id, path, func(swap func() error) error { return h.node.Replace(ctx, id, swap) })
	}
	erase := d.Erase
	d.Erase = func(id tenants.TenantID) error {
		defer h.node.Forget(id)
		return erase(id)
	}
	enlist := d.Enlist
	d.Enlist = func(ctx context.Context, id tenants.TenantID, token string) error {
		if err := enlist(ctx, id, token); err != nil {
			return err
		}
		return h.node.Start(id)
	}
	closing, err := web.Serve(p.cfg.DataDir, d, p.log)
	if err != nil {
		p.log.Warn("tenant commands can't reach this node while it runs", "error", err)
		return func() {}
	}
	return closing
}
