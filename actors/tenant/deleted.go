package tenant

import (
	"slices"

	"topicdesk/actors/chat"
	"topicdesk/actors/lane"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// deleted routes a deletion in a client chat to the chat. What the team deletes in
// its own group stays there.
func (t *Tenant) deleted(c tenants.ConnectionID, e tenants.Deleted, rt *route) error {
	if t.isGroup(e.Chat.ID) {
		return t.dropped(c, rt)
	}
	id, err := t.tx.DialogOf(c, e.Chat)
	if err != nil {
		return err
	}
	if id == 0 || t.servingOf(id, nil, c) != c {
		return t.dropped(c, rt)
	}
	s, err := t.slot(id, nil)
	if err != nil {
		return err
	}
	return t.inTurn(s, id, rt, true, func(r lane.Route) error {
		facts, err := t.facts(c, id, e.Chat.Kind)
		if err != nil {
			return err
		}
		if facts.Gone, err = t.gone(id, e); err != nil {
			return err
		}
		t.tellChat(s, chat.Deleted{Route: r, Facts: facts})
		return nil
	})
}

// gone are those of deleted messages that are in the topic, or on their way.
func (t *Tenant) gone(id tenants.DialogID, e tenants.Deleted) (all []tenants.MessageRef, err error) {
	toTopic := dialog.Lane{Dialog: id, Side: dialog.ToTopic}
	for _, message := range slices.Sorted(slices.Values(e.Messages)) {
		ref := tenants.MessageRef{Chat: e.Chat.ID, ID: message}
		fate, err := t.tx.Fate(toTopic, ref)
		if err != nil {
			return nil, err
		}
		if fate == dialog.FateWaiting || fate == dialog.FateSent {
			all = append(all, ref)
		}
	}
	return all, nil
}
