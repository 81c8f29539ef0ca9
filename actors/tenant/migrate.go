package tenant

import (
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// migrated follows a client group that became a supergroup, before anything
// else of it is routed: what is said under the new id must find the dialog. The
// opening ends with the move, and the update comes once more, to be noted.
func (t *Tenant) migrated(c tenants.ConnectionID, m tenants.Message, rt *route) error {
	from, to := m.Chat, m.Chat
	if m.Content.Service == tenants.ServiceMigratedTo {
		to.ID = m.Content.Migrated
	} else {
		from.ID = m.Content.Migrated
	}
	old, err := t.tx.DialogOf(c, from)
	if err != nil {
		return err
	}
	id, err := t.tx.DialogOf(c, to)
	switch {
	case err != nil:
		return err
	case old != 0 && id == 0:
		t.begin(rt)
		t.rebind = true
		_, err := t.tx.Apply(0, &dialog.Decision{Moved: []dialog.Move{{From: from.ID, To: to.ID}}}, t.key)
		return err
	case m.Content.Service == tenants.ServiceMigratedTo && id != 0:
		m.Chat.ID = to.ID
		return t.toChat(c, m, false, rt)
	default:
		return t.dropped(c, rt)
	}
}
