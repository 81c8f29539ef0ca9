package telegram

import (
	"encoding/json"
	"testing"
	"time"
)

// firstOf is the number of the first message of an answer that has many.
func firstOf(t *testing.T, a Answer) int {
	t.Helper()
	var list []struct {
		ID int `json:"message_id"`
	}
	if err := json.Unmarshal(a.Result, &list); err != nil || len(list) == 0 {
		t.Fatalf("%d %s: %s", a.Code, a.Description, a.Result)
	}
	return list[0].ID
}

// A place moves while its time lasts, and every move is an edit to others.
func TestLiveLocation(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	m := s.ok("sendLocation", "chat_id", s.cli, "latitude", 1, "longitude", 2, "live_period", 600, "heading", 90)
	id := m["message_id"]
	at := m["location"].(map[string]any)
	if number(at["live_period"]) != 600 || number(at["heading"]) != 90 {
		t.Errorf("sent as %v", at)
	}
	moved := s.ok("editMessageLiveLocation", "chat_id", s.cli, "message_id", id, "latitude", 1.5, "longitude", 2)
	at = moved["location"].(map[string]any)
	if at["latitude"] != 1.5 || number(at["live_period"]) != 600 || moved["edit_date"] == nil {
		t.Errorf("moved to %v", moved)
	}
	stopped := s.ok("stopMessageLiveLocation", "chat_id", s.cli, "message_id", id)
	if at = stopped["location"].(map[string]any); at["live_period"] != nil || at["latitude"] != 1.5 {
		t.Errorf("stopped at %v", at)
	}
	s.refused(cantEdit, "editMessageLiveLocation", "chat_id", s.cli, "message_id", id, "latitude", 2, "longitude", 2)
}

func TestPersonMoves(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	id, err := s.w.Send(s.cli, s.bot, Post{Content: Content{Kind: KindLocation, Location: &Location{Latitude: 1, LivePeriod: 60}}})
	s.check(err)
	s.check(s.w.Move(s.cli, s.bot, id, &Location{Latitude: 3, Heading: 5}))
	s.check(s.w.Move(s.cli, s.bot, id, nil))
	if s.w.Move(s.cli, s.bot, id, &Location{Latitude: 4}) == nil {
		t.Error("a place moved after its end")
	}
	ups := s.updates()
	if len(ups) != 3 {
		t.Fatalf("%d updates, want message and two edits", len(ups))
	}
	at := ups[1]["edited_message"].(map[string]any)["location"].(map[string]any)
	if number(at["latitude"]) != 3 || number(at["heading"]) != 5 || number(at["live_period"]) != 60 {
		t.Errorf("moved to %v", at)
	}
	if at = ups[2]["edited_message"].(map[string]any)["location"].(map[string]any); at["live_period"] != nil {
		t.Errorf("ended as %v", at)
	}
}

// A poll closes by itself when its time comes, and its bot is told.
func TestPollClosesByItself(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	m := s.ok("sendPoll", "chat_id", s.cli, "question", "Q", "options", `["a",{"text":"b"}]`, "open_period", 60,
		"description", "*why*", "description_parse_mode", "MarkdownV2")
	p := m["poll"].(map[string]any)
	if number(p["open_period"]) != 60 || number(p["close_date"]) != int(s.w.Now().Unix())+60 || p["description"] != "why" {
		t.Errorf("sent as %v", p)
	}
	s.check(s.w.Vote(s.cli, s.bot, number(m["message_id"]), 1))
	s.w.SetTime(s.w.Now().Add(59 * time.Second))
	if got := len(s.updates()); got != 1 {
		t.Fatalf("%d updates before the end, want the vote", got)
	}
	s.w.SetTime(s.w.Now().Add(time.Second))
	ups := s.updates()
	if len(ups) != 1 || ups[0]["poll"].(map[string]any)["is_closed"] != true || ups[0]["poll"].(map[string]any)["description"] != nil {
		t.Fatalf("told %v", ups)
	}
	if s.w.Vote(s.cli, s.bot, number(m["message_id"]), 0) == nil {
		t.Error("voted in a closed poll")
	}
}

