package world

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

var (
	seeds = flag.Int("seeds", seedsAsked(), "how many seeds to run; TOPICDESK_WORLD_SEEDS says it too")
	lasts = flag.Duration("for", timeAsked(), "how long to run, whatever -seeds says; TOPICDESK_WORLD_FOR says it too")
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

// timeAsked is how long a run plays; 0 = a number of seeds.
func timeAsked() time.Duration {
	d, err := time.ParseDuration(os.Getenv("TOPICDESK_WORLD_FOR"))
	if err != nil {
		return 0
	}
	return d
}

// TestWorld runs the relay through seeds, on all cores. A failing one is made
// smaller, and what happened in the smallest is printed.
func TestWorld(t *testing.T) {
	if *only != "" {
		playOnly(t)
		return
	}
	c := campaign{next: *first, begun: time.Now()}
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(c.work)
	}
	all.Wait()
	t.Logf("seeds %d to %d: %s", *first, c.next-1, c.sum.String())
	if c.fault != nil {
		fail(t, Draw(c.bad, ""), c.fault)
	}
}

// campaign is a run through many seeds.
type campaign struct {
	mu    sync.Mutex
	next  uint64 // seed
	sum   tally
	begun time.Time
	told  time.Time
	bad   uint64 // the seed of the fault
	fault error  // the first
}

func (c *campaign) work() {
	for {
		seed, more := c.take()
		if !more {
			return
		}
		result, err := play(Draw(seed, ""))
		c.mu.Lock()
		c.sum.add(result.tally)
		if err != nil && c.fault == nil {
			c.bad, c.fault = seed, err
		}
		c.mu.Unlock()
	}
}

// progress is how often a long run tells how far it is.
const progress = 30 * time.Second

func (c *campaign) take() (uint64, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	over := c.next >= *first+uint64(*seeds)
	if *lasts > 0 {
		over = time.Since(c.begun) > *lasts
	}
	if over || c.fault != nil {
		return 0, false
	}
	if c.told.IsZero() {
		c.told = c.begun
	}
	if time.Since(c.told) > progress {
		c.told = time.Now()
		fmt.Printf("%s: seed %d, %.0f worlds/s, %d messages, %d processes ended\n", time.Since(c.begun).Round(time.Second), c.next,
			float64(c.sum.Seeds)/time.Since(c.begun).Seconds(), c.sum.Messages+c.sum.Answers, c.sum.Ends)
	}
	c.next++
	return c.next - 1, true
}

func playOnly(t *testing.T) {
	plan, err := ParsePlan(*only, "")
	if err != nil {
		t.Fatal(err)
	}
	plan.WholeTrace = testing.Verbose()
	if result, err := play(plan); err != nil {
		t.Fatalf("%s\n%v", strings.Join(result.Story, "\n"), err)
	}
}

// shrinking is how long a failing plan is made smaller.
const shrinking = time.Minute

func fail(t *testing.T, plan Plan, err error) {
	t.Helper()
	tries, begun := 0, time.Now()
	small := Shrink(plan, func(p Plan) bool {
		if time.Since(begun) > shrinking {
			return false
		}
		tries++
		_, now := play(p)
		return alike(err, now)
	})
	result, smallErr := play(small)
	t.Fatalf("what happened in the smallest plan that fails:\n%s\n\nseed %d: %v\nof %d events %d are left after %d tries: %v\nagain: go test ./bench/world -run '^TestWorld$' -plan %q\nwith every step of every actor: -v",
		strings.Join(result.Story, "\n"), plan.Seed, err, len(plan.Events), len(small.Events), tries, smallErr, small.String())
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
