//go:build mutants

package mutants

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestMutants runs the table. A named test is run without mutants first: one
// that fails anyway notices nothing.
func TestMutants(t *testing.T) {
	root := moduleRoot(t)
	all := slices.DeleteFunc(slices.Clone(table), func(m mutant) bool { return stale(t, root, m) })
	l, err := newLoom(root, t.TempDir(), all)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			if err := l.right(m); err != nil {
				t.Fatal(err)
			}
			out, failed, err := l.wrong(m)
			switch {
			case err != nil:
				t.Fatal(err)
			case !failed:
				t.Errorf("%s:\n- %s\n+ %s\nsurvived %s in %s", m.file, m.old, m.new, m.test, m.pkg)
			case !strings.Contains(out, "--- FAIL: "+m.test):
				t.Errorf("%s did not get as far as to fail:\n%s", m.test, tail(out))
			}
		})
	}
}

// stale fails the test if what a mutant changes is not there once any more.
func stale(t *testing.T, root string, m mutant) bool {
	t.Helper()
	source, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(m.file)))
	if err != nil {
		t.Errorf("%s: %v", m.name, err)
		return true
	}
	if n := strings.Count(string(source), m.old); n != 1 {
		t.Errorf("%s: %s has %d times %q, not once: mend the table", m.name, m.file, n, m.old)
		return true
	}
	return false
}

// moduleRoot is where go.mod is.
func moduleRoot(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if filepath.Dir(dir) == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
}