// Only who may know is told the answer of a quiz.
func TestQuizAnswers(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	quiz := Content{Kind: KindPoll, Poll: &Poll{Question: "Q", Quiz: true, Correct: []int{1}, Explanation: "so", Options: []PollOption{{Text: "a"}, {Text: "b"}}}}
	private, err := s.w.Send(s.cli, s.bot, Post{Content: quiz})
	s.check(err)
	other := quiz
	other.Poll = other.Poll.fresh()
	group, err := s.w.Send(s.ann, s.forum, Post{Content: other})
	s.check(err)
	ups := s.updates()
	known, hidden := ups[0]["message"].(map[string]any)["poll"].(map[string]any), ups[1]["message"].(map[string]any)["poll"].(map[string]any)
	if known["correct_option_ids"] == nil || known["explanation"] != "so" || hidden["correct_option_ids"] != nil || hidden["explanation"] != nil {
		t.Errorf("private %v\ngroup %v", known, hidden)
	}
	s.ok("copyMessage", "chat_id", s.cli, "from_chat_id", s.cli, "message_id", private)
	s.refused(cantCopy, "copyMessage", "chat_id", s.cli, "from_chat_id", s.forum, "message_id", group)
	s.check(s.w.StopPoll(s.ann, s.forum, group))
	if ups = s.updates(); len(ups) != 1 || ups[0]["poll"].(map[string]any)["correct_option_ids"] == nil {
		t.Errorf("stopping told %v", ups)
	}
}

// What Telegram finds in an upload decides what it becomes.
func TestConversions(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	mp4 := append([]byte("0000ftypisom"), "moov vide"...)
	for _, tt := range []struct {
		method, field string
		data          []byte
		asFile        bool
		want          string
	}{
		{"sendDocument", "document", []byte("GIF89a"), false, "animation"},
		{"sendDocument", "document", []byte("GIF89a"), true, "document"},
		{"sendDocument", "document", mp4, false, "animation"},
		{"sendDocument", "document", append(mp4, "soun"...), false, "video"},
		{"sendVideo", "video", mp4, false, "animation"},
		{"sendAnimation", "animation", append(mp4, "soun"...), false, "video"},
		{"sendDocument", "document", []byte("ID3 music"), false, "audio"},
		{"sendDocument", "document", []byte("letter"), false, "document"},
	} {
		m := s.ok(tt.method, "chat_id", s.cli, tt.field, Upload{Name: "f", Data: tt.data}, "disable_content_type_detection", tt.asFile)
		if m[tt.want] == nil || tt.want == "document" && m["animation"] != nil {
			t.Errorf("%s of %q gives %v, want %s", tt.method, tt.data, m, tt.want)
		}
	}
}

// A hosted file is sent by its address, and is the same file each time.
func TestSendByURL(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	s.check(s.w.Host("https://a.bc/p.jpg", File{Kind: KindPhoto, Width: 100, Height: 50}))
	one := s.ok("sendPhoto", "chat_id", s.cli, "photo", "https://a.bc/p.jpg")["photo"].([]any)
	two := s.ok("sendPhoto", "chat_id", s.forum, "photo", "https://a.bc/p.jpg")["photo"].([]any)
	first, again := one[len(one)-1].(map[string]any), two[len(two)-1].(map[string]any)
	if number(first["width"]) != 100 || first["file_unique_id"] != again["file_unique_id"] {
		t.Errorf("%v\n%v", first, again)
	}
}

// A file id sends the file as what it is, whatever the method.
func TestFileKeepsItsKind(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	video := s.ok("sendVideo", "chat_id", s.cli, "video", upload("v"))["video"].(map[string]any)
	again := s.ok("sendDocument", "chat_id", s.cli, "document", video["file_id"], "caption", "c")
	if again["video"] == nil || again["caption"] != "c" {
		t.Errorf("%v", again)
	}
}

// Edits change kinds outside albums.
func TestEditMediaChangesKind(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	id := s.own(s.cli)
	m := s.ok("editMessageMedia", "chat_id", s.cli, "message_id", id, "media", `{"type":"photo","media":"attach://p","caption":"c"}`, "p", upload("p"))
	if m["photo"] == nil || m["caption"] != "c" || m["text"] != nil {
		t.Errorf("%v", m)
	}
	m = s.ok("editMessageMedia", "chat_id", s.cli, "message_id", id, "media", `{"type":"document","media":"attach://p"}`, "p", upload("p"))
	if m["document"] == nil || m["photo"] != nil || m["caption"] != nil {
		t.Errorf("%v", m)
	}
}

