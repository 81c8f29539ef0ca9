package node

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/connection"
	"topicdesk/actors/telegram"
	"topicdesk/actors/tenant"
	"topicdesk/tenants"
)

const (
	// listenFirst and listenMost bound the pause after a refusal or a failure; it
	// doubles each time.
	listenFirst = time.Second
	listenMost  = time.Minute
	// revokedPause is how long a login whose token Telegram refuses is not asked for:
	// only a new token helps, and with that the tenant is opened.
	revokedPause = 5 * time.Minute
	// emptyPause is the least time from one question to the next: a gateway that does
	// not wait must not be asked without end.
	emptyPause = 200 * time.Millisecond
	// asksPerSecond is how many logins are asked for in a second that were not asked
	// for before: at the start of a node, and when Telegram can be reached again.
	// 10,000 take 20 s, and others hardly notice.
	asksPerSecond = 500
	// roomFirst and roomMost bound the pause before a tenant is woken again for which
	// there was no room.
	roomFirst = 250 * time.Millisecond
	roomMost  = 5 * time.Second
)

// listener asks Telegram whether something has come for a tenant that sleeps, with
// what the tenant has committed: so nothing is confirmed by it, and the opening that
// it wakes gets what has come.
type listener struct {
	node *Node
	id   tenants.TenantID
	ctx  context.Context
	stop context.CancelFunc
	ears []*ear
}

// ear listens for one login.
type ear struct {
	*listener
	login tenant.Login
	begun atomic.Bool // it has asked once, or never will
	// Of who asks:
	pause  time.Duration // after the last failure; 0 = it did not fail
	wanted bool          // the tenant is to be opened, so that people are told

	// Guarded by the node's deafness.
	heard time.Time // when Telegram last answered it, or it began
	why   string    // the answer fails, in plain words; "" = it does not
}

