package run

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// tinyCrew is what the tiny scenarios with many tenants have in common.
const tinyCrew = `
seed: 1
from_clients: 0.5
text_bytes: 40
relay: {limits: {group_tokens: 0, private_per_second: 0, login_per_second: 0, idle_close: 1s}}
simulator: {profile: unlimited}
`

// fleetScenarios are over in a few seconds.
var fleetScenarios = map[string]struct{ text, want string }{
	"webhooks": {`
kind: fleet
tenants: 20
chats: 200
receive: webhook
wake: {tenants: 10, rate: 50}
active: {tenants: 5, rate: 4, for: 1s}
rest: 200ms
compare: true
bars: [{figure: start_s, at_most: 100}, {figure: idle_rss_mib, at_most: 1}]
`, "start_s reached=20 fresh_rss_mib open_at_wake=0 wake_messages=10 wake_p50_ms wake_p99_ms wake_sync_p50_ms wake_sync_p99_ms active_1pct_messages " +
		"active_1pct_p50_ms active_1pct_p99_ms active_1pct_sync_p50_ms active_1pct_sync_p99_ms idle_cpu_ms_per_s idle_open_files idle_rss_mib " +
		"idle_rss_without_mib chats_rss_ratio"},
	"polling": {`
kind: fleet
tenants: 20
receive: polling
wake: {tenants: 10, rate: 50}
rest: 200ms
`, "start_s reached=20 fresh_rss_mib open_at_wake=0 wake_messages=10 wake_p50_ms wake_p99_ms wake_sync_p50_ms wake_sync_p99_ms " +
		"idle_cpu_ms_per_s idle_open_files idle_rss_mib"},
	"churn": {`
kind: churn
tenants: 20
receive: polling
rate: 20
warm_up: 500ms
for: 3s
window: 1s
bars: [{figure: rss_drift_ratio, at_most: 100}]
`, "messages wakes relay_latency_p50_ms relay_latency_p99_ms open_tenants_mean open_files_max rss_early_mib rss_late_mib rss_drift_ratio"},
	"noisy": {`
kind: noisy
tenants: 4
clients: 2
receive: webhook
rate: 5
noise: 30
windows: 1
window: 1s
`, "quiet_p99_ms noise_p99_ms others_p99_ratio sync_p99_ratio noisy_messages noisy_p50_ms noisy_p99_ms"},
	"growth": {`
kind: growth
sizes: [1, 10]
ways: [webhook, polling]
rest: 100ms
`, "start_s_webhook_1 idle_rss_mib_webhook_1 start_s_webhook_10 idle_rss_mib_webhook_10 start_s_polling_1 idle_rss_mib_polling_1 " +
		"start_s_polling_10 idle_rss_mib_polling_10"},
}

// TestFleets runs tiny scenarios with real processes: each gives its figures, which
// the history gives again.
func TestFleets(t *testing.T) {
	program := buildRelay(t, t.TempDir())
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range fleetScenarios {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan, err := Read(name, strings.NewReader(tinyCrew+test.text))
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
			defer cancel()
			dir, err := filepath.Rel(here, t.TempDir()) // as people name a folder
			if err != nil {
				t.Fatal(err)
			}
			var history, again bytes.Buffer
			r, err := Run(ctx, plan, Options{Relay: program, Dir: dir, Commit: "test", History: &history})
			if err != nil {
				t.Fatal(err)
			}
			if opened := strings.Contains(history.String(), `"databases":`); !opened && name != "growth" && name != "noisy" { // those two don't look
				t.Error("no tenant's file was ever seen open")
			}
			if got := strings.Join(r.order, " "); got != regexp.MustCompile(`=\d+`).ReplaceAllString(test.want, "") {
				t.Errorf("the figures are %s", got)
			}
			for _, m := range regexp.MustCompile(`(\w+)=(\d+)`).FindAllStringSubmatch(test.want, -1) {
				if got := fmt.Sprint(r.Figures[m[1]]); got != m[2] {
					t.Errorf("%s is %s, want %s", m[1], got, m[2])
				}
			}
			for _, figure := range r.order {
				if r.Figures[figure] <= 0 && figure != "open_at_wake" && figure != "idle_cpu_ms_per_s" && figure != "open_tenants_mean" && figure != "wakes" {
					t.Errorf("%s is %v", figure, r.Figures[figure])
				}
			}
			if bars := plan.Title().Bars; r.Passed != (len(bars) < 2) { // one bar too many can't be met
				t.Errorf("passed %v with %v", r.Passed, r.Bars)
			}
			if err := Recompute(&history, &again); err != nil {
				t.Fatal(err)
			}
			for _, figure := range r.order {
				var name string
				var value float64
				fmt.Fscan(&again, &name, &value)
				if want := r.Figures[figure]; name != figure || math.Abs(value-want) > 0.001*want+0.0001 { // it is rounded
					t.Errorf("the history says %s is %v, not %s %v", name, value, figure, want)
				}
			}
		})
	}
}

