package node_test

import (
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

// standing is what a process holds.
type standing struct {
	goroutines, files int
}

// stands counts the goroutines of the test's bubble: outside of it others come and go,
// what an earlier test closed and the runtime's own, which run finalizers.
func stands(t *testing.T) (s standing, stacks string) {
	t.Helper()
	synctest.Wait()
	files, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	all := make([]byte, 1<<20)
	for _, stack := range strings.Split(string(all[:runtime.Stack(all, true)]), "\n\n") {
		if head, _, _ := strings.Cut(stack, "\n"); strings.Contains(head, "synctest bubble") {
			stacks += stack + "\n\n"
			s.goroutines++
		}
	}
	s.files = len(files)
	return s, stacks
}

// TestCycles: falling asleep and waking leaves nothing behind: no goroutine and no open
// file.
func TestCycles(t *testing.T) {
	const cycles = 40
	defer goleak.VerifyNone(t)
	synctest.Test(t, func(t *testing.T) {
		d, _ := sleeping(t)
		cycle := func(n int) {
			for range n {
				if _, err := d.node.Wake(d.id); err != nil {
					t.Fatal(err)
				}
				d.pass(time.Second)
				if d.node.Tenant(d.id).IsZero() {
					t.Fatal("it did not wake")
				}
				d.pass(3 * time.Minute)
				d.wantAsleep("after three minutes")
			}
		}
		cycle(5) // what is made once is made
		before, had := stands(t)
		if before.goroutines == 0 {
			t.Fatal("no goroutine is known by its bubble")
		}
		cycle(cycles)
		if after, has := stands(t); after != before {
			t.Errorf("before %+v, after %+v\n%s\n---\n%s", before, after, had, has)
		}
		d.stop()
	})
}
