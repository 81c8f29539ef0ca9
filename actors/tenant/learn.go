package tenant

import (
	"context"
	"time"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// learnWithin is how long something waits for what is asked of Telegram about a
// chat; without an answer it goes on without.
const learnWithin = 5 * time.Second

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
		t.away(func() {
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
