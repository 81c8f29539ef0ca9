package tenant

import (
	"fmt"

	"topicdesk/actors"
	"topicdesk/actors/lane"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// retry tries once more what was set aside. The row stays until the update is
// settled, so that a crash loses nothing.
func (t *Tenant) retry(m Retry) error {
	key := fmt.Sprintf("update %d:%d", m.Connection, m.Update.ID)
	t.current = key
	if _, under := t.byUpdate[key]; under || t.logins[m.Connection] == nil {
		t.later(func() { m.Reply.Send(fmt.Errorf("it is under way, or its connection is gone")) })
		return nil
	}
	b := &batch{connection: m.Connection, left: 1, reply: m.Reply}
	if err := t.deliver(m.Connection, m.Update, key, b); err != nil {
		return err
	}
	if r, waits := t.byUpdate[key]; waits {
		t.routes[r].aside = true
	} else if err := t.takeBack(m.Connection, m.Update.ID); err != nil {
		return err
	}
	return t.settleOne(b)
}

// takeBack ends the keeping of an update that went through at last.
func (t *Tenant) takeBack(c tenants.ConnectionID, u tenants.UpdateID) error {
	if err := t.tx.TakeAside(c, u); err != nil {
		return err
	}
	return t.tx.MarkSeen(c, u)
}

// set changes a parameter, or takes it away; it is in force with the next event.
func (t *Tenant) set(m Set) error {
	clears := tenants.IsDefault(m.Value.Value)
	if err := t.checkValue(m.Value); err != nil && !clears {
		t.later(func() { m.Reply.Send(err) })
		return nil
	}
	value := m.Value
	if clears {
		value.Value = tenants.DefaultValue
	}
	if err := t.tx.SetByHost(value); err != nil {
		return err
	}
	if err := t.changed([]tenants.Value{value}); err != nil {
		return err
	}
	t.later(func() { m.Reply.Send(nil) })
	return nil
}

// changed puts parameters into force that were set: with the next event of each
// dialog, and at once where they change when it closes or what its topic is called.
func (t *Tenant) changed(set []tenants.Value) error {
	if len(set) == 0 {
		return nil
	}
	values, err := t.tx.Params()
	if err != nil {
		return err
	}
	was := t.values
	t.values, t.settings, t.filters = values, map[settingsKey]settings{}, map[string]*dialog.Filters{}
	for _, v := range set {
		p, _, ok := tenants.ParamNamed(v.Name)
		if !ok || !p.Rings {
			continue
		}
		if err := t.tx.WakeAll(v.Level.Dialog); err != nil {
			return err
		}
		if err := t.hides(was, v); err != nil {
			return err
		}
	}
	return t.offerMenus()
}

// setAtRest does, once an opening, what follows from parameters that were set while
// nobody ran. Their dialogs are due already.
func (t *Tenant) setAtRest() error {
	if t.rested {
		return nil
	}
	rest, err := t.tx.TakeAtRest()
	if err != nil {
		return err
	}
	for _, v := range rest.Set {
		if err := t.hides(rest.Was, v); err != nil {
			return err
		}
	}
	t.later(func() { t.rested = true })
	return nil
}

// hides asks, in each group that shows by now what a parameter hides from now on, what
// becomes of its topics: also in those in which a login worked before, where dialogs go
// on that have a topic there.
func (t *Tenant) hides(was []tenants.Value, v tenants.Value) error {
	if v.Name != tenants.HideInfo {
		return nil
	}
	current := t.current
	defer func() { t.current = current }()
	asked := map[tenants.ChatID]bool{}
	for _, c := range t.order {
		before := tenants.Resolve(was, c, v.Level.Kind, v.Level.Dialog, 0).Hide
		facts, err := t.facts(c, v.Level.Dialog, v.Level.Kind)
		if err != nil {
			return err
		}
		if !facts.Settings.Hide.Beyond(before) {
			continue
		}
		for _, p := range t.logins[c].places {
			if asked[p.Group] {
				continue
			}
			shows, err := t.tx.HasTopics(c, p.Group)
			if err != nil {
				return err
			}
			asker := t.asker(c, p.Group)
			if !shows || asker == 0 {
				continue
			}
			asked[p.Group] = true
			d := dialog.HidingAsked(asker, p.Group, tenants.Notices(was, v, 0), facts)
			if err := t.commit(lane.Commit{By: lane.Decider{Kind: lane.ByTenant}, Decision: d}); err != nil {
				return err
			}
		}
	}
	return nil
}

// Ask tells a tenant something and gives the channel on which the answer comes.
func Ask(ref actors.Ref[Message], make func(actors.Reply[error]) Message) <-chan error {
	reply, answer := actors.NewReply[error]()
	ref.Tell(make(reply))
	return answer
}

// backUp makes the backups that are asked for.
func (t *Tenant) backUp(batch []Message) {
	for _, m := range batch {
		if b, ok := m.(Backup); ok {
			b.Reply.Send(t.store.Backup(b.Path))
		}
	}
}
