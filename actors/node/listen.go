package node

import (
	"context"
	"errors"
	"time"

	"topicdesk/actors/telegram"
	"topicdesk/actors/tenant"
	"topicdesk/tenants"
)

const (
	// listenFirst and listenMost bound the pause after an answer that is no batch; it
	// doubles each time.
	listenFirst = time.Second
	listenMost  = time.Minute
)

// listener asks Telegram whether something has come for a tenant that sleeps, with
// what the tenant has committed: so nothing is confirmed by it, and the opening that
// it wakes gets the same once more.
type listener struct {
	node *Node
	id   tenants.TenantID
	ctx  context.Context
	stop context.CancelFunc
}

// listen has somebody ask for the logins of a tenant that has fallen asleep; those that
// get webhooks are asked for nothing.
func (n *Node) listen(id tenants.TenantID, logins []tenant.Login) {
	l := &listener{node: n, id: id}
	l.ctx, l.stop = context.WithCancel(context.Background())
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.ended || len(logins) == 0 || !n.opt.Logins.Polls() {
		l.stop()
		return
	}
	n.ears[id] = l
	for _, login := range logins {
		n.opt.System.Go(func() { l.ask(login, listenFirst) })
	}
}

// unlisten ends that: the tenant is about to ask itself, or must not be woken.
func (n *Node) unlisten(id tenants.TenantID) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if l := n.ears[id]; l != nil {
		l.stop()
		delete(n.ears, id)
	}
}

func (n *Node) unlistenAll() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, l := range n.ears {
		l.stop()
	}
	clear(n.ears)
}

// ask asks for one login, again and again, until something has come.
func (l *listener) ask(login tenant.Login, pause time.Duration) {
	gateway, _ := l.node.opt.Logins.Gateway(l.id, login.Connection)
	if gateway == nil {
		return
	}
	for l.ctx.Err() == nil {
		asked := l.node.opt.System.Now()
		batch, err := gateway.Receive(l.ctx, login.State)
		switch {
		case l.ctx.Err() != nil:
			return
		case err != nil && !login.Deaf && lasts(err), err == nil && (len(batch.Updates) > 0 || login.Deaf):
			l.wake(login)
			return
		case err != nil:
			l.later(login, max(pause, told(err)), min(2*pause, listenMost))
			return
		case l.node.opt.System.Now().Sub(asked) < listenFirst: // it does not wait
			l.later(login, listenFirst, listenFirst)
			return
		}
	}
}

// lasts tells that only people can end what is in the way: they must be told.
func lasts(err error) bool {
	var refused *telegram.ReceiveError
	return errors.As(err, &refused) && (refused.Conflict || refused.Outcome.Gone == tenants.GoneLogin)
}

// told is how long Telegram wants not to be asked.
func told(err error) time.Duration {
	var refused *telegram.ReceiveError
	if errors.As(err, &refused) && refused.Outcome.Kind == tenants.Flood {
		return refused.Outcome.After + time.Second
	}
	return 0
}

// later asks again after a while.
func (l *listener) later(login tenant.Login, after, pause time.Duration) {
	l.node.opt.System.After(after, func() {
		if l.ctx.Err() == nil {
			l.node.opt.System.Go(func() { l.ask(login, pause) })
		}
	})
}

// wake opens the tenant, or asks again later if there is no room.
func (l *listener) wake(login tenant.Login) {
	if _, err := l.node.Wake(l.id); err != nil {
		l.later(login, listenFirst, listenFirst)
	}
}
