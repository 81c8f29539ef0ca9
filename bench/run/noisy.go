package run

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Noisy is a scenario in which one tenant has far more work than the others, in
// turns with windows in which it has none: what do the others notice?
type Noisy struct {
	Heading `yaml:",inline"`
	Crew    `yaml:",inline"` // the first tenant is the noisy one

	Rate    float64       `yaml:"rate"`    // messages a second of each of the others
	Noise   float64       `yaml:"noise"`   // and of the noisy one
	Windows int           `yaml:"windows"` // with noise; as many without
	Window  time.Duration `yaml:"window"`
}

func (p *Noisy) check() error {
	var wrong faults
	p.Crew.check(&wrong)
	wrong.demand(p.Tenants > 1, "tenants is at least 2: the noisy one and another")
	wrong.demand(p.Rate > 0 && p.Noise > 0, "rate and noise are how many messages a second")
	wrong.demand(p.Windows > 0 && p.Window > 0, "windows and window are how many, and how long")
	p.Heading.check(&wrong)
	return errors.Join(wrong...)
}

// NeedsRelay: it is the relay that is measured.
func (p *Noisy) NeedsRelay() bool { return true }

func (*Noisy) oneNode() bool { return true }

func (p *Noisy) run(ctx context.Context, o Options, dir string, r *Report) (err error) {
	f, err := p.openFleet(ctx, o, dir, worldFleet)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	noisy, others := f.stage.relay[:1], f.stage.relay[1:]
	f.note(entry{Event: "chat", Role: "noisy", Office: noisy[0].tenant, Bot: noisy[0].bot, Chat: noisy[0].forum})
	f.phase("meet", 0)
	c := p.crowd(f.stage, Steady{Rate: p.Rate * float64(len(others)), For: p.Window})
	c.scenario.Topics = p.clients()
	if err := c.meet(ctx, f.stage.relay); err != nil {
		return err
	}
	loud := p.crowd(f.stage, Steady{Rate: p.Noise, For: p.Window})
	for round := 1; round <= p.Windows; round++ {
		f.phase("quiet", round)
		if err := f.measured(func() error { _, err := c.steady(ctx, others); return err }); err != nil {
			return err
		}
		f.phase("noise", round)
		ended := make(chan error, 1)
		err := f.measured(func() error {
			go func() { _, err := loud.steady(ctx, noisy); ended <- err }()
			_, err := c.steady(ctx, others)
			return errors.Join(err, <-ended)
		})
		if err != nil {
			return fmt.Errorf("noise, round %d: %w", round, err)
		}
	}
	f.phase("end", 0)
	all := chronicle{{At: f.relay.launched, Event: "scenario", Name: "noisy"}}
	return append(all, f.history()...).tell(o, r)
}

// disturbed computes the figures of a Noisy.
func disturbed(c chronicle) ([]figure, error) {
	all, err := c.census(worldFleet)
	if err != nil {
		return nil, err
	}
	noisy := ""
	for _, e := range c {
		if e.Event == "chat" && e.Role == "noisy" {
			noisy = e.Office
		}
	}
	other := func(office string) bool { return office != noisy }
	var quiets, noises, syncs, ratios []float64
	var own []time.Duration
	for round := 1; ; round++ {
		quiet, noise := all.took(part{"quiet", round}, other), all.took(part{"noise", round}, other)
		if len(quiet) == 0 || len(noise) == 0 {
			break
		}
		without, with := quantile(quiet, 0.99), quantile(noise, 0.99)
		quiets, noises, ratios = append(quiets, without), append(noises, with), append(ratios, with/without)
		syncs = append(syncs, quantile(all.syncs[part{"noise", round}], 0.99)/quantile(all.syncs[part{"quiet", round}], 0.99))
		own = append(own, all.took(part{"noise", round}, func(office string) bool { return office == noisy })...)
	}
	if len(ratios) == 0 {
		return nil, errors.New("nobody wrote in the windows")
	}
	return []figure{
		{"quiet_p99_ms", median(quiets)},
		{"noise_p99_ms", median(noises)},
		{"others_p99_ratio", median(ratios)},
		{"sync_p99_ratio", median(syncs)},
		{"noisy_messages", float64(len(own))},
		{"noisy_p50_ms", quantile(own, 0.5)},
		{"noisy_p99_ms", quantile(own, 0.99)},
	}, nil
}
