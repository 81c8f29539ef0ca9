package lane_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"topicdesk/actors/lane"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/pace"
)

const group = tenants.ChatID(-100)

var (
	begin = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	rules = pace.Rules{Tokens: 20, Window: time.Minute, Burst: 10, OpenPause: tenants.TopicPause}
)

func toTopic(d tenants.DialogID) dialog.Lane {
	return dialog.Lane{Dialog: d, Side: dialog.ToTopic}
}

func owner() *lane.Owner {
	return lane.NewOwner(rules, group, func(l dialog.Lane) bool { return l.Side != dialog.ToClient })
}

// send is a new job for a client's text.
func send(d tenants.DialogID) dialog.Job {
	return dialog.Job{
		Lane: toTopic(d), Connection: 1, Chat: group, Class: dialog.ClassClient,
		Effect: &dialog.Send{Way: dialog.Write, Parts: make([]dialog.Part, 1)},
	}
}

func commit(jobs ...dialog.Job) *lane.Commit {
	return &lane.Commit{Decision: dialog.Decision{Jobs: jobs}}
}

func numbers(id tenants.JobID, d tenants.DialogID) lane.Numbers {
	return lane.Numbers{Job: id, Attempt: 1, Lane: toTopic(d), Connection: 1, Class: dialog.ClassClient, Weight: 1}
}

// tried is what the tenant tells of a new job that it has marked.
func tried(ticket uint64, n lane.Numbers) lane.Stored {
	return lane.Stored{Lane: n.Lane, Ticket: ticket, Job: n.Job, Fate: lane.Trying, Asked: true, Again: n}
}

func waits(ticket uint64, n lane.Numbers) lane.Stored {
	return lane.Stored{Lane: n.Lane, Ticket: ticket, Job: n.Job, Fate: lane.Waits, Again: n}
}

func picks(o *lane.Owner, now time.Time) []tenants.JobID {
	c, _ := o.More(now)
	var ids []tenants.JobID
	for _, p := range c.Picks {
		ids = append(ids, p.Job)
	}
	return ids
}

func want(t *testing.T, what string, got, wanted any) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(wanted) {
		t.Errorf("%s: %v, not %v", what, got, wanted)
	}
}

func panics(t *testing.T, f func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	f()
}

// TestEnter: new jobs get tickets, the head of each free lane is tried in the
// same commit, other owners' lanes are left alone, and the bucket is saved.
func TestEnter(t *testing.T) {
	o := owner()
	album := send(3)
	album.Effect = &dialog.Send{Parts: make([]dialog.Part, 1), Album: "a"}
	c := commit(send(1), send(1), dialog.Job{Lane: dialog.Lane{Dialog: 1, Side: dialog.ToClient}}, send(2), album)
	o.Enter(c, begin)
	want(t, "tickets", c.Tickets, []uint64{1, 2, 0, 3, 4})
	slices.Sort(c.Try)
	want(t, "tried at once", c.Try, []int{0, 3}) // not the second of a lane, not what later parts may join
	want(t, "picks", len(c.Picks), 0)
	if len(c.Budgets) != 1 || c.Budgets[0].Connection != 1 || c.Budgets[0].Chat != group || len(c.Budgets[0].State) == 0 {
		t.Errorf("budgets %+v", c.Budgets)
	}
	if o.Idle() {
		t.Error("it is idle with four jobs")
	}
}

// TestEnterOther: deletions and titles need no commit of their own to be tried either.
func TestEnterOther(t *testing.T) {
	deletion, rename := send(1), send(2)
	deletion.Effect, rename.Effect = &dialog.Delete{}, &dialog.Rename{}
	c := commit(rename, deletion)
	owner().Enter(c, begin)
	slices.Sort(c.Try)
	want(t, "tried at once", c.Try, []int{0, 1})
}

// TestSecondOwner adds its tickets beside those of the first.
func TestSecondOwner(t *testing.T) {
	c := commit(dialog.Job{Lane: dialog.Lane{Dialog: 1, Side: dialog.ToClient}, Connection: 1, Effect: &dialog.Send{Parts: make([]dialog.Part, 1)}}, send(1))
	client := lane.NewOwner(pace.Rules{Tokens: 3, Window: 3 * time.Second}, 7, func(l dialog.Lane) bool { return l.Side == dialog.ToClient })
	client.Enter(c, begin)
	owner().Enter(c, begin)
	want(t, "tickets", c.Tickets, []uint64{1, 1})
	want(t, "tried", c.Try, []int{0, 1})
	want(t, "budgets", len(c.Budgets), 2)
}

