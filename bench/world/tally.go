package world

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	sim "topicdesk/bench/telegram"
)

// tally counts what runs saw.
type tally struct {
	Seeds, Tenants                                  int
	Time                                            time.Duration // of the worlds
	Messages, Inside, Answers, Albums, Edits, Calls int           // of people; calls of the relay
	Crashes, Losses, Ends, Cuts, Reopened, Floods   int
	Clocks                                          int // wrong ones
	Links                                           int // held against Telegram
	Writes, Syncs, Undone                           int // of the disks
	Unsure, Doubles                                 int
	Faults                                          map[sim.FaultKind]int // those that struck
}

// Result is what a run saw.
type Result struct {
	tally
	// Story is what happened, of a failure.
	Story []string
}

func (t *tally) countFaults(faults []sim.Fault, struck []int) {
	t.Faults = map[sim.FaultKind]int{}
	for i, f := range faults {
		t.Faults[f.Do] += struck[i]
	}
}

// result counts the rest when a run is over.
func (g *game) result(s *site) Result {
	t := g.seen
	t.Seeds, t.Tenants, t.Time = 1, len(g.desks), s.Sched.now.Sub(start)
	for _, r := range g.desks {
		t.Doubles += r.Doubles
		t.Albums += len(r.albums)
		for _, m := range r.said {
			switch {
			case m.inside:
				t.Inside++
			case m.answer:
				t.Answers++
			default:
				t.Messages++
			}
			if m.edited {
				t.Edits++
			}
		}
	}
	for _, e := range s.World.Log() {
		if e.Event != sim.EventCall || e.Method == "getUpdates" {
			continue
		}
		if t.Calls++; e.Code == 429 {
			t.Floods++
		}
		if e.Loss != sim.LossNone {
			t.Unsure++
		}
	}
	t.Reopened = s.Reopened
	disk := s.Disk.Stats()
	t.Writes, t.Syncs, t.Undone = disk.Writes, disk.Syncs, disk.Undone
	return Result{tally: t}
}

// add joins what another run saw.
func (t *tally) add(o tally) {
	t.Seeds, t.Tenants, t.Time = t.Seeds+o.Seeds, t.Tenants+o.Tenants, t.Time+o.Time
	t.Messages, t.Inside, t.Answers = t.Messages+o.Messages, t.Inside+o.Inside, t.Answers+o.Answers
	t.Albums, t.Edits, t.Calls = t.Albums+o.Albums, t.Edits+o.Edits, t.Calls+o.Calls
	t.Crashes, t.Losses, t.Ends, t.Cuts, t.Clocks = t.Crashes+o.Crashes, t.Losses+o.Losses, t.Ends+o.Ends, t.Cuts+o.Cuts, t.Clocks+o.Clocks
	t.Reopened, t.Floods = t.Reopened+o.Reopened, t.Floods+o.Floods
	t.Writes, t.Syncs, t.Undone = t.Writes+o.Writes, t.Syncs+o.Syncs, t.Undone+o.Undone
	t.Unsure, t.Doubles, t.Links = t.Unsure+o.Unsure, t.Doubles+o.Doubles, t.Links+o.Links
	if t.Faults == nil {
		t.Faults = map[sim.FaultKind]int{}
	}
	for kind, n := range o.Faults {
		t.Faults[kind] += n
	}
}

func (t *tally) String() string {
	var faults []string
	for _, kind := range slices.Sorted(maps.Keys(t.Faults)) {
		faults = append(faults, fmt.Sprintf("%d %s", t.Faults[kind], kind))
	}
	return fmt.Sprintf(`%d worlds with %d tenants, %.0f hours of theirs
people: %d messages, %d answers, %d kept inside, %d albums, %d edits
relay: %d calls, %d floods, %d answers lost, %d possible doubles, %d links held against Telegram
ends: %d actors crashed, %d messages between actors lost, %d openings anew; %d processes ended, %d of them by a power cut; %d processes with a wrong clock
disks: %d writes, %d syncs, %d writes undone by power cuts
faults: %s`,
		t.Seeds, t.Tenants, t.Time.Hours(), t.Messages, t.Answers, t.Inside, t.Albums, t.Edits,
		t.Calls, t.Floods, t.Unsure, t.Doubles, t.Links, t.Crashes, t.Losses, t.Reopened, t.Ends, t.Cuts, t.Clocks,
		t.Writes, t.Syncs, t.Undone, strings.Join(faults, ", "))
}
