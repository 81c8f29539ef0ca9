package main

import (
	"context"
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
	"topicdesk/tenants/registry"
)

const (
	// stageName is the folder in a data directory in which a restoration is prepared.
	stageName = "restore" + partialEnd
	// readyName is its name when all of it is there and only has to be put in place.
	readyName = "restore.ready"
)

// unfinished refuses a data directory in which a restoration was interrupted while
// files were put in place: what is there is neither the old nor the new.
func unfinished(dir string) error {
	if _, err := os.Lstat(filepath.Join(dir, readyName)); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return web.Errorf(web.Refused, "a restoration of %s was interrupted; run the same topicdesk restore again. Nothing is lost: what was there before is in %s",
		dir, filepath.Join(dir, "before-…"))
}

// restoration puts all of a backup into a data directory.
type restoration struct {
	p    *program
	from string
	dir  string
	m    manifest
	key  registry.Key

	stage string
	mu    sync.Mutex
	lines []string
}

// restoreAll puts a backup in the place of what a data directory holds.
func (p *program) restoreAll(ctx context.Context, from string) (lines []string, err error) {
	m, err := readManifest(from)
	if err != nil {
		return nil, err
	}
	r := &restoration{p: p, from: from, dir: p.cfg.DataDir, m: m, stage: filepath.Join(p.cfg.DataDir, stageName)}
	if err := r.loadKey(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(r.dir, 0o700); err != nil {
		return nil, err
	}
	release, err := registry.Hold(r.dir)
	if errors.Is(err, registry.ErrLocked) {
		return nil, fmt.Errorf("%w\nStop the node first, or restore one tenant: --tenant NAME", err)
	}
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, release()) }()
	if err := r.prepare(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("%w\nNothing was changed", err), os.RemoveAll(r.stage))
	}
	return r.lines, r.place()
}

// loadKey takes the key that opens the backup's secrets, which is never made anew.
func (r *restoration) loadKey() (err error) {
	if r.p.cfg.Key.Empty() {
		r.key, err = registry.LoadKey(r.p.cfg.KeyFile)
	} else {
		r.key, err = registry.ParseKey(r.p.cfg.Key.Reveal())
	}
	if err == nil && r.key.Fingerprint() != r.m.Key {
		err = fmt.Errorf("%w: its fingerprint is %s, that of the key given is %s", registry.ErrWrongKey, r.m.Key, r.key.Fingerprint())
	}
	if err != nil {
		return fmt.Errorf("%w\nThe key is %s. Put the one there that was in force at the backup: its fingerprint is %s", err, whereKey(r.p.cfg), r.m.Key)
	}
	return nil
}

// prepare makes a data directory of the backup beside the one that is there.
func (r *restoration) prepare(ctx context.Context) error {
	if err := r.verify(ctx); err != nil {
		return err
	}
	if err := os.RemoveAll(r.stage); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(r.stage, tenantsName), 0o700); err != nil {
		return err
	}
	if err := copyFile(filepath.Join(r.from, registryName), filepath.Join(r.stage, registryName)); err != nil {
		return err
	}
	file, err := registry.Open(r.stage, r.key)
	if err != nil {
		return err
	}
	if err := errors.Join(r.tenants(ctx, file), file.Close()); err != nil {
		return err
	}
	return errors.Join(os.Remove(filepath.Join(r.stage, "lock")), syncPath(filepath.Join(r.stage, tenantsName)), syncPath(r.stage))
}

// verify holds all files against the list before anything is made of them.
func (r *restoration) verify(ctx context.Context) error {
	all := r.m.Tenants
	faults := make([]error, len(all))
	err := someAtOnce(ctx, copiesAtOnce, len(all), r.p.every("are held against the list"), func(_ context.Context, i int) error {
		faults[i] = all[i].verify(r.from, schema.Tenant)
		return nil
	})
	return errors.Join(err, r.m.Registry.verify(r.from, schema.Registry), errors.Join(faults...))
}

