package connection_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/connection"
	"topicdesk/actors/telegram"
	"topicdesk/tenants"
	"topicdesk/tenants/privacy"
)

// login is a gateway whose Receive is scripted, and all that its connection tells.
type login struct {
	telegram.Gateway // nothing else is called
	t                *testing.T
	ref              actors.Ref[connection.Message]
	begin            time.Time
	cancel           context.CancelFunc

	// receive answers one Receive; nil = it waits like a long poll.
	receive func(n int, state string) (telegram.Batch, error)

	mu  sync.Mutex
	log log
}

// log is what happened, in order.
type log struct {
	asked   []string // when, and with which state
	routed  []string
	started []tenants.JobID
	at      []time.Duration // of started
	ended   []string
	trouble []string
	paused  []string // until when, since the beginning
	crashes []actors.Crash
}

// seen is what has happened until now.
func (l *login) seen() log {
	l.mu.Lock()
	defer l.mu.Unlock()
	return log{
		slices.Clone(l.log.asked), slices.Clone(l.log.routed), slices.Clone(l.log.started), slices.Clone(l.log.at),
		slices.Clone(l.log.ended), slices.Clone(l.log.trouble), slices.Clone(l.log.paused), slices.Clone(l.log.crashes),
	}
}

func newLogin(t *testing.T, polls bool, perSecond int) *login {
	l := &login{t: t, begin: time.Now()}
	engine, err := actors.NewEngine()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	l.cancel = cancel
	l.ref = connection.Spawn(connection.Options{
		System: engine, ID: "login", Connection: 1, Gateway: l, PerSecond: perSecond, Polls: polls, Context: ctx,
		Route: func(b telegram.Batch) { l.note(&l.log.routed, string(b.State)) },
		Start: func(o connection.Order) {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.log.started = append(l.log.started, o.Job)
			l.log.at = append(l.log.at, time.Since(l.begin))
		},
		Ended: func(o connection.Order, out tenants.Outcome) {
			l.note(&l.log.ended, fmt.Sprintf("%d %d %d", o.Job, out.Kind, out.As))
		},
		Paused:  func(until time.Time) { l.note(&l.log.paused, until.Sub(l.begin).String()) },
		Trouble: func(h connection.Hearing) { l.note(&l.log.trouble, h.Why) },
		Crashed: func(c actors.Crash) {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.log.crashes = append(l.log.crashes, c)
		},
	})
	t.Cleanup(func() {
		cancel()
		l.ref.Close()
		synctest.Wait()
	})
	return l
}

func (l *login) note(list *[]string, what string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	*list = append(*list, what)
}

// Receive does as the script says, or waits 25 s for nothing.
func (l *login) Receive(ctx context.Context, state []byte) (telegram.Batch, error) {
	l.mu.Lock()
	l.log.asked = append(l.log.asked, fmt.Sprintf("%s %s", time.Since(l.begin), state))
	n := len(l.log.asked)
	l.mu.Unlock()
	if l.receive != nil {
		if b, err := l.receive(n, string(state)); err != nil || len(b.Updates) > 0 || b.State != nil {
			return b, err
		}
	}
	select {
	case <-time.After(25 * time.Second):
	case <-ctx.Done():
	}
	return telegram.Batch{}, ctx.Err()
}

func (l *login) order(id int, call telegram.Call) connection.Order {
	return connection.Order{
		Connection: 1, Job: tenants.JobID(id), Attempt: 1, Call: call, Until: time.Now().Add(tenants.SettleWithin),
	}
}

func write(text string) telegram.Call {
	return telegram.SendContent{
		To:      telegram.To{Chat: -100},
		Content: tenants.Content{Kind: tenants.KindText, Text: tenants.Plain(text)},
	}
}

func (l *login) try(from, to int) {
	for id := from; id <= to; id++ {
		l.ref.Tell(connection.Try{Order: l.order(id, write("words"))})
	}
}

func pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func want[T any](t *testing.T, what string, got, wanted T) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(wanted) {
		t.Errorf("%s: %v, not %v", what, got, wanted)
	}
}

