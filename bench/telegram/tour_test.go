package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"slices"
	"sync"
	"testing"
	"time"
)

// seen is one object that a bot was given: the result of a method, or an update.
type seen struct {
	method string // "update" for updates
	raw    json.RawMessage
}

// tour lives through about everything that happens in this Telegram and
// returns every object that the bot was given.
func tour(t *testing.T) []seen {
	t.Helper()
	return travel(t).all
}

// travel is the tour with the one who made it.
func travel(t *testing.T) *tourist {
	t.Helper()
	s := newScene(t, Options{Seed: 7, Knobs: unlimitedKnobs()})
	tr := &tourist{scene: s, calls: map[string]*visits{}}
	tr.call("setMyCommands", "commands", []map[string]string{{"command": "help", "description": "Help"}})
	tr.call("getUpdates", "allowed_updates", allUpdates)
	tr.ask()
	tr.topics()
	tr.privateTopics()
	tr.business()
	tr.kinds()
	tr.contents()
	tr.everyKey()
	tr.messages()
	tr.peopleKinds()
	tr.keyboards()
	tr.changes()
	tr.buttons()
	tr.captured()
	tr.members()
	tr.disguises()
	tr.news()
	tr.inline()
	tr.rightsAndLinks()
	tr.migration()
	tr.collect()
	tr.farewell()
	return tr
}

func unlimitedKnobs() *Knobs {
	k := Unlimited()
	k.BotCustomEmoji = true // so that bots' texts hold entities of every type
	return &k
}

type tourist struct {
	*scene
	all   []seen
	calls map[string]*visits // by method
}

// visits are the calls of one method.
type visits struct {
	asked map[string]bool  // parameters that the method looked at
	given map[string][]any // what they were, decoded
}

// call calls a method that must succeed and keeps its result.
func (tr *tourist) call(method string, pairs ...any) map[string]any {
	tr.t.Helper()
	a := tr.w.Call(tr.token, method, tr.given(method, ArgsOf(pairs...)))
	if !a.OK {
		tr.t.Fatalf("%s %v: %d %s", method, pairs, a.Code, a.Description)
	}
	tr.all = append(tr.all, seen{method, a.Result})
	var out map[string]any
	json.Unmarshal(a.Result, &out)
	return out
}

// given notes what a method is given; the method notes what it looks at.
func (tr *tourist) given(method string, args Args) Args {
	v := tr.calls[method]
	if v == nil {
		v = &visits{map[string]bool{}, map[string][]any{}}
		tr.calls[method] = v
	}
	args.asked = v.asked
	for name, text := range args.Values {
		var value any
		if json.Unmarshal([]byte(text), &value) != nil {
			value = text
		}
		v.given[name] = append(v.given[name], value)
	}
	return args
}

// collect keeps all waiting updates.
func (tr *tourist) collect() {
	for _, u := range tr.w.Peek(tr.bot, 0, maxQueued) {
		tr.all = append(tr.all, seen{"update", u.JSON()})
		tr.w.Discard(tr.bot, u.ID)
	}
}

func (tr *tourist) must(err error) {
	tr.t.Helper()
	if err != nil {
		tr.t.Fatal(err)
	}
}

func (tr *tourist) ask() {
	for _, m := range []string{"getMe", "getWebhookInfo", "getMyCommands", "getForumTopicIconStickers"} {
		tr.call(m)
	}
	for _, id := range []int64{tr.forum, tr.cli} {
		tr.call("getChat", "chat_id", id)
		tr.call("getChatMemberCount", "chat_id", id)
	}
	for _, id := range []int64{tr.ann, tr.bot, tr.cli} {
		tr.call("getChatMember", "chat_id", tr.forum, "user_id", id)
	}
	tr.call("getChatAdministrators", "chat_id", tr.forum)
	tr.call("exportChatInviteLink", "chat_id", tr.forum)
	tr.call("sendChatAction", "chat_id", tr.cli, "action", "typing")
}

