package tenant

import (
	"topicdesk/actors/chat"
	"topicdesk/actors/group"
	"topicdesk/actors/lane"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// atClients routes a change of a login's own standing in a client chat to that
// chat; of one of which nothing has been relayed, to the group.
func (t *Tenant) atClients(c tenants.ConnectionID, e tenants.Membership, rt *route) error {
	id, err := t.tx.DialogOf(c, e.Chat)
	if err != nil {
		return err
	}
	if id == 0 {
		return t.stranger(c, e, rt)
	}
	if t.servingOf(id, nil, c) != c {
		return t.dropped(c, rt)
	}
	s, err := t.slot(id, nil)
	if err != nil {
		return err
	}
	var told Learnt
	return t.queue(s, id, rt, behind{
		ask: func(known func() error) (bool, error) {
			if !dialog.Asks(e) {
				return false, nil
			}
			t.learn(c, askPrivacy, func(l Learnt) error {
				told = l
				return known()
			})
			return true, nil
		},
		run: func(r lane.Route) error {
			facts, err := t.facts(c, id, e.Chat.Kind)
			if err != nil {
				return err
			}
			facts.Private = told.Private
			t.tellChat(s, chat.Member{Route: r, Event: e, Facts: facts})
			return nil
		},
	})
}

// stranger asks what the administrator should know about a client group that a
// login was added to.
func (t *Tenant) stranger(c tenants.ConnectionID, e tenants.Membership, rt *route) error {
	home := t.logins[c].row.Group.ID
	if !dialog.Asks(e) || home == 0 {
		return t.dropped(c, rt)
	}
	if err := t.openGroup(home); err != nil {
		return err
	}
	r := t.begin(rt)
	t.learn(c, askPrivacy, func(l Learnt) error {
		facts, err := t.facts(c, 0, tenants.Group)
		if err != nil {
			return err
		}
		facts.Private = l.Private
		ref := t.groups[home]
		t.later(func() { ref.Tell(group.Joined{Route: r, Event: e, Facts: facts}) })
		return nil
	})
	return nil
}
