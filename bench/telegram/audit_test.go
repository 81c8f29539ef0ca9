package telegram

import (
	"strings"
	"testing"
)

// audited is one call with something wrong, mostly with two things at once:
// what the server says tells which of them it looks at first.
type audited struct {
	method string
	args   string // JSON; words in capitals are those of audit.names
	code   int
	text   string
	source string
}

// Where the rows were looked up: in what the server does with a method, or in
// what TDLib does behind it.
const (
	orderOfServer = fromServer + ": order of the method"
	readsOfServer = fromServer + ": how arguments are read"
	readsOfTDLib  = fromTDLib + ": how texts are cleaned"
	orderOfTDLib  = fromTDLib + ": order of the request"
)

// auditScene is a scene with what the rows name.
func auditScene(t *testing.T) (*scene, *strings.Replacer) {
	s := newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})
	names := map[string]int64{"CLI": s.cli, "FORUM": s.forum, "CHANNEL": s.w.NewChannel(s.ann, "News")}
	s.check(s.w.Promote(s.ann, names["CHANNEL"], s.bot, Rights{InviteUsers: true}, ""))
	s.w.SetPublicName(s.w.NewChannel(s.ann, "Public"), "public_news")
	post, err := s.w.Say(s.ann, s.w.names["public_news"], 0, "post")
	s.check(err)
	names["POST"] = int64(post)
	group := s.w.NewGroup(s.ann, "Old", s.bot)
	names["OLDOWN"] = int64(s.own(group))
	_, err = s.w.Upgrade(s.ann, group)
	s.check(err)
	names["OLD"] = group
	names["OWN"] = int64(s.own(s.cli))
	names["NEXT"] = int64(s.own(s.cli))
	names["PHOTO"] = int64(number(s.ok("sendPhoto", "chat_id", s.cli, "photo", upload("p"))["message_id"]))
	names["LIVE"] = int64(number(s.ok("sendLocation", "chat_id", s.cli, "latitude", 1, "longitude", 1, "live_period", 60)["message_id"]))
	names["SERVICE"] = int64(number(s.ok("createForumTopic", "chat_id", s.forum, "name", "x")["message_thread_id"]))
	var pairs []string
	for name, value := range names {
		pairs = append(pairs, `"`+name+`"`, itoa(value))
	}
	return s, strings.NewReplacer(pairs...)
}

