package node

import (
	"errors"
	"fmt"
	"time"

	"topicdesk/actors/tenant"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
)

const (
	// openAtOnce is how many tenants are being opened at the same time because they
	// are due, or were awake when the last process ended. Others, for which something
	// has come, don't wait for them.
	openAtOnce = 8
	// dueAtOnce is how many due tenants are read at a time.
	dueAtOnce = 500
	// dueLook is how often is looked who is due, if nobody is known to be earlier: a
	// clock may have been set.
	dueLook = time.Minute
	// dueAgain is when those are looked for again of which many were due.
	dueAgain = time.Second
)

// Began is what a start has found.
type Began struct {
	Tenants int // all that are not stopped
	Awake   int // of them, those that are being opened
}

// Begin runs what the registry lists: those tenants are opened whose files may have
// work under way, some at a time; somebody listens for those that sleep. It opens no
// file itself.
func (n *Node) Begin() (Began, error) {
	n.firstBeat()
	all, err := n.opt.Registry.file.Tenants()
	if err != nil {
		return Began{}, fmt.Errorf("list the tenants: %w", err)
	}
	logins, err := n.opt.Registry.file.AllLogins()
	if err != nil {
		return Began{}, fmt.Errorf("list the logins: %w", err)
	}
	var began Began
	var open []tenants.TenantID
	for _, t := range all {
		switch {
		case t.Stopped:
			continue
		case t.State == registry.Awake, len(logins[t.ID]) == 0: // the latter has never been looked at
			open = append(open, t.ID)
		default:
			n.listen(t.ID, loginsOf(logins[t.ID]))
		}
		began.Tenants++
	}
	began.Awake = len(open)
	n.mu.Lock()
	n.began = map[tenants.TenantID]bool{}
	for _, id := range open {
		n.began[id] = true
	}
	n.queue.add(open...)
	n.mu.Unlock()
	alive := n.opt.Registry.alive
	if n.opt.Reach == nil && !alive.IsZero() && n.opt.System.Now().Sub(alive) >= tenants.LateNote {
		n.silent(alive) // else it is known as soon as Telegram is reached
	}
	n.openNext()
	n.look()
	return began, nil
}

// wasAwake tells that a tenant was awake when the process before this one ended.
func (n *Node) wasAwake(id tenants.TenantID) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.began[id]
}

func loginsOf(rows []registry.Login) []tenant.Login {
	all := make([]tenant.Login, 0, len(rows))
	for _, l := range rows {
		all = append(all, tenant.Login(l))
	}
	return all
}

// Start opens a tenant, as soon as there is room and nobody else has its file. Starting
// one that runs does nothing. Error: ErrStopped.
func (n *Node) Start(id tenants.TenantID) error {
	if err := n.opt.Registry.mayOpen(id); errors.Is(err, ErrStopped) {
		return fmt.Errorf("start tenant %s: %w", id, err)
	}
	n.mu.Lock()
	n.queue.add(id)
	n.mu.Unlock()
	n.openNext()
	return nil
}

// Opening is how many tenants still wait to be opened since the start, or because they
// are due.
func (n *Node) Opening() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(n.queue.waits) + len(n.queue.opening)
}

// queue are tenants to be opened for which nobody waits.
type queue struct {
	waits   []tenants.TenantID
	listed  map[tenants.TenantID]bool // those of waits
	opening map[tenants.TenantID]bool // told to open, and not open yet
	going   bool                      // somebody is about to go on with them
}

func newQueue() queue {
	return queue{listed: map[tenants.TenantID]bool{}, opening: map[tenants.TenantID]bool{}}
}

func (q *queue) add(ids ...tenants.TenantID) {
	for _, id := range ids {
		if !q.listed[id] && !q.opening[id] {
			q.listed[id] = true
			q.waits = append(q.waits, id)
		}
	}
}

// next takes the first that waits, if not too many are being opened.
func (q *queue) next() (id tenants.TenantID, ok bool) {
	if len(q.waits) == 0 || len(q.opening) >= openAtOnce {
		return "", false
	}
	id = q.waits[0]
	q.waits = q.waits[1:]
	delete(q.listed, id)
	q.opening[id] = true
	return id, true
}

// proceed has the queue gone on with, away from whoever holds a lock. The caller holds mu.
func (n *Node) proceed() {
	room := n.opt.Open == 0 || n.seats < n.opt.Open
	if n.queue.going || n.ended || len(n.queue.waits) == 0 || len(n.queue.opening) >= openAtOnce || !room {
		return
	}
	n.queue.going = true
	n.opt.System.After(0, n.openNext)
}

// openNext opens tenants that wait in the queue.
func (n *Node) openNext() {
	n.mu.Lock()
	n.queue.going = false
	n.mu.Unlock()
	for {
		n.mu.Lock()
		id, ok := n.queue.next()
		n.mu.Unlock()
		if !ok {
			return
		}
		ref, err := n.Wake(id)
		switch {
		case err != nil:
			n.putBack(id, err)
			return
		case ref.IsZero(), n.isOpen(id): // its host opens it, or has: somebody was faster
			n.opened(id)
		}
	}
}

// openAgain opens a tenant for which somebody has asked while it was being stopped.
func (n *Node) openAgain(id tenants.TenantID) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.queue.add(id)
	n.proceed()
}

// isOpen tells that a tenant's opening has read its file.
func (n *Node) isOpen(id tenants.TenantID) bool {
	n.mu.Lock()
	h := n.hosts[id]
	n.mu.Unlock()
	if h == nil {
		return false
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.read
}

// putBack lets a tenant wait on for which there is no room, or whose file somebody else
// has.
func (n *Node) putBack(id tenants.TenantID, why error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.queue.opening, id)
	if !errors.Is(why, ErrStopped) {
		n.queue.waits = append([]tenants.TenantID{id}, n.queue.waits...)
		n.queue.listed[id] = true
		return
	}
	n.opt.Log.Info("a tenant is not opened", "tenant", id, "reason", why.Error())
	n.proceed()
}

// opened notes that a tenant is open, or that its opening has ended.
func (n *Node) opened(id tenants.TenantID) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.queue.opening[id] {
		delete(n.queue.opening, id)
		n.proceed()
	}
}

// dueTimer is the one timer for all tenants that sleep.
type dueTimer struct {
	at   time.Time // zero = it does not run
	stop func()
}

// dueAt has the timer look at a time, or earlier; zero = nothing is due.
func (n *Node) dueAt(due time.Time) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.ended && !due.IsZero() && (n.due.at.IsZero() || due.Before(n.due.at)) {
		n.setDue(due)
	}
}

// setDue sets the timer; the caller holds mu.
func (n *Node) setDue(at time.Time) {
	if n.due.stop != nil {
		n.due.stop()
	}
	n.due.at = at
	n.due.stop = n.opt.System.After(max(at.Sub(n.opt.System.Now()), 0), n.look)
}

// look has those opened that are due, and sets the timer for the next.
func (n *Node) look() {
	now := n.opt.System.Now()
	ids, next, err := n.opt.Registry.due(now)
	if err != nil {
		n.opt.Log.Error("it can't be read who is due", "error", err)
	}
	switch {
	case len(ids) > 0:
		next = now.Add(dueAgain)
	case next.IsZero() || next.After(now.Add(dueLook)):
		next = now.Add(dueLook)
	}
	n.mu.Lock()
	ended := n.ended
	if !ended {
		n.queue.add(ids...)
		n.setDue(next)
	}
	n.mu.Unlock()
	if !ended {
		n.openNext()
	}
}
