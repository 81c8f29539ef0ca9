package tenant

import (
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// serves tells that a login is active.
func (t *Tenant) serves(c tenants.ConnectionID) bool {
	l := t.logins[c]
	return l != nil && l.row.Active
}

// ours tells that somebody is one of the logins.
func (t *Tenant) ours(id tenants.UserID) bool {
	for _, l := range t.logins {
		if l.row.User == id {
			return true
		}
	}
	return false
}

// aboutOurs tells that a service message says only that one of the logins joined
// or left.
func (t *Tenant) aboutOurs(m tenants.Message) bool {
	return m.Content.Kind == tenants.KindService && len(m.Content.People) == 1 && t.ours(m.Content.People[0].ID)
}

// servingOf is the login that serves a dialog: c for a new one, and for a group
// that the one before is out of, if both work in the same backend group.
func (t *Tenant) servingOf(id tenants.DialogID, fresh *dialog.State, c tenants.ConnectionID) tenants.ConnectionID {
	if fresh != nil {
		return fresh.Connection
	}
	if s := t.slots[id]; s != nil && s.owner.kind == tenants.Private && t.serves(s.owner.connection) {
		return s.owner.connection
	}
	state, err := t.tx.Dialog(id)
	if err != nil || state == nil || !t.serves(state.Connection) {
		return c
	}
	if state.Unreachable && state.Chat.Kind != tenants.Private && t.logins[c].in(state.Group) {
		return t.stepIn(id, c)
	}
	return state.Connection
}

// stepIn is the login that takes a group over: the first that hears it, until
// what it heard is on disk.
func (t *Tenant) stepIn(id tenants.DialogID, c tenants.ConnectionID) tenants.ConnectionID {
	if s := t.slots[id]; s != nil && s.server != 0 {
		return s.server
	}
	return c
}