// TestBudget: 30 calls in any second, in order, and no second wasted.
func TestBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLogin(t, false, 30)
		l.try(1, 95)
		pass(10 * time.Second)
		want(t, "started", len(l.seen().started), 95)
		if !slices.IsSorted(l.seen().started) {
			t.Errorf("started in order %v", l.seen().started)
		}
		at := l.seen().at
		for i := 30; i < len(at); i++ {
			if gap := at[i] - at[i-30]; gap < time.Second {
				t.Errorf("31 calls in %s", gap)
			}
		}
		if at[94] > 4*time.Second {
			t.Errorf("the last call went at %s", at[94])
		}
	})
}

// TestNoBudget: with 0 we set no limit.
func TestNoBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLogin(t, false, 0)
		l.try(1, 500)
		synctest.Wait()
		want(t, "started", len(l.seen().started), 500)
	})
}

// TestFloods: one chat's flood is that chat's; three together, or one of which
// Telegram says so, pause the login for a second longer than it told.
func TestFloods(t *testing.T) {
	flood := func(chat int, wide bool) connection.Flooded {
		return connection.Flooded{Chat: tenants.ChatID(chat), After: 5 * time.Second, Wide: wide}
	}
	tests := map[string]struct {
		floods []connection.Flooded
		apart  time.Duration
		pause  time.Duration // after the last flood
	}{
		"one chat":               {[]connection.Flooded{flood(1, false)}, 0, 0},
		"one chat again":         {[]connection.Flooded{flood(1, false), flood(1, false), flood(1, false)}, 0, 0},
		"two chats":              {[]connection.Flooded{flood(1, false), flood(2, false)}, 0, 0},
		"three chats":            {[]connection.Flooded{flood(1, false), flood(2, false), flood(3, false)}, 4 * time.Second, 6 * time.Second},
		"three chats, but apart": {[]connection.Flooded{flood(1, false), flood(2, false), flood(3, false)}, 6 * time.Second, 0},
		"the whole login":        {[]connection.Flooded{flood(1, true)}, 0, 6 * time.Second},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLogin(t, false, 30)
				for i, f := range tt.floods {
					if i > 0 {
						pass(tt.apart)
					}
					l.ref.Tell(f)
				}
				synctest.Wait()
				began := time.Since(l.begin)
				l.try(1, 1)
				pass(time.Minute)
				var told []string
				if tt.pause > 0 {
					told = []string{(began + tt.pause).String()}
				}
				want(t, "paused until", l.seen().paused, told)
				if len(l.seen().at) != 1 || l.seen().at[0]-began != tt.pause {
					t.Errorf("started after %v, not %s after the flood at %s", l.seen().at, tt.pause, began)
				}
			})
		})
	}
}

// TestExpiry: an order that gets no turn in time ends as not sent; the tenant
// gives it again, so it must not be tried any more.
func TestExpiry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLogin(t, false, 30)
		l.ref.Tell(connection.Flooded{Chat: 1, After: 30 * time.Second, Wide: true})
		l.try(1, 2)
		pass(15 * time.Second)
		l.try(3, 3)
		want(t, "ended early", l.seen().ended, nil)
		pass(time.Minute)
		notSent := fmt.Sprintf("%d 0", tenants.NotSent)
		want(t, "ended", l.seen().ended, []string{"1 " + notSent, "2 " + notSent})
		want(t, "started", l.seen().started, []tenants.JobID{3})
	})
}

