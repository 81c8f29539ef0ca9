package node_test

import (
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"topicdesk/tenants/registry"
)

// row is what the registry has of the tenant.
func (d *desk) row() registry.Tenant {
	d.t.Helper()
	row, err := d.registry.Tenant(d.id)
	d.must(err)
	return row
}

func (d *desk) wantAsleep(when string) {
	d.t.Helper()
	if d.row().State != registry.Asleep || !d.node.Tenant(d.id).IsZero() {
		d.t.Errorf("%s the tenant is awake", when)
	}
}

// TestSleep: with nothing to do a tenant closes its file, a message opens it, its due
// time does too, and a start opens nothing of it.
func TestSleep(t *testing.T) {
	defer goleak.VerifyNone(t)
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.says(d.client, d.bot, 0, "hello")
		id, _ := d.topic()
		if d.row().State != registry.Awake {
			t.Error("asleep in the middle of a talk")
		}
		d.pass(5 * time.Minute)
		d.wantAsleep("after five minutes")
		d.says(d.operator, d.forum, id, "hi Ann")
		if !d.sees(d.client, d.bot, 0, "hi Ann") {
			t.Error("the answer did not reach the client")
		}
		d.pass(10 * time.Minute)
		d.wantAsleep("after the answer")
		d.wantTitle("🟨")
		if due := time.Until(d.row().Due); due < 47*time.Hour || due > 48*time.Hour {
			t.Errorf("due in %s", due)
		}
		d.stop()
		d.start()
		d.pass(time.Minute)
		d.wantAsleep("after a start")
		d.pass(48 * time.Hour)
		d.wantTitle("⬛️")
		d.wantAsleep("when all is done")
		// Then only its links have to go, 90 days after the first.
		if due := time.Until(d.row().Due); due < 87*24*time.Hour || due > 90*24*time.Hour {
			t.Errorf("due in %s", due)
		}
		d.stop()
		d.checkFile()
	})
}
