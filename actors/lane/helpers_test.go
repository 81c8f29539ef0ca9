package lane_test

import (
	"testing"
	"time"

	"topicdesk/actors/lane"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/pace"
)

// text is a new job that a helper may do.
func text(d tenants.DialogID) dialog.Job {
	j := send(d)
	j.Origin = dialog.OfClient
	j.Effect.(*dialog.Send).Parts[0].Content.Kind = tenants.KindText
	return j
}

// helped is an owner whose login 1 has no tokens left and the helper 2.
func helped() *lane.Owner {
	o := owner()
	o.SetHelpers(1, []tenants.ConnectionID{2})
	paused := pace.NewQueue(rules)
	paused.Pause(1, begin.Add(time.Minute))
	o.Load(nil, map[tenants.ConnectionID]pace.Budget{1: *paused.Budget(1)})
	return o
}

// TestHelperTries: a new job goes by the helper, and the bucket that pays is its own.
func TestHelperTries(t *testing.T) {
	o := helped()
	c := commit(text(1), send(2))
	o.Enter(c, begin)
	want(t, "tried at once", c.Try, []int{0})
	want(t, "by", c.TryBy, map[int]tenants.ConnectionID{0: 2})
	if len(c.Budgets) != 1 || c.Budgets[0].Connection != 2 {
		t.Errorf("budgets %+v", c.Budgets)
	}
}

// TestHelperFloods: a flood pauses the helper alone, and the job goes by the next.
func TestHelperFloods(t *testing.T) {
	o := helped()
	o.SetHelpers(1, []tenants.ConnectionID{2, 3})
	c := commit(text(1))
	o.Enter(c, begin)
	n := numbers(11, 1)
	n.Helped, n.By = true, c.TryBy[0]
	o.Stored([]lane.Stored{tried(c.Tickets[0], n)}, begin)
	after := lane.Commit{}
	o.Settle(&after, n, lane.Settled{Job: 11, Attempt: 1, Settlement: dialog.Settlement{
		Verdict: dialog.Retry, Pause: dialog.PauseChat, Until: begin.Add(time.Minute),
	}}, begin)
	want(t, "picked again", after.Picks, []lane.Pick{{Job: 11, Lane: toTopic(1), By: 3}})
	o.SetHelpers(1, []tenants.ConnectionID{2})
	o.First([]lane.Numbers{another(12)})
	want(t, "by the helper in its pause", picksBy(o, begin), []tenants.ConnectionID{})
}

// another is a text of another dialog that a helper may do.
func another(job tenants.JobID) lane.Numbers {
	n := numbers(job, 2)
	n.Helped = true
	return n
}

// TestHelperGone: what a helper could not do is not given to it again, although
// nobody has told yet that it helps no more.
func TestHelperGone(t *testing.T) {
	o := helped()
	c := commit(text(1))
	o.Enter(c, begin)
	n := numbers(11, 1)
	n.Helped, n.By = true, 2
	o.Stored([]lane.Stored{tried(c.Tickets[0], n)}, begin)
	after := lane.Commit{}
	o.Settle(&after, n, lane.Settled{Job: 11, Attempt: 1, Settlement: dialog.Settlement{
		Verdict:  dialog.Retry,
		Decision: dialog.Decision{Stand: &dialog.Stand{Connection: 2, Group: group, Lack: dialog.LacksPlace}},
	}}, begin)
	want(t, "picked again", len(after.Picks), 0)
	want(t, "later, by its own", picksBy(o, begin.Add(2*time.Minute)), []tenants.ConnectionID{1})
}

// TestOnlySenderEdits: a job that only another login can do waits for that one.
func TestOnlySenderEdits(t *testing.T) {
	o := helped()
	o.First([]lane.Numbers{numbers(5, 1)})
	want(t, "by its own, which is paused", picksBy(o, begin), []tenants.ConnectionID{})
	want(t, "when that may", picksBy(o, begin.Add(time.Minute)), []tenants.ConnectionID{1})
	other := numbers(5, 1)
	other.Connection = 2
	o.Stored([]lane.Stored{{Lane: toTopic(1), Job: 5, Fate: lane.Waits, Asked: true, Again: other}}, begin.Add(time.Minute))
	want(t, "by who sent it", picksBy(o, begin.Add(time.Minute)), []tenants.ConnectionID{2})
}

func picksBy(o *lane.Owner, now time.Time) []tenants.ConnectionID {
	c, _ := o.More(now)
	by := []tenants.ConnectionID{}
	for _, p := range c.Picks {
		by = append(by, p.By)
	}
	return by
}
