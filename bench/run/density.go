package run

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// Density is a scenario of the kind fleet: many tenants of which nearly all sleep.
type Density struct {
	Heading `yaml:",inline"`
	Crew    `yaml:",inline"`

	Wake    Wake          `yaml:"wake"`
	Active  Active        `yaml:"active"`
	Rest    time.Duration `yaml:"rest"`    // from when all sleep to the look at the memory
	Compare bool          `yaml:"compare"` // with a relay whose tenants know one chat each
}

// Wake is the part in which clients write to tenants that sleep, each to another.
type Wake struct {
	Tenants int     `yaml:"tenants"` // 0 leaves this part out
	Rate    float64 `yaml:"rate"`    // clients a second
}

// Active is the part in which some tenants have work.
type Active struct {
	Tenants int           `yaml:"tenants"` // 0 leaves this part out
	Rate    float64       `yaml:"rate"`    // messages a second, of each
	For     time.Duration `yaml:"for"`
}

func (p *Density) check() error {
	var wrong faults
	p.Crew.check(&wrong)
	wrong.demand(p.Wake.Tenants >= 0 && p.Wake.Tenants <= p.Tenants, "wake.tenants is at most tenants")
	wrong.demand(p.Wake.Tenants == 0 || p.Wake.Rate > 0, "wake needs a rate")
	wrong.demand(p.Active.Tenants >= 0 && p.Active.Tenants <= p.Tenants, "active.tenants is at most tenants")
	wrong.demand(p.Active.Tenants == 0 || p.Active.Rate > 0 && p.Active.For > 0, "active needs a rate and a time")
	wrong.demand(p.Rest >= 0, "rest is a time")
	p.Heading.check(&wrong)
	return errors.Join(wrong...)
}

// NeedsRelay: it is the relay that is measured.
func (p *Density) NeedsRelay() bool { return true }

func (p *Density) oneNode() bool { return !p.Compare }

// The worlds of a Density.
const (
	worldFleet   = "fleet"
	worldWithout = "without" // the same with one known chat a tenant
)

func (p *Density) run(ctx context.Context, o Options, dir string, r *Report) error {
	all := chronicle{{At: time.Now(), Event: "scenario", Name: "fleet"}}
	if p.Compare {
		alone := *p
		alone.Chats = 0
		if err := alone.play(ctx, o, dir, worldWithout, &all); err != nil {
			return err
		}
	}
	if err := p.play(ctx, o, dir, worldFleet, &all); err != nil {
		return err
	}
	return all.tell(o, r)
}

// play does all parts with a relay of its own.
func (p *Density) play(ctx context.Context, o Options, dir, name string, all *chronicle) (err error) {
	f, err := p.openFleet(ctx, o, dir, name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	if err := f.rest(ctx, "fresh", p.Rest); err != nil {
		return err
	}
	if err := p.wake(ctx, f); err != nil {
		return fmt.Errorf("wake: %w", err)
	}
	if err := p.active(ctx, f); err != nil {
		return fmt.Errorf("active: %w", err)
	}
	if err := f.rest(ctx, "rest", p.Rest); err != nil {
		return err
	}
	f.phase("end", 0)
	*all = append(*all, f.history()...)
	return nil
}

// wake lets a client write to one tenant after the other, each of which sleeps.
func (p *Density) wake(ctx context.Context, f *fleet) error {
	if p.Wake.Tenants == 0 {
		return nil
	}
	f.phase("wake", 0)
	rnd := rand.New(rand.NewPCG(p.Seed, 2))
	c := p.crowd(f.stage, Steady{Rate: p.Wake.Rate})
	return f.measured(func() error {
		next := time.Now()
		for _, i := range rnd.Perm(p.Tenants)[:p.Wake.Tenants] {
			if err := sleep(ctx, time.Until(next)); err != nil {
				return err
			}
			c.write(f.stage.relay[i].dialogs[0], true)
			next = next.Add(c.gap())
		}
		return c.drained(ctx, 0)
	})
}

// active lets some tenants have work, after each has been written to once: that
// they sleep is what wake measures.
func (p *Density) active(ctx context.Context, f *fleet) error {
	if p.Active.Tenants == 0 {
		return nil
	}
	var some []*desk
	for _, i := range rand.New(rand.NewPCG(p.Seed, 3)).Perm(p.Tenants)[:p.Active.Tenants] {
		some = append(some, f.stage.relay[i])
	}
	c := p.crowd(f.stage, Steady{Rate: p.Active.Rate * float64(p.Active.Tenants), For: p.Active.For})
	c.scenario.Topics = p.clients()
	f.phase("meet", 0)
	if err := c.meet(ctx, some); err != nil {
		return err
	}
	f.phase("active", 0)
	return f.measured(func() error {
		_, err := c.steady(ctx, some)
		return err
	})
}
