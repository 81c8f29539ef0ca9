package run

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Node is a relay that somebody else starts, where and how they like. Its memory,
// processor time and files are what it tells by its counters.
type Node struct {
	// Dir gets its data and its settings, to be brought to where it runs; it is made,
	// and must be empty.
	Dir string
	// Host is where it runs, as this process reaches it; Here is this machine, as the
	// relay reaches it. Names or addresses without a port.
	Host, Here string
}

// Ports of a Node: where it tells its counters, and where it takes webhooks.
const (
	nodeDebugPort = "6060"
	nodeHooksPort = "8080"
)

// awaitedFor is how long somebody may take to start a Node.
const awaitedFor = 30 * time.Minute

// claim makes the folder.
func (n *Node) claim() error {
	if err := os.MkdirAll(n.Dir, 0o700); err != nil {
		return err
	}
	entries, err := os.ReadDir(n.Dir)
	if err == nil && len(entries) > 0 {
		err = fmt.Errorf("%s is not empty", n.Dir)
	}
	return err
}

// await asks for the relay and waits until it tells its counters.
func (r *relay) await(ctx context.Context, tell func(string)) error {
	tell(fmt.Sprintf("start the relay now, in %s or a copy of it: topicdesk --config %s serve", r.dir, filepath.Base(r.file)))
	if err := until(ctx, awaitedFor, "the relay tells its counters at "+r.debug, func() (bool, error) {
		_, err := r.counters(ctx)
		return err == nil, err
	}); err != nil {
		return err
	}
	seconds, err := r.told("process_start_time_seconds")
	r.launched = time.UnixMilli(int64(seconds * 1000))
	return err
}

// told is one of the relay's counters.
func (r *relay) told(name string) (float64, error) {
	all, err := r.counters(context.Background())
	if err != nil {
		return 0, err
	}
	value, ok := all[name]
	if !ok {
		return 0, errors.New("the relay does not tell " + name)
	}
	return value, nil
}

// rss is the relay's memory in MiB.
func (r *relay) rss() (float64, error) {
	if r.process != nil {
		return r.process.rss()
	}
	bytes, err := r.told("process_resident_memory_bytes")
	return bytes / (1 << 20), err
}

// cpu is the processor time that the relay has used.
func (r *relay) cpu() (time.Duration, error) {
	if r.process != nil {
		return r.process.cpu()
	}
	seconds, err := r.told("process_cpu_seconds_total")
	return time.Duration(seconds * float64(time.Second)), err
}

// openFiles is how many descriptors the relay has open, and how many tenants' files.
func (r *relay) openFiles() (all, databases int, err error) {
	if r.process != nil {
		return r.process.openFiles(dataIn(r.dir))
	}
	files, err := r.told("process_open_fds")
	if err != nil {
		return 0, 0, err
	}
	tenants, err := r.told("topicdesk_open_files")
	return int(files), int(tenants), err
}

// died gives the end of the relay, if this process would know of it.
func (r *relay) died() <-chan error {
	if r.process == nil {
		return nil
	}
	return r.ended
}
