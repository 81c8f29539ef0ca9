package run

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"

	sim "topicdesk/bench/telegram"
)

// Backlog is what a scenario file of the kind backlog says: groups that get more
// than Telegram lets through, and what becomes of those who have just come.
type Backlog struct {
	Heading `yaml:",inline"`

	Seed     uint64        `yaml:"seed"`
	Profiles []string      `yaml:"profiles"` // of the simulated Telegrams, each with a flooded group; the first has all the others too
	For      time.Duration `yaml:"for"`      // whole minutes
	Flood    Flood         `yaml:"flood"`
	Quiet    int           `yaml:"quiet"`   // clients with a topic who write once in the flood
	New      int           `yaml:"new"`     // clients without one who do
	Merge    Flood         `yaml:"merge"`   // short texts, into a group that joins them and one that doesn't; no clients = left out
	Helpers  int           `yaml:"helpers"` // groups with none up to so many extra bots; 0 = left out
	Helped   Flood         `yaml:"helped"`  // what comes into each of those

	Relay map[string]any `yaml:"relay"`
}

// Flood is what comes into one group.
type Flood struct {
	Clients int     `yaml:"clients"`
	Rate    float64 `yaml:"rate"`   // sayings a second of all together
	Photos  float64 `yaml:"photos"` // the part of them that are photos, 0 to 1
}

func (f Flood) check(wrong *faults, name string) {
	wrong.demand(f.Clients > 0 && f.Rate > 0, name+" needs clients and a rate")
	wrong.demand(f.Photos >= 0 && f.Photos <= 1, name+".photos is from 0 to 1")
}

func (p *Backlog) check() error {
	var wrong faults
	wrong.demand(len(p.Profiles) > 0, "profiles names at least one")
	for _, name := range p.Profiles {
		if _, err := sim.Profile(name); err != nil {
			wrong = append(wrong, err)
		}
	}
	wrong.demand(p.For > 0 && p.For%time.Minute == 0, "for is a number of whole minutes: a window may hold all its messages at its end")
	p.Flood.check(&wrong, "flood")
	wrong.demand(p.Quiet > 0 && p.New > 0, "quiet and new are at least 1")
	if p.Merge != (Flood{}) {
		p.Merge.check(&wrong, "merge")
	}
	if p.Helpers > 0 {
		p.Helped.check(&wrong, "helped")
	}
	wrong.demand(p.Helpers >= 0, "helpers is a number")
	p.Heading.check(&wrong)
	return errors.Join(wrong...)
}

// NeedsRelay: it is the relay that is judged.
func (p *Backlog) NeedsRelay() bool { return true }

func (p *Backlog) run(ctx context.Context, o Options, dir string, r *Report) error {
	all, err := sideBySide(ctx, p.Profiles, func(ctx context.Context, profile string) (chronicle, error) {
		b, err := p.open(profile, o, filepath.Join(dir, profile))
		if err != nil {
			return nil, err
		}
		return b.play(ctx)
	})
	if err != nil {
		return err
	}
	all.add(entry{At: all[0].At, Event: "scenario", Name: "backlog"})
	return all.tell(o, r)
}

// The offices of a Backlog.
const (
	officeFlood  = "flood"
	officeMerge  = "merge"
	officePlain  = "plain"
	officeHelped = "helped-" // and the number of its helpers
)

// backlog is one world of a Backlog under way.
type backlog struct {
	*Backlog
	*town
	profile string
	dir     string
	relay   *relay
	out     Options
}

func (p *Backlog) open(profile string, o Options, dir string) (*backlog, error) {
	b := &backlog{Backlog: p, town: openTown(profile, p.Seed), profile: profile, dir: dir, out: o}
	if err := os.Mkdir(dir, 0o755); err != nil {
		return nil, err
	}
	flooded, err := b.newOffice(officeFlood, p.Flood.Clients+p.Quiet+p.New, 0, 0, nil)
	if err != nil {
		return nil, err
	}
	for _, c := range flooded.guests[p.Flood.Clients+p.Quiet:] {
		c.waits = true
	}
	if profile == p.Profiles[0] {
		if err := b.otherOffices(); err != nil {
			return nil, err
		}
	}
	knobs, err := sim.Profile(profile)
	if err != nil {
		return nil, err
	}
	b.note(entry{Event: "limit", Tries: knobs.Group.Count, Per: knobs.Group.Per})
	return b, b.begin()
}

// otherOffices makes the offices that only one of the worlds has.
func (b *backlog) otherOffices() error {
	if b.Merge.Clients > 0 {
		if _, err := b.newOffice(officeMerge, b.Merge.Clients, 0, 0, nil); err != nil {
			return err
		}
		if _, err := b.newOffice(officePlain, b.Merge.Clients, 0, 0, withoutMerging()); err != nil {
			return err
		}
	}
	for n := 0; b.Helpers > 0 && n <= b.Helpers; n++ {
		if _, err := b.newOffice(fmt.Sprint(officeHelped, n), b.Helped.Clients, 0, n, withoutMerging()); err != nil {
			return err
		}
	}
	return nil
}

