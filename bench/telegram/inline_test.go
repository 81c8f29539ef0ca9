package telegram

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// inlineScene is a scene whose bot has inline mode and learns what is chosen.
func inlineScene(t *testing.T) *scene {
	s := newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})
	s.w.SetInline(s.bot, true, "Search…", true)
	return s
}

// types lets somebody type a query in a chat, and returns its id.
func (s *scene) types(who, chat int64, query, offset string) string {
	s.t.Helper()
	q, err := s.w.Inline(who, s.bot, chat, query, offset)
	s.check(err)
	return q
}

const oneArticle = `[{"type":"article","id":"1","title":"T","description":"D","input_message_content":{"message_text":"*x*","parse_mode":"MarkdownV2"}}]`

func TestInlineQueryUpdate(t *testing.T) {
	s := inlineScene(t)
	group := s.w.NewGroup(s.cli, "Small")
	channel := s.w.NewChannel(s.cli, "News")
	s.check(s.w.AddMember(s.ann, s.forum, s.cli))
	s.updates()
	for _, tt := range []struct {
		chat int64
		kind string
	}{{s.bot, "sender"}, {s.ann, "private"}, {group, "group"}, {s.forum, "supergroup"}, {channel, "channel"}} {
		q := s.types(s.cli, tt.chat, " cats ", "7")
		got := s.w.Peek(s.bot, 0, 10)
		want := `{"id":"` + q + `","from":{"id":` + itoa(s.cli) + `,"is_bot":false,"first_name":"Cli","last_name":"Ent","username":"cli_ent"},"chat_type":"` + tt.kind + `","query":" cats ","offset":"7"}`
		if len(got) != 1 || got[0].Kind != updInlineQuery || string(got[0].Object) != want {
			t.Errorf("%s: got %v\nwant %s", tt.kind, got, want)
			continue
		}
		if got[0].Lane != s.cli+1<<33 || !got[0].Expires.Equal(s.w.Now().Truncate(time.Second).Add(30*time.Second)) {
			t.Errorf("%s: lane %d, expires %v at %v", tt.kind, got[0].Lane, got[0].Expires, s.w.Now())
		}
		s.updates()
	}
}

