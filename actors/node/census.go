package node

import (
	"context"
	"errors"
	"fmt"
	"time"

	"topicdesk/actors"
	"topicdesk/tenants"
)

// Census is how the tenants of a node stand.
type Census struct {
	Awake   int // open, or about to be
	Asleep  int
	Stopped int // by the host
	Failed  int // not opened again, or waiting for the disk
	Open    int // files that are open or about to be: those of the awake, and of some that failed
	Most    int // how many may be; 0 = no bound
}

// Census counts the tenants of this node. Error: the registry can't be read.
func (n *Node) Census() (c Census, err error) {
	all, stopped, err := n.opt.Registry.file.Count()
	for _, h := range n.all() {
		switch {
		case h.state() != "":
			c.Failed++
		case n.seated(h):
			c.Awake++
		}
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	c.Open, c.Most, c.Stopped = n.seats, n.opt.Open, stopped
	c.Asleep = max(0, all-c.Awake-c.Failed-c.Stopped)
	return c, err
}

func (n *Node) seated(h *host) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return h.seated
}

// Still lets see have a tenant's file while nobody has it open, and keeps it closed
// meanwhile: what comes for the tenant waits. false: its actor has it open, or will
// soon: ask that.
func (n *Node) Still(id tenants.TenantID, see func() error) (bool, error) {
	if !n.opt.Registry.hold(id) {
		return false, nil
	}
	defer func() {
		n.opt.Registry.release(id)
		n.mu.Lock()
		defer n.mu.Unlock()
		n.proceed()
	}()
	n.mu.Lock()
	h := n.hosts[id]
	open := h != nil && h.seated
	n.mu.Unlock()
	if open {
		return false, nil
	}
	return true, see()
}

// Unreached is since when Telegram is known to be out of reach; zero = it is not.
func (n *Node) Unreached() time.Time {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.unreached
}

// errMute: the engine, or the node itself, stands still.
var errMute = errors.New("the actors do not answer")

// Answers asks an actor made for it, and the node's own books. An error says that
// one of them stands still until ctx ends.
func (n *Node) Answers(ctx context.Context) error {
	reply, answer := actors.NewReply[struct{}]()
	go func() {
		n.Pending()
		pulse := actors.Spawn(n.opt.System, fmt.Sprint("pulse/", n.opt.System.Key()),
			func([]actors.Reply[struct{}]) { reply.Send(struct{}{}) }, func(actors.Crash) {})
		pulse.Tell(reply)
		context.AfterFunc(ctx, pulse.Close)
	}()
	select {
	case <-answer:
		return nil
	case <-ctx.Done():
		return errMute
	}
}