// play floods the groups and gives the world's history.
func (b *backlog) play(ctx context.Context) (all chronicle, err error) {
	defer func() { err = errors.Join(err, b.close()) }()
	if err := b.meet(ctx); err != nil {
		return nil, fmt.Errorf("meet: %w", err)
	}
	if err := b.rule(b.profile); err != nil {
		return nil, err
	}
	if err := writeSettings(b.relay.file, b.Relay, filepath.Join(b.dir, "data"), b.root, b.relay.debugListen()); err != nil {
		return nil, err
	}
	if err := b.relay.start(ctx); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, b.relay.stop()) }()
	fmt.Fprintln(b.out.Progress, b.town.name+": flood")
	if err := b.flood(ctx); err != nil {
		return nil, err
	}
	b.note(entry{Event: "phase", Phase: "end"})
	return b.everything(), nil
}

// meet lets all clients who are to have a topic get one, with all limits lifted:
// that is not measured, and the flood begins with a full budget.
func (b *backlog) meet(ctx context.Context) (err error) {
	lifted := map[string]any{"limits": map[string]any{"group_tokens": 0, "private_per_second": 0, "login_per_second": 0}}
	if b.relay, err = newRelay(b.out.Relay, b.dir, b.root, b.desks(), lifted); err != nil {
		return err
	}
	if err := b.relay.start(ctx); err != nil {
		return err
	}
	fmt.Fprintln(b.out.Progress, b.town.name+": meet")
	b.note(entry{Event: "phase", Phase: "meet"})
	for _, c := range b.guests {
		if c.waits {
			continue
		}
		if err := b.say(saying{guest: c, side: sideClient, kind: kindText, role: "meet"}); err != nil {
			return errors.Join(err, b.relay.stop())
		}
	}
	err = b.met(ctx)
	if err == nil {
		_, err = b.relay.settled(ctx)
	}
	return errors.Join(err, b.relay.stop())
}

// act is something that is said at a moment of the flood.
type act struct {
	at time.Duration
	saying
}

// plan is all that is said, in the order of time: the same for the same seed.
func (b *backlog) plan() (acts []act) {
	rnd := rand.New(rand.NewPCG(b.Seed, 1))
	for _, o := range b.offices {
		f := b.Helped
		switch o.tenant {
		case officeFlood:
			f = b.Flood
		case officeMerge, officePlain:
			f = b.Merge
		}
		// At the onset comes at once what would be there after ten seconds, so that
		// something waits from the first moment on.
		for at := -10 * time.Second; at < b.For; at += time.Duration(float64(time.Second) / f.Rate) {
			kind := kindText
			if rnd.Float64() < f.Photos {
				kind = kindPhoto
			}
			acts = append(acts, act{max(at, 0), saying{guest: o.guests[rnd.IntN(f.Clients)], side: sideClient, kind: kind, role: "flood"}})
		}
	}
	flooded := b.offices[0].guests
	quiet := flooded[b.Flood.Clients : b.Flood.Clients+b.Quiet]
	for _, some := range []struct {
		role   string
		guests []*guest
		after  time.Duration
	}{{"quiet", quiet, 0}, {"new", flooded[b.Flood.Clients+b.Quiet:], b.between()}} {
		for i, c := range some.guests {
			acts = append(acts, act{some.after + b.spread(i, len(some.guests)), saying{guest: c, side: sideClient, kind: kindText, role: some.role}})
		}
	}
	slices.SortStableFunc(acts, func(x, y act) int { return cmp.Compare(x.at, y.at) })
	return acts
}

// spread is when the one of many who are quiet writes: the first just after the
// onset, the last early enough to be seen waiting long.
func (b *backlog) spread(i, of int) time.Duration {
	return 200*time.Millisecond + time.Duration(i)*(b.For-25*time.Second)/time.Duration(of)
}

// between is half of the time between two quiet clients: those without a topic
// write then, so that each has come alone.
func (b *backlog) between() time.Duration { return (b.spread(1, b.Quiet) - b.spread(0, b.Quiet)) / 2 }

func (b *backlog) flood(ctx context.Context) error {
	acts := b.plan()
	begin := time.Now()
	b.note(entry{At: begin, Event: "phase", Phase: "flood", Lasts: b.For})
	for _, a := range acts {
		if err := sleep(ctx, time.Until(begin.Add(a.at))); err != nil {
			return err
		}
		if err := b.say(a.saying); err != nil {
			return err
		}
	}
	return sleep(ctx, time.Until(begin.Add(b.For)))
}
