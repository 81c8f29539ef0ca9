//go:build foreign

package clients

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"
)

// installed makes sure that node_modules is what package-lock.json says. npm
// leaves a lock file of its own there, newer than the one that it obeyed.
var installed = sync.OnceValues(func() ([]byte, error) {
	done, err := os.Stat("node/node_modules/.package-lock.json")
	lock, missing := os.Stat("node/package-lock.json")
	if err == nil && missing == nil && !done.ModTime().Before(lock.ModTime()) {
		return nil, nil
	}
	npm := exec.Command("npm", "ci")
	npm.Dir = "node"
	return npm.CombinedOutput()
})

// node runs one of the programs in folder node.
func node(program string) runner {
	return func(t *testing.T, c config, tell func(string)) (stop, kill func()) {
		t.Helper()
		if out, err := installed(); err != nil {
			t.Fatalf("npm ci: %v\n%s", err, out)
		}
		desk, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("node", program)
		cmd.Dir = "node"
		cmd.Env = append(os.Environ(), "DESK="+string(desk))
		var trouble bytes.Buffer
		cmd.Stderr = &trouble
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		var read sync.WaitGroup
		read.Go(func() {
			for lines := bufio.NewScanner(out); lines.Scan(); {
				tell(lines.Text())
			}
		})
		var ended sync.Once
		stop = once(t, func() {
			ended.Do(func() {
				_ = cmd.Process.Signal(syscall.SIGTERM)
				killer := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
				defer killer.Stop()
				read.Wait()
				if err := cmd.Wait(); err != nil {
					t.Errorf("%s: %v\n%s", program, err, trouble.Bytes())
				}
			})
		})
		return stop, func() {
			ended.Do(func() {
				_ = cmd.Process.Kill()
				read.Wait()
				_ = cmd.Wait() // it says that it was killed
			})
		}
	}
}
