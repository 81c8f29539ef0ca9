package store_test

import (
	"errors"
	"path/filepath"
	"testing"

	"topicdesk/tenants/store"
)

// TestCommitted counts what costs a sync: a Write that only looks, or finds
// nothing to change, is none, nor is one that failed.
func TestCommitted(t *testing.T) {
	commits := 0
	s := must(store.Open(filepath.Join(t.TempDir(), "acme.db"), store.Options{Committed: func() { commits++ }}))
	defer s.Close()
	failed := errors.New("failed")
	for _, test := range []struct {
		name string
		do   func(*store.Tx) error
		want int
	}{
		{"two changes", func(tx *store.Tx) error {
			return errors.Join(tx.SetMeta("a", []byte("1")), tx.SetMeta("b", []byte("2")))
		}, 1},
		{"a look after a change", func(tx *store.Tx) error { _, err := tx.Meta("a"); return err }, 0},
		{"nothing to delete", func(tx *store.Tx) error { return tx.TakeAside(1, 1) }, 0},
		{"a failure", func(tx *store.Tx) error { return errors.Join(tx.SetMeta("a", []byte("3")), failed) }, 0},
		{"a change again", func(tx *store.Tx) error { return tx.SetMeta("a", []byte("4")) }, 1},
	} {
		commits = 0
		if err := s.Write(start, test.do); err != nil && !errors.Is(err, failed) {
			t.Fatal(err)
		}
		if commits != test.want {
			t.Errorf("%s: %d commits, want %d", test.name, commits, test.want)
		}
	}
}
