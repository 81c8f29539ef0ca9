package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"topicdesk/actors/web"
	"topicdesk/schema"
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
	To      string     `json:"to"`
	Tenants int        `json:"tenants"`
	Bytes   int64      `json:"bytes"`
	Failed  []uncopied `json:"failed"`
}

// Answer is that of a command.
func (backupCommand) Answer() any { return backedUp{} }

// Run writes the copies.
func (c backupCommand) Run(ctx context.Context, p *program) error {
	if c.Tenant != "" {
		return p.backUpOne(ctx, c.Tenant, c.To, func(one copied, to string) error {
			return p.answer(backedUp{To: to, Tenants: 1, Bytes: one.Bytes}, func() { p.say("%s is backed up to %s.", c.Tenant, to) })
		})
	}
	to, err := filepath.Abs(c.To)
	if err != nil {
		return err
	}
	if err := absent(to); err != nil {
		return err
	}
	return p.atDesk(ctx, func(d desk) error {
		b := &backup{desk: d, folder: to + partialEnd, told: p.every("are copied")}
		m, err := b.run(ctx)
		if err == nil {
			err = os.Rename(b.folder, to)
		}
		if err != nil {
			return fmt.Errorf("%w\nWhat is copied so far is in %s; the same command goes on with it", err, b.folder)
		}
		done := backedUp{To: to, Tenants: len(m.Tenants), Failed: m.Failed, Bytes: m.Registry.Bytes}
		for _, one := range m.Tenants {
			done.Bytes += one.Bytes
		}
		err = p.answer(done, func() { p.tellBackup(done, m) })
		if err == nil && len(m.Failed) > 0 {
			return errSaid
		}
		return errors.Join(err, syncPath(filepath.Dir(to)))
	})
}

func (p *program) tellBackup(done backedUp, m manifest) {
	p.say("%d tenants are backed up to %s, %.1f MiB.", done.Tenants, done.To, float64(done.Bytes)/(1<<20))
	p.say("The key %s, which opens their tokens, is not in it: keep a copy of it elsewhere.", m.Key)
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
	return p.backUpOne(ctx, c.Name, c.File, func(_ copied, to string) error {
		return p.answer(web.Copy{Tenant: c.Name, File: to}, func() { p.say("%s is backed up to %s.", c.Name, to) })
	})
}

// Answer is that of a command.
func (tenantBackup) Answer() any { return web.Copy{} }

// backUpOne copies one tenant's file to a path that does not exist.
func (p *program) backUpOne(ctx context.Context, name, file string, told func(copied, string) error) error {
	path, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	if err := absent(path); err != nil {
		return err
	}
	return p.atDesk(ctx, func(d desk) error {
		one, err := copyTenant(ctx, d, tenants.TenantID(name), path)
		if err == nil {
			err = syncPath(filepath.Dir(path))
		}
		if err != nil {
			return err
		}
		return told(one, path)
	})
}

func absent(path string) error {
	_, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return cmp.Or(err, web.Errorf(web.Refused, "%s already exists", path))
}

// copyTenant has a tenant's file copied: under another name until the copy is whole
// and on disk. A copy that fails leaves nothing.
func copyTenant(ctx context.Context, d desk, id tenants.TenantID, to string) (copied, error) {
	return copyTo(to, schema.Tenant, func(path string) error {
		_, err := d.Backup(ctx, web.Copy{Tenant: string(id), File: path})
		return err
	})
}

func copyTo(to string, kind schema.Kind, write func(path string) error) (c copied, err error) {
	part := to + partialEnd
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return c, err
	}
	at := time.Now()
	err = write(part)
	if err == nil {
		err = syncPath(part)
	}
	if err == nil {
		c, err = measure(part, kind)
	}
	if err == nil {
		c.At = at
		err = os.Rename(part, to)
	}
	if err != nil {
		for _, end := range []string{"", "-journal"} {
			_ = os.Remove(part + end) // it may never have been there
		}
		return copied{}, err
	}
	return c, nil
}

const (
	// journalName is the file of a partial backup that says what is copied, a line each.
	journalName = "copied.jsonl"
	// journalKept is how long what was copied before an interruption counts.
	journalKept = 24 * time.Hour
	// copiesAtOnce is how many tenants' files are copied at the same time.
	copiesAtOnce = 4
	// roomLeft is how much of the disk a backup leaves free, bytes.
	roomLeft = 64 << 20
)

