package tenant

import (
	"errors"
	"fmt"

	"topicdesk/actors/chat"
	"topicdesk/actors/connection"
	"topicdesk/actors/group"
	"topicdesk/actors/lane"
	"topicdesk/actors/topic"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// told collects what the owners of lanes are to be told after a commit, in the
// order in which it happened.
type told struct {
	lanes []dialog.Lane
	by    map[dialog.Lane]*forOwner
}

type forOwner struct {
	stored []lane.Stored
	first  []lane.Numbers
	due    []lane.Numbers
}

func (o *told) of(l dialog.Lane) *forOwner {
	if o.by == nil {
		o.by = map[dialog.Lane]*forOwner{}
	}
	if o.by[l] == nil {
		o.by[l] = &forOwner{}
		o.lanes = append(o.lanes, l)
	}
	return o.by[l]
}

func (t *Tenant) commitAll(commits []lane.Commit) error {
	for _, c := range commits {
		if t.rebind { // as in one: what follows was decided for the groups as they were
			return nil
		}
		if err := t.commit(c); err != nil {
			return err
		}
	}
	return nil
}

// commit writes a decision: what it settles, what it changes, its jobs, and the
// marks of those that are tried now.
func (t *Tenant) commit(c lane.Commit) error {
	t.current = t.keyOf(c.Route)
	t.checkSerial(c)
	if c.Route != 0 && t.routes[c.Route] == nil {
		return fmt.Errorf("commit of route %d, which nobody waits for", c.Route)
	}
	var out told
	if err := t.settlement(c, &out); err != nil {
		return err
	}
	ids, err := t.tx.Apply(c.Dialog, &c.Decision, t.key)
	if err != nil {
		return fmt.Errorf("write a decision: %w", err)
	}
	if c.Decision.Reopens() {
		c.Try, c.Picks = nil, nil // the opening ends here; the next one tries at once
	}
	if err := t.tryAll(c, ids, &out); err != nil {
		return err
	}
	for _, b := range c.Budgets {
		if err := t.tx.PutBudget(store.BudgetOf{Connection: b.Connection, Chat: b.Chat}, b.State); err != nil {
			return fmt.Errorf("write a budget: %w", err)
		}
	}
	if s := c.Decision.Stand; s != nil {
		if err := t.stood(*s); err != nil {
			return fmt.Errorf("resume a group: %w", err)
		}
	}
	t.tellOwners(out)
	t.applied(c)
	if s := c.Settled; s != nil && s.Settlement.Pause != dialog.PauseNone {
		if err := t.watchBacklogs(); err != nil {
			return fmt.Errorf("watch a backlog: %w", err)
		}
	}
	if c.Offer != 0 {
		t.leave(c.Dialog, c.Offer)
	}
	return t.settle(c.Route)
}

// checkSerial ends the opening if a commit was lost on its way: what follows it
// was decided on a state that is not on disk.
func (t *Tenant) checkSerial(c lane.Commit) {
	if c.By.Kind == lane.ByTenant {
		return
	}
	if want := t.serials[c.By] + 1; c.Serial != want {
		t.current = "" // it is not the fault of what this commit is about
		panic(fmt.Sprintf("tenant: commit %d of %v was not received, %d was", want, c.By, c.Serial))
	}
	t.serials[c.By] = c.Serial
}

func (t *Tenant) key() tenants.SendKey { return tenants.SendKey(t.opt.System.Key()) }

// settlement does what the owner of a lane decided about a try.
func (t *Tenant) settlement(c lane.Commit, out *told) error {
	s := c.Settled
	if s == nil {
		return nil
	}
	row, err := t.tx.Job(s.Job)
	if err != nil || row == nil {
		return err
	}
	t.logSettlement(row, s)
	switch st := s.Settlement; st.Verdict {
	case dialog.Retire:
		if err := t.tx.LinkMade(row, s.Made); err != nil {
			return fmt.Errorf("link what was made: %w", err)
		}
		err = t.tx.Retire(s.Job)
	case dialog.Retry:
		err = t.requeue(row, st, out)
	default:
		panic(fmt.Sprintf("tenant: verdict %d", st.Verdict))
	}
	if err != nil {
		return fmt.Errorf("settle job %d: %w", s.Job, err)
	}
	delete(t.tries, s.Job)
	t.noteSearch(row, s.Settlement)
	t.meterSettled(row, s)
	job, attempt := s.Job, s.Attempt
	t.later(func() { t.opt.Host.Forget(job, attempt) })
	return nil
}

func (t *Tenant) requeue(row *store.Row, st dialog.Settlement, out *told) error {
	if err := t.tx.Requeue(row.ID, st.Effect, st.After); err != nil {
		return err
	}
	if err := t.tx.SetWhy(row.ID, st.Why); err != nil {
		return err
	}
	if len(st.Before) == 0 {
		return nil
	}
	return t.before(row, st.Before, out)
}

// before queues jobs before another one of their lane, and tells its owner.
func (t *Tenant) before(row *store.Row, jobs []dialog.Job, out *told) error {
	ids, err := t.tx.InsertBefore(row.ID, jobs, t.key)
	if err != nil {
		return err
	}
	for _, id := range ids {
		before, err := t.tx.Job(id)
		if err != nil {
			return err
		}
		owner := out.of(row.Job.Lane)
		owner.first = append(owner.first, rowNumbers(before))
	}
	return nil
}

func (t *Tenant) logSettlement(row *store.Row, s *lane.Settled) {
	if r := s.Settlement.Resent; r.Doubles() {
		t.opt.Log.Warn("repeated although it may have arrived: possible double", "tenant", t.opt.ID, "job", s.Job,
			"dialog", row.Job.Lane.Dialog, "origin", string(row.Job.Origin), "reason", string(r))
	}
	if s.Settlement.Why != "" {
		t.opt.Log.Info("try settled", "tenant", t.opt.ID, "job", s.Job, "attempt", s.Attempt, "why", s.Settlement.Why)
	}
}

// applied takes over what a decision changed of the tenant's own knowledge.
func (t *Tenant) applied(c lane.Commit) {
	d := &c.Decision
	if d.State != nil {
		delete(t.unstored, chatKeyOf(d.State))
		if s := t.slots[d.State.ID]; s != nil {
			s.owner = ownerOf(d.State)
		}
	}
	if p := d.Operator; p.ID != 0 {
		t.seeOperator(p)
	}
	if n := d.NoSigns; !n.Until.IsZero() {
		t.noSigns[n.Group] = n.Until
	}
	if d.Room != nil {
		t.roomMade(d.Room)
	}
	if d.Reopens() {
		t.rebind = true
	}
	if d.Binding != nil {
		t.later(func() { t.opt.Host.Tell(Notice{Connection: d.Binding.Connection, Text: "bound to its group"}) })
	}
	if d.Topic != nil && d.Topic.Thread != nil && *d.Topic.Thread != 0 {
		if s := t.slots[c.Dialog]; s != nil {
			g := t.groups[s.group]
			t.later(func() { g.Tell(group.Made{Dialog: c.Dialog}) })
		}
	}
	t.meterDropped(d.Dropped)
	if d.Dropped != "" {
		t.opt.Log.Debug("not relayed", "tenant", t.opt.ID, "dialog", c.Dialog, "reason", d.Dropped)
	}
}

func chatKeyOf(s *dialog.State) chatKey {
	key := chatKey{connection: s.Connection, chat: s.Chat.ID}
	if s.Chat.Kind != tenants.Private {
		key.connection = 0
	}
	return key
}

func (t *Tenant) seeOperator(p tenants.Person) {
	for i := range t.team {
		if t.team[i].ID == p.ID {
			t.team[i] = p
			return
		}
	}
	// A new list: facts that are under way hold the old one.
	t.team = append(append([]tenants.Person(nil), t.team...), p)
}

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
	row := try.Row
	s.Again = rowNumbers(row)
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
	t.tries[row.ID] = t.tryOf(row)
	answer := Answered{Job: row.ID, Attempt: row.Attempt, Outcome: as}
	t.later(func() { t.self.Tell(answer) })
	return nil
}

