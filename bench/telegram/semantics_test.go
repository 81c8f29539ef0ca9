package telegram

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// last is the newest waiting update's message, taken together with all others.
func (s *scene) last() map[string]any {
	s.t.Helper()
	ups := s.updates()
	if len(ups) == 0 {
		s.t.Fatal("no update")
	}
	m, _ := ups[len(ups)-1]["message"].(map[string]any)
	return m
}

// TestThreadFields is the table of who stands in which thread and answers what.
func TestThreadFields(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	topic := s.topicOfAnn()
	created := s.last()
	say := func(p Post) (int, map[string]any) {
		t.Helper()
		id, err := s.w.Send(s.ann, s.forum, p)
		s.check(err)
		return id, s.last()
	}
	fields := func(m map[string]any) string {
		reply := ""
		if r, ok := m["reply_to_message"].(map[string]any); ok {
			reply = fmt.Sprint(number(r["message_id"]))
			if r["reply_to_message"] != nil {
				reply += " nested"
			}
		}
		return fmt.Sprintf("thread %d, topic %v, reply %s", number(m["message_thread_id"]), m["is_topic_message"], reply)
	}
	expect := func(what string, m map[string]any, want string, args ...any) {
		t.Helper()
		if got := fields(m); got != fmt.Sprintf(want, args...) {
			t.Errorf("%s: got %s, want %s", what, got, fmt.Sprintf(want, args...))
		}
	}
	expect("topic created", created, "thread %d, topic true, reply ", topic)
	in, m := say(Post{Content: TextOf("a"), Topic: topic})
	expect("in a topic", m, "thread %d, topic true, reply %d", topic, topic)
	_, m = say(Post{Content: TextOf("b"), Topic: topic, ReplyTo: in})
	expect("reply in a topic", m, "thread %d, topic true, reply %d", topic, in)
	gen, m := say(Post{Content: TextOf("c")})
	expect("in General", m, "thread 0, topic <nil>, reply ")
	gen2, m := say(Post{Content: TextOf("d"), ReplyTo: gen})
	expect("reply in General", m, "thread %d, topic <nil>, reply %d", gen, gen)
	_, m = say(Post{Content: TextOf("e"), ReplyTo: gen2})
	expect("second reply in General", m, "thread %d, topic <nil>, reply %d", gen, gen2)
	s.check(s.w.CloseTopic(s.ann, s.forum, topic))
	expect("topic closed", s.last(), "thread %d, topic true, reply %d", topic, topic)
	s.check(s.w.CloseTopic(s.ann, s.forum, generalID))
	expect("General closed", s.last(), "thread 0, topic <nil>, reply ")
	_, m = say(Post{Content: TextOf("f"), Topic: topic, ReplyTo: gen, Quote: "c"})
	expect("reply to another topic", m, "thread %d, topic true, reply %d", topic, topic)
	if m["external_reply"] == nil || m["quote"] == nil {
		t.Errorf("a reply to another topic lacks external_reply or quote: %v", m)
	}

	answer := s.ok("sendMessage", "chat_id", s.forum, "text", "x", "reply_parameters", map[string]any{"message_id": in})
	expect("a bot's reply without thread goes to its target's topic", answer, "thread %d, topic true, reply %d", topic, in)
	edited := s.ok("editMessageText", "chat_id", s.forum, "message_id", answer["message_id"], "text", "y")
	expect("the answer to an edit has no reply", edited, "thread %d, topic true, reply ", topic)
}

// A thread id means nothing where there are no topics.
func TestThreadIgnoredOutsideForums(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	g := s.w.NewSupergroup(s.ann, "Plain", s.bot)
	if m := s.ok("sendMessage", "chat_id", g, "message_thread_id", 77, "text", "x"); m["message_thread_id"] != nil {
		t.Errorf("thread %v", m["message_thread_id"])
	}
}

