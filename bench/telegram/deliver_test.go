package telegram

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// pressed lets the client press a button and returns the query's id.
func (s *scene) pressed() string {
	s.t.Helper()
	query, err := s.w.Press(s.cli, s.bot, s.button(s.cli), "A")
	s.check(err)
	return query
}

// button is a message of the bot with the button "A".
func (s *scene) button(chat int64) int {
	return number(s.ok("sendMessage", "chat_id", chat, "text", "press", "reply_markup", map[string]any{
		"inline_keyboard": [][]map[string]string{{{"text": "a", "callback_data": "A"}}}})["message_id"])
}

// told are the texts of a bot's waiting updates; the types of those without.
func (s *scene) told(bot int64) []string {
	var out []string
	for _, u := range s.w.Peek(bot, 0, maxQueued) {
		text := u.Kind
		for _, part := range strings.Split(string(u.Object), `"text":"`)[1:] {
			text, _, _ = strings.Cut(part, `"`)
		}
		out = append(out, text)
		s.w.Discard(bot, u.ID)
	}
	return out
}

// Of the bots in privacy mode one receives a message at most.
func TestPrivacyMode(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	group := s.w.NewSupergroup(s.ann, "G")
	bots, tokens := map[string]int64{}, map[string]string{}
	for _, name := range []string{"one", "two", "all"} {
		bots[name], tokens[name] = s.w.NewBot(Robot{Name: name, Username: name + "_bot", NoPrivacy: name == "all"})
		s.check(s.w.AddMember(s.ann, group, bots[name]))
	}
	write := func(name, text string) int {
		a := s.w.Call(tokens[name], "sendMessage", ArgsOf("chat_id", group, "text", text))
		id := s.w.chats[group].box.last()
		if !a.OK {
			t.Fatal(a.Description)
		}
		return id
	}
	byOne := write("one", "by one")
	byTwo := write("two", "by two") // the last to speak
	for _, b := range bots {
		s.told(b)
	}
	say := func(text string, reply int) int {
		id, err := s.w.Send(s.ann, group, Post{Content: TextOf(text), ReplyTo: reply})
		s.check(err)
		return id
	}
	for _, tt := range []struct {
		text  string
		reply int
		want  string // who receives it beside "all"
	}{
		{"hello", 0, ""},
		{"/cmd", 0, "two"},
		{"/cmd@one_bot", 0, "one"},
		{"please /cmd@ONE_bot now", 0, "one"},
		{"/cmd@nobody_bot", 0, ""},
		{"/a@two_bot /b@one_bot", 0, "two"},
		{"hi", byOne, "one"},
		{"/cmd@two_bot", byOne, "one"}, // replies win
		{"/cmd", byTwo, "two"},
		{"reply to a command", say("/cmd@one_bot", 0), "one"},
		{"reply to small talk", say("small talk", 0), ""},
	} {
		for _, b := range bots {
			s.told(b)
		}
		say(tt.text, tt.reply)
		for name, b := range bots {
			if got, want := s.told(b), name == "all" || name == tt.want; slices.Contains(got, tt.text) != want {
				t.Errorf("%q: %s is told %q, want %v", tt.text, name, got, want)
			}
		}
	}
}

// After leaving a supergroup a bot gets the message about that, and no more.
func TestLeavingMessage(t *testing.T) {
	s := newScene(t, Options{})
	s.check(s.w.Kick(s.ann, s.forum, s.bot))
	s.saidIn(s.forum)
	ups := s.updates()
	if len(ups) != 2 || ups[0]["my_chat_member"] == nil {
		t.Fatalf("%v", ups)
	}
	m, _ := ups[1]["message"].(map[string]any)
	left, _ := m["left_chat_member"].(map[string]any)
	if number(left["id"]) != int(s.bot) {
		t.Errorf("%v", ups[1])
	}
}

