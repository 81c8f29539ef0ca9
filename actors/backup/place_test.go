package backup

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"topicdesk/actors/disk"
)

// tree is what a folder holds, by path below it.
type tree map[string]string

// at writes it into a folder.
func (t tree) at(test *testing.T, folder string) {
	test.Helper()
	for name, text := range t {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			test.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			test.Fatal(err)
		}
	}
}

// treeOf reads a folder, but for its lock.
func treeOf(test *testing.T, folder string) tree {
	test.Helper()
	found := tree{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == "lock" {
			return err
		}
		text, err := os.ReadFile(path)
		found[strings.TrimPrefix(path, folder+"/")] = string(text)
		return err
	})
	if err != nil {
		test.Fatal(err)
	}
	return found
}

// below is a tree in a folder of another.
func (t tree) below(folder string) tree {
	found := tree{}
	for name, text := range t {
		found[filepath.Join(folder, name)] = text
	}
	return found
}

func plus(a, b tree) tree {
	sum := maps.Clone(a)
	maps.Copy(sum, b)
	return sum
}

// cut does the first steps, twice, as if the process had been killed there and again in
// the same place.
func cut(t *testing.T, steps []step, after int) {
	t.Helper()
	for range 2 {
		if err := do(steps[:after]); err != nil {
			t.Fatal(err)
		}
	}
}

// TestWholeIsFinished: wherever putting a restored data directory in place is cut, the
// next one who takes it finds all of the new, and all of the old beside it.
func TestWholeIsFinished(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	fresh := tree{"registry.db": "new registry", "tenants/a.db": "new a", "tenants/b.db": "new b"}
	for name, old := range map[string]tree{
		"an empty folder": {},
		"killed":          {"registry.db": "old", "registry.db-wal": "old log", "registry.db-shm": "old memory", "tenants/a.db": "old a", "tenants/a.db-wal": "old log of a", "tenants/c.db": "old c"},
		"stopped":         {"registry.db": "old", "tenants/a.db": "old a"},
	} {
		t.Run(name, func(t *testing.T) {
			for after := range len(wholeSteps("", "")) + 1 {
				dir := t.TempDir()
				old.at(t, dir)
				fresh.at(t, filepath.Join(dir, readyName, freshName))
				before := beforeIn(dir, now)
				cut(t, wholeSteps(dir, before), after)
				if _, err := Finish(dir, now); err != nil {
					t.Fatalf("after %d steps: %v", after, err)
				}
				want := plus(fresh, old.below(filepath.Base(before)))
				if got := treeOf(t, dir); !maps.Equal(got, want) {
					t.Errorf("after %d steps:\n got %q\nwant %q", after, got, want)
				}
				if left, err := Unfinished(dir); len(left) != 0 || err != nil {
					t.Errorf("after %d steps is left: %q %v", after, left, err)
				}
			}
		})
	}
}

// TestTenantIsFinished: the same of one tenant. Others' files stay as they are.
func TestTenantIsFinished(t *testing.T) {
	const ready = "tenants/a.db" + readyPart + "20270115-080000.000"
	old := tree{"": "old a", "-wal": "old log", "-shm": "old memory"}
	for after := range len(tenantSteps("")) + 1 {
		dir, want := t.TempDir(), tree{"tenants/a.db": "new a", "tenants/b.db": "b", "registry.db": "registry"}
		plus(want, tree{ready: "new a"}).at(t, dir)
		for end, text := range old {
			tree{"tenants/a.db" + end: text}.at(t, dir)
			want["tenants/a.db.before-20270115-080000.000"+end] = text
		}
		cut(t, tenantSteps(filepath.Join(dir, ready)), after)
		if _, err := Finish(dir, time.Now()); err != nil {
			t.Fatalf("after %d steps: %v", after, err)
		}
		if got := treeOf(t, dir); !maps.Equal(got, want) {
			t.Errorf("after %d steps:\n got %q\nwant %q", after, got, want)
		}
	}
}

// TestPreparedIsNotReady: what was being prepared when a restoration was cut is not put
// in place by anybody.
func TestPreparedIsNotReady(t *testing.T) {
	dir := t.TempDir()
	there := tree{"registry.db": "old", "tenants/a.db": "old a", "tenants/a.db" + disk.PartialEnd: "half", stageName + "/" + freshName + "/registry.db": "half"}
	there.at(t, dir)
	if names, err := Finish(dir, time.Now()); len(names) != 0 || err != nil {
		t.Errorf("%q %v", names, err)
	}
	if got := treeOf(t, dir); !maps.Equal(got, there) {
		t.Errorf("%q", got)
	}
}