func TestNumbers(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	base := s.own(s.cli)
	other := s.w.NewUser(Person{FirstName: "O"})
	if id, err := s.w.Start(other, s.bot, ""); err != nil || id != base+1 {
		t.Errorf("another private chat gave %d %v, want %d: a bot numbers all of them in one sequence", id, err, base+1)
	}
	g := s.w.NewGroup(s.ann, "G", s.bot)
	id := number(s.ok("sendMessage", "chat_id", g, "text", "x")["message_id"])
	if id != base+3 { // 2 = the group's creation
		t.Errorf("a basic group gave %d, want %d", id, base+3)
	}
	shown := s.w.View(s.ann, g, 0)
	if mine := shown[len(shown)-1].ID; mine == id {
		t.Errorf("Ann and the bot number alike (%d), but each counts by itself", id)
	}
	forum := s.own(s.forum)
	topic := number(s.ok("createForumTopic", "chat_id", s.forum, "name", "x")["message_thread_id"])
	if topic != forum+1 {
		t.Errorf("the topic is %d after %d: service messages take numbers", topic, forum)
	}
	if id := s.own(s.forum); id != topic+1 {
		t.Errorf("next is %d after %d", id, topic)
	}
	s.ok("deleteMessage", "chat_id", s.forum, "message_id", topic+1)
	if id := s.own(s.forum); id != topic+2 {
		t.Errorf("a deleted number was given again: %d", id)
	}
	second := s.w.NewForum(s.ann, "Second", s.bot)
	if id := s.own(second); id > 5 {
		t.Errorf("a new forum began at %d", id)
	}
}

func TestUpdateNumbersAreDense(t *testing.T) {
	s := newScene(t, Options{Seed: 5})
	for range 5 {
		s.saidIn(s.bot)
		s.saidIn(s.forum)
	}
	ups := s.updates()
	for i, u := range ups {
		if i > 0 && number(u["update_id"]) != number(ups[i-1]["update_id"])+1 {
			t.Errorf("gap before %v", u["update_id"])
		}
	}
	if first := number(ups[0]["update_id"]); first < 2_000_001 || first > 1_000_000_100 {
		t.Errorf("first id %d", first)
	}
}

func TestGetUpdatesOffset(t *testing.T) {
	s := newScene(t, Options{})
	for range 4 {
		s.saidIn(s.bot)
	}
	ids := func(pairs ...any) []int {
		var list []struct {
			ID int `json:"update_id"`
		}
		if err := json.Unmarshal(s.call("getUpdates", pairs...).Result, &list); err != nil {
			t.Fatal(err)
		}
		var out []int
		for _, u := range list {
			out = append(out, u.ID)
		}
		return out
	}
	all := ids()
	if len(all) != 4 || !slices.Equal(all, ids()) {
		t.Fatalf("%v: asking without offset must confirm nothing", all)
	}
	if got := ids("limit", 2); len(got) != 2 {
		t.Errorf("limit 2 gave %v", got)
	}
	if got := ids("offset", all[1]); len(got) != 3 || got[0] != all[1] {
		t.Errorf("offset of the second gave %v", got)
	}
	if got := ids("offset", all[0]); got[0] != all[1] {
		t.Errorf("a confirmed update came back: %v", got)
	}
	if got := ids("offset", all[3]+1000); len(got) != 3 {
		t.Errorf("an offset far ahead confirmed something: %v", got)
	}
	if got := ids("offset", -1); len(got) != 1 || got[0] != all[3] {
		t.Errorf("offset -1 gave %v", got)
	}
	if got := ids("offset", 1); len(got) != 1 {
		t.Errorf("offset -1 kept %v", got)
	}
	s.w.SetTime(s.w.Now().Add(24*time.Hour + time.Second))
	if got := ids(); len(got) != 0 {
		t.Errorf("after a day there is still %v", got)
	}
}

func TestUpdateText(t *testing.T) {
	s := newScene(t, Options{})
	_, err := s.w.Say(s.cli, s.bot, 0, "é🏟/")
	s.check(err)
	raw := string(s.call("getUpdates").Result)
	if !strings.Contains(raw, ",\n\"message\":{") || !strings.Contains(raw, `"\u00e9\ud83c\udfdf/"`) {
		t.Errorf("got %s", raw)
	}
}

