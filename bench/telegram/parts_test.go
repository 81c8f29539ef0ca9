package telegram

import (
	"errors"
	"testing"
)

// lastOf is the last update's value under that key.
func (s *scene) lastOf(kind string) map[string]any {
	s.t.Helper()
	all := s.updates()
	if len(all) == 0 {
		s.t.Fatalf("no update, want %s", kind)
	}
	got, ok := all[len(all)-1][kind].(map[string]any)
	if !ok {
		s.t.Fatalf("no %s: %v", kind, all[len(all)-1])
	}
	return got
}

func TestRepliesToParts(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	list, err := s.w.Send(s.ann, s.forum, Post{Content: Content{Kind: KindChecklist, Checklist: &Checklist{Title: "T", Tasks: []Task{{ID: 4, Text: "t"}}}}})
	s.check(err)
	said, err := s.w.Say(s.ann, s.forum, 0, "plain")
	s.check(err)
	reply := func(id int) map[string]any {
		return s.ok("sendMessage", "chat_id", s.forum, "text", "x",
			"reply_parameters", map[string]any{"message_id": id, "checklist_task_id": 4, "poll_option_id": "0"})
	}
	if m := reply(list); number(m["reply_to_checklist_task_id"]) != 4 || m["reply_to_poll_option_id"] != nil {
		t.Errorf("a task: %v", m)
	}
	if m := reply(said); m["reply_to_checklist_task_id"] != nil || m["reply_to_poll_option_id"] != nil {
		t.Errorf("a text has no parts: %v", m)
	}
	_, err = s.w.Send(s.ann, s.forum, Post{Content: TextOf("later"), ReplyTo: list, Task: 4, Scheduled: true})
	s.check(err)
	if m := s.lastOf("message"); m["is_from_offline"] != true || number(m["reply_to_checklist_task_id"]) != 4 {
		t.Errorf("a scheduled reply: %v", m)
	}
}

func TestSignatures(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	ch := s.w.NewChannel(s.ann, "News")
	s.check(s.w.Promote(s.ann, ch, s.bot, AllRights(), ""))
	for _, signed := range []bool{true, false} {
		s.w.SetSignatures(ch, signed)
		want := map[bool]any{true: "Desk"}[signed]
		if got := s.ok("sendMessage", "chat_id", ch, "text", "x")["author_signature"]; got != want {
			t.Errorf("signed %v: the bot's post has %v", signed, got)
		}
		id, err := s.w.Say(s.ann, ch, 0, "x")
		s.check(err)
		want = map[bool]any{true: "Ann"}[signed]
		if got := s.lastOf("channel_post")["author_signature"]; got != want {
			t.Errorf("signed %v: a person's post has %v", signed, got)
		}
		origin := s.ok("forwardMessage", "chat_id", s.cli, "from_chat_id", ch, "message_id", id)["forward_origin"].(map[string]any)
		if origin["author_signature"] != want {
			t.Errorf("signed %v: a forward has %v", signed, origin)
		}
	}
}

// Of paid media another bot sees no more than a preview.
func TestPaidPreview(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	ch := s.w.NewChannel(s.ann, "Paid")
	other, token := s.w.NewBot(Robot{Name: "Other"})
	for _, b := range []int64{s.bot, other} {
		s.check(s.w.Promote(s.ann, ch, b, AllRights(), ""))
	}
	s.w.Call(token, "getUpdates", ArgsOf("offset", -1))
	own := s.ok("sendPaidMedia", "chat_id", ch, "star_count", 5, "media", `[{"type":"photo","media":"attach://p"}]`, "p", upload("p"))
	kind := func(m map[string]any) any {
		return m["paid_media"].(map[string]any)["paid_media"].([]any)[0].(map[string]any)["type"]
	}
	if kind(own) != "photo" {
		t.Errorf("the sender sees %v", own)
	}
	_, err := s.w.Send(s.ann, ch, Post{Content: Content{Kind: KindPaidMedia, Paid: &Paid{Stars: 1, Media: []Content{MediaOf(&File{Kind: KindVideo}, "")}}}})
	s.check(err)
	m := s.lastOf("channel_post")
	if kind(m) != "preview" {
		t.Errorf("the bot sees %v of a person's post", m)
	}
}

func TestKeysAskForMore(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	s.ok("sendMessage", "chat_id", s.cli, "text", "k", "reply_markup", `{"keyboard":[[
		{"text":"rich","request_users":{"request_id":1,"user_is_premium":true}},
		{"text":"mine","request_chat":{"request_id":2,"chat_is_channel":false,"chat_is_created":true}},
		{"text":"forum","request_chat":{"request_id":3,"chat_is_channel":false,"chat_is_forum":true,"bot_is_member":true}},
		{"text":"named","request_chat":{"request_id":4,"chat_is_channel":false,"chat_has_username":true}},
		{"text":"admin","request_chat":{"request_id":5,"chat_is_channel":false,"user_administrator_rights":{"can_invite_users":true},"bot_administrator_rights":{"can_pin_messages":true}}}]]}`)
	s.check(s.w.AddMember(s.ann, s.forum, s.cli))
	group := s.w.NewGroup(s.cli, "G")
	s.check(s.w.AddMember(s.ann, s.forum, s.cli))
	tests := []struct {
		key  string
		give Given
		ok   bool
	}{
		{"rich", Given{Users: []int64{s.ann}}, false},
		{"rich", Given{Users: []int64{s.w.NewUser(Person{FirstName: "R", Premium: true})}}, true},
		{"mine", Given{Chat: s.forum}, false},
		{"mine", Given{Chat: group}, true},
		{"forum", Given{Chat: group}, false},
		{"forum", Given{Chat: s.forum}, true},
		{"named", Given{Chat: group}, false},
		{"admin", Given{Chat: s.forum}, false},
	}
	for _, tc := range tests {
		_, err := s.w.PressKey(s.cli, s.bot, 0, tc.key, tc.give)
		if tc.ok && err != nil || !tc.ok && !errors.Is(err, ErrNotAllowed) {
			t.Errorf("%s %v: %v", tc.key, tc.give, err)
		}
	}
	s.check(s.w.Promote(s.ann, s.forum, s.cli, Rights{InviteUsers: true}, ""))
	_, err := s.w.PressKey(s.cli, s.bot, 0, "admin", Given{Chat: s.forum})
	s.check(err)
}

func TestCustomEmojiReactions(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	said, err := s.w.Say(s.ann, s.forum, 0, "x")
	s.check(err)
	react := []any{"chat_id", s.forum, "message_id", said, "reaction", []map[string]string{{"type": "custom_emoji", "custom_emoji_id": icon}}}
	s.refused(reactionInvalid, "setMessageReaction", react...)
	s.check(s.w.React(s.ann, s.forum, said, icon))
	s.ok("setMessageReaction", react...)
}

// What an anonymous administrator gave is taken back from the group.
func TestReactionsOfTheGroup(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	said, err := s.w.Say(s.ann, s.forum, 0, "x")
	s.check(err)
	s.w.SetAnonymous(s.forum, s.ann, true)
	s.check(s.w.React(s.ann, s.forum, said, "👍"))
	left := func() int {
		m, _ := s.w.Message(s.ann, s.forum, said)
		return len(m.Reactions)
	}
	s.ok("deleteMessageReaction", "chat_id", s.forum, "message_id", said, "user_id", s.ann)
	if left() != 1 {
		t.Error("the person's reactions are not the group's")
	}
	s.ok("deleteMessageReaction", "chat_id", s.forum, "message_id", said, "actor_chat_id", s.forum)
	if left() != 0 {
		t.Error("the group's reaction stays")
	}
}
