package run

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"time"
)

// Probe is what a scenario file of the kind simulator says: how fast the
// simulated Telegram itself is, and how much of it fits into memory.
type Probe struct {
	Heading `yaml:",inline"`

	Seed     uint64     `yaml:"seed"` // of the simulated Telegram
	Calls    ProbeCalls `yaml:"calls"`
	Webhooks int        `yaml:"webhooks"` // updates that are posted
	World    ProbeWorld `yaml:"world"`
}

// ProbeCalls is the part in which bots call as fast as they can.
type ProbeCalls struct {
	Callers int           `yaml:"callers"` // at once, each with one call under way
	Rounds  int           `yaml:"rounds"`  // of each kind of call
	For     time.Duration `yaml:"for"`     // each
}

// ProbeWorld is the part in which many bots wait for updates.
type ProbeWorld struct {
	Bots  int           `yaml:"bots"`  // each waits in a long poll
	Chats int           `yaml:"chats"` // of all bots together, each with two messages
	Rest  time.Duration `yaml:"rest"`  // from the last poll's begin to the look at the memory
}

// chatsPerCaller is how many chats a bot has while it only calls.
const chatsPerCaller = 8

func (p *Probe) check() error {
	var wrong faults
	wrong.demand(p.Calls.Callers > 0 && p.Calls.Rounds > 0 && p.Calls.For > 0, "calls need callers, rounds and a time")
	wrong.demand(p.Webhooks > 0, "webhooks is at least 1")
	wrong.demand(p.World.Bots > 0 && p.World.Chats >= p.World.Bots, "world needs bots, and a chat for each")
	wrong.demand(p.World.Rest >= 0, "rest is a time")
	p.Heading.check(&wrong)
	return errors.Join(wrong...)
}

// NeedsRelay: there is none.
func (p *Probe) NeedsRelay() bool { return false }

// probing is one run of a Probe under way.
type probing struct {
	*Probe
	Options
	dir    string
	report *Report
}

func (p *Probe) run(ctx context.Context, o Options, dir string, r *Report) error {
	if o.History != nil || o.Profile != nil {
		return errors.New("a scenario of the kind simulator has neither history nor profile")
	}
	if err := enoughFiles(p.World.Bots); err != nil {
		return err
	}
	b := &probing{Probe: p, Options: o, dir: dir, report: r}
	for _, part := range []struct {
		name string
		do   func(context.Context) error
	}{{"in process", b.inProcess}, {"over HTTP", b.overHTTP}, {"world", b.world}} {
		fmt.Fprintln(o.Progress, part.name)
		if err := part.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return nil
}

// spareFiles is how many descriptors a process needs beside its connections.
const spareFiles = 100

// enoughFiles raises this process' limit of open files, which its children
// inherit, so that each bot can have a connection.
func enoughFiles(bots int) error {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return fmt.Errorf("read the limit of open files: %w", err)
	}
	need := uint64(bots + spareFiles)
	if limit.Max < need {
		return fmt.Errorf("%d bots need %d open files, the hard limit (ulimit -Hn) is %d", bots, need, limit.Max)
	}
	if limit.Cur = max(limit.Cur, need); limit.Cur > limit.Max {
		limit.Cur = limit.Max
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return fmt.Errorf("raise the limit of open files: %w", err)
	}
	return nil
}

// rounds does a part as often as the scenario says and gives the median.
func (b *probing) rounds(once func() (float64, error)) (float64, error) {
	var all []float64
	for range b.Calls.Rounds {
		value, err := once()
		if err != nil {
			return 0, err
		}
		all = append(all, value)
	}
	return median(all), nil
}
