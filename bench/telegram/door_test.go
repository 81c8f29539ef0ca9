package telegram

import (
	"bytes"
	"context"
	"errors"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mymmrac/telego"
	"github.com/mymmrac/telego/telegoapi"
	tu "github.com/mymmrac/telego/telegoutil"
)

// desk is a scene behind a Door, with a telego bot.
type desk struct {
	*scene
	door *Door
	tg   *telego.Bot
}

func newDesk(t *testing.T, o Options, c CallerOptions) *desk {
	t.Helper()
	s := newScene(t, o)
	d := &desk{scene: s, door: NewDoor(s.w, nil)}
	var err error
	d.tg, err = telego.NewBot(s.token, telego.WithAPICaller(d.door.Caller(c)), telego.WithDiscardLogger())
	s.check(err)
	return d
}

func TestTelegoWorks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, Options{}, CallerOptions{})
		ctx := t.Context()
		me, err := d.tg.GetMe(ctx)
		if err != nil || me.ID != d.bot {
			t.Fatalf("%+v %v", me, err)
		}
		topic, err := d.tg.CreateForumTopic(ctx, &telego.CreateForumTopicParams{ChatID: tu.ID(d.forum), Name: "T"})
		d.check(err)
		m, err := d.tg.SendDocument(ctx, tu.Document(tu.ID(d.forum), tu.FileFromReader(bytes.NewReader([]byte("data")), "a.txt")).
			WithMessageThreadID(topic.MessageThreadID).WithCaption("c"))
		d.check(err)
		if m.Document == nil || m.Document.FileName != "a.txt" || m.Caption != "c" || !m.IsTopicMessage {
			t.Errorf("%+v", m)
		}
		_, err = d.tg.SendMessage(ctx, tu.Message(tu.ID(1), "x"))
		var api *telegoapi.Error
		if !errors.As(err, &api) || api.ErrorCode != 400 || api.Description != failures[chatNotFound].Text {
			t.Errorf("%v", err)
		}
	})
}

func TestLongPoll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, Options{}, CallerOptions{})
		poll := func() ([]telego.Update, time.Duration, error) {
			from := time.Now()
			ups, err := d.tg.GetUpdates(t.Context(), &telego.GetUpdatesParams{Timeout: 30})
			return ups, time.Since(from), err
		}
		if ups, took, err := poll(); len(ups) != 0 || took != 30*time.Second || err != nil {
			t.Errorf("empty poll: %v %v %v", ups, took, err)
		}
		go func() {
			time.Sleep(7 * time.Second)
			d.door.With(func(w *World) { d.saidIn(d.bot) })
		}()
		if ups, took, err := poll(); len(ups) != 1 || took != 7*time.Second+batchPause || err != nil {
			t.Errorf("poll: %v %v %v", ups, took, err)
		}
	})
}

func TestPollsConflict(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, Options{}, CallerOptions{})
		older := make(chan error, 1)
		go func() {
			_, err := d.tg.GetUpdates(t.Context(), &telego.GetUpdatesParams{Timeout: 50})
			older <- err
		}()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		_, err := d.tg.GetUpdates(ctx, &telego.GetUpdatesParams{Timeout: 50})
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("newer: %v", err)
		}
		var api *telegoapi.Error
		if err := <-older; !errors.As(err, &api) || api.ErrorCode != 409 || api.Description != failures[otherPoll].Text {
			t.Errorf("older: %v", err)
		}
		go func() {
			_, err := d.tg.GetUpdates(t.Context(), &telego.GetUpdatesParams{Timeout: 50})
			older <- err
		}()
		synctest.Wait()
		d.check(d.tg.SetWebhook(t.Context(), &telego.SetWebhookParams{URL: "https://a.bc/"}))
		if err := <-older; !errors.As(err, &api) || api.Description != failures[setWebhookMeanwhile].Text {
			t.Errorf("poll cut by setWebhook: %v", err)
		}
	})
}

func TestLosses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, Options{Knobs: unlimitedKnobs()}, CallerOptions{Timeout: 20 * time.Second})
		var status *HTTPStatusError
		tests := []struct {
			do   FaultKind
			is   func(error) bool
			done bool
			took time.Duration
		}{
			{LostAnswer, func(err error) bool { return errors.Is(err, syscall.ECONNRESET) }, true, 0},
			{Reset, func(err error) bool { return errors.Is(err, syscall.ECONNRESET) }, false, 0},
			{Gateway, func(err error) bool { return errors.As(err, &status) && status.Code == 502 }, false, 0},
			{ServerAfter, func(err error) bool { return errors.As(err, &status) && status.Code == 500 }, true, 0},
			{Slow, func(err error) bool { return err == nil }, true, 4 * time.Second},
			{SlowAfter, func(err error) bool { return err == nil }, true, 4 * time.Second},
			{Hang, func(err error) bool { return errors.Is(err, context.DeadlineExceeded) }, true, 20 * time.Second},
			{Black, func(err error) bool { return errors.Is(err, context.DeadlineExceeded) }, false, 20 * time.Second},
		}
		for _, tt := range tests {
			before := 0
			d.door.With(func(w *World) {
				before = len(w.View(d.cli, d.bot, 0))
				w.AddFault(Fault{Do: tt.do, Method: "sendMessage", Count: 1, Delay: 4 * time.Second})
			})
			from := time.Now()
			_, err := d.tg.SendMessage(t.Context(), tu.Message(tu.ID(d.cli), "x"))
			took := time.Since(from)
			d.door.With(func(w *World) {
				done := len(w.View(d.cli, d.bot, 0)) > before
				if !tt.is(err) || done != tt.done || took != tt.took {
					t.Errorf("%s: %v, done %v, took %v", tt.do, err, done, took)
				}
			})
		}
	})
}

