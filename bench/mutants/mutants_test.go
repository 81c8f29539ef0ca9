//go:build mutants

package mutants

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// testTime is more than any of the named tests needs.
const testTime = 3 * time.Minute

// TestMutants runs the table. A named test is run without its mutant first: one
// that fails anyway notices nothing.
func TestMutants(t *testing.T) {
	root := moduleRoot(t)
	for _, m := range slices.Concat(table, fleet) {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			overlay := m.overlay(t, root)
			if out, err := m.run(t, root, ""); err != nil {
				t.Fatalf("%s fails without the mutant:\n%s", m.test, tail(out))
			}
			out, err := m.run(t, root, overlay)
			switch {
			case err == nil:
				t.Errorf("%s:\n- %s\n+ %s\nsurvived %s in %s", m.file, m.old, m.new, m.test, m.pkg)
			case !strings.Contains(out, "--- FAIL: "+m.test):
				t.Errorf("%s did not get as far as to fail:\n%s", m.test, tail(out))
			}
		})
	}
}

// overlay writes the mutant beside the tree and gives go's map to it.
func (m mutant) overlay(t *testing.T, root string) string {
	t.Helper()
	original := filepath.Join(root, filepath.FromSlash(m.file))
	source, err := os.ReadFile(original)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(source), m.old); n != 1 {
		t.Fatalf("%s has %d times %q, not once: mend the table", m.file, n, m.old)
	}
	dir := t.TempDir()
	mutated := filepath.Join(dir, "mutant.go")
	if err := os.WriteFile(mutated, []byte(strings.Replace(string(source), m.old, m.new, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	replace, err := json.Marshal(map[string]any{"Replace": map[string]string{original: mutated}})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(file, replace, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// run runs the named test, with the mutant if there is an overlay.
func (m mutant) run(t *testing.T, root, overlay string) (output string, err error) {
	t.Helper()
	args := []string{"test", "-vet=off", "-run", "^" + m.test + "$", "-timeout", testTime.String()}
	if overlay != "" {
		args = append(args, "-overlay", overlay, "-count=1")
	}
	args = append(args, "./"+m.pkg)
	args = append(args, strings.Fields(m.args)...)
	ctx, cancel := context.WithTimeout(context.Background(), testTime+time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, "go", args...)
	command.Dir = root
	out, err := command.CombinedOutput()
	return string(out), err
}

func tail(out string) string { return out[max(0, len(out)-3000):] }

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
