package node_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"topicdesk/actors/telegram"
	sim "topicdesk/bench/telegram"
	"topicdesk/tenants"
)

// patient notes who asks a gateway for updates, and answers with what fails.
type patient struct {
	telegram.Gateway
	mu    sync.Mutex
	fail  error
	asked []time.Time // by listeners
}

func (p *patient) set(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fail, p.asked = err, nil
}

func (p *patient) Stirs(ctx context.Context, state []byte) (bool, error) {
	p.mu.Lock()
	p.asked = append(p.asked, time.Now())
	err := p.fail
	p.mu.Unlock()
	if err == errBomb {
		panic(err)
	}
	if err != nil {
		return false, err
	}
	return p.Gateway.Stirs(ctx, state)
}

func (p *patient) Receive(ctx context.Context, state []byte) (telegram.Batch, error) {
	p.mu.Lock()
	err := p.fail
	p.mu.Unlock()
	if err != nil {
		return telegram.Batch{}, err
	}
	return p.Gateway.Receive(ctx, state)
}

// pauses are the times between the questions, in seconds.
func (p *patient) pauses() (all []float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := 1; i < len(p.asked); i++ {
		all = append(all, p.asked[i].Sub(p.asked[i-1]).Seconds())
	}
	return all
}

func refusal(o tenants.Outcome, conflict bool) error {
	return &telegram.ReceiveError{Outcome: o, Conflict: conflict}
}

var (
	errDown  = errors.New("connection refused")
	errBomb  = errors.New("what is this?") // panics
	revoked  = refusal(tenants.Outcome{Kind: tenants.Gone, Gone: tenants.GoneLogin, Why: "Unauthorized"}, false)
	conflict = refusal(tenants.Outcome{Kind: tenants.NotSent, Why: "Conflict"}, true)
)

// sleeping is a desk whose tenant sleeps.
func sleeping(t *testing.T) (*desk, *patient) {
	d := newDesk(t)
	p := &patient{Gateway: d.gateway}
	d.stop()
	d.gateway = p
	d.start()
	d.says(d.client, d.bot, 0, "hello")
	d.pass(5 * time.Minute)
	d.wantAsleep("after five minutes")
	return d, p
}

// heardWithin is longer than the longest pause, 75 s, and a poll without an answer, 50 s.
const heardWithin = 3 * time.Minute

// TestListenFails: failures are answered by longer and longer pauses, with few lines of
// the log; people are told only where they lasted, and then with the right time.
func TestListenFails(t *testing.T) {
	defer goleak.VerifyNone(t)
	synctest.Test(t, func(t *testing.T) {
		d, p := sleeping(t)
		p.set(errDown)
		d.pass(6 * time.Minute)
		for i, got := range p.pauses() {
			if want := min(float64(int(1)<<min(i, 10)), 60); got < 0.75*want || got > 1.26*want {
				t.Errorf("pause %d is %g s, want about %g", i, got, want)
			}
		}
		if n := len(d.said.with("can't be asked")); n < 2 || n > 9 {
			t.Errorf("%d lines of the log about it", n)
		}
		if state := d.node.State(d.id); state != "no updates come: connection refused" {
			t.Errorf("the state is %q", state)
		}
		p.set(nil)
		d.pass(heardWithin)
		d.wantAsleep("after a short failure")
		if len(d.said.with("it can be asked again")) != 1 || d.node.State(d.id) != "" {
			t.Errorf("it does not hear again: %s", d.node.State(d.id))
		}
		begin := time.Now()
		p.set(errDown)
		d.pass(20 * time.Minute)
		d.wantAsleep("while Telegram can't be reached")
		p.set(nil)
		d.pass(heardWithin)
		d.wantAsleep("when Telegram can be reached again")
		d.says(d.client, d.bot, 0, "is anybody there?")
		d.wantSilence(begin)
		d.stop()
	})
}

// TestListenCrash: a question that panics is one that fails: the process lives, and the
// login is asked again.
func TestListenCrash(t *testing.T) {
	defer goleak.VerifyNone(t)
	synctest.Test(t, func(t *testing.T) {
		d, p := sleeping(t)
		p.set(errBomb)
		d.pass(5 * time.Minute)
		if n := len(p.pauses()); n < 5 {
			t.Errorf("asked again %d times", n)
		}
		if state := d.node.State(d.id); state != "no updates come: the gateway crashed: a *errors.errorString" {
			t.Errorf("the state is %q", state)
		}
		p.set(nil)
		d.says(d.client, d.bot, 0, "is anybody there?")
		d.pass(2 * time.Minute)
		if topic, _ := d.topic(); !d.sees(d.operator, d.forum, topic, "is anybody there?") {
			t.Error("what was written meanwhile is not there")
		}
		d.stop()
	})
}

