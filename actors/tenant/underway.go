package tenant

import (
	"fmt"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/connection"
	"topicdesk/actors/lane"
	"topicdesk/tenants"
)

// route is something under way that ends in one commit.
type route struct {
	key    string // names it over openings, for poison
	since  time.Time
	dialog tenants.DialogID // whose slot it keeps awake; 0 = none

	update tenants.UpdateID // of an update
	batch  *batch           // nil for outcomes and rings
	twins  []*batch         // later deliveries of the same update, which wait for the same commit
	aside  bool             // the update was set aside and is tried again
	labels tenants.ChatID   // the group of which it may change the labels; 0 = none
}

// batch is what one Receive brought, until all of it is settled.
type batch struct {
	connection tenants.ConnectionID
	left       int
	state      []byte
	reply      actors.Reply[error]
	polled     bool
}

// fail tells whoever waits for the update that it is not settled.
func (r *route) fail() {
	if r.batch != nil {
		r.batch.reply.Send(ErrEnded)
	}
	for _, b := range r.twins {
		b.reply.Send(ErrEnded)
	}
}

// ErrEnded: the opening ended before the update was settled; it will come again.
var ErrEnded = fmt.Errorf("the tenant was closed before the update was settled")

// begin makes a route wait for its commit and gives it a number.
func (t *Tenant) begin(rt *route) lane.Route {
	t.nextRoute++
	t.routes[t.nextRoute] = rt
	if rt.batch != nil {
		rt.batch.left++
		t.byUpdate[rt.key] = t.nextRoute
	}
	if s := t.slots[rt.dialog]; s != nil {
		s.pending++
		s.used = t.now()
	}
	return t.nextRoute
}

// settle ends a route in the transaction under way.
func (t *Tenant) settle(r lane.Route) error {
	rt := t.routes[r]
	if rt == nil {
		return nil
	}
	delete(t.routes, r)
	if s := t.slots[rt.dialog]; s != nil {
		switch s.pending--; {
		case s.pending == 0:
			s.server = 0
			if err := t.ringStale(s, rt.dialog); err != nil {
				return err
			}
		case s.pending < 0:
			panic(fmt.Sprintf("tenant: dialog %d settles more than was under way", rt.dialog))
		}
		s.used = t.now()
		if err := t.resume(s); err != nil {
			return err
		}
	}
	if rt.batch == nil {
		return nil
	}
	delete(t.byUpdate, rt.key)
	if err := t.seen(rt); err != nil {
		return err
	}
	for _, b := range append(rt.twins, rt.batch) {
		if err := t.settleOne(b); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tenant) seen(rt *route) error {
	if rt.aside {
		return t.takeBack(rt.batch.connection, rt.update)
	}
	return t.tx.MarkSeen(rt.batch.connection, rt.update)
}

// settleOne counts one update of a batch as settled; with the last one the
// receive state is committed, and after that the next batch may be asked for.
func (t *Tenant) settleOne(b *batch) error {
	if b.left--; b.left > 0 {
		return nil
	}
	if b.polled {
		if err := t.tx.SetReceiveState(b.connection, b.state); err != nil {
			return err
		}
		ref := t.logins[b.connection].ref
		t.later(func() { ref.Tell(connection.Settled{State: b.state}) })
	}
	t.later(func() { b.reply.Send(nil) })
	return nil
}

func (t *Tenant) keyOf(r lane.Route) string {
	if rt := t.routes[r]; rt != nil {
		return rt.key
	}
	return ""
}
