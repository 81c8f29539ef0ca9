// Command bench runs the load scenarios of bench/scenarios, or those of a file
// of one's own, and tells what the relay reaches beside the bars of the file.
//
//	bench list
//	bench report DIR
//	bench recompute HISTORY
//	bench run NAME|FILE [--json FILE] [--history FILE] [--profile FILE] [--dir DIR] [--node-dir DIR --node HOST --here HOST]
//
// report makes report.md and its charts from the NAME.json that runs wrote into DIR.
// recompute gives the figures from nothing but a history, of all kinds but relay and
// simulator.
//
// It builds the relay and starts it as a process of its own; bench floor is the
// process against which it is compared, bench simulator the one in which the
// simulated Telegram is measured; both are of no other use. bench/README.md
// tells what a scenario file may say. The exit code is 1 if a bar is missed or
// nothing was measured.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"topicdesk/bench/run"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	var g grammar
	parsed := kong.Parse(&g, kong.Name("bench"), kong.Description("Load scenarios for the relay."), kong.UsageOnError())
	parsed.BindTo(ctx, (*context.Context)(nil))
	if err := parsed.Run(); err != nil {
		fmt.Fprintf(os.Stderr, "bench: %v\n", err)
		os.Exit(1)
	}
}

// grammar is the command line.
type grammar struct {
	List      listCommand      `cmd:"" help:"List the scenarios."`
	Run       runCommand       `cmd:"" help:"Run one."`
	Report    reportCommand    `cmd:"" help:"Make one page of the figures of many runs."`
	Recompute recomputeCommand `cmd:"" help:"Compute the figures of a history."`

	Floor floorCommand `cmd:"" hidden:""`

	Simulator simulatorCommand `cmd:"" hidden:""`
}

type recomputeCommand struct {
	History string `arg:"" type:"existingfile" help:"A file that run --history wrote, not of the kind relay."`
}

// Run prints them.
func (c recomputeCommand) Run() error {
	f, err := os.Open(c.History)
	if err != nil {
		return err
	}
	defer f.Close()
	return run.Recompute(f, os.Stdout)
}

type floorCommand struct{}

// Run is the floor.
func (floorCommand) Run() error { return run.Floor(os.Stdin) }

type simulatorCommand struct{}

// Run is the simulated Telegram that is measured.
func (simulatorCommand) Run() error { return run.Simulated(os.Stdin, os.Stdout) }