func TestInlineRefusals(t *testing.T) {
	s := inlineScene(t)
	off, _ := s.w.NewBot(Robot{Name: "Off"})
	for _, tt := range []struct {
		name      string
		bot, chat int64
		query     string
		want      error
	}{
		{"no inline mode", off, s.ann, "x", ErrNotAllowed},
		{"from outside", s.bot, s.forum, "x", ErrNotAllowed},
		{"too long", s.bot, s.ann, strings.Repeat("x", 257), ErrNotAllowed},
	} {
		if _, err := s.w.Inline(s.cli, tt.bot, tt.chat, tt.query, ""); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	if _, err := s.w.Inline(s.cli, s.bot, -5, "x", ""); err == nil {
		t.Error("asked in a chat that doesn't exist")
	}
	q := s.types(s.cli, s.bot, "x", "")
	if _, err := s.w.ChooseInline(q, "1", Post{}); !errors.Is(err, ErrNoSuchMessage) {
		t.Errorf("chosen before the answer: %v", err)
	}
	s.ok("answerInlineQuery", "inline_query_id", q, "results", `[{"type":"photo","id":"1","photo_url":"nowhere.bc/p","thumbnail_url":"t.bc"}]`)
	if _, err := s.w.ChooseInline(q, "2", Post{}); !errors.Is(err, ErrNoSuchMessage) {
		t.Errorf("a result that isn't there: %v", err)
	}
	if _, err := s.w.ChooseInline(q, "1", Post{}); err == nil || err.Error() != failures[urlFailed].Text {
		t.Errorf("a picture that isn't there: %v", err)
	}
}

func TestInlineAnswerIsSeen(t *testing.T) {
	s := inlineScene(t)
	q := s.types(s.cli, s.bot, "x", "")
	if a := s.w.InlineAnswer(q); a.Answered || a.Results == nil {
		t.Errorf("before the answer: %+v", a)
	}
	s.ok("answerInlineQuery", "inline_query_id", q, "next_offset", "9", "button", `{"text":"Log in","start_parameter":"in"}`, "results",
		`[{"type":"Article","id":"1","title":"T","url":"https://a.bc","hide_url":true,"description":"D","thumb_url":"https://a.bc/t","message_text":"old","disable_web_page_preview":true},
		{"type":"contact","id":"2","phone_number":" 1 ","first_name":"F","last_name":"L"}]`)
	a := s.w.InlineAnswer(q)
	want := InlineAnswer{
		Answered: true, NextOffset: "9", Button: &InlineButton{Text: "Log in", Start: "in"},
		Results: []InlineResult{
			{ID: "1", Type: "article", Title: "T", Description: "D", Thumbnail: "https://a.bc/t", Kind: KindText, Text: "old"},
			{ID: "2", Type: "contact", Title: "F L", Description: "1", Kind: KindContact},
		},
	}
	if !slices.Equal(a.Results, want.Results) || a.NextOffset != want.NextOffset || !a.Answered || *a.Button != *want.Button {
		t.Errorf("got %+v\nwant %+v", a, want)
	}
}

// The same question gets the same answer while it is fresh, from anybody
// unless it was personal, and the bot isn't asked.
func TestInlineAnswersAreCached(t *testing.T) {
	for _, tt := range []struct {
		name  string
		args  []any
		who   func(s *scene) int64
		text  string
		chat  func(s *scene) int64
		later time.Duration
		asked bool
	}{
		{name: "again", text: " x "},
		{name: "by default for 300 s", text: "x", later: 300*time.Second - 1},
		{name: "not longer", text: "x", later: 300 * time.Second, asked: true},
		{name: "cache_time", args: []any{"cache_time", 10}, text: "x", later: 10 * time.Second, asked: true},
		{name: "no cache", args: []any{"cache_time", 0}, text: "x", asked: true},
		{name: "other text", text: "y", asked: true},
		{name: "other kind of chat", text: "x", chat: func(s *scene) int64 { return s.forum }, who: func(s *scene) int64 { return s.ann }, asked: true},
		{name: "other person", text: "x", who: func(s *scene) int64 { return s.ann }},
		{name: "personal", args: []any{"is_personal", true}, text: "x"},
		{name: "personal, other person", args: []any{"is_personal", true}, text: "x", who: func(s *scene) int64 { return s.ann }, asked: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := inlineScene(t)
			who, chat := s.cli, s.bot
			q := s.types(who, chat, "x", "")
			s.ok("answerInlineQuery", append([]any{"inline_query_id", q, "results", oneArticle}, tt.args...)...)
			s.updates()
			s.w.SetTime(s.w.Now().Add(tt.later))
			if tt.who != nil {
				who = tt.who(s)
			}
			if tt.chat != nil {
				chat = tt.chat(s)
			}
			q = s.types(who, chat, tt.text, "")
			if asked := len(s.updates()) == 1; asked != tt.asked || s.w.InlineAnswer(q).Answered == tt.asked {
				t.Fatalf("asked %v, answered %v", asked, s.w.InlineAnswer(q).Answered)
			}
			if _, err := s.w.ChooseInline(q, "1", Post{}); !tt.asked && err != nil {
				t.Errorf("choose of a cached answer: %v", err)
			}
		})
	}
}

// What is chosen is the person's message, and reaches the bot in a group even
// in privacy mode; the bot learns what was chosen only if its owner wants.
func TestInlineChoice(t *testing.T) {
	for _, feedback := range []bool{true, false} {
		s := inlineScene(t)
		s.w.SetInline(s.bot, true, "", feedback)
		other, _ := s.w.NewBot(Robot{Name: "Other"})
		group := s.w.NewGroup(s.cli, "Small", s.bot, other)
		s.updates()
		q := s.types(s.cli, group, "x", "")
		s.ok("answerInlineQuery", "inline_query_id", q, "results", oneArticle)
		s.updates()
		before := s.w.Pending(other)
		id, err := s.w.ChooseInline(q, "1", Post{})
		s.check(err)
		got := s.w.Peek(s.bot, 0, 10)
		if len(got) == 0 || got[0].Kind != updMessage {
			t.Fatalf("feedback %v: %v", feedback, got)
		}
		var m struct {
			Text   string
			From   struct{ ID int64 }
			ViaBot struct{ ID int64 } `json:"via_bot"`
		}
		s.check(json.Unmarshal(got[0].Object, &m))
		if m.Text != "x" || m.From.ID != s.cli || m.ViaBot.ID != s.bot {
			t.Errorf("message: %s", got[0].Object)
		}
		if feedback {
			want := `{"from":` + string(encode(s.w.userObject(s.w.person(s.cli)))) + `,"query":"x","result_id":"1"}`
			if len(got) != 2 || got[1].Kind != updChosen || string(got[1].Object) != want || got[1].Lane != s.cli+2<<33 ||
				!got[1].Expires.Equal(s.w.Now().Truncate(time.Second).Add(10*time.Minute)) {
				t.Errorf("chosen: %v\nwant %s", got, want)
			}
		} else if len(got) != 1 {
			t.Errorf("told without feedback: %v", got)
		}
		if n := s.w.Pending(other) - before; n != 0 {
			t.Errorf("the other bot, in privacy mode, has %d updates", n)
		}
		seen, _ := s.w.Message(s.cli, group, id)
		if seen.Via != "desk_bot" || seen.AuthorID != s.cli || len(seen.Entities) != 1 {
			t.Errorf("seen as %+v", seen)
		}
		if err := s.w.Edit(s.cli, group, id, TextOf("y")); !errors.Is(err, ErrNotAllowed) {
			t.Errorf("the person edited the bot's words: %v", err)
		}
	}
}

