package run

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Churn is a scenario in which tenants fall asleep and wake all the time: does the
// relay's memory grow?
type Churn struct {
	Heading `yaml:",inline"`
	Crew    `yaml:",inline"`

	Rate   float64       `yaml:"rate"` // messages a second of all together, each to any tenant
	WarmUp time.Duration `yaml:"warm_up"`
	For    time.Duration `yaml:"for"`    // after that
	Window time.Duration `yaml:"window"` // at the begin and at the end of it, whose memory is compared
}

func (p *Churn) check() error {
	var wrong faults
	p.Crew.check(&wrong)
	wrong.demand(p.Rate > 0, "rate is how many messages a second")
	wrong.demand(p.WarmUp >= 0 && p.Window > 0 && p.For >= 2*p.Window, "for is at least twice the window")
	p.Heading.check(&wrong)
	return errors.Join(wrong...)
}

// NeedsRelay: it is the relay that is measured.
func (p *Churn) NeedsRelay() bool { return true }

func (*Churn) oneNode() bool { return true }

// lookEvery is how often the memory and the open files are looked at.
const lookEvery = 500 * time.Millisecond

func (p *Churn) run(ctx context.Context, o Options, dir string, r *Report) (err error) {
	f, err := p.openFleet(ctx, o, dir, worldFleet)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	f.phase("settle", 0)
	if err := f.asleep(ctx); err != nil {
		return err
	}
	for _, part := range []struct {
		name  string
		lasts time.Duration
	}{{"warm", p.WarmUp}, {"early", p.Window}, {"middle", p.For - 2*p.Window}, {"late", p.Window}} {
		f.phase(part.name, 0)
		if err := f.countOpened(); err != nil {
			return err
		}
		if err := p.part(ctx, f, part.lasts); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	f.phase("end", 0)
	if err := f.countOpened(); err != nil {
		return err
	}
	all := chronicle{{At: f.relay.launched, Event: "scenario", Name: "churn"}}
	return append(all, f.history()...).tell(o, r)
}

// countOpened notes how often tenants' files were opened.
func (f *fleet) countOpened() error {
	n, err := f.relay.told("topicdesk_opening_seconds_count")
	f.note(entry{Event: "opened", Opened: int(n)})
	return err
}

// part lets people write to any tenant for so long, and looks meanwhile.
func (p *Churn) part(ctx context.Context, f *fleet, lasts time.Duration) error {
	ended := make(chan error, 1)
	go func() {
		_, err := p.crowd(f.stage, Steady{Rate: p.Rate, For: lasts}).steady(ctx, f.stage.relay)
		ended <- err
	}()
	looks := time.NewTicker(lookEvery)
	defer looks.Stop()
	for {
		select {
		case err := <-ended:
			return err
		case <-looks.C:
			if _, err := f.look(); err != nil {
				return errors.Join(err, <-ended)
			}
		}
	}
}

// churning computes the figures of a Churn.
func churning(c chronicle) ([]figure, error) {
	all, err := c.census(worldFleet)
	if err != nil {
		return nil, err
	}
	early, late := memory(all.spent[part{phase: "early"}]), memory(all.spent[part{phase: "late"}])
	if early == 0 || late == 0 {
		return nil, errors.New("nobody has looked at the memory")
	}
	files, databases, busy := 0, 0.0, 0
	var took []time.Duration
	for _, phase := range []string{"early", "middle", "late"} {
		for _, e := range all.spent[part{phase: phase}] {
			files, databases, busy = max(files, e.Files), databases+float64(e.Databases), busy+1
		}
		took = append(took, all.took(part{phase: phase}, nil)...)
	}
	return []figure{
		{"messages", float64(len(took))},
		{"wakes", float64(all.opened[part{phase: "end"}] - all.opened[part{phase: "early"}])},
		{"relay_latency_p50_ms", quantile(took, 0.5)},
		{"relay_latency_p99_ms", quantile(took, 0.99)},
		{"open_tenants_mean", databases / float64(busy)},
		{"open_files_max", float64(files)},
		{"rss_early_mib", early},
		{"rss_late_mib", late},
		{"rss_drift_ratio", late / early},
	}, nil
}

// memory is the median of what was looked at.
func memory(looks []entry) float64 {
	var all []float64
	for _, e := range looks {
		all = append(all, e.RSS)
	}
	slices.Sort(all)
	return median(all)
}
