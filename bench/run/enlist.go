package run

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"topicdesk/tenants"
	rules "topicdesk/tenants/dialog"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

// enlist makes a data directory with a tenant for each desk, bound to its group
// as /bind would. The registry, which syncs each change, is made in memory first, and
// tenants' files without waiting for the disk.
func enlist(data string, desks []*desk) (err error) {
	if err := os.MkdirAll(filepath.Join(data, "tenants"), 0o700); err != nil {
		return err
	}
	key, err := registry.LoadOrCreateKey(filepath.Join(data, "node.key"))
	if err != nil {
		return err
	}
	fast, err := os.MkdirTemp(memoryFolder(), "bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(fast)) }()
	reg, err := registry.Open(fast, key)
	if err != nil {
		return err
	}
	err = writeAll(reg, data, desks)
	if err := errors.Join(err, reg.Close()); err != nil {
		return err
	}
	if err := copyFile(filepath.Join(fast, registryFile), filepath.Join(data, registryFile)); err != nil {
		return err
	}
	syscall.Sync() // what the harness has written is not the relay's to wait for
	return nil
}

// registryFile is the only file that a closed registry leaves.
const registryFile = "registry.db"

// memoryFolder is a folder in memory; "" = the system's own for what is temporary.
func memoryFolder() string {
	const shared = "/dev/shm"
	if in, err := InMemory(shared); err == nil && in {
		return shared
	}
	return ""
}

func copyFile(from, to string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, content, 0o600)
}

// writeAll makes the files of all desks, several at a time, and enters them.
func writeAll(reg *registry.Registry, data string, desks []*desk) error {
	blank, err := blankFile(filepath.Join(data, "blank"))
	if err != nil {
		return err
	}
	faults := make([]error, runtime.GOMAXPROCS(0))
	var next atomic.Int64
	var all sync.WaitGroup
	for i := range faults {
		all.Go(func() {
			for n := next.Add(1); int(n) <= len(desks) && faults[i] == nil; n = next.Add(1) {
				faults[i] = enlistOne(reg, data, blank, desks[n-1])
			}
		})
	}
	all.Wait()
	return errors.Join(faults...)
}

func enlistOne(reg *registry.Registry, data string, blank []byte, d *desk) error {
	now, id := time.Now(), tenants.TenantID(d.tenant)
	path := filepath.Join(data, "tenants", filepath.Base(reg.TenantPath(id)))
	err := errors.Join(reg.AddTenant(id, "unlimited", now), writeFile(path, blank, d, now), reg.ClaimGroup(id, tenants.ChatID(d.forum)))
	var logins []registry.Login
	for i, login := range d.logins() {
		err = errors.Join(err, reg.SetToken(id, fmt.Sprintf("connection/%d/token", connectionOf(i)), login.token))
		logins = append(logins, registry.Login{Connection: connectionOf(i), Helps: i > 0, Heard: now})
	}
	if err := errors.Join(err, reg.SetAsleep(id, time.Time{}, logins)); err != nil {
		return fmt.Errorf("tenant %s: %w", id, err)
	}
	return nil
}

// connectionOf is a login's number in the file of its tenant.
func connectionOf(login int) tenants.ConnectionID { return tenants.ConnectionID(login + 1) }

// blankFile is a tenant's file without anything in it: making one takes longer than
// copying it.
func blankFile(path string) ([]byte, error) {
	file, err := store.Open(path, store.Options{Sync: store.SyncOff})
	if err != nil {
		return nil, err
	}
	if err := file.Close(); err != nil {
		return nil, err
	}
	blank, err := os.ReadFile(path)
	return blank, errors.Join(err, os.Remove(path))
}

// writeFile makes the file of a tenant with its logins, its parameters and the
// clients that it knows.
func writeFile(path string, blank []byte, d *desk, now time.Time) (err error) {
	if err := os.WriteFile(path, blank, 0o600); err != nil {
		return err
	}
	file, err := store.Open(path, store.Options{Sync: store.SyncOff})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	err = file.Write(now, func(tx *store.Tx) error { return d.write(tx, now) })
	if err != nil || d.known == 0 {
		return err
	}
	longAgo := now.Add(-knownFor)
	return file.Write(longAgo, func(tx *store.Tx) error {
		for i := range d.known {
			if err := d.remember(tx, i, longAgo); err != nil {
				return err
			}
		}
		return nil
	})
}

// write enters parameters and logins.
func (d *desk) write(tx *store.Tx, now time.Time) error {
	for name, value := range d.params {
		if err := tx.SetParam(tenants.Value{Name: name, Value: value}); err != nil {
			return err
		}
	}
	for i, login := range d.logins() {
		c := store.Connection{
			ID: connectionOf(i), Kind: store.Bot, User: tenants.UserID(login.bot), Username: login.username, Active: true, Created: now,
			Administrator: tenants.UserID(d.operator),
		}
		if i == 0 {
			c.Group = tenants.Chat{ID: tenants.ChatID(d.forum), Kind: tenants.Group, Forum: true}
		} else {
			c.Helps = connectionOf(0)
		}
		if err := tx.PutConnection(c); err != nil {
			return err
		}
	}
	return nil
}

const (
	// knownFor is how long ago the known clients were spoken with.
	knownFor = 30 * 24 * time.Hour
	// firstStranger is the number of the first known client who never writes, and
	// so is not at the simulated Telegram. Numbers there are smaller.
	firstStranger = 6_000_000_000
)

// remember enters a client whose dialog was closed long ago, as the relay would
// have left it.
func (d *desk) remember(tx *store.Tx, i int, at time.Time) error {
	client, thread := firstStranger+d.bot%1_000_000*10_000+int64(i), int64(1_000_000+i)
	if i < len(d.dialogs) {
		client, thread = d.dialogs[i].client, d.dialogs[i].thread.Load()
	}
	person := tenants.Person{ID: tenants.UserID(client), First: fmt.Sprintf("Client %d", i), Language: "en"}
	title, topic := "⬛️"+" "+person.First, tenants.ThreadID(thread)
	_, err := tx.Apply(tenants.DialogID(i+1), &rules.Decision{
		State: &rules.State{
			ID: tenants.DialogID(i + 1), Connection: connectionOf(0), Chat: tenants.Chat{ID: tenants.ChatID(client), Kind: tenants.Private},
			Client: person, Group: tenants.ChatID(d.forum), Status: rules.Closed, FirstSeen: at, Opened: 1, Greeted: at, Delivered: at,
			SaidAt: at, Shown: person.First, Title: title, People: []tenants.Person{person},
		},
		Topic: &rules.TopicChange{Title: &title, Set: &title, Thread: &topic},
	}, nil)
	return err
}
