package main

import (
	"context"
	"path/filepath"

	"topicdesk/actors/backup"
	"topicdesk/actors/web"
	"topicdesk/tenants"
)

type backupCommand struct {
	Tenant string `help:"Only this tenant: TO is then one file, as of tenant backup." placeholder:"NAME" complete:"tenant"`
	To     string `arg:"" help:"The folder of the copies; it must not exist. The same command again goes on with one that was interrupted."`
}

// Help says what people ask first.
func (backupCommand) Help() string {
	return "Copies the node's own file and those of all tenants, also while the node runs; each copy is whole and of one moment. " +
		"The node writes the copies, so its user must be able to write there. The key that opens the tokens is not in them: keep a copy of it elsewhere. " +
		"A tenant whose file can't be copied is told, and does not keep the others from theirs; the exit code is then 1."
}

// backedUp is what backup tells.
type backedUp struct {
	To      string           `json:"to"`
	Tenants int              `json:"tenants"`
	Bytes   int64            `json:"bytes"`
	Failed  []backup.Failure `json:"failed"`
}

// Answer is that of a command.
func (backupCommand) Answer() any { return backedUp{} }

// Run writes the copies.
func (c backupCommand) Run(ctx context.Context, p *program) error {
	if c.Tenant != "" {
		return p.backUpTenant(ctx, c.Tenant, c.To, func(one backup.File, to string) any {
			return backedUp{To: to, Tenants: 1, Bytes: one.Bytes}
		})
	}
	to, err := filepath.Abs(c.To)
	if err != nil {
		return err
	}
	return p.atDesk(ctx, func(d desk) error {
		m, err := backup.Node(ctx, d, to, p.every)
		if err != nil {
			return err
		}
		done := backedUp{To: to, Tenants: len(m.Tenants), Failed: m.Failed, Bytes: m.Bytes()}
		err = p.answer(done, func() { p.tellBackup(done, m.Key) })
		if err == nil && len(m.Failed) > 0 {
			return errSaid
		}
		return err
	})
}

func (p *program) tellBackup(done backedUp, key string) {
	p.say("%d tenants are backed up to %s, %.1f MiB.", done.Tenants, done.To, float64(done.Bytes)/(1<<20))
	p.say("The key %s, which opens their tokens, is not in it: keep a copy of it elsewhere.", key)
	for _, f := range done.Failed {
		p.say("FAILED  %s: %s", f.Tenant, f.Error)
	}
}

type tenantBackup struct {
	Name string `arg:"" help:"The tenant's name." complete:"tenant"`
	File string `arg:"" help:"Where the copy goes; it must not exist. Tokens are not in it: they are in the node's own file, sealed with its key."`
}

// Run writes the copy.
func (c tenantBackup) Run(ctx context.Context, p *program) error {
	return p.backUpTenant(ctx, c.Name, c.File, func(_ backup.File, to string) any {
		return web.Copy{Tenant: c.Name, File: to}
	})
}

// Answer is that of a command.
func (tenantBackup) Answer() any { return web.Copy{} }

// backUpTenant copies one tenant's file to a path that does not exist.
func (p *program) backUpTenant(ctx context.Context, name, file string, answer func(one backup.File, to string) any) error {
	to, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	return p.atDesk(ctx, func(d desk) error {
		one, err := backup.Tenant(ctx, d, tenants.TenantID(name), to)
		if err != nil {
			return err
		}
		return p.answer(answer(one, to), func() { p.say("%s is backed up to %s.", name, to) })
	})
}
