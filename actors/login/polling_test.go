package login

import (
	"context"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mymmrac/telego/telegoapi"

	"topicdesk/actors/admission"
	"topicdesk/actors/telegram/botapi"
	"topicdesk/tenants"
)

// pollScript answers a bot's calls in turn: "" = an answer, "wait" = none until the
// caller gives up, anything else = that error of Telegram's.
type pollScript struct {
	mu      sync.Mutex
	answers []string
	calls   []string
}

const (
	otherPoll = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
	hooked    = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)

// Call does the next line.
func (s *pollScript) Call(ctx context.Context, url string, _ *telegoapi.RequestData) (*telegoapi.Response, error) {
	s.mu.Lock()
	s.calls = append(s.calls, path.Base(url))
	next := ""
	if len(s.answers) > 0 {
		next, s.answers = s.answers[0], s.answers[1:]
	}
	s.mu.Unlock()
	switch {
	case next == "wait":
		<-ctx.Done()
		return nil, ctx.Err()
	case next != "":
		return &telegoapi.Response{Error: &telegoapi.Error{ErrorCode: 409, Description: next}}, nil
	case path.Base(url) == "deleteWebhook":
		return &telegoapi.Response{Ok: true, Result: []byte("true")}, nil
	default:
		return &telegoapi.Response{Ok: true, Result: []byte("[]")}, nil
	}
}

// newSet are the logins of a node that polls.
func newSet() *Set { return New(Options{Polls: true, Admission: admission.New(4096, 0)}) }

func newPolling(t *testing.T, answers ...string) (*Bot, *pollScript) {
	s := &pollScript{answers: answers}
	bot, err := botapi.New(botapi.Options{Token: "1:" + strings.Repeat("A", 35), Caller: s})
	if err != nil {
		t.Fatal(err)
	}
	return newBot(bot, newSet(), "acme"), s
}

// TestConflicts: what Telegram refuses because of ourselves, a webhook of an earlier
// setting or our own last poll, is put right and told to nobody; what others do is told.
func TestConflicts(t *testing.T) {
	for name, test := range map[string]struct {
		answers []string
		told    []bool // of each poll: an error came out
		calls   string
	}{
		"nothing is asked before the first poll": {nil, []bool{false}, "getUpdates"},
		"a webhook is left over":                 {[]string{hooked}, []bool{false, false}, "getUpdates deleteWebhook getUpdates getUpdates"},
		"a webhook is set meanwhile":             {[]string{"", hooked}, []bool{false, true, false}, "getUpdates getUpdates deleteWebhook getUpdates"},
		"a webhook is set again at once":         {[]string{hooked, "", hooked}, []bool{true}, "getUpdates deleteWebhook getUpdates deleteWebhook"},
		"another program polls":                  {[]string{otherPoll}, []bool{true, false}, "getUpdates getUpdates"},
		"our own last poll comes late":           {[]string{"wait", otherPoll}, []bool{true, false}, "getUpdates getUpdates getUpdates"},
		"another program beside that":            {[]string{"wait", otherPoll, otherPoll}, []bool{true, true}, "getUpdates getUpdates getUpdates"},
		"another program after that":             {[]string{"wait", "", otherPoll}, []bool{true, false, true}, "getUpdates getUpdates getUpdates"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l, s := newPolling(t, test.answers...)
				var told []bool
				for range test.told {
					ctx, cancel := context.WithTimeout(t.Context(), time.Second)
					_, err := l.Stirs(ctx, nil)
					cancel()
					told = append(told, err != nil)
				}
				if !slices.Equal(told, test.told) {
					t.Errorf("told %v, want %v", told, test.told)
				}
				if calls := strings.Join(s.calls, " "); calls != test.calls {
					t.Errorf("calls %s, want %s", calls, test.calls)
				}
			})
		})
	}
}

// TestOnePoll: who asks while another one does waits until that has ended.
func TestOnePoll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, s := newPolling(t, "wait")
		ctx, cancel := context.WithCancel(t.Context())
		go l.Stirs(ctx, nil)
		synctest.Wait()
		got := make(chan error, 1)
		go func() {
			_, err := l.Receive(t.Context(), nil)
			got <- err
		}()
		synctest.Wait()
		if len(s.calls) != 1 {
			t.Errorf("%d polls at once", len(s.calls))
		}
		cancel()
		if err := <-got; err != nil || len(s.calls) != 2 {
			t.Errorf("%v after %d polls", err, len(s.calls))
		}
	})
}

// updating is a Telegram that has one update for whoever asks.
type updating struct{}

func (updating) Call(context.Context, string, *telegoapi.RequestData) (*telegoapi.Response, error) {
	return &telegoapi.Response{Ok: true, Result: []byte(`[{"update_id":1}]`)}, nil
}

// TestEndedOpeningHoldsNothing: what an opening has taken on counts until it asks for
// more, or ends: it may never be opened again.
func TestEndedOpeningHoldsNothing(t *testing.T) {
	bot, err := botapi.New(botapi.Options{Token: "1:" + strings.Repeat("A", 35), Caller: updating{}})
	if err != nil {
		t.Fatal(err)
	}
	of := newSet()
	l := newBot(bot, of, "acme")
	opening, end := context.WithCancel(t.Context())
	for range 2 {
		if _, err := l.Receive(opening, nil); err != nil {
			t.Fatal(err)
		}
		if held := of.o.Admission.Held(); held != 1 {
			t.Errorf("%d updates are held", held)
		}
	}
	end()
	for late := time.Now().Add(10 * time.Second); of.o.Admission.Held() != 0; time.Sleep(time.Millisecond) {
		if time.Now().After(late) {
			t.Fatal("what an ended opening took on is held for ever")
		}
	}
}

// late is a Telegram that answers while the node begins to stop.
type late struct {
	updating
	of *Set
}

func (c late) Call(ctx context.Context, url string, data *telegoapi.RequestData) (*telegoapi.Response, error) {
	c.of.Stop()
	return c.updating.Call(ctx, url, data)
}

// TestStopped: after the stop nothing that comes is taken on, because nobody would
// confirm it, and no call begins. What comes and what ends the question may fall either
// way, so it is tried often.
func TestStopped(t *testing.T) {
	for range 50 {
		synctest.Test(t, stopped)
	}
}

func stopped(t *testing.T) {
	of := newSet()
	bot, err := botapi.New(botapi.Options{Token: "1:" + strings.Repeat("A", 35), Caller: late{of: of}})
	if err != nil {
		t.Fatal(err)
	}
	l := newBot(bot, of, "acme")
	opening, end := context.WithTimeout(t.Context(), time.Second)
	defer end()
	batch, err := l.Receive(opening, nil)
	if err == nil || len(batch.Updates) > 0 || of.o.Admission.Held() > 0 {
		t.Errorf("%d updates came, %d are held, error %v", len(batch.Updates), of.o.Admission.Held(), err)
	}
	if o := l.Try(t.Context(), 1, nil); o.Kind != tenants.NotSent || !of.Lost().IsZero() {
		t.Errorf("a call ended as %+v; Telegram is lost since %s", o, of.Lost())
	}
}

// TestNamed: the names of tokens are read as they are written.
func TestNamed(t *testing.T) {
	for name, want := range map[string]tenants.ConnectionID{TokenName(1): 1, HelperName(72): 72, "bot_token": 0, "connection/1": 0} {
		c, ok := Named(name)
		if ok != (want != 0) || ok && c != want {
			t.Errorf("%s is of connection %d (%v), want %d", name, c, ok, want)
		}
	}
}
