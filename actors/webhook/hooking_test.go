package webhook

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"topicdesk/actors/login"
	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// hooks is a hooking with what it says; answer is what Telegram says to the n-th call
// for a bot, after a tenth of a second.
type hooks struct {
	*hooking
	stop    context.CancelFunc
	said    []string
	calls   map[int][]time.Duration
	atOnce  int
	calling int
	begin   time.Time
}

func newHooks(t *testing.T) *hooks {
	ctx, stop := context.WithCancel(t.Context())
	s := &hooks{stop: stop, calls: map[int][]time.Duration{}, begin: time.Now()}
	s.hooking = newHooking(ctx, func(format string, args ...any) { s.said = append(s.said, fmt.Sprintf(format, args...)) })
	return s
}

func (s *hooks) add(bot int, answer func(n int) error) {
	s.hooking.add(login.Key{Tenant: tenants.TenantID(fmt.Sprint("t", bot)), Connection: 1}, func(ctx context.Context) error {
		s.mu.Lock()
		s.calls[bot] = append(s.calls[bot], time.Since(s.begin))
		n := len(s.calls[bot])
		s.calling++
		s.atOnce = max(s.atOnce, s.calling)
		s.mu.Unlock()
		time.Sleep(100 * time.Millisecond) // of the bubble
		err := ctx.Err()
		s.mu.Lock()
		defer s.mu.Unlock()
		s.calling--
		if err != nil || answer == nil {
			return err
		}
		return answer(n)
	})
}

func pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func refusedBecause(why string, kind tenants.OutcomeKind, after time.Duration) error {
	return &telegram.ReceiveError{Outcome: tenants.Outcome{Kind: kind, Why: why, After: after}}
}

// TestHooking: many webhooks are set, some at a time, with a line now and then.
func TestHooking(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newHooks(t)
		for bot := range 10_000 {
			s.add(bot, nil)
		}
		pass(time.Minute)
		if len(s.calls) != 10_000 || s.atOnce != hooksAtOnce {
			t.Errorf("%d of 10000 called for, %d at once", len(s.calls), s.atOnce)
		}
		if n := len(s.said); n < 3 || n > 7 || s.said[n-1] != "Webhooks: all 10000 are accepted." {
			t.Errorf("said %q", s.said)
		}
		s.add(10_000, nil)
		pass(time.Second)
		if said := s.said[len(s.said)-1]; said != "Webhooks: all 10000 are accepted." {
			t.Errorf("of one more it is said: %s", said)
		}
	})
}

// TestHooksRefused: a refused webhook is tried again after longer and longer pauses, a
// bot that was let go is not, and nobody reads the same twice.
func TestHooksRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newHooks(t)
		for bot := range 100 {
			s.add(bot, func(n int) error {
				if n < 10 {
					return refusedBecause("Bad Gateway", tenants.NotSent, 0)
				}
				return nil
			})
		}
		s.add(100, func(n int) error {
			if n == 1 {
				return refusedBecause("Too Many Requests: retry after 7", tenants.Flood, 7*time.Second)
			}
			return nil
		})
		s.add(101, func(int) error { return errors.New("no") })
		pass(time.Minute)
		s.remove(t.Context(), login.Key{Tenant: "t101", Connection: 1})
		pass(10 * time.Minute)
		if calls := fmt.Sprint(s.calls[0][1:5]); calls != "[1.1s 3.2s 7.3s 15.4s]" {
			t.Errorf("a refused one is called for after %s", calls)
		}
		if n := len(s.calls[101]); n != 6 {
			t.Errorf("%d calls for one that was let go after a minute", n)
		}
		if n := len(s.calls[100]); n != 2 || s.calls[100][1] < 8*time.Second {
			t.Errorf("a flood was not waited for: %s", s.calls[100])
		}
		text := strings.Join(s.said, "\n")
		if len(s.said) > 5 || !strings.Contains(text, ", connection 1: Telegram does not take the webhook (Bad Gateway); trying again in 1s.") ||
			!strings.Contains(text, "So it is with ") {
			t.Errorf("said\n%s", text)
		}
	})
}

// TestHookRemoved: a bot is let go only when no call for it is under way, which would set
// the webhook again after it was taken off.
func TestHookRemoved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newHooks(t)
		s.add(1, nil)
		pass(50 * time.Millisecond)
		s.remove(t.Context(), login.Key{Tenant: "t1", Connection: 1})
		if took := time.Since(s.begin); s.calling != 0 || took > 200*time.Millisecond {
			t.Errorf("after %s %d calls are under way", took, s.calling)
		}
		s.remove(t.Context(), login.Key{Tenant: "t1", Connection: 1})
	})
}

// TestHooksEnd: at the stop no call goes on.
func TestHooksEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newHooks(t)
		for bot := range 1000 {
			s.add(bot, func(int) error { return errors.New("no") })
		}
		pass(50 * time.Millisecond)
		s.stop()
		pass(time.Hour)
		if len(s.calls) != hooksAtOnce || s.calling != 0 {
			t.Errorf("%d called for, %d still", len(s.calls), s.calling)
		}
	})
}
