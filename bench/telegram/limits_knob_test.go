package telegram

import (
	"slices"
	"testing"
	"time"
)

func TestChannelLimit(t *testing.T) {
	s := newScene(t, Options{})
	c := s.w.NewChannel(s.ann, "News")
	s.check(s.w.AddMember(s.ann, c, s.bot))
	s.check(s.w.Promote(s.ann, c, s.bot, AllRights(), ""))
	if passed, retry := s.burst(c, 25); passed != 20 || retry != 60 {
		t.Errorf("%d passed, retry after %d", passed, retry)
	}
}

// TestSharing: after ten messages there is room for ten of the same budget,
// twenty of another, or any number.
func TestSharing(t *testing.T) {
	do := map[string]func(*scene, int) Answer{
		"edit": func(s *scene, i int) Answer {
			return s.call("editMessageText", "chat_id", s.forum, "message_id", s.newest(s.forum), "text", "e"+itoa(int64(i)))
		},
		"topic": func(s *scene, i int) Answer {
			return s.call("createForumTopic", "chat_id", s.forum, "name", itoa(int64(i)))
		},
		"copy": func(s *scene, _ int) Answer {
			return s.call("copyMessage", "chat_id", s.forum, "from_chat_id", s.cli, "message_id", 1)
		},
		"forward": func(s *scene, _ int) Answer {
			return s.call("forwardMessage", "chat_id", s.forum, "from_chat_id", s.cli, "message_id", 1)
		},
	}
	knob := map[string]func(*Knobs) *Sharing{
		"edit":    func(k *Knobs) *Sharing { return &k.Edits },
		"topic":   func(k *Knobs) *Sharing { return &k.TopicActions },
		"copy":    func(k *Knobs) *Sharing { return &k.Copies },
		"forward": func(k *Knobs) *Sharing { return &k.Forwards },
	}
	for what, act := range do {
		for sharing, want := range map[Sharing]int{Shared: 10, Separate: 20, Free: 25} {
			k := Strict()
			k.Overall = Limit{}
			*knob[what](&k) = sharing
			s := newScene(t, Options{Knobs: &k})
			s.burst(s.forum, 10)
			passed := 0
			for i := range 25 {
				if a := act(s, i); a.OK {
					passed++
				} else if a.Code != 429 {
					t.Fatalf("%s: %s", what, a.Description)
				}
			}
			if passed != want {
				t.Errorf("%s, %s: %d passed, want %d", what, inWords(sharing), passed, want)
			}
		}
	}
}

// newest is the newest message in the chat that the bot sent.
func (s *scene) newest(chat int64) int {
	m := s.w.View(s.ann, chat, AllTopics)
	return m[len(m)-1].ID
}

// second is another bot in the forum; it sends until it is refused.
func (s *scene) second() (passed int) {
	s.t.Helper()
	id, token := s.w.NewBot(Robot{Name: "Two"})
	s.check(s.w.AddMember(s.ann, s.forum, id))
	for s.w.Call(token, "sendMessage", ArgsOf("chat_id", s.forum, "text", "x")).OK {
		passed++
	}
	return passed
}

func TestGroupOfAllBots(t *testing.T) {
	for shared, want := range map[bool]int{false: 20, true: 0} {
		k := Strict()
		k.GroupOfAllBots = shared
		s := newScene(t, Options{Knobs: &k})
		s.burst(s.forum, 20)
		if got := s.second(); got != want {
			t.Errorf("shared %v: the second bot sent %d", shared, got)
		}
		if shared {
			for _, m := range s.w.Meters() {
				if m.Family == "send" && (m.Bot != 0 || m.Chat != s.forum || m.Used != 20) {
					t.Errorf("meter %+v", m)
				}
			}
		}
	}
}

func TestFloodStopsBot(t *testing.T) {
	for stops, want := range map[bool]int{false: 0, true: 60} {
		k := Strict()
		k.FloodStopsBot = stops
		s := newScene(t, Options{Knobs: &k})
		s.burst(s.forum, 20)
		if a := s.send(s.cli); !a.OK {
			t.Errorf("before the flood is told: %+v", a)
		}
		s.send(s.forum)
		if a := s.send(s.cli); a.RetryAfter != want {
			t.Errorf("stops %v: another chat is told %d", stops, a.RetryAfter)
		}
		s.after(time.Minute)
		if a := s.send(s.cli); !a.OK {
			t.Errorf("stops %v: after it %+v", stops, a)
		}
	}
}

