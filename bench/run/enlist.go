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
// as /bind would.
func enlist(data string, desks []*desk) error {
	if err := os.MkdirAll(data, 0o700); err != nil {
		return err
	}
	key, err := registry.LoadOrCreateKey(filepath.Join(data, "node.key"))
	if err != nil {
		return err
	}
	reg, err := registry.Open(data, key)
	if err != nil {
		return err
	}
	err = errors.Join(writeFiles(reg, desks), reg.Close())
	syscall.Sync() // what the harness has written is not the relay's to wait for
	return err
}

// writeFiles makes the files of all desks, several at a time, and enters them.
func writeFiles(reg *registry.Registry, desks []*desk) error {
	faults := make([]error, runtime.GOMAXPROCS(0))
	var next atomic.Int64
	var all sync.WaitGroup
	for i := range faults {
		all.Go(func() {
			for n := next.Add(1); int(n) <= len(desks) && faults[i] == nil; n = next.Add(1) {
				d := desks[n-1]
				if err := enlistOne(reg, tenants.TenantID(d.tenant), d); err != nil {
					faults[i] = fmt.Errorf("tenant %s: %w", d.tenant, err)
				}
			}
		})
	}
	all.Wait()
	return errors.Join(faults...)
}

func enlistOne(reg *registry.Registry, id tenants.TenantID, d *desk) error {
	now := time.Now()
	if err := reg.AddTenant(id, "unlimited", now); err != nil {
		return err
	}
	err := errors.Join(writeFile(reg.TenantPath(id), d, now), reg.ClaimGroup(id, tenants.ChatID(d.forum)))
	for i, login := range d.logins() {
		err = errors.Join(err, reg.SetSecret(id, fmt.Sprintf("connection/%d/token", connectionOf(i)), []byte(login.token)))
	}
	return err
}

// connectionOf is a login's number in the file of its tenant.
func connectionOf(login int) tenants.ConnectionID { return tenants.ConnectionID(login + 1) }

// writeFile makes the file of a tenant with its logins, its parameters and the
// clients that it knows. Nobody waits for the disk here: see enlist.
func writeFile(path string, d *desk, now time.Time) (err error) {
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
