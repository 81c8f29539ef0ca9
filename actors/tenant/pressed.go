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
		return t.pressedInGeneral(c, e, dialog.Press{}, rt)
	}
	changes := p.Verb == dialog.PressLabelNew || p.Verb == dialog.PressLabelDel
	if changes && t.relabels(e.Message.Chat, rt) {
		t.postpone(rt, func() error { return t.pressed(c, e, rt) })
		return nil
	}
	if changes {
		rt.labels = e.Message.Chat
	}
	if p.Dialog == 0 {
		return t.pressedInGeneral(c, e, p, rt)
	}
	state, err := t.tx.Dialog(p.Dialog)
	if err != nil {
		return err
	}
	if state == nil || state.Group != e.Message.Chat {
		return t.pressedInGeneral(c, e, dialog.Press{}, rt)
	}
	s, err := t.slot(p.Dialog, nil)
	if err != nil {
		return err
	}
	presser := memberOf{e.Message.Chat, e.By.ID}
	return t.queue(s, p.Dialog, rt, behind{
		waits: true,
		ask: func(known func() error) (bool, error) {
			return t.askRights(c, presser, p.Verb.Right(), known)
		},
		run: func(r lane.Route) error {
			facts, err := t.factsOfPress(c, s.owner, e, p)
			if err != nil {
				return err
			}
			facts.Writer = t.withRights(facts.Writer, presser)
			t.tellChat(s, chat.Pressed{Route: r, Event: e, Press: p, Facts: facts})
			return nil
		},
	})
}

// pressedInGeneral routes the press of a button about no dialog to the group; p is zero
// if it is about nothing known.
func (t *Tenant) pressedInGeneral(c tenants.ConnectionID, e tenants.Pressed, p dialog.Press, rt *route) error {
	if err := t.openGroup(e.Message.Chat); err != nil {
		return err
	}
	facts, err := t.facts(c, 0, tenants.Group)
	if err != nil {
		return err
	}
	by := tenants.Message{Chat: tenants.Chat{ID: e.Message.Chat}, From: e.By}
	facts.Writer = t.standing(c, by, facts.Settings)
	if err := t.factsOfPage(&facts, e.Message.Chat, p); err != nil {
		return err
	}
	told := group.Pressed{Route: t.begin(rt), Event: e, Press: p, Facts: facts}
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
	f.Connection, f.Colleagues = c, t.team
	if p.Verb == dialog.PressLabelNew {
		f.NewLabel = t.newLabel()
	}
	if p.Verb == dialog.PressUndo {
		f.Target, err = t.tx.Target(p.Dialog, tenants.MessageRef{Chat: e.Message.Chat, ID: p.Message})
		return f, err
	}
	if _, ok := p.Verb.Choosing(); ok {
		state, err := t.tx.Dialog(p.Dialog)
		if err != nil || state == nil {
			return f, err
		}
		f.Held, err = t.tx.HeldOf(p.Dialog, state.Chat.ID, state.Rare.Born)
		return f, err
	}
	f.Held, err = t.tx.Held(p.Dialog, tenants.MessageRef{Chat: e.Message.Chat, ID: p.Message})
	if err != nil || len(f.Held) == 0 {
		return f, err
	}
	f.Colleagues = t.team
	if err := t.repliesFor(&f, f.Held[0].Message); err != nil || f.Held[0].Message.ReplyTo.IsZero() {
		return f, err
	}
	link, err := t.tx.LinkByTopic(f.Held[0].Message.ReplyTo)
	return t.replied(f, link), err
}
