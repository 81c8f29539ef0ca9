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
	"strings"
	"time"

	"topicdesk/actors/web"
	"topicdesk/schema"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

type restoreCommand struct {
	Tenant string `help:"Only this tenant, also while the node runs; FROM may then be the copy of its file alone." placeholder:"NAME" complete:"tenant"`
	From   string `arg:"" help:"The folder that backup has made."`
}

// Help says what people ask first.
func (restoreCommand) Help() string {
	return "Puts all of a backup back; the node must not run, and its key must be in its place. " +
		"First everything is held against the backup's list and opened beside the data directory; only then what is there now is put away, in a folder of its own. " +
		"What waited at the copy may come twice, and topics made since are not used any more: General of each tenant says so."
}

// Answer is that of a command.
func (restoreCommand) Answer() any { return told{} }

// Run puts the copies back.
func (c restoreCommand) Run(ctx context.Context, p *program) error {
	from, err := filepath.Abs(c.From)
	if err != nil {
		return err
	}
	if c.Tenant != "" {
		return p.restoreOne(ctx, c.Tenant, from)
	}
	lines, err := p.restoreAll(ctx, from)
	if err != nil {
		return err
	}
	return p.lines(lines)
}

type tenantRestore struct {
	Name string `arg:"" help:"The tenant's name." complete:"tenant"`
	File string `arg:"" help:"A copy that tenant backup has written, or the folder that backup has made."`
}

// Answer is that of a command.
func (tenantRestore) Answer() any { return told{} }

// Run puts the copy in place.
func (c tenantRestore) Run(ctx context.Context, p *program) error {
	path, err := filepath.Abs(c.File)
	if err != nil {
		return err
	}
	return p.restoreOne(ctx, c.Name, path)
}

// restoreOne puts the copy of one tenant in the place of its file.
func (p *program) restoreOne(ctx context.Context, name, from string) error {
	id, err := tenants.ParseTenantID(name)
	if err != nil {
		return err
	}
	if info, err := os.Stat(from); err == nil && info.IsDir() {
		m, err := readManifest(from)
		if err != nil {
			return err
		}
		one, err := m.of(id)
		if err == nil {
			err = one.verify(from, schema.Tenant)
		}
		if err != nil {
			return err
		}
		from = filepath.Join(from, one.File)
	}
	return p.atDesk(ctx, func(d desk) error {
		lines, err := d.Recover(ctx, web.Copy{Tenant: name, File: from})
		if err != nil {
			return err
		}
		return p.lines(lines)
	})
}

// fromBackup puts a copy in the place of a tenant's file, which is kept beside it.
// closed runs its argument while nobody has the file open.
func (h *house) fromBackup(id tenants.TenantID, path string, closed func(swap func() error) error) ([]string, error) {
	place := h.registry.TenantPath(id)
	if live, err := isLive(path, filepath.Dir(place)); err != nil || live {
		return nil, errors.Join(err, web.Errorf(web.Wrong, "%s can't be used: it is no copy but a tenant's own file", path))
	}
	ready, old := place+".restored", place+".before-"+time.Now().UTC().Format(momentForm)
	if err := copyFile(path, ready); err != nil {
		return nil, err
	}
	known, _, err := prepareBackup(ready, time.Now())
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s can't be used: %w", path, err), os.Remove(ready))
	}
	err = closed(func() error {
		for _, end := range sqliteEnds {
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

// momentForm is how moments stand in names of files.
const momentForm = "20060102-150405.000"

// sqliteEnds are the ends of the names of the files that are one SQLite file.
var sqliteEnds = []string{"", "-wal", "-shm"}

// isLive tells that a file is one of those that the node has open, or may: to open it
// for reading, and close it, would take away SQLite's locks on it.
func isLive(path, folder string) (bool, error) {
	info, err := os.Stat(filepath.Dir(path))
	if err != nil {
		return false, err
	}
	here, err := os.Stat(folder)
	return err == nil && os.SameFile(info, here) && strings.HasSuffix(path, ".db"), err
}

// prepareBackup checks a copy and has it tell the groups what it does not know. It
// gives the moment after which that is, and the groups.
func prepareBackup(path string, now time.Time) (known time.Time, groups []tenants.ChatID, err error) {
	file, err := store.Open(path, store.Options{})
	if err != nil {
		return known, nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if err := file.Check(); err != nil {
		return known, nil, err
	}
	if known, err = file.Known(); err != nil {
		return known, nil, err
	}
	all, err := file.Connections()
	if err != nil {
		return known, nil, err
	}
	return known, groupsOf(all), file.Write(now, func(tx *store.Tx) error {
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

func groupsOf(all []store.Connection) (groups []tenants.ChatID) {
	for _, c := range all {
		if c.Helps == 0 && c.Group.ID != 0 {
			groups = append(groups, c.Group.ID)
		}
	}
	return groups
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
