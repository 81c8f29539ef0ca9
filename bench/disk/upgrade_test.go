package disk_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"topicdesk/bench/disk"
	"topicdesk/schema"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

// upgradeCuts are at how many of its writes an upgrade is cut, about.
const upgradeCuts = 10

// TestUpgradeIsCut: a process that brings a file of an earlier version to the newest
// is ended at each of its writes in turn, and the power cut; the next one finds all
// that was in the file, and finishes.
func TestUpgradeIsCut(t *testing.T) {
	key, err := registry.ParseKey("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]struct {
		kind schema.Kind
		name string
		open func(dir, path string) error // to the newest version, with what was in it
	}{
		"store": {schema.Tenant, "acme.db", func(_, path string) error { return upgradeTenant(path) }},
		"registry": {schema.Registry, "registry.db", func(dir, _ string) error {
			return upgradeRegistry(dir, key)
		}},
	}
	for folder, k := range kinds {
		for version := 1; version < schema.Version(k.kind); version++ {
			t.Run(fmt.Sprint(folder, version), func(t *testing.T) {
				old := fixture(t, folder, version)
				upgrade := func(end int, after func(*disk.Disk, func() error)) {
					d, path := newDisk(t)
					path = filepath.Join(filepath.Dir(path), k.name)
					d.Put(path, old)
					if end > 0 {
						d.EndAfter(end)
					}
					open := func() error { return k.open(filepath.Dir(path), path) }
					if err := open(); err != nil && !d.Ended() {
						t.Fatalf("not cut: %v", err)
					}
					after(d, open)
				}
				writes := 0
				upgrade(0, func(d *disk.Disk, _ func() error) { writes = d.Stats().Writes })
				if writes < 5 {
					t.Fatalf("%d writes bring it to the newest version: nothing was tested", writes)
				}
				for n := 1; n < writes; n += 1 + writes/upgradeCuts {
					upgrade(n, func(d *disk.Disk, open func() error) { recovers(t, d, n, open) })
				}
			})
		}
	}
}

// recovers cuts the power after the n-th write and opens the file again.
func recovers(t *testing.T, d *disk.Disk, n int, open func() error) {
	t.Helper()
	d.Cut(rand.New(rand.NewPCG(uint64(n), 7)))
	d.Begin()
	if err := open(); err != nil {
		t.Fatalf("cut at write %d: %v", n, err)
	}
}

func upgradeTenant(path string) error {
	f, err := store.Open(path, store.Options{})
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // a process that has ended can't
	if err := f.Check(); err != nil {
		return err
	}
	state, err := f.Dialog(1)
	if err != nil {
		return err
	}
	if state == nil || state.Client.First != "Yuki" {
		return fmt.Errorf("the dialog is lost: %+v", state)
	}
	return nil
}

func upgradeRegistry(dir string, key registry.Key) error {
	r, err := registry.Open(dir, key)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }() // a process that has ended can't
	token, err := r.Secret("acme", "connection/1/token")
	if err != nil {
		return err
	}
	if string(token) != "1:A" {
		return fmt.Errorf("the token is lost: %q", token)
	}
	_, err = r.Pseudonyms("acme")
	return err
}

// fixture is a file as an earlier version has written it.
func fixture(t *testing.T, folder string, version int) []byte {
	t.Helper()
	packed, err := os.ReadFile(filepath.Join("..", "..", "tenants", folder, "testdata", fmt.Sprintf("v%d.db.gz", version)))
	if err != nil {
		t.Fatal(err)
	}
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
