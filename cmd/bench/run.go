package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"topicdesk/bench/report"
	"topicdesk/bench/run"
	"topicdesk/bench/scenarios"
)

type listCommand struct{}

// Run lists the scenarios.
func (listCommand) Run() error {
	all, err := titles()
	for _, s := range all {
		fmt.Printf("%-14s %s\n", s.Name, s.About)
	}
	return err
}

// titles are the headings of the scenarios that come with the program.
func titles() (all []run.Heading, err error) {
	files, err := fs.Glob(scenarios.Files, "*.yaml")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		p, err := read(strings.TrimSuffix(file, ".yaml"))
		if err != nil {
			return nil, err
		}
		all = append(all, p.Title())
	}
	return all, nil
}

type reportCommand struct {
	Dir string `arg:"" type:"existingdir" help:"Where the figures are: NAME.json of each scenario that was run."`
}

// Run writes the page.
func (c reportCommand) Run() error {
	scenarios, err := titles()
	if err != nil {
		return err
	}
	all, err := report.Write(c.Dir, scenarios)
	if err != nil {
		return err
	}
	fmt.Println(filepath.Join(c.Dir, report.Page))
	if !all {
		return errMissed
	}
	return nil
}

type runCommand struct {
	Scenario string `arg:"" help:"A name that list shows, or a file of your own that ends in .yaml."`
	JSON     string `name:"json" placeholder:"FILE" help:"Write the figures there."`
	History  string `placeholder:"FILE" help:"Write everything that the simulated Telegram saw there; every figure can be computed from it."`
	Profile  string `placeholder:"FILE" help:"Write a CPU profile of the saturated relay there; it costs the figures a little."`
	NodeDir  string `placeholder:"DIR" help:"Use a relay of your own, for the kinds fleet, churn and noisy: its data and settings are written there, and you are asked to start it."`
	Node     string `default:"127.0.0.1" placeholder:"HOST" help:"Where it runs; its ports 6060 (counters) and 8080 (webhooks) are used."`
	Here     string `default:"127.0.0.1" placeholder:"HOST" help:"This machine, as that relay reaches it."`
	Dir      string `default:".out" help:"A folder on the disk that is to be measured."`
}

// errMissed: the table has told which.
var errMissed = errors.New("a bar is missed, or was not measured")

// Run runs the scenario, prints the table and writes the files.
func (c runCommand) Run(ctx context.Context) error {
	p, err := read(c.Scenario)
	if err != nil {
		return err
	}
	if err := c.disk(); err != nil {
		return err
	}
	program := ""
	if p.NeedsRelay() && c.NodeDir == "" {
		if program, err = build(ctx, c.Dir); err != nil {
			return err
		}
		defer os.Remove(program)
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	o := run.Options{Relay: program, Floor: []string{self, "floor"}, Simulator: []string{self, "simulator"}, Dir: c.Dir, Commit: commit(ctx), Progress: os.Stderr}
	if c.NodeDir != "" {
		o.Node = &run.Node{Dir: c.NodeDir, Host: c.Node, Here: c.Here}
	}
	var history, profile *os.File
	for _, f := range []struct {
		name string
		file **os.File
		to   *io.Writer
	}{{c.History, &history, &o.History}, {c.Profile, &profile, &o.Profile}} {
		if f.name == "" {
			continue
		}
		if *f.file, err = os.Create(f.name); err != nil {
			return err
		}
		defer (*f.file).Close()
		*f.to = *f.file
	}
	outcome, err := run.Run(ctx, p, o)
	if err != nil {
		return err
	}
	return c.tell(outcome)
}

// disk makes the folder and refuses one in memory: there syncing costs nothing.
func (c runCommand) disk() error {
	if err := os.MkdirAll(c.Dir, 0o755); err != nil {
		return err
	}
	inMemory, err := run.InMemory(c.Dir)
	if err != nil {
		return err
	}
	if inMemory {
		return fmt.Errorf("%s is in memory: choose a folder on a disk with --dir", c.Dir)
	}
	return nil
}

func (c runCommand) tell(outcome *run.Report) error {
	if err := outcome.Print(os.Stdout); err != nil {
		return err
	}
	if c.JSON != "" {
		var text bytes.Buffer
		if err := outcome.WriteJSON(&text); err != nil {
			return err
		}
		if err := os.WriteFile(c.JSON, text.Bytes(), 0o644); err != nil {
			return err
		}
	}
	if !outcome.Passed {
		return errMissed
	}
	return nil
}

// read reads a scenario of the program's, or a file.
func read(name string) (run.Plan, error) {
	var file fs.File
	var err error
	if filepath.Ext(name) == ".yaml" {
		file, err = os.Open(name)
		name = strings.TrimSuffix(filepath.Base(name), ".yaml")
	} else {
		file, err = scenarios.Files.Open(name + ".yaml")
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no scenario %s; see bench list", name)
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return run.Read(name, file)
}

// build builds the relay as it is in this source tree.
func build(ctx context.Context, dir string) (program string, err error) {
	dir, err = filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	program = filepath.Join(dir, fmt.Sprintf("topicdesk-%d", os.Getpid()))
	cmd := exec.CommandContext(ctx, "go", "build", "-o", program, "topicdesk/cmd/topicdesk")
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("build the relay: %w", err)
	}
	return program, nil
}

// commit names the version in the source tree; "unknown" outside of one.
func commit(ctx context.Context) string {
	head, err := exec.CommandContext(ctx, "git", "rev-parse", "--short=12", "HEAD").Output()
	if err != nil {
		return "unknown"
	}
	name := strings.TrimSpace(string(head))
	changes, err := exec.CommandContext(ctx, "git", "status", "--porcelain", "--untracked-files=no").Output()
	if err != nil || len(changes) > 0 {
		name += " with changes"
	}
	return name
}
