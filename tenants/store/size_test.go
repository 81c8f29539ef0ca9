package store_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"topicdesk/tenants/store"
)

// TestFileLimit: a file that has reached its limit says so in its own words, and not
// that the disk is full; what is in it stays, and when something is taken out, or more
// is allowed, it goes on.
func TestFileLimit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "acme.db")
	open := func(most int64) *store.Store {
		t.Helper()
		s, err := store.Open(path, store.Options{MostBytes: most})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	fill := func(s *store.Store, from int, bytes int) (int, error) {
		for n := from; n < from+200; n++ {
			err := s.Write(time.Now(), func(tx *store.Tx) error { return tx.SetMeta(fmt.Sprint("fact ", n), make([]byte, bytes)) })
			if err != nil {
				return n, err
			}
		}
		return from + 200, nil
	}
	const most = 1 << 20
	s := open(most)
	n, err := fill(s, 0, 10<<10)
	if n > 100 || store.FaultOf(err) != store.Limit {
		t.Fatalf("%d facts, then fault %d: %v", n, store.FaultOf(err), err)
	}
	size, err := s.Size()
	if err != nil || size.Most != most || size.Used > most || size.Used < most/2 {
		t.Errorf("size %+v, %v", size, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(most)
	if value, err := s.Meta("fact 1"); err != nil || len(value) != 10<<10 {
		t.Errorf("after it: %d bytes, %v", len(value), err)
	}
	if err := s.Write(time.Now(), func(tx *store.Tx) error { return tx.SetMeta("fact 1", []byte("short")) }); err != nil {
		t.Errorf("nothing can be taken out: %v", err)
	}
	if _, err := fill(s, n, 4<<10); store.FaultOf(err) != store.Limit {
		t.Errorf("then fault %d: %v", store.FaultOf(err), err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(4 * most)
	if n, err = fill(s, n, 4<<10); err != nil {
		t.Errorf("with more room %d: %v", n, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
