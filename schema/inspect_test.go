package schema

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// TestInspect: kind and version are found without SQLite.
func TestInspect(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	c := open(t, path)
	if err := Up(c, Tenant); err != nil {
		t.Fatal(err)
	}
	if version, err := Inspect(path, Tenant); err != nil || version != Version(Tenant) {
		t.Error(version, err)
	}
	if _, err := Inspect(path, Registry); !errors.Is(err, ErrForeign) {
		t.Error("the other kind:", err)
	}
	run(t, c, "PRAGMA user_version = 10000")
	if _, err := Inspect(path, Tenant); !errors.Is(err, ErrNewer) {
		t.Error("newer:", err)
	}
	short := filepath.Join(t.TempDir(), "b.db")
	if err := os.WriteFile(short, []byte("SQLite format 3\x00"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Inspect(short, Tenant); !errors.Is(err, ErrForeign) {
		t.Error("short:", err)
	}
}
