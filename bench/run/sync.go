package run

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

const (
	// syncEvery is the pause between two appends: often enough for a p99, too
	// seldom to be a load.
	syncEvery = 50 * time.Millisecond
	// syncBytes is a page of SQLite's.
	syncBytes = 4096
)

// syncMeter appends pages to a file beside the relay's data and times a plain
// fdatasync of each.
type syncMeter struct {
	stop context.CancelFunc
	done sync.WaitGroup

	took []timed
	err  error
}

func startSyncMeter(dir string) *syncMeter {
	ctx, cancel := context.WithCancel(context.Background())
	m := &syncMeter{stop: cancel}
	m.done.Go(func() { m.err = m.run(ctx, filepath.Join(dir, "sync")) })
	return m
}

func (m *syncMeter) run(ctx context.Context, name string) (err error) {
	file, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("measure fdatasync: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close(), os.Remove(name)) }()
	page := make([]byte, syncBytes)
	for {
		if _, err := file.Write(page); err != nil {
			return fmt.Errorf("measure fdatasync: %w", err)
		}
		begin := time.Now()
		if err := fdatasync(file); err != nil {
			return fmt.Errorf("measure fdatasync: %w", err)
		}
		end := time.Now()
		m.took = append(m.took, timed{end, end.Sub(begin)})
		if sleep(ctx, syncEvery) != nil {
			return nil
		}
	}
}

// end stops the meter and gives what the syncs took.
func (m *syncMeter) end() ([]timed, error) {
	m.stop()
	m.done.Wait()
	return m.took, m.err
}

// timed is one sync: when it ended and how long it took.
type timed struct {
	at   time.Time
	took time.Duration
}
