package backup

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"topicdesk/actors/disk"
	"topicdesk/tenants"
	"topicdesk/tenants/store"
)

// values are the parameters in a tenant's file that nobody has open.
func values(t *testing.T, path string) []tenants.Value {
	t.Helper()
	file, err := store.Open(path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	all, err := file.Params()
	if err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestPrepareOverAnother: the log that an interrupted restoration of another copy has
// left is not taken for that of the next copy.
func TestPrepareOverAnother(t *testing.T) {
	folder := t.TempDir()
	other, from, to := filepath.Join(folder, "other"), filepath.Join(folder, "copy"), filepath.Join(folder, "a.db")+disk.PartialEnd
	file, err := store.Open(other, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := file.Backup(from); err != nil {
		t.Fatal(err)
	}
	err = file.Write(time.Now(), func(tx *store.Tx) error { return tx.SetParam(tenants.Value{Name: "WELCOME", Value: "of another"}) })
	if err != nil {
		t.Fatal(err)
	}
	log, err := os.ReadFile(other + "-wal") // as of a process that was killed
	if err != nil || len(log) == 0 {
		t.Fatalf("%d bytes %v", len(log), err)
	}
	if err := os.WriteFile(to+"-wal", log, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := prepare(from, to, time.Now()); err != nil {
		t.Fatal(err)
	}
	if found := values(t, to); len(found) != 0 {
		t.Errorf("it has %v", found)
	}
	if left, _ := filepath.Glob(to + "-*"); len(left) != 0 {
		t.Errorf("left: %q", left)
	}
}