// Edits that change nothing are nobody's business.
func TestPhantomEdit(t *testing.T) {
	s := newScene(t, Options{})
	id := s.saidIn(s.bot)
	s.updates()
	s.check(s.w.Edit(s.cli, s.bot, id, TextOf("said")))
	if got := s.told(s.bot); got != nil {
		t.Errorf("told of %q", got)
	}
	s.check(s.w.Edit(s.cli, s.bot, id, TextOf("other")))
	if got := s.told(s.bot); !slices.Equal(got, []string{"other"}) {
		t.Errorf("told of %q", got)
	}
}

// In channels reactions are counted, once for all of a while.
func TestReactionCounts(t *testing.T) {
	s := newScene(t, Options{})
	s.ok("getUpdates", "allowed_updates", []string{"message_reaction", "message_reaction_count"})
	news := s.w.NewChannel(s.ann, "News")
	s.check(s.w.Promote(s.ann, news, s.bot, AllRights(), ""))
	s.check(s.w.AddMember(s.ann, news, s.cli))
	id, err := s.w.Say(s.ann, news, 0, "post")
	s.check(err)
	s.check(s.w.React(s.ann, news, id, "👍"))
	s.check(s.w.React(s.cli, news, id, "🔥"))
	s.check(s.w.React(s.ann, news, id, "🔥"))
	if got := s.updates(); got != nil {
		t.Fatalf("told at once: %v", got)
	}
	if due := s.w.NextLate().Sub(s.w.Now()); due != time.Minute {
		t.Errorf("due in %v", due)
	}
	s.w.SetTime(s.w.Now().Add(time.Minute))
	all := s.w.Peek(s.bot, 0, 10)
	want := fmt.Sprintf(`{"chat":{"id":%d,"title":"News","type":"channel"},"message_id":%d,"date":%d,`+
		`"reactions":[{"type":{"type":"emoji","emoji":"\ud83d\udd25"},"total_count":2}]}`, news, id, s.w.unix())
	if len(all) != 1 || string(all[0].Object) != want || all[0].Lane != news+9*laneStep {
		t.Errorf("got %s\nwant %s", all[0].Object, want)
	}
}

// An administrator who is anonymous reacts as the group.
func TestAnonymousReaction(t *testing.T) {
	s := newScene(t, Options{})
	s.ok("getUpdates", "allowed_updates", []string{"message_reaction"})
	id := s.saidIn(s.forum)
	s.w.SetAnonymous(s.forum, s.ann, true)
	s.check(s.w.React(s.ann, s.forum, id, "👍"))
	r, _ := s.updates()[0]["message_reaction"].(map[string]any)
	actor, _ := r["actor_chat"].(map[string]any)
	if r["user"] != nil || int64(number(actor["id"])) != s.forum {
		t.Errorf("%v", r)
	}
}

func TestCallbackCache(t *testing.T) {
	s := newScene(t, Options{})
	id := s.button(s.cli)
	press := func() string {
		query, err := s.w.Press(s.cli, s.bot, id, "A")
		s.check(err)
		return query
	}
	first := press()
	s.ok("answerCallbackQuery", "callback_query_id", first, "text", "ok", "cache_time", 60, "url", "t.me/Desk_Bot?start=x")
	s.updates()
	if again := press(); again != first || s.w.Pending(s.bot) != 0 {
		t.Errorf("the app asked again: %s after %s", again, first)
	}
	if a := s.w.Callback(first); a.Text != "ok" || a.URL != "t.me/Desk_Bot?start=x" {
		t.Errorf("%+v", a)
	}
	s.w.SetTime(s.w.Now().Add(time.Minute))
	if later := press(); later == first || s.w.Pending(s.bot) != 1 {
		t.Errorf("after the cache time the app didn't ask")
	}
}

// A bot that has left a group learns of a pressed button, not of the message.
func TestCallbackInaccessible(t *testing.T) {
	s := newScene(t, Options{})
	id := s.button(s.forum)
	s.check(s.w.Leave(s.bot, s.forum))
	s.updates()
	_, err := s.w.Press(s.ann, s.forum, id, "A")
	s.check(err)
	q, _ := s.updates()[0]["callback_query"].(map[string]any)
	m, _ := q["message"].(map[string]any)
	if len(m) != 3 || number(m["message_id"]) != id || m["date"] != 0.0 || m["chat"] == nil {
		t.Errorf("%v", q)
	}
}
