package node

import (
	"time"

	"topicdesk/actors/tenant"
	"topicdesk/tenants"
)

// Occupy leaves room for no further tenant until it is released.
func (n *Node) Occupy() (release func()) {
	n.mu.Lock()
	defer n.mu.Unlock()
	was := n.opt.Open
	n.opt.Open = max(n.seats, 1)
	n.seats = n.opt.Open
	return func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.seats -= n.opt.Open
		n.opt.Open = was
	}
}

// OthersHear has another login hear Telegram now.
func (n *Node) OthersHear(now time.Time) {
	n.deaf.mu.Lock()
	defer n.deaf.mu.Unlock()
	n.deaf.heard = now
}

// Rests is what a host does that has just let go of a tenant which sleeps.
func (n *Node) Rests(id tenants.TenantID, e tenant.End) { n.rests(id, e) }
