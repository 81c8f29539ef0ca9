package node

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/connection"
	"topicdesk/actors/telegram"
	"topicdesk/actors/tenant"
	"topicdesk/tenants"
)

// hanging are logins of which the first answers after 15 s.
type hanging struct {
	mu        *sync.Mutex
	now, most map[tenants.ConnectionID]int
}

func (h hanging) Gateway(_ tenants.TenantID, c tenants.ConnectionID) (telegram.Gateway, bool) {
	return login{of: h, c: c}, false
}

func (hanging) Polls() bool { return false }

func (h hanging) count(c tenants.ConnectionID, by int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now[c] += by
	h.most[c] = max(h.most[c], h.now[c])
}

type login struct {
	telegram.Gateway // nothing else is called
	of               hanging
	c                tenants.ConnectionID
}

func (l login) Try(context.Context, tenants.SendKey, telegram.Call) tenants.Outcome {
	l.of.count(l.c, 1)
	defer l.of.count(l.c, -1)
	if l.c == 1 {
		time.Sleep(15 * time.Second)
	}
	return tenants.Outcome{Kind: tenants.Done}
}

// TestHangingCalls: of a login whose calls hang only so many are under way; the
// others wait in their order and end as not sent when their time is over, and the
// calls of another login go at once.
func TestHangingCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		engine, err := actors.NewEngine()
		if err != nil {
			t.Fatal(err)
		}
		under := hanging{mu: &sync.Mutex{}, now: map[tenants.ConnectionID]int{}, most: map[tenants.ConnectionID]int{}}
		h := &host{
			node: New(Options{System: engine, Logins: under}), id: "acme", running: true, number: 1,
			tries: map[tryKey]*tenant.Try{}, crashes: map[string]int{},
		}
		o := opening{h, 1}
		const calls = 5 * tenants.CallsAtOnce / 2
		until := time.Now().Add(tenants.SettleWithin)
		for n := range calls {
			o.Start(connection.Order{Connection: 1, Job: tenants.JobID(n + 1), Attempt: 1, Until: until})
		}
		o.Start(connection.Order{Connection: 2, Job: calls + 1, Attempt: 1, Until: until})
		synctest.Wait()
		tries := o.Tries()
		if last := tries[calls]; !last.Answered || last.Outcome.Kind != tenants.Done {
			t.Errorf("the other login's call waits: %+v", last)
		}
		time.Sleep(31 * time.Second)
		synctest.Wait()
		if under.most[1] != tenants.CallsAtOnce {
			t.Errorf("%d calls were under way at once", under.most[1])
		}
		for n, try := range o.Tries()[:calls] {
			want := tenants.Done
			if n >= 2*tenants.CallsAtOnce {
				want = tenants.NotSent
			}
			if !try.Answered || try.Outcome.Kind != want {
				t.Errorf("call %d: %+v, want kind %v", n, try, want)
			}
		}
	})
}
