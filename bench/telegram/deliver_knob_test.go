package telegram

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mymmrac/telego"
)

// The knobs about what reaches bots, and when, on both settings.

func TestServiceOfOtherBots(t *testing.T) {
	for told, want := range map[bool][]string{true: {"new_chat_title"}, false: nil} {
		k := Strict()
		k.ServiceOfOtherBots = told
		s := newScene(t, Options{Knobs: &k})
		other, token := s.w.NewBot(Robot{Name: "Two"})
		s.check(s.w.Promote(s.ann, s.forum, other, AllRights(), ""))
		s.updates()
		if a := s.w.Call(token, "setChatTitle", ArgsOf("chat_id", s.forum, "title", "New")); !a.OK {
			t.Fatal(a.Description)
		}
		var got []string
		for _, u := range s.updates() {
			if m, ok := u["message"].(map[string]any); ok && m["new_chat_title"] == "New" {
				got = append(got, "new_chat_title")
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("told %v: %v", told, got)
		}
	}
}

func TestUpdateBytes(t *testing.T) {
	for most, want := range map[int]int{64 << 10: 0, 512 << 10: 1} {
		k := Unlimited()
		k.UpdateBytes = most
		s := newScene(t, Options{Knobs: &k})
		s.w.push(s.w.robot(s.bot), updMessage, strings.Repeat("x", 100<<10), keepDay, 1)
		if got := s.w.Pending(s.bot); got != want {
			t.Errorf("an update of 100 KiB, %d bytes pass: %d came, want %d", most, got, want)
		}
	}
}

func TestReactionDelay(t *testing.T) {
	for _, delay := range []time.Duration{0, time.Minute, 3 * time.Minute} {
		k := Strict()
		k.ReactionDelay = delay
		s := newScene(t, Options{Knobs: &k})
		s.ok("getUpdates", "allowed_updates", []string{"message_reaction_count"})
		news := s.channel()
		id, err := s.w.Say(s.ann, news, 0, "post")
		s.check(err)
		s.check(s.w.React(s.ann, news, id, "👍"))
		if due := s.w.NextLate().Sub(s.w.Now()); due != delay {
			t.Errorf("due in %v, want %v", due, delay)
		}
		s.w.SetTime(s.w.Now().Add(delay))
		if got := s.w.Pending(s.bot); got != 1 {
			t.Errorf("after %v: %d updates", delay, got)
		}
	}
}

// A repeated offset is slowed down, so that no client spins.
func TestPollGap(t *testing.T) {
	for gap, want := range map[bool]time.Duration{true: pollFloor, false: 0} {
		synctest.Test(t, func(t *testing.T) {
			k := Strict()
			k.PollGap = gap
			d := newDesk(t, Options{Knobs: &k}, CallerOptions{})
			from := time.Now()
			for range 3 {
				if _, err := d.tg.GetUpdates(t.Context(), &telego.GetUpdatesParams{Offset: 5}); err != nil {
					t.Fatal(err)
				}
			}
			if took := time.Since(from); took != want {
				t.Errorf("gap %v: three polls took %v", gap, took)
			}
		})
	}
}
