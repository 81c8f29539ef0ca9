package tenant

import (
	"slices"

	"topicdesk/actors/lane"
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
	if n := t.unstored[chatKey{chat: from.ID}]; t.slots[n] != nil {
		// Its first message is under way: what follows under the new id is of the
		// same dialog, and whether that is kept is known in its turn.
		t.unstored[chatKey{chat: to.ID}] = n
		return t.inTurn(t.slots[n], n, rt, true, func(r lane.Route) error {
			if moves, err := t.moves(c, from, to); err != nil || moves {
				return err
			}
			return t.settle(r)
		})
	}
	moves, err := t.moves(c, from, to)
	if err != nil {
		return err
	}
	if moves {
		t.begin(rt)
		return nil
	}
	id, err := t.tx.DialogOf(c, to)
	if err != nil {
		return err
	}
	if m.Content.Service == tenants.ServiceMigratedTo && id != 0 {
		m.Chat.ID = to.ID
		return t.toChat(c, m, false, rt)
	}
	if err := t.tx.Unsay(to.ID); err != nil { // that we were added to it: we were there
		return err
	}
	return t.dropped(c, rt)
}

// moves moves a chat, if that has not been done and it is known at all; then the
// opening ends.
func (t *Tenant) moves(c tenants.ConnectionID, from, to tenants.Chat) (bool, error) {
	old, err := t.tx.DialogOf(c, from)
	if err != nil {
		return false, err
	}
	id, err := t.tx.DialogOf(c, to)
	if err != nil || id != 0 || old == 0 && !t.lists(from.ID, to.ID) {
		return false, err
	}
	t.rebind = true
	_, err = t.tx.Apply(0, &dialog.Decision{Moved: []dialog.Move{{From: from.ID, To: to.ID}}}, t.key)
	return true, err
}

// lists tells that a parameter names the chat by its old id only.
func (t *Tenant) lists(from, to tenants.ChatID) bool {
	return slices.ContainsFunc(t.values, func(v tenants.Value) bool {
		_, ok := v.Follow(from, to)
		return ok
	})
}
