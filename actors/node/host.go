package node

import (
	"slices"
	"sync"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/connection"
	"topicdesk/actors/telegram"
	"topicdesk/actors/tenant"
	"topicdesk/tenants"
)

// host is what the node keeps of one tenant over its openings.
type host struct {
	node *Node
	id   tenants.TenantID

	mu       sync.Mutex
	current  actors.Ref[tenant.Message]
	running  bool
	stopping bool
	stops    []actors.Reply[error] // who waits for the end
	number   tenants.Opening
	opened   time.Time
	pause    time.Duration
	stall    stall
	halted   string // why it is not opened again, in plain words; "" = it is

	tries   map[tryKey]*tenant.Try
	order   []tryKey
	crashes map[string]int
	// earlier are the tries that the first opening found: another process's. nil =
	// no opening has looked.
	earlier []tenant.TryID
}

type tryKey struct {
	job     tenants.JobID
	attempt int
}

// opening is a tenant's view of its host; what an ended opening still tells is
// dropped.
type opening struct {
	*host
	number tenants.Opening
}

func (h *host) open() {
	number, reachable := h.node.nextOpening(), h.node.reachable()
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.running || h.stopping || h.halted != "" {
		return
	}
	away := h.away()
	h.running, h.number, h.opened = true, number, h.node.opt.System.Now()
	opt := h.node.opt
	h.current = tenant.Spawn(tenant.Options{
		System: opt.System, ID: h.id, Opening: number, Path: opt.Path(h.id),
		Key:  func() ([]byte, error) { return opt.Key(h.id) },
		Host: opening{h, number}, Rules: opt.Rules, Store: opt.Store, Log: opt.Log, Commits: h.node.commits, Meter: opt.Meter,
		IdleClose: opt.IdleClose, Away: away,
		Ended: func(c *actors.Crash, key string) { h.ended(number, c, key) },
	})
	h.current.Tell(tenant.Open{})
	if h.node.opt.Reach != nil && !away.IsZero() && (reachable || !h.stall.since.IsZero()) {
		// No poll of its own shows that it was away and is not any more.
		h.current.Tell(tenant.Reached{Since: away})
	}
}

func (h *host) ref() actors.Ref[tenant.Message] {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.current
}

func (h *host) stop(reply actors.Reply[error]) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.stopping = true
	if !h.running {
		return false
	}
	// The opening may be closing by itself and never read this; then ended answers.
	h.stops = append(h.stops, reply)
	h.current.Tell(tenant.Stop{Reply: reply})
	return true
}

// ended is told by an opening when everything of it is closed: after a crash it
// is opened again, after a while.
func (h *host) ended(number tenants.Opening, c *actors.Crash, key string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if number != h.number {
		return
	}
	h.running, h.current = false, actors.Ref[tenant.Message]{}
	if h.node.opt.System.Now().Sub(h.opened) > calm {
		h.stall = stall{}
	}
	if h.stopping {
		for _, reply := range h.stops {
			reply.Send(nil)
		}
		return
	}
	wait, again := time.Duration(0), true
	if c != nil {
		wait, again = h.broken(c, key)
	}
	if again {
		h.node.opt.System.After(wait, h.open)
	}
}

// countCrash remembers what was under way and gives the pause before reopening.
func (h *host) countCrash(key string) time.Duration {
	if key != "" {
		h.crashes[key]++
	}
	if h.node.opt.System.Now().Sub(h.opened) > calm {
		h.pause = 0
	}
	h.pause = min(max(2*h.pause, reopenFirst), reopenMost)
	return h.pause
}

// valid tells whether an opening is the newest; the caller holds mu.
func (o opening) valid() bool { return o.running && o.number == o.host.number }

// Gateway is the login of a connection.
func (o opening) Gateway(c tenants.ConnectionID) (telegram.Gateway, bool) {
	return o.node.opt.Logins.Gateway(o.id, c)
}

// Start starts a try, unless the opening has ended: then the next one decides.
func (o opening) Start(order connection.Order) {
	key := tryKey{order.Job, order.Attempt}
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.valid() || o.tries[key] != nil {
		return
	}
	o.tries[key] = &tenant.Try{Job: order.Job, Attempt: order.Attempt}
	o.order = append(o.order, key)
	gateway, _ := o.node.opt.Logins.Gateway(o.id, order.Connection)
	o.node.opt.System.Go(func() { o.host.try(gateway, key, order) })
}

// try does the call and keeps its outcome until it is forgotten.
func (h *host) try(g telegram.Gateway, key tryKey, order connection.Order) {
	outcome := callGateway(g, order)
	h.node.opt.Meter.Tried(outcome.Kind)
	h.mu.Lock()
	t := h.tries[key]
	if t != nil {
		t.Answered, t.Outcome = true, outcome
	}
	ref := h.current
	h.mu.Unlock()
	if t != nil {
		ref.Tell(tenant.Answered{Job: order.Job, Attempt: order.Attempt, Outcome: outcome})
	}
}

// Tries are those under way and those not forgotten, in the order of their start.
func (o opening) Tries() []tenant.Try {
	o.mu.Lock()
	defer o.mu.Unlock()
	all := make([]tenant.Try, 0, len(o.order))
	for _, k := range o.order {
		all = append(all, *o.tries[k])
	}
	return all
}

// Forget drops an outcome that has been committed.
func (o opening) Forget(job tenants.JobID, attempt int) {
	key := tryKey{job, attempt}
	o.mu.Lock()
	defer o.mu.Unlock()
	if t := o.tries[key]; t == nil || !t.Answered {
		return
	}
	delete(o.tries, key)
	o.order = slices.DeleteFunc(o.order, func(k tryKey) bool { return k == key })
}

// Earlier returns those of the tries in the file that the first opening found.
func (o opening) Earlier(found []tenant.TryID) []tenant.TryID {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.earlier == nil {
		o.earlier = append([]tenant.TryID{}, found...)
	}
	return o.earlier
}

// Claim takes a group for the tenant.
func (o opening) Claim(chat tenants.ChatID) (bool, error) {
	return o.node.opt.Registry.ClaimGroup(o.id, chat)
}

// Backend tells that a chat is some tenant's backend group.
func (o opening) Backend(chat tenants.ChatID) bool { return o.node.opt.Registry.Backend(chat) }

// Poison tells that something was under way in too many crashes.
func (o opening) Poison(key string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.crashes[key] >= tenants.CrashesToPoison
}

// BindCode is what binds a connection's group.
func (o opening) BindCode(c tenants.ConnectionID) string { return o.node.opt.BindCode(o.id, c) }

// Seal encrypts what is set aside.
func (o opening) Seal(plain []byte) []byte { return o.node.opt.Seal(plain) }

// Tell tells the host's person.
func (o opening) Tell(n tenant.Notice) {
	if o.node.opt.Tell != nil {
		o.node.opt.Tell(o.id, n)
	}
}
