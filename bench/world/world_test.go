package world

import (
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
)

var (
	seeds = flag.Int("seeds", seedsAsked(), "how many seeds to run; TOPICDESK_WORLD_SEEDS says it too")
	first = flag.Uint64("first", 1, "the first seed")
	only  = flag.String("plan", "", "one plan alone, with its whole trace: what a failure prints")
)

// seedsAsked is how many seeds a run plays if nobody says otherwise: few enough
// for every run of all tests.
func seedsAsked() int {
	if n, err := strconv.Atoi(os.Getenv("TOPICDESK_WORLD_SEEDS")); err == nil {
		return n
	}
	return 60
}

// TestWorld runs the relay through seeds. A failing one is made smaller, and
// the last steps of the smallest are printed.
func TestWorld(t *testing.T) {
	if *only != "" {
		playOnly(t)
		return
	}
	var sum Result
	for seed := *first; seed < *first+uint64(*seeds); seed++ {
		plan := Draw(seed, "")
		result, err := play(plan)
		if err != nil {
			fail(t, plan, err)
		}
		sum.Messages += result.Messages
		sum.Crashes += result.Crashes
		sum.Losses += result.Losses
		sum.Kills += result.Kills
		sum.Doubles += result.Doubles
	}
	t.Logf("%d seeds: %d messages, %d crashes, %d messages between actors lost, %d kills, %d possible doubles",
		*seeds, sum.Messages, sum.Crashes, sum.Losses, sum.Kills, sum.Doubles)
}

func playOnly(t *testing.T) {
	plan, err := ParsePlan(*only, "")
	if err != nil {
		t.Fatal(err)
	}
	plan.WholeTrace = true
	if result, err := play(plan); err != nil {
		t.Fatalf("%v\n%s", err, strings.Join(result.Trace, "\n"))
	}
}

func fail(t *testing.T, plan Plan, err error) {
	t.Helper()
	small := Shrink(plan, func(p Plan) bool {
		_, err := play(p)
		return err != nil
	})
	result, smallErr := play(small)
	t.Fatalf("seed %d: %v\nthe smallest plan that fails: %s\n%v\n%s\nagain, with every step: go test ./bench/world -run TestWorld -plan %q",
		plan.Seed, err, small, smallErr, strings.Join(last(result.Trace, 100), "\n"), small.String())
}

// play runs a plan in memory-backed files where the machine has them: nothing
// here depends on a disk, only on what the file says after a reopening.
func play(plan Plan) (result Result, err error) {
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
	plan.Dir = dir
	return Run(plan)
}

func shm() string {
	if _, err := os.Stat("/dev/shm"); err == nil {
		return "/dev/shm"
	}
	return ""
}

func last(lines []string, n int) []string { return lines[max(0, len(lines)-n):] }
