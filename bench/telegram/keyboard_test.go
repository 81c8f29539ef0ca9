package telegram

import (
	"encoding/json"
	"testing"
)

// Buttons come back in the server's order of keys, with whole addresses.
func TestButtonsComeBack(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	for _, tt := range []struct{ in, want string }{
		{`{"callback_data":"d","text":"a","style":"DANGER","icon_custom_emoji_id":"9"}`, `{"text":"a","icon_custom_emoji_id":"9","style":"danger","callback_data":"d"}`},
		{`{"text":"a","url":"a.bc","callback_data":"d"}`, `{"text":"a","url":"http://a.bc/"}`},
		{`{"text":"a","login_url":{"url":"https://a.bc/x"}}`, `{"text":"a","url":"https://a.bc/x"}`},
		{`{"text":"a","url":"tg://user?id=5"}`, `{"text":"a","url":"tg://user?id=5"}`},
		{`{"text":"a","switch_inline_query":""}`, `{"text":"a","switch_inline_query":""}`},
		{`{"text":"a","switch_inline_query_chosen_chat":{"query":"q","allow_bot_chats":true}}`, `{"text":"a","switch_inline_query_chosen_chat":{"query":"q","allow_user_chats":false,"allow_bot_chats":true,"allow_group_chats":false,"allow_channel_chats":false}}`},
		{`{"text":"a","copy_text":{"text":"x"}}`, `{"text":"a","copy_text":{"text":"x"}}`},
		{`{"text":"a","web_app":{"url":"https://a.bc"}}`, `{"text":"a","web_app":{"url":"https://a.bc"}}`},
	} {
		var m struct {
			Markup json.RawMessage `json:"reply_markup"`
		}
		a := s.withKey(s.cli, tt.in)
		json.Unmarshal(a.Result, &m)
		if want := `{"inline_keyboard":[[` + tt.want + `]]}`; string(m.Markup) != want {
			t.Errorf("%s: %s\ngot  %s\nwant %s", tt.in, a.Description, m.Markup, want)
		}
	}
}

// A reply keyboard stays until another message replaces or removes it.
func TestKeyboardBelowTheInput(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	a := s.withKeys(s.cli, `"yes",{"text":"phone","request_contact":true}`)
	if !a.OK {
		t.Fatal(a.Description)
	}
	s.ok("sendMessage", "chat_id", s.cli, "text", "no keyboard")
	k := s.w.KeyboardOf(s.cli, s.bot, 0)
	if k == nil || len(k.Rows) != 1 || len(k.Rows[0]) != 2 || k.Rows[0][1].Asks != AskContact {
		t.Fatalf("shown %+v", k)
	}
	if _, err := s.w.PressKey(s.cli, s.bot, 0, "yes", Given{}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.w.PressKey(s.cli, s.bot, 0, "phone", Given{Phone: "+15"}); err != nil {
		t.Fatal(err)
	}
	ups := s.updates()
	contact, _ := ups[1]["message"].(map[string]any)["contact"].(map[string]any)
	if ups[0]["message"].(map[string]any)["text"] != "yes" || contact["phone_number"] != "+15" || int64(number(contact["user_id"])) != s.cli {
		t.Errorf("told %v", ups)
	}
	s.ok("sendMessage", "chat_id", s.cli, "text", "gone", "reply_markup", `{"remove_keyboard":true}`)
	if k := s.w.KeyboardOf(s.cli, s.bot, 0); k != nil {
		t.Errorf("still shown: %+v", k)
	}
	if _, err := s.w.PressKey(s.cli, s.bot, 0, "yes", Given{}); err == nil {
		t.Error("pressed a key that is gone")
	}
}

// A selective keyboard is for the person who is replied to.
func TestSelectiveKeyboard(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	s.check(s.w.AddMember(s.ann, s.forum, s.cli))
	id := s.saidIn(s.forum) // Ann's
	s.ok("sendMessage", "chat_id", s.forum, "text", "x", "reply_parameters", map[string]any{"message_id": id}, "reply_markup", `{"keyboard":[["yes"]],"selective":true}`)
	if s.w.KeyboardOf(s.ann, s.forum, 0) == nil || s.w.KeyboardOf(s.cli, s.forum, 0) != nil {
		t.Error("shown to the wrong one")
	}
	s.updates()
	if _, err := s.w.PressKey(s.ann, s.forum, 0, "yes", Given{}); err != nil {
		t.Fatal(err)
	}
	if m := s.updates()[0]["message"].(map[string]any); m["reply_to_message"] == nil {
		t.Errorf("no reply: %v", m)
	}
}

func TestFailuresOfReactionsOfOthers(t *testing.T) {
	checkSituations(t, []situation{
		{invalidUser, []any{"user_id"}, func(s *scene) Answer { // before the chat is looked for
			return s.call("deleteMessageReaction", "chat_id", 1, "message_id", 999, "user_id", "x")
		}},
		{invalidUser, []any{"user_id"}, func(s *scene) Answer {
			return s.call("deleteAllMessageReactions", "chat_id", 1, "user_id", -5)
		}},
		{userNotFound, nil, func(s *scene) Answer {
			return s.call("deleteAllMessageReactions", "chat_id", s.forum, "user_id", 5)
		}},
		{senderChatInvalid, nil, func(s *scene) Answer {
			return s.call("deleteAllMessageReactions", "chat_id", s.forum, "actor_chat_id", "5x")
		}},
		{reactionsNotFound, nil, func(s *scene) Answer {
			return s.call("deleteMessageReaction", "chat_id", s.forum, "message_id", 999, "user_id", s.ann)
		}},
		{senderChatEmpty, nil, func(s *scene) Answer {
			return s.call("deleteMessageReaction", "chat_id", s.forum, "message_id", s.saidIn(s.forum))
		}},
		{senderChatInvalid, nil, func(s *scene) Answer {
			return s.call("deleteAllMessageReactions", "chat_id", s.forum, "actor_chat_id", "x")
		}},
		{reactionsGroups, nil, func(s *scene) Answer {
			return s.call("deleteAllMessageReactions", "chat_id", s.cli, "user_id", s.cli)
		}},
		{adminRequired, nil, func(s *scene) Answer {
			s.rights(Rights{PinMessages: true})
			return s.call("deleteAllMessageReactions", "chat_id", s.forum, "user_id", s.ann)
		}},
	})
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	id := s.saidIn(s.forum)
	s.check(s.w.React(s.ann, s.forum, id, "👍"))
	s.ok("deleteMessageReaction", "chat_id", s.forum, "message_id", id, "user_id", s.ann)
	if m, _ := s.w.Message(s.ann, s.forum, id); len(m.Reactions) != 0 {
		t.Errorf("left %v", m.Reactions)
	}
}