// TestNode runs a scenario with a relay that somebody else starts, as they are told
// to. A Node's ports are fixed, so it has an address of its own.
func TestNode(t *testing.T) {
	program, dir := buildRelay(t, t.TempDir()), filepath.Join(t.TempDir(), "node")
	plan, err := Read("node", strings.NewReader(tinyCrew+fleetScenarios["polling"].text))
	if err != nil {
		t.Fatal(err)
	}
	start := starter{t: t, program: program, dir: dir}
	r, err := Run(t.Context(), plan, Options{Dir: t.TempDir(), Progress: &start, Node: &Node{Dir: dir, Host: "127.88.6.1", Here: "127.0.0.1"}})
	if err != nil {
		t.Fatal(err)
	}
	if r.Figures["reached"] != 20 || r.Figures["wake_messages"] != 10 || r.Figures["idle_rss_mib"] < 1 || r.Figures["idle_open_files"] < 20 {
		t.Errorf("%v", r.Figures)
	}
}

// starter is a person who starts the relay when told to.
type starter struct {
	t            *testing.T
	program, dir string
}

func (s *starter) Write(line []byte) (int, error) {
	if bytes.Contains(line, []byte("start the relay now")) {
		cmd := exec.CommandContext(s.t.Context(), s.program, "--config", "relay.yaml", "serve")
		cmd.Dir = s.dir
		cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
		if err := cmd.Start(); err != nil {
			s.t.Error(err)
		}
		s.t.Cleanup(func() { cmd.Wait() })
	}
	return len(line), nil
}

// told is a history by hand: seconds, and what happened then.
func told(lines ...entry) (c chronicle) {
	begin := time.Unix(1_800_000_000, 0)
	for _, e := range lines {
		e.At, e.World = begin.Add(e.Lasts), worldFleet
		c.add(e)
	}
	return c
}

// way is a message that took so long.
func way(n int, office string, at, took time.Duration) []entry {
	return []entry{
		{Lasts: at, Event: "said", N: n, Office: office},
		{Lasts: at + time.Millisecond, Event: "written", N: n},
		{Lasts: at + time.Millisecond + took, Event: "read", N: n},
	}
}

var started = []entry{{Event: "exec"}, {Lasts: 2 * time.Second, Event: "reached", Bot: 1}, {Lasts: 3 * time.Second, Event: "reached", Bot: 2}}

func TestCensus(t *testing.T) {
	at := func(seconds float64) time.Duration { return time.Duration(seconds * float64(time.Second)) }
	lines := append([]entry{}, started...)
	lines = append(lines, entry{Lasts: at(4), Event: "phase", Phase: "fresh"}, entry{Lasts: at(5), Event: "spent", RSS: 40, Databases: 1},
		entry{Lasts: at(6), Event: "phase", Phase: "wake"})
	for i := range 100 { // the last one's message comes in the next phase
		lines = append(lines, way(i+1, "a", at(7), time.Duration(i+1)*time.Millisecond)...)
	}
	lines = append(lines, entry{Lasts: at(7.05), Event: "phase", Phase: "rest"}, entry{Lasts: at(9), Event: "spent", RSS: 60, CPU: at(1)},
		entry{Lasts: at(19), Event: "spent", RSS: 50, CPU: at(1.1), Files: 30})
	all := told(lines...)
	all.sort()
	figures, err := density(all)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, f := range figures {
		got[f.name] = f.value
	}
	for name, want := range map[string]float64{
		"start_s": 3, "reached": 2, "fresh_rss_mib": 40, "open_at_wake": 1, "wake_messages": 100, "wake_p50_ms": 50, "wake_p99_ms": 99,
		"idle_cpu_ms_per_s": 10, "idle_open_files": 30, "idle_rss_mib": 50,
	} {
		if d := got[name] - want; d > 1e-6 || d < -1e-6 {
			t.Errorf("%s is %v, want %v", name, got[name], want)
		}
	}
	for name, broken := range map[string]chronicle{
		"1 messages were carried by no call": told(append(started, way(1, "a", at(4), 0)[:2]...)...),
		"relayed before it was written":      told(append(started, way(1, "a", at(4), 0)[0], way(1, "a", at(4), 0)[2])...),
		"tells of no start":                  told(way(1, "a", at(4), 0)...),
	} {
		if _, err := density(broken); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%v, want %s", err, name)
		}
	}
}

