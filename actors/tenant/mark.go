package tenant

import (
	"errors"
	"fmt"

	"topicdesk/actors/connection"
	"topicdesk/actors/lane"
	"topicdesk/actors/tenant/calls"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// tryAll marks what is tried now, and collects what became of all jobs.
func (t *Tenant) tryAll(c lane.Commit, ids []tenants.JobID, out *told) error {
	atOnce := map[int]bool{}
	for _, i := range c.Try {
		atOnce[i] = true
	}
	for i, id := range ids {
		j := &c.Decision.Jobs[i]
		ticket := uint64(0)
		if i < len(c.Tickets) {
			ticket = c.Tickets[i]
		}
		if err := t.place(lane.Pick{Lane: j.Lane, Job: id, By: c.TryBy[i]}, ticket, atOnce[i], out); err != nil {
			return err
		}
	}
	for _, p := range c.Picks {
		if err := t.place(p, 0, true, out); err != nil {
			return err
		}
	}
	return nil
}

// place tells what became of one job: merged away, waiting, or tried.
func (t *Tenant) place(p lane.Pick, ticket uint64, try bool, out *told) error {
	l, id := p.Lane, p.Job
	s := lane.Stored{Lane: l, Ticket: ticket, Job: id, Asked: try}
	if id == 0 {
		out.of(l).stored = append(out.of(l).stored, s)
		return nil
	}
	if try {
		if err := t.mark(p, &s, out); err != nil {
			return err
		}
		out.of(l).stored = append(out.of(l).stored, s)
		return nil
	}
	row, err := t.tx.Job(id)
	switch {
	case err != nil:
		return err
	case row == nil:
		s.Fate, s.Again.Job, s.Again.Lane = lane.Gone, id, l
	case ticket == 0 && row.Job.Chat != 0:
		out.of(l).due = append(out.of(l).due, rowNumbers(row))
		return nil
	default:
		s.Again = rowNumbers(row)
	}
	out.of(l).stored = append(out.of(l).stored, s)
	return nil
}

// behind leaves a job of the commit untried: another actor has put one into the lane
// of which the owner had not heard when it decided.
func (t *Tenant) behind(id tenants.JobID, s *lane.Stored) error {
	row, err := t.tx.Job(id)
	if err != nil {
		return err
	}
	s.Fate, s.Again = lane.Behind, rowNumbers(row)
	return nil
}

// mark marks a job as being tried, or says what is in the way.
func (t *Tenant) mark(p lane.Pick, s *lane.Stored, out *told) error {
	marking := t.tx.MarkTrying
	if p.Join {
		marking = t.tx.JoinAndTry
	}
	if first, err := t.findOutFirst(p, s); first || err != nil {
		return err
	}
	id := p.Job
	try, err := marking(id, p.By)
	switch {
	case errors.Is(err, store.ErrRetired):
		s.Fate, s.Again.Job, s.Again.Lane = lane.Gone, id, s.Lane
		return nil
	case errors.Is(err, store.ErrNotNext) && s.Ticket != 0:
		return t.behind(id, s)
	case errors.Is(err, store.ErrNotNext):
		t.current = "" // the owner's picture of its lane is wrong: only a reopening mends it
		panic(fmt.Sprintf("tenant: pick of job %d, which is not the next of its lane: a message was not received", id))
	case err != nil:
		return fmt.Errorf("mark a try: %w", err)
	}
	s.Again = rowNumbers(try.Row)
	return t.marked(try, s, out)
}

// marked sends a job that is marked, or does what its obstacle asks for.
func (t *Tenant) marked(try *store.Try, s *lane.Stored, out *told) error {
	row := try.Row
	switch try.Why {
	case store.Clear:
		s.Fate = lane.Trying
		for _, absorbed := range try.Absorbed {
			out.of(s.Lane).stored = append(out.of(s.Lane).stored, lane.Stored{Lane: s.Lane, Job: absorbed, Fate: lane.Gone})
		}
		return t.send(try)
	case store.Early:
		s.Fate = lane.Waits
	case store.NeedsTopic:
		s.Fate = lane.NeedsTopic
		return t.makeTopic(row.Job.Lane.Dialog, row.Job.Connection)
	case store.NeedsRoom:
		s.Fate = lane.NeedsTopic
		return t.makeRoom(row.Job.Connection, row.Job.Chat)
	case store.TwinGone:
		s.Fate = lane.Trying
		return t.untried(row, tenants.Outcome{Kind: tenants.Refused, Reason: tenants.WhyForgotten, Why: noTwin})
	case store.TwinLeft:
		s.Fate = lane.Trying
		return t.untried(row, tenants.Outcome{Kind: tenants.Refused, Reason: tenants.WhyLeftBehind, Why: noTwin})
	case store.Nothing:
		s.Fate = lane.Trying
		return t.untried(row, tenants.Outcome{Kind: tenants.Done})
	case store.NoRoom:
		s.Fate = lane.Trying
		return t.untried(row, tenants.Outcome{Kind: tenants.Refused, Why: "the message with which it was joined can't hold it"})
	case store.Trim:
		s.Fate = lane.Yields
		return t.before(row, try.Trims, out)
	case store.Others:
		return t.others(try, s)
	case store.Moot:
		s.Fate = lane.Gone
		t.opt.Log.Debug("job not needed any more", "tenant", t.opt.ID, "job", row.ID, "obstacle", int(try.Why))
		return t.tx.Retire(row.ID)
	default:
		panic(fmt.Sprintf("tenant: obstacle %d", try.Why))
	}
	return nil
}

// noTwin is the Why of a refusal that no call has got.
const noTwin = "what it is about is not to be found"

// untried settles a job without asking Telegram, as if that had answered so: an
// edit of which the twin is not to be found is refused, so that its new version
// follows, or its author is told; what never left is deleted.
func (t *Tenant) untried(row *store.Row, as tenants.Outcome) error {
	if err := t.tx.Refuse(row); err != nil {
		return err
	}
	t.answer(row, as)
	return nil
}

// send gives a marked job to its login, after the commit.
func (t *Tenant) send(try *store.Try) error {
	row := try.Row
	if t.intoTeam(row) {
		t.answer(row, tenants.Outcome{Kind: tenants.Refused, As: tenants.AsNote, Reason: tenants.WhyTeam, Why: "the chat is a backend group"})
		return nil
	}
	hidden, ok, err := t.hiddenFrom(try)
	if err != nil {
		return err
	}
	if !ok {
		t.answer(row, tenants.Outcome{Kind: tenants.Refused, As: tenants.AsNote, Reason: tenants.WhyHidden, Why: "HIDE_INFO hides what it shows"})
		return nil
	}
	by := row.Tryer()
	l := t.logins[by]
	if l == nil {
		return fmt.Errorf("job %d of connection %d, which does not exist", row.ID, by)
	}
	order := connection.Order{
		Connection: by, Job: row.ID, Attempt: row.Attempt, Key: row.Key,
		Call: calls.Of(try), Hidden: hidden, Until: t.now().Add(tenants.SettleWithin),
	}
	t.tries[row.ID] = t.tryOf(row)
	if _, is := row.Job.Effect.(*dialog.Delete); is {
		t.deletes(row)
	}
	t.later(func() {
		t.opt.Meter.Spent(row.Job.Chat, row.Weight)
		l.ref.Tell(connection.Try{Order: order})
	})
	return nil
}

// answer settles a job that is marked as if Telegram had answered so.
func (t *Tenant) answer(row *store.Row, o tenants.Outcome) {
	t.tries[row.ID] = t.tryOf(row)
	t.later(func() { t.self.Tell(Answered{Job: row.ID, Attempt: row.Attempt, Outcome: o}) })
}

// intoTeam tells that a job shows as to clients what has become a backend group. What
// takes something back is let through.
func (t *Tenant) intoTeam(row *store.Row) bool {
	if row.Job.Lane.Side != dialog.ToClient || !t.isGroup(row.Job.Chat) && !t.opt.Host.Backend(row.Job.Chat) {
		return false
	}
	switch row.Job.Effect.(type) {
	case *dialog.Send, *dialog.Edit:
		return true
	case *dialog.Delete, *dialog.React, *dialog.AnswerPress, *dialog.Open, *dialog.Rename, *dialog.SetOpen:
		return false
	default:
		panic(fmt.Sprintf("tenant: unknown effect %T", row.Job.Effect))
	}
}
