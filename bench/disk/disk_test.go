package disk_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"topicdesk/bench/disk"
	"topicdesk/tenants"
	"topicdesk/tenants/store"
)

// TestPowerCut writes to a tenant's file until the process ends at one of its
// writes, cuts the power, and counts: each commit that Write returned from is
// there, and of the one under way all or nothing. Without syncs, it is not so,
// which a few cuts show: most of them lose something.
func TestPowerCut(t *testing.T) {
	for _, tt := range []struct {
		sync store.Sync
		cuts uint64
		safe bool
	}{{store.SyncFull, 100, true}, {store.SyncNormal, 15, false}, {store.SyncOff, 10, false}} {
		lost := 0
		for seed := range tt.cuts {
			if !survives(t, seed, tt.sync) {
				lost++
			}
		}
		t.Logf("sync %d: %d of %d cuts lost something", tt.sync, lost, tt.cuts)
		if tt.safe != (lost == 0) {
			t.Errorf("sync %d: %d of %d cuts lost something", tt.sync, lost, tt.cuts)
		}
	}
}

func survives(t *testing.T, seed uint64, sync store.Sync) bool {
	d, path := newDisk(t)
	draw := rand.New(rand.NewPCG(seed, 1))
	f := open(t, path, sync)
	d.EndAfter(1 + draw.IntN(400))
	committed := -1
	for n := 0; n < 150 && add(f, n) == nil && !d.Ended(); n++ {
		committed = n
	}
	d.EndAfter(0)
	_ = f.Close() // it can write no more
	d.Cut(draw)
	d.Begin()
	f, err := store.Open(path, store.Options{})
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	params, err := f.Params()
	return err == nil && f.Check() == nil && len(params) >= committed+1 && len(params) <= committed+2
}

// add commits a parameter, large enough that the WAL is copied back now and then.
func add(f *store.Store, n int) error {
	return f.Write(time.Unix(1, 0), func(tx *store.Tx) error {
		level := tenants.Level{Connection: tenants.ConnectionID(n + 1)}
		return tx.SetParam(tenants.Value{Level: level, Name: "WELCOME", Value: fmt.Sprintf("%d %3000d", n, n)})
	})
}

func newDisk(t *testing.T) (*disk.Disk, string) {
	t.Helper()
	dir := t.TempDir()
	d, err := disk.New(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Free)
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		t.Fatal(err)
	}
	return d, filepath.Join(dir, "acme.db")
}

func open(t *testing.T, path string, sync store.Sync) *store.Store {
	t.Helper()
	f, err := store.Open(path, store.Options{Sync: sync})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestEnd: what an ended process writes does not arrive; the file is as the
// write before left it, and the next process goes on with it.
func TestEnd(t *testing.T) {
	d, path := newDisk(t)
	f := open(t, path, store.SyncFull)
	for n := range 3 {
		if err := add(f, n); err != nil {
			t.Fatal(err)
		}
	}
	d.EndAfter(0)
	before := d.Holds()
	if err := add(f, 3); err == nil {
		t.Error("an ended process commits")
	}
	_ = f.Close()
	for name, data := range d.Holds() {
		if !bytes.Equal(data, before[name]) {
			t.Errorf("an ended process changed %s", name)
		}
	}
	d.Begin()
	f = open(t, path, store.SyncFull)
	if params, err := f.Params(); err != nil || len(params) != 3 {
		t.Errorf("%d parameters are left, %v", len(params), err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}
