//go:build foreign

package clients

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// scene is one conversation under way.
type scene struct {
	*stage
	*playing
	t        *testing.T
	config   config
	thread   int64  // the client's topic
	document string // the name of the client's document

	welcome, hello, photo, answer int64 // messages, as their readers number them
}

// converse plays the whole conversation with a bot.
func converse(t *testing.T, lib library, webhook bool) {
	st := newStage(t, !webhook)
	s := &scene{stage: st, t: t, document: "список 🟢.txt"}
	if st.root != st.url {
		s.document = "list.txt" // specproxy reads no other names from forms
	}
	s.config = config{Root: st.root, Token: st.token, Me: st.bot, Forum: st.forum, Webhook: webhook, Secret: secret,
		Pictures: pictures(t, 3)}
	s.playing = play(t, lib.run, s.config)
	s.starts()
	s.meets()
	s.talks()
	s.media()
	s.kinds()
	s.edits()
	s.buttons()
	s.reactions()
	s.formats()
	s.topics()
	s.floods()
	s.migrates()
	s.loses()
	s.blocks()
	s.hurries()
	if !webhook {
		s.weathers()
	}
	s.settles()
	s.ends()
	s.restarts(lib.run)
	s.settles()
	s.ends()
	s.wire.judge(t)
	s.complete(webhook, lib.replies)
}

// starts is what every bot does first.
func (s *scene) starts() {
	s.t.Helper()
	s.says(line("saw", "me", "username", "desk_bot"))
}

// meets: the client presses Start with a payload.
func (s *scene) meets() {
	s.post("start", object{"as": s.client, "bot": s.bot, "payload": "from_site"})
	s.says(
		line("saw", "start", "payload", "from_site"),
		line("did", "topic"), line("did", "copy"),
		line("did", "welcome", "text", "Привет, Żaneta 👋 <3 ссылка", "entities",
			[]any{[]any{"bold", 0, 6}, []any{"italic", 8, 6}, []any{"text_link", 21, 6}}),
	)
	s.thread = s.newest()
	topics := s.get("topics?as=%d&chat=%d", s.owner, s.forum)["topics"].([]any)
	s.same("topic", topics[len(topics)-1].(map[string]any)["name"], "Żaneta")
	s.same("copy", s.operatorSees(s.thread, 1)[0]["text"], "/start from_site")
	seen := s.clientSees(2)
	s.welcome = seen[1].id("id")
	s.same("reply", seen[1].id("reply_to"), seen[0].id("id"))
	s.same("commands", s.wire.called("setMyCommands"), true)
}

// talks: a text and its answer, with and without formatting.
func (s *scene) talks() {
	s.hello = s.asks("Вопрос 🟢 #заказ", []any{[]any{"hashtag", 10, 6}})
	copied := s.operatorSees(s.thread, 1)[0]
	s.same("copy", copied["text"], "Вопрос 🟢 #заказ")
	s.answer = s.orders(s.thread, object{"text": "Ответ 👍", "reply_to": copied.id("id")})
	s.says(line("saw", "operator", "text", "Ответ 👍", "reply", true), line("did", "tell"))
	got := s.clientSees(1)[0]
	s.same("answer", []any{got["text"], got.id("reply_to")}, []any{"Ответ 👍", s.hello})
	bold := s.writes(object{"text": "bold", "entities": []any{object{"type": "bold", "offset": 0, "length": 4}}})
	s.says(line("saw", "text", "text", "bold", "entities", []any{[]any{"bold", 0, 4}}), line("did", "copy"))
	s.same("formatting", s.operatorSees(s.thread, 1)[0]["entities"] != nil && bold > 0, true)
}

// asks is one text of the client's that the bot copies.
func (s *scene) asks(text string, entities []any) int64 {
	s.t.Helper()
	id := s.writes(object{"text": text})
	s.says(line("saw", "text", "text", text, "entities", entities), line("did", "copy"))
	return id
}