func TestAudit(t *testing.T) {
	long := strings.Repeat("x", maxText+1)
	for _, tt := range []audited{
		// Arguments as such.
		{"sendMessage", `{"chat_id":"CLI","text":"x","reply_markup":null}`, 400, "Bad Request: object expected as reply markup", readsOfServer},
		{"sendMessage", `{"chat_id":null,"text":"x"}`, 400, "Bad Request: chat not found", readsOfServer},
		{"sendMessage", `{"chat_id":"CLI","text":"x","parse_mode":null}`, 400, "Bad Request: unsupported parse_mode", readsOfServer},
		{"sendMessage", `{"chat_id":"CLI","text":"x","reply_markup":{"inline_keyboard":[[{"text":"a","url":null,"callback_data":"b"}]]}}`,
			400, `Bad Request: can't parse inline keyboard button: Field "url" must be of type String`, readsOfServer},
		{"sendMessage", `{"chat_id":"CLI","text":"x","reply_markup":{"keyboard":null}}`, 400, `Bad Request: field "keyboard" must be of type Array`, readsOfServer},
		{"sendMessage", `{"chat_id":"CLI","text":"x","entities":[{"type":"bold","offset":[],"length":1}]}`,
			400, `Bad Request: can't parse MessageEntity: Field "offset" must be a Number`, readsOfServer},
		{"sendMessage", `{"chat_id":"CLI","text":"x","entities":[{"type":"bold","offset":3000000000,"length":1}]}`,
			400, `Bad Request: can't parse MessageEntity: Field "offset" must be a valid Number`, readsOfServer},
		{"deleteMessage", `{"chat_id":"CLI","message_id":4294967296}`, 400, "Bad Request: message identifier is not specified", readsOfServer},

		// Texts.
		{"sendMessage", `{"chat_id":"CLI","text":"\t\u200b\u2800\r\n"}`, 400, "Bad Request: text must be non-empty", readsOfTDLib},
		{"editMessageText", `{"chat_id":"CLI","message_id":"OWN","text":"\u00a0"}`, 400, "Bad Request: text must be non-empty", readsOfTDLib},
		{"sendPoll", `{"chat_id":"CLI","question":"\u200e","options":["a","b"]}`, 400, "Bad Request: text must be non-empty", readsOfTDLib},
		{"sendMessage", `{"chat_id":"CLI","text":"abc","entities":[{"type":"bold","offset":-1,"length":1}]}`, 400, "Bad Request: receive an entity with incorrect offset -1", readsOfTDLib},
		{"sendMessage", `{"chat_id":"CLI","text":"abc","entities":[{"type":"bold","offset":9,"length":-1}]}`, 400, "Bad Request: receive an entity with incorrect length -1", readsOfTDLib},
		{"sendMessage", `{"chat_id":"CLI","text":"abc","entities":[{"type":"code","offset":4,"length":1},{"type":"bold","offset":1,"length":3}]}`,
			400, "Bad Request: entity begins after the end of the text at UTF-16 offset 4", readsOfTDLib},
		{"sendMessage", `{"chat_id":"CLI","text":"abc","entities":[{"type":"bold","offset":1,"length":3}]}`,
			400, "Bad Request: entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 4", readsOfTDLib},
		{"sendMessage", `{"chat_id":"CLI","text":"a👍b👍","entities":[{"type":"bold","offset":0,"length":2},{"type":"bold","offset":5,"length":9}]}`,
			400, "Bad Request: entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 5", readsOfTDLib},
		{"sendMessage", `{"chat_id":"CLI","text":"a👍b","entities":[{"type":"code","offset":4,"length":9},{"type":"code","offset":2,"length":1}]}`,
			400, "Bad Request: entity begins in a middle of a UTF-16 symbol at byte offset 5", readsOfTDLib},

		// Replies.
		{"sendMessage", `{"chat_id":1,"text":"x","reply_parameters":{"message_id":"7a"}}`, 400, `Bad Request: field "message_id" must be a valid Number`, orderOfServer},
		{"sendMessage", `{"chat_id":1,"text":"x","reply_parameters":{"message_id":null}}`, 400, `Bad Request: field "message_id" must be a Number`, orderOfServer},
		{"sendMessage", `{"chat_id":1,"text":"x","reply_parameters":{"quote":true}}`, 400, `Bad Request: can't find field "message_id"`, orderOfServer},
		{"sendMessage", `{"chat_id":1,"text":"x","reply_parameters":{"message_id":1,"chat_id":{}}}`, 400, `Bad Request: field "chat_id" must be of type String`, orderOfServer},
		{"sendMessage", `{"chat_id":1,"text":"x","reply_parameters":{"message_id":1,"quote":"<b>","quote_parse_mode":"HTML"}}`,
			400, `Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`, orderOfServer},
		{"sendMessage", `{"chat_id":1,"text":"x","reply_parameters":{"message_id":1,"quote_position":"x"}}`, 400, `Bad Request: field "quote_position" must be a valid Number`, orderOfServer},
		{"sendMessage", `{"chat_id":1,"text":"","reply_parameters":[]}`, 400, "Bad Request: message text is empty", orderOfServer},
		{"sendMessage", `{"chat_id":1,"text":"x","reply_parameters":[],"reply_markup":[]}`, 400, "Bad Request: object expected as reply parameters", orderOfServer},
		{"sendMessage", `{"chat_id":1,"text":"x","reply_markup":[]}`, 400, "Bad Request: object expected as reply markup", orderOfServer},
		{"sendMessage", `{"chat_id":"FORUM","text":"x","message_thread_id":999,"reply_parameters":{"message_id":999}}`, 400, "Bad Request: message thread not found", orderOfServer},
		{"sendMessage", `{"chat_id":"CLI","text":"x","reply_parameters":{"message_id":"POST","chat_id":"@public_news","allow_sending_without_reply":true}}`,
			400, "Bad Request: message to be replied not found", orderOfServer},

		// Copies and forwards.
		{"copyMessage", `{"chat_id":1,"message_id":"OWN","caption":"<b>","parse_mode":"HTML"}`, 400, `Bad Request: parameter "from_chat_id" is required`, orderOfServer},
		{"copyMessage", `{"chat_id":1,"from_chat_id":2,"caption":"<b>","parse_mode":"x"}`, 400, "Bad Request: unsupported parse_mode", orderOfServer},
		{"copyMessage", `{"chat_id":1,"from_chat_id":"CLI","message_id":999,"reply_markup":[]}`, 400, "Bad Request: message to copy not found", orderOfServer},
		{"copyMessage", `{"chat_id":"CLI","from_chat_id":"@public_news","message_id":"POST"}`, 400, "Bad Request: message to copy not found", orderOfServer},
		{"forwardMessage", `{"chat_id":"CLI","from_chat_id":"@public_news","message_id":"POST"}`, 400, "Bad Request: message to forward not found", orderOfServer},
		{"copyMessage", `{"chat_id":"CHANNEL","from_chat_id":"FORUM","message_id":"SERVICE","message_effect_id":5}`, 400, "Bad Request: need administrator rights in the channel chat", orderOfTDLib},
		{"copyMessage", `{"chat_id":"CHANNEL","from_chat_id":"CLI","message_id":"OWN","reply_markup":{"force_reply":true}}`, 400, "Bad Request: inline keyboard expected", orderOfTDLib},
		{"forwardMessage", `{"chat_id":"CHANNEL","from_chat_id":"CLI","message_id":"OWN","reply_markup":{"force_reply":true}}`, 400, "Bad Request: inline keyboard expected", orderOfTDLib},
		{"copyMessages", `{"chat_id":1,"message_ids":"x"}`, 400, `Bad Request: parameter "from_chat_id" is required`, orderOfServer},
		{"copyMessages", `{"chat_id":1,"from_chat_id":2,"message_ids":"x"}`, 400, "Bad Request: can't parse message_ids JSON object", orderOfServer},
		{"copyMessages", `{"chat_id":1,"from_chat_id":2,"message_ids":{}}`, 400, "Bad Request: expected an Array of message identifiers", orderOfServer},
		{"copyMessages", `{"chat_id":1,"from_chat_id":2,"message_ids":[]}`, 400, "Bad Request: message identifiers are not specified", orderOfServer},
		{"copyMessages", `{"chat_id":1,"from_chat_id":2,"message_ids":["5",true]}`, 400, "Bad Request: message identifier must be a Number", orderOfServer},
		{"copyMessages", `{"chat_id":1,"from_chat_id":2,"message_ids":[5.5]}`, 400, "Bad Request: can't parse message identifier as a Number", orderOfServer},
		{"copyMessages", `{"chat_id":1,"from_chat_id":2,"message_ids":[0]}`, 400, "Bad Request: invalid message identifier specified", orderOfServer},
		{"copyMessages", `{"from_chat_id":2,"message_ids":[5]}`, 400, "Bad Request: chat_id is empty", orderOfServer},
		{"copyMessages", `{"chat_id":"CHANNEL","from_chat_id":"CLI","message_ids":[999,998]}`, 400, "Bad Request: there are no messages to forward", orderOfTDLib},
		{"copyMessages", `{"chat_id":"CHANNEL","from_chat_id":"CLI","message_ids":["NEXT","OWN"]}`, 400, "Bad Request: need administrator rights in the channel chat", orderOfTDLib},
		{"forwardMessages", `{"chat_id":"FORUM","from_chat_id":"CLI","message_ids":["NEXT","OWN"],"message_effect_id":5}`, 400, "Bad Request: can't use message effects in the chat", orderOfTDLib},
		{"forwardMessages", `{"chat_id":"CLI","from_chat_id":"CLI","message_ids":["NEXT","OWN"],"message_effect_id":"5104841245755180586"}`,
			400, "Bad Request: can't use message effects in the method", orderOfTDLib},
		{"forwardMessages", `{"chat_id":"FORUM","from_chat_id":"CLI","message_ids":["OWN",999,"OWN"]}`, 400, "Bad Request: message identifiers must be in a strictly increasing order", orderOfTDLib},
		{"forwardMessages", `{"chat_id":"FORUM","from_chat_id":"@public_news","message_ids":["POST"]}`, 400, "Bad Request: message to forward not found", orderOfServer},

		// Deletions, reactions, pins.
		{"deleteMessage", `{}`, 400, "Bad Request: chat identifier is not specified", orderOfServer},
		{"deleteMessage", `{"chat_id":1,"message_id":-5}`, 400, "Bad Request: message identifier is not specified", orderOfServer},
		{"deleteMessages", `{"message_ids":[0]}`, 400, "Bad Request: invalid message identifier specified", orderOfServer},
		{"deleteMessages", `{"message_ids":[1]}`, 400, "Bad Request: chat_id is empty", orderOfServer},
		{"setMessageReaction", `{"chat_id":1,"reaction":[{"type":"emoji"}]}`, 400, `Bad Request: can't parse ReactionType: Can't find field "emoji"`, orderOfServer},
		{"setMessageReaction", `{"chat_id":1,"reaction":[{"type":"paid"}]}`, 400, "Bad Request: can't parse ReactionType: invalid reaction type specified", orderOfServer},
		{"setMessageReaction", `{"chat_id":"CLI","message_id":999,"reaction":[{"type":"emoji","emoji":"👍"},{"type":"emoji","emoji":"🔥"}]}`,
			400, "Bad Request: message to react not found", orderOfServer},
		{"setMessageReaction", `{"chat_id":"@public_news","message_id":"POST","reaction":[{"type":"emoji","emoji":"👍"}]}`, 400, "Bad Request: message to react not found", orderOfServer},
		{"pinChatMessage", `{"chat_id":"CHANNEL","message_id":999}`, 400, "Bad Request: message to pin not found", orderOfServer},
		{"pinChatMessage", `{"chat_id":"FORUM","message_id":"SERVICE"}`, 400, "Bad Request: service messages can't be pinned", orderOfTDLib},
		{"unpinChatMessage", `{"chat_id":"FORUM","message_id":"SERVICE"}`, 400, "Bad Request: service messages can't be pinned", orderOfTDLib},

		// Other messages.
		{"sendChatAction", `{"action":"dance"}`, 400, "Bad Request: wrong parameter action in request", orderOfServer},
		{"sendChatAction", `{"chat_id":"CHANNEL","action":"typing","message_thread_id":5}`, 400, "Bad Request: chat is not a forum", orderOfTDLib},
		{"sendDice", `{"chat_id":1,"emoji":"x"}`, 400, "Bad Request: chat not found", orderOfServer},
		{"sendDice", `{"chat_id":"CHANNEL","emoji":"x"}`, 400, "Bad Request: need administrator rights in the channel chat", orderOfTDLib},
		{"sendContact", `{"first_name":"n"}`, 400, `Bad Request: parameter "phone_number" is required`, orderOfServer},
		{"sendLocation", `{"latitude":" ","longitude":"1"}`, 400, "Bad Request: latitude is empty", orderOfServer},
		{"sendLocation", `{"chat_id":"CLI","latitude":91,"longitude":"x","live_period":1}`, 400, "Bad Request: wrong location specified", orderOfTDLib},
		{"sendPoll", `{"chat_id":1,"question":"","options":[],"type":"x"}`, 400, "Bad Request: unsupported poll type specified", orderOfServer},
		{"sendPoll", `{"chat_id":"CLI","question":"q","options":[]}`, 400, "Bad Request: poll must have at least one answer option", orderOfTDLib},
		{"sendPoll", `{"chat_id":"CLI","question":"q","options":["a","b"],"type":"quiz","correct_option_ids":[5,1]}`, 400, "Bad Request: correct quiz option list must be increasing", orderOfTDLib},
		{"sendPoll", `{"chat_id":"CLI","question":"q","options":["a","\u2800"],"type":"quiz"}`, 400, "Bad Request: text must be non-empty", orderOfTDLib},
		{"stopPoll", `{"chat_id":"CLI","message_id":"OWN","reply_markup":{"force_reply":true}}`, 400, "Bad Request: message is not a poll", orderOfTDLib},
		{"getFile", `{}`, 400, "Bad Request: file_id not specified", orderOfServer},

		// Albums, and people whom the bot doesn't know.
		{"sendMediaGroup", `{"chat_id":"CHANNEL","media":[]}`, 400, "Bad Request: there are no messages to send", orderOfTDLib},
		{"sendMediaGroup", `{"chat_id":1,"media":[{"type":"sticker","media":"x"}],"reply_parameters":[]}`, 400, "Bad Request: object expected as reply parameters", orderOfServer},
		{"sendMediaGroup", `{"chat_id":1,"media":[{"type":"animation","media":"x"}]}`, 400, `Bad Request: can't parse InputMedia: type "animation" can't be used in sendMediaGroup`, orderOfServer},
		{"sendMediaGroup", `{"chat_id":"CHANNEL","media":[{"type":"photo","media":"x"},{"type":"document","media":"y"}]}`, 400, "Bad Request: need administrator rights in the channel chat", orderOfTDLib},
		{"sendMessage", `{"chat_id":1,"text":"x","allow_paid_broadcast":true}`, 403, "Forbidden: bot can't initiate conversation with a user", orderOfServer},
		{"sendMessage", `{"chat_id":-1,"text":"x","allow_paid_broadcast":true}`, 400, "Bad Request: chat not found", orderOfServer},
		{"sendMessage", `{"chat_id":1,"message_thread_id":5,"text":"x","allow_paid_broadcast":true}`, 400, "Bad Request: chat not found", orderOfServer},
		{"copyMessages", `{"chat_id":1,"from_chat_id":"CLI","message_ids":["OWN"],"allow_paid_broadcast":true}`, 400, "Bad Request: chat not found", orderOfServer},

		// On behalf of a business account.
		{"sendMessage", `{"business_connection_id":"x","chat_id":"+5","text":"\u200b"}`, 400, "Bad Request: chat identifier must be a valid Integer", orderOfServer},
		{"sendMessage", `{"business_connection_id":"x","chat_id":5,"text":"\u200b"}`, 400, "Bad Request: business connection not found", orderOfServer},
		{"sendMessage", `{"business_connection_id":"x","chat_id":5,"text":"x","reply_markup":[],"reply_parameters":1}`, 400, "Bad Request: object expected as reply parameters", orderOfServer},
		{"sendMediaGroup", `{"business_connection_id":"x","chat_id":5,"media":[],"reply_parameters":1}`, 400, "Bad Request: object expected as reply parameters", orderOfServer},
		{"sendMediaGroup", `{"business_connection_id":"x","chat_id":5,"media":[]}`, 400, "Bad Request: business connection not found", orderOfServer},

		// Edits.
		{"editMessageText", `{"chat_id":1,"message_id":5,"text":"x","reply_markup":[]}`, 400, "Bad Request: object expected as reply markup", orderOfServer},
		{"editMessageText", `{"text":"","reply_markup":[]}`, 400, "Bad Request: message text is empty", orderOfServer},
		{"editMessageCaption", `{"caption":"<b>","parse_mode":"x","reply_markup":[]}`, 400, "Bad Request: object expected as reply markup", orderOfServer},
		{"editMessageText", `{"chat_id":"CLI","message_id":"OWN","text":"` + long + `","reply_markup":{"force_reply":true}}`, 400, "Bad Request: inline keyboard expected", orderOfTDLib},
		{"editMessageText", `{"chat_id":"CLI","message_id":"PHOTO","text":" "}`, 400, "Bad Request: there is no text in the message to edit", orderOfTDLib},
		{"editMessageCaption", `{"chat_id":"CLI","message_id":"OWN","caption":"` + long + `"}`, 400, "Bad Request: there is no caption in the message to edit", orderOfTDLib},
		{"editMessageLiveLocation", `{"chat_id":"CLI","message_id":"LIVE","latitude":91,"longitude":0,"reply_markup":{"force_reply":true}}`, 400, "Bad Request: invalid location specified", orderOfTDLib},
		{"editMessageText", `{"chat_id":"OLD","message_id":999,"text":"x"}`, 400, "Bad Request: message to edit not found", orderOfServer},
		{"sendMessage", `{"chat_id":"OLD","text":"x","reply_parameters":{"message_id":999}}`, 400, "Bad Request: group chat was upgraded to a supergroup chat", orderOfServer},

		// Commands.
		{"setMyCommands", `{"commands":{},"scope":"x"}`, 400, "Bad Request: expected an Array of BotCommand", orderOfServer},
		{"setMyCommands", `{"commands":[{"command":"/"}],"scope":"x"}`, 400, `Bad Request: can't parse BotCommand: Can't find field "description"`, orderOfServer},
		{"setMyCommands", `{"commands":[{"command":"/","description":"d"}],"scope":{"type":""}}`, 400, "Bad Request: can't parse BotCommandScope: Unsupported type specified", orderOfServer},
		{"getMyCommands", `{"scope":{"type":"chat_member","chat_id":"","user_id":"x"}}`, 400, "Bad Request: can't parse BotCommandScope: Empty chat_id specified", orderOfServer},
		{"getMyCommands", `{"scope":{"type":"chat_member","chat_id":1,"user_id":"x"}}`, 400, `Bad Request: can't parse BotCommandScope: Field "user_id" must be a valid Number`, orderOfServer},
		{"getMyCommands", `{"scope":{"type":"chat","chat_id":1},"language_code":"xxx"}`, 400, "Bad Request: chat not found", orderOfServer},
	} {
		t.Run(tt.method+" "+tt.args[:min(len(tt.args), 90)], func(t *testing.T) {
			s, names := auditScene(t)
			args, err := ArgsFromJSON([]byte(names.Replace(tt.args)))
			s.check(err)
			if got := s.w.Call(s.token, tt.method, args); got.OK || got.Code != tt.code || got.Description != tt.text {
				t.Errorf("got %v %d %q\nwant %d %q (%s)", got.OK, got.Code, got.Description, tt.code, tt.text, tt.source)
			}
		})
	}
}

