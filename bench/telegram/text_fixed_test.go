package telegram

import (
	"fmt"
	"strings"
	"testing"
)

// entitiesOf reads "type offset length; …" as marked writes it, without extras.
func entitiesOf(list string) (out []Entity) {
	for _, one := range strings.Split(list, "; ") {
		var e Entity
		if n, _ := fmt.Sscan(one, &e.Type, &e.Offset, &e.Length); n == 3 {
			out = append(out, e)
		}
	}
	return out
}

// TestFixed: what becomes of a text and its entities, those that the server
// finds included.
func TestFixed(t *testing.T) {
	tests := []struct{ rule, text, given, want string }{
		{"the order is by offset, then longer ones, then kinds", "abcd", "spoiler 0 2; bold 0 2; italic 0 4; code 4 0", "abcd | italic 0 4; bold 0 2; spoiler 0 2"},

		{"styles of one kind that meet become one", "abcdef", "bold 0 2; bold 2 2; bold 3 3", "abcdef | bold 0 6"},
		{"styles of two kinds are cut where the second begins", "abcdef", "bold 0 4; italic 2 4", "abcdef | bold 0 2; italic 2 4; bold 2 2"},
		{"a style in a style cuts the outer one once", "abcdef", "bold 0 6; italic 2 2", "abcdef | bold 0 2; bold 2 4; italic 2 2"},
		{"a style is cut by a link in it", "abcdef", "bold 0 6; text_link 2 2", "abcdef | bold 0 2; text_link 2 2; bold 2 2; bold 4 2"},
		{"a style may lie in a link", "abcdef", "bold 2 2; text_link 0 6", "abcdef | text_link 0 6; bold 2 2"},
		{"styles beside a border of a link stay two", "abcd", "bold 0 2; bold 2 2; text_link 2 2", "abcd | bold 0 2; text_link 2 2; bold 2 2"},

		{"code has no styles", "abcdef", "code 2 2; bold 0 6", "abcdef | bold 0 2; code 2 2; bold 4 2"},
		{"code has nothing else in it", "abcdef", "pre 0 6; text_link 2 2; code 0 6", "abcdef | pre 0 6"},
		{"moments are like code", "abcdef", "date_time 2 2; bold 0 4", "abcdef | bold 0 2; date_time 2 2"},

		{"of links that meet the first stays", "abcdef", "text_link 2 4; text_link 0 3", "abcdef | text_link 0 3"},
		{"of links from one place the longer stays", "abcdef", "text_link 0 3; custom_emoji 0 6", "abcdef | custom_emoji 0 6"},
		{"a custom emoji doesn't lie in a link", "abcdef", "text_link 0 6; custom_emoji 2 2", "abcdef | text_link 0 6"},

		{"a quote holds everything", "abcdef", "blockquote 0 6; pre 0 2; text_link 2 2; bold 4 2", "abcdef | blockquote 0 6; pre 0 2; text_link 2 2; bold 4 2"},
		{"of quotes that meet the first stays", "abcdef", "blockquote 0 6; expandable_blockquote 2 2", "abcdef | blockquote 0 6"},
		{"a link across a quote's border goes", "abcdef", "blockquote 2 4; text_link 0 3", "abcdef | blockquote 2 4"},
		{"a link around a quote goes", "abcdef", "blockquote 2 2; text_link 0 6", "abcdef | blockquote 2 2"},
		{"a style is cut by a quote", "abcdef", "blockquote 2 2; bold 0 6", "abcdef | bold 0 2; blockquote 2 2; bold 2 2; bold 4 2"},

		{"nothing is found in code", "/a #b @cdef", "code 0 2; pre 3 2; date_time 6 5", "/a #b @cdef | code 0 2; pre 3 2; date_time 6 5"},
		{"nothing is found where a link is", "a.com #b", "text_link 2 4", "a.com #b | text_link 2 4; hashtag 6 2"},
		{"nothing is found across a quote's border", "a.com #b", "blockquote 0 3", "a.com #b | blockquote 0 3; hashtag 6 2"},
		{"things are found in quotes and styles", "/a #b", "blockquote 0 2; bold 3 2", "/a #b | blockquote 0 2; bot_command 0 2; hashtag 3 2; bold 3 2"},
		{"a style is cut by what is found", "x /a", "bold 0 4", "x /a | bold 0 2; bot_command 2 2; bold 2 2"},

		{"white space around is cut, tabs and control characters are spaces", " \t\x01a\x02b\v ", "", "a b |"},
		{"carriage returns vanish", "a\r\nb", "bold 0 4", "a\nb | bold 0 3"},
		{"direction overrides and lines above letters vanish", "a\u2028\u202eb\u0333\u033f\u030ac", "bold 3 1; italic 7 1", "abc | bold 1 1; italic 2 1"},
		{"other invisible characters stay", "a\u00a0\u200b\u2003b\x7f", "", "a\u00a0\u200b\u2003b\x7f |"},
		{"of direction marks in a row the last stays", "a\u200e\u200f\u200eb", "", "a\u200c\u200c\u200eb |"},
		{"entities end where the text does", "ab  ", "bold 1 3; italic 3 1", "ab | bold 1 1"},
		{"white space under an entity stays in front", "  ab", "bold 1 2", " ab | bold 0 2"},
		{"entities of vanished characters go", "a\rb", "bold 1 1", "ab |"},
		{"offsets are UTF-16 units", "😀😀 /a", "bold 2 2", "😀😀 /a | bold 2 2; bot_command 5 2"},
	}
	for _, tt := range tests {
		text, es, bad := tidy(tt.text, entitiesOf(tt.given))
		if bad != nil {
			t.Errorf("%s: %s", tt.rule, bad.text)
			continue
		}
		if got := marked(text, arrange(es, found(text))); got != tt.want {
			t.Errorf("%s: %q %s\n got %s\nwant %s", tt.rule, tt.text, tt.given, got, tt.want)
		}
	}
}

