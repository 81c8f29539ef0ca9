package telegram

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mymmrac/telego"
	tu "github.com/mymmrac/telego/telegoutil"
)

// took is how long f takes on the clock, and in the World.
func (d *desk) took(f func()) (clock, world time.Duration) {
	real, from := time.Now(), d.door.present()
	f()
	return time.Since(real), d.door.present().Sub(from)
}

func (d *desk) say(t *testing.T, to int64) error {
	_, err := d.tg.SendMessage(t.Context(), tu.Message(tu.ID(to), "x"))
	return err
}

func TestSpeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := Hidden()
		d := newDesk(t, Options{Knobs: &k}, CallerOptions{})
		d.door.SetSpeed(100)
		clock, world := d.took(func() {
			if _, err := d.tg.GetUpdates(t.Context(), &telego.GetUpdatesParams{Timeout: 50}); err != nil {
				t.Error(err)
			}
		})
		if clock.Round(time.Millisecond) != 500*time.Millisecond || world.Round(time.Second) != 50*time.Second {
			t.Errorf("a poll of 50 s took %v, and %v there", clock, world)
		}
		for range 20 {
			d.check(d.say(t, d.forum))
		}
		clock, world = d.took(func() { d.check(d.say(t, d.forum)) })
		if clock.Round(time.Millisecond) != 30*time.Millisecond || world.Round(time.Second) != 3*time.Second {
			t.Errorf("a hidden flood of 3 s took %v, and %v there", clock, world)
		}
		time.Sleep(600 * time.Millisecond)
		for range 20 {
			d.check(d.say(t, d.forum))
		}
	})
}

// A jump, or another speed, in the middle of a wait.
func TestTurnsWhileWaiting(t *testing.T) {
	for name, tt := range map[string]struct {
		turn func(*Door)
		want time.Duration
	}{
		"nothing":    {func(*Door) {}, 60 * time.Second},
		"jump":       {func(d *Door) { d.Advance(20 * time.Second) }, 40 * time.Second},
		"far jump":   {func(d *Door) { d.Advance(time.Hour) }, 10 * time.Second},
		"faster":     {func(d *Door) { d.SetSpeed(10) }, 15 * time.Second},
		"slower":     {func(d *Door) { d.SetSpeed(0.5) }, 110 * time.Second},
		"both":       {func(d *Door) { d.SetSpeed(10); d.Advance(20 * time.Second) }, 13 * time.Second},
		"and so on":  {func(d *Door) { d.SetSpeed(10); d.SetSpeed(1) }, 60 * time.Second},
		"jump twice": {func(d *Door) { d.Advance(time.Second); d.Advance(time.Second) }, 58 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t, Options{}, CallerOptions{})
				d.door.With(func(w *World) { w.AddFault(Fault{Do: Slow, Delay: time.Minute, Method: "sendMessage"}) })
				go func() {
					time.Sleep(10 * time.Second)
					tt.turn(d.door)
				}()
				clock, _ := d.took(func() { d.check(d.say(t, d.cli)) })
				if clock.Round(time.Millisecond) != tt.want {
					t.Errorf("it took %v, want %v", clock, tt.want)
				}
			})
		})
	}
}

// A client's own timeout runs on the clock, whatever the World does; the
// call is done when its time comes there.
func TestTimeoutIsTheClients(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, Options{}, CallerOptions{Timeout: 5 * time.Second})
		d.door.SetSpeed(0.1)
		d.door.With(func(w *World) { w.AddFault(Fault{Do: Slow, Delay: 2 * time.Second, Count: 1, Method: "sendMessage"}) })
		var err error
		clock, _ := d.took(func() { err = d.say(t, d.cli) })
		if !errors.Is(err, context.DeadlineExceeded) || clock != 5*time.Second {
			t.Errorf("after %v: %v", clock, err)
		}
		count := func() (n int) {
			d.door.With(func(w *World) { n = len(w.View(d.cli, d.bot, AllTopics)) })
			return n
		}
		before := count()
		time.Sleep(16 * time.Second)
		if got := count(); got != before+1 {
			t.Errorf("%d messages, before %d", got, before)
		}
	})
}

// A call given up while it waited for a hidden flood is done all the same,
// up to 8 s later.
func TestGivenUpFloodIsDone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := Hidden()
		d := newDesk(t, Options{Knobs: &k}, CallerOptions{Timeout: time.Second})
		for range 20 {
			d.check(d.say(t, d.forum))
		}
		count := func() (n int) {
			d.door.With(func(w *World) { n = len(w.View(d.ann, d.forum, AllTopics)) })
			return n
		}
		before := count()
		for range 2 { // the second waits for the first
			if err := d.say(t, d.forum); !errors.Is(err, context.DeadlineExceeded) {
				t.Fatal(err)
			}
		}
		for i, want := range []int{0, 1, 1, 1, 2} { // at 2, 3, 4, 5, 6 s
			if got := count() - before; got != want {
				t.Errorf("after %d s %d are there, want %d", i+2, got, want)
			}
			time.Sleep(time.Second)
		}
	})
}

// A call given up while it was slow meets the flood when its time comes, and
// waits for that too.
func TestGivenUpSlowCallMeetsAFlood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := Hidden()
		d := newDesk(t, Options{Knobs: &k}, CallerOptions{Timeout: time.Second})
		d.door.With(func(w *World) {
			w.AddFault(Fault{Do: Slow, Method: "sendMessage", Count: 1, Delay: 5 * time.Second})
		})
		if err := d.say(t, d.forum); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatal(err)
		}
		time.Sleep(3 * time.Second)
		for range 20 { // at 4 s: one of them is free again at 7 s
			d.check(d.say(t, d.forum))
		}
		count := func() (n int) {
			d.door.With(func(w *World) { n = len(w.View(d.ann, d.forum, AllTopics)) })
			return n
		}
		before := count()
		for i, want := range []int{0, 0, 0, 1, 1} { // at 4, 5, 6, 7, 8 s
			if got := count() - before; got != want {
				t.Errorf("after %d s %d are there, want %d", i+4, got, want)
			}
			time.Sleep(time.Second)
		}
	})
}