// media: a photo, albums both ways, a file down and up.
func (s *scene) media() {
	s.photo = s.writes(object{"text": "смотри", "media": object{"kind": "photo", "name": "a.jpg", "data": "cGl4ZWxz"}})
	s.says(line("saw", "photo", "caption", "смотри", "sizes", true, "album", false), line("did", "copy"))
	s.same("photo", s.operatorSees(s.thread, 1)[0]["text"], "смотри")

	var items []any
	for i := range 3 {
		items = append(items, object{"kind": "photo", "caption": fmt.Sprint("part ", i), "data": "cGl4ZWxz"})
	}
	s.writes(object{"album": items})
	photo := func(i int) string {
		return line("saw", "photo", "caption", fmt.Sprint("part ", i), "sizes", true, "album", true)
	}
	s.says(photo(0), photo(1), photo(2), line("did", "album", "count", 3, "together", true))
	s.album(s.operatorSees(s.thread, 3))

	s.orders(s.thread, object{"text": "/album"})
	s.says(line("did", "album", "count", 3, "together", true))
	seen := s.clientSees(3)
	s.album(seen)
	for i, want := range s.config.Pictures {
		s.same("upload", s.file(s.client, s.bot, seen[i].id("id")) == string(want), true)
	}

	s.writes(object{"media": object{"kind": "document", "name": s.document, "mime": "text/plain", "data": "0Y/QsdC70L7QutC+"}})
	s.says(
		line("saw", "document", "name", s.document, "mime", "text/plain", "size", 12, "text", "яблоко"),
		line("did", "document", "name", s.document, "size", 12),
	)
	up := s.operatorSees(s.thread, 1)[0]
	s.same("file", []any{up["file_name"], s.file(s.owner, s.forum, up.id("id"))}, []any{s.document, "яблоко"})
}

// album: three pictures that are one album.
func (s *scene) album(seen []object) {
	s.t.Helper()
	for i, m := range seen {
		s.same("album", []any{m["kind"], m["text"], m["album"] == seen[0]["album"] && m["album"] != ""},
			[]any{"photo", fmt.Sprintf("№ %d", i+1), true})
	}
}

// kinds: messages of every kind that people send, and a forward.
func (s *scene) kinds() {
	place := object{"latitude": 52.23, "longitude": 21.01}
	messages := map[string]object{
		"location": {"location": place},
		"venue":    {"venue": object{"location": place, "title": "Café", "address": "Nowy Świat 1"}},
		"contact":  {"contact": object{"phone_number": "+48123456789", "first_name": "Żaneta"}},
		"dice":     {"dice": "🎲"},
	}
	for _, kind := range []string{"animation", "audio", "video", "video_note", "voice", "sticker"} {
		messages[kind] = object{"media": object{"kind": kind, "name": "a", "duration": 3, "emoji": "🙂"}}
	}
	for kind, in := range messages {
		s.writes(in)
		s.says(line("saw", "kind", "kind", kind), line("did", "copy"))
		s.same("copy", s.operatorSees(s.thread, 1)[0]["kind"], kind)
	}
	s.post("forward", object{"as": s.client, "chat": s.bot, "from": s.bot, "messages": []int64{s.hello}})
	s.says(line("saw", "forward", "text", "Вопрос 🟢 #заказ", "origin", "user"), line("did", "copy"))
}

// edits, both ways, of texts and captions.
func (s *scene) edits() {
	s.post("edit", object{"as": s.client, "chat": s.bot, "message": s.hello, "text": "Вопрос 2"})
	s.says(line("saw", "edit", "text", "Вопрос 2"), line("did", "edit"))
	s.post("edit", object{"as": s.client, "chat": s.bot, "message": s.photo, "text": "смотри сюда"})
	s.says(line("saw", "edit", "text", "смотри сюда"), line("did", "edit"))
	s.same("caption", s.edited(s.owner, s.forum, "смотри сюда"), true)
	s.post("edit", object{"as": s.owner, "chat": s.forum, "message": s.answer, "text": "Ответ 2"})
	s.says(line("saw", "operator edit", "text", "Ответ 2"), line("did", "edit"))
	s.same("text", s.edited(s.client, s.bot, "Ответ 2"), true)
}

// edited says whether somebody sees a message with that text, edited.
func (s *scene) edited(as, chat int64, text string) bool {
	s.t.Helper()
	return slices.ContainsFunc(s.shown(as, chat, 0, 0), func(m object) bool { return m["text"] == text && m.id("edited") > 0 })
}

