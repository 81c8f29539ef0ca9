package store_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"topicdesk/schema"
	"topicdesk/tenants/store"
)

// TestFull: on a full disk a Write fails as a whole, again and again, and the file
// stays as it was; opened again when there is room, it takes the next one.
func TestFull(t *testing.T) {
	full := false
	path := filepath.Join(t.TempDir(), "acme.db")
	open := func() *store.Store {
		s, err := store.Open(path, store.Options{Room: func() bool { return !full }})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	put := func(s *store.Store, value string) error {
		return s.Write(time.Now(), func(tx *store.Tx) error { return tx.SetMeta("fact", []byte(value)) })
	}
	s := open()
	if err := put(s, "before"); err != nil {
		t.Fatal(err)
	}
	full = true
	if err := s.Write(time.Now(), func(*store.Tx) error { return nil }); err != nil {
		t.Errorf("to change nothing needs no room: %v", err)
	}
	for range 3 {
		if err := put(s, "lost"); store.FaultOf(err) != store.Disk {
			t.Fatalf("a full disk: %v is fault %d", err, store.FaultOf(err))
		}
	}
	s = reopened(t, s, open)
	if v, err := s.Meta("fact"); err != nil || string(v) != "before" {
		t.Errorf("%q, %v", v, err)
	}
	full = false
	if err := put(s, "after"); err != nil {
		t.Error(err)
	}
	if err := errors.Join(s.Check(), s.Close()); err != nil {
		t.Error(err)
	}
}

func reopened(t *testing.T, s *store.Store, open func() *store.Store) *store.Store {
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return open()
}

// TestDamaged: a file in which something else stands than SQLite wrote is told
// from one that only can't be written.
func TestDamaged(t *testing.T) {
	for _, c := range []struct {
		what string
		with func(path string) error
		want store.Fault
	}{
		{"another file", func(path string) error {
			return os.WriteFile(path, []byte("this is no database, but it is long enough"), 0o600)
		}, store.Damaged},
		{"zeroes in the middle", func(path string) error {
			f, err := os.OpenFile(path, os.O_RDWR, 0)
			if err != nil {
				return err
			}
			_, err = f.WriteAt(make([]byte, 8192), 100)
			return errors.Join(err, f.Close())
		}, store.Damaged},
		{"a folder in its place", func(path string) error { return errors.Join(os.Remove(path), os.Mkdir(path, 0o700)) }, store.Disk},
	} {
		path := filepath.Join(t.TempDir(), "acme.db")
		s, err := store.Open(path, store.Options{})
		if err == nil {
			err = s.Close()
		}
		if err == nil {
			err = c.with(path)
		}
		if err != nil {
			t.Fatal(err)
		}
		s, err = store.Open(path, store.Options{})
		if err == nil {
			err = errors.Join(errors.New("opened"), s.Close())
		}
		if got := store.FaultOf(err); got != c.want {
			t.Errorf("%s: fault %d, want %d: %v", c.what, got, c.want, err)
		}
	}
	if got := store.FaultOf(fmt.Errorf("open: %w", schema.ErrNewer)); got != store.Damaged {
		t.Errorf("a newer file: fault %d", got)
	}
	if got := store.FaultOf(errors.New("a bug")); got != store.NoFault {
		t.Errorf("a bug: fault %d", got)
	}
}