// In the same moment thirty people can be written to, a thousand for money.
func TestPaidBroadcast(t *testing.T) {
	for paid, want := range map[bool]int{false: 30, true: 1000} {
		s := newScene(t, Options{})
		passed := 0
		for range 1010 {
			u := s.w.NewUser(Person{FirstName: "U"})
			_, err := s.w.Start(u, s.bot, "")
			s.check(err)
			if s.call("sendMessage", "chat_id", u, "text", "x", "allow_paid_broadcast", paid).OK {
				passed++
			}
		}
		if passed != want {
			t.Errorf("paid %v: %d passed", paid, passed)
		}
	}
}

// Money doesn't lift a chat's own limit.
func TestPaidInGroup(t *testing.T) {
	s := newScene(t, Options{})
	s.burst(s.forum, 20)
	if a := s.call("sendMessage", "chat_id", s.forum, "text", "x", "allow_paid_broadcast", true); a.RetryAfter != 60 {
		t.Errorf("%+v", a)
	}
}

func TestActionWindows(t *testing.T) {
	s := newScene(t, Options{})
	burst := func() (passed, retry int) {
		for {
			a := s.call("sendChatAction", "chat_id", s.forum, "action", "typing")
			if !a.OK {
				return passed, a.RetryAfter
			}
			passed++
		}
	}
	for i, want := range [][2]int{{20, 5}, {20, 25}} {
		if passed, retry := burst(); passed != want[0] || retry != want[1] {
			t.Errorf("burst %d: %d passed, retry after %d", i+1, passed, retry)
		}
		s.after(5 * time.Second)
	}
}

// Each of the two windows counts by itself, and both can be off.
func TestActionKnobs(t *testing.T) {
	for _, tt := range []struct {
		short, long bool
		want        int
	}{{true, false, 20}, {false, true, 40}, {false, false, 50}} {
		k := Strict()
		if !tt.short {
			k.Actions = Limit{}
		}
		if !tt.long {
			k.ActionsLong = Limit{}
		}
		s := newScene(t, Options{Knobs: &k})
		passed := 0
		for passed < 50 && s.call("sendChatAction", "chat_id", s.forum, "action", "typing").OK {
			passed++
		}
		if passed != tt.want {
			t.Errorf("short %v, long %v: %d passed, want %d", tt.short, tt.long, passed, tt.want)
		}
	}
}

// As users saw it: a draft each 300 ms is refused for 3 s.
func TestDrafts(t *testing.T) {
	for limited, want := range map[bool]int{true: 8, false: 20} {
		k := Strict()
		if !limited {
			k.Drafts = Limit{}
		}
		s := newScene(t, Options{Knobs: &k})
		passed := 0
		for i := range 20 {
			a := s.call("sendMessageDraft", "chat_id", s.cli, "draft_id", 1, "text", "x"+itoa(int64(i)))
			if !a.OK {
				if a.RetryAfter != 3 {
					t.Errorf("%+v", a)
				}
				break
			}
			passed++
			s.after(300 * time.Millisecond)
		}
		if passed != want {
			t.Errorf("limited %v: %d passed", limited, passed)
		}
	}
}

func TestLooseLimitsAreApart(t *testing.T) {
	k := Strict()
	k.Loose = Limit{Kind: Window, Count: 1, Per: time.Minute}
	s := newScene(t, Options{Knobs: &k})
	id, other := s.own(s.forum), s.own(s.forum)
	react := []any{map[string]string{"type": "emoji", "emoji": "👍"}}
	for _, want := range []bool{true, false} {
		for _, a := range []Answer{
			s.call("setMessageReaction", "chat_id", s.forum, "message_id", id, "reaction", react),
			s.call("pinChatMessage", "chat_id", s.forum, "message_id", id),
			s.call("deleteMessage", "chat_id", s.forum, "message_id", other),
		} {
			if a.OK != want {
				t.Errorf("%+v, want %v", a, want)
			}
		}
		other = s.own(s.forum)
	}
}

// Waits grow by the penalty each time that the bot comes back too early.
func TestPenalty(t *testing.T) {
	for penalty, want := range map[time.Duration][]int{0: {60, 60, 60}, 5 * time.Second: {60, 65, 70}} {
		k := Strict()
		k.Penalty = penalty
		s := newScene(t, Options{Knobs: &k})
		s.burst(s.forum, 20)
		var waits []int
		for range 3 {
			waits = append(waits, s.send(s.forum).RetryAfter)
		}
		if !slices.Equal(waits, want) {
			t.Errorf("penalty %v: told %v, want %v", penalty, waits, want)
		}
	}
}