// TestDisturbed: the others' ratio is the median of the rounds', and the noisy
// one's own messages don't count.
func TestDisturbed(t *testing.T) {
	lines, n, now := append([]entry{{Event: "chat", Role: "noisy", Office: "loud"}}, started...), 0, 10*time.Second
	for round, with := range []time.Duration{2, 30, 4} {
		for _, phase := range []string{"quiet", "noise"} {
			lines = append(lines, entry{Lasts: now, Event: "phase", Phase: phase, Round: round + 1}, entry{Lasts: now, Event: "sync", Took: 1})
			took := 10 * time.Millisecond
			if phase == "noise" {
				took *= with
				n++
				lines = append(lines, way(n, "loud", now+time.Second, time.Second)...)
			}
			n++
			lines = append(lines, way(n, "calm", now+time.Second, took)...)
			now += 10 * time.Second
		}
	}
	all := told(lines...)
	all.sort()
	figures, err := disturbed(all)
	if err != nil || figures[2] != (figure{"others_p99_ratio", 4}) || figures[5] != (figure{"noisy_p50_ms", 1000}) {
		t.Errorf("%v, %v", figures, err)
	}
}

// TestChurning: what is compared is the median of a window, and the files are the
// most that were seen after the warm-up.
func TestChurning(t *testing.T) {
	lines, now := append([]entry{}, started...), 10*time.Second
	for _, part := range []struct {
		phase string
		rss   []float64
		files int
	}{{"warm", []float64{500}, 900}, {"early", []float64{90, 100, 200}, 30}, {"middle", []float64{400}, 70}, {"late", []float64{110, 110, 300}, 40}} {
		lines = append(lines, entry{Lasts: now, Event: "phase", Phase: part.phase})
		for _, rss := range part.rss {
			now += time.Second
			lines = append(lines, entry{Lasts: now, Event: "spent", RSS: rss, Files: part.files})
		}
	}
	figures, err := churning(told(lines...))
	got := map[string]float64{}
	for _, f := range figures {
		got[f.name] = f.value
	}
	if err != nil || got["open_files_max"] != 70 || got["rss_early_mib"] != 100 || got["rss_late_mib"] != 110 || got["rss_drift_ratio"] != 1.1 {
		t.Errorf("%v, %v", got, err)
	}
}

func TestReadFleetRefuses(t *testing.T) {
	for name, test := range map[string]struct{ kind, from, to, want string }{
		"no way to receive":     {"webhooks", "receive: webhook", "receive: post", "receive is webhook or polling"},
		"too many to wake":      {"webhooks", "tenants: 10, rate: 50", "tenants: 30, rate: 50", "wake.tenants is at most tenants"},
		"too few chats":         {"webhooks", "chats: 200", "chats: 5", "chats is 0, or there is one for each"},
		"nobody active for":     {"webhooks", "for: 1s", "for: 0s", "active needs a rate and a time"},
		"a window too long":     {"churn", "window: 1s", "window: 2s", "for is at least twice the window"},
		"nobody beside":         {"noisy", "tenants: 4", "tenants: 1", "tenants is at least 2"},
		"tenants of many sizes": {"growth", "sizes:", "tenants: 4\nsizes:", "said by sizes and ways"},
		"a reason of nothing":   {"churn", "rate: 20", "rate: 20\nmisses: {speed: slow}", `misses tells of "speed", which has no bar`},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(tinyCrew+fleetScenarios[test.kind].text, test.from, test.to, 1)
			_, err := Read("tiny", strings.NewReader(text))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v, want %q", err, test.want)
			}
		})
	}
}
