package tenant

import (
	"fmt"
	"slices"
	"time"

	"topicdesk/actors/chat"
	"topicdesk/actors/connection"
	"topicdesk/actors/group"
	"topicdesk/actors/lane"
	"topicdesk/actors/meter"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// tried is a job marked trying.
type tried struct {
	attempt int
	since   time.Time
	outcome bool // it has come and its owner is deciding
	earlier bool // another process may have begun it
	makes   bool // messages of login in chat
	login   tenants.ConnectionID
	chat    tenants.ChatID
}

func (t *Tenant) tryOf(row *store.Row) *tried {
	s, sends := row.Job.Effect.(*dialog.Send)
	return &tried{
		attempt: row.Attempt, since: t.now(), login: row.Tryer(), chat: row.Job.Chat, makes: sends && s.Search == nil,
	}
}

// resumeTries finds out what became of the tries that an earlier opening left:
// the node knows those of this process; of others nobody does.
func (t *Tenant) resumeTries() error {
	rows, err := t.store.Trying()
	if err != nil {
		return fmt.Errorf("read the tries: %w", err)
	}
	found := make([]TryID, 0, len(rows))
	for _, row := range rows {
		found = append(found, TryID{Job: row.ID, Attempt: row.Attempt})
	}
	earlier := t.opt.Host.Earlier(found)
	for i, row := range rows {
		try := t.tryOf(row)
		try.earlier = slices.Contains(earlier, found[i])
		t.tries[row.ID] = try
		if _, known := t.atNode(row.ID, row.Attempt); !known {
			t.self.Tell(Answered{Job: row.ID, Attempt: row.Attempt, Outcome: try.unknown()})
		}
	}
	for _, try := range t.opt.Host.Tries() {
		if try.Answered {
			t.self.Tell(Answered{Job: try.Job, Attempt: try.Attempt, Outcome: try.Outcome})
		}
	}
	return nil
}

func (t *Tenant) atNode(job tenants.JobID, attempt int) (Try, bool) {
	for _, try := range t.opt.Host.Tries() {
		if try.Job == job && try.Attempt == attempt {
			return try, true
		}
	}
	return Try{}, false
}

// unknown is the outcome of a try of which the node knows nothing: it never
// began, unless another process may have begun it.
func (t *tried) unknown() tenants.Outcome {
	if t.earlier {
		return tenants.Outcome{Kind: tenants.Unsure, Why: "the process ended during the try"}
	}
	return tenants.Outcome{Kind: tenants.NotSent, Why: "the try never began"}
}

// jobKey names a job over openings, for poison.
func jobKey(id tenants.JobID) string { return fmt.Sprintf("job %d", id) }

// answered gives an outcome to the owner of its lane.
func (t *Tenant) answered(m Answered) error {
	key := jobKey(m.Job)
	t.current = key
	row, err := t.tx.Job(m.Job)
	if err != nil {
		return err
	}
	try := t.tries[m.Job]
	if row == nil || !row.Trying || row.Attempt != m.Attempt {
		t.later(func() { t.opt.Host.Forget(m.Job, m.Attempt) })
		return nil
	}
	if try != nil && try.outcome {
		return nil // told twice; its owner is deciding
	}
	if try == nil {
		try = t.tryOf(row)
		t.tries[m.Job] = try
	}
	if t.opt.Host.Poison(key) {
		return t.dropJob(row)
	}
	try.outcome = true
	if m.Audit {
		if err := t.audited(row); err != nil {
			return err
		}
	}
	outcome, err := t.reckoned(row, m.Outcome)
	if err != nil {
		return err
	}
	t.tellLogin(row, outcome)
	if err := t.measureMade(row.Job.Chat, outcome.Made); err != nil {
		return err
	}
	return t.tellOutcome(key, row, outcome)
}

// tellLogin tells a login what an outcome says of it.
func (t *Tenant) tellLogin(row *store.Row, o tenants.Outcome) {
	l := t.logins[row.Tryer()]
	switch {
	case o.Kind == tenants.Flood:
		if until := t.now().Add(o.After + time.Second); o.Wide && until.After(t.held) {
			t.held = until
		}
		t.later(func() {
			l.ref.Tell(connection.Flooded{Chat: row.Job.Chat, After: o.After, Wide: o.Wide})
		})
	case o.Kind == tenants.Gone && o.Gone == tenants.GoneLogin:
		t.later(func() { l.ref.Tell(connection.Refused{}) })
	case o.Kind == tenants.Done && !l.hears.Deaf.IsZero() && !l.polls:
		t.later(func() { l.ref.Tell(connection.Accepted{}) })
	}
}

func (t *Tenant) tellOutcome(key string, row *store.Row, o tenants.Outcome) error {
	l := row.Job.Lane
	kind := tenants.ChatKind("")
	if l.Dialog != 0 {
		owner, _, err := t.ownerOf(l.Dialog)
		if err != nil {
			return err
		}
		kind = owner.kind
	}
	facts, err := t.facts(row.Job.Connection, l.Dialog, kind)
	if err != nil {
		return err
	}
	rt := &route{key: key, since: t.now(), dialog: l.Dialog}
	if l.Side == dialog.ToTitle || l.Side == dialog.ToMark {
		rt.dialog = 0 // no message waits for a title or a sign, which the group may hold a while
	}
	if dialogOfLane(l) != 0 {
		s, err := t.slot(l.Dialog, nil)
		if err != nil {
			return err
		}
		t.tellChat(s, chat.Settled{Route: t.begin(rt), Numbers: rowNumbers(row), Job: row.Job, Outcome: o, Facts: facts})
		return nil
	}
	facts.Lack, facts.Helper = t.lackOf(row.Job.Connection, row.Job.Chat), row.TriedBy
	facts.Helpers = len(t.helpersOf(row.Job.Connection, row.Job.Chat)) > 0
	if err := t.roomFacts(&facts, row.Job.Chat); err != nil {
		return err
	}
	settled := group.Settled{Numbers: rowNumbers(row), Job: row.Job, Outcome: o, Facts: facts}
	if l.Dialog != 0 {
		if settled.Facts.Apology, err = t.apology(row, o, facts); err != nil {
			return err
		}
		if settled.Topic, err = t.topicRow(l.Dialog, row.Job.Chat); err != nil {
			return err
		}
		if settled.Facts.Earlier, err = t.earlier(&settled.Topic); err != nil {
			return err
		}
	}
	settled.Route = t.begin(rt)
	g := t.groups[row.Job.Chat]
	t.later(func() { g.Tell(settled) })
	return nil
}

// apology is what a client reads of a message that is refused, if none waits to be read.
func (t *Tenant) apology(row *store.Row, o tenants.Outcome, f dialog.Facts) (string, error) {
	id := row.Job.Lane.Dialog
	if o.Kind != tenants.Refused || row.Job.Origin != dialog.OfClient {
		return "", nil
	}
	waits, err := t.tx.Apologizes(id)
	if err != nil || waits {
		return "", err
	}
	state, err := t.tx.Dialog(id)
	if err != nil || state == nil {
		return "", err
	}
	return dialog.Apology(*state, f), nil
}

// earlier are the messages that a topic made anew does not show yet.
func (t *Tenant) earlier(tp *dialog.Topic) ([]tenants.MessageRef, error) {
	if !tp.Anew || tp.Thread == 0 {
		return nil, nil
	}
	state, err := t.tx.Dialog(tp.Dialog)
	if err != nil || state == nil {
		return nil, err
	}
	return t.tx.Earlier(tp, state.Chat.ID, tenants.EarlierShown)
}

// dropJob takes a poisonous job out of the outbox, and tells so in General.
func (t *Tenant) dropJob(row *store.Row) error {
	t.opt.Log.Error("job set aside: it crashed the tenant too often", "tenant", t.opt.ID, "job", row.ID)
	if err := t.tx.SetJobAside(row.ID, t.opt.Host.Seal(store.PackJob(row.Job))); err != nil {
		return err
	}
	t.meterDropped(meter.Poison)
	delete(t.tries, row.ID)
	job, attempt := row.ID, row.Attempt
	t.later(func() { t.opt.Host.Forget(job, attempt) })
	t.rebind = true // the owner of the lane still holds the number
	if err := t.tellDropped(row); err != nil {
		return err
	}
	return t.note(row.Job.Connection, dialog.SetAside(t.voice(row.Job.Connection)))
}

// tellDropped writes what a dropped job means for its dialog.
func (t *Tenant) tellDropped(row *store.Row) error {
	id := row.Job.Lane.Dialog
	if id == 0 {
		return nil
	}
	state, err := t.tx.Dialog(id)
	if err != nil || state == nil {
		return err
	}
	facts, err := t.facts(row.Job.Connection, id, state.Chat.Kind)
	if err != nil {
		return err
	}
	d := dialog.AsideJob(*state, row.Job, facts)
	return t.commit(lane.Commit{By: lane.Decider{Kind: lane.ByTenant}, Dialog: id, Decision: d})
}
