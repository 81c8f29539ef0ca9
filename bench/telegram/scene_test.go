package telegram

import (
	"encoding/json"
	"strings"
	"testing"
)

// scene is a forum with a bot that may do everything, its owner, and a
// person who started the bot.
type scene struct {
	t        *testing.T
	w        *World
	ann, cli int64
	bot      int64
	token    string
	forum    int64
}

func newScene(t *testing.T, o Options) *scene {
	t.Helper()
	t.Cleanup(func() { checkShared(t) })
	s := &scene{t: t, w: New(o)}
	s.ann = s.w.NewUser(Person{FirstName: "Ann"})
	s.cli = s.w.NewUser(Person{FirstName: "Cli", LastName: "Ent", Username: "cli_ent"})
	s.bot, s.token = s.w.NewBot(Robot{Name: "Desk", Username: "desk_bot"})
	s.forum = s.w.NewForum(s.ann, "Support", s.bot)
	if err := s.w.Promote(s.ann, s.forum, s.bot, AllRights(), ""); err != nil {
		t.Fatal(err)
	}
	if _, err := s.w.Start(s.cli, s.bot, ""); err != nil {
		t.Fatal(err)
	}
	s.updates() // what has happened so far
	return s
}

// ok calls a method that must succeed and returns its result.
func (s *scene) ok(method string, pairs ...any) map[string]any {
	s.t.Helper()
	a := s.w.Call(s.token, method, ArgsOf(pairs...))
	if !a.OK {
		s.t.Fatalf("%s: %d %s", method, a.Code, a.Description)
	}
	var out map[string]any
	json.Unmarshal(a.Result, &out) // arrays and booleans are looked at elsewhere
	return out
}

// refused calls a method that must fail so.
func (s *scene) refused(situation Situation, method string, pairs ...any) {
	s.t.Helper()
	a := s.w.Call(s.token, method, ArgsOf(pairs...))
	want := failures[situation]
	if a.OK || a.Code != want.Code || a.Description != want.Text {
		s.t.Errorf("%s: got %v %d %q, want %d %q", method, a.OK, a.Code, a.Description, want.Code, want.Text)
	}
}

// updates takes all waiting updates, confirming them.
func (s *scene) updates() []map[string]any {
	s.t.Helper()
	var all []map[string]any
	offset := 0
	for {
		a := s.w.Call(s.token, "getUpdates", ArgsOf("offset", offset))
		var list []map[string]any
		if err := json.Unmarshal(a.Result, &list); err != nil {
			s.t.Fatal(err)
		}
		if len(list) == 0 {
			return all
		}
		all = append(all, list...)
		offset = int(list[len(list)-1]["update_id"].(float64)) + 1
	}
}

func number(v any) int {
	f, _ := v.(float64)
	return int(f)
}

func TestRoundTrip(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	thread := number(s.ok("createForumTopic", "chat_id", s.forum, "name", "Cli")["message_thread_id"])
	id, err := s.w.Say(s.cli, s.bot, 0, "hello")
	if err != nil {
		t.Fatal(err)
	}
	copied := s.ok("copyMessage", "chat_id", s.forum, "message_thread_id", thread, "from_chat_id", s.cli, "message_id", id)
	if _, err := s.w.Send(s.ann, s.forum, Post{Content: TextOf("hi"), Topic: thread, ReplyTo: number(copied["message_id"])}); err != nil {
		t.Fatal(err)
	}
	s.ok("sendMessage", "chat_id", s.cli, "text", "hi")

	var said []string
	for _, m := range s.w.View(s.ann, s.forum, thread) {
		said = append(said, m.Author+": "+m.Text+m.Notice)
	}
	want := "Desk: Desk created the topic “Cli”|Desk: hello|Ann: hi"
	if got := strings.Join(said, "|"); got != want {
		t.Errorf("topic shows %q, want %q", got, want)
	}
	ups := s.updates()
	if len(ups) != 3 {
		t.Fatalf("%d updates, want topic made, client's message, operator's message: %v", len(ups), ups)
	}
	reply := ups[2]["message"].(map[string]any)["reply_to_message"].(map[string]any)
	if number(reply["message_id"]) != number(copied["message_id"]) {
		t.Errorf("reply points at %v", reply["message_id"])
	}
}