// buttons: an inline keyboard, pressed, answered and replaced.
func (s *scene) buttons() {
	s.orders(s.thread, object{"text": "/buttons"})
	s.says(line("did", "buttons"))
	m := s.clientSees(1)[0]
	query := s.post("press", object{"as": s.client, "chat": s.bot, "message": m.id("id"), "data": "yes"})["query"]
	s.says(line("saw", "button", "data", "yes"), line("did", "answer"))
	s.waits("an answer to the button", func() bool { return s.get("callback?query=%s", query)["answered"] == true })
	s.same("answer to the button", s.get("callback?query=%s", query)["text"], "готово")
	s.same("buttons", fmt.Sprint(s.clientSees(1)[0]["buttons"]), "[[map[data:again text:Again]]]")
}

// reactions, both ways.
func (s *scene) reactions() {
	s.post("react", object{"as": s.client, "chat": s.bot, "message": s.welcome, "emoji": []string{"👍"}})
	s.says(line("saw", "reaction", "emoji", "👍"), line("did", "reaction"))
	welcome := slices.IndexFunc(s.clientSees(0), func(m object) bool { return m.id("id") == s.welcome })
	s.same("reactions", s.clientSees(0)[welcome]["reactions"], []any{"👍", "🔥"})
}

// formats: what MarkdownV2 becomes, and what it refuses.
func (s *scene) formats() {
	s.orders(s.thread, object{"text": "/markdown"})
	s.says(line("did", "markdown", "text", "жирный курсив тайна код 🟢 ссылка 1.5", "entities", []any{
		[]any{"bold", 0, 6}, []any{"italic", 7, 6}, []any{"spoiler", 14, 5}, []any{"code", 20, 6}, []any{"text_link", 27, 6}}))
	s.orders(s.thread, object{"text": "/broken"})
	s.says(line("failed", "broken", "code", 400, "description",
		"Bad Request: can't parse entities: Can't find end of Bold entity at byte offset 2"))
}

// topics: closed, reopened and renamed by people and by the bot.
func (s *scene) topics() {
	s.topic(s.thread, "close", "")
	s.says(line("saw", "closed"))
	s.topic(s.thread, "reopen", "")
	s.says(line("saw", "reopened"))
	s.topic(s.thread, "rename", "🟢 Żaneta")
	s.says(line("saw", "renamed", "name", "🟢 Żaneta"))
	s.orders(s.thread, object{"text": "/rename Ёлка"})
	s.says(line("did", "rename"))
	s.orders(s.thread, object{"text": "/close"})
	s.says(line("did", "close"), line("failed", "close", "code", 400, "description", "Bad Request: TOPIC_NOT_MODIFIED"))
	s.orders(s.thread, object{"text": "/reopen"})
	s.says(line("did", "reopen"))
	topics := s.get("topics?as=%d&chat=%d", s.owner, s.forum)["topics"].([]any)
	last := topics[len(topics)-1].(map[string]any)
	s.same("topic", []any{last["name"], last["closed"]}, []any{"Ёлка", false})
}

// floods: the bot sends until Telegram has enough.
func (s *scene) floods() {
	s.post("rules", object{"profile": "strict", "knobs": object{"Private": object{"Kind": 1, "Count": 5, "Per": 60e9}}})
	s.orders(s.thread, object{"text": "/flood"})
	got := s.next(1)[0]
	var said struct {
		Failed, Description string
		Code, Retry         int
	}
	decodeLine(s.t, got, &said)
	if said.Failed != "flood" || said.Code != 429 || said.Retry < 1 || said.Retry > 60 ||
		said.Description != fmt.Sprintf("Too Many Requests: retry after %d", said.Retry) {
		s.t.Errorf("flood: the bot says %s", got)
	}
	s.post("rules", object{"profile": "unlimited"})
}

// migrates: the group becomes a supergroup, and the bot writes to the old one.
func (s *scene) migrates() {
	to := s.post("chats/set", object{"as": s.owner, "chat": s.group, "upgrade": true}).id("id")
	s.says(line("saw", "migration", "to", to))
	s.orders(s.thread, object{"text": fmt.Sprintf("/group %d", s.group)})
	s.says(line("failed", "group", "code", 400, "migrate", to,
		"description", "Bad Request: group chat was upgraded to a supergroup chat"))
}