func (tr *tourist) topics() {
	id := tr.call("createForumTopic", "chat_id", tr.forum, "name", "Тема 🏟", "icon_custom_emoji_id", "5357419403325481346")["message_thread_id"]
	at := []any{"chat_id", tr.forum, "message_thread_id", id}
	m := tr.call("sendMessage", append(at, "text", "in topic")...)
	tr.call("pinChatMessage", "chat_id", tr.forum, "message_id", m["message_id"])
	tr.call("editMessageText", "chat_id", tr.forum, "message_id", m["message_id"], "text", "edited")
	tr.call("editForumTopic", append(at, "name", "Renamed", "icon_custom_emoji_id", "")...)
	tr.call("closeForumTopic", at...)
	tr.call("reopenForumTopic", at...)
	tr.call("unpinAllForumTopicMessages", at...)
	for _, m := range []string{"closeGeneralForumTopic", "reopenGeneralForumTopic", "hideGeneralForumTopic", "unhideGeneralForumTopic", "reopenGeneralForumTopic"} {
		tr.call(m, "chat_id", tr.forum)
	}
	tr.call("editGeneralForumTopic", "chat_id", tr.forum, "name", "Hall")
	own, err := tr.w.CreateTopic(tr.ann, tr.forum, "Ann's", 0)
	tr.must(err)
	first, err := tr.w.Say(tr.ann, tr.forum, own, "first")
	tr.must(err)
	_, err = tr.w.Send(tr.ann, tr.forum, Post{Content: TextOf("reply"), Topic: own, ReplyTo: first, Quote: "fir"})
	tr.must(err)
	tr.must(tr.w.DeleteTopic(tr.ann, tr.forum, own))
	gen, err := tr.w.Say(tr.ann, tr.forum, 0, "general")
	tr.must(err)
	_, err = tr.w.Send(tr.ann, tr.forum, Post{Content: TextOf("answer"), ReplyTo: gen})
	tr.must(err)
	tr.call("deleteForumTopic", at...)
}

// upload is a file to send.
func upload(name string) Upload {
	return Upload{Name: name, Data: slices.Concat(smallPicture(), []byte(name))}
}

// smallPicture is encoded once: that takes a megabyte of memory.
var smallPicture = sync.OnceValue(func() []byte { return picture(9, 7) })

