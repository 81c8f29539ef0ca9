package run

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime"
	"strings"
)

// machine tells in a line on what was measured.
func machine(dir string) (string, error) {
	kind, err := diskOf(dir)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d × %s, %s %s, %s, %s", runtime.NumCPU(), field("/proc/cpuinfo", "model name", runtime.GOARCH),
		runtime.GOOS, firstLine("/proc/sys/kernel/osrelease"), kind, runtime.Version()), nil
}

// InMemory tells that a folder's file system is kept in memory, where syncing
// costs nothing.
func InMemory(dir string) (bool, error) {
	kind, err := diskOf(dir)
	return kind == memoryDisk, err
}

// memoryDisk is the name of file systems in memory.
const memoryDisk = "tmpfs"

// field is the first value of a name in a file of "name : value" lines.
func field(file, name, otherwise string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return otherwise
	}
	for line := range strings.Lines(string(text)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == name {
			return strings.Join(strings.Fields(value), " ")
		}
	}
	return otherwise
}

func firstLine(file string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	line, _, _ := strings.Cut(string(text), "\n")
	return line
}

// profile takes a CPU profile of the relay if one is wanted. The function that
// it gives waits for the profile and hands it over; called once.
func (b *bench) profile(ctx context.Context) func() error {
	if b.Profile == nil {
		return func() error { return nil }
	}
	within, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- b.takeProfile(within) }()
	return func() error {
		defer cancel()
		return <-ended
	}
}

func (b *bench) takeProfile(ctx context.Context) error {
	seconds := max(1, int(b.scenario.Saturated.For.Seconds()))
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("%s/debug/pprof/profile?seconds=%d", b.relay.debug, seconds), nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("profile the relay: %w", err)
	}
	defer answer.Body.Close()
	_, err = io.Copy(b.Profile, answer.Body)
	return err
}
