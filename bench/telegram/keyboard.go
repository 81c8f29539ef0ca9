package telegram

import (
	"encoding/json"
)

// Keyboard is what a bot put below the input field: buttons, the order to
// take them away, or the request to reply.
type Keyboard struct {
	Rows        [][]Key `json:"rows,omitempty"`
	Persistent  bool    `json:"persistent,omitempty"`
	Resize      bool    `json:"resize,omitempty"`
	OneTime     bool    `json:"one_time,omitempty"`
	Selective   bool    `json:"selective,omitempty"` // only for those mentioned or replied to
	Placeholder string  `json:"placeholder,omitempty"`
	Remove      bool    `json:"remove,omitempty"`
	ForceReply  bool    `json:"force_reply,omitempty"`
}

// Key is one button of a Keyboard.
type Key struct {
	Text  string `json:"text"`
	Asks  Asking `json:"asks,omitempty"`
	Icon  string `json:"icon,omitempty"`  // custom emoji
	Style string `json:"style,omitempty"` // primary, danger, success
	URL   string `json:"url,omitempty"`   // AskWebApp
	Poll  string `json:"poll,omitempty"`  // AskPoll: quiz, regular; "" = either
	// Request and what follows belong to AskUsers and AskChat.
	Request      int   `json:"request,omitempty"` // request_id
	Max          int   `json:"max,omitempty"`     // people at most
	Bots         *bool `json:"bots,omitempty"`    // nil = people and bots
	Channel      bool  `json:"channel,omitempty"` // a channel, not a group
	WithName     bool  `json:"with_name,omitempty"`
	WithUsername bool  `json:"with_username,omitempty"`
	WithPhoto    bool  `json:"with_photo,omitempty"`
	Wish         Wish  `json:"wish,omitzero"`
}

// Wish is what else a Key demands of the people or the chat to choose; nil and
// false demand nothing.
type Wish struct {
	Premium *bool   `json:"premium,omitempty"` // people
	Forum   *bool   `json:"forum,omitempty"`
	Named   *bool   `json:"named,omitempty"`  // it has a username
	Own     bool    `json:"own,omitempty"`    // the person owns it
	Bot     bool    `json:"bot,omitempty"`    // the bot is in it
	Mine    *Rights `json:"mine,omitempty"`   // rights that the person has there
	Theirs  *Rights `json:"theirs,omitempty"` // rights that the bot has there
}

// Asking says what a Key sends instead of its text; "" = its text.
type Asking string

// What keys ask for (Bot API docs, KeyboardButton).
const (
	AskContact    Asking = "contact"
	AskLocation   Asking = "location"
	AskPoll       Asking = "poll"
	AskUsers      Asking = "users"
	AskChat       Asking = "chat"
	AskWebApp     Asking = "web_app"
	AskManagedBot Asking = "managed_bot"
)

// privateOnly is what the server says where a key that asks for something
// stands outside a private chat (TDLib source).
var privateOnly = map[Asking]string{
	AskContact: "phone number can be requested", AskLocation: "location can be requested", AskPoll: "poll can be requested",
	AskUsers: "users can be requested", AskChat: "chats can be requested", AskWebApp: "Web App buttons can be used",
	AskManagedBot: "managed bots can be requested",
}

// Limits of keyboards (TDLib source): what is beyond them is cut off.
const (
	maxRowKeys = 12
	maxKeys    = 300
)

// key reads a KeyboardButton: an object, or a text alone.
func key(raw json.RawMessage) (Key, string) {
	if jsonKind(raw) == "String" {
		var k Key
		json.Unmarshal(raw, &k.Text) // it is a string already
		return k, ""
	}
	f, ok := objectIn(raw)
	if !ok {
		return Key{}, "KeyboardButton must be a String or an Object"
	}
	k := Key{Text: f.needText("text"), Icon: f.emojiID("icon_custom_emoji_id"), Style: f.style()}
	f.asking(&k)
	return k, f.fault
}

// emojiID is an optional custom emoji's number, "" = none.
func (f *fields) emojiID(name string) string {
	if n := f.long(name); n != 0 {
		return itoa(n)
	}
	return ""
}

