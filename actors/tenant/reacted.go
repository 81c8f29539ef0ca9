package tenant

import (
	"topicdesk/actors/chat"
	"topicdesk/actors/lane"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// reacted routes a change of somebody's reactions to the chat of the message. One
// on a message without a twin concerns nobody else: it stays where it is.
func (t *Tenant) reacted(c tenants.ConnectionID, e tenants.Reacted, rt *route) error {
	link, err := t.reactedTo(c, e.Message)
	if err != nil {
		return err
	}
	if link == nil {
		return t.dropped(c, rt)
	}
	s, err := t.slot(link.Dialog, nil)
	if err != nil {
		return err
	}
	if hears := t.hearsReaction(c, s, link, e.Message.Chat); !hears {
		return t.dropped(c, rt)
	}
	return t.inTurn(s, link.Dialog, rt, true, func(r lane.Route) error {
		facts, err := t.facts(s.owner.connection, link.Dialog, s.owner.kind)
		if err != nil {
			return err
		}
		by := tenants.Message{Chat: e.Chat, From: e.By, Sender: e.Sender}
		facts.Writer = t.standing(s.owner.connection, by, facts.Settings)
		facts.ReplyLink = *link
		if facts.Last, err = t.tx.IsLast(*link); err != nil {
			return err
		}
		t.tellChat(s, chat.Reacted{Route: r, Event: e, Facts: facts})
		return nil
	})
}

// reactedTo is the link of a message in a backend group, or in a client chat. A
// client's message has none while only a piece of it is in the topic, as the name
// before it: a reaction there would stay when it is taken off the message.
func (t *Tenant) reactedTo(c tenants.ConnectionID, message tenants.MessageRef) (*dialog.Link, error) {
	if t.isGroup(message.Chat) {
		return t.tx.LinkByTopic(message)
	}
	link, err := t.tx.LinkByClient(c, message)
	if link != nil && !link.Ours && link.Part > 0 {
		link = nil
	}
	return link, err
}

// hearsReaction tells that a login is the one of the dialog: others in the same
// group or client chat are told, too.
func (t *Tenant) hearsReaction(c tenants.ConnectionID, s *slot, link *dialog.Link, in tenants.ChatID) bool {
	if t.isGroup(in) {
		return c == s.owner.connection || !t.serves(s.owner.connection)
	}
	return t.servingOf(link.Dialog, nil, c) == c
}