// picture is a PNG of that size.
func picture(width, height int) []byte {
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func (tr *tourist) kinds() {
	for _, k := range []string{"Photo", "Video", "Animation", "Audio", "Voice", "VideoNote", "Document", "Sticker"} {
		field := map[string]string{"VideoNote": "video_note"}[k]
		if field == "" {
			field = string(k[0]+32) + k[1:]
		}
		m := tr.call("send"+k, "chat_id", tr.cli, field, upload("a."+field), "caption", "see *this*", "parse_mode", "MarkdownV2")
		tr.call("copyMessage", "chat_id", tr.forum, "from_chat_id", tr.cli, "message_id", m["message_id"])
		tr.call("forwardMessage", "chat_id", tr.forum, "from_chat_id", tr.cli, "message_id", m["message_id"])
	}
	tr.call("sendLocation", "chat_id", tr.cli, "latitude", 1.5, "longitude", 2.5)
	tr.call("sendVenue", "chat_id", tr.cli, "latitude", 1.5, "longitude", 2.5, "title", "T", "address", "A")
	tr.call("sendContact", "chat_id", tr.cli, "phone_number", "+1", "first_name", "N")
	tr.call("sendPoll", "chat_id", tr.cli, "question", "Q", "options", []string{"a", "b"}, "type", "quiz", "correct_option_id", 1)
	tr.call("sendDice", "chat_id", tr.cli)
	tr.call("sendMediaGroup", "chat_id", tr.cli,
		"media", []map[string]string{{"type": "photo", "media": "attach://p", "caption": "c"}, {"type": "video", "media": "attach://v"}},
		"p", upload("p"), "v", upload("v"))
	var album []struct {
		ID    int `json:"message_id"`
		Photo []struct {
			ID string `json:"file_id"`
		}
	}
	tr.must(json.Unmarshal(tr.all[len(tr.all)-1].raw, &album))
	tr.call("getFile", "file_id", album[0].Photo[0].ID)
	tr.call("copyMessages", "chat_id", tr.forum, "from_chat_id", tr.cli, "message_ids", []int{album[0].ID, album[1].ID})
	tr.call("forwardMessages", "chat_id", tr.forum, "from_chat_id", tr.cli, "message_ids", []int{album[0].ID, album[1].ID})
	tr.call("editMessageCaption", "chat_id", tr.cli, "message_id", album[0].ID, "caption", "d", "show_caption_above_media", true)
	tr.call("editMessageMedia", "chat_id", tr.cli, "message_id", album[0].ID, "media", map[string]string{"type": "photo", "media": "attach://n"}, "n", upload("n"))
}

func (tr *tourist) peopleKinds() {
	for _, k := range []Kind{KindPhoto, KindVideo, KindAnimation, KindAudio, KindVoice, KindVideoNote, KindDocument, KindSticker} {
		f := File{Kind: k, Name: "n", Emoji: "🙂", SetName: "set", Title: "t", Performer: "p"}
		id, err := tr.w.Send(tr.cli, tr.bot, Post{Content: Content{Kind: k, File: &f, Text: "привет", Spoiler: k == KindPhoto}})
		tr.must(err)
		_, err = tr.w.Send(tr.ann, tr.forum, Post{Content: Content{Kind: k, File: &f}})
		tr.must(err)
		if k == KindPhoto {
			_, err = tr.w.Forward(tr.cli, tr.bot, 0, tr.bot, id)
			tr.must(err)
		}
	}
	at := Location{Latitude: 1, Longitude: 2}
	for _, c := range []Content{
		{Kind: KindLocation, Location: &at},
		{Kind: KindVenue, Venue: &Venue{Location: at, Title: "T", Address: "A"}},
		{Kind: KindContact, Contact: &Contact{Phone: "1", FirstName: "F", UserID: tr.cli}},
		{Kind: KindDice, Dice: &Dice{Emoji: "🎲"}},
		{Kind: KindPoll, Poll: &Poll{Question: "Q", Options: []PollOption{{Text: "a"}, {Text: "b"}}}},
		TextOf("/cmd @name #tag https://a.bc mail@a.bc +1 (234) 567-8901"),
	} {
		_, err := tr.w.Send(tr.cli, tr.bot, Post{Content: c})
		tr.must(err)
	}
	_, err := tr.w.SendAlbum(tr.cli, tr.bot, []Post{
		{Content: Content{Kind: KindPhoto, File: &File{Kind: KindPhoto}, Text: "album"}},
		{Content: Content{Kind: KindVideo, File: &File{Kind: KindVideo}}},
	})
	tr.must(err)
}

func (tr *tourist) changes() {
	id, err := tr.w.Say(tr.cli, tr.bot, 0, "was")
	tr.must(err)
	tr.must(tr.w.Edit(tr.cli, tr.bot, id, TextOf("is")))
	tr.must(tr.w.React(tr.cli, tr.bot, id, "👍"))
	tr.must(tr.w.React(tr.cli, tr.bot, id))
	tr.call("setMessageReaction", "chat_id", tr.cli, "message_id", id, "reaction", []map[string]string{{"type": "emoji", "emoji": "👍"}})
	tr.call("pinChatMessage", "chat_id", tr.cli, "message_id", id, "disable_notification", true)
	tr.call("getChat", "chat_id", tr.cli)
	tr.call("unpinChatMessage", "chat_id", tr.cli, "message_id", id)
	tr.call("unpinAllChatMessages", "chat_id", tr.cli)
	tr.call("sendMessage", "chat_id", tr.cli, "text", "r", "reply_parameters", map[string]any{"message_id": id, "quote": "s"},
		"link_preview_options", map[string]any{"is_disabled": true})
	gen, err := tr.w.Say(tr.ann, tr.forum, 0, "elsewhere")
	tr.must(err)
	tr.call("sendMessage", "chat_id", tr.cli, "text", "x", "reply_parameters", map[string]any{"message_id": gen, "chat_id": tr.forum})
	tr.call("deleteMessage", "chat_id", tr.cli, "message_id", id)
	tr.call("deleteMessages", "chat_id", tr.cli, "message_ids", []int{id, id + 1})
	tr.w.Block(tr.cli, tr.bot)
	tr.w.Unblock(tr.cli, tr.bot)
	tr.must(tr.w.SetTitle(tr.ann, tr.forum, "Support 2"))
}

func (tr *tourist) buttons() {
	m := tr.call("sendMessage", "chat_id", tr.cli, "text", "press", "reply_markup", map[string]any{
		"inline_keyboard": [][]map[string]string{{{"text": "a", "callback_data": "A"}, {"text": "u", "url": "https://a.bc"}}}})
	q, err := tr.w.Press(tr.cli, tr.bot, number(m["message_id"]), "A")
	tr.must(err)
	tr.call("answerCallbackQuery", "callback_query_id", q, "text", "ok")
	tr.call("editMessageReplyMarkup", "chat_id", tr.cli, "message_id", m["message_id"])
	poll := tr.call("sendPoll", "chat_id", tr.forum, "question", "Q", "options", []map[string]string{{"text": "a"}, {"text": "b"}}, "is_anonymous", false)
	tr.must(tr.w.Vote(tr.ann, tr.forum, number(poll["message_id"]), 1))
	tr.must(tr.w.Vote(tr.ann, tr.forum, number(poll["message_id"])))
}

func (tr *tourist) members() {
	eve := tr.w.NewUser(Person{FirstName: "Eve", HidesForwards: true, Premium: true, Language: "en"})
	other, _ := tr.w.NewBot(Robot{Name: "Other"})
	tr.must(tr.w.AddMember(tr.ann, tr.forum, eve))
	tr.must(tr.w.AddMember(tr.ann, tr.forum, other))
	tr.must(tr.w.Restrict(tr.ann, tr.forum, eve, Permissions{SendMessages: true}, tr.w.Now().Add(time.Hour).Unix()))
	tr.call("getChatMember", "chat_id", tr.forum, "user_id", eve)
	id, err := tr.w.Say(eve, tr.bot, 0, "hidden")
	tr.must(err)
	tr.call("forwardMessage", "chat_id", tr.cli, "from_chat_id", eve, "message_id", id)
	tr.call("banChatMember", "chat_id", tr.forum, "user_id", eve)
	tr.call("getChatMember", "chat_id", tr.forum, "user_id", eve)
	tr.call("unbanChatMember", "chat_id", tr.forum, "user_id", eve)
	tr.must(tr.w.Promote(tr.ann, tr.forum, other, Rights{PinMessages: true}, "helper"))
	tr.call("getChatAdministrators", "chat_id", tr.forum, "return_bots", true)
	tr.must(tr.w.Leave(other, tr.forum))
}

func (tr *tourist) disguises() {
	ch := tr.w.NewChannel(tr.ann, "News")
	tr.must(tr.w.Promote(tr.ann, ch, tr.bot, AllRights(), ""))
	tr.call("getChat", "chat_id", ch)
	tr.call("getChatMember", "chat_id", ch, "user_id", tr.bot)
	tr.w.Link(ch, tr.forum)
	tr.call("sendMessage", "chat_id", ch, "text", "first", "reply_parameters", map[string]any{"message_id": 1})
	tr.call("sendMessage", "chat_id", tr.forum, "text", "first", "reply_parameters", map[string]any{"message_id": 1})
	tr.w.SetSignatures(ch, true)
	id, err := tr.w.Say(tr.ann, ch, 0, "post")
	tr.must(err)
	tr.must(tr.w.Edit(tr.ann, ch, id, TextOf("post 2")))
	tr.call("forwardMessage", "chat_id", tr.cli, "from_chat_id", ch, "message_id", id)
	tr.call("sendMessage", "chat_id", ch, "text", "by bot")
	_, err = tr.w.Send(tr.ann, tr.forum, Post{Content: TextOf("anon"), Anonymous: true})
	tr.must(err)
	own, err := tr.w.Send(tr.ann, tr.forum, Post{Content: TextOf("as channel"), AsChannel: ch})
	tr.must(err)
	tr.call("forwardMessage", "chat_id", tr.cli, "from_chat_id", tr.forum, "message_id", own)
}

func (tr *tourist) migration() {
	g := tr.w.NewGroup(tr.ann, "Small", tr.bot, tr.cli)
	tr.call("sendMessage", "chat_id", g, "text", "x")
	tr.call("getChat", "chat_id", g)
	tr.call("getChatMember", "chat_id", g, "user_id", tr.bot)
	if _, err := tr.w.Upgrade(tr.ann, g); err != nil {
		tr.t.Fatal(err)
	}
	tr.call("leaveChat", "chat_id", tr.forum)
}

// frozen is a clock that stands.
type frozen time.Time

func (f frozen) Now() time.Time                                       { return time.Time(f) }
func (frozen) Sleep(context.Context, time.Duration) error             { return nil }
func (frozen) Wait(context.Context, time.Duration, func() bool) error { return nil }

// farewell is what ends a bot's stay at a server.
func (tr *tourist) farewell() {
	tr.w.SetTime(tr.w.Now().Add(time.Hour))
	door := NewDoor(tr.w, frozen(tr.w.Now()))
	if _, err := door.Call(tr.t.Context(), tr.token, "getUpdates", tr.given("getUpdates", ArgsOf("timeout", 0)), 0); err != nil {
		tr.t.Fatal(err)
	}
	tr.call("close")
	tr.call("logOut")
}

func (s seen) String() string { return fmt.Sprintf("%s: %s", s.method, s.raw) }