// TestLimited: of more than a hundred marks the first stay, styles last;
// custom emoji have a hundred of their own.
func TestLimited(t *testing.T) {
	var es []Entity
	for i := range 150 {
		es = append(es, Entity{Type: "bold", Offset: 6 * i, Length: 1}, Entity{Type: "custom_emoji", Offset: 6*i + 4, Length: 1})
		if i < 60 {
			es = append(es, Entity{Type: "code", Offset: 6*i + 2, Length: 1})
		}
	}
	sortEntities(es)
	count, last := map[string]int{}, map[string]int{}
	for _, e := range limited(es) {
		count[e.Type]++
		last[e.Type] = max(last[e.Type], e.Offset)
	}
	if count["code"] != 60 || count["bold"] != 40 || count["custom_emoji"] != 100 || last["bold"] != 6*39 || last["custom_emoji"] != 6*99+4 {
		t.Errorf("kept %v, the last at %v", count, last)
	}
}

// textOf is the text of a message with its entities.
func textOf(m map[string]any) string {
	text, _ := m["text"].(string)
	list, _ := m["entities"].([]any)
	var out []string
	for _, item := range list {
		e := item.(map[string]any)
		out = append(out, fmt.Sprintf("%s %d %d", e["type"], number(e["offset"]), number(e["length"])))
	}
	return strings.TrimRight(text+" | "+strings.Join(out, "; "), " ")
}

