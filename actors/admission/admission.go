package admission

import (
	"context"
	"sync"
	"time"

	"topicdesk/tenants"
)

// Gate is how many updates the node takes on that are not on disk yet, and who
// may bring more: beyond a limit they stay at Telegram. One tenant takes at most a
// share of them, and no more in a second than the node has to spend for one.
type Gate struct {
	most      int // of the node
	perSecond int // of one tenant; 0 = no limit
	now       func() time.Time

	mu    sync.Mutex
	taken int
	by    map[tenants.TenantID]*intake // of all that have ever brought something: a few bytes each
}

// intake is what is known of one tenant.
type intake struct {
	taken int
	// paid is until when the updates that it has brought take, at perSecond.
	paid time.Time
}

const (
	// tenantShare is the part of the node's uncommitted updates that one tenant may
	// hold.
	tenantShare = 8
	// intakeBurst is how far a tenant may be ahead of its updates per second: a batch
	// comes at once, and so do many after an outage.
	intakeBurst = 5 * time.Second
	// behindPause is how long whoever brings updates waits before looking again whether
	// the node takes more.
	behindPause = 250 * time.Millisecond
)

// New makes a gate that takes on most updates at the same time, and perSecond of one
// tenant; 0 = no limit.
func New(most, perSecond int) *Gate {
	return &Gate{most: most, perSecond: perSecond, now: time.Now, by: map[tenants.TenantID]*intake{}}
}

// Wait is how long a tenant has to wait before it is asked for more; 0 = it has not to.
func (a *Gate) Wait(id tenants.TenantID) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	in := a.by[id]
	switch {
	case a.taken >= a.most, in != nil && in.taken >= max(1, a.most/tenantShare):
		return behindPause
	case in == nil:
		return 0
	default:
		return max(0, in.paid.Sub(a.now())-intakeBurst)
	}
}

// Most is how many updates of all tenants may be not on disk yet.
func (a *Gate) Most() int { return a.most }

// Held is how many updates of all tenants are not on disk yet.
func (a *Gate) Held() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.taken
}

// Take takes on updates of a tenant. leave, of which only the first call counts, is
// called when they are on disk, or nobody will bring them there.
func (a *Gate) Take(id tenants.TenantID, updates int) (leave func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.now()
	in := a.by[id]
	if in == nil {
		in = &intake{}
		a.by[id] = in
	}
	a.taken, in.taken = a.taken+updates, in.taken+updates
	if in.paid.Before(now) {
		in.paid = now
	}
	if a.perSecond > 0 {
		in.paid = in.paid.Add(time.Duration(updates) * time.Second / time.Duration(a.perSecond))
	}
	return sync.OnceFunc(func() { a.leave(id, updates) })
}

func (a *Gate) leave(id tenants.TenantID, updates int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.taken, a.by[id].taken = a.taken-updates, a.by[id].taken-updates
}

// Comes waits for a moment until a tenant may bring more; false = it takes longer, and
// Telegram has to come again.
func (a *Gate) Comes(ctx context.Context, id tenants.TenantID) bool {
	wait := a.Wait(id)
	if wait == 0 {
		return true
	}
	if wait >= behindPause {
		return false
	}
	select {
	case <-time.After(wait):
		return a.Wait(id) < behindPause
	case <-ctx.Done():
		return false
	}
}
