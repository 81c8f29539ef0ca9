package node

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/meter"
	"topicdesk/actors/telegram"
	"topicdesk/actors/tenant"
	"topicdesk/tenants"
	"topicdesk/tenants/store"
)

// Logins makes the gateways: for real tokens, for a simulation, for a test.
type Logins interface {
	// Gateway is the login of a tenant's connection, nil if it can't work here
	// (no secret, switched off). polls tells that updates are asked for.
	Gateway(tenants.TenantID, tenants.ConnectionID) (g telegram.Gateway, polls bool)
}

// Options are what a node is made of.
type Options struct {
	System actors.System
	// Path is a tenant's file.
	Path     func(tenants.TenantID) string
	Registry *Registry
	Logins   Logins
	Rules    tenant.Rules
	Store    store.Options
	Log      *slog.Logger
	// Meter counts what is done; nil = nobody counts.
	Meter *meter.Meter
	// Commits is how many transactions run at once; 0 = no bound.
	Commits   int
	IdleClose time.Duration
	// Key is a tenant's key for pseudonyms.
	Key func(tenants.TenantID) ([]byte, error)
	// BindCode is what binds a connection's group.
	BindCode func(tenants.TenantID, tenants.ConnectionID) string
	Seal     func(plain []byte) []byte
	// Reach asks whether Telegram can be reached; nil where polls show it.
	Reach func(context.Context) error
	// Tell is called with what the host's person should know; may be nil.
	Tell func(tenants.TenantID, tenant.Notice)
}

const (
	// reopenFirst and reopenMost bound the pause before a crashed tenant is
	// opened again; it doubles with each crash.
	reopenFirst = 100 * time.Millisecond
	reopenMost  = 30 * time.Second
	// calm is how long a tenant runs before its crashes are forgotten.
	calm = time.Minute
)

// Node runs tenants.
type Node struct {
	opt     Options
	commits chan struct{}

	mu      sync.Mutex
	hosts   map[tenants.TenantID]*host
	opening tenants.Opening
	closed  bool
	// met is when Telegram was last known to be reached; unreached since when it is
	// known not to be, zero = it is.
	met, unreached time.Time
}

// New makes a node that runs nobody yet.
func New(opt Options) *Node {
	n := &Node{opt: opt, met: opt.System.Now(), hosts: map[tenants.TenantID]*host{}}
	if opt.Commits > 0 {
		n.commits = make(chan struct{}, opt.Commits)
	}
	first := aliveEvery
	if opt.Reach != nil && opt.Registry != nil && !opt.Registry.alive.IsZero() {
		n.unreached, first = opt.Registry.alive, 0 // as far as anybody knows
	}
	n.beat(first)
	return n
}

// Start opens a tenant. Starting one that runs does nothing. On a full disk it is
// started when there is room.
func (n *Node) Start(id tenants.TenantID) error {
	switch err := n.opt.Registry.SetAwake(id); {
	case err != nil && store.FaultOf(err) == store.Disk:
		n.opt.Log.Error("the disk takes nothing; the tenant is started later", "tenant", id, "error", err)
		n.opt.System.After(stallMost, func() { n.startLater(id) })
		return nil
	case err != nil:
		return fmt.Errorf("wake tenant %s: %w", id, err)
	}
	n.mu.Lock()
	h := n.hosts[id]
	if h == nil {
		h = &host{node: n, id: id, tries: map[tryKey]*tenant.Try{}, crashes: map[string]int{}}
		n.hosts[id] = h
	}
	n.mu.Unlock()
	h.open()
	return nil
}

// startLater is Start for nobody who waits for it.
func (n *Node) startLater(id tenants.TenantID) {
	if err := n.Start(id); err != nil {
		n.opt.Log.Error("start a tenant", "tenant", id, "error", err)
	}
}

// Tenant is the address of a tenant's newest opening; zero if it is closed or
// between two openings.
func (n *Node) Tenant(id tenants.TenantID) actors.Ref[tenant.Message] {
	n.mu.Lock()
	h := n.hosts[id]
	n.mu.Unlock()
	if h == nil {
		return actors.Ref[tenant.Message]{}
	}
	return h.ref()
}

// Stop closes a tenant; closed is closed when its file is.
func (n *Node) Stop(id tenants.TenantID) (closed <-chan error) {
	n.mu.Lock()
	h := n.hosts[id]
	n.mu.Unlock()
	reply, answer := actors.NewReply[error]()
	if h == nil || !h.stop(reply) {
		reply.Send(nil)
	}
	return answer
}

// Replace closes a tenant, lets swap put another file in the place of its own, and
// opens it as if it had never run here, even if swap fails.
func (n *Node) Replace(ctx context.Context, id tenants.TenantID, swap func() error) error {
	select {
	case <-n.Stop(id):
	case <-ctx.Done():
		return fmt.Errorf("close tenant %s: %w", id, ctx.Err())
	}
	n.mu.Lock()
	delete(n.hosts, id)
	n.mu.Unlock()
	return errors.Join(swap(), n.Start(id))
}

// StopAll closes all tenants and waits until their files are closed, or for
// the longest time given.
func (n *Node) StopAll(within time.Duration) error {
	n.noteAlive(aliveEvery)
	n.mu.Lock()
	n.closed = true
	var answers []<-chan error
	var ids []tenants.TenantID
	for id := range n.hosts {
		ids = append(ids, id)
	}
	n.mu.Unlock()
	for _, id := range ids {
		answers = append(answers, n.Stop(id))
	}
	deadline := time.After(within)
	for _, a := range answers {
		select {
		case <-a:
		case <-deadline:
			return fmt.Errorf("stop the tenants: not all closed within %s", within)
		}
	}
	return nil
}

// Pending is how many tries are under way or not committed yet. At 0 the files
// know the outcome of everything that was tried.
func (n *Node) Pending() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	pending := 0
	for _, h := range n.hosts {
		h.mu.Lock()
		pending += len(h.tries)
		h.mu.Unlock()
	}
	return pending
}

func (n *Node) nextOpening() tenants.Opening {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.opening++
	return n.opening
}
