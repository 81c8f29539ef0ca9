package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"topicdesk/actors/web"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

type tenantBackup struct {
	Name string `arg:"" help:"The tenant's name."`
	File string `arg:"" help:"Where the copy goes; it must not exist. Tokens are not in it: they are in the node's own file, sealed with its key."`
}

// Run writes the copy.
func (c tenantBackup) Run(ctx context.Context, p *program) error {
	path, err := filepath.Abs(c.File)
	if err != nil {
		return err
	}
	return p.atDesk(ctx, func(d desk) error {
		of := web.Copy{Tenant: c.Name, File: path}
		if _, err := d.Backup(ctx, of); err != nil {
			return err
		}
		return p.answer(of, func() { p.say("%s is backed up to %s.", c.Name, path) })
	})
}

// Answer is that of a command.
func (tenantBackup) Answer() any { return web.Copy{} }

type tenantRestore struct {
	Name string `arg:"" help:"The tenant's name."`
	File string `arg:"" help:"A copy that tenant backup has written."`
}

// Run puts the copy in place.
func (c tenantRestore) Run(ctx context.Context, p *program) error {
	path, err := filepath.Abs(c.File)
	if err != nil {
		return err
	}
	return p.atDesk(ctx, func(d desk) error {
		lines, err := d.Recover(ctx, web.Copy{Tenant: c.Name, File: path})
		if err != nil {
			return err
		}
		return p.lines(lines)
	})
}

// Answer is that of a command.
func (tenantRestore) Answer() any { return told{} }

// fromBackup puts a copy in the place of a tenant's file, which is kept beside it.
// closed runs its argument while nobody has the file open.
func (h *house) fromBackup(id tenants.TenantID, path string, closed func(swap func() error) error) ([]string, error) {
	place := h.registry.TenantPath(id)
	ready, old := place+".restored", place+".before-"+time.Now().UTC().Format("20060102-150405")
	if err := copyFile(path, ready); err != nil {
		return nil, err
	}
	known, err := prepareBackup(ready, time.Now())
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s can't be used: %w", path, err), os.Remove(ready))
	}
	err = closed(func() error {
		for _, end := range []string{"", "-wal", "-shm"} {
			if err := os.Rename(place+end, old+end); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
		return os.Rename(ready, place)
	})
	if err != nil {
		return nil, err
	}
	return []string{
		fmt.Sprintf("%s goes on from the backup; the file before it is %s.", id, old),
		fmt.Sprintf("It knows nothing after %s: what waited then may come twice, and topics made since are not used any more. General is told.", known.Format("2006-01-02 15:04 MST")),
	}, nil
}

// prepareBackup checks a copy and has it tell the groups what it does not know.
func prepareBackup(path string, now time.Time) (known time.Time, err error) {
	file, err := store.Open(path, store.Options{})
	if err != nil {
		return known, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if err := file.Check(); err != nil {
		return known, err
	}
	if known, err = file.Known(); err != nil {
		return known, err
	}
	all, err := file.Connections()
	if err != nil {
		return known, err
	}
	return known, file.Write(now, func(tx *store.Tx) error {
		for _, c := range all {
			if !c.Active || c.Helps != 0 || c.Group.ID == 0 {
				continue
			}
			d := dialog.Restored(c.ID, c.Group.ID, known, now)
			if _, err := tx.Apply(0, &d, func() tenants.SendKey { return tenants.SendKey(rand.Int64N(math.MaxInt64) + 1) }); err != nil {
				return err
			}
		}
		return nil
	})
}

// copyFile copies a file that nobody has open, synced.
func copyFile(from, to string) (err error) {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return errors.Join(err, target.Sync(), target.Close())
}