// A call whose caller gave up is done all the same, when its time comes.
func TestGivenUpCallIsDoneLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, Options{Knobs: unlimitedKnobs()}, CallerOptions{Timeout: 5 * time.Second})
		shown := func() (n int) {
			d.door.With(func(w *World) { n = len(w.View(d.cli, d.bot, 0)) })
			return n
		}
		before := shown()
		d.door.With(func(w *World) {
			w.AddFault(Fault{Do: Slow, Method: "sendMessage", Count: 1, Delay: 8 * time.Second})
		})
		sent := time.Now()
		if _, err := d.tg.SendMessage(t.Context(), tu.Message(tu.ID(d.cli), "late")); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("%v", err)
		}
		if shown() != before {
			t.Fatal("done too early")
		}
		if due := d.door.Due(); !due.Equal(sent.Add(8 * time.Second)) {
			t.Errorf("due %v", due.Sub(sent))
		}
		time.Sleep(4 * time.Second)
		d.door.With(func(w *World) {
			all := w.View(d.cli, d.bot, 0)
			if len(all) != before+1 || all[before].Date != sent.Add(8*time.Second).Unix() {
				t.Errorf("%+v", all)
			}
		})
	})
}

// Short floods are slowness; the sends of one chat wait for each other.
func TestHiddenFloodWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := Hidden()
		d := newDesk(t, Options{Knobs: &k}, CallerOptions{})
		d.burst(d.forum, 20)
		from := time.Now()
		done := make(chan time.Duration, 2)
		for range 2 {
			go func() {
				_, err := d.tg.SendMessage(t.Context(), tu.Message(tu.ID(d.forum), "x"))
				if err != nil {
					t.Error(err)
				}
				done <- time.Since(from)
			}()
		}
		if a, b := <-done, <-done; a != 3*time.Second || b != 6*time.Second {
			t.Errorf("waited %v and %v", a, b)
		}
	})
}

func TestAdvance(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, Options{}, CallerOptions{})
		var before, after time.Time
		d.door.With(func(w *World) { before = w.Now() })
		d.door.Advance(48 * time.Hour)
		d.door.With(func(w *World) { after = w.Now() })
		if after.Sub(before) != 48*time.Hour {
			t.Errorf("jumped %v", after.Sub(before))
		}
	})
}

// stepper is a Waiter of a one-thread scheduler: it lets time pass only as
// far as the next thing that happens.
type stepper struct {
	now    time.Time
	events map[time.Time]func()
}

func (s *stepper) Now() time.Time { return s.now }

func (s *stepper) Sleep(ctx context.Context, d time.Duration) error {
	return s.Wait(ctx, d, func() bool { return false })
}

func (s *stepper) Wait(ctx context.Context, d time.Duration, ready func() bool) error {
	end := s.now.Add(d)
	for !ready() {
		next := end
		for at := range s.events {
			if at.Before(next) {
				next = at
			}
		}
		s.now = next
		if f := s.events[next]; f != nil {
			delete(s.events, next)
			f()
			continue
		}
		return nil
	}
	return ctx.Err()
}

func TestOwnWaiter(t *testing.T) {
	s := newScene(t, Options{})
	clock := &stepper{now: time.Unix(1_800_000_000, 0), events: map[time.Time]func(){}}
	door := NewDoor(s.w, clock)
	clock.events[clock.now.Add(5*time.Second)] = func() {
		door.With(func(w *World) { s.saidIn(s.bot) })
	}
	from := clock.now
	a, err := door.Call(t.Context(), s.token, "getUpdates", ArgsOf("timeout", 50), 0)
	if err != nil || !a.OK || len(a.Result) < 10 || clock.now.Sub(from) != 5*time.Second+batchPause {
		t.Errorf("%v %s after %v", err, a.Result, clock.now.Sub(from))
	}
	door.With(func(w *World) {
		w.AddFault(Fault{Do: Slow, Method: "getMe", Delay: 8 * time.Second})
	})
	if _, err := door.Call(t.Context(), s.token, "getMe", Args{}, time.Second); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}
