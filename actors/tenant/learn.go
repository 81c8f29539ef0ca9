package tenant

import (
	"context"
	"time"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// learnWithin is how long something waits for what is asked of Telegram about a
// chat; without an answer it goes on without.
const learnWithin = 5 * time.Second

// countAgain is the least time between two questions how many are in a group.
const countAgain = time.Hour

// asked is something that waits for an answer of Telegram.
type asked struct {
	then func(Learnt) error // in the tenant's transaction
	stop func()             // of the timer; nil = it does not run yet
}

// learn asks Telegram something after the commit, away from all actors, and goes
// on with the answer, or with none after learnWithin.
func (t *Tenant) learn(c tenants.ConnectionID, ask func(context.Context, telegram.Gateway) Learnt, then func(Learnt) error) {
	t.nextAsk++
	n := t.nextAsk
	a := &asked{then: then}
	t.asks[n] = a
	gateway, _ := t.opt.Host.Gateway(c)
	t.later(func() {
		a.stop = t.opt.System.After(learnWithin, func() { t.self.Tell(Learnt{Ask: n}) })
		if t.questions.Add(1) > tenants.AsksAtOnce { // they hang: it goes on without an answer, as these will
			t.questions.Add(-1)
			return
		}
		t.away(func() {
			defer t.questions.Add(-1)
			answer := ask(t.ctx, gateway)
			answer.Ask = n
			t.self.Tell(answer)
		})
	})
}

// learnt goes on with what waited for an answer.
func (t *Tenant) learnt(m Learnt) error {
	a := t.asks[m.Ask]
	if a == nil {
		return nil // told twice
	}
	delete(t.asks, m.Ask)
	if a.stop != nil {
		a.stop()
	}
	return a.then(m)
}

// count asks how many are in a client group, if a decision about the message
// depends on it.
func (t *Tenant) count(c tenants.ConnectionID, s *slot, id tenants.DialogID, m tenants.Message, known func() error) (bool, error) {
	decided := s.owner.begun && m.Content.Kind != tenants.KindService
	if m.Chat.Kind != tenants.Group || decided || t.now().Sub(s.counted) < countAgain {
		return false, nil
	}
	state, err := t.tx.Dialog(id)
	if err != nil {
		return false, err
	}
	if state == nil {
		state = &dialog.State{ID: id, Chat: m.Chat}
	}
	if !dialog.Counts(*state, &m, t.settingsOf(c, m.Chat.Kind, id), t.now()) {
		return false, nil
	}
	t.learn(c, askMembers(m.Chat.ID), func(l Learnt) error {
		s.members, s.counted = l.Members, t.now()
		return known()
	})
	return true, nil
}

// askMembers asks how many are in a chat.
func askMembers(chat tenants.ChatID) func(context.Context, telegram.Gateway) Learnt {
	return func(ctx context.Context, g telegram.Gateway) Learnt {
		n, err := g.Members(ctx, chat)
		if err != nil {
			return Learnt{}
		}
		return Learnt{Members: n}
	}
}

// askPrivacy asks whether a login is a bot in privacy mode.
func askPrivacy(ctx context.Context, g telegram.Gateway) Learnt {
	self, err := g.Self(ctx)
	return Learnt{Private: err == nil && !self.ReadsGroups}
}

// askStanding asks how a login stands in a chat.
func askStanding(chat tenants.ChatID) func(context.Context, telegram.Gateway) Learnt {
	return func(ctx context.Context, g telegram.Gateway) Learnt {
		standing, err := g.Standing(ctx, chat)
		if err != nil {
			return Learnt{}
		}
		return Learnt{Standing: &standing}
	}
}

// askBinding asks what a /bind depends on: both of the above.
func askBinding(chat tenants.ChatID) func(context.Context, telegram.Gateway) Learnt {
	return func(ctx context.Context, g telegram.Gateway) Learnt {
		answer := askStanding(chat)(ctx, g)
		answer.Private = askPrivacy(ctx, g).Private
		return answer
	}
}