// backup is one under way.
type backup struct {
	desk   desk
	folder string // of the copies, until all are there
	told   func(done, of int)

	mu      sync.Mutex
	m       manifest
	journal *os.File
}

// run makes the copies: the registry's first, because it says whose there are.
func (b *backup) run(ctx context.Context) (m manifest, err error) {
	if err := os.MkdirAll(filepath.Join(b.folder, tenantsName), 0o700); err != nil {
		return m, err
	}
	earlier := b.earlier()
	b.m = manifest{Format: manifestFormat, Begun: time.Now()}
	place := filepath.Join(b.folder, registryName)
	if err := os.Remove(place); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return m, err // of an interrupted one
	}
	var node web.NodeCopy
	b.m.Registry, err = copyTo(place, schema.Registry, func(path string) error {
		node, err = b.desk.BackupNode(ctx, path)
		return err
	})
	if err != nil {
		return m, fmt.Errorf("copy the registry: %w", err)
	}
	b.m.Registry.File, b.m.Key = registryName, node.Key
	if b.journal, err = os.OpenFile(filepath.Join(b.folder, journalName), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600); err != nil {
		return m, err
	}
	err = b.all(ctx, node.Tenants, earlier)
	if err := errors.Join(err, b.journal.Close()); err != nil {
		return m, err
	}
	return b.m, b.finish()
}

// finish writes the manifest, which makes the folder a backup.
func (b *backup) finish() error {
	slices.SortFunc(b.m.Tenants, func(x, y copied) int { return cmp.Compare(x.Tenant, y.Tenant) })
	slices.SortFunc(b.m.Failed, func(x, y uncopied) int { return cmp.Compare(x.Tenant, y.Tenant) })
	b.m.Ended = time.Now()
	return errors.Join(
		os.Remove(filepath.Join(b.folder, journalName)), syncPath(filepath.Join(b.folder, tenantsName)),
		writeJSON(filepath.Join(b.folder, manifestName), b.m), syncPath(b.folder),
	)
}

// earlier are the copies that an interrupted backup has made into the same folder, as
// far as they are whole and not old.
func (b *backup) earlier() map[tenants.TenantID]copied {
	found := map[tenants.TenantID]copied{}
	file, err := os.Open(filepath.Join(b.folder, journalName))
	if err != nil {
		return found
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var c copied
		if json.Unmarshal(lines.Bytes(), &c) == nil && c.File == fileOf(c.Tenant) && time.Since(c.At) < journalKept {
			found[c.Tenant] = c
		}
	}
	return found
}

// all copies the tenants' files, some at a time. The disk that is full ends it.
func (b *backup) all(ctx context.Context, ids []tenants.TenantID, earlier map[tenants.TenantID]copied) error {
	return someAtOnce(ctx, copiesAtOnce, len(ids), b.told, func(ctx context.Context, i int) error {
		return b.one(ctx, ids[i], earlier[ids[i]])
	})
}

// one copies a tenant's file; an error ends the whole backup.
func (b *backup) one(ctx context.Context, id tenants.TenantID, c copied) error {
	if c.Tenant != id || c.verify(b.folder, schema.Tenant) != nil {
		if err := hasRoom(b.folder); err != nil {
			return err
		}
		var err error
		c, err = copyTenant(ctx, b.desk, id, filepath.Join(b.folder, fileOf(id)))
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case err != nil && hasRoom(b.folder) != nil:
			return errors.Join(err, hasRoom(b.folder))
		case err != nil:
			b.mu.Lock()
			defer b.mu.Unlock()
			b.m.Failed = append(b.m.Failed, uncopied{id, err.Error()})
			return nil
		}
		c.Tenant, c.File = id, fileOf(id)
	}
	line, err := json.Marshal(c)
	if err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.m.Tenants = append(b.m.Tenants, c)
	_, err = b.journal.Write(append(line, '\n'))
	return err
}

// hasRoom refuses a disk that is nearly full: the node may live on it too.
func hasRoom(folder string) error {
	free, err := freeBytes(folder)
	if err != nil {
		return err
	}
	if free < roomLeft {
		return fmt.Errorf("the disk of %s has only %d MiB left: make room", folder, free>>20)
	}
	return nil
}