// tenants brings the tenants' files, and what the registry says of them, into step.
func (r *restoration) tenants(ctx context.Context, file *registry.Registry) error {
	all := r.m.Tenants
	err := someAtOnce(ctx, copiesAtOnce, len(all), r.p.every("are prepared"), func(_ context.Context, i int) error {
		return r.tenant(file, all[i])
	})
	if err != nil {
		return err
	}
	return errors.Join(r.withoutFile(file), file.WakeAll())
}

func (r *restoration) tenant(file *registry.Registry, one copied) error {
	place := filepath.Join(r.stage, one.File)
	if err := copyFile(filepath.Join(r.from, one.File), place); err != nil {
		return err
	}
	_, groups, err := prepareBackup(place, time.Now())
	if err != nil {
		return fmt.Errorf("%s can't be used: %w", one.File, err)
	}
	for _, group := range groups { // bound between the two copies
		err := file.ClaimGroup(one.Tenant, group)
		switch {
		case errors.Is(err, registry.ErrTaken):
			r.mu.Lock()
			r.lines = append(r.lines, fmt.Sprintf("%s: its group belongs to another tenant; bind it again.", one.Tenant))
			r.mu.Unlock()
		case err != nil:
			return err
		}
	}
	return nil
}

// withoutFile forgets tenants of whom the backup has no file.
func (r *restoration) withoutFile(file *registry.Registry) error {
	all, err := file.Tenants()
	if err != nil {
		return err
	}
	for _, t := range all {
		if slices.ContainsFunc(r.m.Tenants, func(c copied) bool { return c.Tenant == t.ID }) {
			continue
		}
		r.lines = append(r.lines, fmt.Sprintf("%s is not restored: the backup has no copy of its file.", t.ID))
		if err := file.Remove(t.ID); err != nil {
			return err
		}
	}
	return nil
}

// place puts away what is there, and the new in its place. A crash in between leaves
// the ready folder, with which nobody starts.
func (r *restoration) place() error {
	ready := filepath.Join(r.dir, readyName)
	if err := errors.Join(os.RemoveAll(ready), os.Rename(r.stage, ready), syncPath(r.dir)); err != nil {
		return err
	}
	before, err := putAway(r.dir, time.Now())
	if err != nil {
		return err
	}
	for _, name := range []string{tenantsName, registryName} {
		if err := os.Rename(filepath.Join(ready, name), filepath.Join(r.dir, name)); err != nil {
			return err
		}
	}
	if err := errors.Join(syncPath(r.dir), os.Remove(ready), syncPath(r.dir)); err != nil {
		return err
	}
	r.lines = append(r.lines, fmt.Sprintf("%d tenants are restored into %s, as they were at %s.",
		len(r.m.Tenants), r.dir, r.m.Begun.Format("2006-01-02 15:04 MST")))
	if before != "" {
		r.lines = append(r.lines, fmt.Sprintf("What was there before is in %s.", before))
	}
	r.lines = append(r.lines, "What waited then may come twice, and topics made since are not used any more: General of each tenant is told at the next start.")
	return nil
}

// putAway moves what a data directory holds into a folder of its own; "" = it held
// nothing.
func putAway(dir string, now time.Time) (before string, err error) {
	before = filepath.Join(dir, "before-"+now.UTC().Format(momentForm))
	if err := os.Mkdir(before, 0o700); err != nil {
		return "", err
	}
	names := []string{tenantsName}
	for _, end := range sqliteEnds {
		names = append(names, registryName+end)
	}
	moved := false
	for _, name := range names {
		switch err := os.Rename(filepath.Join(dir, name), filepath.Join(before, name)); {
		case err == nil:
			moved = true
		case !errors.Is(err, fs.ErrNotExist):
			return "", err
		}
	}
	if !moved {
		return "", os.Remove(before)
	}
	return before, syncPath(before)
}