func TestAlbums(t *testing.T) {
	s := newScene(t, Options{})
	photo := func(caption string) Post {
		return Post{Content: Content{Kind: KindPhoto, File: &File{Kind: KindPhoto}, Text: caption}}
	}
	ids, err := s.w.SendAlbum(s.cli, s.bot, []Post{photo("one"), photo(""), photo("")})
	s.check(err)
	s.w.SetTime(s.w.Now().Add(2 * Strict().AlbumGap))
	ups := s.updates()
	if len(ups) != 3 {
		t.Fatalf("%d updates for an album of 3", len(ups))
	}
	groups := map[any]bool{}
	for i, u := range ups {
		m := u["message"].(map[string]any)
		groups[m["media_group_id"]] = true
		if number(m["message_id"]) != ids[i] || (m["caption"] != nil) != (i == 0) {
			t.Errorf("item %d: %v", i, m)
		}
	}
	if len(groups) != 1 || groups[nil] {
		t.Errorf("album ids %v", groups)
	}
	a := s.call("copyMessages", "chat_id", s.forum, "from_chat_id", s.cli, "message_ids", append(ids, 9999))
	var made []messageIDObject
	s.check(json.Unmarshal(a.Result, &made))
	if len(made) != 3 {
		t.Fatalf("%d copies; what is missing is left out silently", len(made))
	}
	albums := map[string]bool{}
	for _, id := range made {
		m, _ := s.w.Message(s.ann, s.forum, id.MessageID)
		albums[m.Album] = true
	}
	if len(albums) != 1 || albums[""] {
		t.Errorf("the copies' albums: %v", albums)
	}
}

// The migrated group tells where it went, the new one where it came from.
func TestMigrationMessages(t *testing.T) {
	s := newScene(t, Options{})
	g := s.w.NewGroup(s.ann, "G", s.bot)
	s.updates()
	to, err := s.w.Upgrade(s.ann, g)
	s.check(err)
	ups := s.updates()
	if len(ups) != 3 {
		t.Fatalf("%d updates", len(ups))
	}
	standing := ups[0]["my_chat_member"].(map[string]any)
	there := ups[1]["message"].(map[string]any)
	here := ups[2]["message"].(map[string]any)
	id := func(o map[string]any) int64 { return int64(o["chat"].(map[string]any)["id"].(float64)) }
	if id(standing) != to || id(there) != g || id(here) != to ||
		int64(there["migrate_to_chat_id"].(float64)) != to || int64(here["migrate_from_chat_id"].(float64)) != g ||
		number(here["message_id"]) != 1 || here["from"].(map[string]any)["id"].(float64) != groupAnonymousBot {
		t.Errorf("%v", ups)
	}
}

