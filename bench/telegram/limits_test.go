package telegram

import (
	"testing"
	"time"
)

// burst sends n texts at once and says how many passed and what the first
// refusal asked for, in seconds.
func (s *scene) burst(to int64, n int) (passed, retry int) {
	for range n {
		a := s.send(to)
		switch {
		case a.OK:
			passed++
		case a.Code != 429 || a.RetryAfter == 0:
			s.t.Fatalf("%d %s", a.Code, a.Description)
		case retry == 0:
			retry = a.RetryAfter
		}
	}
	return passed, retry
}

func (s *scene) after(d time.Duration) { s.w.SetTime(s.w.Now().Add(d)) }

func TestWindowInGroups(t *testing.T) {
	s := newScene(t, Options{})
	if passed, retry := s.burst(s.forum, 25); passed != 20 || retry != 60 {
		t.Errorf("%d passed, retry after %d; want 20 and 60", passed, retry)
	}
	s.after(59 * time.Second)
	if passed, retry := s.burst(s.forum, 1); passed != 0 || retry != 1 {
		t.Errorf("after 59 s %d passed, retry after %d", passed, retry)
	}
	s.after(time.Second)
	if passed, _ := s.burst(s.forum, 25); passed != 20 {
		t.Errorf("after a minute %d passed", passed)
	}
}

// No minute holds more than twenty, however the sends lie.
func TestWindowHoldsForEveryMinute(t *testing.T) {
	s := newScene(t, Options{Seed: 9})
	var times []time.Time
	for range 600 {
		s.after(time.Duration(s.w.rnd.IntN(2000)) * time.Millisecond)
		if s.send(s.forum).OK {
			times = append(times, s.w.Now())
		}
	}
	for i := 20; i < len(times); i++ {
		if times[i].Sub(times[i-20]) < time.Minute {
			t.Fatalf("21 sends within %v", times[i].Sub(times[i-20]))
		}
	}
	if len(times) < 150 {
		t.Errorf("only %d of 600 passed in ten minutes", len(times))
	}
}

func TestBucketInGroups(t *testing.T) {
	k := Buckets()
	s := newScene(t, Options{Knobs: &k})
	if passed, retry := s.burst(s.forum, 25); passed != 20 || retry != 3 {
		t.Errorf("%d passed, retry after %d; want 20 and 3", passed, retry)
	}
	s.after(3 * time.Second)
	if passed, _ := s.burst(s.forum, 5); passed != 1 {
		t.Errorf("after 3 s %d passed", passed)
	}
}

func TestPrivateBurst(t *testing.T) {
	s := newScene(t, Options{})
	if passed, retry := s.burst(s.cli, 10); passed != 5 || retry != 1 {
		t.Errorf("%d passed, retry after %d", passed, retry)
	}
	if a := s.send(s.forum); !a.OK {
		t.Errorf("another chat is refused too: %s", a.Description)
	}
}

func TestOverall(t *testing.T) {
	s := newScene(t, Options{})
	passed := 0
	for range 40 {
		u := s.w.NewUser(Person{FirstName: "U"})
		_, err := s.w.Start(u, s.bot, "")
		s.check(err)
		if s.send(u).OK {
			passed++
		}
	}
	if passed != 30 {
		t.Errorf("%d passed in one moment", passed)
	}
}

// TestCosts: what else is paid from the group's budget, by profile.
func TestCosts(t *testing.T) {
	left := func(knobs Knobs, do func(*scene)) int {
		knobs.Overall, knobs.Private = Limit{}, Limit{}
		s := newScene(t, Options{Knobs: &knobs})
		do(s)
		n, _ := s.burst(s.forum, 30)
		return n
	}
	album := func(s *scene) {
		f := fileRef{file: s.w.NewFile(File{Kind: KindPhoto})}.id(s.bot)
		item := map[string]string{"type": "photo", "media": f}
		if a := s.call("sendMediaGroup", "chat_id", s.forum, "media", []any{item, item, item}); !a.OK {
			t.Fatal(a.Description)
		}
	}
	topic := func(s *scene) { s.ok("createForumTopic", "chat_id", s.forum, "name", "x") }
	edit := func(s *scene) {
		s.ok("editMessageText", "chat_id", s.forum, "message_id", s.own(s.forum), "text", "y")
	}
	batch := func(s *scene) {
		ids := []int{s.saidIn(s.bot), s.saidIn(s.bot)}
		if a := s.call("copyMessages", "chat_id", s.forum, "from_chat_id", s.cli, "message_ids", ids); !a.OK {
			t.Fatal(a.Description)
		}
	}
	refused := func(s *scene) {
		s.refused(replyNotFound, "sendMessage", "chat_id", s.forum, "text", "x", "reply_to_message_id", 999)
	}
	action := func(s *scene) { s.call("sendChatAction", "chat_id", s.forum, "action", "typing") }
	forward := func(s *scene) {
		s.ok("forwardMessage", "chat_id", s.forum, "from_chat_id", s.cli, "message_id", s.saidIn(s.bot))
	}
	light := func(s *scene) {
		id := s.own(s.forum)
		s.ok("setMessageReaction", "chat_id", s.forum, "message_id", id, "reaction", []any{map[string]string{"type": "emoji", "emoji": "👍"}})
		s.ok("pinChatMessage", "chat_id", s.forum, "message_id", id)
		s.ok("deleteMessage", "chat_id", s.forum, "message_id", id)
	}
	batchAsOne := Strict()
	batchAsOne.CopyCostsEach = false
	tests := []struct {
		what  string
		knobs Knobs
		do    func(*scene)
		want  int
	}{
		{"an album costs its items", Strict(), album, 17},
		{"an album costs one", Loosened(), album, 19},
		{"a new topic costs one", Strict(), topic, 19},
		{"a new topic costs nothing here", Loosened(), topic, 20},
		{"a message and its edit cost two", Strict(), edit, 18},
		{"an edit costs nothing here", Loosened(), edit, 19},
		{"a batch costs its items", Strict(), batch, 18},
		{"a batch costs one", batchAsOne, batch, 19},
		{"a batch costs nothing here", Loosened(), batch, 20},
		{"a forward costs one", Strict(), forward, 19},
		{"a forward costs nothing here", Loosened(), forward, 20},
		{"a reaction, a pin and a deletion cost the message only", Strict(), light, 19},
		{"what was refused costs nothing", Strict(), refused, 20},
		{"chat actions have their own budget", Strict(), action, 20},
	}
	for _, tt := range tests {
		if got := left(tt.knobs, tt.do); got != tt.want {
			t.Errorf("%s: %d are left, want %d", tt.what, got, tt.want)
		}
	}
}

func TestMeters(t *testing.T) {
	s := newScene(t, Options{})
	s.burst(s.forum, 20)
	for _, m := range s.w.Meters() {
		if m.Chat == s.forum && m.Family == "send" {
			if m.Used != 20 || m.Of != 20 || m.Wait != time.Minute {
				t.Errorf("%+v", m)
			}
			return
		}
	}
	t.Error("no meter for the forum")
}
