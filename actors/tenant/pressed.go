package tenant

import (
	"topicdesk/actors/chat"
	"topicdesk/actors/group"
	"topicdesk/actors/lane"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// pressed routes the press of a button to the chat that it is about. One that is
// about nothing is answered all the same, or it would turn for ever. Only the
// login that sent a button hears of its presses.
func (t *Tenant) pressed(c tenants.ConnectionID, e tenants.Pressed, rt *route) error {
	if !t.isGroup(e.Message.Chat) {
		return t.dropped(c, rt) // no button of ours is elsewhere
	}
	p, ok := dialog.ParsePress(e.Data)
	if !ok {
		return t.pressedNothing(c, e, rt)
	}
	state, err := t.tx.Dialog(p.Dialog)
	if err != nil {
		return err
	}
	if state == nil || state.Group != e.Message.Chat {
		return t.pressedNothing(c, e, rt)
	}
	s, err := t.slot(p.Dialog, nil)
	if err != nil {
		return err
	}
	return t.inTurn(s, p.Dialog, rt, true, func(r lane.Route) error {
		facts, err := t.factsOfPress(c, s.owner, e, p)
		if err != nil {
			return err
		}
		t.tellChat(s, chat.Pressed{Route: r, Event: e, Press: p, Facts: facts})
		return nil
	})
}

func (t *Tenant) pressedNothing(c tenants.ConnectionID, e tenants.Pressed, rt *route) error {
	if err := t.openGroup(e.Message.Chat); err != nil {
		return err
	}
	facts, err := t.facts(c, 0, tenants.Group)
	if err != nil {
		return err
	}
	told := group.Pressed{Route: t.begin(rt), Event: e, Facts: facts}
	ref := t.groups[e.Message.Chat]
	t.later(func() { ref.Tell(told) })
	return nil
}

// factsOfPress are those about the press of a button, heard by c.
func (t *Tenant) factsOfPress(c tenants.ConnectionID, o owner, e tenants.Pressed, p dialog.Press) (dialog.Facts, error) {
	f, err := t.facts(o.connection, p.Dialog, o.kind)
	if err != nil {
		return f, err
	}
	by := tenants.Message{Chat: tenants.Chat{ID: e.Message.Chat}, From: e.By}
	f.Writer = t.standing(o.connection, by, f.Settings)
	f.Writer.Team = true
	f.Connection = c
	if _, ok := p.Verb.Choosing(); ok {
		f.Colleagues = t.team
		state, err := t.tx.Dialog(p.Dialog)
		if err != nil || state == nil {
			return f, err
		}
		f.Held, err = t.tx.HeldOf(p.Dialog, state.Chat.ID, state.Rare.Born)
		return f, err
	}
	f.Held, err = t.tx.Held(p.Dialog, tenants.MessageRef{Chat: e.Message.Chat, ID: p.Message})
	if err != nil || len(f.Held) == 0 || f.Held[0].Message.ReplyTo.IsZero() {
		return f, err
	}
	link, err := t.tx.LinkByTopic(f.Held[0].Message.ReplyTo)
	return t.replied(f, link), err
}
