package telegram

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// situation is one way to fail: what is done, and what is answered.
type situation struct {
	want Situation
	args []any // arguments of the table's text, if it has any
	do   func(s *scene) Answer
}

// checkSituations does each of them in a scene of its own.
func checkSituations(t *testing.T, all []situation) {
	t.Helper()
	for i, tt := range all {
		t.Run(fmt.Sprint(i, " ", tt.want), func(t *testing.T) {
			got := tt.do(newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()}))
			want := fail(tt.want, tt.args...)
			if got.OK || got.Code != want.code || got.Description != want.text {
				t.Errorf("got %v %d %q\nwant %d %q", got.OK, got.Code, got.Description, want.code, want.text)
			}
		})
	}
}

// TestFailures is the table "situation → answer": each row makes the
// situation and calls the method.
func TestFailures(t *testing.T) {
	text := func(n int) string { return strings.Repeat("x", n) }
	keyboard := func(b map[string]string) map[string]any {
		return map[string]any{"inline_keyboard": [][]map[string]string{{b}}}
	}
	checkSituations(t, []situation{
		{methodNotFound, nil, func(s *scene) Answer { return s.call("getNothing") }},
		{unauthorized, nil, func(s *scene) Answer { return s.w.Call("1:x", "getMe", Args{}) }},
		{invalidToken, nil, func(s *scene) Answer { return s.w.Call("nonsense", "getMe", Args{}) }},
		{unauthorized, nil, func(s *scene) Answer { s.w.RevokeToken(s.bot); return s.call("getMe") }},
		{stringNotUTF8, nil, func(s *scene) Answer { return s.call("sendMessage", "chat_id", s.cli, "text", "\xff") }},

		{chatEmpty, nil, func(s *scene) Answer { return s.call("sendMessage", "text", "x") }},
		{chatNotFound, nil, func(s *scene) Answer { return s.send(12345) }},
		{chatNotFound, nil, func(s *scene) Answer { return s.call("sendMessage", "chat_id", "@cli_ent", "text", "x") }},
		{chatNotFound, nil, func(s *scene) Answer { return s.send(s.w.NewUser(Person{FirstName: "Stranger"})) }},
		{chatNotFound, nil, func(s *scene) Answer { return s.send(s.w.NewForum(s.ann, "Other")) }},
		{cantInitiate, nil, func(s *scene) Answer { return s.send(s.ann) }},
		{blocked, nil, func(s *scene) Answer { s.w.Block(s.cli, s.bot); return s.send(s.cli) }},
		{userDeactivated, nil, func(s *scene) Answer { s.w.DeleteAccount(s.cli); return s.send(s.cli) }},
		{toBot, nil, func(s *scene) Answer {
			other, _ := s.w.NewBot(Robot{Name: "O"})
			s.check(s.w.AddMember(s.ann, s.forum, other))
			return s.send(other)
		}},
		{kickedSuper, nil, func(s *scene) Answer { s.check(s.w.Kick(s.ann, s.forum, s.bot)); return s.send(s.forum) }},
		{notInSuper, nil, func(s *scene) Answer { s.check(s.w.Leave(s.bot, s.forum)); return s.send(s.forum) }},
		{kickedChannel, nil, func(s *scene) Answer {
			ch := s.channel()
			s.check(s.w.Kick(s.ann, ch, s.bot))
			return s.send(ch)
		}},
		{notInChannel, nil, func(s *scene) Answer {
			ch := s.w.NewChannel(s.ann, "C")
			s.w.SetPublicName(ch, "public_news")
			return s.call("sendMessage", "chat_id", "@public_news", "text", "x")
		}},
		{noWriteAccess, nil, func(s *scene) Answer { // a group that is no more, which the bot had left
			g := s.w.NewGroup(s.ann, "G", s.bot)
			id := s.own(g)
			s.check(s.w.Kick(s.ann, g, s.bot))
			s.w.DeleteGroup(g)
			return s.call("editMessageText", "chat_id", g, "message_id", id, "text", "y")
		}},
		{kickedGroup, nil, func(s *scene) Answer {
			g := s.w.NewGroup(s.ann, "G", s.bot)
			s.check(s.w.Kick(s.ann, g, s.bot))
			return s.send(g)
		}},
		{notInGroup, nil, func(s *scene) Answer {
			g := s.w.NewGroup(s.ann, "G", s.bot)
			s.check(s.w.Leave(s.bot, g))
			return s.send(g)
		}},
		{groupDeleted, nil, func(s *scene) Answer {
			g := s.w.NewGroup(s.ann, "G", s.bot)
			s.w.DeleteGroup(g)
			return s.send(g)
		}},
		{noAdminsPrivate, nil, func(s *scene) Answer { return s.call("getChatAdministrators", "chat_id", s.cli) }},
		{memberNotFound, nil, func(s *scene) Answer { return s.call("getChatMember", "chat_id", s.forum, "user_id", 5) }},
		{userNotFound, nil, func(s *scene) Answer { return s.call("getUserProfilePhotos", "user_id", 5) }},
		{invalidUser, []any{"user_id"}, func(s *scene) Answer { return s.call("getChatMember", "chat_id", s.forum, "user_id", "x") }},
		{cantRemoveOwner, nil, func(s *scene) Answer { return s.call("banChatMember", "chat_id", s.forum, "user_id", s.ann) }},
		{cantRestrictSelf, nil, func(s *scene) Answer { return s.call("banChatMember", "chat_id", s.forum, "user_id", s.bot) }},
		{notEnoughRestrict, nil, func(s *scene) Answer {
			s.rights(Rights{PinMessages: true})
			return s.call("banChatMember", "chat_id", s.forum, "user_id", s.cli)
		}},

		{voiceForbidden, []any{"video note"}, func(s *scene) Answer {
			shy := s.w.NewUser(Person{FirstName: "Shy", ForbidsVoice: true})
			_, err := s.w.Start(shy, s.bot, "")
			s.check(err)
			s.ok("sendVideo", "chat_id", shy, "video", upload("v"))
			return s.call("sendVideoNote", "chat_id", shy, "video_note", upload("v"))
		}},
		{noRightToSend, []any{"photos"}, func(s *scene) Answer {
			s.plainMember(func(p *Permissions) { p.SendPhotos = false })
			return s.call("sendPhoto", "chat_id", s.forum, "photo", upload("p"))
		}},
		{noRightTopic, nil, func(s *scene) Answer {
			s.rights(Rights{PinMessages: true})
			return s.call("createForumTopic", "chat_id", s.forum, "name", "x")
		}},
		{noRightEditTopic, nil, func(s *scene) Answer {
			id := s.metTopic()
			s.rights(Rights{PinMessages: true})
			return s.call("editForumTopic", "chat_id", s.forum, "message_thread_id", id, "name", "x")
		}},
		{noRightToggleTopic, nil, func(s *scene) Answer {
			id := s.metTopic()
			s.rights(Rights{PinMessages: true})
			return s.call("closeForumTopic", "chat_id", s.forum, "message_thread_id", id)
		}},
		{noRightDeleteTopic, nil, func(s *scene) Answer {
			id := s.metTopic()
			s.rights(Rights{ManageTopics: true})
			return s.call("deleteForumTopic", "chat_id", s.forum, "message_thread_id", id)
		}},
		{noRightPin, nil, func(s *scene) Answer {
			m := s.saidIn(s.forum)
			s.rights(Rights{ManageTopics: true})
			return s.call("pinChatMessage", "chat_id", s.forum, "message_id", m)
		}},
		{noRightLink, nil, func(s *scene) Answer {
			s.rights(Rights{ManageTopics: true})
			return s.call("exportChatInviteLink", "chat_id", s.forum)
		}},
		{needChannelAdmin, nil, func(s *scene) Answer {
			ch := s.w.NewChannel(s.ann, "C")
			s.check(s.w.Promote(s.ann, ch, s.bot, Rights{InviteUsers: true}, ""))
			return s.send(ch)
		}},

		{textEmpty, nil, func(s *scene) Answer { return s.call("sendMessage", "chat_id", s.cli, "text", "") }},
		{textBlank, nil, func(s *scene) Answer { return s.call("sendMessage", "chat_id", s.cli, "text", " \n ") }},
		{textTooLong, nil, func(s *scene) Answer { return s.call("sendMessage", "chat_id", s.cli, "text", text(4097)) }},
		{textTooBig, nil, func(s *scene) Answer { return s.call("sendMessage", "chat_id", s.cli, "text", text(32769)) }},
		{editTextTooLong, nil, func(s *scene) Answer {
			return s.call("editMessageText", "chat_id", s.cli, "message_id", s.own(s.cli), "text", text(4097))
		}},
		{captionTooLong, nil, func(s *scene) Answer {
			return s.call("sendPhoto", "chat_id", s.cli, "photo", upload("p"), "caption", text(1025))
		}},
		{badParseMode, nil, func(s *scene) Answer {
			return s.call("sendMessage", "chat_id", s.cli, "text", "x", "parse_mode", "XML")
		}},
		{badMarkup, nil, func(s *scene) Answer {
			return s.call("sendMessage", "chat_id", s.cli, "text", "x", "reply_markup", "[]")
		}},
		{badKeyboard, nil, func(s *scene) Answer {
			return s.call("sendMessage", "chat_id", s.cli, "text", "x", "reply_markup", "{")
		}},
		{badInlineKey, []any{"Text buttons are unallowed in the inline keyboard"}, func(s *scene) Answer {
			return s.call("sendMessage", "chat_id", s.cli, "text", "x", "reply_markup", keyboard(map[string]string{"text": "a"}))
		}},
		{buttonData, nil, func(s *scene) Answer {
			return s.call("sendMessage", "chat_id", s.cli, "text", "x", "reply_markup", keyboard(map[string]string{"text": "a", "callback_data": text(65)}))
		}},
		{badReply, nil, func(s *scene) Answer {
			return s.call("sendMessage", "chat_id", s.cli, "text", "x", "reply_parameters", "[]")
		}},
		{unparsableReply, nil, func(s *scene) Answer {
			return s.call("sendMessage", "chat_id", s.cli, "text", "x", "reply_parameters", "{")
		}},
		{badField, []any{`can't find field "message_id"`}, func(s *scene) Answer {
			return s.call("sendMessage", "chat_id", s.cli, "text", "x", "reply_parameters", `{"quote":"a"}`)
		}},
		{missingParam, []any{"from_chat_id"}, func(s *scene) Answer { return s.call("copyMessage", "chat_id", s.cli, "message_id", 1) }},
		{badAction, nil, func(s *scene) Answer { return s.call("sendChatAction", "chat_id", s.cli, "action", "dance") }},
		{noFileInRequest, []any{"video note"}, func(s *scene) Answer { return s.call("sendVideoNote", "chat_id", s.cli) }},

		{notModified, nil, func(s *scene) Answer {
			return s.call("editMessageText", "chat_id", s.cli, "message_id", s.own(s.cli), "text", "own")
		}},
		{notModified, nil, func(s *scene) Answer {
			return s.call("editMessageReplyMarkup", "chat_id", s.cli, "message_id", s.own(s.cli))
		}},
		{editNotFound, nil, func(s *scene) Answer {
			return s.call("editMessageText", "chat_id", s.cli, "message_id", 999, "text", "x")
		}},
		{cantEdit, nil, func(s *scene) Answer { // a person's message
			return s.call("editMessageText", "chat_id", s.cli, "message_id", s.saidIn(s.bot), "text", "x")
		}},
		{cantEdit, nil, func(s *scene) Answer { // the bot's service message
			id := number(s.ok("createForumTopic", "chat_id", s.forum, "name", "x")["message_thread_id"])
			return s.call("editMessageReplyMarkup", "chat_id", s.forum, "message_id", id)
		}},
		{cantEdit, nil, func(s *scene) Answer { // a forward
			m := s.ok("forwardMessage", "chat_id", s.cli, "from_chat_id", s.cli, "message_id", s.saidIn(s.bot))
			return s.call("editMessageText", "chat_id", s.cli, "message_id", m["message_id"], "text", "x")
		}},
		{cantEdit, nil, func(s *scene) Answer { // it carried a reply keyboard
			m := s.ok("sendMessage", "chat_id", s.cli, "text", "x", "reply_markup", map[string]any{"force_reply": true})
			return s.call("editMessageText", "chat_id", s.cli, "message_id", m["message_id"], "text", "y")
		}},
		{noTextToEdit, nil, func(s *scene) Answer {
			m := s.ok("sendPhoto", "chat_id", s.cli, "photo", upload("p"))
			return s.call("editMessageText", "chat_id", s.cli, "message_id", m["message_id"], "text", "y")
		}},
		{noCaptionToEdit, nil, func(s *scene) Answer {
			return s.call("editMessageCaption", "chat_id", s.cli, "message_id", s.own(s.cli), "caption", "y")
		}},
		{deleteNotFound, nil, func(s *scene) Answer { return s.call("deleteMessage", "chat_id", s.cli, "message_id", 999) }},
		{noMessageID, nil, func(s *scene) Answer { return s.call("deleteMessage", "chat_id", s.cli) }},
		{noChatID, nil, func(s *scene) Answer { return s.call("deleteMessage", "message_id", 1) }},
		{cantDelete, nil, func(s *scene) Answer { // 48 hours old
			id := s.own(s.forum)
			s.w.SetTime(s.w.Now().Add(48 * time.Hour))
			return s.call("deleteMessage", "chat_id", s.forum, "message_id", id)
		}},
		{cantDelete, nil, func(s *scene) Answer { // a topic's first message
			id := number(s.ok("createForumTopic", "chat_id", s.forum, "name", "x")["message_thread_id"])
			return s.call("deleteMessage", "chat_id", s.forum, "message_id", id)
		}},
		{copyNotFound, nil, func(s *scene) Answer {
			return s.call("copyMessage", "chat_id", s.forum, "from_chat_id", s.cli, "message_id", 999)
		}},
		{forwardNotFound, nil, func(s *scene) Answer {
			return s.call("forwardMessage", "chat_id", s.forum, "from_chat_id", s.cli, "message_id", 999)
		}},
		{cantCopy, nil, func(s *scene) Answer {
			id := number(s.ok("createForumTopic", "chat_id", s.forum, "name", "x")["message_thread_id"])
			return s.call("copyMessage", "chat_id", s.cli, "from_chat_id", s.forum, "message_id", id)
		}},
		{protectedContent, nil, func(s *scene) Answer {
			s.w.SetProtected(s.forum, true)
			return s.call("forwardMessage", "chat_id", s.cli, "from_chat_id", s.forum, "message_id", s.saidIn(s.forum))
		}},
		{nothingToForward, nil, func(s *scene) Answer {
			return s.call("copyMessages", "chat_id", s.forum, "from_chat_id", s.cli, "message_ids", []int{998, 999})
		}},
		{noneToForward, nil, func(s *scene) Answer { // service messages
			id := number(s.ok("createForumTopic", "chat_id", s.forum, "name", "x")["message_thread_id"])
			return s.call("forwardMessages", "chat_id", s.cli, "from_chat_id", s.forum, "message_ids", []int{id})
		}},
		{idsNotIncreasing, nil, func(s *scene) Answer {
			first := s.own(s.cli)
			return s.call("copyMessages", "chat_id", s.forum, "from_chat_id", s.cli, "message_ids", []int{s.own(s.cli), first})
		}},
		{messageIDsArray, nil, func(s *scene) Answer {
			return s.call("deleteMessages", "chat_id", s.cli, "message_ids", "{}")
		}},
		{messageIDKind, nil, func(s *scene) Answer {
			return s.call("deleteMessages", "chat_id", s.cli, "message_ids", "[null]")
		}},
		{messageIDNumber, nil, func(s *scene) Answer {
			return s.call("deleteMessages", "chat_id", s.cli, "message_ids", `["1a"]`)
		}},
		{tooManyIDs, nil, func(s *scene) Answer {
			return s.call("deleteMessages", "chat_id", s.cli, "message_ids", make([]int, 101))
		}},
		{noMessageIDs, nil, func(s *scene) Answer { return s.call("deleteMessages", "chat_id", s.cli) }},
		{replyNotFound, nil, func(s *scene) Answer {
			return s.call("sendMessage", "chat_id", s.cli, "text", "x", "reply_parameters", map[string]any{"message_id": 999})
		}},
		{quoteInvalid, nil, func(s *scene) Answer {
			return s.call("sendMessage", "chat_id", s.cli, "text", "x", "reply_parameters", map[string]any{"message_id": s.own(s.cli), "quote": "zzz"})
		}},
		{reactNotFound, nil, func(s *scene) Answer { return s.call("setMessageReaction", "chat_id", s.cli, "message_id", 999) }},
		{reactionsMany, nil, func(s *scene) Answer {
			return s.call("setMessageReaction", "chat_id", s.cli, "message_id", s.own(s.cli), "reaction", `[{"type":"emoji","emoji":"👍"},{"type":"emoji","emoji":"🔥"}]`)
		}},
		{reactionInvalid, nil, func(s *scene) Answer {
			return s.call("setMessageReaction", "chat_id", s.cli, "message_id", s.own(s.cli), "reaction", `[{"type":"emoji","emoji":"🧨"}]`)
		}},
		{badReactions, nil, func(s *scene) Answer { return s.call("setMessageReaction", "reaction", "[") }},
		{reactionsArray, nil, func(s *scene) Answer { return s.call("setMessageReaction", "reaction", "{}") }},
		{badReaction, []any{"invalid reaction type specified"}, func(s *scene) Answer {
			return s.call("setMessageReaction", "reaction", `[{"type":"paid"}]`)
		}},
		{reactionInvalid, nil, func(s *scene) Answer { // it is a premium account's
			return s.call("setMessageReaction", "chat_id", s.cli, "message_id", s.own(s.cli), "reaction", `[{"type":"custom_emoji","custom_emoji_id":"5"}]`)
		}},
		{pinNotFound, nil, func(s *scene) Answer { return s.call("pinChatMessage", "chat_id", s.cli, "message_id", 999) }},
		{unpinNotFound, nil, func(s *scene) Answer { return s.call("unpinChatMessage", "chat_id", s.cli) }},
		{threadNotFound, nil, func(s *scene) Answer {
			return s.call("sendMessage", "chat_id", s.forum, "message_thread_id", 999, "text", "x")
		}},
		{threadNotFound, nil, func(s *scene) Answer { // General is meant by leaving it out
			return s.call("sendMessage", "chat_id", s.forum, "message_thread_id", 1, "text", "x")
		}},
		{threadNotFound, nil, func(s *scene) Answer { // deleted by a person
			id := s.topicOfAnn()
			s.check(s.w.DeleteTopic(s.ann, s.forum, id))
			return s.call("sendMessage", "chat_id", s.forum, "message_thread_id", id, "text", "x")
		}},
		{topicClosed, nil, func(s *scene) Answer {
			id := s.topicOfAnn()
			s.check(s.w.CloseTopic(s.ann, s.forum, id))
			s.rights(Rights{PinMessages: true})
			return s.call("sendMessage", "chat_id", s.forum, "message_thread_id", id, "text", "x")
		}},
		{topicInvalid, nil, func(s *scene) Answer {
			return s.call("closeForumTopic", "chat_id", s.forum, "message_thread_id", 999)
		}},
		{topicNotModified, nil, func(s *scene) Answer {
			return s.call("reopenForumTopic", "chat_id", s.forum, "message_thread_id", s.topicOfAnn())
		}},
		{topicNotModified, nil, func(s *scene) Answer {
			return s.call("editForumTopic", "chat_id", s.forum, "message_thread_id", s.topicOfAnn(), "name", "Ann's")
		}},
		{notForum, nil, func(s *scene) Answer { return s.call("createForumTopic", "chat_id", s.cli, "name", "x") }},
		{notSuperForum, nil, func(s *scene) Answer {
			s.w.SetThreaded(s.bot, true, false)
			return s.call("closeForumTopic", "chat_id", s.cli, "message_thread_id", 5)
		}},
		{topicNameEmpty, nil, func(s *scene) Answer { return s.call("createForumTopic", "chat_id", s.forum, "name", " ") }},
		{albumTooLong, nil, func(s *scene) Answer { return s.album(11, "photo") }},
		{albumEmpty, nil, func(s *scene) Answer { return s.call("sendMediaGroup", "chat_id", s.cli, "media", "[]") }},
		{albumMixed, []any{"document"}, func(s *scene) Answer { return s.album(2, "photo", "document") }},
		{queryTooOld, nil, func(s *scene) Answer { return s.call("answerCallbackQuery", "callback_query_id", "1") }},
		{callbackTooLong, nil, func(s *scene) Answer {
			return s.call("answerCallbackQuery", "callback_query_id", s.pressed(), "text", text(201))
		}},
		{callbackURL, nil, func(s *scene) Answer {
			return s.call("answerCallbackQuery", "callback_query_id", s.pressed(), "url", "https://example.org/")
		}},
		{fileIDGarbled, nil, func(s *scene) Answer { return s.call("sendPhoto", "chat_id", s.cli, "photo", "AgACnonsense") }},
		{fileIDWrong, nil, func(s *scene) Answer { // another bot's id
			other, _ := s.w.NewBot(Robot{Name: "O"})
			f := s.w.NewFile(File{Kind: KindPhoto})
			return s.call("sendPhoto", "chat_id", s.cli, "photo", fileRef{file: f}.id(other))
		}},
		{fileIDMissing, nil, func(s *scene) Answer { return s.call("getFile") }},
		{fileUnavailable, nil, func(s *scene) Answer { // another bot's id
			other, _ := s.w.NewBot(Robot{Name: "O"})
			return s.call("getFile", "file_id", fileRef{file: s.w.NewFile(File{Kind: KindPhoto})}.id(other))
		}},
		{fileIDInvalid, nil, func(s *scene) Answer { return s.call("getFile", "file_id", "x") }},
		{fileTooBig, nil, func(s *scene) Answer {
			f := s.w.NewFile(File{Kind: KindDocument, Size: maxDownload + 1})
			return s.call("getFile", "file_id", fileRef{file: f}.id(s.bot))
		}},
		{fileEmpty, nil, func(s *scene) Answer { return s.call("sendDocument", "chat_id", s.cli, "document", Upload{Name: "e"}) }},
		{webhookActive, nil, func(s *scene) Answer {
			s.ok("setWebhook", "url", "https://a.bc/")
			return s.call("getUpdates")
		}},
		{webhookInvalid, nil, func(s *scene) Answer { return s.call("setWebhook", "url", "ftp://a.bc/") }},
		{secretInvalid, nil, func(s *scene) Answer { return s.call("setWebhook", "url", "https://a.bc/", "secret_token", "a b") }},
	})
}

