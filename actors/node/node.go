package node

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
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
	// Polls tells that updates are asked for, not delivered.
	Polls() bool
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
	Commits int
	// Open is how many tenants may have their files open; 0 = no bound.
	Open int
	// IdleClose is how long a tenant has nothing to do before it falls asleep; 0 = for
	// ever.
	IdleClose time.Duration
	// Key is a tenant's key for pseudonyms.
	Key func(tenants.TenantID) ([]byte, error)
	// BindCode is what binds a connection's group.
	BindCode func(tenants.TenantID, tenants.ConnectionID) string
	Seal     func(plain []byte) []byte
	// Reach asks whether Telegram can be reached; nil = nobody can tell.
	Reach func(context.Context) error
	// Tell is called with what the host's person should know; may be nil.
	Tell func(tenants.TenantID, tenant.Notice)
}

const (
	// reopenFirst and reopenMost bound the pause before a crashed tenant is
	// opened again; it doubles with each crash.
	reopenFirst = 100 * time.Millisecond
	reopenMost  = 30 * time.Second
	// reopenHurry is the least time between two openings once hurriesFree in a row
	// have ended by themselves before it.
	reopenHurry = time.Second
	hurriesFree = 5
	// calm is how long a tenant runs before its crashes are forgotten.
	calm = time.Minute
	// holdLook is how often is looked whether a tenant's file can be replaced.
	holdLook = 20 * time.Millisecond
	// drainWithin is longer than most calls take and their outcomes' commit.
	drainWithin = 20 * time.Second
)

// Node runs tenants.
type Node struct {
	opt     Options
	commits chan struct{}

	mu      sync.Mutex
	hosts   map[tenants.TenantID]*host // those that are awake, or of which something has to be remembered
	seats   int                        // hosts that may have a file open
	opening tenants.Opening
	ended   bool
	quiet   bool // nobody listens any more
	// began are the tenants that were awake at the start, or had never been looked at,
	// until they first sleep.
	began map[tenants.TenantID]bool
	queue queue
	due   dueTimer
	ears  map[tenants.TenantID]*listener
	turns turns
	deaf  deafness
	// heeded are all ears that there have been, unasked those that have not asked yet.
	heeded, unasked atomic.Int64
	// met is when Telegram was last known to be reached; unreached since when it is
	// known not to be, zero = it is.
	met, unreached time.Time
}

// New makes a node that runs nobody yet.
func New(opt Options) *Node {
	n := &Node{opt: opt, met: opt.System.Now(), hosts: map[tenants.TenantID]*host{}, queue: newQueue(), ears: map[tenants.TenantID]*listener{}}
	n.deaf.log, n.deaf.silent, n.deaf.covers = opt.Log, n.silent, n.covers
	if opt.Commits > 0 {
		n.commits = make(chan struct{}, opt.Commits)
	}
	if opt.Reach != nil && opt.Registry != nil && !opt.Registry.alive.IsZero() {
		n.unreached = opt.Registry.alive // as far as anybody knows
	}
	return n
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

// Stop closes a tenant; closed is told when its file is. Nobody listens for it then,
// but who asks for it wakes it: see SetStopped.
func (n *Node) Stop(id tenants.TenantID) (closed <-chan error) {
	n.unlisten(id)
	n.mu.Lock()
	h := n.hosts[id]
	n.mu.Unlock()
	reply, answer := actors.NewReply[error]()
	if h == nil || !h.stop(reply) {
		reply.Send(nil)
	}
	return answer
}

// SetStopped has nothing open a tenant any more, and closes it; or lets it go on. Error:
// registry.ErrUnknown.
func (n *Node) SetStopped(ctx context.Context, id tenants.TenantID, stopped bool) error {
	if err := n.opt.Registry.SetStopped(id, stopped); err != nil {
		return err
	}
	if !stopped {
		return n.Start(id)
	}
	n.drain(ctx, id)
	return n.closed(ctx, id)
}

// drain lets a tenant begin no further call, and waits for those under way, that what
// became of them is on disk: else they were unsure when it goes on.
func (n *Node) drain(ctx context.Context, id tenants.TenantID) {
	n.mu.Lock()
	h := n.hosts[id]
	n.mu.Unlock()
	if h == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, drainWithin)
	defer cancel()
	for h.drains() {
		select {
		case <-ctx.Done():
			return
		case <-time.After(holdLook):
		}
	}
}

// drains tells that calls are under way still, and lets no further one begin.
func (h *host) drains() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.draining = true
	return h.running && len(h.tries) > 0
}

// Forget lets go of a tenant that is stopped and has been taken out of the registry.
func (n *Node) Forget(id tenants.TenantID) { n.opt.Registry.forget(id) }

func (n *Node) closed(ctx context.Context, id tenants.TenantID) error {
	select {
	case <-n.Stop(id):
		return nil
	case <-ctx.Done():
		return fmt.Errorf("close tenant %s: %w", id, ctx.Err())
	}
}

// Replace closes a tenant, lets swap put another file in the place of its own, and
// opens it as if it had never run here, even if swap fails.
func (n *Node) Replace(ctx context.Context, id tenants.TenantID, swap func() error) error {
	for !n.opt.Registry.hold(id) { // somebody copies the file
		select {
		case <-ctx.Done():
			return fmt.Errorf("hold tenant %s: %w", id, ctx.Err())
		case <-time.After(holdLook):
		}
	}
	err := n.closed(ctx, id)
	if err == nil {
		if _, err = n.opt.Registry.setAwake(id); err == nil { // whatever the file holds then is looked at
			err = swap()
		}
	}
	n.opt.Registry.release(id)
	return errors.Join(err, n.Start(id))
}

// Close begins the end of the node: nobody is woken any more, and all tenants close
// their files, at the same time. Each is told of when its file is closed.
func (n *Node) Close() (closed []<-chan error) {
	n.noteAlive(aliveEvery)
	n.mu.Lock()
	n.ended = true
	if n.due.stop != nil {
		n.due.stop()
	}
	ids := slices.Sorted(maps.Keys(n.hosts))
	n.mu.Unlock()
	n.StopListening()
	for _, id := range ids {
		closed = append(closed, n.Stop(id))
	}
	return closed
}

// StopAll closes all tenants and waits until their files are closed, or for
// the longest time given.
func (n *Node) StopAll(within time.Duration) error {
	answers := n.Close()
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
	pending := 0
	for _, h := range n.all() {
		h.mu.Lock()
		if h.halted == "" { // of one that is not opened again nothing will be known
			pending += len(h.tries)
		}
		h.mu.Unlock()
	}
	return pending
}

// all are the hosts that there are, by name.
func (n *Node) all() []*host {
	n.mu.Lock()
	defer n.mu.Unlock()
	found := make([]*host, 0, len(n.hosts))
	for _, id := range slices.Sorted(maps.Keys(n.hosts)) {
		found = append(found, n.hosts[id])
	}
	return found
}

func (n *Node) nextOpening() tenants.Opening {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.opening++
	return n.opening
}
