package node_test

import (
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"topicdesk/actors/tenant"
)

// TestStartRunning: a tenant that was opened for another reason, while it waited to be,
// does not keep a place among those that are being opened.
func TestStartRunning(t *testing.T) {
	defer goleak.VerifyNone(t)
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.pass(time.Second)
		d.must(d.node.Start(d.id))
		d.pass(time.Second)
		if n := d.node.Opening(); n != 0 {
			t.Errorf("%d tenants wait to be opened, though all are open", n)
		}
		d.stop()
	})
}

// TestHeldWaits: a tenant whose file somebody copies at the moment is opened after that.
func TestHeldWaits(t *testing.T) {
	defer goleak.VerifyNone(t)
	synctest.Test(t, func(t *testing.T) {
		d, _ := sleeping(t)
		still, err := d.node.Still(d.id, func() error {
			_ = d.node.Start(d.id)
			d.pass(time.Second)
			return nil
		})
		if !still || err != nil {
			t.Fatalf("still %v, %v", still, err)
		}
		d.pass(time.Second)
		if d.node.Tenant(d.id).IsZero() {
			t.Error("it is not opened")
		}
		d.stop()
	})
}

// TestListenLate: nobody listens for a tenant that was woken, or stopped, while its host
// let go of it.
func TestListenLate(t *testing.T) {
	defer goleak.VerifyNone(t)
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		end := tenant.End{Asleep: true, Logins: []tenant.Login{{Connection: 1, Heard: time.Now()}}}
		d.pass(time.Second)
		d.node.Rests(d.id, end)
		if _, all := d.node.Unasked(); all != 0 {
			t.Error("somebody listens for a tenant that is awake")
		}
		d.must(d.node.SetStopped(t.Context(), d.id, true))
		d.node.Rests(d.id, end)
		if _, all := d.node.Unasked(); all != 0 {
			t.Error("somebody listens for a tenant that is stopped")
		}
		d.stop()
	})
}

// TestWokenInStop: whoever asks for a tenant while it is being closed, for another reason
// than that the host stopped it, has it opened again.
func TestWokenInStop(t *testing.T) {
	defer goleak.VerifyNone(t)
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.pass(time.Second)
		closed := d.node.Stop(d.id)
		d.must(d.node.Start(d.id))
		<-closed
		d.pass(time.Second)
		if d.node.Tenant(d.id).IsZero() || d.node.Opening() != 0 {
			t.Error("it is not opened again")
		}
		d.stop()
	})
}
