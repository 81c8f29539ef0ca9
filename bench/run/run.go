package run

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Options are what Run needs beside a scenario.
type Options struct {
	// Relay is the program topicdesk.
	Relay string
	// Node is a relay that somebody else starts, for the kinds fleet, churn and noisy;
	// nil = Run starts Relay.
	Node *Node
	// Floor is the command that calls Floor with its input.
	Floor []string
	// Simulator is the command that calls Simulated with its input and output.
	Simulator []string
	// Dir is an existing folder on the disk that is to be measured; what Run
	// puts there goes away again.
	Dir string
	// Commit names the version of the relay.
	Commit string
	// History gets the history; nil = none is kept, which takes less memory.
	History io.Writer
	// Progress gets a line for each part as it begins; nil = nobody looks.
	Progress io.Writer
	// Profile gets a CPU profile of the relay while it is saturated; nil = none
	// is taken, which costs less.
	Profile io.Writer
}

// bench is one run under way.
type bench struct {
	Options
	scenario *Scenario
	dir      string
	stage    *stage
	crowd    *crowd
	relay    *relay
	history  history
	report   *Report
}

// Run runs a scenario until it is over or ctx ends. An error means that nothing
// was measured; a bar that is missed is none.
func Run(ctx context.Context, p Plan, o Options) (report *Report, err error) {
	if o.Node != nil && !p.oneNode() {
		return nil, errors.New("this scenario starts relays itself, or starts one again: it can't use yours")
	}
	dir, err := folder(o.Dir)
	if err != nil {
		return nil, fmt.Errorf("make a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if o.Progress == nil {
		o.Progress = io.Discard
	}
	r := &Report{Scenario: p.Title().Name, Commit: o.Commit}
	if r.Machine, err = machine(dir); err != nil {
		return nil, err
	}
	if err := p.run(ctx, o, dir, r); err != nil {
		return nil, err
	}
	r.judge(p.Title().Bars)
	return r, nil
}

// folder makes an empty folder in another. Its name is the one that the system tells
// of the files in it.
func folder(in string) (string, error) {
	made, err := os.MkdirTemp(in, "bench-")
	if err != nil {
		return "", err
	}
	if made, err = filepath.Abs(made); err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(made)
}

// NeedsRelay: it is the relay that is measured.
func (s *Scenario) NeedsRelay() bool { return true }

func (s *Scenario) run(ctx context.Context, o Options, dir string, r *Report) (err error) {
	b := &bench{Options: o, scenario: s, dir: dir, report: r}
	if b.stage, err = openStage(*s, o.History != nil); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.stage.close()) }()
	b.crowd = newCrowd(b.stage, *s)
	if err := b.children(ctx); err != nil || o.History == nil {
		return err
	}
	return b.history.write(o.History, b.stage)
}

// children runs all parts with the relay and the floor beside.
func (b *bench) children(ctx context.Context) (err error) {
	if b.relay, err = startRelay(ctx, b.Relay, b.dir, b.stage, b.scenario.Relay); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.relay.stop()) }()
	stopFloor, err := startFloor(b.Floor, b.dir, b.stage)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stopFloor()) }()
	return b.parts(ctx)
}

func (b *bench) parts(ctx context.Context) error {
	b.begin("meet", 0)
	if err := b.crowd.meet(ctx, b.stage.relay); err != nil {
		return fmt.Errorf("open the topics: %w", err)
	}
	if err := b.steady(ctx); err != nil {
		return fmt.Errorf("steady: %w", err)
	}
	if err := b.steps(ctx); err != nil {
		return fmt.Errorf("steps: %w", err)
	}
	if err := b.saturated(ctx); err != nil {
		return fmt.Errorf("saturated: %w", err)
	}
	return b.rest(ctx)
}

// begin notes that a part begins.
func (b *bench) begin(phase string, round int) {
	b.history.phase(phase, round)
	if round > 0 {
		phase = fmt.Sprintf("%s, round %d", phase, round)
	}
	fmt.Fprintln(b.Progress, phase)
}

