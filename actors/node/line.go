package node

import (
	"time"

	"topicdesk/actors"
	"topicdesk/actors/connection"
	"topicdesk/actors/telegram"
	"topicdesk/actors/tenant"
	"topicdesk/tenants"
)

// line lets so many calls of each login of a tenant be under way at once, and the
// others wait in their order. Each call under way is a goroutine and a connection of
// the node: a login whose calls hang must not take those of all others.
type line struct {
	under map[tenants.ConnectionID]int
	waits []connection.Order
}

// add lets an order wait for its turn.
func (l *line) add(o connection.Order) { l.waits = append(l.waits, o) }

// next takes the first order whose turn has come, or whose time is over; it counts
// as under way until done.
func (l *line) next(now time.Time) (o connection.Order, late, ok bool) {
	for i, o := range l.waits {
		late := now.After(o.Until)
		if !late && l.under[o.Connection] >= tenants.CallsAtOnce {
			continue
		}
		l.waits = append(l.waits[:i:i], l.waits[i+1:]...)
		if l.under == nil {
			l.under = map[tenants.ConnectionID]int{}
		}
		l.under[o.Connection]++
		return o, late, true
	}
	return connection.Order{}, false, false
}

func (l *line) done(c tenants.ConnectionID) {
	if l.under[c]--; l.under[c] == 0 {
		delete(l.under, c)
	}
}

// callAll begins the calls whose turn has come; the caller holds mu.
func (h *host) callAll(now time.Time) {
	for !h.gone {
		order, late, ok := h.line.next(now)
		if !ok {
			return
		}
		draining := h.draining
		h.node.opt.System.Go(func() {
			switch {
			case draining:
				h.answered(order, tenants.Outcome{Kind: tenants.NotSent, Why: "the tenant is being stopped"})
				return
			case late:
				h.answered(order, tenants.Outcome{Kind: tenants.NotSent, Why: "the login had too many calls under way"})
				return
			}
			h.tried(order, callGateway(h.gateway, order))
		}, func(c actors.Crash) { h.tried(order, crashedTry(c)) })
	}
}

// tried counts the outcome of a call.
func (h *host) tried(order connection.Order, outcome tenants.Outcome) {
	h.node.opt.Meter.Tried(outcome.Kind)
	h.answered(order, outcome)
}

// answered keeps a try's outcome until it is forgotten.
func (h *host) answered(order connection.Order, outcome tenants.Outcome) {
	h.mu.Lock()
	h.line.done(order.Connection)
	h.callAll(h.node.opt.System.Now())
	t := h.tries[tryKey{order.Job, order.Attempt}]
	if t != nil {
		t.Answered, t.Outcome = true, outcome
	}
	ref := h.current
	h.mu.Unlock()
	if t != nil {
		ref.Tell(tenant.Answered{Job: order.Job, Attempt: order.Attempt, Outcome: outcome})
	}
}

func (h *host) gateway(c tenants.ConnectionID) telegram.Gateway {
	g, _ := h.node.opt.Logins.Gateway(h.id, c)
	return g
}
