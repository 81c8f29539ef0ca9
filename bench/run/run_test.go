package run

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// roleVariable makes the test's own program one of a run's processes.
const roleVariable = "BENCH_RUN_TEST_ROLE"

func TestMain(m *testing.M) {
	var err error
	switch os.Getenv(roleVariable) {
	case "":
		os.Exit(m.Run())
	case "floor":
		err = Floor(os.Stdin)
	case "simulator":
		err = Simulated(os.Stdin, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// tiny is over in a few seconds.
const tiny = `
seed: 1
tenants: 2
topics: 2
from_clients: 0.5
text_bytes: 40
steady: {rate: 50, for: 3s}
saturated: {in_flight: 8, rounds: 1, for: 1s}
relay: {limits: {group_tokens: 0, private_per_second: 0, login_per_second: 0}}
simulator: {profile: unlimited}
bars:
  - {figure: relay_latency_p50_ms, at_most: 10000}
  - {figure: floor_ratio, at_least: 100}
`

// TestRun runs a tiny scenario with real processes, and computes its figures
// again from the history.
func TestRun(t *testing.T) {
	plan, err := Read("tiny", strings.NewReader(tiny))
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(roleVariable, "floor")
	dir := t.TempDir()
	program := buildRelay(t, dir)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var history bytes.Buffer
	r, err := Run(ctx, plan, Options{Relay: program, Floor: []string{os.Args[0]}, Dir: dir, Commit: "test", History: &history})
	if err != nil {
		t.Fatal(err)
	}
	if r.Passed || r.Bars["floor_ratio"] != 100 || r.Bars["relay_latency_p50_ms"] != 10000 {
		t.Errorf("passed %v with the bars %v: nobody is a hundred times as fast as the floor", r.Passed, r.Bars)
	}
	checkFigures(t, r.Figures, recount(t, &history, plan.(*Scenario)))
	if left, err := filepath.Glob(filepath.Join(dir, "bench-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// buildRelay builds the relay into dir.
func buildRelay(t *testing.T, dir string) (program string) {
	t.Helper()
	program = filepath.Join(dir, "topicdesk")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "topicdesk/cmd/topicdesk").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

// checkFigures compares what Run tells with what the history tells, and with
// what every relay that stores its messages must need.
func checkFigures(t *testing.T, told, counted map[string]float64) {
	t.Helper()
	for name, want := range counted {
		if got := told[name]; got < want*0.999 || got > want*1.001 {
			t.Errorf("%s is %v, the history says %v", name, got, want)
		}
	}
	for _, name := range []string{"sync_p50_ms", "cpu_ms_per_msg", "rss_mib"} {
		if told[name] <= 0 {
			t.Errorf("%s is %v", name, told[name])
		}
	}
	if commits := told["commits_per_msg"]; commits < 1.2 || commits > 4 {
		t.Errorf("%v commits a message: one is before its try and one after, fewer only where they are shared", commits)
	}
	if told["relay_latency_p50_ms"] < told["sync_p50_ms"]/2 {
		t.Errorf("relayed within %v ms, with syncs of %v ms: faster than it can be durable", told["relay_latency_p50_ms"], told["sync_p50_ms"])
	}
}

// recount computes figures from nothing but the history.
func recount(t *testing.T, history *bytes.Buffer, s *Scenario) map[string]float64 {
	t.Helper()
	phase, spentBefore, spentAfter := "", 0.0, 0.0
	starts := map[string]time.Time{}
	phases, written := map[int]string{}, map[int]time.Time{}
	arrived := map[string]int{}
	var relayed []time.Duration
	lines := bufio.NewScanner(history)
	for lines.Scan() {
		var l line
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatalf("%v: %s", err, lines.Bytes())
		}
		switch l.Event {
		case "phase":
			phase, starts[l.Phase] = l.Phase, l.At
		case "spent":
			switch phase {
			case "meet":
				spentBefore = l.Commits
			case "steady":
				spentAfter = l.Commits
			}
		case "said":
			phases[l.N] = phase
		case "written":
			written[l.N] = l.At
		case "read":
			if phases[l.N] == "steady" {
				relayed = append(relayed, l.At.Sub(written[l.N]))
			}
		case "answered":
			whole := s.Saturated.For
			from := starts[phase].Add(time.Duration(rampUp * float64(whole)))
			if l.At.After(from) && l.At.Before(starts[phase].Add(whole)) {
				arrived[phase]++
			}
		}
	}
	seconds := s.Saturated.For.Seconds() * (1 - rampUp)
	if len(relayed) < 50 {
		t.Fatalf("only %d messages in three seconds of fifty a second", len(relayed))
	}
	counted := map[string]float64{
		"relay_latency_p50_ms": quantile(relayed, 0.5),
		"relay_latency_p99_ms": quantile(relayed, 0.99),
		"commits_per_msg":      (spentAfter - spentBefore) / float64(len(relayed)),
	}
	for name, phase := range map[string]string{"throughput_msgs_per_s": "relay", "floor_msgs_per_s": "floor"} {
		counted[name] = float64(arrived[phase]) / seconds
	}
	return counted
}