// loses: the topic is deleted under the bot, which makes another. Telegram
// says so in one way while it still believes in the topic, and in another later.
func (s *scene) loses() {
	for _, why := range []string{"TOPIC_DELETED", "message thread not found"} {
		s.topic(s.thread, "delete", "")
		if why != "TOPIC_DELETED" {
			s.post("time", object{"advance_s": 90})
		}
		s.writes(object{"text": "anybody?"})
		s.says(
			line("saw", "text", "text", "anybody?", "entities", []any{}),
			line("failed", "copy", "code", 400, "description", "Bad Request: "+why),
			line("did", "topic"), line("did", "copy"),
		)
		s.thread = s.newest()
		s.same("copy in the new topic", s.operatorSees(s.thread, 1)[0]["text"], "anybody?")
	}
}

// blocks: the client blocks the bot and comes back.
func (s *scene) blocks() {
	s.post("block", object{"as": s.client, "bot": s.bot, "on": true})
	s.says(line("saw", "membership", "status", "kicked"))
	s.orders(s.thread, object{"text": "still there?"})
	s.says(line("saw", "operator", "text", "still there?", "reply", false),
		line("failed", "tell", "code", 403, "description", "Forbidden: bot was blocked by the user"))
	s.post("block", object{"as": s.client, "bot": s.bot, "on": false})
	s.says(line("saw", "membership", "status", "member"))
}

// hurries: many messages at once, seen in order.
func (s *scene) hurries() {
	s.written(12)
}

// written: the client writes n texts at once, and the bot copies them all.
func (s *scene) written(n int) {
	s.t.Helper()
	var want []string
	for i := range n {
		text := fmt.Sprintf("quick %d", i)
		s.writes(object{"text": text})
		want = append(want, line("saw", "text", "text", text, "entities", []any{}), line("did", "copy"))
	}
	s.saysMixed(want...)
	s.operatorSees(s.thread, n)
}

// weathers: the web server before Telegram fails once, in HTML, when the bot
// asks for updates.
func (s *scene) weathers() {
	s.post("faults", object{"do": "gateway", "method": "getUpdates", "count": 1})
	s.asks("during the outage", []any{})
	s.waits("the outage", func() bool { return s.wire.broken("getUpdates") })
	s.asks("after the outage", []any{})
}

// restarts: what comes while the bot is away waits for it, once.
func (s *scene) restarts(run runner) {
	var want []string
	for i := range 3 {
		text := fmt.Sprintf("meanwhile %d", i)
		s.writes(object{"text": text})
		want = append(want, line("saw", "text", "text", text, "entities", []any{}), line("did", "copy"))
	}
	s.config.Client, s.config.Thread = s.client, s.thread
	s.playing = play(s.t, run, s.config)
	s.starts()
	s.saysMixed(want...)
}

// settles waits until Telegram holds no update that the bot hasn't confirmed:
// one that is ended before that may be given the update again.
func (s *scene) settles() {
	s.t.Helper()
	s.waits("the bot's confirmation", func() bool {
		res, err := http.Get(s.url + "/bot" + s.token + "/getWebhookInfo")
		if err != nil {
			s.t.Fatal(err)
		}
		return s.read("getWebhookInfo", res)["result"].(map[string]any)["pending_update_count"] == 0.0
	})
}

// waits until something is so.
func (s *scene) waits(what string, is func() bool) {
	s.t.Helper()
	for end := time.Now().Add(patience); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			s.t.Fatalf("%s never comes", what)
		}
	}
}

// complete: the bot did all that the conversation is about.
func (s *scene) complete(webhook, replies bool) {
	for _, method := range strings.Fields(`getMe setMyCommands createForumTopic copyMessage sendMessage sendMediaGroup
		sendDocument getFile editMessageText editMessageCaption editMessageReplyMarkup answerCallbackQuery
		setMessageReaction closeForumTopic reopenForumTopic editForumTopic`) {
		if !s.wire.called(method) {
			s.t.Errorf("%s was never called", method)
		}
	}
	hooks, answers := s.wire.counted()
	switch {
	case !webhook && !s.wire.called("getUpdates"):
		s.t.Error("the bot never asked for updates")
	case webhook && hooks < 40:
		s.t.Errorf("%d webhooks came", hooks)
	case webhook && replies != slices.Equal(answers, []string{"answerCallbackQuery"}):
		s.t.Errorf("in answers to webhooks the bot called %q", answers)
	}
}
