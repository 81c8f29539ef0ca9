package node

import (
	"errors"
	"fmt"

	"topicdesk/actors"
	"topicdesk/actors/meter"
	"topicdesk/actors/tenant"
	"topicdesk/tenants"
)

// Why a tenant is not woken, to be found with errors.Is.
var (
	// ErrFull: so many tenants have their files open as may, or the node is stopping;
	// whoever asks comes again later. Nobody is closed for another.
	ErrFull = errors.New("no more tenants can be open now; try again later")
	// ErrStopped: the host has stopped the tenant.
	ErrStopped = errors.New("the tenant is stopped")
)

// Wake is the address of a tenant, which is opened for that if it sleeps. For
// Options.IdleClose the opening does not end by itself. The address is zero if the
// tenant is between two openings, or its file is damaged or missing. Errors: ErrFull, ErrStopped.
func (n *Node) Wake(id tenants.TenantID) (actors.Ref[tenant.Message], error) {
	for {
		h, err := n.seat(id)
		if err != nil {
			return actors.Ref[tenant.Message]{}, fmt.Errorf("wake tenant %s: %w", id, err)
		}
		if ref, ok := h.wake(); ok {
			return ref, nil
		}
	}
}

// seat finds the host of a tenant that may have its file open, or makes it if there
// is room for one more.
func (n *Node) seat(id tenants.TenantID) (*host, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if err := n.opt.Registry.mayOpen(id); err != nil { // under mu: see Still
		return nil, err
	}
	h := n.hosts[id]
	switch {
	case h != nil && h.seated:
		return h, nil
	case n.ended:
		return nil, ErrFull
	case n.opt.Open > 0 && n.seats >= n.opt.Open:
		n.opt.Meter.NotNow(meter.OpenFiles)
		return nil, ErrFull
	case h == nil:
		h = &host{node: n, id: id, tries: map[tryKey]*tenant.Try{}, crashes: map[string]int{}}
		n.hosts[id] = h
	}
	h.seated = true
	n.seats++
	return h, nil
}

// SetOpen says anew how many tenants may have their files open, 0 = no bound. Nobody is
// closed for that.
func (n *Node) SetOpen(most int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.opt.Open = most
	n.proceed()
}

// unseat notes that a host has no file open.
func (n *Node) unseat(h *host) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if h.seated {
		h.seated = false
		n.seats--
		n.proceed()
	}
}

// wake gives the address of the tenant, opening it if it is closed. ok is false if the
// node has let go of this host.
func (h *host) wake() (ref actors.Ref[tenant.Message], ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.gone:
		return ref, false
	case h.halted != "":
		h.node.unseat(h)
		return ref, true
	case h.leaving, h.stopping:
		h.wanted = true
		return ref, true
	}
	h.asked = h.node.opt.System.Now()
	h.open()
	return h.current, true
}

// rest lets a tenant sleep that has nothing to do; if that can't be noted, it goes on.
// The caller holds mu.
func (h *host) rest(e tenant.End) {
	if !h.sleep(e) {
		h.again(stallFirst)
		return
	}
	if len(h.crashes) > 0 || len(h.tries) > 0 {
		h.node.unseat(h) // what is remembered must not be forgotten
	} else {
		h.letGo()
	}
	h.node.rests(h.id, e)
}

// rests has somebody wait for a tenant that has fallen asleep.
func (n *Node) rests(id tenants.TenantID, e tenant.End) {
	n.mu.Lock()
	delete(n.began, id)
	n.mu.Unlock()
	n.listen(id, e.Logins)
	n.dueAt(e.Due)
}

// sleep notes that the file is closed, with all that is known in it; after a crash
// it stays noted as awake.
func (h *host) sleep(e tenant.End) bool {
	if !e.Asleep {
		return false
	}
	if err := h.node.opt.Registry.setAsleep(h.id, e); err != nil {
		h.node.opt.Log.Error("it can't be noted that a tenant sleeps", "tenant", h.id, "error", err)
		return false
	}
	h.awake = false
	return true
}

// letGo ends the host; the caller holds mu.
func (h *host) letGo() {
	h.gone = true
	n := h.node
	n.mu.Lock()
	if n.hosts[h.id] == h {
		delete(n.hosts, h.id)
	}
	n.mu.Unlock()
	n.unseat(h)
}
