//go:build mutants

package mutants

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// testTime is more than any of the named tests needs.
const testTime = 3 * time.Minute

// loom makes test programs that have mutants in them, and runs those.
type loom struct {
	root, dir string            // of the module; for what it writes
	woven     string            // go's map to the tree with all mutants
	apart     map[string]string // the map of a mutant that needs its own, by name

	mu     sync.Mutex // one go command at a time: each takes all processors
	made   map[[2]string]program
	rights sync.Map // of a test without mutants: func() error by pkg, test and args
}

// program is the path of one, or why there is none.
type program struct {
	path string
	err  error
}

// newLoom weaves the mutants, each of which is found once in its file.
func newLoom(root, dir string, all []mutant) (*loom, error) {
	l := &loom{root: root, dir: dir, apart: map[string]string{}, made: map[[2]string]program{}}
	of := map[string][]mutant{}
	for _, m := range all {
		of[m.file] = append(of[m.file], m)
	}
	sources := map[string]string{}
	for file, of := range of {
		if err := l.weave(file, of, sources); err != nil {
			return nil, err
		}
	}
	var err error
	l.woven, err = l.overlay(sources)
	return l, err
}

// weave adds to sources what stands in the place of a file.
func (l *loom) weave(file string, of []mutant, sources map[string]string) error {
	source, err := os.ReadFile(filepath.Join(l.root, filepath.FromSlash(file)))
	if err != nil {
		return err
	}
	woven, apart, err := weave(file, string(source), of)
	if err != nil {
		return err
	}
	sources[file] = woven
	if sources[path.Join(path.Dir(file), "mutant_in_force.go")], err = chooser(file, string(source)); err != nil {
		return err
	}
	for _, m := range apart {
		if l.apart[m.name], err = l.overlay(map[string]string{file: m.in(string(source))}); err != nil {
			return err
		}
	}
	return nil
}

// overlay writes sources, by file of the module, beside the tree, and gives go's
// map to them.
func (l *loom) overlay(sources map[string]string) (string, error) {
	dir, err := os.MkdirTemp(l.dir, "overlay")
	if err != nil {
		return "", err
	}
	replace := map[string]string{}
	for file, source := range sources {
		to := filepath.Join(dir, fmt.Sprint(len(replace), ".go"))
		if err := os.WriteFile(to, []byte(source), 0o600); err != nil {
			return "", err
		}
		replace[filepath.Join(l.root, filepath.FromSlash(file))] = to
	}
	out, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	to := filepath.Join(dir, "overlay.json")
	return to, os.WriteFile(to, out, 0o600)
}

// program is the test program of a package with an overlay, compiled once.
func (l *loom) program(overlay, pkg string) (string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	p, ok := l.made[[2]string{overlay, pkg}]
	if !ok {
		p.path = filepath.Join(l.dir, fmt.Sprint(len(l.made), ".test"))
		// Without what only debuggers read, linking is faster.
		command := exec.Command("go", "test", "-c", "-vet=off", "-ldflags=-s -w", "-overlay", overlay, "-o", p.path, "./"+pkg)
		command.Dir = l.root
		if out, err := command.CombinedOutput(); err != nil {
			p.err = fmt.Errorf("%s does not compile: %w\n%s", pkg, err, tail(string(out)))
		}
		l.made[[2]string{overlay, pkg}] = p
	}
	return p.path, p.err
}

// right runs the named test without mutants, once for all mutants that name it.
func (l *loom) right(m mutant) error {
	run, _ := l.rights.LoadOrStore([3]string{m.pkg, m.test, m.args}, sync.OnceValue(func() error {
		program, err := l.program(l.woven, m.pkg)
		if err != nil {
			return err
		}
		if out, err := l.run(program, m); err != nil {
			return fmt.Errorf("%s fails without the mutant: %w\n%s", m.test, err, tail(out))
		}
		return nil
	}))
	return run.(func() error)()
}

// wrong runs the named test with the mutant; failed is false if it passed.
func (l *loom) wrong(m mutant) (output string, failed bool, err error) {
	overlay, apart := l.apart[m.name]
	if !apart {
		overlay = l.woven
	}
	program, err := l.program(overlay, m.pkg)
	if err != nil {
		return "", false, err
	}
	out, err := l.run(program, m, inForce+"="+m.name)
	return out, err != nil, nil
}

// run runs the named test as go test does.
func (l *loom) run(program string, m mutant, env ...string) (output string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), testTime+time.Minute)
	defer cancel()
	name := "^" + strings.ReplaceAll(m.test, "/", "$/^") + "$"
	args := append([]string{"-test.paniconexit0", "-test.failfast", "-test.run", name, "-test.timeout", testTime.String()}, strings.Fields(m.args)...)
	command := exec.CommandContext(ctx, program, args...)
	command.Dir = filepath.Join(l.root, filepath.FromSlash(m.pkg))
	command.Env = append(os.Environ(), env...)
	out, err := command.CombinedOutput()
	return string(out), err
}

func tail(out string) string { return out[max(0, len(out)-3000):] }
