package pace

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

func laneOf(n int) dialog.Lane { return dialog.Lane{Dialog: tenants.DialogID(n), Side: dialog.ToTopic} }

// job is one of a client's messages in a lane.
func job(id, lane int) Item {
	return Item{Job: tenants.JobID(id), Lane: laneOf(lane), Connection: 1, Class: dialog.ClassClient, Weight: 1}
}

// TestFairTurns: while a lane waits, no other of its rank goes twice.
func TestFairTurns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules := rapid.SampledFrom([]Rules{{}, groupRules}).Draw(t, "rules")
		class := rapid.SampledFrom([]dialog.Class{dialog.ClassAnswer, dialog.ClassClient, dialog.ClassNote}).Draw(t, "class")
		q := NewQueue(rules)
		lanes := rapid.IntRange(2, 30).Draw(t, "lanes")
		now, id := epoch, 0
		since := map[dialog.Lane]map[dialog.Lane]int{} // of each lane: how often others went while it waited
		put := func(n int) {
			id++
			it := job(id, n)
			it.Class = class
			q.Put(it)
			if since[it.Lane] == nil {
				since[it.Lane] = map[dialog.Lane]int{}
			}
		}
		for n := range lanes {
			put(n + 1)
			put(n + 1)
		}
		for range 300 {
			it, ok := q.Pick(now, nil)
			if !ok {
				now = q.Wake(now)
				continue
			}
			since[it.Lane] = nil
			for ln, others := range since {
				if others == nil {
					continue
				}
				if others[it.Lane]++; others[it.Lane] > 1 {
					t.Fatalf("lane %v went twice while %v waited", it.Lane, ln)
				}
			}
			q.Answered(it.Job, it.Lane, now)
			q.Retire(it.Job, it.Lane)
			put(int(it.Lane.Dialog))
		}
	})
}

// TestRanks: what is urgent goes first, whoever waits longer.
func TestRanks(t *testing.T) {
	q := NewQueue(Rules{})
	classes := []dialog.Class{dialog.ClassTitle, dialog.ClassNote, dialog.ClassAlbum, dialog.ClassClient}
	for i, c := range classes {
		it := job(i+1, i+1)
		it.Class = c
		q.Put(it)
	}
	var got []dialog.Class
	for {
		it, ok := q.Pick(epoch, nil)
		if !ok {
			break
		}
		got = append(got, it.Class)
	}
	slices.Reverse(classes)
	if !slices.Equal(got, classes) {
		t.Errorf("went in order %v, not %v", got, classes)
	}
}

// TestNotesGoWithWhatFollows: a note holds back neither a client's message nor an
// operator's answer that waits behind it, and a client who had been quiet is urgent
// although a note came first. What a client floods before an answer is not.
func TestNotesGoWithWhatFollows(t *testing.T) {
	const note, client, answer = dialog.ClassNote, dialog.ClassClient, dialog.ClassAnswer
	for name, c := range map[string]struct {
		other dialog.Class   // of a lane that was first
		lane  []dialog.Class // of one that came behind it
		burst bool           // nothing may go that is not urgent
		want  int            // how many of it go before the other
	}{
		"a note alone":                   {other: client, lane: []dialog.Class{note}},
		"a note before a message":        {other: note, lane: []dialog.Class{note, client}, want: 2},
		"two before one":                 {other: note, lane: []dialog.Class{note, note, client}, want: 3},
		"a note behind a message":        {other: note, lane: []dialog.Class{client, note}, want: 1},
		"a note before an answer":        {other: note, lane: []dialog.Class{note, answer}, burst: true, want: 2},
		"the first words":                {other: note, lane: []dialog.Class{note, client, client}, burst: true, want: 2},
		"messages before an answer":      {other: note, lane: []dialog.Class{client, client, answer}, burst: true, want: 1},
		"a note before a title, nothing": {other: client, lane: []dialog.Class{note, dialog.ClassTitle}},
	} {
		t.Run(name, func(t *testing.T) {
			q := NewQueue(groupRules)
			put := func(id, lane int, class dialog.Class) {
				it := job(id, lane)
				it.Class = class
				q.Put(it)
			}
			if c.burst {
				for i := range groupRules.Burst {
					put(100+i, 100+i, client)
					it, _ := q.Pick(epoch, nil)
					q.Answered(it.Job, it.Lane, epoch)
					q.Retire(it.Job, it.Lane)
				}
			}
			put(1, 1, c.other)
			for i, class := range c.lane {
				put(10+i, 2, class)
			}
			went := 0
			for {
				it, ok := q.Pick(epoch, nil)
				if !ok || it.Lane == laneOf(1) {
					break
				}
				went++
				q.Answered(it.Job, it.Lane, epoch)
				q.Retire(it.Job, it.Lane)
			}
			if went != c.want {
				t.Errorf("%d went first, not %d", went, c.want)
			}
		})
	}
}

