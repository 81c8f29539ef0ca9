package node

import "time"

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