// One item of an album is none; documents of one sender become one.
func TestBatchesRegroup(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	album, err := s.w.SendAlbum(s.cli, s.bot, []Post{{Content: MediaOf(&File{Kind: KindPhoto}, "a")}, {Content: MediaOf(&File{Kind: KindPhoto}, "")}})
	s.check(err)
	var docs []int
	for range 2 {
		id, err := s.w.Send(s.cli, s.bot, Post{Content: MediaOf(&File{Kind: KindDocument}, "")})
		s.check(err)
		docs = append(docs, id)
	}
	for _, tt := range []struct {
		ids  []int
		want bool
	}{{album, true}, {album[:1], false}, {docs, true}, {docs[:1], false}, {[]int{album[0], docs[0]}, false}} {
		s.call("copyMessages", "chat_id", s.forum, "from_chat_id", s.cli, "message_ids", tt.ids)
		all := s.w.View(s.ann, s.forum, AllTopics)
		last := all[len(all)-1]
		if (last.Album != "") != tt.want {
			t.Errorf("%v: album %q", tt.ids, last.Album)
		}
	}
}

// Replies among copied messages stay replies.
func TestBatchKeepsReplies(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	first := s.saidIn(s.bot)
	second, err := s.w.Send(s.cli, s.bot, Post{Content: TextOf("re"), ReplyTo: first})
	s.check(err)
	s.call("copyMessages", "chat_id", s.forum, "from_chat_id", s.cli, "message_ids", []int{first, second})
	all := s.w.View(s.ann, s.forum, AllTopics)
	if got := all[len(all)-1].ReplyTo; got != all[len(all)-2].ID {
		t.Errorf("the copy replies to %d", got)
	}
}

// A protected message is skipped by forwards and refused to copies; a
// protected chat refuses everything.
func TestProtectedMessage(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	id := s.ok("sendMessage", "chat_id", s.cli, "text", "x", "protect_content", true)["message_id"]
	s.refused(cantForward, "forwardMessage", "chat_id", s.forum, "from_chat_id", s.cli, "message_id", id)
	s.refused(noneToForward, "forwardMessages", "chat_id", s.forum, "from_chat_id", s.cli, "message_ids", []any{id})
	s.refused(protectedContent, "copyMessage", "chat_id", s.forum, "from_chat_id", s.cli, "message_id", id)
	a := s.call("copyMessages", "chat_id", s.forum, "from_chat_id", s.cli, "message_ids", []any{id})
	if want := fail(albumItem, 1, "Message has protected content and can't be forwarded"); a.Description != want.text {
		t.Errorf("got %q", a.Description)
	}
}

// Moments are marked in every way, and come back in the server's own order.
func TestMoments(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	for _, tt := range []struct{ mode, text, want string }{
		{"MarkdownV2", "at ![noon](tg://time?unix=1700000000&format=tDw)", "wDt"},
		{"HTML", `at <tg-time unix="1700000000" format="R">noon</tg-time>`, "r"},
		{"HTML", `at <tg-time unix="1700000000">noon</tg-time>`, ""},
	} {
		m := s.ok("sendMessage", "chat_id", s.cli, "text", tt.text, "parse_mode", tt.mode)
		e := m["entities"].([]any)[0].(map[string]any)
		if m["text"] != "at noon" || e["type"] != "date_time" || number(e["offset"]) != 3 || number(e["unix_time"]) != 1700000000 || e["date_time_format"] != tt.want {
			t.Errorf("%s: %v", tt.text, m)
		}
	}
	checkSituations(t, []situation{
		{badEntities, []any{"Invalid tg://emoji or tg://time URL specified"}, func(s *scene) Answer {
			return s.say("text", "![x](tg://time?unix=0)", "parse_mode", "MarkdownV2")
		}},
		{badEntities, []any{"Invalid date format used"}, func(s *scene) Answer {
			return s.say("text", `<tg-time unix="1" format="x">y</tg-time>`, "parse_mode", "HTML")
		}},
	})
}
