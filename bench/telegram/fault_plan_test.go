package telegram

import (
	"errors"
	"fmt"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mymmrac/telego"
)

// pattern sends n times and draws x for each that a fault struck.
func (s *scene) pattern(n int) string {
	out := ""
	for range n {
		out += map[bool]string{true: "x", false: "."}[s.send(s.cli).Loss != LossNone]
	}
	return out
}

// Another fault, before or after, changes nothing about a fault's luck; two
// of the same kind don't strike together.
func TestFaultsDrawForThemselves(t *testing.T) {
	main := Fault{Do: LostAnswer, Chance: 0.3}
	other := Fault{Do: SlowAfter, Delay: time.Second, Chance: 0.5, Name: "other"}
	draw := func(faults ...Fault) string {
		s := newScene(t, Options{Seed: 5, Knobs: unlimitedKnobs()})
		for _, f := range faults {
			s.w.AddFault(f)
		}
		return s.pattern(40)
	}
	alone := draw(main)
	if got := draw(main, other); got != alone {
		t.Errorf("with another behind it: %s, alone %s", got, alone)
	}
	second := draw(other, main)
	for i := range second { // the other one, if it strikes, is first
		if second[i] == 'x' && alone[i] != 'x' {
			t.Errorf("with another before it: %s, alone %s", second, alone)
			break
		}
	}
	if got := draw(main, main); got == alone {
		t.Errorf("the twin strikes together with it: %s", got)
	}
}

// The World's own draws don't depend on faults.
func TestFaultsLeaveTheWorldsDraws(t *testing.T) {
	throw := func(faults ...Fault) (out string) {
		s := newScene(t, Options{Seed: 5, Knobs: unlimitedKnobs()})
		for _, f := range faults {
			s.w.AddFault(f)
		}
		for range 10 {
			out += fmt.Sprint(s.ok("sendDice", "chat_id", s.cli)["dice"])
		}
		return out
	}
	if a, b := throw(), throw(Fault{Do: SlowAfter, Delay: 1, Chance: 0.5}); a != b {
		t.Errorf("%s, with a fault %s", a, b)
	}
}

func TestFaultCounting(t *testing.T) {
	for _, tt := range []struct {
		fault Fault
		want  string
	}{
		{Fault{Nth: 3}, "..x..x..x..x"},
		{Fault{Nth: 3, Skip: 2}, "....x..x..x."},
		{Fault{Nth: 3, Count: 2}, "..x..x......"},
		{Fault{Skip: 2, Count: 3}, "..xxx......."},
	} {
		s := newScene(t, Options{Knobs: unlimitedKnobs()})
		tt.fault.Do, tt.fault.Method = LostAnswer, "sendMessage"
		s.w.AddFault(tt.fault)
		if got := s.pattern(12); got != tt.want {
			t.Errorf("%+v: %s, want %s", tt.fault, got, tt.want)
		}
	}
}

// TestFaultTimes looks every 10 s, the first time at 0.
func TestFaultTimes(t *testing.T) {
	for _, tt := range []struct {
		from, until    time.Duration
		every, lasting time.Duration
		want           string
	}{
		{0, 0, 30 * time.Second, 10 * time.Second, "x..x..x..x.."},
		{20 * time.Second, 0, 30 * time.Second, 20 * time.Second, "..xx.xx.xx.x"},
		{20 * time.Second, 70 * time.Second, 30 * time.Second, 20 * time.Second, "..xx.xx....."},
		{40 * time.Second, 60 * time.Second, 0, 0, "....xx......"},
	} {
		s := newScene(t, Options{Knobs: unlimitedKnobs()})
		f := Fault{Do: LostAnswer, Every: tt.every, Lasting: tt.lasting}
		if tt.from > 0 {
			f.From = s.w.Now().Add(tt.from)
		}
		if tt.until > 0 {
			f.Until = s.w.Now().Add(tt.until)
		}
		s.w.AddFault(f)
		got := ""
		for range 12 {
			got += s.pattern(1)
			s.after(10 * time.Second)
		}
		if got != tt.want {
			t.Errorf("%+v: %s, want %s", tt, got, tt.want)
		}
	}
}

