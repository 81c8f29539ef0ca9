package node_test

import (
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"topicdesk/actors/node"
)

// TestStill: a file is seen by somebody else only while nobody has it open, and what
// comes meanwhile waits and is not lost.
func TestStill(t *testing.T) {
	defer goleak.VerifyNone(t)
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.says(d.client, d.bot, 0, "hello")
		id, _ := d.topic()
		seen := 0
		see := func() error { seen++; return nil }
		saw, err := d.node.Still(d.id, see)
		if saw || err != nil || seen != 0 {
			t.Errorf("of an open tenant: %v %v", saw, err)
		}
		if c, err := d.node.Census(); err != nil || c != (node.Census{Awake: 1, Open: 1}) {
			t.Errorf("%+v %v", c, err)
		}
		d.pass(10 * time.Minute)
		if c, err := d.node.Census(); err != nil || c != (node.Census{Asleep: 1}) {
			t.Errorf("%+v %v", c, err)
		}
		saw, err = d.node.Still(d.id, func() error {
			d.says(d.operator, d.forum, id, "meanwhile")
			if !d.node.Tenant(d.id).IsZero() {
				t.Error("it was opened while somebody saw its file")
			}
			if saw, err := d.node.Still(d.id, see); saw || err != nil || seen != 0 {
				t.Error("twice at the same time:", saw, err)
			}
			return nil
		})
		if !saw || err != nil {
			t.Errorf("of a sleeping tenant: %v %v", saw, err)
		}
		d.pass(2 * time.Minute)
		if !d.sees(d.client, d.bot, 0, "meanwhile") {
			t.Error("what came meanwhile is lost")
		}
		d.stop()
		d.checkFile()
	})
}

// TestAnswers: the node's actors answer, and whoever asks is not held up if they don't.
func TestAnswers(t *testing.T) {
	defer goleak.VerifyNone(t)
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		if err := d.node.Answers(t.Context()); err != nil {
			t.Error(err)
		}
		d.stop()
	})
}
