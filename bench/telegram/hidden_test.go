package telegram

import (
	"fmt"
	"testing"
	"time"
)

// The waits of those ahead count: the third behind a full bucket waits 3 s
// for itself and 3 s for the second; the fourth would have waited 9 s.
func TestHiddenFlood(t *testing.T) {
	k := Hidden()
	s := newScene(t, Options{Knobs: &k})
	s.burst(s.forum, 20)
	for i, want := range []string{"true 3s 0", "true 6s 0", "true 9s 0", "false 9s 3", "false 9s 3"} {
		a := s.send(s.forum)
		if got := fmt.Sprint(a.OK, a.Delay, a.RetryAfter); got != want {
			t.Errorf("call %d: %s, want %s", i+1, got, want)
		}
	}
	s.after(10 * time.Second)
	if a := s.send(s.forum); !a.OK || a.Delay != 2*time.Second {
		t.Errorf("later: %v %d after %v", a.OK, a.Code, a.Delay)
	}
}

// A call that comes while the first one waits has its own waits only.
func TestHiddenFloodOfOneThatComesLater(t *testing.T) {
	k := Hidden()
	s := newScene(t, Options{Knobs: &k})
	s.burst(s.forum, 20)
	s.send(s.forum)
	s.after(2 * time.Second)
	for i, want := range []string{"true 4s 0", "true 7s 0", "false 7s 3"} {
		a := s.send(s.forum)
		if got := fmt.Sprint(a.OK, a.Delay, a.RetryAfter); got != want {
			t.Errorf("call %d: %s, want %s", i+1, got, want)
		}
	}
}

func TestHiddenFloodTooLong(t *testing.T) {
	k := Hidden()
	k.Group = Strict().Group
	s := newScene(t, Options{Knobs: &k})
	s.burst(s.forum, 20)
	if a := s.send(s.forum); a.RetryAfter != 60 || a.Delay != 0 {
		t.Errorf("a wait of a minute is told at once: %+v", a)
	}
	s.after(53 * time.Second)
	if a := s.send(s.forum); !a.OK || a.Delay != 7*time.Second {
		t.Errorf("a wait of 7 s is not: %+v", a)
	}
}

// One message that waits holds up what follows it into that chat, though
// that is counted elsewhere; other chats and edits go on.
func TestHiddenFloodHoldsTheRow(t *testing.T) {
	k := Hidden()
	k.Forwards, k.Edits = Separate, Separate
	s := newScene(t, Options{Knobs: &k})
	id := s.own(s.forum)
	s.burst(s.forum, 19)
	s.send(s.forum)
	forward := s.call("forwardMessage", "chat_id", s.forum, "from_chat_id", s.cli, "message_id", s.saidIn(s.bot))
	if !forward.OK || forward.Delay != 3*time.Second {
		t.Errorf("a forward behind it: %v after %v", forward.OK, forward.Delay)
	}
	if a := s.call("editMessageText", "chat_id", s.forum, "message_id", id, "text", "y"); !a.OK || a.Delay != 0 {
		t.Errorf("an edit: %v after %v", a.OK, a.Delay)
	}
	if a := s.send(s.cli); !a.OK || a.Delay != 0 {
		t.Errorf("another chat: %v after %v", a.OK, a.Delay)
	}
}

// What isn't a message waits for itself.
func TestHiddenFloodOfEdits(t *testing.T) {
	k := Hidden()
	s := newScene(t, Options{Knobs: &k})
	id := s.own(s.forum)
	s.burst(s.forum, 19)
	for i, want := range []string{"true 3s", "true 6s", "false 0s"} {
		a := s.call("editMessageText", "chat_id", s.forum, "message_id", id, "text", fmt.Sprint(i))
		if got := fmt.Sprint(a.OK, a.Delay); got != want {
			t.Errorf("edit %d: %s, want %s", i+1, got, want)
		}
	}
}

func TestUnsentMessages(t *testing.T) {
	for _, limits := range []bool{true, false} {
		k := Hidden()
		k.Private, k.ServerLimits = k.Group, limits
		s := newScene(t, Options{Knobs: &k})
		s.burst(s.cli, 20)
		last := 3
		for range maxUnsent {
			last = s.send(s.cli).RetryAfter
		}
		if last != 3 {
			t.Errorf("message %d on the way: retry after %d", maxUnsent, last)
		}
		a := s.send(s.cli)
		if limits && (a.RetryAfter != 60 || a.Delay != 3*time.Second) {
			t.Errorf("one more: %+v", a)
		}
		if !limits && a.RetryAfter != 3 {
			t.Errorf("one more without the limit: %+v", a)
		}
	}
}

func TestHeld(t *testing.T) {
	k := Hidden()
	s := newScene(t, Options{Knobs: &k})
	s.burst(s.forum, 20)
	var waiting []*Pending
	for range 4 {
		p := s.w.Begin(s.token, "sendMessage", ArgsOf("chat_id", s.forum, "text", "x"))
		s.w.Finish(p)
		waiting = append(waiting, p)
	}
	now := s.w.Now()
	s.w.AddFault(Fault{Do: Slow, Delay: time.Minute})
	waiting = append(waiting, s.w.Begin(s.token, "sendMessage", ArgsOf("chat_id", s.cli, "text", "x")))
	got := s.w.Held()
	for i, want := range []Held{
		{s.bot, s.forum, "sendMessage", now, now.Add(3 * time.Second), false},
		{s.bot, s.forum, "sendMessage", now, now.Add(6 * time.Second), false},
		{s.bot, s.forum, "sendMessage", now, now.Add(9 * time.Second), false},
		{s.bot, s.forum, "sendMessage", now, now.Add(9 * time.Second), true},
		{s.bot, s.cli, "sendMessage", now, now.Add(time.Minute), false},
	} {
		if i >= len(got) || got[i] != want && !(got[i].Due.Equal(want.Due) && i > 1) {
			t.Errorf("%d: %+v, want %+v", i, got, want)
		}
	}
	s.after(time.Minute)
	for _, p := range waiting {
		s.w.Finish(p)
	}
	if len(s.w.Held()) != 0 || len(s.w.active) != 0 || s.w.robot(s.bot).active != 0 {
		t.Errorf("left: %+v", s.w.Held())
	}
}
