package pace

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

var groupRules = Rules{Tokens: 20, Window: time.Minute, Burst: 10, OpenPause: 3 * time.Second}

// stream is what somebody writes: from begin on each every, until end.
type stream struct {
	lane              int
	begin, every, end time.Duration
	class             dialog.Class
	weight            int
	helped            func(n int) bool
	opens             bool // the first makes a topic
}

// clients are n lanes, from number first on, that write every so often from the
// beginning to the end.
func clients(first, n int, every time.Duration) []stream {
	var all []stream
	for i := range n {
		all = append(all, stream{lane: first + i, every: every, end: time.Hour, class: dialog.ClassClient})
	}
	return all
}

// strangers are lanes, from number first on, that write once each, one every so often.
func strangers(first, n int, begin, every time.Duration) []stream {
	var all []stream
	for i := range n {
		at := begin + time.Duration(i)*every
		all = append(all, stream{lane: first + i, begin: at, every: time.Hour, end: at + time.Second, class: dialog.ClassClient})
	}
	return all
}

// flood plays streams against a Queue with calls that take latency.
type flood struct {
	rules   Rules
	helpers []tenants.ConnectionID
	latency time.Duration
	late    time.Duration // how late our own timers are
	length  time.Duration
	streams []stream
}

type fataler interface{ Fatalf(string, ...any) }

// result is what came of a flood.
type result struct {
	starts map[tenants.ConnectionID][]served
	waits  map[int][]time.Duration // by lane
}

// longest is the longest wait in n lanes from number first on, of which none may
// have been forgotten.
func (r result) longest(t testing.TB, first, n int) time.Duration {
	t.Helper()
	longest := time.Duration(0)
	for ln := first; ln < first+n; ln++ {
		if len(r.waits[ln]) == 0 {
			t.Errorf("nothing of lane %d went", ln)
		}
		longest = max(longest, slices.Max(append(r.waits[ln], 0)))
	}
	return longest
}

type event struct {
	at   time.Duration
	job  Item
	done bool
}

func (f flood) play(t fataler) result {
	q := NewQueue(f.rules)
	q.SetHelpers(1, f.helpers)
	var events []event
	id := 0
	came := map[tenants.JobID]time.Duration{}
	for _, s := range f.streams {
		n := 0
		for at := s.begin; at < min(s.end, f.length); at += s.every {
			id++
			it := job(id, s.lane)
			it.Class, it.Weight = s.class, cmp.Or(s.weight, 1)
			it.Opens = s.opens && n == 0
			it.Helped = s.helped != nil && s.helped(n)
			n++
			events = append(events, event{at: at, job: it})
			came[it.Job] = at
		}
	}
	byTime := func(a, b event) int { return cmp.Compare(a.at, b.at) }
	slices.SortStableFunc(events, byTime)
	r := result{starts: map[tenants.ConnectionID][]served{}, waits: map[int][]time.Duration{}}
	now := time.Duration(0)
	wake := time.Duration(-1)
	for {
		next := f.length
		if len(events) > 0 {
			next = min(next, events[0].at)
		}
		if wake >= 0 {
			next = min(next, max(now, wake+f.late))
		}
		if now = next; now >= f.length {
			return r
		}
		for len(events) > 0 && events[0].at <= now {
			e := events[0]
			events = events[1:]
			if e.done {
				q.Answered(e.job.Job, e.job.Lane, epoch.Add(now))
				q.Retire(e.job.Job, e.job.Lane)
			} else {
				q.Put(e.job)
			}
		}
		for {
			it, ok := q.Pick(epoch.Add(now), nil)
			if !ok {
				break
			}
			r.starts[it.By] = append(r.starts[it.By], served{epoch.Add(now), it.Weight})
			r.waits[int(it.Lane.Dialog)] = append(r.waits[int(it.Lane.Dialog)], now-came[it.Job])
			e := event{at: now + f.latency, job: it, done: true}
			i, _ := slices.BinarySearchFunc(events, e, byTime)
			events = slices.Insert(events, i, e)
		}
		wake = -1
		if w := q.Wake(epoch.Add(now)); !w.IsZero() {
			if wake = w.Sub(epoch); wake <= now {
				t.Fatalf("looks again at once at %s", now)
			}
		}
	}
}

