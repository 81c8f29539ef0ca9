package node_test

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"topicdesk/actors/telegram"
	sim "topicdesk/bench/telegram"
	"topicdesk/tenants"
)

// slow is a gateway whose answers take a while.
type slow struct {
	telegram.Gateway
	takes atomic.Int64
	calls atomic.Int64
}

func (s *slow) Try(ctx context.Context, key tenants.SendKey, call telegram.Call) tenants.Outcome {
	s.calls.Add(1)
	outcome := s.Gateway.Try(ctx, key, call)
	time.Sleep(time.Duration(s.takes.Load()))
	return outcome
}

// count is how often somebody sees a text.
func (d *desk) count(who, chat int64, topic int, text string) (n int) {
	d.door.With(func(w *sim.World) {
		for _, m := range w.View(who, chat, topic) {
			if m.Text == text {
				n++
			}
		}
	})
	return n
}

// TestStopInACall: a stopped tenant knows what became of the calls that were under way,
// begins no other one, and nothing comes twice when it goes on.
func TestStopInACall(t *testing.T) {
	defer goleak.VerifyNone(t)
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.says(d.client, d.bot, 0, "hello")
		id, _ := d.topic()
		d.stop()
		s := &slow{Gateway: d.gateway}
		d.gateway = s
		d.start()
		d.pass(time.Minute)
		s.takes.Store(int64(5 * time.Second))
		d.door.With(func(w *sim.World) {
			_, err := w.Say(d.operator, d.forum, id, "hi Ann")
			d.must(err)
			_, err = w.Say(d.operator, d.forum, id, "how are you?")
			d.must(err)
		})
		d.pass(time.Second)
		begin := time.Now()
		d.must(d.node.SetStopped(t.Context(), d.id, true))
		if took := time.Since(begin); took < time.Second || took > 10*time.Second {
			t.Errorf("it took %s", took)
		}
		calls := s.calls.Load()
		d.pass(time.Minute)
		if n := s.calls.Load() - calls; n != 0 {
			t.Errorf("%d calls of one that is stopped", n)
		}
		d.must(d.node.SetStopped(t.Context(), d.id, false))
		d.pass(5 * time.Minute)
		for _, text := range []string{"hi Ann", "how are you?"} {
			if n := d.count(d.client, d.bot, 0, text); n != 1 {
				t.Errorf("%q came %d times", text, n)
			}
		}
		if lines := d.said.with("may have arrived"); len(lines) > 0 {
			t.Errorf("it is not known what became of a call: %q", lines)
		}
		d.stop()
		d.checkFile()
	})
}
