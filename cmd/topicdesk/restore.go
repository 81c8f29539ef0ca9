package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"topicdesk/actors/backup"
	"topicdesk/actors/keyring"
	"topicdesk/actors/web"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
)

type restoreCommand struct {
	Tenant string `help:"Only this tenant, also while the node runs; FROM may then be the copy of its file alone." placeholder:"NAME" complete:"tenant"`
	From   string `arg:"" help:"The folder that backup has made."`
}

// Help says what people ask first.
func (restoreCommand) Help() string {
	return "Puts all of a backup back; the node must not run, and its key must be in its place. " +
		"First everything is held against the backup's list and opened beside the data directory; only then what is there now is put away, in a folder of its own. " +
		"Interrupted while it does so, the next command or start does the rest. " +
		"What waited at the copy may come twice, and topics made since are not used any more: General of each tenant says so."
}

// Answer is that of a command.
func (restoreCommand) Answer() any { return told{} }

// Run puts the copies back.
func (c restoreCommand) Run(ctx context.Context, p *program) error {
	if c.Tenant != "" {
		return p.restoreTenant(ctx, c.Tenant, c.From)
	}
	from, err := filepath.Abs(c.From)
	if err != nil {
		return err
	}
	m, err := backup.Read(from)
	if err != nil {
		return err
	}
	key, err := p.keyOf(m)
	if err != nil {
		return err
	}
	lines, err := backup.RestoreNode(ctx, from, m, p.cfg.DataDir, key, p.every)
	if errors.Is(err, registry.ErrLocked) {
		return fmt.Errorf("%w\nStop the node first, or restore one tenant: --tenant NAME", err)
	}
	if err != nil {
		return err
	}
	return p.lines(lines)
}

// keyOf takes the key that opens a backup's secrets, which is never made anew.
func (p *program) keyOf(m backup.Manifest) (key registry.Key, err error) {
	if p.cfg.Key.Empty() {
		key, err = registry.LoadKey(p.cfg.KeyFile)
	} else {
		key, err = registry.ParseKey(p.cfg.Key.Reveal())
	}
	if err == nil && key.Fingerprint() != m.Key {
		err = fmt.Errorf("%w: its fingerprint is %s, that of the key given is %s", registry.ErrWrongKey, m.Key, key.Fingerprint())
	}
	if err != nil {
		return key, fmt.Errorf("%w\nThe key is %s. Put the one there that was in force at the backup: its fingerprint is %s", err, keyring.Where(p.cfg), m.Key)
	}
	return key, nil
}

type tenantRestore struct {
	Name string `arg:"" help:"The tenant's name." complete:"tenant"`
	File string `arg:"" help:"A copy that tenant backup has written, or the folder that backup has made."`
}

// Answer is that of a command.
func (tenantRestore) Answer() any { return told{} }

// Run puts the copy in place.
func (c tenantRestore) Run(ctx context.Context, p *program) error {
	return p.restoreTenant(ctx, c.Name, c.File)
}

// restoreTenant puts the copy of one tenant, a file or one of a backup of all, in the
// place of its file.
func (p *program) restoreTenant(ctx context.Context, name, file string) error {
	id, err := tenants.ParseTenantID(name)
	if err != nil {
		return err
	}
	from, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	if info, err := os.Stat(from); err == nil && info.IsDir() {
		if from, err = backup.Of(from, id); err != nil {
			return err
		}
	}
	return p.atDesk(ctx, func(d desk) error {
		lines, err := d.Recover(ctx, web.Copy{Tenant: name, File: from})
		if err != nil {
			return err
		}
		return p.lines(lines)
	})
}