// TestSettle: a job that is done makes room for the next of its lane in the
// same commit; one to be tried again stays the head.
func TestSettle(t *testing.T) {
	o := owner()
	c := commit(send(1), send(1))
	o.Enter(c, begin)
	o.Stored([]lane.Stored{tried(1, numbers(11, 1)), waits(2, numbers(12, 1))}, begin)
	want(t, "while the head is under way", picks(o, begin), "[]")

	later := begin.Add(5 * time.Second)
	var again lane.Commit
	o.Settle(&again, numbers(11, 1), lane.Settled{Job: 11, Attempt: 1, Settlement: dialog.Settlement{
		Verdict: dialog.Retry, After: later.Add(time.Minute), Pause: dialog.PauseChat,
	}}, later)
	want(t, "picks in a pause", len(again.Picks), 0)
	if again.Settled == nil || len(again.Budgets) != 1 {
		t.Errorf("the commit has %+v", again)
	}
	want(t, "before the end of the pause", picks(o, later.Add(59*time.Second)), "[]")
	if wake := o.Wake(later); wake.After(later.Add(time.Minute)) {
		t.Errorf("wakes at %s", wake)
	}
	end := later.Add(time.Minute)
	want(t, "after the pause", picks(o, end), []tenants.JobID{11})

	var done lane.Commit
	o.Settle(&done, numbers(11, 1), lane.Settled{Job: 11, Attempt: 2, Settlement: dialog.Settlement{Verdict: dialog.Retire}}, end)
	if len(done.Picks) != 1 || done.Picks[0].Job != 12 {
		t.Errorf("picked %v with the settlement", done.Picks)
	}
}

// TestFates: what the tenant says of a pick that did not become a try.
func TestFates(t *testing.T) {
	tests := map[string]struct {
		fate lane.Fate
		want []tenants.JobID // picked after it, at once
	}{
		"it waits, and may go":   {lane.Waits, []tenants.JobID{1}},
		"it needs a topic first": {lane.NeedsTopic, nil},
		"it is gone":             {lane.Gone, []tenants.JobID{2}},
		"it is under way":        {lane.Trying, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			o := owner()
			o.Load([]lane.Numbers{numbers(1, 1), numbers(2, 1)}, nil)
			want(t, "first", picks(o, begin), []tenants.JobID{1})
			o.Stored([]lane.Stored{{Lane: toTopic(1), Job: 1, Fate: tt.fate, Asked: true, Again: numbers(1, 1)}}, begin)
			want(t, "then", picks(o, begin), tt.want)
			if tt.fate == lane.NeedsTopic {
				o.Unblock(1)
				want(t, "with its topic", picks(o, begin), []tenants.JobID{1})
			}
		})
	}
}

// TestMerged: a ticket that was merged into a known job vanishes, and its job
// goes as it is in the outbox.
func TestMerged(t *testing.T) {
	o := owner()
	o.Load([]lane.Numbers{numbers(1, 1), numbers(2, 1)}, nil)
	want(t, "first", picks(o, begin), []tenants.JobID{1})
	c := commit(send(1))
	o.Enter(c, begin)
	o.Stored([]lane.Stored{waits(c.Tickets[0], numbers(2, 1))}, begin)
	o.Stored([]lane.Stored{{Lane: toTopic(1), Job: 1, Fate: lane.Gone, Asked: true, Again: numbers(1, 1)}}, begin)
	want(t, "the other", picks(o, begin), []tenants.JobID{2})
	o.Stored([]lane.Stored{{Lane: toTopic(1), Job: 2, Fate: lane.Gone, Asked: true, Again: numbers(2, 1)}}, begin)
	if !o.Idle() {
		t.Error("something is left of a merged ticket")
	}
}

// TestFirst: what must go before the head goes before it, in its own order.
func TestFirst(t *testing.T) {
	o := owner()
	o.Load([]lane.Numbers{numbers(1, 1)}, nil)
	want(t, "first", picks(o, begin), []tenants.JobID{1})
	var c lane.Commit
	o.Settle(&c, numbers(1, 1), lane.Settled{Job: 1, Attempt: 1, Settlement: dialog.Settlement{
		Verdict: dialog.Retry, Before: []dialog.Job{send(1), send(1)},
	}}, begin)
	want(t, "before they are told", append(picks(o, begin), tenants.JobID(len(c.Picks))), "[0]")
	o.Unblock(1)
	want(t, "when only its topic is there", append(picks(o, begin), 0), "[0]")
	o.First([]lane.Numbers{numbers(8, 1), numbers(9, 1)})
	for _, id := range []tenants.JobID{8, 9, 1} {
		want(t, "in order", picks(o, begin), []tenants.JobID{id})
		var c lane.Commit
		o.Settle(&c, numbers(id, 1), lane.Settled{Job: id, Attempt: 1, Settlement: dialog.Settlement{Verdict: dialog.Retire}}, begin)
		if len(c.Picks) > 0 {
			o.Stored([]lane.Stored{{Lane: toTopic(1), Job: c.Picks[0].Job, Fate: lane.Waits, Asked: true, Again: numbers(c.Picks[0].Job, 1)}}, begin)
		}
	}
}

