package tenant

import (
	"topicdesk/actors/chat"
	"topicdesk/actors/lane"
	"topicdesk/tenants"
)

// voted routes the votes in a poll to the chat to which it went. Telegram tells
// a login only of its own polls, and of those that somebody stopped.
func (t *Tenant) voted(c tenants.ConnectionID, e tenants.Voted, rt *route) error {
	id, message, err := t.tx.PollOf(c, e.Poll.ID)
	if err != nil {
		return err
	}
	if id == 0 {
		return t.dropped(c, rt)
	}
	s, err := t.slot(id, nil)
	if err != nil {
		return err
	}
	return t.inTurn(s, id, rt, false, func(r lane.Route) error {
		facts, err := t.facts(s.owner.connection, id, s.owner.kind)
		if err != nil {
			return err
		}
		facts.Connection = c
		t.tellChat(s, chat.Voted{Route: r, Event: e, Message: message, Facts: facts})
		return nil
	})
}
