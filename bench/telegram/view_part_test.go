package telegram

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestViewPart(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	var ids []int
	for i := range 10 {
		id, err := s.w.Say(s.cli, s.bot, 0, fmt.Sprint(i))
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	for _, tc := range []struct {
		part Part
		want string
	}{
		{Part{Limit: 3}, "older 7 8 9"},
		{Part{Before: ids[7], Limit: 2}, "older 5 6 newer"},
		{Part{After: ids[4], First: 2}, "older 5 6 newer"},
		{Part{After: ids[7]}, "older 8 9"},
		{Part{After: ids[3], Before: ids[4]}, "older newer"},
		{Part{Before: 1}, "newer"},
		{Part{}, "/start 0 1 2 3 4 5 6 7 8 9"},
	} {
		got := s.w.ViewPart(s.cli, s.bot, AllTopics, tc.part)
		var words []string
		if got.Older {
			words = append(words, "older")
		}
		for _, m := range got.Messages {
			words = append(words, m.Text)
		}
		if got.Newer {
			words = append(words, "newer")
		}
		if have := strings.Join(words, " "); have != tc.want {
			t.Errorf("%+v: %q, want %q", tc.part, have, tc.want)
		}
	}
}

// A reply whose target is gone says so, and a pin leaves the list when it is
// taken back.
func TestShownGoneAndPins(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	first, _ := s.w.Say(s.cli, s.bot, 0, "first")
	second, _ := s.w.Send(s.cli, s.bot, Post{Content: TextOf("second"), ReplyTo: first})
	for _, id := range []int{first, second} {
		if err := s.w.Pin(s.cli, s.bot, id); err != nil {
			t.Fatal(err)
		}
	}
	if got := s.w.Pins(s.cli, s.bot, AllTopics); len(got) != 2 || got[0].ID != second {
		t.Errorf("pins %+v", got)
	}
	if err := s.w.Unpin(s.cli, s.bot, second); err != nil {
		t.Fatal(err)
	}
	if got := s.w.Pins(s.cli, s.bot, AllTopics); len(got) != 1 || got[0].ID != first {
		t.Errorf("pins %+v", got)
	}
	if err := s.w.Delete(s.cli, s.bot, first); err != nil {
		t.Fatal(err)
	}
	if m, _ := s.w.Message(s.cli, s.bot, second); !m.ReplyGone || m.ReplyTo != 0 {
		t.Errorf("the reply to a deleted message: %+v", m)
	}
	if got := s.w.Pins(s.cli, s.bot, AllTopics); len(got) != 0 {
		t.Errorf("a deleted message is pinned: %+v", got)
	}
	s.w.React(s.cli, s.bot, second, "🔥")
	if m, _ := s.w.Message(s.cli, s.bot, second); !slices.Equal(m.MyReactions, []string{"🔥"}) {
		t.Errorf("own reactions %v", m.MyReactions)
	}
	outsider := s.w.NewUser(Person{FirstName: "Out"})
	if got := s.w.Pins(outsider, s.forum, AllTopics); len(got) != 0 {
		t.Errorf("an outsider sees pins %+v", got)
	}
}

// Copies tells what a bot has of a message, and whether it knows yet.
func TestCopies(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	deaf, _ := s.w.NewBot(Robot{Name: "Deaf"})
	if err := s.w.AddMember(s.ann, s.forum, deaf); err != nil {
		t.Fatal(err)
	}
	id, err := s.w.Say(s.ann, s.forum, 0, "hello")
	if err != nil {
		t.Fatal(err)
	}
	look := func() []string {
		copies, err := s.w.Copies(s.ann, s.forum, id)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, c := range copies {
			out = append(out, fmt.Sprintf("%s told=%v waits=%v text=%v", c.Name, c.Told, c.Waiting != 0, strings.Contains(string(c.Object), `"text":"hello"`)))
		}
		return out
	}
	if got, want := look(), []string{"Desk told=true waits=true text=true", "Deaf told=false waits=false text=true"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	s.updates()
	if got := look()[0]; got != "Desk told=true waits=false text=true" {
		t.Errorf("after getUpdates: %q", got)
	}
	if _, err := s.w.Copies(s.ann, s.forum, 999); err == nil {
		t.Error("copies of no message")
	}
}

func TestTopicLines(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	thread, err := s.w.CreateTopic(s.ann, s.forum, "Cli", 0)
	if err != nil {
		t.Fatal(err)
	}
	id, _ := s.w.Say(s.ann, s.forum, thread, "inside")
	s.w.Pin(s.ann, s.forum, id)
	lines := s.w.TopicLines(s.ann, s.forum)
	if l := lines[1]; l.ID != thread || l.Messages != 1 || l.Pinned != 1 || l.Last.Kind != KindService {
		t.Errorf("line %+v", l)
	}
	if l := s.w.TopicLines(s.cli, s.forum)[1]; l.Messages != 0 || l.Last != nil {
		t.Errorf("an outsider's line %+v", l)
	}
	for _, c := range s.w.Chats(s.ann) {
		if c.ID == s.forum && (c.Status != "creator" || c.Messages != 1) {
			t.Errorf("chat %+v", c)
		}
	}
}

func TestMemberRights(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	if err := s.w.Restrict(s.ann, s.forum, s.cli, Permissions{SendMessages: true}, 0); err != nil {
		t.Fatal(err)
	}
	s.w.AddMember(s.ann, s.forum, s.cli)
	for _, m := range s.w.Members(s.forum) {
		switch m.ID {
		case s.bot:
			if !m.Bot || !m.Rights["can_manage_topics"] || m.Rights["is_anonymous"] {
				t.Errorf("the bot: %+v", m)
			}
		case s.ann:
			if m.Status != "creator" || m.Rights != nil {
				t.Errorf("the owner: %+v", m)
			}
		}
	}
	if p := s.w.Permissions(s.forum); !p["can_send_messages"] || p["can_manage_topics"] {
		t.Errorf("permissions %v", p)
	}
}

func TestRemoveFault(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	s.w.AddFault(Fault{Do: Flood, Method: "sendMessage", Retry: 1, Count: 1})
	s.w.AddFault(Fault{Do: Gateway, Method: "sendPhoto"})
	s.w.Call(s.token, "sendMessage", ArgsOf("chat_id", s.cli, "text", "x"))
	if got := s.w.Struck(); !slices.Equal(got, []int{1, 0}) {
		t.Errorf("struck %v", got)
	}
	if s.w.RemoveFault(2) || s.w.RemoveFault(-1) || !s.w.RemoveFault(0) {
		t.Error("what was removed?")
	}
	if left := s.w.Faults(); len(left) != 1 || left[0].Do != Gateway {
		t.Errorf("left %+v", left)
	}
}

// What people see of a bot's buttons and polls and of a topic's icon.
func TestShownExtras(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	s.ok("sendMessage", "chat_id", s.cli, "text", "pick", "reply_markup",
		`{"inline_keyboard":[[{"text":"Code","copy_text":{"text":"A-17"}},{"text":"Go","callback_data":"go"}]]}`)
	poll := number(s.ok("sendPoll", "chat_id", s.cli, "question", "Oil?", "options", `["yes","no"]`)["message_id"])
	if err := s.w.Vote(s.cli, s.bot, poll, 1); err != nil {
		t.Fatal(err)
	}
	seen := s.w.View(s.cli, s.bot, AllTopics)
	if got := seen[1].Buttons[0]; got[0].Copy != "A-17" || got[1].Data != "go" {
		t.Errorf("buttons %+v", got)
	}
	if got := seen[2].MyVotes; !slices.Equal(got, []int{1}) {
		t.Errorf("votes %v", got)
	}
	icon := TopicIcons()[1]
	thread := number(s.ok("createForumTopic", "chat_id", s.forum, "name", "Ideas", "icon_custom_emoji_id", icon.ID)["message_thread_id"])
	if got, _ := s.w.Topic(s.forum, thread); got.Emoji != icon.Emoji || got.Icon != icon.ID {
		t.Errorf("topic %+v", got)
	}
}
