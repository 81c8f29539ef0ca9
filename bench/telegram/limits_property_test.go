package telegram

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var anyLimit = rapid.Custom(func(t *rapid.T) Limit {
	l := Limit{
		Kind:  rapid.SampledFrom([]LimitKind{Window, Bucket}).Draw(t, "kind"),
		Count: rapid.IntRange(1, 30).Draw(t, "count"),
		Per:   time.Duration(rapid.IntRange(1, 60).Draw(t, "per")) * time.Second,
	}
	if l.Kind == Bucket {
		l.Burst = rapid.IntRange(1, 30).Draw(t, "burst")
	}
	return l
})

// passing is n tokens that left at a moment.
type passing struct {
	at time.Time
	n  int
}

// over says how many tokens more than allowed passed within some interval.
func over(l Limit, all []passing) int {
	slices.SortFunc(all, func(a, b passing) int { return a.at.Compare(b.at) })
	worst := 0
	for i := range all {
		sum := 0
		for _, p := range all[i:] {
			within := p.at.Sub(all[i].at)
			sum += p.n
			allowed := l.Count
			switch l.Kind {
			case Window:
				if within >= l.Per {
					continue
				}
			case Bucket:
				allowed = l.Burst + int(float64(within)*float64(l.Count)/float64(l.Per)+1e-6)
			default:
				panic("no limit")
			}
			worst = max(worst, sum-allowed)
		}
	}
	return worst
}

// A budget never lets more through than its rule says, though some of what
// it grants is for later; and what waits as long as it is told passes.
func TestBudgetHoldsAndNeverStarves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := anyLimit.Draw(t, "limit")
		now := defaultStart
		b := &budget{tokens: float64(l.Burst), filled: now}
		var all []passing
		for range rapid.IntRange(1, 60).Draw(t, "calls") {
			now = now.Add(time.Duration(rapid.IntRange(0, 5000).Draw(t, "gap ms")) * time.Millisecond)
			n := rapid.IntRange(1, l.size()).Draw(t, "tokens")
			wait := b.wait(l, n, now)
			if wait < 0 {
				t.Fatalf("waits %v", wait)
			}
			switch rapid.SampledFrom([]string{"refuse", "reserve", "sleep"}).Draw(t, "how") {
			case "refuse":
				if wait > 0 {
					continue
				}
				b.take(l, n, now, now)
				all = append(all, passing{now, n})
			case "reserve":
				at := now
				for wait > 0 {
					at = at.Add(wholeSeconds(wait))
					wait = b.wait(l, n, at)
				}
				b.take(l, n, now, at)
				all = append(all, passing{at, n})
			case "sleep":
				now = now.Add(wait)
				if left := b.wait(l, n, now); left > 0 {
					t.Fatalf("after %v it is told %v more", wait, left)
				}
				b.take(l, n, now, now)
				all = append(all, passing{now, n})
			}
		}
		if n := over(l, all); n > 0 {
			t.Fatalf("%d too many passed: %v", n, all)
		}
	})
}

// TestProfilesHold: through the API too no profile lets more through than
// its group limit, and whoever obeys retry_after gets through in the end.
func TestProfilesHold(t *testing.T) {
	for name, k := range map[string]Knobs{"strict": Strict(), "harsh": Harsh(), "buckets": Buckets(), "hidden": Hidden()} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(r *rapid.T) {
				s := newScene(t, Options{Knobs: &k})
				id := s.own(s.forum)
				all := []passing{{s.w.Now(), 1}}
				for i := range rapid.IntRange(20, 80).Draw(r, "calls") {
					s.after(time.Duration(rapid.IntRange(0, 3000).Draw(r, "gap ms")) * time.Millisecond)
					a := s.oneOf(rapid.IntRange(0, 2).Draw(r, "what"), id, i)
					if a.Delay > 0 && k.HideUpTo == 0 {
						r.Fatal("it waited")
					}
					if a.OK {
						all = append(all, passing{s.w.Now().Add(a.Delay), 1})
						continue
					}
					if a.Code != 429 {
						r.Fatal(a.Description)
					}
				}
				if n := over(k.Group, all); n > 0 {
					r.Fatalf("%d too many passed", n)
				}
				s.patient(r)
			})
		})
	}
}

// oneOf sends, edits or makes a topic: all from one budget.
func (s *scene) oneOf(what, id, i int) Answer {
	switch what {
	case 0:
		return s.send(s.forum)
	case 1:
		return s.call("editMessageText", "chat_id", s.forum, "message_id", id, "text", "edit "+itoa(int64(i)))
	default:
		return s.call("createForumTopic", "chat_id", s.forum, "name", "T")
	}
}

// patient sends ten more, waiting as told.
func (s *scene) patient(t *rapid.T) {
	for range 10 {
		a := s.send(s.forum)
		for tries := 0; !a.OK; tries++ {
			if tries == 3 {
				t.Fatalf("refused a %dth time: %d", tries+1, a.RetryAfter)
			}
			s.after(a.Delay + time.Duration(a.RetryAfter)*time.Second)
			a = s.send(s.forum)
		}
		s.after(a.Delay)
	}
}