func (s *scene) call(method string, pairs ...any) Answer {
	return s.w.Call(s.token, method, ArgsOf(pairs...))
}

func (s *scene) send(to int64) Answer { return s.call("sendMessage", "chat_id", to, "text", "x") }

func (s *scene) check(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// rights makes the bot an administrator with these rights only.
func (s *scene) rights(r Rights) { s.check(s.w.Promote(s.ann, s.forum, s.bot, r, "")) }

// plainMember makes the bot an ordinary member of a group with limits.
func (s *scene) plainMember(limit func(*Permissions)) {
	s.check(s.w.Promote(s.ann, s.forum, s.bot, Rights{}, ""))
	p := AllPermissions()
	limit(&p)
	s.w.SetPermissions(s.forum, p)
}

func (s *scene) topicOfAnn() int {
	id, err := s.w.CreateTopic(s.ann, s.forum, "Ann's", 0)
	s.check(err)
	return id
}

// saidIn is a message of a person: of the client to the bot, or of Ann in the forum.
func (s *scene) saidIn(chat int64) int {
	who := s.ann
	if chat == s.bot {
		who = s.cli
	}
	id, err := s.w.Say(who, chat, 0, "said")
	s.check(err)
	return id
}

// own is a message of the bot with the text "own".
func (s *scene) own(chat int64) int {
	return number(s.ok("sendMessage", "chat_id", chat, "text", "own")["message_id"])
}

func (s *scene) album(n int, kinds ...string) Answer {
	pairs := []any{"chat_id", s.cli}
	var media []map[string]string
	for i := range n {
		name := fmt.Sprint("f", i)
		media = append(media, map[string]string{"type": kinds[i%len(kinds)], "media": "attach://" + name})
		pairs = append(pairs, name, upload(name))
	}
	return s.call("sendMediaGroup", append(pairs, "media", media)...)
}

// An upgraded group tells where it went, with the parameter for it.
func TestUpgradedGroupTells(t *testing.T) {
	s := newScene(t, Options{})
	g := s.w.NewGroup(s.ann, "G", s.bot)
	to, err := s.w.Upgrade(s.ann, g)
	s.check(err)
	a := s.send(g)
	if a.Description != failures[upgraded].Text || a.MigrateTo != to {
		t.Errorf("%s, migrate to %d, want %d", a.Description, a.MigrateTo, to)
	}
	want := fmt.Sprintf(`{"ok":false,"error_code":400,"description":"%s","parameters":{"migrate_to_chat_id":%d}}`, failures[upgraded].Text, to)
	if got := string(a.JSON()); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// Every text of the table follows the server's rule: a prefix for its code,
// then a small letter unless the word is written in capitals.
func TestFailureTexts(t *testing.T) {
	prefixes := map[int]string{
		400: "Bad Request: ", 401: "Unauthorized", 403: "Forbidden: ", 404: "Not Found", 409: "Conflict: ",
		413: "Request Entity Too Large", 421: "Misdirected Request: ", 429: "Too Many Requests: ", 500: "Internal Server Error: ", 502: "Bad Gateway",
	}
	for s, f := range Failures() {
		prefix, ok := prefixes[f.Code]
		if s == loggedOut {
			prefix = "" // the server's only one without
		}
		if !ok || !strings.HasPrefix(f.Text, prefix) {
			t.Errorf("%s: %d %q", s, f.Code, f.Text)
			continue
		}
		rest := strings.TrimPrefix(f.Text, prefix)
		if f.Code == 400 && s != loggedOut && rest[0] >= 'A' && rest[0] <= 'Z' && !(rest[1] == '_' || rest[1] >= 'A' && rest[1] <= 'Z') {
			t.Errorf("%s: %q begins with a capital", s, f.Text)
		}
		if !slices.Contains([]string{fromServer, fromTDLib, fromIssues, fromProto, measured, assumed, halfKnown}, f.Source) {
			t.Errorf("%s: a text's source can't be %q", s, f.Source)
		}
	}
}
