package telegram

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"path"
	"slices"
	"time"
)

// armed is a fault of the plan with what it has seen.
type armed struct {
	Fault
	seen, struck int
	added        time.Time
	rnd          *rand.Rand
}

// AddFault puts a fault into the plan; earlier ones are asked first. Check
// says beforehand whether it makes sense.
func (w *World) AddFault(f Fault) {
	w.faults = append(w.faults, &armed{Fault: f, added: w.now, rnd: w.drawsFor(f)})
	if f.Do == Outage {
		w.wakeBots()
	}
}

// drawsFor is a fault's own stream of chances: the World's seed, what the
// fault is about, and how many like it are in the plan.
func (w *World) drawsFor(f Fault) *rand.Rand {
	about := func(f Fault) string {
		return fmt.Sprintf("%q %q %q %d %d %d", f.Name, f.Do, f.Method, f.Bot, f.Chat, f.Topic)
	}
	h := fnv.New64a()
	h.Write([]byte(about(f)))
	twins := uint64(0)
	for _, a := range w.faults {
		if about(a.Fault) == about(f) {
			twins++
		}
	}
	return rand.New(rand.NewPCG(w.opts.Seed, h.Sum64()+twins))
}

// wakeBots makes polls and webhooks look again, since an outage may have begun
// or ended.
func (w *World) wakeBots() {
	if w.watcher == nil {
		return
	}
	for _, b := range w.tokens {
		w.watcher(b.me.id)
	}
}

// ClearFaults empties the plan.
func (w *World) ClearFaults() {
	w.faults = nil
	w.wakeBots()
}

// RemoveFault takes the fault at that place of Faults out of the plan; false
// if there is none.
func (w *World) RemoveFault(at int) bool {
	if at < 0 || at >= len(w.faults) {
		return false
	}
	w.faults = slices.Delete(w.faults, at, at+1)
	w.wakeBots()
	return true
}

// Faults returns the plan.
func (w *World) Faults() []Fault {
	out := make([]Fault, len(w.faults))
	for i, a := range w.faults {
		out[i] = a.Fault
	}
	return out
}

// Struck says of each fault of the plan how often it has struck.
func (w *World) Struck() []int {
	out := make([]int, len(w.faults))
	for i, a := range w.faults {
		out[i] = a.struck
	}
	return out
}

// target is what a fault may strike.
type target struct {
	bot   int64
	name  string // method or update type
	chat  int64
	topic int
}

// drawn says whether the fault hits this one. All faults of the plan are
// asked about everything, so that none depends on the luck of another.
func (w *World) drawn(a *armed, t target) bool {
	if a.Bot != 0 && a.Bot != t.bot || a.Chat != 0 && a.Chat != t.chat || a.Topic != 0 && a.Topic != t.topic || !a.on(w.now) {
		return false
	}
	if a.Method != "" {
		if ok, err := path.Match(a.Method, t.name); err != nil || !ok {
			return false
		}
	}
	a.seen++
	if a.seen <= a.Skip || a.Nth > 0 && (a.seen-a.Skip)%a.Nth != 0 || a.Count > 0 && a.struck >= a.Count {
		return false
	}
	return a.Chance <= 0 || a.rnd.Float64() < a.Chance
}

// on says whether the fault is in force at a moment.
func (a *armed) on(at time.Time) bool {
	switch {
	case at.Before(a.From) || !a.Until.IsZero() && !at.Before(a.Until):
		return false
	case a.Every <= 0:
		return true
	default:
		return at.Sub(a.first())%a.Every < a.Lasting
	}
}

// first is when a fault that comes and goes comes first.
func (a *armed) first() time.Time {
	if a.From.IsZero() {
		return a.added
	}
	return a.From
}

// turns is the next moment at which the fault may come or go; zero = never.
func (a *armed) turns(after time.Time) time.Time {
	moments := []time.Time{a.From, a.Until}
	if a.Every > 0 {
		began := a.first().Add(max(0, after.Sub(a.first())) / a.Every * a.Every)
		moments = append(moments, began, began.Add(a.Lasting), began.Add(a.Every))
	}
	var next time.Time
	for _, m := range moments {
		if m.After(after) && (next.IsZero() || m.Before(next)) {
			next = m
		}
	}
	return next
}
