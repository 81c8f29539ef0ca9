package node

import (
	"testing"
	"testing/synctest"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/connection"
	"topicdesk/actors/telegram"
	"topicdesk/actors/tenant"
	"topicdesk/tenants"
)

// nobody has no login at all: each try ends at once.
type nobody struct{}

func (nobody) Gateway(tenants.TenantID, tenants.ConnectionID) (telegram.Gateway, bool) {
	return nil, false
}

func (nobody) Polls() bool { return false }

// TestStaleOpening: what an ended opening still tells its host is dropped: it
// starts no try, and its end is not the end of the newer one.
func TestStaleOpening(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		engine, err := actors.NewEngine()
		if err != nil {
			t.Fatal(err)
		}
		h := &host{
			node: New(Options{System: engine, Logins: nobody{}}), id: "acme", running: true, number: 2,
			tries: map[tryKey]*tenant.Try{}, crashes: map[string]int{},
		}
		old, current := opening{h, 1}, opening{h, 2}
		old.Start(connection.Order{Job: 1, Attempt: 1, Until: time.Now().Add(time.Minute)})
		synctest.Wait()
		if n := len(current.Tries()); n != 0 {
			t.Errorf("an ended opening started %d tries", n)
		}
		current.Start(connection.Order{Job: 1, Attempt: 1, Until: time.Now().Add(time.Minute)})
		current.Start(connection.Order{Job: 1, Attempt: 1, Until: time.Now().Add(time.Minute)})
		synctest.Wait()
		tries := current.Tries()
		if len(tries) != 1 || !tries[0].Answered || tries[0].Outcome.Gone != tenants.GoneLogin {
			t.Errorf("tries %+v", tries)
		}
		h.ended(1, tenant.End{Crash: &actors.Crash{}, Key: "update 1:1"})
		if !h.running || h.crashes["update 1:1"] != 0 {
			t.Error("the end of the old opening ended the new one")
		}
		current.Forget(1, 1)
		if n := len(current.Tries()); n != 0 {
			t.Errorf("%d tries after Forget", n)
		}
	})
}
