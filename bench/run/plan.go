package run

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Plan is a scenario of one kind: a Scenario, which measures what the relay costs,
// a Density, Churn, Noisy or Growth, which do so with very many tenants, a Backlog or
// a Mixed, which judge what it delivers, or a Probe, which measures the simulated
// Telegram.
type Plan interface {
	// Title is what a list of scenarios shows.
	Title() Heading
	// NeedsRelay says whether Options.Relay is used.
	NeedsRelay() bool

	// oneNode says whether it needs one relay that runs from the begin to the end.
	oneNode() bool
	check() error
	run(ctx context.Context, o Options, dir string, r *Report) error
}

// Heading is what the files of all kinds have.
type Heading struct {
	Name  string `yaml:"-"`
	Kind  string `yaml:"kind"`  // one of Read's; "relay" is meant where it is missing
	About string `yaml:"about"` // one line for the list
	// Misses is why a figure misses its bar, and what the profile says: shown where
	// it does.
	Misses map[string]string `yaml:"misses"`
	Bars   []Bar             `yaml:"bars"`
}

// Title gives the heading.
func (h Heading) Title() Heading { return h }

// check finds what is wrong with it.
func (h Heading) check(wrong *faults) {
	wrong.demandBars(h.Bars)
	for figure := range h.Misses {
		wrong.demand(slices.ContainsFunc(h.Bars, func(b Bar) bool { return b.Figure == figure }), fmt.Sprintf("misses tells of %q, which has no bar", figure))
	}
}

func (Heading) oneNode() bool { return false }

// kinds are what a scenario may be; it says so itself, or is a relay.
var kinds = map[string]func(Heading) Plan{
	"relay":     func(h Heading) Plan { return &Scenario{Heading: h} },
	"mixed":     func(h Heading) Plan { return &Mixed{Heading: h} },
	"backlog":   func(h Heading) Plan { return &Backlog{Heading: h} },
	"fleet":     func(h Heading) Plan { return &Density{Heading: h} },
	"churn":     func(h Heading) Plan { return &Churn{Heading: h} },
	"noisy":     func(h Heading) Plan { return &Noisy{Heading: h} },
	"growth":    func(h Heading) Plan { return &Growth{Heading: h} },
	"simulator": func(h Heading) Plan { return &Probe{Heading: h} },
}

// Read reads a scenario. What it doesn't know is refused.
func Read(name string, from io.Reader) (Plan, error) {
	text, err := io.ReadAll(from)
	if err != nil {
		return nil, fmt.Errorf("scenario %s: %w", name, err)
	}
	var head Heading
	if err := yaml.Unmarshal(text, &head); err != nil {
		return nil, fmt.Errorf("scenario %s: %w", name, err)
	}
	kind, is := kinds[cmp.Or(head.Kind, "relay")]
	if !is {
		return nil, fmt.Errorf("scenario %s: there is no kind %q, but %s", name, head.Kind, strings.Join(slices.Sorted(maps.Keys(kinds)), ", "))
	}
	plan := kind(Heading{Name: name})
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(plan); err != nil {
		return nil, fmt.Errorf("scenario %s: %w", name, err)
	}
	if err := plan.check(); err != nil {
		return nil, fmt.Errorf("scenario %s: %w", name, err)
	}
	return plan, nil
}

// faults gathers what is wrong with a scenario.
type faults []error

func (f *faults) demand(right bool, reason string) {
	if !right {
		*f = append(*f, errors.New(reason))
	}
}

func (f *faults) demandBars(bars []Bar) {
	for _, b := range bars {
		f.demand((b.AtMost == nil) != (b.AtLeast == nil), fmt.Sprintf("the bar of %q has either at_most or at_least", b.Figure))
		f.demand(b.Figure != "" && (b.Times == 0) == (b.Of == ""), fmt.Sprintf("the bar of %q has both times and of, or neither", b.Figure))
	}
}
