package telegram

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mymmrac/telego"
	"github.com/mymmrac/telego/telegoapi"
)

// After a week without updates the ids begin anew, anywhere.
func TestUpdateIDsJump(t *testing.T) {
	s := newScene(t, Options{Seed: 3})
	id := func() int {
		s.saidIn(s.bot)
		return number(s.updates()[0]["update_id"])
	}
	first := id()
	s.w.SetTime(s.w.Now().Add(forgetIDs - time.Second))
	if next := id(); next != first+1 {
		t.Errorf("%d after %d", next, first)
	}
	s.w.SetTime(s.w.Now().Add(forgetIDs))
	if next := id(); next == first+2 || next < 2_000_001 || next >= 1_000_000_000 {
		t.Errorf("after a week %d came after %d", next, first+1)
	}
}

func TestQueueLimits(t *testing.T) {
	k := Unlimited()
	s := newScene(t, Options{Knobs: &k})
	robot := s.w.robot(s.bot)
	text := strings.Repeat("я", 10000) // six bytes each on the wire
	s.w.push(robot, updMessage, strings.Repeat("я", 11000), keepDay, 1)
	if n := len(s.updates()); n != 0 {
		t.Errorf("an update over 64 KiB came")
	}
	for range maxAnswerSize/60_000 + 2 {
		s.w.push(robot, updMessage, text, keepDay, 1)
	}
	all := robot.take(maxUpdates)
	size := 0
	for _, q := range all {
		size += q.size() + 50
	}
	if n := len(robot.queue); len(all) >= n || size > maxAnswerSize || size < maxAnswerSize-70_000 {
		t.Errorf("%d of %d updates of %d bytes in one answer", len(all), n, size)
	}
	size = 0
	for _, q := range robot.queue {
		size += q.size()
	}
	if robot.bytes != size {
		t.Errorf("%d bytes counted, %d queued", robot.bytes, size)
	}
	robot.bytes = maxQueuedBytes
	before := len(robot.queue)
	s.saidIn(s.bot)
	if len(robot.queue) != before {
		t.Error("a full queue took more")
	}
	robot.clear(0)
	if len(robot.queue) != 0 {
		t.Errorf("%d left", len(robot.queue))
	}
}

// An update lives as long as its message, not as long as it waits.
func TestUpdateOfOldMessageIsSkipped(t *testing.T) {
	s := newScene(t, Options{})
	s.w.AddFault(Fault{Do: LateUpdate, Delay: 23 * time.Hour, Count: 1})
	s.saidIn(s.bot)
	s.w.SetTime(s.w.Now().Add(23 * time.Hour))
	if n := s.w.Pending(s.bot); n != 1 {
		t.Fatalf("%d updates", n)
	}
	s.w.SetTime(s.w.Now().Add(time.Hour + time.Second))
	if n := s.w.Pending(s.bot); n != 0 {
		t.Error("the update outlived its message by a day")
	}
}

// The second conflict within three seconds is answered three seconds later.
func TestConflictsAreSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, Options{}, CallerOptions{})
		d.check(d.tg.SetWebhook(t.Context(), &telego.SetWebhookParams{URL: "https://a.bc/"}))
		for _, want := range []time.Duration{0, conflictPause, 0} {
			from := time.Now()
			_, err := d.tg.GetUpdates(t.Context(), &telego.GetUpdatesParams{})
			if took := time.Since(from); took != want || !isConflict(err) {
				t.Errorf("%v after %v, want %v", err, took, want)
			}
		}
	})
}

func isConflict(err error) bool {
	e, ok := err.(interface{ Unwrap() error })
	if !ok {
		return false
	}
	api, ok := e.Unwrap().(*telegoapi.Error)
	return ok && api.ErrorCode == 409 || isConflict(e.Unwrap())
}

// A waiting poll gathers what comes within two milliseconds.
func TestPollBatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, Options{}, CallerOptions{})
		done := make(chan bool)
		go func() {
			defer close(done)
			time.Sleep(time.Second)
			for range 6 {
				d.door.With(func(w *World) { d.saidIn(d.bot) })
				time.Sleep(600 * time.Microsecond)
			}
		}()
		from := time.Now()
		ups, err := d.tg.GetUpdates(t.Context(), &telego.GetUpdatesParams{Timeout: 10})
		if took := time.Since(from); err != nil || len(ups) != 4 || took != time.Second+batchMost {
			t.Errorf("%d updates after %v, %v", len(ups), took, err)
		}
		<-done
	})
}

// A second delivery of an update isn't confirmed by the first one's offset,
// also not by a poll that could have waited.
func TestDuplicateThroughLongPoll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, Options{Knobs: unlimitedKnobs()}, CallerOptions{})
		d.door.With(func(w *World) {
			w.AddFault(Fault{Do: DuplicateUpdate, Count: 1, Delay: time.Second})
			d.saidIn(d.bot)
		})
		offset, times := 0, 0
		for range 2 {
			ups, err := d.tg.GetUpdates(t.Context(), &telego.GetUpdatesParams{Offset: offset, Timeout: 5})
			d.check(err)
			for _, u := range ups {
				offset, times = u.UpdateID+1, times+1
			}
		}
		if times != 2 {
			t.Errorf("came %d times", times)
		}
	})
}

// A webhook ends a poll, also one that is refused in the end.
func TestCloseEndsPoll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, Options{}, CallerOptions{})
		time.Sleep(closeAfter)
		done := make(chan error, 1)
		go func() {
			_, err := d.tg.GetUpdates(t.Context(), &telego.GetUpdatesParams{Timeout: 50})
			done <- err
		}()
		synctest.Wait()
		from := time.Now()
		d.check(d.tg.Close(t.Context()))
		if err := <-done; err != nil || time.Since(from) != 0 {
			t.Errorf("%v after %v", err, time.Since(from))
		}
	})
}

func TestAllowedUpdatesArgument(t *testing.T) {
	s := newScene(t, Options{})
	for _, tt := range []struct {
		arg  any
		want bool // message_reaction is wanted
	}{
		{[]string{"message_reaction"}, true},
		{"nonsense", true},
		{`["message",5]`, true},
		{"{}", true},
		{[]string{}, false},
		{[]string{"MESSAGE_REACTION"}, true},
		{[]string{"unheard_of"}, false},
	} {
		s.ok("getUpdates", "allowed_updates", tt.arg)
		if got := s.w.robot(s.bot).wants(updReaction); got != tt.want {
			t.Errorf("%v: %v", tt.arg, got)
		}
	}
}