func TestEntitiesOfBots(t *testing.T) {
	s := newScene(t, Options{Seed: 1, Knobs: &Knobs{}})
	eve := s.w.NewUser(Person{FirstName: "Eve"})
	dot := []map[string]any{{"type": "bold", "offset": 0, "length": 1}}
	smile := []map[string]any{{"type": "custom_emoji", "offset": 0, "length": 2, "custom_emoji_id": icon}}
	who := func(id int64) []map[string]any {
		return []map[string]any{{"type": "text_mention", "offset": 0, "length": 1, "user": map[string]any{"id": id}}}
	}
	for _, tt := range []struct {
		rule string
		args []any
		want string
	}{
		{"entities count", []any{"text", "x y", "entities", dot}, "x y | bold 0 1"},
		{"a parse mode counts more", []any{"text", "x _y_", "entities", dot, "parse_mode", "Markdown"}, "x y | italic 2 1"},
		{"then entities may be wrong", []any{"text", "x", "entities", `[{}]`, "parse_mode", "html"}, "x |"},
		{"the mode none is none", []any{"text", "*x*", "entities", dot, "parse_mode", "None"}, "*x* | bold 0 1"},
		{"entities that are no array don't count", []any{"text", "x", "entities", `{"type":1}`}, "x |"},
		{"what the server finds isn't taken", []any{"text", "x", "entities", `[{"type":"url","offset":0,"length":1}]`}, "x |"},
		{"people whom the bot knows are mentioned", []any{"text", "x", "entities", who(s.cli)}, "x | text_mention 0 1"},
		{"strangers aren't", []any{"text", "x", "entities", who(eve)}, "x |"},
		{"not by a link either", []any{"text", fmt.Sprintf(`<a href="tg://user?id=%d">x</a> <a href="tg://user?id=%d">y</a>`, eve, s.cli), "parse_mode", "HTML"}, "x y | text_mention 2 1"},
		{"bots have no custom emoji", []any{"text", "😀", "entities", smile}, "😀 |"},
	} {
		if got := textOf(s.ok("sendMessage", append([]any{"chat_id", s.cli}, tt.args...)...)); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.rule, got, tt.want)
		}
	}
}

// TestCustomEmojiOfBots: a bot that may use them keeps them, and copies lose
// them if it may not; forwards never do.
func TestCustomEmojiOfBots(t *testing.T) {
	smile := Content{Kind: KindText, Text: "😀", Entities: []Entity{{Type: "custom_emoji", Length: 2, CustomEmojiID: icon}}}
	for may, want := range map[bool]string{true: "😀 | custom_emoji 0 2", false: "😀 |"} {
		k := Unlimited()
		k.BotCustomEmoji = may
		s := newScene(t, Options{Seed: 1, Knobs: &k})
		sent := s.ok("sendMessage", "chat_id", s.cli, "text", `![😀](tg://emoji?id=5)`, "parse_mode", "MarkdownV2")
		if got := textOf(sent); got != want {
			t.Errorf("may %v: sent %s, want %s", may, got, want)
		}
		id, err := s.w.Send(s.cli, s.bot, Post{Content: smile})
		if err != nil {
			t.Fatal(err)
		}
		s.ok("copyMessage", "chat_id", s.cli, "from_chat_id", s.cli, "message_id", id)
		view := s.w.View(s.cli, s.bot, 0)
		if got := marked("😀", view[len(view)-1].Entities); strings.HasPrefix(got, want) != true || !may && got != want {
			t.Errorf("may %v: copied %s, want %s", may, got, want)
		}
		if got := textOf(s.ok("forwardMessage", "chat_id", s.cli, "from_chat_id", s.cli, "message_id", id)); got != "😀 | custom_emoji 0 2" {
			t.Errorf("may %v: forwarded %s", may, got)
		}
	}
}