// listen has somebody ask for the logins of a tenant that has fallen asleep; those that
// get webhooks are asked for nothing, nor are those of one that is awake again or stopped.
func (n *Node) listen(id tenants.TenantID, logins []tenant.Login) {
	if len(logins) == 0 || !n.opt.Logins.Polls() {
		return
	}
	l := &listener{node: n, id: id}
	l.ctx, l.stop = context.WithCancel(context.Background())
	for _, login := range logins {
		l.ears = append(l.ears, &ear{listener: l, login: login, heard: n.opt.System.Now()})
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	h := n.hosts[id]
	woken := h != nil && h.seated // by somebody who was faster
	if n.quiet || woken || errors.Is(n.opt.Registry.mayOpen(id), ErrStopped) {
		l.stop()
		return
	}
	n.ears[id] = l
	n.deaf.join(l.ears)
	n.heeded.Add(int64(len(l.ears)))
	n.unasked.Add(int64(len(l.ears)))
	for _, e := range l.ears {
		e.inTurn()
	}
}

// unlisten ends that: the tenant is about to ask itself, or must not be woken. It gives
// since when which connections have heard nothing.
func (n *Node) unlisten(id tenants.TenantID) map[tenants.ConnectionID]time.Time {
	n.mu.Lock()
	l := n.ears[id]
	delete(n.ears, id)
	n.mu.Unlock()
	if l == nil {
		return nil
	}
	l.stop()
	for _, e := range l.ears {
		e.begin()
	}
	return n.deaf.leave(l.ears, n.opt.System.Now())
}

// StopListening has nobody listen for tenants that sleep any more, also those that fall
// asleep later: the first step of a stop.
func (n *Node) StopListening() {
	n.mu.Lock()
	n.quiet = true
	defer n.mu.Unlock()
	for _, l := range n.ears {
		l.stop()
	}
	clear(n.ears)
}

// unheard tells why a tenant that sleeps can't be listened for; "" = it can, or is awake.
func (n *Node) unheard(id tenants.TenantID) string {
	n.mu.Lock()
	l := n.ears[id]
	n.mu.Unlock()
	if l == nil {
		return ""
	}
	return n.deaf.why(l.ears)
}

// inTurn asks as soon as it is this ear's turn among those that were not asked for.
func (e *ear) inTurn() {
	e.node.opt.System.After(e.node.turns.next(e.node.opt.System.Now()), func() {
		if e.ctx.Err() == nil {
			e.node.opt.System.Go(e.ask, e.crashed)
		}
	})
}

// later asks again after a while.
func (e *ear) later(after time.Duration) {
	e.node.opt.System.After(after, func() {
		if e.ctx.Err() == nil {
			e.inTurn()
		}
	})
}

// Unasked is how many logins of sleeping tenants wait for their first question, and how
// many there have been.
func (n *Node) Unasked() (left, all int) {
	all = int(n.heeded.Load())
	return min(int(n.unasked.Load()), all), all
}

// begin counts an ear out of those that wait for their first question.
func (e *ear) begin() {
	if e.begun.CompareAndSwap(false, true) {
		e.node.unasked.Add(-1)
	}
}

// ask asks again and again, until something has come or an answer fails.
func (e *ear) ask() {
	n := e.node
	e.begin()
	gateway, _ := n.opt.Logins.Gateway(e.id, e.login.Connection)
	if gateway == nil {
		return // it has been told in the log
	}
	for e.ctx.Err() == nil {
		asked := n.opt.System.Now()
		stirs, err := gateway.Stirs(e.ctx, e.login.State)
		now := n.opt.System.Now()
		switch {
		case e.ctx.Err() != nil:
			return
		case err != nil:
			e.failed(err)
			return
		}
		e.pause = 0
		if alone := n.deaf.hears(e, now); alone || e.login.Deaf {
			e.want()
		}
		switch {
		case stirs:
			e.wake(roomFirst)
			return
		case now.Sub(asked) < emptyPause:
			e.later(emptyPause)
			return
		}
	}
}

// crashed asks again after a while: what has come is still with Telegram.
func (e *ear) crashed(c actors.Crash) {
	e.failed(fmt.Errorf("the gateway crashed: %s", harmless(c.Reason)))
}

// failed asks again after a while; where only people can end what is in the way, the
// tenant is opened once, finds out the same and tells them.
func (e *ear) failed(err error) {
	e.pause = min(max(2*e.pause, listenFirst), listenMost)
	wait := jittered(e.node.opt.System.Key(), e.pause)
	hearing := connection.Hearing{Why: err.Error()}
	var refused *telegram.ReceiveError
	if errors.As(err, &refused) {
		hearing.Conflict = refused.Conflict
		hearing.Revoked = refused.Outcome.Kind == tenants.Gone && refused.Outcome.Gone == tenants.GoneLogin
		switch {
		case hearing.Revoked:
			wait = jittered(e.node.opt.System.Key(), revokedPause)
		case refused.Outcome.Kind == tenants.Flood:
			wait = refused.Outcome.After + time.Second
		}
		if (hearing.Revoked || hearing.Conflict) && !e.login.Deaf {
			e.want()
		}
	}
	e.node.deaf.fails(e, err, hearing.Words())
	e.later(wait)
}

// wake opens the tenant, or tries again if there is no room; what has come stays with
// Telegram.
func (e *ear) wake(pause time.Duration) {
	if e.ctx.Err() != nil {
		return
	}
	if _, err := e.node.Wake(e.id); errors.Is(err, ErrFull) {
		e.node.opt.System.After(jittered(e.node.opt.System.Key(), pause), func() {
			e.node.opt.System.Go(func() { e.wake(min(2*pause, roomMost)) }, e.crashed)
		})
	}
}

// want has the tenant opened, once, when it is its turn among those for which nobody
// waits. It is listened for until then.
func (e *ear) want() {
	if e.wanted {
		return
	}
	e.wanted = true
	if err := e.node.Start(e.id); err != nil {
		e.node.opt.Log.Info("a tenant is not opened", "tenant", e.id, "reason", err.Error())
	}
}

// jittered is d, up to a quarter less or more.
func jittered(random int64, d time.Duration) time.Duration {
	return d - d/4 + time.Duration(uint64(random)%uint64(d/2+1))
}

// turns spreads those who ask for the first time, or after a pause.
type turns struct {
	mu   sync.Mutex
	free time.Time // when the next one may ask
}

// longestTurn bounds how far ahead turns are given: a clock that was set back must not
// hold everybody up.
const longestTurn = 5 * time.Minute

// next is how long to wait for one's turn.
func (t *turns) next(now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	if wait := t.free.Sub(now); wait < 0 || wait > longestTurn {
		t.free = now
	}
	wait := t.free.Sub(now)
	t.free = t.free.Add(time.Second / asksPerSecond)
	return wait
}