func TestWhoSeesWhat(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	private, _ := s.w.NewBot(Robot{Name: "P", Username: "p_bot"})
	g := s.w.NewSupergroup(s.ann, "G", private)
	open, _ := s.w.NewBot(Robot{Name: "O", NoPrivacy: true})
	s.check(s.w.AddMember(s.ann, g, open))
	s.check(s.w.AddMember(s.ann, g, s.bot))
	seen := func(bot int64, do func()) bool {
		before := s.w.Pending(bot)
		do()
		return s.w.Pending(bot) > before
	}
	say := func(text string) func() {
		return func() { _, err := s.w.Say(s.ann, g, 0, text); s.check(err) }
	}
	answer := 0
	tests := []struct {
		what string
		bot  int64
		want bool
		do   func()
	}{
		{"ordinary text, privacy on", private, false, say("hi")},
		{"ordinary text, privacy off", open, true, say("hi")},
		{"a command for it", private, true, say("/do@p_bot")},
		{"a command for another", private, false, say("/do@other_bot")},
		{"a command for nobody, it didn't speak last", private, false, say("/do")},
		{"another bot's message", open, false, func() {
			answer = number(mustResult(t, s.w.Call(s.w.Token(private), "sendMessage", ArgsOf("chat_id", g, "text", "x")))["message_id"])
		}},
		{"a command for nobody, it spoke last", private, true, say("/do")},
		{"a reply to it", private, true, func() {
			_, err := s.w.Send(s.ann, g, Post{Content: TextOf("r"), ReplyTo: answer})
			s.check(err)
		}},
		{"a service message", private, true, func() { s.check(s.w.SetTitle(s.ann, g, "G2")) }},
		{"an anonymous administrator", open, true, func() {
			_, err := s.w.Send(s.ann, g, Post{Content: TextOf("a"), Anonymous: true})
			s.check(err)
		}},
		{"its own service message", s.bot, true, func() { s.ok("createForumTopic", "chat_id", s.forum, "name", "x") }},
		{"its own message", s.bot, false, func() { s.own(s.forum) }},
		{"its own edit", s.bot, false, func() {
			s.ok("editMessageText", "chat_id", s.forum, "message_id", s.own(s.forum), "text", "e")
		}},
		{"a deletion", s.bot, false, func() {
			shown := s.w.View(s.ann, s.forum, 0)
			s.check(s.w.Delete(s.ann, s.forum, shown[len(shown)-1].ID))
		}},
		{"ordinary text, administrator", private, true, func() {
			s.check(s.w.Promote(s.ann, g, private, Rights{PinMessages: true}, ""))
			before := s.w.Pending(private)
			say("hi")()
			if s.w.Pending(private) == before {
				t.Error("an administrator bot missed a text")
			}
		}},
	}
	for _, tt := range tests {
		if got := seen(tt.bot, tt.do); got != tt.want {
			t.Errorf("%s: told %v, want %v", tt.what, got, tt.want)
		}
	}
}