// TestPeoplesTexts: bots see the same entities in what people write.
func TestPeoplesTexts(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	for _, text := range []string{"/start@desk_bot a.com", " x\t#tag \r\n", "@mention $ABC 4111111111111111", "me@a.com +12125550123"} {
		if _, err := s.w.Say(s.cli, s.bot, 0, text); err != nil {
			t.Fatal(err)
		}
		ups := s.updates()
		got := textOf(ups[len(ups)-1]["message"].(map[string]any))
		if want := textOf(s.ok("sendMessage", "chat_id", s.cli, "text", text)); got != want || strings.HasSuffix(got, "|") {
			t.Errorf("%q: from a person %s, from the bot %s", text, got, want)
		}
	}
	outside := Content{Kind: KindText, Text: "x", Entities: []Entity{{Type: "bold", Offset: 0, Length: 2}}}
	if _, err := s.w.Send(s.cli, s.bot, Post{Content: outside}); err == nil {
		t.Error("a person sent an entity that ends behind the text")
	}
}

// TestTextsAreLookedAtLate: markup is read first, then the chat is looked
// for, then the text is checked.
func TestTextsAreLookedAtLate(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	beyond := `[{"type":"bold","offset":5,"length":1}]`
	photo := number(s.ok("sendPhoto", "chat_id", s.cli, "photo", upload("p"))["message_id"])
	for _, tt := range []struct {
		want Situation
		args []any
		do   func() Answer
	}{
		{chatNotFound, nil, func() Answer { return s.call("sendMessage", "chat_id", 5, "text", "x", "entities", beyond) }},
		{chatNotFound, nil, func() Answer { return s.call("sendMessage", "chat_id", 5, "text", " ") }},
		{badEntity, []any{"expected an Object"}, func() Answer { return s.call("sendMessage", "chat_id", 5, "text", "x", "entities", "[1]") }},
		{entityBeyond, []any{5}, func() Answer { return s.call("sendMessage", "chat_id", s.cli, "text", "x", "entities", beyond) }},
		{entityBeyond, []any{5}, func() Answer {
			return s.call("sendPhoto", "chat_id", s.cli, "photo", upload("p"), "caption", "x", "caption_entities", beyond)
		}},
		{entityBeyond, []any{5}, func() Answer {
			return s.call("editMessageCaption", "chat_id", s.cli, "message_id", photo, "caption", "x", "caption_entities", beyond)
		}},
		{entityBeyond, []any{5}, func() Answer {
			return s.call("editMessageText", "chat_id", s.cli, "message_id", s.own(s.cli), "text", "x", "entities", beyond)
		}},
		{entityBeyond, []any{5}, func() Answer {
			return s.call("copyMessage", "chat_id", s.cli, "from_chat_id", s.cli, "message_id", photo, "caption", "x", "caption_entities", beyond)
		}},
		{entityBeyond, []any{5}, func() Answer {
			return s.call("sendMediaGroup", "chat_id", s.cli, "media", `[{"type":"photo","media":"attach://p","caption":"x","caption_entities":`+beyond+`},{"type":"photo","media":"attach://p"}]`, "p", upload("p"))
		}},
		{entityBeyond, []any{5}, func() Answer {
			return s.call("editMessageMedia", "chat_id", s.cli, "message_id", photo, "media", `{"type":"photo","media":"attach://p","caption":"x","caption_entities":`+beyond+`}`, "p", upload("p"))
		}},
		{textBlank, nil, func() Answer { return s.call("sendMessage", "chat_id", s.cli, "text", "\u200b \u2800") }},
		{textBlank, nil, func() Answer {
			return s.call("sendMessage", "chat_id", s.cli, "text", "<b> </b>", "parse_mode", "HTML")
		}},
	} {
		want := fail(tt.want, tt.args...)
		if got := tt.do(); got.OK || got.Description != want.text {
			t.Errorf("got %v %q, want %q", got.OK, got.Description, want.text)
		}
	}
}

// TestTextLimitCountsCharacters: the limit is in characters of Unicode,
// though offsets are in UTF-16 units.
func TestTextLimitCountsCharacters(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	s.ok("sendMessage", "chat_id", s.cli, "text", strings.Repeat("😀", maxText))
	s.refused(textTooLong, "sendMessage", "chat_id", s.cli, "text", strings.Repeat("😀", maxText+1))
}