// send gives a marked job to its login, after the commit.
func (t *Tenant) send(try *store.Try) error {
	row := try.Row
	hidden, ok, err := t.hiddenFrom(try)
	if err != nil {
		return err
	}
	if !ok {
		t.tries[row.ID] = t.tryOf(row)
		refused := tenants.Outcome{Kind: tenants.Refused, As: tenants.AsNote, Reason: tenants.WhyHidden, Why: "HIDE_INFO hides what it shows"}
		t.later(func() { t.self.Tell(Answered{Job: row.ID, Attempt: row.Attempt, Outcome: refused}) })
		return nil
	}
	by := row.Tryer()
	l := t.logins[by]
	if l == nil {
		return fmt.Errorf("job %d of connection %d, which does not exist", row.ID, by)
	}
	order := connection.Order{
		Connection: by, Job: row.ID, Attempt: row.Attempt, Key: row.Key,
		Call: callOf(try), Hidden: hidden, Until: t.now().Add(tenants.SettleWithin),
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

// makeTopic asks the dialog's topic actor for a topic, unless one is being made.
func (t *Tenant) makeTopic(id tenants.DialogID, c tenants.ConnectionID) error {
	key := fmt.Sprintf("make %d", id)
	has, err := t.tx.HasOpen(id)
	if err != nil || has || t.underWay(key) {
		return err
	}
	s, err := t.slot(id, nil)
	if err != nil {
		return err
	}
	row, err := t.topicRow(id, s.group)
	if err != nil {
		return err
	}
	facts, err := t.facts(c, id, "")
	if err != nil {
		return err
	}
	r := t.begin(&route{key: key, since: t.now(), dialog: id})
	t.tellTopic(s, topic.Make{Route: r, Topic: row, Connection: c, Facts: facts})
	return nil
}

// tellOwners tells the owners of lanes, after the commit, what became of their jobs.
func (t *Tenant) tellOwners(out told) {
	for _, l := range out.lanes {
		o := out.by[l]
		if len(o.stored) > 0 {
			t.tellOwner(l, chat.Stored{Jobs: o.stored}, group.Stored{Jobs: o.stored})
		}
		if len(o.first) > 0 {
			t.tellOwner(l, chat.First{Jobs: o.first}, group.First{Jobs: o.first})
		}
		for _, n := range o.due {
			t.tellOwner(l, chat.Due{Job: n}, group.Due{Job: n})
		}
	}
}

// tellOwner tells the chat or the group that owns a lane.
func (t *Tenant) tellOwner(l dialog.Lane, toChat chat.Message, toGroup group.Message) {
	if id := dialogOfLane(l); id != 0 {
		s, err := t.slot(id, nil)
		if err != nil {
			panic(err)
		}
		t.tellChat(s, toChat)
		return
	}
	chat := t.groupOf(l)
	if err := t.openGroup(chat); err != nil {
		panic(err)
	}
	g := t.groups[chat]
	t.later(func() { g.Tell(toGroup) })
}

// groupOf is the backend group into which a lane goes.
func (t *Tenant) groupOf(l dialog.Lane) tenants.ChatID {
	if l.Dialog == 0 {
		return l.Group
	}
	s, err := t.slot(l.Dialog, nil)
	if err != nil {
		panic(err)
	}
	return s.group
}

func rowNumbers(r *store.Row) lane.Numbers {
	_, opens := r.Job.Effect.(*dialog.Open)
	return lane.Numbers{
		Job: r.ID, Attempt: r.Attempt, Lane: r.Job.Lane, Connection: r.Job.Connection, Class: r.Job.Class,
		Weight: r.Weight, NotBefore: r.Job.NotBefore, Trying: r.Trying, Opens: opens, Half: r.Job.Half(),
		Helped: r.Job.Helped(), By: r.TriedBy,
	}
}
