package run

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// pressure is the figures of a backlog.
func pressure(c chronicle) ([]figure, error) {
	worlds, err := truths(c)
	if err != nil {
		return nil, err
	}
	var used, quiet, fresh, merged, helped []float64
	floods := 0
	for name, t := range worlds {
		share, err := t.budgetUsed(officeFlood)
		if err != nil {
			return nil, fmt.Errorf("world %s: %w", name, err)
		}
		used = append(used, share)
		quiet = append(quiet, t.longestWait("quiet").Seconds())
		fresh = append(fresh, t.longestWait("new").Seconds())
		floods += t.floods
		if merging, plain := t.brought(officeMerge), t.brought(officePlain); plain > 0 {
			merged = append(merged, float64(merging)/float64(plain))
		}
		helped = append(helped, t.perHelper()...)
	}
	all := []figure{
		{"budget_used_ratio", slices.Min(used)}, {"avoidable_429", float64(floods)},
		{"quiet_client_wait_s", slices.Max(quiet)}, {"quiet_new_topic_wait_s", slices.Max(fresh)},
	}
	if len(merged) > 0 {
		all = append(all, figure{"merge_gain_ratio", slices.Min(merged)})
	}
	if len(helped) > 0 {
		all = append(all, figure{"helper_scaling_ratio", slices.Min(helped)})
	}
	return all, nil
}

// measured is the time of the flood.
func (t *truth) measured() (from, to time.Time) {
	flood := t.phases["flood"]
	return flood.At, flood.At.Add(flood.Lasts)
}

// allowed is what the limit lets one bot send in the time of the flood: its rate,
// which is what a window allows in whole minutes. What a bucket holds beyond, once,
// is not counted.
func (t *truth) allowed() float64 {
	return float64(t.limit.Tries) * float64(t.phases["flood"].Lasts) / float64(t.limit.Per)
}

// idleAllowed is the part of the flood in which nothing may wait: what arrives
// within a moment does not.
const idleAllowed = 0.01

// budgetUsed is what Telegram counted of an office's calls into its group by what
// the limit allows.
func (t *truth) budgetUsed(office string) (float64, error) {
	from, to := t.measured()
	if idle := t.idle(office); idle > time.Duration(idleAllowed*float64(to.Sub(from))) {
		return 0, fmt.Errorf("for %s of the flood nothing waits in %s: it is too small to be one", idle, office)
	}
	spent := 0
	for _, e := range t.calls[t.forums[office].Chat] {
		if !e.At.Before(from) && e.At.Before(to) {
			spent += e.Spent
		}
	}
	return float64(spent) / t.allowed(), nil
}

// idle is for how long of the flood nothing waits for an office's group.
func (t *truth) idle(office string) (idle time.Duration) {
	from, to := t.measured()
	type change struct {
		at time.Time
		by int
	}
	var changes []change
	for _, s := range t.said {
		if s.Office != office {
			continue
		}
		changes = append(changes, change{s.At, 1})
		if at := t.delivered(s); !at.IsZero() {
			changes = append(changes, change{at, -1})
		}
	}
	slices.SortStableFunc(changes, func(a, b change) int { return a.at.Compare(b.at) })
	waiting, last := 0, from
	for _, c := range append(changes, change{at: to}) {
		if waiting == 0 && c.at.After(last) && !c.at.After(to) {
			idle += c.at.Sub(last)
		}
		if c.at.After(last) {
			last = c.at
		}
		waiting += c.by
	}
	return idle
}

// longestWait is the longest time from being said to standing in the topic; what
// does not stand there in the end has waited until then.
func (t *truth) longestWait(role string) (longest time.Duration) {
	for _, s := range t.said {
		if s.Role != role {
			continue
		}
		at := t.delivered(s)
		if at.IsZero() {
			at = t.phases["end"].At
		}
		longest = max(longest, at.Sub(s.At))
	}
	return longest
}

// brought is how much of what an office's clients said was delivered in the flood.
func (t *truth) brought(office string) (n int) {
	from, to := t.measured()
	for _, s := range t.said {
		at := t.delivered(s)
		if s.Office == office && !at.Before(from) && at.Before(to) {
			n++
		}
	}
	return n
}

// perHelper is what each helper adds, by what one bot may send: for every number
// of helpers.
func (t *truth) perHelper() (all []float64) {
	alone := float64(t.brought(officeHelped + "0"))
	for name, office := range t.forums {
		n, err := strconv.Atoi(strings.TrimPrefix(name, officeHelped))
		if err != nil || n == 0 || office.Helpers != n {
			continue
		}
		all = append(all, (float64(t.brought(name))-alone)/float64(n)/t.allowed())
	}
	return all
}
