package tenant

import (
	"fmt"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/chat"
	"topicdesk/actors/group"
	"topicdesk/actors/lane"
	"topicdesk/actors/topic"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/pace"
)

// slot is one dialog whose actors are awake.
type slot struct {
	chat  actors.Ref[chat.Message]
	topic actors.Ref[topic.Message]
	group tenants.ChatID
	owner owner
	key   chatKey
	told  uint64 // messages told to the chat
	// toldTopic counts those told to the topic.
	toldTopic uint64
	pending   int                  // routes under way
	behind    []behind             // of pending, those not told yet
	members   int                  // of its client group; 0 = Telegram did not tell
	counted   time.Time            // when it was asked; zero = it was not
	asking    bool                 // the first of behind waits for an answer of Telegram
	server    tenants.ConnectionID // through which the client chat is heard while routes are under way
	used      time.Time
	stale     bool      // what is being decided rests on facts that have changed: it is rung then
	woken     time.Time // when it was made: what was said before is not known
	spoke     time.Time // when somebody of the team last wrote in the topic
	asked     time.Time // when it was last asked to leave
}

// owner is which login serves a dialog, and in what kind of chat: asked for at
// every step of a message, so it is not read from the file each time.
type owner struct {
	connection tenants.ConnectionID
	kind       tenants.ChatKind
	begun      bool // something of it has been relayed
}

// chatKey finds a dialog that has no row yet.
type chatKey struct {
	connection tenants.ConnectionID // 0 for groups
	chat       tenants.ChatID
}

// dialogOf finds the dialog of a client chat. For a chat never met it gives a
// number and a first state; the row comes with the first decision that has one.
func (t *Tenant) dialogOf(c tenants.ConnectionID, m tenants.Message) (tenants.DialogID, *dialog.State, error) {
	id, err := t.tx.DialogOf(c, m.Chat)
	if err != nil || id != 0 {
		return id, nil, err
	}
	key := chatKey{connection: c, chat: m.Chat.ID}
	if m.Chat.Kind != tenants.Private {
		key.connection = 0
	}
	if id = t.unstored[key]; id == 0 {
		id = t.next
		t.next++
		t.unstored[key] = id
	}
	state := &dialog.State{
		ID: id, Connection: c, Chat: m.Chat, Group: t.logins[c].row.Group.ID, FirstSeen: t.now(),
	}
	if m.Chat.Kind == tenants.Private {
		state.Client = m.From
	}
	return id, state, nil
}

// slot is a dialog's actors, woken if they sleep. fresh is the state of a
// dialog that has no row yet.
func (t *Tenant) slot(id tenants.DialogID, fresh *dialog.State) (*slot, error) {
	if s := t.slots[id]; s != nil {
		return s, nil
	}
	state, err := t.reads().Dialog(id)
	if err != nil {
		return nil, fmt.Errorf("read dialog %d: %w", id, err)
	}
	if state == nil {
		if fresh == nil {
			return nil, fmt.Errorf("dialog %d has no row", id)
		}
		state = fresh
	}
	if g := t.logins[state.Connection].row.Group.ID; state.Group == 0 {
		state.Group = g
	}
	return t.wake(*state)
}

func (t *Tenant) wake(state dialog.State) (*slot, error) {
	if err := t.openGroup(state.Group); err != nil {
		return nil, err
	}
	g := t.groups[state.Group]
	pass := func(c lane.Commit) { g.Tell(group.Pass{Commit: c}) }
	s := &slot{
		group: state.Group, owner: ownerOf(&state), used: t.now(), woken: t.now(), key: chatKeyOf(&state),
		pending: t.routesOf(state.ID),
	}
	rules := t.rulesOf(state.Chat.Kind)
	s.chat = chat.Spawn(chat.Options{
		System: t.opt.System, ID: t.name("chat", int64(state.ID)), State: state, Rules: rules,
		Pass: pass, Crashed: child(t, chat.Under),
	})
	s.topic = topic.Spawn(topic.Options{
		System: t.opt.System, ID: t.name("topic", int64(state.ID)), Dialog: state.ID, Chat: s.chat,
		Pass: pass, Crashed: child(t, topic.Under),
	})
	t.slots[state.ID] = s
	jobs, err := t.reads().Lane(dialog.Lane{Dialog: state.ID, Side: dialog.ToClient})
	if err != nil {
		return nil, fmt.Errorf("read a lane: %w", err)
	}
	budgets, err := t.budgets(state.Chat.ID, rules)
	if err != nil {
		return nil, err
	}
	load := chat.Load{Jobs: numbers(jobs, func(dialog.Lane) bool { return true }), Budgets: budgets}
	if err := t.overslept(&state, &load); err != nil {
		return nil, err
	}
	s.told++
	s.chat.Tell(chat.Told{Serial: s.told, Message: load})
	return s, nil
}

// overslept adds to what a chat is told first the messages that were held when
// the process ended, if that is long ago.
func (t *Tenant) overslept(state *dialog.State, load *chat.Load) (err error) {
	if !state.Oversleeps(t.now()) {
		return nil
	}
	for _, h := range state.Rare.Holds {
		jobs, err := t.reads().Carriers(dialog.Lane{Dialog: state.ID, Side: dialog.ToClient}, h.Message)
		if err != nil {
			return fmt.Errorf("read what is held: %w", err)
		}
		load.Overslept = append(load.Overslept, jobs...)
	}
	load.Facts, err = t.facts(state.Connection, state.ID, state.Chat.Kind)
	return err
}

// routesOf counts what is under way of a dialog: while its actors sleep, the
// group may decide outcomes of it.
func (t *Tenant) routesOf(id tenants.DialogID) int {
	n := 0
	for _, rt := range t.routes {
		if rt.dialog == id {
			n++
		}
	}
	return n
}

func ownerOf(s *dialog.State) owner {
	return owner{connection: s.Connection, kind: s.Chat.Kind, begun: s.Status != dialog.None}
}

// ownerOf tells who serves a dialog; ok is false if the dialog has no row.
func (t *Tenant) ownerOf(id tenants.DialogID) (o owner, ok bool, err error) {
	if s := t.slots[id]; s != nil {
		return s.owner, true, nil
	}
	state, err := t.reads().Dialog(id)
	if err != nil || state == nil {
		return owner{}, false, err
	}
	return ownerOf(state), true, nil
}

// rulesOf are the limits of a client chat.
func (t *Tenant) rulesOf(k tenants.ChatKind) pace.Rules {
	if k == tenants.Private {
		return t.opt.Rules.Private
	}
	return t.opt.Rules.Group
}

// leave lets a chat go that has offered to, unless something came meanwhile.
func (t *Tenant) leave(id tenants.DialogID, told uint64) {
	s := t.slots[id]
	if s == nil || s.told != told || s.pending > 0 {
		return
	}
	delete(t.slots, id)
	delete(t.unstored, s.key) // a chat of which nothing was kept may get another number
	delete(t.serials, lane.Decider{Kind: lane.ByChat, Dialog: id})
	delete(t.serials, lane.Decider{Kind: lane.ByTopic, Dialog: id})
	s.chat.Close()
	s.topic.Close()
}

// askIdle asks chats that have been silent for long whether they would leave.
func (t *Tenant) askIdle(now time.Time) {
	if t.opt.IdleClose == 0 {
		return
	}
	for _, s := range t.slots {
		if s.pending > 0 || now.Sub(s.used) < t.opt.IdleClose || now.Sub(s.asked) < t.opt.IdleClose {
			continue
		}
		s.asked = now
		t.tellChat(s, chat.Idle{})
	}
}
