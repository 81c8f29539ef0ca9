package tenant

import (
	"fmt"
	"slices"

	"topicdesk/actors/group"
	"topicdesk/actors/lane"
	"topicdesk/actors/topic"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

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
	if s := c.Decision.State; s != nil {
		if ok, err := t.baptize(s); err != nil || !ok {
			return err
		}
	}
	var out told
	if err := t.settlement(c, &out); err != nil {
		return err
	}
	ids, err := t.tx.Apply(c.Dialog, &c.Decision, t.key)
	if err != nil {
		return fmt.Errorf("write a decision: %w", err)
	}
	if err := t.written(c.Dialog); err != nil {
		return err
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
	set := c.Decision.Set
	if c.Decision.Ignore != nil {
		set = append(slices.Clip(set), tenants.Value{Name: tenants.IgnoreChats})
	}
	if err := t.changed(set); err != nil {
		return fmt.Errorf("put parameters into force: %w", err)
	}
	t.relabelled(c.Decision.Labels)
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
	t.seeTeam(d)
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

// seeTeam takes over who is of the team from now on.
func (t *Tenant) seeTeam(d *dialog.Decision) {
	if len(d.Left) > 0 { // a new list, as below
		gone := func(p tenants.Person) bool { return slices.Contains(d.Left, p.ID) }
		t.team = slices.DeleteFunc(slices.Clone(t.team), gone)
	}
	for _, p := range d.Joined {
		t.seeOperator(p)
	}
	if d.Operator.ID != 0 {
		t.seeOperator(d.Operator)
	}
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
