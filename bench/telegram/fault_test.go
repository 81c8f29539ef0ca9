package telegram

import (
	"testing"
	"time"
)

func TestCallFaults(t *testing.T) {
	tests := []struct {
		do   FaultKind
		done bool
		loss Loss
		code int
	}{
		{Flood, false, LossNone, 429},
		{ServerError, false, LossServer, 500},
		{Gateway, false, LossGateway, 502},
		{Reset, false, LossReset, 500},
		{Black, false, LossHang, 500},
		{LostAnswer, true, LossReset, 0},
		{GatewayAfter, true, LossGateway, 0},
		{ServerAfter, true, LossServer, 0},
		{Hang, true, LossHang, 0},
		{Slow, true, LossNone, 0},
		{SlowAfter, true, LossNone, 0},
	}
	for _, tt := range tests {
		s := newScene(t, Options{})
		before := len(s.w.View(s.cli, s.bot, 0))
		s.w.AddFault(Fault{Do: tt.do, Method: "send*", Chat: s.cli, Count: 1, Retry: 7, Delay: 4 * time.Second})
		a := s.send(s.cli)
		done := len(s.w.View(s.cli, s.bot, 0)) > before
		if done != tt.done || a.Loss != tt.loss || a.Code != tt.code || a.OK != tt.done {
			t.Errorf("%s: done %v, loss %v, code %d", tt.do, done, a.Loss, a.Code)
		}
		slow := tt.do == Slow || tt.do == SlowAfter || tt.do == Hang
		if slow != (a.Delay == 4*time.Second) {
			t.Errorf("%s: delay %v", tt.do, a.Delay)
		}
		if tt.do == Flood && a.RetryAfter != 7 {
			t.Errorf("retry after %d", a.RetryAfter)
		}
		if a := s.send(s.cli); !a.OK || a.Loss != LossNone {
			t.Errorf("%s struck twice", tt.do)
		}
		if a := s.call("getMe"); a.Loss != LossNone {
			t.Errorf("%s struck another method", tt.do)
		}
	}
}

func TestFaultCounts(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	s.w.AddFault(Fault{Do: ServerError, Method: "sendMessage", Skip: 2, Count: 2})
	got := ""
	for range 6 {
		if s.send(s.cli).OK {
			got += "."
		} else {
			got += "x"
		}
	}
	if got != "..xx.." {
		t.Errorf("struck %s", got)
	}
	s.w.ClearFaults()
	from := s.w.Now().Add(time.Minute)
	s.w.AddFault(Fault{Do: Reset, From: from, Until: from.Add(time.Minute)})
	for _, tt := range []struct {
		after time.Duration
		ok    bool
	}{{0, true}, {time.Minute, false}, {59 * time.Second, false}, {time.Second, true}} {
		s.after(tt.after)
		if got := s.call("getMe").OK; got != tt.ok {
			t.Errorf("at %v: %v", s.w.Now(), got)
		}
	}
}

func TestFaultChanceIsSeeded(t *testing.T) {
	draw := func(seed uint64) string {
		s := newScene(t, Options{Seed: seed, Knobs: unlimitedKnobs()})
		s.w.AddFault(Fault{Do: LostAnswer, Chance: 0.3})
		out := ""
		for range 50 {
			out += map[bool]string{true: "x", false: "."}[s.send(s.cli).Loss != LossNone]
		}
		return out
	}
	first, again, other := draw(1), draw(1), draw(2)
	if first != again || first == other {
		t.Errorf("seed 1: %s, again %s, seed 2: %s", first, again, other)
	}
}

func TestUpdateFaults(t *testing.T) {
	s := newScene(t, Options{})
	s.w.AddFault(Fault{Do: DuplicateUpdate, Method: updMessage, Count: 1, Delay: time.Minute})
	s.saidIn(s.bot)
	first := s.updates()
	if len(first) != 1 {
		t.Fatalf("%d updates", len(first))
	}
	s.after(time.Minute)
	again := s.updates()
	if len(again) != 1 || number(again[0]["update_id"]) != number(first[0]["update_id"]) {
		t.Errorf("second delivery: %v", again)
	}
	if more := s.updates(); len(more) != 0 {
		t.Errorf("and once more: %v", more)
	}
	s.w.ClearFaults()
	s.w.AddFault(Fault{Do: LateUpdate, Method: updMessage, Count: 1, Delay: time.Minute})
	s.saidIn(s.bot)
	s.check(s.w.SetTitle(s.ann, s.forum, "T")) // overtakes it
	s.after(time.Minute)
	ups := s.updates()
	if len(ups) != 2 || ups[0]["message"].(map[string]any)["new_chat_title"] == nil {
		t.Errorf("late: %v", ups)
	}
	s.w.AddFault(Fault{Do: LoseUpdate, Count: 1})
	s.saidIn(s.bot)
	if ups := s.updates(); len(ups) != 0 {
		t.Errorf("lost update came: %v", ups)
	}
}

// Some things happen to the bot just before a call arrives.
func TestMishaps(t *testing.T) {
	s := newScene(t, Options{})
	strike := func(do FaultKind) { s.w.AddFault(Fault{Do: do, Method: "sendMessage", Count: 1}) }
	strike(BlockBot)
	s.refused(blocked, "sendMessage", "chat_id", s.cli, "text", "x")
	topic := s.topicOfAnn()
	strike(DeleteTopic)
	s.refused(threadNotFound, "sendMessage", "chat_id", s.forum, "message_thread_id", topic, "text", "x")
	strike(KickBot)
	s.refused(kickedSuper, "sendMessage", "chat_id", s.forum, "text", "x")
	strike(RevokeToken)
	s.refused(unauthorized, "sendMessage", "chat_id", s.forum, "text", "x")
}
