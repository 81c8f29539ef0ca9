package node_test

import (
	"os"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

// standing is what a process holds.
type standing struct {
	goroutines, files int
}

func stands(t *testing.T) standing {
	t.Helper()
	synctest.Wait()
	files, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return standing{runtime.NumGoroutine(), len(files)}
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
		before := stands(t)
		cycle(cycles)
		if after := stands(t); after != before {
			t.Errorf("before %+v, after %+v", before, after)
		}
		d.stop()
	})
}
