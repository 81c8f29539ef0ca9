package tenant

import (
	"fmt"

	"topicdesk/actors"
	"topicdesk/actors/chat"
	"topicdesk/actors/group"
	"topicdesk/actors/lane"
	"topicdesk/actors/meter"
	"topicdesk/actors/topic"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// route gives each update of a batch to its owner; what is seen already is
// dropped.
func (t *Tenant) route(m Route) error {
	if t.refuses(m) {
		t.later(func() { m.Reply.Send(ErrFull) }) // Telegram keeps it, and comes again
		return nil
	}
	b := &batch{connection: m.Connection, left: 1, state: m.Batch.State, reply: m.Reply, polled: m.Batch.State != nil}
	for _, u := range m.Batch.Updates {
		if err := t.routeUpdate(m.Connection, u, b); err != nil {
			return err
		}
	}
	return t.settleOne(b) // the one that held the batch open until here
}

func (t *Tenant) routeUpdate(c tenants.ConnectionID, u tenants.Update, b *batch) error {
	key := fmt.Sprintf("update %d:%d", c, u.ID)
	t.current = key
	seen, err := t.tx.Seen(c, u.ID)
	if err != nil || seen {
		return err
	}
	if r, ok := t.byUpdate[key]; ok {
		rt := t.routes[r]
		rt.twins = append(rt.twins, b)
		b.left++
		return nil
	}
	if t.opt.Host.Poison(key) {
		return t.setAside(c, u)
	}
	return t.deliver(c, u, key, b)
}

// setAside keeps a poisonous update, sealed, and tells so in General.
func (t *Tenant) setAside(c tenants.ConnectionID, u tenants.Update) error {
	t.opt.Log.Error("update set aside: it crashed the tenant too often", "tenant", t.opt.ID, "connection", c, "update", u.ID)
	if err := t.tx.SetAside(c, u.ID, t.opt.Host.Seal(u.Raw)); err != nil {
		return err
	}
	t.meterDropped(meter.Poison)
	return t.note(c, dialog.SetAside(t.voice(c)))
}

// deliver finds the owner of an update and tells it. What nobody owns is
// recorded as seen.
func (t *Tenant) deliver(c tenants.ConnectionID, u tenants.Update, key string, b *batch) error {
	rt := &route{key: key, since: t.now(), update: u.ID, batch: b}
	if t.helps(c) {
		return t.atHelper(c, u, rt)
	}
	switch e := u.Event.(type) {
	case tenants.Posted:
		return t.message(c, e.Message, false, rt)
	case tenants.Edited:
		return t.message(c, e.Message, true, rt)
	case tenants.Membership:
		return t.membership(c, e, rt)
	case tenants.Pressed:
		return t.pressed(c, e, rt)
	case tenants.Deleted:
		return t.deleted(c, e, rt)
	case tenants.Reacted:
		return t.reacted(c, e, rt)
	case tenants.Voted:
		return t.voted(c, e, rt)
	case tenants.Ignored:
		return t.dropped(c, rt)
	default:
		panic(fmt.Sprintf("tenant: unknown event %T", e))
	}
}

// dropped records an update that causes nothing.
func (t *Tenant) dropped(c tenants.ConnectionID, rt *route) error {
	return t.tx.MarkSeen(c, rt.update)
}

// message routes a message: into a backend group to the topic or to the group,
// else to the chat.
func (t *Tenant) message(c tenants.ConnectionID, m tenants.Message, edited bool, rt *route) error {
	t.know(c, m.Chat.ID, m.ID)
	switch {
	case t.isGroup(m.Chat.ID):
		return t.fromGroup(c, m, edited, rt)
	case isBind(m) && !edited && t.bindsHere(c, m):
		return t.toGroup(c, m, edited, "", rt)
	case t.opt.Host.Backend(m.Chat.ID):
		return t.dropped(c, rt) // never a client chat
	case m.Content.Service == tenants.ServiceMigratedTo, m.Content.Service == tenants.ServiceMigratedFrom:
		return t.migrated(c, m, rt)
	default:
		return t.toChat(c, m, edited, rt)
	}
}

// fromGroup routes a message of a backend group. All logins in it receive every
// one: a topic belongs to one login, General to the oldest, or to the one whose
// name a command carries; for the others the update is only seen.
func (t *Tenant) fromGroup(c tenants.ConnectionID, m tenants.Message, edited bool, rt *route) error {
	if err := t.measure(m.Chat.ID, m.ID); err != nil {
		return err
	}
	if t.isMark(c, m) && t.relabels(m.Chat.ID, rt) {
		t.postpone(rt, func() error { return t.fromGroup(c, m, edited, rt) })
		return nil
	}
	if m.Thread == 0 {
		if c != t.generalOf(m) || !t.gives(c, m, edited) {
			return t.dropped(c, rt)
		}
		return t.toGroup(c, m, edited, "", rt)
	}
	id, err := t.tx.DialogOfThread(m.Chat.ID, m.Thread)
	if err != nil {
		return err
	}
	if id == 0 {
		if id, err = t.otherTopic(c, m); err != nil {
			return err
		}
	}
	strange := id == 0
	if strange {
		if id, err = t.ofRoom(m); err != nil {
			return err
		}
	}
	if strange && (t.behindOther(rt) || id == 0 && t.roomBusy(m, rt)) {
		t.postpone(rt, func() error { return t.fromGroup(c, m, edited, rt) })
		return nil
	}
	if id == 0 {
		if !m.Own && c != t.oldest(m.Chat.ID) || !t.gives(c, m, edited) {
			return t.dropped(c, rt)
		}
		return t.toGroup(c, m, edited, "", rt)
	}
	return t.toTopic(c, id, m, edited, rt)
}

// otherTopic finds the dialog of a thread that is no dialog's topic: one that is
// being made, or, for what people wrote and for lines of our own doings, one that the
// dialog has left, or that was deleted meanwhile.
func (t *Tenant) otherTopic(c tenants.ConnectionID, m tenants.Message) (tenants.DialogID, error) {
	service := m.Content.Service
	if m.Content.Kind == tenants.KindService && (!m.Own || service == tenants.ServiceTopicCreated) {
		return t.madeFor(c, m)
	}
	return t.tx.DialogOfFormer(m.Chat.ID, m.Thread)
}

// madeFor finds the dialog for which a topic was just made: the service message
// of our own topic may come before the answer to the call, or instead of it.
// At most one topic of a login in a group is being made at a time; an earlier
// one of which the answer was lost is told apart by its title.
func (t *Tenant) madeFor(c tenants.ConnectionID, m tenants.Message) (tenants.DialogID, error) {
	if !m.Own || m.Content.Service != tenants.ServiceTopicCreated {
		return 0, nil
	}
	return t.tx.OpeningTopic(c, m.Chat.ID, m.Content.TopicName)
}

func (t *Tenant) toTopic(c tenants.ConnectionID, id tenants.DialogID, m tenants.Message, edited bool, rt *route) error {
	s, err := t.slot(id, nil)
	if err != nil {
		return err
	}
	owner := s.owner
	switch another := t.serves(owner.connection) && c != owner.connection; {
	case another && !t.unheard(owner.connection, c, m, edited), !t.gives(c, m, edited):
		return t.dropped(c, rt)
	case another:
		return t.toGroup(c, m, edited, t.logins[owner.connection].row.Username, rt)
	}
	if err := t.keepPart(owner.connection, m); err != nil {
		return err
	}
	m.Own = m.Own || t.ours(m.From.ID) // the topic may have been another login's before
	depends := edited || m.Album != "" || !m.ReplyTo.IsZero()
	writer := memberOf{m.Chat.ID, m.From.ID}
	return t.queue(s, id, rt, behind{
		waits: depends,
		ask: func(known func() error) (bool, error) {
			right, err := t.rightFor(owner, id, m, edited)
			if err != nil {
				return false, err
			}
			return t.askRights(owner.connection, writer, right, known)
		},
		run: func(r lane.Route) error {
			tp, err := t.topicRow(id, s.group)
			if err != nil {
				return err
			}
			facts, err := t.factsInGroup(owner.connection, id, owner.kind, m, edited)
			if err != nil {
				return err
			}
			facts.Writer = t.withRights(facts.Writer, writer)
			if !m.Own && !edited {
				s.spoke = t.now()
			}
			t.tellTopic(s, topic.Heard{Route: r, Message: m, Edited: edited, Topic: tp, Facts: facts})
			return nil
		},
	})
}

func (t *Tenant) topicRow(id tenants.DialogID, group tenants.ChatID) (dialog.Topic, error) {
	row, err := t.tx.Topic(id)
	if err != nil {
		return dialog.Topic{}, err
	}
	if row == nil {
		return dialog.Topic{Dialog: id, Group: group}, nil
	}
	return *row, nil
}

// toGroup routes what is about the group; absent is the username of the login that should
// have heard it, empty: nobody else should have.
func (t *Tenant) toGroup(c tenants.ConnectionID, m tenants.Message, edited bool, absent string, rt *route) error {
	if err := t.openGroup(m.Chat.ID); err != nil {
		return err
	}
	if err := t.keepPart(c, m); err != nil {
		return err
	}
	facts, err := t.factsInGroup(c, 0, tenants.Group, m, edited)
	if err != nil {
		return err
	}
	if facts.Labels, err = t.labelsOf(m.Chat.ID); err != nil {
		return err
	}
	if err := t.roomFacts(&facts, m.Chat.ID); err != nil {
		return err
	}
	if err := t.factsOfCommand(&facts, m, rt); err != nil {
		return err
	}
	facts.Absent = absent
	heard := group.Heard{Message: m, Edited: edited, Facts: facts}
	if isBind(m) && !edited {
		heard.Bind = t.bindFacts(c, m)
	}
	heard.Route = t.begin(rt)
	ref := t.groups[m.Chat.ID]
	if heard.Bind == nil {
		t.later(func() { ref.Tell(heard) })
		return nil
	}
	t.learn(c, askBinding(m.Chat.ID), func(l Learnt) error {
		t.bindStanding(heard, ref, l)
		return nil
	})
	return nil
}

// bindStanding goes on with a /bind when Telegram has said what the login may do
// in the group.
func (t *Tenant) bindStanding(heard group.Heard, ref actors.Ref[group.Message], l Learnt) {
	facts := *heard.Bind
	facts.Privacy = l.Private
	if l.Standing != nil {
		facts.Rights = l.Standing.Rights
	}
	heard.Bind = &facts
	t.later(func() { ref.Tell(heard) })
}

// toChat routes a message of a client chat. A group with several of our logins
// is one dialog: the login that serves it counts.
func (t *Tenant) toChat(c tenants.ConnectionID, m tenants.Message, edited bool, rt *route) error {
	if t.aboutOurs(m) {
		return t.dropped(c, rt) // it comes as a Membership of that login
	}
	id, state, err := t.dialogOf(c, m)
	if err != nil {
		return err
	}
	if serving := t.servingOf(id, state, c); serving != c {
		return t.dropped(c, rt)
	}
	s, err := t.slot(id, state)
	if err != nil {
		return err
	}
	// Of a chat that nobody serves yet another login has heard: whether that one serves
	// it is known when what it heard is on disk.
	second := state != nil && s.server != 0 && s.server != c
	if !second {
		s.server = c
	}
	return t.queue(s, id, rt, behind{
		waits: edited || m.Album != "" || second,
		ask:   func(known func() error) (bool, error) { return t.count(c, s, id, m, known) },
		run: func(r lane.Route) error {
			if second && t.servingOf(id, nil, c) != c {
				return t.settle(r)
			}
			facts, err := t.factsAtClient(c, id, m, edited)
			if err != nil {
				return err
			}
			facts.Members, facts.Counted = s.members, s.counted
			t.tellChat(s, chat.Heard{Route: r, Message: m, Edited: edited, Facts: facts})
			return nil
		},
	})
}

// tellChat tells a chat after the commit, and numbers what it tells.
func (t *Tenant) tellChat(s *slot, m chat.Message) {
	s.told++
	serial := s.told
	t.later(func() { s.chat.Tell(chat.Told{Serial: serial, Message: m}) })
}

// tellTopic tells a topic after the commit, and numbers what it tells.
func (t *Tenant) tellTopic(s *slot, m topic.Message) {
	s.toldTopic++
	serial := s.toldTopic
	t.later(func() { s.topic.Tell(topic.Told{Serial: serial, Message: m}) })
}