// TestRefill: a token comes back a window after its answer, not after its start,
// and not by and by.
func TestRefill(t *testing.T) {
	q := NewQueue(Rules{Tokens: 2, Window: time.Minute})
	for i := range 4 {
		q.Put(job(i+1, i+1))
	}
	for _, want := range []tenants.JobID{1, 2} {
		if it, ok := q.Pick(epoch, nil); !ok || it.Job != want {
			t.Fatalf("picked %v %v", it, ok)
		}
	}
	if wake := q.Wake(epoch); !wake.IsZero() {
		t.Errorf("wakes at %s although only an answer can tell", wake)
	}
	answered := epoch.Add(7 * time.Second)
	q.Answered(1, laneOf(1), answered)
	q.Retire(1, laneOf(1))
	back := answered.Add(time.Minute + slack)
	if wake := q.Wake(answered); !wake.Equal(back) {
		t.Errorf("wakes at %s, not at %s", wake, back)
	}
	if _, ok := q.Pick(back.Add(-time.Millisecond), nil); ok {
		t.Error("a token came back too early")
	}
	if _, ok := q.Pick(back, nil); !ok {
		t.Error("a token did not come back")
	}
}

// TestResumedIsNotPaidTwice: the answer of a call from before a crash says
// nothing about the calls begun since.
func TestResumedIsNotPaidTwice(t *testing.T) {
	before := NewQueue(Rules{Tokens: 2, Window: time.Minute})
	before.Put(job(1, 1))
	before.Pick(epoch, nil)
	budget, err := DecodeBudget(before.Budget(1).Encode(), epoch, Rules{Tokens: 2, Window: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	q := NewQueue(Rules{Tokens: 2, Window: time.Minute})
	q.SetBudget(1, budget)
	q.Resume(job(1, 1))
	q.Put(job(2, 2))
	q.Put(job(3, 3))
	if it, ok := q.Pick(epoch, nil); !ok || it.Job != 2 {
		t.Fatalf("picked %v %v", it, ok)
	}
	q.Answered(1, laneOf(1), epoch)
	q.Retire(1, laneOf(1))
	if it, ok := q.Pick(epoch.Add(time.Minute+2*lateCall), nil); !ok || it.Job != 3 {
		t.Fatalf("the stored token did not come back: %v %v", it, ok)
	}
	q.Put(job(4, 4))
	if it, ok := q.Pick(epoch.Add(2*time.Minute-time.Second), nil); ok {
		t.Errorf("job %d went on the token of a call that is not answered yet", it.Job)
	}
}

// TestAlbumDoesNotStarve: beside more messages than the budget has room for, an
// album of ten goes within three windows, and the load takes all that is left.
func TestAlbumDoesNotStarve(t *testing.T) {
	q, now, id, sent := NewQueue(groupRules), epoch, 1000, 0
	album := job(1, 1)
	album.Class, album.Weight = dialog.ClassAlbum, 10
	q.Put(album)
	for n := range 18 { // most of the budget is spent already
		q.Put(job(2+n, 2+n))
	}
	went := time.Time{}
	for now.Before(epoch.Add(10 * time.Minute)) {
		if id++; id%5 == 0 { // a message a second, each from another lane of thirty
			q.Put(job(id, 50+id/5%30))
		}
		for {
			it, ok := q.Pick(now, nil)
			if !ok {
				break
			}
			if it.Job == 1 {
				went = now
			}
			sent += it.Weight
			q.Answered(it.Job, it.Lane, now)
			q.Retire(it.Job, it.Lane)
		}
		now = now.Add(200 * time.Millisecond)
	}
	if wait := went.Sub(epoch); went.IsZero() || wait > 3*time.Minute {
		t.Errorf("the album went after %s", wait)
	}
	if sent < 185 {
		t.Errorf("only %d of 200 tokens were used", sent)
	}
}

// TestMoreThanAllTokens: an album that weighs more than all tokens goes when they
// are there, and what it took beyond them comes back window by window.
func TestMoreThanAllTokens(t *testing.T) {
	q := NewQueue(Rules{Tokens: 3, Window: 3 * time.Second})
	for id := 1; id <= 2; id++ {
		it := job(id, 1)
		it.Class, it.Weight = dialog.ClassAlbum, 10
		q.Put(it)
	}
	if _, ok := q.Pick(epoch, nil); !ok {
		t.Fatal("the first album never goes")
	}
	q.Answered(1, laneOf(1), epoch)
	q.Retire(1, laneOf(1))
	// Ten of three a window are four windows.
	if want, got := epoch.Add(12*time.Second+slack), q.Wake(epoch); !got.Equal(want) {
		t.Errorf("the next one goes after %s, not %s", got.Sub(epoch), want.Sub(epoch))
	}
}

// TestNotTriedGivesBack: a pick of a job that was withdrawn meanwhile costs
// nothing, though only its number and its lane are known any more.
func TestNotTriedGivesBack(t *testing.T) {
	q := NewQueue(Rules{Tokens: 1, Window: time.Minute})
	q.Put(job(1, 1))
	q.Put(job(2, 2))
	it, ok := q.Pick(epoch, nil)
	if !ok {
		t.Fatal("nothing may go")
	}
	q.NotTried(Item{Job: it.Job, Lane: it.Lane})
	q.Retire(it.Job, it.Lane)
	if _, ok := q.Pick(epoch, nil); !ok {
		t.Error("the token did not come back")
	}
}

// TestBehind: a new job that was picked before others were known which go before it
// waits behind them, and those behind it stay there.
func TestBehind(t *testing.T) {
	q, lane := NewQueue(Rules{Tokens: 10, Window: time.Minute}), dialog.Lane{Group: -1, Side: dialog.ToTopic}
	put := func(ticket uint64, id tenants.JobID) {
		q.Put(Item{Ticket: ticket, Job: id, Lane: lane, Connection: 1, Weight: 1})
	}
	put(1, 0)
	put(2, 0)
	if it, ok := q.Pick(epoch, func(it Item) bool { return it.Ticket == 1 }); !ok || it.Ticket != 1 {
		t.Fatal("the first was not picked")
	}
	put(0, 5) // by somebody else, and told late
	put(0, 6)
	q.Name(lane, 1, 7)
	q.Behind(Item{Job: 7, Lane: lane, Connection: 1, Weight: 1})
	q.Name(lane, 2, 8)
	goInOrder(t, q, 5, 6, 7, 8)
}

// goInOrder picks jobs, each answered before the next.
func goInOrder(t *testing.T, q *Queue, jobs ...tenants.JobID) {
	t.Helper()
	for _, want := range jobs {
		it, ok := q.Pick(epoch, nil)
		if !ok || it.Job != want {
			t.Fatalf("job %d went, not %d", it.Job, want)
		}
		q.Answered(it.Job, it.Lane, epoch)
		q.Retire(it.Job, it.Lane)
	}
}

// TestTicketsStandBehind: what is on disk goes before what is only decided, whoever
// was told first.
func TestTicketsStandBehind(t *testing.T) {
	q, lane := NewQueue(Rules{Tokens: 10, Window: time.Minute}), dialog.Lane{Group: -1, Side: dialog.ToTopic}
	put := func(ticket uint64, id tenants.JobID) {
		q.Put(Item{Ticket: ticket, Job: id, Lane: lane, Connection: 1, Weight: 1})
	}
	put(0, 5)
	put(1, 0)
	put(2, 0)
	put(0, 6) // by somebody else
	q.Name(lane, 1, 7)
	q.Name(lane, 2, 8)
	goInOrder(t, q, 5, 6, 7, 8)
}

func TestDecodeBudgetRefusesNonsense(t *testing.T) {
	if _, err := DecodeBudget([]byte("{"), epoch, groupRules); err == nil {
		t.Error("no error")
	}
}

// TestFlooded: a flood takes tokens, stored like all else of a budget; some always
// stay, and time without a flood gives them back one by one, while there is traffic.
func TestFlooded(t *testing.T) {
	q, now, id := NewQueue(groupRules), epoch, 0
	can := func() (n int) {
		now = now.Add(2 * groupRules.Window)
		for range 30 {
			id++
			it := job(id, id)
			it.Class = dialog.ClassAnswer
			q.Put(it)
			if it, ok := q.Pick(now, nil); ok {
				n++
				q.Answered(it.Job, it.Lane, now)
				q.Retire(it.Job, it.Lane)
			}
		}
		for n := range id { // what did not go is not needed
			q.Retire(tenants.JobID(n+1), laneOf(n+1))
		}
		return n
	}
	want := func(what string, n int) {
		t.Helper()
		if got := can(); got != n {
			t.Errorf("%s: %d tokens, not %d", what, got, n)
		}
	}
	flood := func() {
		id++
		q.Put(job(id, id))
		if it, ok := q.Pick(now, nil); ok {
			q.Answered(it.Job, it.Lane, now)
			q.Retire(it.Job, it.Lane)
		}
		q.Flooded(1, now)
	}
	want("at first", 20)
	now = now.Add(2 * groupRules.Window)
	flood()
	q.Served(1, now)
	want("after a flood by chance", 20)
	now = now.Add(2 * groupRules.Window)
	flood()
	flood()
	flood() // of a call that was under way with it
	want("after two floods, and nothing served in between", 15)
	b, err := DecodeBudget(q.Budget(1).Encode(), now, groupRules)
	if err != nil {
		t.Fatal(err)
	}
	q.SetBudget(1, b)
	want("after a crash and a quiet while", 16)
	for range 20 {
		now = now.Add(2 * groupRules.Window)
		flood()
		flood()
	}
	want("after many floods", 4)
	for range 40 {
		can()
	}
	want("after a long time", 20)
}

// BenchmarkPick is one turn of a group with 1,000 lanes that all wait.
func BenchmarkPick(b *testing.B) {
	for name, rules := range map[string]Rules{"no limit": {}, "a limit": groupRules} {
		b.Run(name, func(b *testing.B) {
			q, now := NewQueue(rules), epoch
			for i := range 1000 {
				q.Put(job(i+1, i+1))
			}
			id := 1000
			b.ReportAllocs()
			for b.Loop() {
				it, ok := q.Pick(now, nil)
				if !ok {
					now = q.Wake(now)
					continue
				}
				q.Answered(it.Job, it.Lane, now)
				q.Retire(it.Job, it.Lane)
				id++
				q.Put(job(id, int(it.Lane.Dialog)))
			}
		})
	}
}
