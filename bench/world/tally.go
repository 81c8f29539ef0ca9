package world

import (
	"cmp"
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
	Asleep, Rests                                   int // tenants that slept when something happened to them; processes that ended as they should
	Clocks, Jumps, Tokens, Gone, Groups, Deleted    int // wrong clocks, and steps of one; tokens revoked; accounts deleted; groups bound later, and deleted
	Commands, Quick, Titles                         int // of operators; quick replies; of topics, held against the file
	Bans, Barred, Acts, Labels, Menus, Votes        int // ordered; messages of who is banned; acts and labels held against orders; menus against the table
	Links                                           int // held against Telegram
	Reminders                                       int // told when all was quiet
	Writes, Syncs, Undone                           int // of the disks
	Unsure, Doubles                                 int
	// Whys are the possible doubles by their reasons, Found what was found out of
	// unsure sends, Faults those that struck.
	Whys, Found map[string]int
	Faults      map[sim.FaultKind]int
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
	t.Whys, t.Found = map[string]int{}, map[string]int{}
	for _, r := range g.desks {
		t.Doubles += r.Doubles
		countReasons(t.Whys, r.Doubled)
		countReasons(t.Found, r.Settled)
		for _, m := range r.said {
			switch {
			case m.inside:
				t.Inside++
			case m.answer:
				t.Answers++
			default:
				t.Messages++
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
	t.Jumps, t.Tokens, t.Gone, t.Groups = t.Jumps+o.Jumps, t.Tokens+o.Tokens, t.Gone+o.Gone, t.Groups+o.Groups
	t.Asleep, t.Rests = t.Asleep+o.Asleep, t.Rests+o.Rests
	t.Deleted, t.Commands, t.Quick, t.Titles = t.Deleted+o.Deleted, t.Commands+o.Commands, t.Quick+o.Quick, t.Titles+o.Titles
	t.Bans, t.Barred, t.Acts, t.Labels, t.Menus, t.Votes = t.Bans+o.Bans, t.Barred+o.Barred, t.Acts+o.Acts, t.Labels+o.Labels, t.Menus+o.Menus, t.Votes+o.Votes
	t.Reopened, t.Floods = t.Reopened+o.Reopened, t.Floods+o.Floods
	t.Writes, t.Syncs, t.Undone = t.Writes+o.Writes, t.Syncs+o.Syncs, t.Undone+o.Undone
	t.Unsure, t.Doubles, t.Links = t.Unsure+o.Unsure, t.Doubles+o.Doubles, t.Links+o.Links
	t.Reminders += o.Reminders
	t.Whys, t.Found, t.Faults = joined(t.Whys, o.Whys), joined(t.Found, o.Found), joined(t.Faults, o.Faults)
}

// countReasons counts lines of the relay's log by what they say behind whose
// message it was.
func countReasons(counts map[string]int, lines []string) {
	for _, line := range lines {
		_, reason, _ := strings.Cut(line, " ")
		counts[reason]++
	}
}

// joined adds counts to others.
func joined[K ~string](to, more map[K]int) map[K]int {
	if to == nil {
		to = map[K]int{}
	}
	for kind, n := range more {
		to[kind] += n
	}
	return to
}

// listed are counts in the order of what they count.
func listed[K ~string](counts map[K]int) string {
	var all []string
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		all = append(all, fmt.Sprintf("%d %s", counts[kind], kind))
	}
	return cmp.Or(strings.Join(all, ", "), "none")
}

func (t *tally) String() string {
	return fmt.Sprintf(`%d worlds with %d tenants, %.0f hours of theirs
people: %d messages, %d answers, %d kept inside, %d albums, %d edits, %d commands, %d quick replies, %d bans, %d messages of who is banned, %d votes
relay: %d calls, %d floods, %d answers lost, %d links and %d titles held against Telegram, %d acts and %d labels against orders, %d menus, %d reminders
unsure sends found out: %s
possible doubles: %d: %s
ends: %d actors crashed, %d messages between actors lost, %d openings anew; %d processes ended, %d of them by a power cut; %d processes with a wrong clock, %d steps of one
sleep: something happened to %d tenants that slept; %d processes ended as they should
people of the bots: %d tokens revoked, %d accounts deleted, %d groups of the team bound later, %d deleted
disks: %d writes, %d syncs, %d writes undone by power cuts
faults: %s`,
		t.Seeds, t.Tenants, t.Time.Hours(), t.Messages, t.Answers, t.Inside, t.Albums, t.Edits, t.Commands, t.Quick, t.Bans, t.Barred, t.Votes,
		t.Calls, t.Floods, t.Unsure, t.Links, t.Titles, t.Acts, t.Labels, t.Menus, t.Reminders, listed(t.Found), t.Doubles, listed(t.Whys), t.Crashes, t.Losses, t.Reopened, t.Ends, t.Cuts, t.Clocks, t.Jumps,
		t.Asleep, t.Rests, t.Tokens, t.Gone, t.Groups, t.Deleted,
		t.Writes, t.Syncs, t.Undone, listed(t.Faults))
}
