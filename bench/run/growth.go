package run

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Growth is a scenario in which fleets of several sizes rest beside each other, each
// with a relay of its own: memory by tenants.
type Growth struct {
	Heading `yaml:",inline"`
	Crew    `yaml:",inline"` // of each fleet, but for tenants and receive

	Sizes []int         `yaml:"sizes"` // tenants of the fleets
	Ways  []string      `yaml:"ways"`  // how they receive, each size each way: webhook, polling
	Rest  time.Duration `yaml:"rest"`
}

func (p *Growth) check() error {
	var wrong faults
	wrong.demand(p.Tenants == 0 && p.Receive == "" && p.Chats == 0, "tenants, receive and chats are said by sizes and ways")
	wrong.demand(len(p.Sizes) > 0 && len(p.Ways) > 0, "sizes and ways are lists")
	for _, c := range p.crews() {
		c.check(&wrong)
	}
	p.Heading.check(&wrong)
	return errors.Join(wrong...)
}

// crews are the fleets.
func (p *Growth) crews() (all []Crew) {
	for _, way := range p.Ways {
		for _, size := range p.Sizes {
			c := p.Crew
			c.Tenants, c.Receive = size, way
			all = append(all, c)
		}
	}
	return all
}

// NeedsRelay: it is the relay that is measured.
func (p *Growth) NeedsRelay() bool { return true }

func (p *Growth) run(ctx context.Context, o Options, dir string, r *Report) (err error) {
	all := chronicle{{At: time.Now(), Event: "scenario", Name: "growth"}}
	var fleets []*fleet
	defer func() {
		for _, f := range fleets {
			err = errors.Join(err, f.close())
		}
	}()
	polls := 0
	for _, c := range p.crews() {
		if c.Receive == byPolling {
			polls += c.Tenants
		}
	}
	if err := enoughFiles(polls); err != nil { // all wait at this process
		return err
	}
	for _, c := range p.crews() {
		f, err := c.openFleet(ctx, o, dir, fmt.Sprintf("%s-%d", c.Receive, c.Tenants))
		if err != nil {
			return err
		}
		fleets = append(fleets, f)
	}
	for _, f := range fleets {
		f.phase("settle", 0)
		if err := f.asleep(ctx); err != nil {
			return err
		}
	}
	if err := sleep(ctx, p.Rest); err != nil {
		return err
	}
	for _, f := range fleets {
		f.phase("rest", 0)
		if _, err := f.look(); err != nil {
			return err
		}
		f.phase("end", 0)
		all = append(all, f.history()...)
	}
	return all.tell(o, r)
}

// growing computes the figures of a Growth.
func growing(c chronicle) (out []figure, err error) {
	seen := map[string]bool{"": true}
	for _, e := range c {
		if seen[e.World] {
			continue
		}
		seen[e.World] = true
		all, err := c.census(e.World)
		if err != nil {
			return nil, err
		}
		rest, err := all.lastSpent(part{phase: "rest"})
		if err != nil {
			return nil, err
		}
		name := strings.ReplaceAll(e.World, "-", "_")
		out = append(out, figure{"start_s_" + name, all.startSeconds()}, figure{"idle_rss_mib_" + name, rest.RSS})
	}
	return out, nil
}