func TestFaultOfTopicAndUpdate(t *testing.T) {
	s := newScene(t, Options{})
	one, two := s.topicOfAnn(), s.topicOfAnn()
	s.w.AddFault(Fault{Do: LostAnswer, Topic: two})
	for topic, want := range map[int]Loss{0: LossNone, one: LossNone, two: LossReset} {
		if got := s.call("sendMessage", "chat_id", s.forum, "message_thread_id", topic, "text", "x").Loss; got != want {
			t.Errorf("topic %d: loss %v", topic, got)
		}
	}
	s.w.ClearFaults()
	s.updates()
	s.w.AddFault(Fault{Do: LoseUpdate, Chat: s.forum, Topic: two})
	for topic, want := range map[int]int{one: 1, two: 0} {
		_, err := s.w.Say(s.ann, s.forum, topic, "x")
		s.check(err)
		if got := len(s.updates()); got != want {
			t.Errorf("topic %d: %d updates", topic, got)
		}
	}
	s.saidIn(s.bot)
	if got := len(s.updates()); got != 1 {
		t.Errorf("another chat: %d updates", got)
	}
}

func TestMoreMishaps(t *testing.T) {
	s := newScene(t, Options{})
	strike := func(do FaultKind) { s.w.AddFault(Fault{Do: do, Method: "sendMessage", Count: 1}) }
	strike(DeleteAccount)
	s.refused(userDeactivated, "sendMessage", "chat_id", s.cli, "text", "x")
	topic := s.topicOfAnn()
	s.check(s.w.Promote(s.ann, s.forum, s.bot, Rights{}, ""))
	strike(CloseTopic)
	s.refused(topicClosed, "sendMessage", "chat_id", s.forum, "message_thread_id", topic, "text", "x")
	group := s.w.NewGroup(s.ann, "Friends", s.bot)
	strike(UpgradeGroup)
	a := s.call("sendMessage", "chat_id", group, "text", "x")
	if a.Description != failures[upgraded].Text || a.MigrateTo == 0 {
		t.Errorf("%+v", a)
	}
	strike(UpgradeGroup) // once more does nothing
	s.refusedAgain(group)
	if a := s.send(a.MigrateTo); !a.OK {
		t.Errorf("in the new one: %+v", a)
	}
}

// refusedAgain sends into a group that was upgraded before.
func (s *scene) refusedAgain(to int64) {
	s.t.Helper()
	if a := s.send(to); a.Description != failures[upgraded].Text {
		s.t.Errorf("once more: %+v", a)
	}
}

func TestFaultKindsCheckOut(t *testing.T) {
	for _, k := range FaultKinds() {
		f := Fault{Do: k}
		if k == Slow || k == SlowAfter || k == LateUpdate {
			f.Delay = time.Second
		}
		if err := f.Check(); err != nil {
			t.Errorf("%s: %v", k, err)
		}
	}
}

// An outage breaks calls and the poll that waits; what waits then comes
// after it.
func TestOutage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, Options{}, CallerOptions{})
		d.door.With(func(w *World) {
			from := w.Now().Add(10 * time.Second)
			w.AddFault(Fault{Do: Outage, From: from, Until: from.Add(5 * time.Minute)})
		})
		poll := func() ([]telego.Update, error) {
			return d.tg.GetUpdates(t.Context(), &telego.GetUpdatesParams{Timeout: 50})
		}
		d.check(d.say(t, d.cli))
		clock, _ := d.took(func() {
			if _, err := poll(); !errors.Is(err, syscall.ECONNRESET) {
				t.Errorf("the poll that waited: %v", err)
			}
		})
		if clock != 10*time.Second {
			t.Errorf("it was cut after %v", clock)
		}
		d.door.With(func(*World) { d.saidIn(d.bot) })
		if err := d.say(t, d.cli); !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("a call: %v", err)
		}
		if _, err := poll(); !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("another poll: %v", err)
		}
		time.Sleep(5 * time.Minute)
		d.check(d.say(t, d.cli))
		if ups, err := poll(); len(ups) != 1 || err != nil {
			t.Errorf("after it: %d updates, %v", len(ups), err)
		}
	})
}

// An outage of one bot, put into the plan while it polls and taken out.
func TestOutageOfOneBot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, Options{}, CallerOptions{})
		go func() {
			time.Sleep(7 * time.Second)
			d.door.With(func(w *World) { w.AddFault(Fault{Do: Outage, Bot: d.bot}) })
		}()
		clock, _ := d.took(func() {
			if _, err := d.tg.GetUpdates(t.Context(), &telego.GetUpdatesParams{Timeout: 50}); err == nil {
				t.Error("the poll was answered")
			}
		})
		if clock != 7*time.Second {
			t.Errorf("cut after %v", clock)
		}
		d.door.With(func(w *World) {
			_, token := w.NewBot(Robot{Name: "Other"})
			if a := w.Call(token, "getMe", Args{}); !a.OK || a.Loss != LossNone {
				t.Errorf("another bot: %+v", a)
			}
			w.ClearFaults()
		})
		d.check(d.say(t, d.cli))
	})
}
