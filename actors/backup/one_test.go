package backup

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"topicdesk/actors/disk"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

// anybody owns every file.
type anybody struct{}

func (anybody) Owns(store.Connection) error        { return nil }
func (anybody) Claim(tenants.ChatID) (bool, error) { return false, nil }

// copyThat makes a tenant's file that nobody has open, with a welcome of its own.
func copyThat(t *testing.T, path, welcome string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	file, err := store.Open(path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = file.Write(time.Now(), func(tx *store.Tx) error { return tx.SetParam(tenants.Value{Name: "WELCOME", Value: welcome}) })
	if err := errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// atOnceClosed is a file that nobody has open.
func atOnceClosed(swap func() error) error { return swap() }

// TestRestoreThatFails: as long as nothing is ready a failure leaves all as it was.
func TestRestoreThatFails(t *testing.T) {
	dir := t.TempDir()
	place := copyThat(t, registry.FileOf(dir, "a"), "old")
	busy := errors.New("busy")
	_, err := RestoreTenant(copyThat(t, filepath.Join(t.TempDir(), "copy"), "new"), place, anybody{}, func(func() error) error { return busy })
	if !errors.Is(err, busy) {
		t.Errorf("error %v", err)
	}
	if left := treeOf(t, dir); len(left) != 1 || values(t, place)[0].Value != "old" {
		t.Errorf("%d files", len(left))
	}
}

// TestRestoreAfterAFailure: wherever one failed, the next restoration counts, nothing
// is left to do of the first, and what was there before it is kept. Another's is left alone.
func TestRestoreAfterAFailure(t *testing.T) {
	for after := range len(tenantSteps("")) {
		dir := t.TempDir()
		place := copyThat(t, registry.FileOf(dir, "a"), "old")
		first := copyThat(t, place+readyPart+"20270115-080000.000", "first")
		theirs := copyThat(t, registry.FileOf(dir, "aa")+readyPart+"20270115-080000.000", "of another")
		if err := do(tenantSteps(first)[:after]); err != nil {
			t.Fatal(err)
		}
		from := copyThat(t, filepath.Join(t.TempDir(), "copy"), "second")
		if _, err := RestoreTenant(from, place, anybody{}, atOnceClosed); err != nil {
			t.Fatalf("after %d steps: %v", after, err)
		}
		if left, err := Unfinished(dir); err != nil || len(left) != 1 {
			t.Errorf("after %d steps is left: %q %v", after, left, err)
		}
		kept := place + "." + beforePart + "20270115-080000.000"
		for path, want := range map[string]string{place: "second", kept: "old", theirs: "of another"} {
			if there, err := disk.Exists(path); err != nil || !there {
				t.Fatalf("after %d steps there is no %s: %v", after, path, err)
			}
			if got := values(t, path); len(got) != 1 || got[0].Value != want {
				t.Errorf("after %d steps %s says %v, want %s", after, path, got, want)
			}
		}
	}
}
