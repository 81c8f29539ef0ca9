package telegram

import (
	"testing"
)

// threaded is a scene whose bot has topics in private chats.
func threaded(t *testing.T, byUsers bool) *scene {
	t.Helper()
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	s.w.SetThreaded(s.bot, true, byUsers)
	s.saidIn(s.forum) // the client and the bot number differently from here on
	g := s.w.NewGroup(s.ann, "G", s.cli)
	_, err := s.w.Say(s.cli, g, 0, "x")
	s.check(err)
	s.updates()
	return s
}

func TestPrivateTopics(t *testing.T) {
	s := threaded(t, false)
	made := s.ok("createForumTopic", "chat_id", s.cli, "name", "Order 7")
	thread := number(made["message_thread_id"])
	created := s.last()
	if number(created["message_thread_id"]) != thread || created["is_topic_message"] != true ||
		created["forum_topic_created"].(map[string]any)["name"] != "Order 7" {
		t.Errorf("told %v", created)
	}
	if number(created["message_id"]) == thread {
		t.Errorf("the topic has the bot's number %d, not the person's", thread)
	}
	at := []any{"chat_id", s.cli, "message_thread_id", thread}
	m := s.ok("sendMessage", append(at, "text", "x")...)
	if number(m["message_thread_id"]) != thread || m["is_topic_message"] != true || m["reply_to_message"] != nil {
		t.Errorf("sent %v", m)
	}
	from := s.saidIn(s.bot)
	if m := s.last(); m["message_thread_id"] != nil || m["is_topic_message"] != nil {
		t.Errorf("written beside the topics: %v", m)
	}
	s.ok("copyMessage", append(at, "from_chat_id", s.cli, "message_id", from)...)
	if m := s.ok("forwardMessage", append(at, "from_chat_id", s.cli, "message_id", from)...); m["is_topic_message"] != true {
		t.Errorf("forwarded %v", m)
	}
	s.ok("sendMessageDraft", append(at, "draft_id", 1, "text", "…")...)
	id, err := s.w.Say(s.cli, s.bot, thread, "mine")
	s.check(err)
	if m := s.last(); number(m["message_thread_id"]) != thread || m["reply_to_message"] != nil {
		t.Errorf("the person wrote %v", m)
	}
	m = s.ok("sendMessage", "chat_id", s.cli, "text", "x", "reply_parameters", map[string]any{"message_id": id})
	if number(m["message_thread_id"]) != thread || number(m["reply_to_message"].(map[string]any)["message_id"]) != id {
		t.Errorf("a reply without thread: %v", m)
	}
	if shown := s.w.View(s.cli, s.bot, thread); len(shown) != 6 {
		t.Errorf("%d messages in the topic: %v", len(shown), shown)
	}
	s.ok("pinChatMessage", "chat_id", s.cli, "message_id", id)
	s.ok("unpinAllForumTopicMessages", at...)
	s.ok("editForumTopic", append(at, "name", "Order 8")...)
	if list := s.w.PrivateTopics(s.cli, s.bot); len(list) != 1 || list[0].Name != "Order 8" || list[0].ID != thread {
		t.Errorf("topics %v", list)
	}
	s.ok("deleteForumTopic", at...)
	expectAnswer(t, s.call("sendMessage", append(at, "text", "x")...), threadNotFound)
	k := Unlimited()
	k.DeletedTopicFallsBack = true
	s.w.SetKnobs(k)
	if m := s.ok("sendMessage", append(at, "text", "x")...); m["message_thread_id"] != nil {
		t.Errorf("before June 2026 it fell into the chat: %v", m)
	}
}

func TestPrivateTopicsOfPeople(t *testing.T) {
	s := threaded(t, false)
	if _, err := s.w.CreateTopic(s.cli, s.bot, "x", 0); err == nil {
		t.Error("a person made a topic though the bot doesn't allow it")
	}
	s.w.SetThreaded(s.bot, true, true)
	thread, err := s.w.CreateTopic(s.cli, s.bot, "", 0)
	s.check(err)
	made := s.last()["forum_topic_created"].(map[string]any)
	if made["is_name_implicit"] != true || made["name"] == "" {
		t.Errorf("made %v", made)
	}
	s.check(s.w.RenameTopic(s.cli, s.bot, thread, "Mine"))
	if m := s.last(); m["forum_topic_edited"].(map[string]any)["name"] != "Mine" {
		t.Errorf("renamed %v", m)
	}
	if err := s.w.CloseTopic(s.cli, s.bot, thread); err == nil {
		t.Error("a private topic was closed")
	}
	named, err := s.w.CreateTopic(s.cli, s.bot, "Named", 0)
	s.check(err)
	if made := s.last()["forum_topic_created"].(map[string]any); made["is_name_implicit"] != nil {
		t.Errorf("made %v", made)
	}
	s.ok("sendMessage", "chat_id", s.cli, "message_thread_id", named, "text", "x")
	s.check(s.w.DeleteTopic(s.cli, s.bot, named))
	if ups := s.updates(); len(ups) != 0 {
		t.Errorf("the deletion was told: %v", ups)
	}
	if got := s.call("sendMessage", "chat_id", s.cli, "message_thread_id", named, "text", "x"); got.OK {
		t.Error("sent into a deleted topic")
	}
}

func TestPrivateTopicFailures(t *testing.T) {
	tests := []struct {
		name   string
		method string
		on     bool
		want   Situation
	}{
		{"create where there are none", "createForumTopic", false, notForum},
		{"close where there are none", "closeForumTopic", false, notForum},
		{"close", "closeForumTopic", true, notSuperForum},
		{"reopen", "reopenForumTopic", true, notSuperForum},
		{"hide", "hideGeneralForumTopic", true, notSuperForum},
		{"General", "editGeneralForumTopic", true, topicInvalid},
		{"edit an unknown one", "editForumTopic", true, topicInvalid},
		{"delete an unknown one", "deleteForumTopic", true, topicInvalid},
		{"unpin where there are none", "unpinAllForumTopicMessages", false, noTopics},
		{"send where there are none", "sendMessage", false, threadNotFound},
		{"send to an unknown one", "sendMessage", true, threadNotFound},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := threaded(t, false)
			s.w.SetThreaded(s.bot, tt.on, false)
			expectAnswer(t, s.call(tt.method, "chat_id", s.cli, "message_thread_id", 77, "name", "x", "text", "x"), tt.want)
		})
	}
}

// getMe tells what the bot's owner chose.
func TestThreadedModeInGetMe(t *testing.T) {
	s := newScene(t, Options{})
	_, token := s.w.NewBot(Robot{Name: "T", TopicsEnabled: true, UsersMayCreateTopics: true})
	s.token = token
	if me := s.ok("getMe"); me["has_topics_enabled"] != true || me["allows_users_to_create_topics"] != true {
		t.Errorf("getMe: %v", me)
	}
	s.w.SetThreaded(number64(s.ok("getMe")["id"]), false, false)
	if me := s.ok("getMe"); me["has_topics_enabled"] != false || me["allows_users_to_create_topics"] != false {
		t.Errorf("getMe: %v", me)
	}
}

func number64(v any) int64 { return int64(number(v)) }