func mustResult(t *testing.T, a Answer) map[string]any {
	t.Helper()
	if !a.OK {
		t.Fatal(a.Description)
	}
	var m map[string]any
	if err := json.Unmarshal(a.Result, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// A deletion of a topic is told to nobody; the next send finds out.
func TestDeletedTopicIsSilent(t *testing.T) {
	s := newScene(t, Options{})
	topic := s.topicOfAnn()
	s.updates()
	s.check(s.w.DeleteTopic(s.ann, s.forum, topic))
	if ups := s.updates(); len(ups) != 0 {
		t.Errorf("told of %v", ups)
	}
	s.refused(threadNotFound, "sendMessage", "chat_id", s.forum, "message_thread_id", topic, "text", "x")
	if shown := s.w.View(s.ann, s.forum, topic); len(shown) != 0 {
		t.Errorf("still shown: %v", shown)
	}
}

func TestAllowedUpdates(t *testing.T) {
	s := newScene(t, Options{})
	id := s.saidIn(s.bot)
	s.updates()
	react := func(emoji string) int {
		s.check(s.w.React(s.cli, s.bot, id, emoji))
		return len(s.updates())
	}
	if n := react("👍"); n != 0 {
		t.Errorf("reactions are not in the default set, got %d", n)
	}
	s.call("getUpdates", "allowed_updates", []string{"message_reaction", "nonsense"})
	if n := react("👎"); n != 1 {
		t.Errorf("asked for reactions, got %d", n)
	}
	s.saidIn(s.bot)
	if ups := s.updates(); len(ups) != 0 {
		t.Errorf("didn't ask for messages, got %v", ups)
	}
	s.call("getUpdates", "allowed_updates", []string{})
	s.saidIn(s.bot)
	if ups := s.updates(); len(ups) != 1 {
		t.Errorf("an empty list is the default set, got %v", ups)
	}
}

func TestCopyKeepsCaptionAndDropsButtons(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	m := s.ok("sendPhoto", "chat_id", s.cli, "photo", upload("p"), "caption", "cap", "reply_markup",
		map[string]any{"inline_keyboard": [][]map[string]string{{{"text": "a", "callback_data": "A"}}}})
	copyOf := func(pairs ...any) Shown {
		id := number(s.ok("copyMessage", append([]any{"chat_id", s.forum, "from_chat_id", s.cli, "message_id", m["message_id"]}, pairs...)...)["message_id"])
		shown, ok := s.w.Message(s.ann, s.forum, id)
		if !ok {
			t.Fatal("no copy")
		}
		return shown
	}
	if c := copyOf(); c.Text != "cap" || c.Buttons != nil || c.Forwarded != "" || c.FileID == "" {
		t.Errorf("plain copy: %+v", c)
	}
	if c := copyOf("caption", "new"); c.Text != "new" {
		t.Errorf("new caption: %q", c.Text)
	}
	if c := copyOf("caption", ""); c.Text != "" {
		t.Errorf("empty caption: %q", c.Text)
	}
}

// A caption that only premium users may write is copied as it is, not as a
// reply or with a button.
func TestCopyOfLongCaption(t *testing.T) {
	s := newScene(t, Options{})
	id, err := s.w.Send(s.cli, s.bot, Post{Content: MediaOf(&File{Kind: KindPhoto}, strings.Repeat("x", 1025))})
	s.check(err)
	topic := number(s.ok("createForumTopic", "chat_id", s.forum, "name", "x")["message_thread_id"])
	there := []any{"chat_id", s.forum, "message_thread_id", topic, "from_chat_id", s.cli, "message_id", id}
	made := number(s.ok("copyMessage", there...)["message_id"])
	s.ok("copyMessage", append(there, "reply_parameters", `{"message_id":`+fmt.Sprint(topic)+`}`)...)
	s.refused(captionTooLong, "copyMessage", append(there, "reply_parameters", `{"message_id":`+fmt.Sprint(made)+`}`)...)
	s.refused(captionTooLong, "copyMessage", append(there, "reply_markup", `{"inline_keyboard":[[{"text":"x","url":"https://example.org"}]]}`)...)
}

func TestFileIDs(t *testing.T) {
	s := newScene(t, Options{})
	other, otherToken := s.w.NewBot(Robot{Name: "O"})
	s.check(s.w.AddMember(s.ann, s.forum, other))
	s.check(s.w.Promote(s.ann, s.forum, other, AllRights(), ""))
	_, err := s.w.Send(s.ann, s.forum, Post{Content: MediaOf(&File{Kind: KindDocument, Name: "n.txt", Data: []byte("data")}, "")})
	s.check(err)
	doc := func(bot int64) map[string]any {
		ups := s.w.Peek(bot, 0, 100)
		var m map[string]any
		s.check(json.Unmarshal(ups[len(ups)-1].Object, &m))
		return m["document"].(map[string]any)
	}
	a, b := doc(s.bot), doc(other)
	if a["file_id"] == b["file_id"] || a["file_unique_id"] != b["file_unique_id"] {
		t.Errorf("ids %v %v, unique ids %v %v", a["file_id"], b["file_id"], a["file_unique_id"], b["file_unique_id"])
	}
	path := s.ok("getFile", "file_id", a["file_id"])["file_path"].(string)
	if data, ok := s.w.Download(s.token, path); !ok || string(data) != "data" {
		t.Errorf("downloaded %q %v", data, ok)
	}
	if _, ok := s.w.Download("1:bad", path); ok {
		t.Error("downloaded with a wrong token")
	}
	if got := s.w.Call(otherToken, "getFile", ArgsOf("file_id", a["file_id"])); got.OK {
		t.Error("another bot's file id worked")
	}
}

// The same seed and the same acts give the same World, to the byte.
func TestDeterminism(t *testing.T) {
	one, two := tour(t), tour(t)
	for i := range one {
		if one[i].String() != two[i].String() {
			t.Fatalf("%d differs:\n%v\n%v", i, one[i], two[i])
		}
	}
}

func TestKeepMessages(t *testing.T) {
	s := newScene(t, Options{KeepMessages: 10, Knobs: unlimitedKnobs()})
	var ids []int
	for range 100 {
		ids = append(ids, s.own(s.forum))
		s.own(s.cli)
	}
	if n := len(s.w.View(s.ann, s.forum, AllTopics)); n < 10 || n > 20 {
		t.Errorf("%d messages are kept", n)
	}
	if ids[99] != ids[0]+99 {
		t.Errorf("numbers %d … %d", ids[0], ids[99])
	}
	s.refused(editNotFound, "editMessageText", "chat_id", s.forum, "message_id", ids[0], "text", "x")
}
