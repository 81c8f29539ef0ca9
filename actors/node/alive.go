package node

import (
	"context"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/tenant"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
)

const (
	// aliveEvery is how often a node notes that it runs, so that the next one knows
	// since when nobody has received: one small write for all tenants together.
	aliveEvery = 5 * time.Minute
	// reachAgain is how often it asks whether Telegram can be reached again.
	reachAgain = time.Minute
	// reachWithin bounds that question.
	reachWithin = 30 * time.Second
)

// beat notes that the node runs, again and again. It asks first whether Telegram can
// be reached: nothing else would show tenants that get webhooks, or sleep, that it can't.
//
// Only a node that runs tenants does: one that was made to answer a command has
// received nothing, and must not hide that nobody has.
func (n *Node) beat(after time.Duration) {
	if n.opt.Registry == nil {
		return
	}
	n.opt.System.After(after, func() {
		if n.opt.Reach == nil {
			n.noteAlive(aliveEvery)
			return
		}
		n.opt.System.Go(func() {
			if n.reached() {
				n.noteAlive(aliveEvery)
			} else {
				n.noteAlive(reachAgain)
			}
		}, func(c actors.Crash) {
			n.opt.Log.Error("asking whether Telegram can be reached has crashed", "reason", harmless(c.Reason), "stack", string(c.Stack))
			n.beat(reachAgain)
		})
	})
}

// firstBeat is beat at the start: at once, if it has to be found out whether Telegram
// can be reached.
func (n *Node) firstBeat() {
	if n.reachable() {
		n.beat(aliveEvery)
	} else {
		n.beat(0)
	}
}

// reached asks whether Telegram can be reached. When it can again after a while,
// all tenants are told since when it could not.
func (n *Node) reached() bool {
	ctx, cancel := context.WithTimeout(context.Background(), reachWithin)
	defer cancel()
	err := n.opt.Reach(ctx)
	if since, again := n.noteReach(err); again {
		n.silent(since)
		for _, h := range n.all() {
			h.reached(since)
		}
	}
	return err == nil
}

// silent remembers for the tenants that sleep that nobody has received since then. Of a
// time in which something may be lost they are told now, some at a time.
func (n *Node) silent(since time.Time) {
	now := n.opt.System.Now()
	all := now.Sub(since) > tenants.UpdatesKept
	if err := n.opt.Registry.addSilence(registry.Silence{Since: since, Until: now}, all); err != nil {
		n.opt.Log.Error("it can't be noted that nothing was received", "since", since, "error", err)
	}
	if all {
		n.dueAt(now)
	}
}

// covers tells that a silence is kept already, or goes on, that is about this one.
func (n *Node) covers(since, until time.Time) bool {
	if at := n.unreachedSince(); !at.IsZero() && at.Before(since.Add(sameSilence)) {
		return true
	}
	last, ok := n.opt.Registry.lastSilence()
	return ok && last.Since.Before(since.Add(sameSilence)) && until.Before(last.Until.Add(sameSilence))
}

// noteReach takes note of an answer: since when there was none, and whether there is
// one again after so long that tenants have to know.
func (n *Node) noteReach(err error) (since time.Time, again bool) {
	now := n.opt.System.Now()
	n.mu.Lock()
	defer n.mu.Unlock()
	switch since = n.unreached; {
	case err != nil && since.IsZero():
		n.unreached = n.met
		n.opt.Log.Error("Telegram can't be reached", "error", err)
		return since, false
	case err != nil:
		return since, false
	case !since.IsZero() && now.Sub(since) >= tenants.LateNote:
		n.opt.Log.Info("Telegram can be reached again", "since", since)
		again = true
	}
	n.met, n.unreached = now, time.Time{}
	return since, again
}

// reached tells a tenant that nothing came since then; one that is between two
// openings is told at the next.
func (h *host) reached(since time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.running && h.stall.since.IsZero() {
		h.stall.since = since
	}
	h.current.Tell(tenant.Reached{Since: since})
}

// noteAlive notes that the node runs, unless it is known that nothing can reach
// it, and does so again after a while.
func (n *Node) noteAlive(again time.Duration) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.ended || n.opt.Registry == nil {
		return
	}
	n.beat(again)
	if !n.unreached.IsZero() {
		return
	}
	if err := n.opt.Registry.file.SetAlive(n.opt.System.Now()); err != nil {
		n.opt.Log.Warn("it can't be noted that the node runs", "error", err)
	}
}

// reachable tells that Telegram is not known to be out of reach.
func (n *Node) reachable() bool { return n.unreachedSince().IsZero() }

// away is since when nobody may have received for a tenant whose opening comes
// now; the zero time = somebody has. The caller holds mu.
func (h *host) away() time.Time {
	switch {
	case !h.stall.since.IsZero():
		return h.stall.since
	case h.number > 0 || h.node.opt.Registry == nil:
		return time.Time{}
	case h.node.wasAwake(h.id):
		return h.node.opt.Registry.alive
	default:
		return h.node.unreachedSince()
	}
}

// unreachedSince is since when it is known that Telegram can't be reached, zero = it can.
func (n *Node) unreachedSince() time.Time {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.unreached
}
