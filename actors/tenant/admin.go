package tenant

import (
	"fmt"

	"topicdesk/actors"
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
	change := t.tx.SetParam
	if clears {
		change = func(v tenants.Value) error { return t.tx.ClearParam(v.Level, v.Name) }
	}
	if err := change(m.Value); err != nil {
		return err
	}
	values, err := t.tx.Params()
	if err != nil {
		return err
	}
	t.values, t.settings, t.filters = values, map[settingsKey]settings{}, map[string]*dialog.Filters{}
	if p, _, ok := tenants.ParamNamed(m.Value.Name); ok && p.Rings {
		if err := t.tx.WakeAll(); err != nil {
			return err
		}
	}
	t.later(func() { m.Reply.Send(nil) })
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
