package pace

import (
	"fmt"
	"testing"
	"time"

	"topicdesk/tenants/dialog"
)

// wave are new clients, from lane first on, who write at the same moment: each gets a
// topic, what he said in it, and a card.
func wave(first, n int, at time.Duration) []stream {
	var all []stream
	for i := range n {
		once := stream{lane: first + i, begin: at + time.Duration(i)*40*time.Millisecond, every: time.Hour, class: dialog.ClassClient}
		once.end = once.begin + time.Second
		opens, card := once, once
		opens.opens, card.class = true, dialog.ClassNote
		all = append(all, opens, once, card)
	}
	return all
}

// TestWave: many new clients at once don't take all tokens. Those whom the group knows
// are heard, and operators answered, nearly as if there was no wave; no token is lost to
// that, and who has got a topic is soon heard in it.
func TestWave(t *testing.T) {
	for _, n := range []int{25, 60} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			f := flood{rules: groupRules, latency: 150 * time.Millisecond, late: 10 * time.Millisecond, length: 4 * time.Minute}
			f.streams = append(wave(1000, n, 0), strangers(100, 15, 5*time.Second, 15*time.Second)...)
			for _, s := range strangers(200, 7, 8*time.Second, 30*time.Second) {
				s.class = dialog.ClassAnswer
				f.streams = append(f.streams, s)
			}
			r := f.play(t)
			if wait := r.longest(t, 100, 15); wait > 12*time.Second {
				t.Errorf("a client of before waited %s", wait)
			}
			if wait := r.longest(t, 200, 7); wait > 4*time.Second {
				t.Errorf("an operator waited %s", wait)
			}
			if used := r.used(1, 0, f.length); used < 79 {
				t.Errorf("used %d of 80 tokens", used)
			}
			heard := 0
			for ln := 1000; ln < 1000+n; ln++ {
				waits := r.waits[ln]
				if len(waits) < 2 {
					continue
				}
				heard++
				if empty := waits[1] - waits[0]; empty > groupRules.Window {
					t.Errorf("topic %d was empty for %s", ln, empty)
				}
			}
			if heard < 25 {
				t.Errorf("only %d new clients were heard", heard)
			}
		})
	}
}

// TestWaveEnds: a topic that is spread because another was made just now is urgent when
// that is long enough ago, and the queue wants to be looked at then.
func TestWaveEnds(t *testing.T) {
	rules := Rules{Tokens: 5, Window: 20 * time.Second, Burst: 2, OpenPause: time.Second}
	q := NewQueue(rules)
	open := func(id int) {
		it := job(id, id)
		it.Opens, it.Class = true, dialog.ClassClient
		q.Put(it)
	}
	open(1)
	it, _ := q.Pick(epoch, nil)
	q.Answered(it.Job, it.Lane, epoch)
	q.Retire(it.Job, it.Lane)
	for id := 10; id < 12; id++ { // what is left of the burst, and more
		it := job(id, id)
		it.Class = dialog.ClassAnswer
		q.Put(it)
		it, _ = q.Pick(epoch, nil)
		q.Answered(it.Job, it.Lane, epoch)
		q.Retire(it.Job, it.Lane)
	}
	open(2)
	if _, ok := q.Pick(epoch, nil); ok {
		t.Fatal("a second topic went with the first one")
	}
	end := epoch.Add(rules.Window / newcomers)
	if wake := q.Wake(epoch); !wake.Equal(end) {
		t.Errorf("wants to be looked at after %s, not %s", wake.Sub(epoch), end.Sub(epoch))
	}
	if _, ok := q.Pick(end, nil); !ok {
		t.Error("does not go when it is urgent")
	}
}