// TestAudit: a call with a hidden name in any of its strings never leaves.
func TestAudit(t *testing.T) {
	hidden := privacy.NewSet(privacy.Known{
		Hide:   tenants.Hide{Name: true},
		People: []tenants.Person{{ID: 7, First: "Zarathustra", Last: "Quill"}},
	})
	to := telegram.To{Chat: -100}
	button := to
	button.Buttons = []telegram.Button{{Text: "call Quill", Data: "x"}}
	quote := to
	quote.Quote = &tenants.Quote{Text: tenants.Plain("as Quill said")}
	words := func(s string) tenants.Content {
		return tenants.Content{Kind: tenants.KindText, Text: tenants.Plain(s)}
	}
	tests := map[string]struct {
		call telegram.Call
		held bool
	}{
		"text":            {telegram.SendContent{To: to, Content: words("from zarathustra quill")}, true},
		"caption":         {telegram.SendContent{To: to, Content: tenants.Content{Kind: tenants.KindPhoto, Text: tenants.Plain("Quill")}}, true},
		"album":           {telegram.SendAlbum{To: to, Contents: []tenants.Content{words("one"), words("two Quill")}}, true},
		"title":           {telegram.OpenTopic{Chat: -100, Title: "🟪 Zarathustra"}, true},
		"new title":       {telegram.RenameTopic{Chat: -100, Title: "🟨 Quill"}, true},
		"edit":            {telegram.EditContent{Content: words("Quill")}, true},
		"button":          {telegram.SendContent{To: button, Content: words("hello")}, true},
		"quote":           {telegram.SendContent{To: quote, Content: words("hello")}, true},
		"nothing hidden":  {telegram.SendContent{To: to, Content: words("hello")}, false},
		"half of a word":  {telegram.SendContent{To: to, Content: words("tranquillity")}, false},
		"no words at all": {telegram.SetReaction{Emoji: "👀"}, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLogin(t, false, 30)
				o := l.order(1, tt.call)
				o.Hidden = []*privacy.Set{nil, hidden}
				l.ref.Tell(connection.Try{Order: o})
				o.Job, o.Hidden = 2, nil
				l.ref.Tell(connection.Try{Order: o})
				synctest.Wait()
				if tt.held {
					want(t, "ended", l.seen().ended, []string{fmt.Sprintf("1 %d %d", tenants.Refused, tenants.AsNote)})
					want(t, "started", l.seen().started, []tenants.JobID{2})
				} else {
					want(t, "started", l.seen().started, []tenants.JobID{1, 2})
				}
			})
		})
	}
}

// TestReceiveAfterCommit: the next updates are asked for only when the last are
// committed, and with their state: asking is what makes Telegram forget.
func TestReceiveAfterCommit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLogin(t, true, 0)
		l.receive = func(n int, _ string) (telegram.Batch, error) {
			if n > 2 {
				return telegram.Batch{}, nil
			}
			return telegram.Batch{Updates: make([]tenants.Update, 1), State: fmt.Appendf(nil, "after %d", n)}, nil
		}
		l.ref.Tell(connection.Begin{State: []byte("start")})
		pass(10 * time.Second)
		want(t, "asked", l.seen().asked, []string{"0s start"})
		want(t, "routed", l.seen().routed, []string{"after 1"})
		l.ref.Tell(connection.Settled{State: []byte("after 1")})
		pass(10 * time.Second)
		l.ref.Tell(connection.Settled{State: []byte("after 2")})
		pass(26 * time.Second)
		want(t, "asked", l.seen().asked, []string{"0s start", "10s after 1", "20s after 2", "45s after 2"})
		want(t, "crashes", len(l.seen().crashes), 0)
	})
}

// TestReceiveBackOff: after an error it waits, longer each time, or as long as
// Telegram says; trouble is told once, and its end.
func TestReceiveBackOff(t *testing.T) {
	refused := &telegram.ReceiveError{Outcome: tenants.Outcome{Kind: tenants.Flood, After: 90 * time.Second, Why: "flood"}}
	errs := map[int]error{1: errors.New("down"), 2: errors.New("down still"), 3: errors.New("down"), 4: refused}
	for n := 6; n < 14; n++ {
		errs[n] = errors.New("down again")
	}
	synctest.Test(t, func(t *testing.T) {
		l := newLogin(t, true, 0)
		l.receive = func(n int, _ string) (telegram.Batch, error) { return telegram.Batch{}, errs[n] }
		l.ref.Tell(connection.Begin{State: []byte("s")})
		pass(10 * time.Minute)
		// 1, 2, 4 s; what Telegram says and a second; a poll of 25 s that works;
		// then from 1 s to a minute and no longer.
		wanted := []string{"0s", "1s", "3s", "7s", "1m38s", "2m3s", "2m4s", "2m6s", "2m10s", "2m18s", "2m34s", "3m6s", "4m6s", "5m6s", "5m31s"}
		for i, w := range wanted {
			if i >= len(l.seen().asked) || !strings.HasPrefix(l.seen().asked[i], w+" ") {
				t.Fatalf("asked at %v, not at %v", l.seen().asked, wanted)
			}
		}
		want(t, "trouble", l.seen().trouble, []string{"down", "", "down again", ""})
	})
}

