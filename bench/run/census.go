package run

import (
	"errors"
	"fmt"
	"time"
)

// census is what the lines of one fleet say, by phase.
type census struct {
	exec    time.Time
	last    time.Time // when the last bot could be reached
	reached int
	relayed map[part][]relayed // messages that were said in it
	spent   map[part][]entry   // in their order
	syncs   map[part][]time.Duration
	opened  map[part]int // how often tenants' files had been when it began
}

// part is a phase, or a round of it.
type part struct {
	phase string
	round int
}

// relayed is a message that a call carried.
type relayed struct {
	office string
	took   time.Duration // from just before its update was written
}

// took is how long the messages of a part took, of those whose tenant counts; nil
// = all do.
func (c *census) took(of part, counts func(office string) bool) (all []time.Duration) {
	for _, m := range c.relayed[of] {
		if counts == nil || counts(m.office) {
			all = append(all, m.took)
		}
	}
	return all
}

// lastSpent is what had been used at the last look of a part.
func (c *census) lastSpent(of part) (entry, error) {
	looks := c.spent[of]
	if len(looks) == 0 {
		return entry{}, fmt.Errorf("nobody has looked in the part %s", of.phase)
	}
	return looks[len(looks)-1], nil
}

// startSeconds is from the relay's start until its last bot could be reached.
func (c *census) startSeconds() float64 { return c.last.Sub(c.exec).Seconds() }

// census reads the lines of a fleet; they are in the order of time.
func (c chronicle) census(world string) (*census, error) {
	out := &census{relayed: map[part][]relayed{}, spent: map[part][]entry{}, syncs: map[part][]time.Duration{}, opened: map[part]int{}}
	type way struct {
		part    part
		office  string
		written time.Time
	}
	ways, now := map[int]*way{}, part{}
	for _, e := range c {
		if e.World != world {
			continue
		}
		switch e.Event {
		case "phase":
			now = part{e.Phase, e.Round}
		case "exec":
			out.exec = e.At
		case "reached":
			out.reached, out.last = out.reached+1, e.At
		case "said":
			ways[e.N] = &way{part: now, office: e.Office}
		case "written":
			ways[e.N].written = e.At
		case "read":
			w := ways[e.N]
			if w.written.IsZero() {
				return nil, fmt.Errorf("message %d was relayed before it was written", e.N)
			}
			out.relayed[w.part] = append(out.relayed[w.part], relayed{w.office, e.At.Sub(w.written)})
			delete(ways, e.N)
		case "spent":
			out.spent[now] = append(out.spent[now], e)
		case "opened":
			out.opened[now] = e.Opened
		case "sync":
			out.syncs[now] = append(out.syncs[now], e.Took)
		}
	}
	if len(ways) > 0 {
		return nil, fmt.Errorf("%d messages were carried by no call", len(ways))
	}
	if out.exec.IsZero() || out.reached == 0 {
		return nil, errors.New("the history tells of no start")
	}
	return out, nil
}

// density computes the figures of a Density.
func density(c chronicle) ([]figure, error) {
	all, err := c.census(worldFleet)
	if err != nil {
		return nil, err
	}
	fresh, err := all.lastSpent(part{phase: "fresh"})
	if err != nil {
		return nil, err
	}
	idle, err := all.lastSpent(part{phase: "rest"})
	if err != nil {
		return nil, err
	}
	out := []figure{
		{"start_s", all.startSeconds()},
		{"reached", float64(all.reached)},
		{"fresh_rss_mib", fresh.RSS},
		{"open_at_wake", float64(fresh.Databases)},
	}
	for _, of := range []struct{ phase, name string }{{"wake", "wake"}, {"active", "active_1pct"}} {
		took := all.took(part{phase: of.phase}, nil)
		if len(took) == 0 {
			continue
		}
		syncs := all.syncs[part{phase: of.phase}]
		out = append(out, figure{of.name + "_messages", float64(len(took))},
			figure{of.name + "_p50_ms", quantile(took, 0.5)}, figure{of.name + "_p99_ms", quantile(took, 0.99)},
			figure{of.name + "_sync_p50_ms", quantile(syncs, 0.5)}, figure{of.name + "_sync_p99_ms", quantile(syncs, 0.99)})
	}
	begun := all.spent[part{phase: "rest"}][0]
	out = append(out,
		figure{"idle_cpu_ms_per_s", milliseconds(idle.CPU-begun.CPU) / idle.At.Sub(begun.At).Seconds()},
		figure{"idle_open_files", float64(idle.Files)},
		figure{"idle_rss_mib", idle.RSS})
	return c.compared(out, idle.RSS)
}

// compared adds what the fleet without chats took, where there is one.
func (c chronicle) compared(out []figure, rss float64) ([]figure, error) {
	for _, e := range c {
		if e.World != worldWithout {
			continue
		}
		without, err := c.census(worldWithout)
		if err != nil {
			return nil, err
		}
		idle, err := without.lastSpent(part{phase: "rest"})
		return append(out, figure{"idle_rss_without_mib", idle.RSS}, figure{"chats_rss_ratio", rss / idle.RSS}), err
	}
	return out, nil
}
