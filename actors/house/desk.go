package house

import (
	"context"
	"errors"
	"sync"

	"topicdesk/actors/backup"
	"topicdesk/actors/keyring"
	"topicdesk/actors/web"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
)

// AtRest is a desk for the files of tenants that nobody runs: this process holds the
// data directory and begins nothing.
func (h *House) AtRest() *web.Desk {
	d := h.desk(h.resting("the node"))
	d.Enlist, d.Erase, d.FromBackup = h.admit, h.Erase, h.restore
	d.Halt = func(ctx context.Context, id tenants.TenantID, stopped bool) ([]string, error) {
		return h.halt(ctx, id, stopped, func() error { return h.Registry.SetStopped(id, stopped) })
	}
	return d
}

// Running is a desk beside the node that runs the tenants.
func (h *House) Running(ready *Readiness) *web.Desk {
	d := h.desk(nil)
	d.Runs, d.Lacking = true, ready.Lacks
	d.Files = web.Either{Running: h.files(), Stopped: h.resting("the tenant"), Registry: h.Registry, Still: d.Still}
	d.Halt = func(ctx context.Context, id tenants.TenantID, stopped bool) ([]string, error) {
		return h.halt(ctx, id, stopped, func() error { return h.Node.SetStopped(ctx, id, stopped) })
	}
	d.FromBackup = func(ctx context.Context, id tenants.TenantID, path string) ([]string, error) {
		d.Still.Lock()
		defer d.Still.Unlock()
		return h.restoreRunning(ctx, id, path)
	}
	d.Erase = func(id tenants.TenantID) error {
		defer h.Node.Forget(id)
		return h.Erase(id)
	}
	d.Enlist = func(ctx context.Context, id tenants.TenantID, token string) error {
		admit := func() error { return h.admit(ctx, id, token) }
		switch _, err := h.Registry.Tenant(id); {
		case errors.Is(err, registry.ErrUnknown):
			if err := admit(); err != nil {
				return err
			}
			return h.Node.Start(id)
		case err != nil:
			return err
		}
		if err := h.vacant(id); err != nil {
			return err
		}
		return h.Node.Replace(ctx, id, admit) // closed meanwhile: it was made by half
	}
	return d
}

// desk is what both have in common.
func (h *House) desk(files web.Files) *web.Desk {
	return &web.Desk{
		Registry: h.Registry, Files: files, Code: h.BindCode, Meet: h.whoIs, KeepToken: h.keepToken, Keep: h.keepHelper, Drop: h.dropHelper,
		State: h.Node.State, Full: h.Node.Full, Reveal: h.Registry.RevealAside, Still: &sync.Mutex{},
		KeyFrom: keyring.Where(h.Config), KeyWarning: keyring.Warning(h.Config),
	}
}

// admit makes a tenant with one bot, of which Telegram is asked.
func (h *House) admit(ctx context.Context, id tenants.TenantID, token string) error {
	if err := h.vacant(id); err != nil { // before Telegram is asked for nothing
		return err
	}
	self, err := h.Meet(ctx, token)
	if err != nil {
		return err
	}
	return h.Enlist(id, token, self, nil)
}

// restore puts a copy in the place of the file of a tenant that nobody runs.
func (h *House) restore(_ context.Context, id tenants.TenantID, path string) ([]string, error) {
	return backup.RestoreTenant(path, h.Registry.TenantPath(id), h.owner(id), func(swap func() error) error { return swap() })
}

// restoreRunning is restore beside the node, which opens no tenant meanwhile that is
// stopped, because the caller holds Still.
func (h *House) restoreRunning(ctx context.Context, id tenants.TenantID, path string) ([]string, error) {
	t, err := h.Registry.Tenant(id)
	switch {
	case err != nil:
		return nil, err
	case t.Stopped:
		return h.restore(ctx, id, path)
	}
	return backup.RestoreTenant(path, h.Registry.TenantPath(id), h.owner(id), func(swap func() error) error { return h.Node.Replace(ctx, id, swap) })
}