func TestInlineWhereForbidden(t *testing.T) {
	s := inlineScene(t)
	s.check(s.w.AddMember(s.ann, s.forum, s.cli))
	q := s.types(s.cli, s.forum, "x", "")
	s.ok("answerInlineQuery", "inline_query_id", q, "results", oneArticle)
	p := AllPermissions()
	p.SendOther = false
	s.w.SetPermissions(s.forum, p)
	if _, err := s.w.ChooseInline(q, "1", Post{}); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("chosen where inline bots are forbidden: %v", err)
	}
}

// Between two people the bot sees nothing of the chat, and edits all the same.
func TestInlineBetweenPeople(t *testing.T) {
	s := inlineScene(t)
	q := s.types(s.cli, s.ann, "x", "")
	keys := `"reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"A"}]]}`
	f := s.w.NewFile(File{Kind: KindPhoto})
	s.ok("answerInlineQuery", "inline_query_id", q, "results",
		`[{"type":"photo","id":"1","photo_file_id":"`+fileRef{file: f}.id(s.bot)+`","caption":"was","show_caption_above_media":true,`+keys+`}]`)
	s.updates()
	_, err := s.w.ChooseInline(q, "1", Post{})
	s.check(err)
	ups := s.updates()
	if len(ups) != 1 || ups[0][updChosen] == nil {
		t.Fatalf("updates: %v", ups)
	}
	name := ups[0][updChosen].(map[string]any)["inline_message_id"].(string)
	view := func() Shown { v := s.w.View(s.ann, s.cli, 0); return v[len(v)-1] }
	if m := view(); m.Kind != KindPhoto || m.Text != "was" || !m.Content.Above {
		t.Errorf("Ann sees %+v", m)
	}
	for _, person := range []int64{s.ann, s.cli} {
		chat := s.cli + s.ann - person
		mine := s.w.View(person, chat, 0)
		_, err := s.w.Press(person, chat, mine[len(mine)-1].ID, "A")
		s.check(err)
	}
	pressed := s.updates()
	first, second := pressed[0][updCallback].(map[string]any), pressed[1][updCallback].(map[string]any)
	if first["inline_message_id"] != name || first["message"] != nil || first["chat_instance"] != second["chat_instance"] {
		t.Errorf("pressed: %v", pressed)
	}
	a := s.call("editMessageText", "inline_message_id", name, "text", "is")
	if string(a.Result) != "true" {
		t.Errorf("edit answers %s %s", a.Result, a.Description)
	}
	if m := view(); m.Kind != KindPhoto || m.Text != "is" || m.Buttons != nil || m.Edited == 0 || m.Content.Above {
		t.Errorf("after the edit Ann sees %+v", m)
	}
}

// A forward keeps the bot's name; a message without buttons has no name by
// which the bot could edit it.
func TestInlineForwards(t *testing.T) {
	s := inlineScene(t)
	name, id := s.chosen(`"type":"article","title":"T",` + said)
	if name == "" {
		t.Fatal("no inline_message_id")
	}
	ids, err := s.w.Forward(s.cli, s.ann, 0, s.bot, id)
	s.check(err)
	if m, _ := s.w.Message(s.cli, s.ann, ids[0]); m.Via != "desk_bot" {
		t.Errorf("forwarded: %+v", m)
	}
	q := s.types(s.cli, s.bot, "plain", "")
	s.ok("answerInlineQuery", "inline_query_id", q, "results", oneArticle)
	s.updates()
	_, err = s.w.ChooseInline(q, "1", Post{})
	s.check(err)
	for _, u := range s.updates() {
		if c, ok := u[updChosen].(map[string]any); ok && c["inline_message_id"] != nil {
			t.Errorf("a name without buttons: %v", c)
		}
	}
}

