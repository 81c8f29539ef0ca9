package backup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"topicdesk/actors/crew"
	"topicdesk/actors/disk"
	"topicdesk/schema"
	"topicdesk/tenants/registry"
)

// restoration puts all of a backup into a data directory.
type restoration struct {
	from  string
	dir   string
	list  Manifest
	key   registry.Key
	told  Progress
	fresh string // the folder in which it is prepared

	file  *registry.Registry // the one that is prepared
	mu    sync.Mutex
	lines []string
}

// RestoreNode puts a backup, of which m was read, in place of what a data directory
// holds; key opens its secrets. No node may have the directory: registry.ErrLocked.
// The lines tell what was done and what follows. Interrupted before all is ready it
// has changed nothing, afterwards Finish does the rest.
func RestoreNode(ctx context.Context, from string, m Manifest, dir string, key registry.Key, told Progress) (lines []string, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	release, err := registry.Hold(dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, release()) }()
	if err := finishAll(dir, time.Now()); err != nil { // of an earlier one: else nobody knew what is old
		return nil, err
	}
	stage := filepath.Join(dir, stageName)
	r := &restoration{from: from, dir: dir, list: m, key: key, told: told, fresh: filepath.Join(stage, freshName)}
	if err := r.prepare(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("%w\nNothing was changed", err), os.RemoveAll(stage))
	}
	return r.lines, r.place(stage, time.Now())
}

// prepare makes a data directory of the backup beside the one that is there.
func (r *restoration) prepare(ctx context.Context) (err error) {
	if err := r.verify(ctx); err != nil {
		return err
	}
	if err := os.RemoveAll(filepath.Dir(r.fresh)); err != nil { // of an interrupted one
		return err
	}
	if err := os.MkdirAll(filepath.Join(r.fresh, registry.FolderName), 0o700); err != nil {
		return err
	}
	if err := disk.Copy(filepath.Join(r.from, registry.FileName), filepath.Join(r.fresh, registry.FileName)); err != nil {
		return err
	}
	if r.file, err = registry.Open(r.fresh, r.key); err != nil {
		return err
	}
	err = crew.Each(ctx, atOnce, r.list.Tenants, r.told("are prepared"), r.tenant)
	if err == nil {
		err = errors.Join(r.withoutFile(), r.file.WakeAll())
	}
	if err := errors.Join(err, r.file.Close(), disk.Remove(filepath.Join(r.fresh, "lock"))); err != nil {
		return err
	}
	return errors.Join(disk.Sync(filepath.Join(r.fresh, registry.FolderName)), disk.Sync(r.fresh))
}

// verify holds all files against the list before anything is made of them.
func (r *restoration) verify(ctx context.Context) error {
	faults := []error{r.list.Registry.verify(r.from, schema.Registry)}
	err := crew.Each(ctx, atOnce, r.list.Tenants, r.told("are held against the list"), func(_ context.Context, f File) error {
		if err := f.verify(r.from, schema.Tenant); err != nil {
			r.mu.Lock()
			defer r.mu.Unlock()
			faults = append(faults, err)
		}
		return nil
	})
	return errors.Join(err, errors.Join(faults...))
}

// tenant makes a tenant's file of its copy, and claims for it the groups that it works
// in: one may have been bound between the copies of the registry and of the file.
func (r *restoration) tenant(_ context.Context, one File) error {
	f, err := prepare(filepath.Join(r.from, one.File), filepath.Join(r.fresh, one.File), time.Now())
	if err != nil {
		return fmt.Errorf("%s can't be used: %w", one.File, err)
	}
	for _, group := range f.groups {
		err := r.file.ClaimGroup(one.Tenant, group)
		if errors.Is(err, registry.ErrTaken) {
			r.say("%s: its group belongs to another tenant; bind it again.", one.Tenant)
			continue
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// withoutFile forgets tenants of whom the backup has no file.
func (r *restoration) withoutFile() error {
	all, err := r.file.Tenants()
	if err != nil {
		return err
	}
	for _, t := range all {
		if slices.ContainsFunc(r.list.Tenants, func(f File) bool { return f.Tenant == t.ID }) {
			continue
		}
		r.say("%s is not restored: the backup has no copy of its file.", t.ID)
		if err := r.file.Remove(t.ID); err != nil {
			return err
		}
	}
	return nil
}

func (r *restoration) say(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lines = append(r.lines, fmt.Sprintf(format, args...))
}

// place makes what is prepared ready, and does what follows from that.
func (r *restoration) place(stage string, now time.Time) error {
	if err := disk.Move(stage, filepath.Join(r.dir, readyName)); err != nil {
		return err
	}
	before := beforeIn(r.dir, now)
	if err := do(wholeSteps(r.dir, before)); err != nil {
		return err
	}
	r.say("%d tenants are restored into %s, as they were at %s.", len(r.list.Tenants), r.dir, r.list.Begun.Format(toldForm))
	if there, err := disk.Exists(before); err != nil || there {
		r.say("What was there before is in %s.", before)
	}
	r.say("What waited then may come twice, and topics made since are not used any more: General of each tenant is told at the next start.")
	return nil
}
