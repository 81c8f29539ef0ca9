package node_test

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

// TestMissingFile: a tenant whose file is gone is not made anew, empty: it stays closed,
// says why, and what has come for it waits until the file is there again.
func TestMissingFile(t *testing.T) {
	defer goleak.VerifyNone(t)
	synctest.Test(t, func(t *testing.T) {
		d, _ := sleeping(t)
		path := d.registry.TenantPath(d.id)
		d.must(os.Rename(path, path+".moved"))
		d.says(d.client, d.bot, 0, "is anybody there?")
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("it has a file again: %v", err)
		}
		if state := d.node.State(d.id); !strings.Contains(state, "missing") {
			t.Errorf("its state is %q", state)
		}
		if n := len(d.told.with("missing")); n != 1 {
			t.Errorf("the host is told %q", d.told.lines)
		}
		d.must(d.node.Replace(t.Context(), d.id, func() error { return os.Rename(path+".moved", path) }))
		d.pass(10 * time.Second)
		id, _ := d.topic()
		if !d.sees(d.admin, d.forum, id, "is anybody there?") {
			t.Error("the message is not in the topic")
		}
		d.stop()
	})
}
