package telegram

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// metTopic is a topic of Ann's in which the bot has written.
func (s *scene) metTopic() int {
	s.t.Helper()
	id := s.topicOfAnn()
	s.ok("sendMessage", "chat_id", s.forum, "message_thread_id", id, "text", "x")
	return id
}

func TestCleanTopicName(t *testing.T) {
	long := strings.Repeat("я", 200)
	for in, want := range map[string]string{
		"Ann":                                "Ann",
		"  a \n\n b\t\tc\u00A0d ":            "a b c d",
		"a\rb":                               "ab",
		"a\u202Eb\u0333c":                    "abc",
		"a\u3000b\u2007c":                    "a b c",
		"\u200B\u200D\uFEFF":                 "",
		"\u200Bx":                            "\u200Bx",
		" \n":                                "",
		"\u2800":                             "",
		long:                                 strings.Repeat("я", 128),
		"a" + strings.Repeat(" ", 200) + "b": "a", // cut before spaces become one
	} {
		if got := cleanTopicName(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

// TestTopicFailures is the table of refusals about topics.
func TestTopicFailures(t *testing.T) {
	at := func(s *scene, id int, more ...any) []any {
		return append([]any{"chat_id", s.forum, "message_thread_id", id}, more...)
	}
	tests := []struct {
		name string
		want Situation // "" = it works
		do   func(s *scene) Answer
	}{
		{"icon that isn't free", badTopicIcon, func(s *scene) Answer {
			return s.call("createForumTopic", "chat_id", s.forum, "name", "x", "icon_custom_emoji_id", "5")
		}},
		{"colour that isn't of the six", badTopicColor, func(s *scene) Answer {
			return s.call("createForumTopic", "chat_id", s.forum, "name", "x", "icon_color", 5)
		}},
		{"negative colour", badTopicColor, func(s *scene) Answer {
			return s.call("createForumTopic", "chat_id", s.forum, "name", "x", "icon_color", -1)
		}},
		{"right before name", noRightTopic, func(s *scene) Answer {
			s.rights(Rights{PinMessages: true})
			return s.call("createForumTopic", "chat_id", s.forum)
		}},
		{"no topics before name", notForum, func(s *scene) Answer { return s.call("createForumTopic", "chat_id", s.cli) }},
		{"forum switched off", notForum, func(s *scene) Answer {
			id := s.topicOfAnn()
			s.w.SetForum(s.forum, false)
			return s.call("closeForumTopic", at(s, id)...)
		}},
		{"no id", badTopicID, func(s *scene) Answer { return s.call("editForumTopic", "chat_id", s.forum, "name", "x") }},
		{"edit of a topic that the server hasn't met", adminRequired, func(s *scene) Answer {
			id := s.topicOfAnn()
			s.rights(Rights{PinMessages: true})
			return s.call("editForumTopic", at(s, id, "name", "x")...)
		}},
		{"its own topic needs no right", "", func(s *scene) Answer {
			id := number(s.ok("createForumTopic", "chat_id", s.forum, "name", "x")["message_thread_id"])
			s.rights(Rights{PinMessages: true})
			s.ok("editForumTopic", at(s, id, "name", "y")...)
			s.ok("closeForumTopic", at(s, id)...)
			return s.call("deleteForumTopic", at(s, id)...)
		}},
		{"delete with can_manage_topics only", noRightDeleteTopic, func(s *scene) Answer {
			id := s.metTopic()
			s.rights(Rights{ManageTopics: true})
			return s.call("deleteForumTopic", at(s, id)...)
		}},
		{"delete with can_delete_messages only", "", func(s *scene) Answer {
			id := s.topicOfAnn()
			s.rights(Rights{DeleteMessages: true})
			return s.call("deleteForumTopic", at(s, id)...)
		}},
		{"nothing to edit, even of an unknown topic", "", func(s *scene) Answer {
			return s.call("editForumTopic", at(s, 999)...)
		}},
		{"name of spaces", topicNameEmpty, func(s *scene) Answer {
			return s.call("editForumTopic", at(s, s.topicOfAnn(), "name", " \u200B")...)
		}},
		{"edit of an unknown topic", topicInvalid, func(s *scene) Answer {
			return s.call("editForumTopic", at(s, 999, "name", "x")...)
		}},
		{"General has no icon", generalIcon, func(s *scene) Answer {
			return s.call("editForumTopic", at(s, 1, "icon_custom_emoji_id", topicIcons[0].id)...)
		}},
		{"General is renamed by its number too", "", func(s *scene) Answer {
			return s.call("editForumTopic", at(s, 1, "name", "Hall")...)
		}},
		{"General without name", "", func(s *scene) Answer { return s.call("editGeneralForumTopic", "chat_id", s.forum) }},
		{"General renamed to its name", topicNotModified, func(s *scene) Answer {
			return s.call("editGeneralForumTopic", "chat_id", s.forum, "name", "General")
		}},
		{"General is never met", adminRequired, func(s *scene) Answer {
			s.rights(Rights{PinMessages: true})
			return s.call("closeGeneralForumTopic", "chat_id", s.forum)
		}},
		{"hiding asks the server itself", noRightToggleTopic, func(s *scene) Answer {
			s.rights(Rights{PinMessages: true})
			return s.call("hideGeneralForumTopic", "chat_id", s.forum)
		}},
		{"General can't be deleted", topicInvalid, func(s *scene) Answer {
			return s.call("deleteForumTopic", at(s, 1)...)
		}},
		{"closed General", topicClosed, func(s *scene) Answer {
			s.check(s.w.CloseTopic(s.ann, s.forum, generalID))
			s.rights(Rights{PinMessages: true})
			return s.send(s.forum)
		}},
		{"hidden General is closed", topicClosed, func(s *scene) Answer {
			s.check(s.w.HideGeneral(s.ann, s.forum, true))
			s.rights(Rights{PinMessages: true})
			return s.send(s.forum)
		}},
		{"closed General with the right", "", func(s *scene) Answer {
			s.check(s.w.CloseTopic(s.ann, s.forum, generalID))
			return s.send(s.forum)
		}},
		{"hiding what is hidden", topicNotModified, func(s *scene) Answer {
			s.ok("hideGeneralForumTopic", "chat_id", s.forum)
			return s.call("hideGeneralForumTopic", "chat_id", s.forum)
		}},
		{"pins: right before topic", noRightPin, func(s *scene) Answer {
			s.rights(Rights{ManageTopics: true})
			return s.call("unpinAllForumTopicMessages", at(s, 999)...)
		}},
		{"pins of no topic", noTopics, func(s *scene) Answer {
			s.w.SetForum(s.forum, false)
			return s.call("unpinAllGeneralForumTopicMessages", "chat_id", s.forum)
		}},
		{"pins of an unknown topic", topicInvalid, func(s *scene) Answer {
			return s.call("unpinAllForumTopicMessages", at(s, 999)...)
		}},
		{"draft in a group", draftPeer, func(s *scene) Answer {
			return s.call("sendMessageDraft", "chat_id", s.forum, "draft_id", 1, "text", "x")
		}},
		{"draft in a topic that is none", topicInvalid, func(s *scene) Answer {
			return s.call("sendMessageDraft", "chat_id", s.cli, "message_thread_id", 5, "draft_id", 1, "text", "x")
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			expectAnswer(t, tt.do(newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})), tt.want)
		})
	}
}

// expectAnswer wants exactly that refusal, "" = none.
func expectAnswer(t *testing.T, got Answer, want Situation) {
	t.Helper()
	if want == "" {
		if !got.OK {
			t.Errorf("refused: %d %q", got.Code, got.Description)
		}
		return
	}
	if f := failures[want]; got.OK || got.Code != f.Code || got.Description != f.Text {
		t.Errorf("got %v %d %q\nwant %d %q", got.OK, got.Code, got.Description, f.Code, f.Text)
	}
}

// What is a guess can be had both ways.
func TestTopicKnobs(t *testing.T) {
	k := Unlimited()
	k.AnyTopicIcon, k.AnyTopicColor = true, true
	s := newScene(t, Options{Knobs: &k})
	m := s.ok("createForumTopic", "chat_id", s.forum, "name", "x", "icon_custom_emoji_id", "5", "icon_color", 5)
	if m["icon_custom_emoji_id"] != "5" || number(m["icon_color"]) != topicColors[0] {
		t.Errorf("made %v", m)
	}
}

// A topic that people delete is found for a minute by a bot that wrote there.
func TestTopicDeletedBetweenCheckAndSend(t *testing.T) {
	for _, memory := range []time.Duration{0, time.Minute} {
		t.Run(fmt.Sprint(memory), func(t *testing.T) {
			k := Unlimited()
			k.TopicMemory = memory
			s := newScene(t, Options{Knobs: &k})
			id := s.metTopic()
			s.check(s.w.DeleteTopic(s.ann, s.forum, id))
			send := func() Answer {
				return s.call("sendMessage", "chat_id", s.forum, "message_thread_id", id, "text", "x")
			}
			want := map[bool]Situation{true: topicDeleted, false: threadNotFound}
			expectAnswer(t, send(), want[memory > 0])
			s.after(time.Minute)
			expectAnswer(t, send(), threadNotFound)
			own := s.metTopic()
			s.ok("deleteForumTopic", "chat_id", s.forum, "message_thread_id", own)
			expectAnswer(t, s.call("sendMessage", "chat_id", s.forum, "message_thread_id", own, "text", "x"), threadNotFound)
		})
	}
}

// In forums with very many messages old topics can't be found, though people
// go on writing there.
func TestOldTopicsAreForgotten(t *testing.T) {
	k := Unlimited()
	k.VisibleHistory = 10
	s := newScene(t, Options{Knobs: &k})
	old, send := s.topicOfAnn(), func(id int) Answer {
		return s.call("sendMessage", "chat_id", s.forum, "message_thread_id", id, "text", "x")
	}
	for range 10 {
		s.saidIn(s.forum)
	}
	expectAnswer(t, send(old), threadNotFound)
	expectAnswer(t, s.call("closeForumTopic", "chat_id", s.forum, "message_thread_id", old), topicInvalid)
	if _, err := s.w.Say(s.ann, s.forum, old, "still here"); err != nil {
		t.Errorf("a person can't write there: %v", err)
	}
	young := s.topicOfAnn()
	expectAnswer(t, send(young), "")
	s.after(time.Minute) // until then the bot's server believes in it
	s.w.ForgetOldTopics(s.forum, young+1)
	expectAnswer(t, send(young), threadNotFound)
	s.w.ForgetOldTopics(s.forum, 0)
	s.w.AddFault(Fault{Do: ForgetTopic, Count: 1})
	expectAnswer(t, send(young), threadNotFound)
	expectAnswer(t, send(young), "")
}

// What was in topics stays there while a forum is none.
func TestForumOffAndOn(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	id := s.topicOfAnn()
	in, err := s.w.Say(s.ann, s.forum, id, "in")
	s.check(err)
	s.w.SetForum(s.forum, false)
	m := s.ok("sendMessage", "chat_id", s.forum, "text", "x", "message_thread_id", id,
		"reply_parameters", map[string]any{"message_id": in})
	chat := m["chat"].(map[string]any)
	if m["is_topic_message"] != nil || number(m["message_thread_id"]) != id || chat["is_forum"] != nil || m["external_reply"] != nil {
		t.Errorf("while it is no forum: %v", m)
	}
	if _, err := s.w.Say(s.ann, s.forum, id, "x"); err == nil {
		t.Error("a person wrote into a topic of no forum")
	}
	s.w.SetForum(s.forum, true)
	m = s.ok("sendMessage", "chat_id", s.forum, "text", "x", "message_thread_id", id)
	if m["is_topic_message"] != true {
		t.Errorf("when it is a forum again: %v", m)
	}
	if shown := s.w.View(s.ann, s.forum, id); len(shown) != 3 {
		t.Errorf("the topic shows %v", shown)
	}
}

// Hiding General closes it, reopening shows it.
func TestGeneralHidden(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	state := func(hidden, closed bool) {
		t.Helper()
		g := s.w.Topics(s.forum)[0]
		if g.Hidden != hidden || g.Closed != closed {
			t.Errorf("hidden %v closed %v, want %v %v", g.Hidden, g.Closed, hidden, closed)
		}
	}
	s.ok("hideGeneralForumTopic", "chat_id", s.forum)
	state(true, true)
	s.ok("unhideGeneralForumTopic", "chat_id", s.forum)
	state(false, true)
	s.ok("reopenGeneralForumTopic", "chat_id", s.forum)
	state(false, false)
	s.ok("hideGeneralForumTopic", "chat_id", s.forum)
	s.ok("reopenGeneralForumTopic", "chat_id", s.forum)
	state(false, false)
}

// Pins belong to topics.
func TestPinsOfTopics(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	a, b := s.topicOfAnn(), s.topicOfAnn()
	pinned := func(topic int) int {
		id, err := s.w.Say(s.ann, s.forum, topic, "x")
		s.check(err)
		s.updates()
		s.ok("pinChatMessage", "chat_id", s.forum, "message_id", id)
		if m := s.last(); number(m["message_thread_id"]) != topic {
			t.Errorf("pinned in %d, told in %v", topic, m["message_thread_id"])
		}
		return id
	}
	inA, inB, general := pinned(a), pinned(b), pinned(0)
	left := func(want ...int) {
		t.Helper()
		var got []int
		for _, m := range s.w.View(s.ann, s.forum, AllTopics) {
			if m.Pinned {
				got = append(got, m.ID)
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("pinned are %v, want %v", got, want)
		}
	}
	left(inA, inB, general)
	s.ok("unpinAllForumTopicMessages", "chat_id", s.forum, "message_thread_id", a)
	left(inB, general)
	s.ok("unpinAllGeneralForumTopicMessages", "chat_id", s.forum)
	left(inB)
	s.ok("unpinAllForumTopicMessages", "chat_id", s.forum) // without thread: all
	left()
}

// A deleted topic is remembered only while a bot believes in it.
func TestDeletedTopicsAreForgotten(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	c := s.w.group(s.forum)
	unmet, met := s.topicOfAnn(), s.metTopic()
	s.check(s.w.DeleteTopic(s.ann, s.forum, unmet))
	s.check(s.w.DeleteTopic(s.ann, s.forum, met))
	if c.topics[unmet] != nil || c.topics[met] == nil {
		t.Errorf("kept %v", c.topics)
	}
	s.after(time.Minute)
	expectAnswer(t, s.call("sendMessage", "chat_id", s.forum, "message_thread_id", met, "text", "x"), threadNotFound)
	if len(c.topics) != 0 {
		t.Errorf("kept %v", c.topics)
	}
}