// TestReceiveCrash: a gateway that panics is one that fails.
func TestReceiveCrash(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLogin(t, true, 0)
		l.receive = func(n int, _ string) (telegram.Batch, error) {
			if n == 1 {
				panic("what is this?")
			}
			return telegram.Batch{}, nil
		}
		l.ref.Tell(connection.Begin{State: []byte("s")})
		pass(30 * time.Second)
		want(t, "asked", l.seen().asked, []string{"0s s", "1s s", "26s s"})
		want(t, "trouble", l.seen().trouble, []string{"the gateway crashed: what is this?", ""})
		want(t, "crashes", len(l.seen().crashes), 0)
	})
}

// TestEmptyAnswersDoNotSpin: a gateway that does not wait is asked five times a
// second, not a million.
func TestEmptyAnswersDoNotSpin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLogin(t, true, 0)
		l.receive = func(int, string) (telegram.Batch, error) { return telegram.Batch{State: []byte{}}, nil }
		l.ref.Tell(connection.Begin{})
		pass(time.Second)
		if n := len(l.seen().asked); n < 4 || n > 7 {
			t.Errorf("asked %d times in a second", n)
		}
	})
}

// TestLostMessages: a batch that is never settled, and a loop that was never
// begun, end the actor: the opening begins anew from its file.
func TestLostMessages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLogin(t, true, 0)
		l.receive = func(int, string) (telegram.Batch, error) {
			return telegram.Batch{Updates: make([]tenants.Update, 1), State: []byte("x")}, nil
		}
		l.ref.Tell(connection.Begin{})
		pass(tenants.SettleWithin)
		want(t, "crashes before its time", len(l.seen().crashes), 0)
		pass(2 * time.Second)
		want(t, "crashes", len(l.seen().crashes), 1)
	})
	synctest.Test(t, func(t *testing.T) {
		l := newLogin(t, true, 0)
		pass(3 * time.Minute)
		want(t, "crashes without a Begin", len(l.seen().crashes), 1)
	})
}

// TestHold: a login that holds back asks seldom, and tells nobody that it hears
// nothing; as soon as there is room it asks as usual.
func TestHold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLogin(t, true, 0)
		l.ref.Tell(connection.Begin{State: []byte("s"), Heard: time.Now()})
		pass(10 * time.Second)
		l.ref.Tell(connection.Hold{On: true})
		l.ref.Tell(connection.Hold{On: true})
		pass(29 * time.Minute)
		l.ref.Tell(connection.Hold{On: false})
		pass(30 * time.Second)
		want(t, "asked", l.seen().asked, []string{"0s s", "10m10s s", "20m10s s", "29m10s s", "29m35s s"})
		want(t, "trouble", l.seen().trouble, nil)
		want(t, "crashes", len(l.seen().crashes), 0)
	})
}

// TestTellsAgain: who asks is told once more how the login hears, but not before that
// is known.
func TestTellsAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLogin(t, false, 0)
		l.ref.Tell(connection.Begin{Heard: time.Now(), Deaf: true})
		l.ref.Tell(connection.Hears{})
		l.ref.Tell(connection.Refused{})
		l.ref.Tell(connection.Hears{})
		l.ref.Tell(connection.Accepted{})
		l.ref.Tell(connection.Hears{})
		pass(time.Second)
		want(t, "trouble", l.seen().trouble, []string{"Unauthorized", "Unauthorized", "", ""})
	})
}

// TestWebhook: no loop runs when updates are delivered.
func TestWebhook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLogin(t, false, 0)
		l.ref.Tell(connection.Begin{})
		pass(time.Hour)
		want(t, "asked", len(l.seen().asked), 0)
		want(t, "crashes", len(l.seen().crashes), 0)
	})
}