// look waits until the relay has nothing to do and notes what it has used.
func (b *bench) look(ctx context.Context) (spent, error) {
	s, err := b.relay.settled(ctx)
	if err != nil {
		return s, err
	}
	rss, err := b.relay.rss()
	b.history.spent(s, rss)
	return s, err
}

// steady measures latencies and what a message costs.
func (b *bench) steady(ctx context.Context) error {
	before, err := b.look(ctx)
	if err != nil {
		return err
	}
	b.begin("steady", 0)
	meter := startSyncMeter(b.dir)
	all, err := b.crowd.steady(ctx, b.stage.relay)
	syncs, syncErr := meter.end()
	if err := errors.Join(err, syncErr); err != nil {
		return err
	}
	b.history.syncs(syncs)
	after, err := b.look(ctx)
	if err != nil {
		return err
	}
	b.latencies(all, syncs)
	count := float64(len(all))
	b.report.set("commits_per_msg", (after.commits-before.commits)/count)
	b.report.set("cpu_ms_per_msg", milliseconds(after.cpu-before.cpu)/count)
	return nil
}

func (b *bench) latencies(all []message, syncs []timed) {
	var synced []time.Duration
	relayed := latenciesOf(all)
	for _, s := range syncs {
		synced = append(synced, s.took)
	}
	b.report.set("relay_latency_p50_ms", quantile(relayed, 0.5))
	b.report.set("relay_latency_p99_ms", quantile(relayed, 0.99))
	b.report.set("sync_p50_ms", quantile(synced, 0.5))
	b.report.set("sync_p99_ms", quantile(synced, 0.99))
}

// steps measures latencies at other rates.
func (b *bench) steps(ctx context.Context) error {
	for i, rate := range b.scenario.Steps.Rates {
		b.begin("step", i+1)
		step := *b.scenario
		step.Steady = Steady{Rate: float64(rate), For: step.Steps.For}
		all, err := newCrowd(b.stage, step).steady(ctx, b.stage.relay)
		if err != nil {
			return fmt.Errorf("%d messages a second: %w", rate, err)
		}
		took := latenciesOf(all)
		b.report.set(fmt.Sprintf("relay_latency_p50_ms_at_%d", rate), quantile(took, 0.5))
		b.report.set(fmt.Sprintf("relay_latency_p99_ms_at_%d", rate), quantile(took, 0.99))
		if _, err := b.look(ctx); err != nil {
			return err
		}
	}
	return nil
}

// latenciesOf is how long each message took from just before its update was written.
func latenciesOf(all []message) (took []time.Duration) {
	for _, m := range all {
		took = append(took, m.read.Sub(m.written))
	}
	return took
}

// saturated measures the relay and the floor in turns.
func (b *bench) saturated(ctx context.Context) error {
	if b.scenario.Saturated.Rounds == 0 {
		return nil
	}
	profiled := b.profile(ctx)
	var throughputs, floors, ratios []float64
	for round := 1; round <= b.scenario.Saturated.Rounds; round++ {
		b.begin("relay", round)
		throughput, err := b.crowd.saturated(ctx, b.stage.relay)
		if err != nil {
			return errors.Join(err, profiled())
		}
		if _, err := b.look(ctx); err != nil { // what the relay still does is none of the floor's
			return errors.Join(err, profiled())
		}
		b.begin("floor", round)
		floor, err := b.crowd.saturated(ctx, b.stage.floor)
		if err != nil {
			return errors.Join(err, profiled())
		}
		throughputs, floors, ratios = append(throughputs, throughput), append(floors, floor), append(ratios, throughput/floor)
	}
	b.report.set("throughput_msgs_per_s", median(throughputs))
	b.report.set("floor_msgs_per_s", median(floors))
	b.report.set("floor_ratio", median(ratios))
	return profiled()
}

// rest looks at the memory when the relay has long had nothing to do.
func (b *bench) rest(ctx context.Context) error {
	b.begin("rest", 0)
	if err := sleep(ctx, b.scenario.Rest); err != nil {
		return err
	}
	rss, err := b.relay.rss()
	if err != nil {
		return err
	}
	b.report.set("rss_mib", rss)
	b.history.spent(spent{}, rss)
	b.begin("end", 0)
	return nil
}