func (r result) used(by tenants.ConnectionID, from, to time.Duration) int {
	n := 0
	for _, s := range r.starts[by] {
		if at := s.at.Sub(epoch); at >= from && at < to {
			n += s.weight
		}
	}
	return n
}

// TestFlood: from its first second on a flood uses every token, in no window more
// than there are, and others hardly notice it.
func TestFlood(t *testing.T) {
	for _, latency := range []time.Duration{5 * time.Millisecond, 150 * time.Millisecond} {
		for _, flooders := range []int{1, 3, 10} {
			t.Run(fmt.Sprint(flooders, " clients, ", latency), func(t *testing.T) {
				f := flood{rules: groupRules, latency: latency, late: 10 * time.Millisecond, length: 10 * time.Minute}
				f.streams = append(clients(1, flooders, 500*time.Millisecond), strangers(100, 50, 200*time.Millisecond, 11*time.Second)...)
				anew := strangers(200, 9, 200*time.Millisecond, 61*time.Second)
				for _, s := range anew {
					s.opens = true
					f.streams = append(f.streams, s)
					s.opens = false // and what is to be said in it
					f.streams = append(f.streams, s)
				}
				r := f.play(t)
				if used := r.used(1, 0, f.length); used < 198 {
					t.Errorf("used %d of 200 tokens", used)
				}
				if err := crowded(r.starts[1], f.rules); err != nil {
					t.Error(err)
				}
				if wait := r.longest(t, 100, 50); wait >= 4*time.Second {
					t.Errorf("a quiet client waited %s", wait)
				}
				if wait := r.longest(t, 200, 9); wait >= 10*time.Second-latency {
					t.Errorf("a new client waited %s", wait)
				}
				few, many := len(r.waits[1]), len(r.waits[1])
				for ln := 1; ln <= flooders; ln++ {
					few, many = min(few, len(r.waits[ln])), max(many, len(r.waits[ln]))
				}
				if many > few+1 {
					t.Errorf("of those who flood one sent %d and another %d", many, few)
				}
			})
		}
	}
}

// TestBurst: what somebody says at once in an idle group goes at once, and what is
// too much is spread over the rest of the window.
func TestBurst(t *testing.T) {
	f := flood{rules: groupRules, latency: 50 * time.Millisecond, length: 3 * time.Minute}
	f.streams = []stream{{lane: 1, every: 100 * time.Millisecond, end: 1500 * time.Millisecond, class: dialog.ClassClient}}
	waits := f.play(t).waits[1]
	if len(waits) != 15 || slices.Max(waits[:10]) > 0 {
		t.Errorf("of 15 messages %d went, after %s", len(waits), waits)
	}
	if last := waits[14]; last > 40*time.Second {
		t.Errorf("the last one went after %s", last)
	}
}

// TestNobodyStarves: beside others who write more than there is room for, each
// class has its bound, also where all others are urgent. Whoever is as urgent as
// they are waits in their row.
func TestNobodyStarves(t *testing.T) {
	load := map[string][]stream{
		"ten who flood":        clients(1, 10, 2*time.Second),
		"many who write once":  strangers(1, 300, 0, 2500*time.Millisecond),
		"answers all the time": {{lane: 1, every: 2 * time.Second, end: time.Hour, class: dialog.ClassAnswer}},
	}
	bounds := map[dialog.Class]time.Duration{ // in windows
		dialog.ClassAnswer: 1, dialog.ClassClient: 1, dialog.ClassAlbum: 3, dialog.ClassNote: 5, dialog.ClassTitle: 5,
	}
	for name, streams := range load {
		for class, windows := range bounds {
			t.Run(fmt.Sprint(name, ", class ", class), func(t *testing.T) {
				f := flood{rules: groupRules, latency: 50 * time.Millisecond, length: 10 * time.Minute, streams: slices.Clone(streams)}
				mine := stream{lane: 5000, begin: 2 * time.Minute, every: time.Hour, end: time.Hour, class: class}
				if class == dialog.ClassAlbum {
					mine.weight = 10
				}
				f.streams = append(f.streams, mine)
				if wait := f.play(t).longest(t, 5000, 1); wait > windows*groupRules.Window {
					t.Errorf("waited %s", wait)
				}
			})
		}
	}
}

