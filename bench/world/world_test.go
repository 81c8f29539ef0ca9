package world

import (
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"testing"
)

var (
	seeds = flag.Int("seeds", 60, "how many seeds to run")
	first = flag.Uint64("first", 1, "the first seed")
	only  = flag.Uint64("only", 0, "one seed alone, with its whole trace")
)

// TestWorld runs the relay through seeds. A failing one prints its last steps;
// run it alone with -only.
func TestWorld(t *testing.T) {
	from, to := *first, *first+uint64(*seeds)
	if *only != 0 {
		from, to = *only, *only+1
	}
	var sum Result
	for seed := from; seed < to; seed++ {
		result, err := runSeed(seed)
		if err != nil {
			t.Fatalf("seed %d: %v\n%s\nagain: go test ./bench/world -run TestWorld -only %d", seed, err,
				strings.Join(last(result.Trace, traceShown()), "\n"), seed)
		}
		sum.Messages += result.Messages
		sum.Crashes += result.Crashes
		sum.Losses += result.Losses
		sum.Kills += result.Kills
		sum.Doubles += result.Doubles
	}
	t.Logf("%d seeds: %d messages, %d crashes, %d messages between actors lost, %d kills, %d possible doubles",
		to-from, sum.Messages, sum.Crashes, sum.Losses, sum.Kills, sum.Doubles)
}

// runSeed runs in memory-backed files where the machine has them: nothing here
// depends on a disk, only on what the file says after a reopening.
func runSeed(seed uint64) (result Result, err error) {
	dir, err := os.MkdirTemp(shm(), "topicdesk-world-")
	if err != nil {
		return Result{}, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	plan := Draw(seed, dir)
	plan.WholeTrace = *only != 0
	return Run(plan)
}

func shm() string {
	if _, err := os.Stat("/dev/shm"); err == nil {
		return "/dev/shm"
	}
	return ""
}

// traceShown is how much of a failing seed's trace is printed.
func traceShown() int {
	if *only != 0 {
		return 1 << 20
	}
	return 60
}

func last(lines []string, n int) []string { return lines[max(0, len(lines)-n):] }