// silences are the lines in General about them.
func (d *desk) silences() (said []string) {
	d.door.With(func(w *sim.World) {
		for _, m := range w.View(d.admin, d.forum, w.Topics(d.forum)[0].ID) {
			if strings.Contains(m.Text, "Nothing came from Telegram") {
				said = append(said, m.Text)
			}
		}
	})
	return said
}

// wantSilence wants one line in General that nothing came since about then: a poll
// lasts a minute.
func (d *desk) wantSilence(since time.Time) {
	d.t.Helper()
	said := d.silences()
	for _, off := range []time.Duration{-time.Minute, 0, time.Minute} {
		if len(said) == 1 && strings.Contains(said[0], since.Add(off).UTC().Format("15:04")+" UTC to") {
			return
		}
	}
	d.t.Errorf("General says %q, want one line from about %s", said, since.UTC().Format("15:04"))
}

// TestListenAlone: a login that heard nothing for long while others did has its people
// told as soon as it hears.
func TestListenAlone(t *testing.T) {
	defer goleak.VerifyNone(t)
	synctest.Test(t, func(t *testing.T) {
		d, p := sleeping(t)
		begin := time.Now()
		p.set(errDown)
		d.pass(20 * time.Minute)
		d.wantAsleep("while Telegram does not answer")
		d.node.OthersHear(time.Now())
		p.set(nil)
		d.pass(3 * time.Minute)
		d.wantSilence(begin)
		d.pass(2 * time.Minute)
		d.wantAsleep("when its people are told")
		d.stop()
	})
}

// TestListenRefused: what only people can end is told once by the tenant, which sleeps
// on; the login is asked for rarely until it is over, which is noticed.
func TestListenRefused(t *testing.T) {
	for name, test := range map[string]struct {
		refusal error
		most    int // questions in an hour
		notice  string
	}{
		"revoked":  {revoked, 16, "Telegram refuses the token"},
		"conflict": {conflict, 80, "somebody else receives for this bot"},
	} {
		t.Run(name, func(t *testing.T) {
			defer goleak.VerifyNone(t)
			synctest.Test(t, func(t *testing.T) {
				d, p := sleeping(t)
				p.set(test.refusal)
				d.pass(10 * time.Minute)
				d.wantAsleep("with its trouble told")
				if state := d.node.State(d.id); !strings.HasPrefix(state, test.notice) {
					t.Errorf("the state is %q", state)
				}
				p.set(nil)
				d.pass(9 * time.Minute) // less than what is told in General
				if last := d.told.lines[len(d.told.lines)-1]; last != "updates come again" {
					t.Errorf("told last, after some minutes: %s", last)
				}
				p.set(test.refusal)
				d.pass(10 * time.Minute)
				if n := len(d.told.with(test.notice)); n != 2 {
					t.Errorf("told %q", d.told.lines)
				}
				p.set(test.refusal)
				d.pass(time.Hour)
				if n := len(p.asked); n == 0 || n > test.most {
					t.Errorf("asked %d times in an hour", n)
				}
				d.wantAsleep("with its trouble known")
				p.set(nil)
				d.pass(9 * time.Minute) // the longest pause takes 6 min 15 s, and a poll 50 s
				if last := d.told.lines[len(d.told.lines)-1]; last != "updates come again" {
					t.Errorf("told last: %s", last)
				}
				d.stop()
			})
		})
	}
}

// TestListenFull: without room the tenant is woken later; nothing is lost.
func TestListenFull(t *testing.T) {
	defer goleak.VerifyNone(t)
	synctest.Test(t, func(t *testing.T) {
		d, _ := sleeping(t)
		release := d.node.Occupy()
		d.says(d.client, d.bot, 0, "is anybody there?")
		d.wantAsleep("without room")
		release()
		d.pass(10 * time.Second)
		id, _ := d.topic()
		if !d.sees(d.admin, d.forum, id, "is anybody there?") {
			t.Error("the message is not in the topic")
		}
		d.stop()
	})
}

// TestListenAfterTalk: while nobody sleeps nobody listens, and that is no silence.
func TestListenAfterTalk(t *testing.T) {
	defer goleak.VerifyNone(t)
	synctest.Test(t, func(t *testing.T) {
		d, _ := sleeping(t)
		for range 40 {
			d.says(d.client, d.bot, 0, "and another thing")
		}
		d.pass(5 * time.Minute)
		d.wantAsleep("after a long talk")
		d.pass(time.Minute)
		if kept, err := d.registry.Silences(); err != nil || len(kept) > 0 {
			t.Errorf("silences %v, %v", kept, err)
		}
		d.stop()
		d.start()
		d.pass(time.Second)
		if left, all := d.node.Unasked(); left != 0 || all != 1 {
			t.Errorf("after a start %d of %d logins wait for their first question", left, all)
		}
		d.stop()
	})
}
