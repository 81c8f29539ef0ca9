package node

import (
	"time"

	"topicdesk/actors"
	"topicdesk/actors/tenant"
	"topicdesk/tenants"
	"topicdesk/tenants/store"
)

const (
	// stallFirst and stallMost bound the pause before a tenant is opened again
	// whose disk takes nothing; it doubles each time.
	stallFirst = time.Second
	stallMost  = 30 * time.Second
	// stallTold is the least time between two lines of the log about it.
	stallTold = time.Minute
)

// stall is what the host knows of a disk that takes nothing.
type stall struct {
	words string    // for people
	since time.Time // zero = it takes what is written
	pause time.Duration
	told  time.Time
}

// Words for people about tenants that do not run.
const (
	waitsForRoom = "waits: its file has reached limits.tenant_file_mib. Nothing is acknowledged and nothing is sent until more is allowed"
	waitsForDisk = "waits: the disk is full, or fails. Nothing is acknowledged and nothing is sent until there is room"
	stopsDamaged = "stopped: its file is damaged, or of another version; restore it from a backup with `topicdesk tenant restore`"
	stopsMissing = "stopped: its file is missing; put it back and do `topicdesk tenant stop` and `start`, or restore it from a backup with `topicdesk tenant restore`"
)

// broken decides what follows from the end of an opening by a crash: again tells
// that it is opened again, after a pause. What a file or its disk did is nobody's
// fault: nothing that was under way is blamed for it. The caller holds mu.
func (h *host) broken(c *actors.Crash, key string) (wait time.Duration, again bool) {
	why, _ := c.Reason.(error)
	switch store.FaultOf(why) {
	case store.Disk:
		return h.stalled(waitsForDisk, why), true
	case store.Limit:
		return h.stalled(waitsForRoom, why), true
	case store.Damaged:
		h.halt(stopsDamaged, why)
		return 0, false
	case store.Missing:
		h.halt(stopsMissing, why)
		return 0, false
	case store.NoFault:
		return h.countCrash(key), true
	default:
		panic("node: unknown fault of a file")
	}
}

// halt has the tenant not opened again. The caller holds mu.
func (h *host) halt(words string, why error) {
	h.halted = words
	h.node.opt.Log.Error("a tenant is stopped by what became of its file", "tenant", h.id, "state", words, "error", why)
	h.tell(words)
}

// stalled gives the pause before the file is tried again.
func (h *host) stalled(words string, why error) time.Duration {
	now := h.node.opt.System.Now()
	first := h.stall.since.IsZero()
	if first {
		h.stall.since = now
		h.tell(words)
	}
	h.stall.words = words
	if first || now.Sub(h.stall.told) >= stallTold {
		h.stall.told = now
		h.node.opt.Log.Error("the disk takes nothing; the tenant waits", "tenant", h.id, "state", words, "since", h.stall.since, "error", why)
	}
	h.stall.pause = min(max(2*h.stall.pause, stallFirst), stallMost)
	return h.stall.pause
}

// tell tells the host's person of the tenant as a whole.
func (h *host) tell(words string) {
	if h.node.opt.Tell != nil {
		h.node.opt.Tell(h.id, tenant.Notice{Text: words})
	}
}

// state is how the tenant stands, in plain words; "" = it runs.
func (h *host) state() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.halted != "":
		return h.halted
	case !h.stall.since.IsZero() && h.node.opt.System.Now().Sub(h.opened) <= calm:
		return h.stall.words
	default:
		return ""
	}
}

// State is how a tenant of this node stands, in plain words; "" = as it should.
func (n *Node) State(id tenants.TenantID) string {
	n.mu.Lock()
	h := n.hosts[id]
	n.mu.Unlock()
	if h != nil {
		return h.state()
	}
	return n.unheard(id)
}

// Full is why a tenant of this node takes in nothing new, in plain words; "" = it does.
func (n *Node) Full(id tenants.TenantID) string {
	n.mu.Lock()
	h := n.hosts[id]
	n.mu.Unlock()
	if h == nil {
		return ""
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.full
}