// A fetched file is what the bot says it is, and the hosted one stays as it was.
func TestInlineFetchedFile(t *testing.T) {
	s := inlineScene(t)
	s.check(s.w.Host("a.bc/s.mp3", File{Kind: KindAudio}))
	q := s.types(s.cli, s.bot, "x", "")
	s.ok("answerInlineQuery", "inline_query_id", q, "results",
		`[{"type":"audio","id":"1","audio_url":"a.bc/s.mp3","title":"T","performer":"P","audio_duration":7,"caption":"c"}]`)
	id, err := s.w.ChooseInline(q, "1", Post{})
	s.check(err)
	m, _ := s.w.Message(s.cli, s.bot, id)
	if f := m.Content.File; f.Title != "T" || f.Performer != "P" || f.Duration != 7 || m.Text != "c" {
		t.Errorf("sent %+v", m)
	}
	if f := s.w.hosted["http://a.bc/s.mp3"]; f == nil || f.Title != "" {
		t.Errorf("hosted %+v", f)
	}
}

// Old questions, answers and names of deleted messages are forgotten.
func TestInlineIsForgotten(t *testing.T) {
	s := inlineScene(t)
	_, id := s.chosen(`"type":"article","title":"T",` + said)
	s.check(s.w.Delete(s.cli, s.bot, id))
	q := s.types(s.cli, s.bot, "x", "")
	s.ok("answerInlineQuery", "inline_query_id", q, "results", oneArticle)
	s.w.SetTime(s.w.Now().Add(shownFor + time.Second))
	for len(s.w.inline.queries) < sweepFrom {
		s.types(s.cli, s.bot, "x", "")
	}
	s.w.inline.sent.at = 1
	for len(s.w.inline.messages) < sweepFrom {
		s.w.inline.messages[itoa(int64(len(s.w.inline.messages)))] = s.w.messageOf(s.w.person(s.cli), s.w.privateOf(s.w.person(s.cli), s.w.person(s.bot)), 1)
	}
	before := len(s.w.inline.messages)
	s.chosen(`"type":"article","title":"T",` + said)
	if s.w.inline.queries[q] != nil || len(s.w.inline.cache) != 0 {
		t.Error("an old question is remembered")
	}
	if len(s.w.inline.messages) != before { // one new, the deleted one gone
		t.Errorf("%d messages, were %d", len(s.w.inline.messages), before)
	}
}

func TestInlineOfGetMe(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	_, token := s.w.NewBot(Robot{Name: "In", Inline: true, InlinePlaceholder: "Search…"})
	for _, tt := range []struct {
		token string
		want  bool
	}{{s.token, false}, {token, true}} {
		var me struct {
			Inline bool `json:"supports_inline_queries"`
		}
		s.check(json.Unmarshal(s.w.Call(tt.token, "getMe", Args{}).Result, &me))
		if me.Inline != tt.want {
			t.Errorf("supports_inline_queries %v", me.Inline)
		}
	}
	for _, a := range s.w.Accounts() {
		if a.Name == "In" && (!a.Inline || a.InlinePlaceholder != "Search…") {
			t.Errorf("%+v", a)
		}
	}
}

// The knob InlineTimeout, both ways.
func TestInlineTimeout(t *testing.T) {
	for _, limit := range []time.Duration{10 * time.Second, 30 * time.Second} {
		for _, over := range []time.Duration{0, 1} {
			k := Unlimited()
			k.InlineTimeout = limit
			s := newScene(t, Options{Seed: 1, Knobs: &k})
			s.w.SetInline(s.bot, true, "", false)
			q := s.types(s.cli, s.bot, "x", "")
			s.w.SetTime(s.w.Now().Add(limit + over))
			if a := s.call("answerInlineQuery", "inline_query_id", q, "results", "[]"); a.OK != (over == 0) {
				t.Errorf("%v after %v: %v", limit, limit+over, a.Description)
			}
		}
	}
}