// TestUnanswered: a ticket or a pick that the tenant leaves without an answer
// was lost on the way; only a reopening mends it.
func TestUnanswered(t *testing.T) {
	late := begin.Add(tenants.SettleWithin + time.Second)
	o := owner()
	o.Enter(commit(send(1)), begin)
	o.Check(begin.Add(tenants.SettleWithin))
	panics(t, func() { o.Check(late) })
	if wake := o.Wake(begin); wake.IsZero() || wake.After(late) {
		t.Errorf("looks again at %s", wake)
	}

	o = owner()
	o.Load([]lane.Numbers{numbers(1, 1)}, nil)
	want(t, "picked", picks(o, begin), []tenants.JobID{1})
	o.Check(begin.Add(tenants.SettleWithin))
	panics(t, func() { o.Check(late) })
	o.Stored([]lane.Stored{{Lane: toTopic(1), Job: 1, Fate: lane.Trying, Asked: true, Again: numbers(1, 1)}}, late)
	o.Check(late.Add(time.Hour)) // an answered pick may take as long as it takes
}

// TestLoad: a bucket that was spent before a crash is as empty after it, and a
// try from before is not picked again.
func TestLoad(t *testing.T) {
	o := owner()
	var jobs []dialog.Job
	for d := range 20 {
		jobs = append(jobs, send(tenants.DialogID(d+1)))
	}
	c := commit(jobs...)
	o.Enter(c, begin)
	want(t, "tried", len(c.Try), 20)
	budget, err := pace.DecodeBudget(c.Budgets[0].State, begin, rules)
	if err != nil {
		t.Fatal(err)
	}
	after := owner()
	under := numbers(1, 1)
	under.Trying = true
	after.Load([]lane.Numbers{under, numbers(2, 1), numbers(3, 2)}, map[tenants.ConnectionID]pace.Budget{1: budget})
	want(t, "at once", picks(after, begin), "[]")
	want(t, "while the tokens are away", picks(after, begin.Add(rules.Window)), "[]")
	want(t, "when they are back", picks(after, begin.Add(rules.Window+10*time.Second)), []tenants.JobID{3})
}

// TestOwnsNothing: the group of connections that are not bound is told of jobs
// like every other, and none of them may go.
func TestOwnsNothing(t *testing.T) {
	o := lane.NewOwner(rules, 0, func(dialog.Lane) bool { return false })
	trying := numbers(2, 2)
	trying.Trying = true
	o.Load([]lane.Numbers{numbers(1, 1), trying}, nil)
	o.Enter(commit(send(3)), begin)
	o.Stored([]lane.Stored{waits(0, numbers(4, 4))}, begin)
	o.First([]lane.Numbers{numbers(5, 5)})
	o.Due(numbers(6, 6), begin)
	want(t, "picked", picks(o, begin), []tenants.JobID(nil))
}

// TestFlooded: what Telegram holds back makes its login slower in this chat.
func TestFlooded(t *testing.T) {
	o := owner()
	var jobs []lane.Numbers
	for d := range 30 {
		jobs = append(jobs, numbers(tenants.JobID(d+1), tenants.DialogID(d+1)))
	}
	for i, at := range []time.Time{begin, begin.Add(time.Second)} { // nothing is served in between
		o.Load(jobs[i:i+1], nil)
		want(t, "one", picks(o, at), []tenants.JobID{jobs[i].Job})
		o.Settle(&lane.Commit{}, jobs[i], lane.Settled{Job: jobs[i].Job, Attempt: 1, Settlement: dialog.Settlement{
			Verdict: dialog.Retire, After: at.Add(time.Second), Pause: dialog.PauseChat, Flooded: true,
		}}, at)
	}
	o.Load(jobs[2:], nil)
	want(t, "picked at once a while later", len(picks(o, begin.Add(3*rules.Window))), 15)
}
