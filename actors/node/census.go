package node

import (
	"context"
	"errors"
	"fmt"
	"time"

	"topicdesk/actors"
)

// Census is how the tenants of a node stand.
type Census struct {
	Awake  int // open, or about to be
	Failed int // not opened again, or waiting for the disk
}

// Census counts the tenants that this node runs.
func (n *Node) Census() (c Census) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, h := range n.hosts {
		if h.state() != "" {
			c.Failed++
		} else {
			c.Awake++
		}
	}
	return c
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
