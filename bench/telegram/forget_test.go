package telegram

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// TestForgettingChangesNothing: a World that forgets untouched budgets before
// every call answers as one that never does, under each profile.
func TestForgettingChangesNothing(t *testing.T) {
	for _, profile := range Profiles() {
		t.Run(profile, func(t *testing.T) {
			answers := func(forget bool) (out []string) {
				k, err := Profile(profile)
				if err != nil {
					t.Fatal(err)
				}
				s := newScene(t, Options{Seed: 1, Knobs: &k})
				r := rand.New(rand.NewPCG(1, 2))
				for range 600 {
					s.after(time.Duration(r.ExpFloat64() * float64(2*time.Second)))
					if forget {
						s.w.dropUntouched()
					}
					to := []int64{s.cli, s.forum, s.forum}[r.IntN(3)]
					a := s.w.Call(s.token, []string{"sendMessage", "sendMessage", "sendChatAction"}[r.IntN(3)],
						ArgsOf("chat_id", to, "text", "x", "action", "typing"))
					out = append(out, fmt.Sprint(a.Code, a.Description, a.Delay))
				}
				return out
			}
			kept, forgot := answers(false), answers(true)
			for i := range kept {
				if kept[i] != forgot[i] {
					t.Fatalf("call %d: %q, forgetting %q", i, kept[i], forgot[i])
				}
			}
		})
	}
}

// TestLimitsAreForgotten: a bot that writes to ever more people doesn't make
// the limits' memory grow with them.
func TestLimitsAreForgotten(t *testing.T) {
	for _, profile := range []string{"strict", "buckets", "hidden"} {
		k, err := Profile(profile)
		if err != nil {
			t.Fatal(err)
		}
		s := newScene(t, Options{Knobs: &k})
		for range 4 * sweepFrom {
			u := s.w.NewUser(Person{FirstName: "U"})
			_, err := s.w.Start(u, s.bot, "")
			s.check(err)
			if a := s.w.Call(s.token, "sendMessage", ArgsOf("chat_id", u, "text", "x")); !a.OK {
				t.Fatal(a.Description)
			}
			s.after(time.Second)
		}
		if n := s.w.limits.size(); n > sweepFrom+3 { // one call adds three
			t.Errorf("%s: %d entries", profile, n)
		}
	}
}

func TestCallbacksAreForgotten(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	m := s.ok("sendMessage", "chat_id", s.cli, "text", "choose", "reply_markup",
		map[string]any{"inline_keyboard": [][]any{{map[string]any{"text": "A", "callback_data": "a"}}}})
	id := int(m["message_id"].(float64))
	var last string
	for range 4 * sweepFrom {
		var err error
		last, err = s.w.Press(s.cli, s.bot, id, "a")
		s.check(err)
		s.after(time.Minute)
	}
	if n := len(s.w.callbacks); n > sweepFrom {
		t.Errorf("%d pressed buttons are remembered", n)
	}
	if a := s.w.Call(s.token, "answerCallbackQuery", ArgsOf("callback_query_id", last)); !a.OK {
		t.Errorf("the last one: %s", a.Description)
	}
}

func TestKeepLog(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs(), KeepLog: 10})
	before := s.w.Logged()
	for range 50 {
		s.ok("getMe")
	}
	if got := s.w.Logged(); got != before+50 {
		t.Errorf("%d entries after %d and fifty more", got, before)
	}
	if n := len(s.w.Log()); n < 10 || n > 20 {
		t.Errorf("%d entries are remembered", n)
	}
}