// TestAlbumsBesideQuiet: while tokens are saved for one album after the other, what
// is urgent goes all the same. Saved tokens lie idle, so some are lost here.
func TestAlbumsBesideQuiet(t *testing.T) {
	f := flood{rules: groupRules, latency: 50 * time.Millisecond, length: 20 * time.Minute}
	f.streams = append(clients(1, 5, time.Second), strangers(100, 80, 3*time.Second, 14*time.Second)...)
	f.streams = append(f.streams, stream{lane: 50, every: 30 * time.Second, end: time.Hour, class: dialog.ClassAlbum, weight: 10})
	r := f.play(t)
	if wait := r.longest(t, 100, 80); wait > 2*f.rules.Window/time.Duration(f.rules.Tokens) {
		t.Errorf("a quiet client waited %s", wait)
	}
	if len(r.waits[50]) < 10 {
		t.Errorf("%d albums went in twenty minutes", len(r.waits[50]))
	}
	if used := r.used(1, 0, f.length); used < 376 {
		t.Errorf("used %d of 400 tokens", used)
	}
}

// TestHelpersShare: where four of five jobs may be done by a helper, nearly all that
// a login and its helpers may send is used.
func TestHelpersShare(t *testing.T) {
	for helpers := 1; helpers <= 3; helpers++ {
		f := flood{rules: groupRules, latency: 100 * time.Millisecond, late: 10 * time.Millisecond, length: 10 * time.Minute}
		for _, s := range clients(1, 10, 500*time.Millisecond) {
			s.helped = func(n int) bool { return (n+s.lane)%5 != 0 }
			f.streams = append(f.streams, s)
		}
		used := 0
		for c := 2; c < 2+helpers; c++ {
			f.helpers = append(f.helpers, tenants.ConnectionID(c))
		}
		r := f.play(t)
		for c := 1; c < 2+helpers; c++ {
			used += r.used(tenants.ConnectionID(c), 0, f.length)
			if err := crowded(r.starts[tenants.ConnectionID(c)], f.rules); err != nil {
				t.Errorf("login %d: %v", c, err)
			}
		}
		if all := 200 * (1 + helpers); float64(used) < 0.97*float64(all) {
			t.Errorf("with %d helpers %d of %d tokens were used", helpers, used, all)
		}
	}
}

// TestBudgetIsUsed: whoever writes what, as long as something waits that is not
// bound to be first, at most one in a hundred tokens is lost, and one at the end.
func TestBudgetIsUsed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := flood{
			rules: groupRules, length: 5 * time.Minute,
			latency: time.Duration(rapid.IntRange(1, 3000).Draw(t, "latency")) * time.Millisecond,
			late:    time.Duration(rapid.IntRange(0, 20).Draw(t, "late")) * time.Millisecond,
		}
		f.streams = clients(1, rapid.IntRange(3, 12).Draw(t, "flooders"), time.Duration(rapid.IntRange(2000, 8000).Draw(t, "every"))*time.Millisecond)
		for i := range rapid.IntRange(0, 8).Draw(t, "others") {
			s := stream{
				lane:  100 + i,
				begin: time.Duration(rapid.IntRange(0, 250_000).Draw(t, "begin")) * time.Millisecond,
				every: time.Duration(rapid.IntRange(500, 100_000).Draw(t, "every")) * time.Millisecond,
				class: rapid.SampledFrom([]dialog.Class{dialog.ClassAnswer, dialog.ClassClient, dialog.ClassNote, dialog.ClassTitle}).Draw(t, "class"),
			}
			s.end = s.begin + time.Duration(rapid.IntRange(1, 60).Draw(t, "length"))*time.Second
			f.streams = append(f.streams, s)
		}
		r := f.play(t)
		if err := crowded(r.starts[1], f.rules); err != nil {
			t.Fatal(err)
		}
		all := float64(20*f.length) / float64(f.rules.Window+slack+f.latency)
		if used := r.used(1, 0, f.length); float64(used) < 0.99*all-1 {
			t.Fatalf("used %d of %.1f tokens", used, all)
		}
	})
}