// TestCleanText is what is left of a text, with the entities where they are then.
func TestCleanText(t *testing.T) {
	bold := func(offset, length int) []Entity { return []Entity{{Type: "bold", Offset: offset, Length: length}} }
	for _, tt := range []struct {
		text, want string
		es, left   []Entity
	}{
		{"a\tb\rc\nd", "a bc\nd", bold(3, 3), bold(3, 2)},
		{"\r\n a\u202eb \t", "ab", bold(3, 3), bold(0, 2)},
		{"👍\u2028👍", "👍👍", bold(3, 2), bold(2, 2)},
		{"a", "a", bold(1, 0), nil},
		{"a  ", "a", bold(1, 2), nil},
	} {
		got, es, bad := tidy(tt.text, tt.es)
		if bad != nil || got != tt.want || len(es) != len(tt.left) || len(es) == 1 && es[0] != tt.left[0] {
			t.Errorf("%q %v: %q %v %v, want %q %v", tt.text, tt.es, got, es, bad, tt.want, tt.left)
		}
	}
}

// TestFractions: places are written with six digits behind the point.
func TestFractions(t *testing.T) {
	s := newScene(t, Options{Seed: 1, Knobs: unlimitedKnobs()})
	a := s.call("sendLocation", "chat_id", s.cli, "latitude", "1.5x", "longitude", -2, "horizontal_accuracy", 3)
	if want := `"location":{"latitude":1.500000,"longitude":-2.000000,"horizontal_accuracy":3.000000}`; !strings.Contains(string(a.Result), want) {
		t.Errorf("got %s, want %s", a.Result, want)
	}
}

// TestBrokenJSON: the arguments before a mistake count, and the first of two
// of one name.
func TestBrokenJSON(t *testing.T) {
	a, err := ArgsFromJSON([]byte(`{"a":1,"a":2,"b":"x","c":null,"d":[1,}`))
	if err == nil || len(a.Values) != 3 || a.Values["a"] != "1" || a.Values["b"] != "x" || a.Values["c"] != "null" {
		t.Errorf("got %v, %v", a.Values, err)
	}
}