// An album that meets a flood is refused whole, or what fits is delivered
// and the rest isn't.
func TestAlbumFlood400(t *testing.T) {
	for _, tt := range []struct {
		wrap, each      bool
		before, arrived int
		code            int
		text            string
	}{
		{false, true, 3, 0, 429, "Too Many Requests: retry after 1"},
		{true, true, 3, 2, 400, `Bad Request: failed to send message #3 with the error message "Too Many Requests: retry after 1"`},
		{true, true, 5, 0, 400, `Bad Request: failed to send message #1 with the error message "Too Many Requests: retry after 3"`},
		{true, false, 5, 0, 400, `Bad Request: failed to send message #1 with the error message "Too Many Requests: retry after 1"`},
	} {
		k := Strict()
		k.AlbumFlood400, k.AlbumCostsEach = tt.wrap, tt.each
		s := newScene(t, Options{Knobs: &k})
		s.burst(s.cli, tt.before)
		before := len(s.w.View(s.cli, s.bot, AllTopics))
		a := s.album(3, "photo")
		if a.Code != tt.code || a.Description != tt.text {
			t.Errorf("%+v: got %d %s", tt, a.Code, a.Description)
		}
		if got := len(s.w.View(s.cli, s.bot, AllTopics)) - before; got != tt.arrived {
			t.Errorf("%+v: %d arrived", tt, got)
		}
		if a := s.send(s.cli); a.OK == tt.wrap {
			t.Errorf("%+v: something was left", tt)
		}
	}
}

func TestActiveRequests(t *testing.T) {
	for limits, want := range map[bool]int{true: 60, false: 0} {
		k := Strict()
		k.ServerLimits = limits
		s := newScene(t, Options{Knobs: &k})
		s.w.AddFault(Fault{Do: Slow, Delay: time.Hour, Method: "getChat"})
		for range maxActive + 1 {
			s.w.Begin(s.token, "getChat", ArgsOf("chat_id", s.cli))
		}
		a := s.send(s.cli)
		if a.RetryAfter != want || a.OK == limits {
			t.Errorf("limits %v: %+v", limits, a)
		}
		if a := s.call("getMe"); !a.OK {
			t.Errorf("limits %v: getMe %+v", limits, a)
		}
	}
}

// Requests with 4 MB each go 0.4 s apart, after one second's worth.
func TestUploadsArePaced(t *testing.T) {
	for limits, want := range map[bool]time.Duration{true: 200 * time.Millisecond, false: 0} {
		k := Unlimited()
		k.ServerLimits = limits
		s := newScene(t, Options{Knobs: &k})
		up := Upload{Name: "a.bin", Data: make([]byte, 4_000_000)}
		var last Answer
		for range 4 {
			last = s.call("sendDocument", "chat_id", s.cli, "document", up)
		}
		if !last.OK || last.Delay != want {
			t.Errorf("limits %v: the fourth %v after %v", limits, last.OK, last.Delay)
		}
		for range 14 {
			last = s.call("sendDocument", "chat_id", s.cli, "document", up)
		}
		if limits && (last.RetryAfter != 60 || last.Delay != 3*time.Second) || !limits && !last.OK {
			t.Errorf("limits %v: too many: %d after %v", limits, last.RetryAfter, last.Delay)
		}
	}
}

func TestSetWebhookPace(t *testing.T) {
	for limits, want := range map[bool]int{true: 1, false: 0} {
		k := Strict()
		k.ServerLimits = limits
		s := newScene(t, Options{Knobs: &k})
		s.ok("setWebhook", "url", "https://a.bc/1")
		if a := s.call("setWebhook", "url", "https://a.bc/2"); a.RetryAfter != want {
			t.Errorf("limits %v: %+v", limits, a)
		}
		s.ok("setWebhook", "url", "")
		s.after(time.Second)
		s.ok("setWebhook", "url", "https://a.bc/2")
	}
}

func TestProfilesHaveNames(t *testing.T) {
	for _, name := range Profiles() {
		if _, err := Profile(name); err != nil {
			t.Error(err)
		}
	}
	if _, err := Profile("kind"); err == nil {
		t.Error("there is a kind one")
	}
}
