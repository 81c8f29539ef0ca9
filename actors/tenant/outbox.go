package tenant

import (
	"fmt"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/lane"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/pace"
	"topicdesk/tenants/store"
)

// HastenJobs lets jobs that wait be tried as soon as their turn comes, and ends the
// pauses in which their chats are; all of them, or none and refused says why. For
// the only owner of the file.
func HastenJobs(tx *store.Tx, rules Rules, jobs []tenants.JobID, now time.Time) (refused, err error) {
	rows, refused, err := waitingJobs(tx, jobs, now)
	if refused != nil || err != nil {
		return refused, err
	}
	for _, row := range rows {
		if err := tx.Hasten(row.ID); err != nil {
			return nil, err
		}
		if err := resumeBudget(tx, rules, store.BudgetOf{Connection: row.Job.Connection, Chat: row.Job.Chat}, now); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// waitingJobs reads jobs that must wait for their turn: neither under way nor held
// for a while, as for UNDO_SECONDS, because that is somebody else's to end.
func waitingJobs(tx *store.Tx, jobs []tenants.JobID, now time.Time) (rows []*store.Row, refused, err error) {
	for _, id := range jobs {
		row, err := tx.Job(id)
		switch {
		case err != nil:
			return nil, nil, err
		case row == nil:
			return nil, fmt.Errorf("there is no job %d (any more)", id), nil
		case row.Trying:
			return nil, fmt.Errorf("job %d is being tried at this moment: list the outbox again in a minute", id), nil
		case row.Attempt == 0 && row.Job.NotBefore.After(now):
			return nil, fmt.Errorf("job %d is held on purpose until %s, and goes then by itself",
				id, row.Job.NotBefore.UTC().Format("2006-01-02 15:04:05 UTC")), nil
		}
		rows = append(rows, row)
	}
	return rows, nil, nil
}

// resumeBudget ends a login's pause in a chat.
func resumeBudget(tx *store.Tx, rules Rules, of store.BudgetOf, now time.Time) error {
	data, err := tx.Budget(of)
	if err != nil || data == nil {
		return err
	}
	r := rules.Group
	if of.Chat > 0 {
		r = rules.Private
	}
	b, err := pace.DecodeBudget(data, now, r)
	if err != nil {
		return err
	}
	b.Resume()
	return tx.PutBudget(of, b.Encode())
}

// hasten is what the host asks of jobs that wait.
func (t *Tenant) hasten(m Hasten) error {
	refused, err := HastenJobs(t.tx, t.opt.Rules, m.Jobs, t.now())
	if err != nil {
		return err
	}
	return t.rearranged("hastened", m.Jobs, refused, m.Reply)
}

// drop takes jobs out of the outbox because the host wants it, and tells so where
// they would have come.
func (t *Tenant) drop(m Drop) error {
	rows, refused, err := waitingJobs(t.tx, m.Jobs, t.now())
	if err != nil {
		return err
	}
	for _, row := range rows {
		if _, opens := row.Job.Effect.(*dialog.Open); opens && refused == nil {
			refused = fmt.Errorf("job %d makes the topic that others wait for: it would be made again; drop those that wait", row.ID)
		}
	}
	if refused == nil {
		for _, row := range rows {
			if err := t.dropOne(row); err != nil {
				return err
			}
		}
	}
	return t.rearranged("dropped", m.Jobs, refused, m.Reply)
}

func (t *Tenant) dropOne(row *store.Row) error {
	if err := t.tx.Retire(row.ID); err != nil {
		return err
	}
	return t.decideJob(row.Job, dialog.DroppedJob, dialog.DroppedNote)
}

// decideJob writes what follows for the dialog of a job, or for General, when the
// tenant itself moves it.
func (t *Tenant) decideJob(j dialog.Job, of func(dialog.State, dialog.Job, dialog.Facts) dialog.Decision, general func(dialog.Job, dialog.Facts) dialog.Decision) error {
	id := j.Lane.Dialog
	var state *dialog.State
	kind := tenants.Group
	if id != 0 {
		var err error
		if state, err = t.tx.Dialog(id); err != nil || state == nil {
			return err
		}
		kind = state.Chat.Kind
	}
	facts, err := t.facts(j.Connection, id, kind)
	if err != nil {
		return err
	}
	c := lane.Commit{By: lane.Decider{Kind: lane.ByTenant}, Dialog: id}
	if state == nil {
		c.Decision = general(j, facts)
	} else {
		c.Decision = of(*state, j, facts)
	}
	return t.commit(c)
}

// restore puts a job that was set aside back into the outbox.
func (t *Tenant) restore(m Restore) error {
	was, err := t.tx.TakeJobAside(m.ID)
	if err != nil {
		return err
	}
	if !was {
		return t.rearranged("", nil, fmt.Errorf("job %d is not set aside (any more)", m.ID), m.Reply)
	}
	if err := t.decideJob(m.Job, dialog.RestoredJob, dialog.RestoredNote); err != nil {
		return err
	}
	return t.rearranged("put back", []tenants.JobID{m.ID}, nil, m.Reply)
}

// rearranged answers the host. What it changed is not what the owners of lanes hold,
// so the opening ends.
func (t *Tenant) rearranged(what string, jobs []tenants.JobID, refused error, reply actors.Reply[error]) error {
	if refused == nil {
		t.rebind = true
		t.opt.Log.Warn("the host changed the outbox", "tenant", t.opt.ID, "how", what, "jobs", jobs)
	}
	t.later(func() { reply.Send(refused) })
	return nil
}
