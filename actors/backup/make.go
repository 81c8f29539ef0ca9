package backup

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"topicdesk/actors/crew"
	"topicdesk/actors/disk"
	"topicdesk/actors/web"
	"topicdesk/schema"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
)

// Desk is what a backup needs of a web.Desk, here or in the process that runs.
type Desk interface {
	Backup(ctx context.Context, c web.Copy) (struct{}, error)
	BackupNode(ctx context.Context, path string) (web.NodeCopy, error)
}

// Progress makes a teller of how many of all are done, for people; what says what is
// done with them.
type Progress func(what string) (told func(done, of int))

const (
	// journalName is the file of a partial backup that says what is copied, a line each.
	journalName = "copied.jsonl"
	// journalKept is how long what was copied before an interruption counts.
	journalKept = 24 * time.Hour
	// atOnce is how many tenants' files are copied or read at the same time.
	atOnce = 4
	// roomLeft is how much of the disk a backup leaves free, bytes: the node may live on
	// it too.
	roomLeft = 64 << 20
)

// Tenant copies a tenant's file to a path that must not exist (else an error of sort
// web.Refused). A copy that fails leaves nothing.
func Tenant(ctx context.Context, d Desk, id tenants.TenantID, to string) (File, error) {
	if err := absent(to); err != nil {
		return File{}, err
	}
	f, err := copyTenant(ctx, d, id, to)
	if err != nil {
		return File{}, err
	}
	return f, disk.Sync(filepath.Dir(to))
}

// Node copies the registry and all tenants' files into a folder that must not exist
// (else an error of sort web.Refused), or goes on where it was interrupted. A tenant
// whose file can't be copied is told in Failed; what ends the whole backup, a full disk
// for example, is an error.
func Node(ctx context.Context, d Desk, to string, told Progress) (Manifest, error) {
	if err := absent(to); err != nil {
		return Manifest{}, err
	}
	m := &making{desk: d, folder: to + disk.PartialEnd, told: told}
	err := m.run(ctx)
	if err == nil {
		err = disk.Move(m.folder, to)
	}
	if err != nil {
		return Manifest{}, fmt.Errorf("%w\nWhat is copied so far is in %s; the same command goes on with it", err, m.folder)
	}
	return m.list, nil
}

func absent(path string) error {
	there, err := disk.Exists(path)
	if err == nil && there {
		err = web.Errorf(web.Refused, "%s already exists", path)
	}
	return err
}

// copyTenant has a tenant's file copied.
func copyTenant(ctx context.Context, d Desk, id tenants.TenantID, to string) (File, error) {
	f, err := copyTo(to, schema.Tenant, func(path string) error {
		_, err := d.Backup(ctx, web.Copy{Tenant: string(id), File: path})
		return err
	})
	f.Tenant, f.File = id, fileOf(id)
	return f, err
}

// copyTo has a copy written under another name until it is whole and on disk.
func copyTo(to string, kind schema.Kind, write func(path string) error) (f File, err error) {
	part := to + disk.PartialEnd
	defer func() {
		if err != nil {
			err = errors.Join(err, disk.Remove(part), disk.Remove(part+"-journal"))
		}
	}()
	if err := disk.Remove(part); err != nil {
		return f, err
	}
	at := time.Now()
	if err := write(part); err != nil {
		return f, err
	}
	if err := disk.Sync(part); err != nil {
		return f, err
	}
	if f, err = measure(part, kind); err != nil {
		return f, err
	}
	f.At = at
	return f, os.Rename(part, to)
}

// making is a backup of a node under way.
type making struct {
	desk    Desk
	folder  string // of the copies, until all are there
	told    Progress
	earlier map[tenants.TenantID]File // by an interrupted one

	mu      sync.Mutex
	list    Manifest
	journal *os.File
}

// run makes the copies.
func (m *making) run(ctx context.Context) error {
	if err := os.MkdirAll(filepath.Join(m.folder, registry.FolderName), 0o700); err != nil {
		return err
	}
	m.earlier = m.copied()
	m.list = Manifest{Format: manifestFormat, Begun: time.Now()}
	ids, err := m.registry(ctx)
	if err != nil {
		return fmt.Errorf("copy the registry: %w", err)
	}
	if m.journal, err = os.OpenFile(filepath.Join(m.folder, journalName), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600); err != nil {
		return err
	}
	err = crew.Each(ctx, atOnce, ids, m.told("are copied"), m.tenant)
	if err := errors.Join(err, m.journal.Close()); err != nil {
		return err
	}
	return m.finish()
}

// registry copies the node's own file, and gives whose files belong to it.
func (m *making) registry(ctx context.Context) ([]tenants.TenantID, error) {
	place := filepath.Join(m.folder, registry.FileName)
	if err := disk.Remove(place); err != nil { // of an interrupted one
		return nil, err
	}
	var node web.NodeCopy
	f, err := copyTo(place, schema.Registry, func(path string) (err error) {
		node, err = m.desk.BackupNode(ctx, path)
		return err
	})
	f.File = registry.FileName
	m.list.Registry, m.list.Key = f, node.Key
	return node.Tenants, err
}

// tenant has a tenant's file copied, unless that is done; an error ends the whole
// backup.
func (m *making) tenant(ctx context.Context, id tenants.TenantID) error {
	if f, ok := m.earlier[id]; ok && f.verify(m.folder, schema.Tenant) == nil {
		return m.have(f)
	}
	if err := hasRoom(m.folder); err != nil {
		return err
	}
	f, err := copyTenant(ctx, m.desk, id, filepath.Join(m.folder, fileOf(id)))
	if err == nil {
		return m.have(f)
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if full := hasRoom(m.folder); full != nil {
		return errors.Join(err, full)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.list.Failed = append(m.list.Failed, Failure{id, err.Error()})
	return nil
}

// have notes a copy that is whole.
func (m *making) have(f File) error {
	line, err := json.Marshal(f)
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.list.Tenants = append(m.list.Tenants, f)
	_, err = m.journal.Write(append(line, '\n'))
	return err
}

// finish writes the manifest, which makes the folder a backup.
func (m *making) finish() error {
	slices.SortFunc(m.list.Tenants, func(x, y File) int { return cmp.Compare(x.Tenant, y.Tenant) })
	slices.SortFunc(m.list.Failed, func(x, y Failure) int { return cmp.Compare(x.Tenant, y.Tenant) })
	m.list.Ended = time.Now()
	return errors.Join(
		os.Remove(filepath.Join(m.folder, journalName)), disk.Sync(filepath.Join(m.folder, registry.FolderName)),
		disk.WriteJSON(filepath.Join(m.folder, manifestName), m.list), disk.Sync(m.folder),
	)
}

// copied are the copies that an interrupted backup has made into the same folder, as far
// as they are not old.
func (m *making) copied() map[tenants.TenantID]File {
	found := map[tenants.TenantID]File{}
	file, err := os.Open(filepath.Join(m.folder, journalName))
	if err != nil {
		return found
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var f File
		if json.Unmarshal(lines.Bytes(), &f) == nil && f.File == fileOf(f.Tenant) && time.Since(f.At) < journalKept {
			found[f.Tenant] = f
		}
	}
	return found
}

// hasRoom refuses a disk that is nearly full.
func hasRoom(folder string) error {
	free, err := disk.FreeBytes(folder)
	if err == nil && free < roomLeft {
		err = fmt.Errorf("the disk of %s has only %d MiB left: make room", folder, free>>20)
	}
	return err
}