// style is a button's colour.
func (f *fields) style() string {
	switch s := lower(f.text("style")); s {
	case "", "default":
		return ""
	case "primary", "danger", "success":
		return s
	default:
		f.blame("invalid button style specified")
		return ""
	}
}

// asking reads what a key asks for, the first of these that is there.
func (f *fields) asking(k *Key) {
	if phone, contact := f.flag("request_phone_number"), f.flag("request_contact"); phone || contact {
		k.Asks = AskContact
		return
	}
	switch {
	case f.flag("request_location"):
		k.Asks = AskLocation
	case f.has("request_poll"):
		o := f.needObject("request_poll")
		k.Asks, k.Poll = AskPoll, o.text("type")
		f.adopt(o)
	case f.has("web_app"):
		o := f.needObject("web_app")
		k.Asks, k.URL = AskWebApp, o.needText("url")
		f.adopt(o)
	case f.has("request_users"):
		f.askUsers(k, "request_users")
	case f.has("request_user"):
		f.askUsers(k, "request_user")
	case f.has("request_chat"):
		o := f.needObject("request_chat")
		k.Asks, k.Request, k.Channel = AskChat, o.needNumber("request_id"), o.flag("chat_is_channel")
		k.WithName, k.WithUsername, k.WithPhoto = o.flag("request_title"), o.flag("request_username"), o.flag("request_photo")
		k.Wish = Wish{
			Forum: o.maybe("chat_is_forum"), Named: o.maybe("chat_has_username"), Own: o.flag("chat_is_created"), Bot: o.flag("bot_is_member"),
			Mine: o.rights("user_administrator_rights"), Theirs: o.rights("bot_administrator_rights"),
		}
		f.adopt(o)
	case f.has("request_managed_bot"):
		o := f.needObject("request_managed_bot")
		k.Asks, k.Request = AskManagedBot, o.needNumber("request_id")
		f.adopt(o)
	}
}

func (f *fields) askUsers(k *Key, name string) {
	o := f.needObject(name)
	k.Asks, k.Request, k.Max = AskUsers, o.needNumber("request_id"), 1
	k.Bots, k.Wish.Premium = o.maybe("user_is_bot"), o.maybe("user_is_premium")
	if o.has("max_quantity") {
		k.Max = o.number("max_quantity")
	}
	k.WithName, k.WithUsername, k.WithPhoto = o.flag("request_name"), o.flag("request_username"), o.flag("request_photo")
	f.adopt(o)
}

// maybe is an optional boolean, nil if it isn't there.
func (f *fields) maybe(name string) *bool {
	if !f.has(name) {
		return nil
	}
	on := f.flag(name)
	return &on
}

// rights are optional rights of an administrator, nil if they aren't there.
func (f *fields) rights(name string) *Rights {
	if !f.has(name) {
		return nil
	}
	o, r := f.needObject(name), &Rights{}
	for _, n := range r.named() {
		*n.on = o.flag(n.name)
	}
	f.adopt(o)
	return r
}

// fit cuts rows to what the server keeps, without empty ones and without
// buttons that have no text.
func fit[Button any](rows [][]Button, textOf func(Button) string) [][]Button {
	var out [][]Button
	total := 0
	for _, row := range rows {
		var kept []Button
		for _, b := range row {
			if textOf(b) != "" && len(kept) < maxRowKeys && total < maxKeys {
				kept = append(kept, b)
				total++
			}
		}
		if len(kept) > 0 {
			out = append(out, kept)
		}
	}
	return out
}

// suits says whether a keyboard may stand in that chat.
func (k *Keyboard) suits(c *chat) *problem {
	if c.kind == channel {
		return fail(inlineExpected)
	}
	for _, row := range k.Rows {
		for _, b := range row {
			if b.Asks == "" {
				continue
			}
			if c.kind != privateChat {
				return fail(keyOnlyPrivate, privateOnly[b.Asks])
			}
			if b.Asks != AskWebApp {
				continue
			}
			if bad := checkLink("keyboard button Web App", b.URL, true); bad != nil {
				return bad
			}
		}
	}
	return nil
}
