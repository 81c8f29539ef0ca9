package telegram

import (
	"encoding/json"
	"strings"
)

// markup is a reply_markup: an inline keyboard, or one below the input
// field, or neither.
type markup struct {
	inline [][]buttonObject
	keys   *Keyboard
}

// buttonObject is an InlineKeyboardButton as it is written; login_url comes
// back as url (Bot API server source).
type buttonObject struct {
	Text              string            `json:"text"`
	Icon              string            `json:"icon_custom_emoji_id,omitempty"`
	Style             string            `json:"style,omitempty"`
	URL               string            `json:"url,omitempty"`
	CallbackData      string            `json:"callback_data,omitempty"`
	CallbackGame      *emptyObject      `json:"callback_game,omitempty"`
	SwitchCurrentChat *string           `json:"switch_inline_query_current_chat,omitempty"`
	SwitchInlineQuery *string           `json:"switch_inline_query,omitempty"`
	SwitchChosenChat  *chosenChatObject `json:"switch_inline_query_chosen_chat,omitempty"`
	Pay               bool              `json:"pay,omitempty"`
	WebApp            *webAppObject     `json:"web_app,omitempty"`
	CopyText          *copyTextObject   `json:"copy_text,omitempty"`

	login bool // URL is a login_url
}

type chosenChatObject struct {
	Query    string `json:"query"`
	Users    bool   `json:"allow_user_chats"`
	Bots     bool   `json:"allow_bot_chats"`
	Groups   bool   `json:"allow_group_chats"`
	Channels bool   `json:"allow_channel_chats"`
}

type webAppObject struct {
	URL string `json:"url"`
}

type copyTextObject struct {
	Text string `json:"text"`
}

// shown is the button as people see it.
func (b buttonObject) shown() Button {
	out := Button{Text: b.Text, Data: b.CallbackData, URL: b.URL}
	if b.CopyText != nil {
		out.Copy = b.CopyText.Text
	}
	return out
}

type keyboardObject struct {
	InlineKeyboard [][]buttonObject `json:"inline_keyboard"`
}

// Limits of inline buttons (Bot API docs).
const (
	maxCallbackData = 64  // bytes
	maxCopyText     = 256 // characters
	maxInlineKeys   = 100 // in one message
)

// markup reads reply_markup, in the server's order: what it is made of now,
// whether it suits the chat later (see suits).
func (c *call) markup() (markup, *problem) {
	raw := c.args.json("reply_markup")
	if len(raw) == 0 {
		return markup{}, nil
	}
	f, bad := objectOf(raw, fail(badKeyboard), fail(badMarkup))
	if bad != nil {
		return markup{}, bad
	}
	return f.markup()
}

func (f *fields) markup() (markup, *problem) {
	rows, bad := keyRows(f, "keyboard", fieldRows, badKey, key)
	if bad != nil {
		return markup{}, bad
	}
	inline, bad := keyRows(f, "inline_keyboard", inlineRows, badInlineKey, inlineButton)
	if bad != nil {
		return markup{}, bad
	}
	remove := f.flag("hide_keyboard")
	remove = f.flag("remove_keyboard") || remove
	selective := f.flag("personal_keyboard")
	selective = f.flag("selective") || selective
	force := f.flag("force_reply_keyboard")
	force = f.flag("force_reply") || force
	k := Keyboard{Selective: selective, Placeholder: f.text("input_field_placeholder")}
	out := markup{}
	switch {
	case len(rows) > 0:
		k.Rows = fit(rows, func(b Key) string { return b.Text })
		k.Resize, k.OneTime, k.Persistent = f.flag("resize_keyboard"), f.flag("one_time_keyboard"), f.flag("is_persistent")
		out.keys = &k
	case len(inline) > 0:
		out.inline = fit(inline, func(b buttonObject) string { return b.Text })
	case remove:
		out.keys = &Keyboard{Remove: true, Selective: selective}
	case force:
		k.ForceReply = true
		out.keys = &k
	}
	if f.fault != "" {
		return markup{}, fieldProblem(f.fault)
	}
	if out.keys != nil && out.keys.Rows == nil && len(rows) > 0 {
		out.keys = nil // only buttons without a text
	}
	return out, nil
}

// fieldProblem is a fault of fields as an answer of its own.
func fieldProblem(fault string) *problem { return fail(badField, lowerFirst(fault)) }

// lowerFirst writes a message as the server does behind its prefix: with a
// small letter, unless it begins with a name in capitals.
func lowerFirst(s string) string {
	if len(s) > 1 && (s[1] == '_' || s[1] >= 'A' && s[1] <= 'Z') {
		return s
	}
	return lower(s[:1]) + s[1:]
}

// upperFirst is a message as it stands inside another one.
func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func lower(s string) string { return strings.ToLower(s) }

// keyRows reads the rows of a keyboard, button by button.
func keyRows[Button any](f *fields, name string, notRows, notButton Situation, read func(json.RawMessage) (Button, string)) ([][]Button, *problem) {
	rows := f.array(name)
	if f.fault != "" {
		return nil, fieldProblem(f.fault)
	}
	out := make([][]Button, len(rows))
	for i, raw := range rows {
		list, ok := arrayIn(raw)
		if !ok {
			return nil, fail(notRows)
		}
		for _, b := range list {
			next, fault := read(b)
			if fault != "" {
				return nil, fail(notButton, fault)
			}
			out[i] = append(out[i], next)
		}
	}
	return out, nil
}

// inlineButton reads an InlineKeyboardButton: of all that it could do, the
// first in the server's order counts.
func inlineButton(raw json.RawMessage) (buttonObject, string) {
	f, ok := objectIn(raw)
	if !ok {
		return buttonObject{}, "InlineKeyboardButton must be an Object"
	}
	b := buttonObject{Text: f.needText("text"), Icon: f.emojiID("icon_custom_emoji_id"), Style: f.style()}
	switch {
	case f.text("url") != "":
		b.URL = f.text("url")
	case f.text("callback_data") != "":
		b.CallbackData = f.text("callback_data")
	case f.has("callback_game"):
		b.CallbackGame = &emptyObject{}
	case f.has("pay"):
		b.Pay = true
	case f.has("switch_inline_query"):
		s := f.needText("switch_inline_query")
		b.SwitchInlineQuery = &s
	case f.has("switch_inline_query_chosen_chat"):
		f.chosenChat(&b)
	case f.has("switch_inline_query_current_chat"):
		s := f.needText("switch_inline_query_current_chat")
		b.SwitchCurrentChat = &s
	case f.has("login_url"):
		o := f.needObject("login_url")
		b.URL, b.login = o.needText("url"), true
		f.adopt(o)
	case f.has("web_app"):
		o := f.needObject("web_app")
		b.WebApp = &webAppObject{o.needText("url")}
		f.adopt(o)
	case f.has("copy_text"):
		o := f.needObject("copy_text")
		b.CopyText = &copyTextObject{o.needText("text")}
		f.adopt(o)
	default:
		f.blame("Text buttons are unallowed in the inline keyboard")
	}
	return b, f.fault
}

// chosenChat reads switch_inline_query_chosen_chat; all kinds of chats
// together are the same as switch_inline_query.
func (f *fields) chosenChat(b *buttonObject) {
	o := f.needObject("switch_inline_query_chosen_chat")
	s := &chosenChatObject{
		Query: o.text("query"), Users: o.flag("allow_user_chats"), Bots: o.flag("allow_bot_chats"),
		Groups: o.flag("allow_group_chats"), Channels: o.flag("allow_channel_chats"),
	}
	f.adopt(o)
	if s.Users && s.Bots && s.Groups && s.Channels {
		b.SwitchInlineQuery = &s.Query
		return
	}
	b.SwitchChosenChat = s
}

// suits checks a markup against the chat it is for, and completes the
// addresses of its buttons. In edits only inline keyboards are taken.
func (m markup) suits(c *chat, edit bool) *problem {
	if m.keys != nil {
		if edit {
			return fail(inlineExpected)
		}
		return m.keys.suits(c)
	}
	for _, row := range m.inline {
		for i := range row {
			if bad := row[i].complete(c, edit); bad != nil {
				return bad
			}
		}
	}
	return nil
}

// complete checks one inline button and writes its address in full.
func (b *buttonObject) complete(c *chat, edit bool) *problem {
	switch {
	case b.URL != "":
		return b.completeURL()
	case b.WebApp != nil:
		if strings.HasPrefix(b.WebApp.URL, "tg://user?id=") {
			return fail(webAppUser)
		}
		return checkLink("inline keyboard button Web App", b.WebApp.URL, true)
	case b.SwitchInlineQuery != nil || b.SwitchChosenChat != nil:
		if c.kind == channel && !edit {
			return fail(switchInChannel, "switch_inline_query")
		}
	case b.SwitchCurrentChat != nil:
		if c.kind == channel && !edit {
			return fail(switchInChannel, "switch_inline_query_current_chat")
		}
	}
	return nil
}

func (b *buttonObject) completeURL() *problem {
	what := "inline keyboard button"
	switch {
	case strings.HasPrefix(b.URL, "tg://user?id=") && b.login:
		return fail(loginUser)
	case strings.HasPrefix(b.URL, "tg://user?id="):
		return nil
	case b.login:
		what = "inline keyboard button login"
	}
	if bad := checkLink(what, b.URL, b.login); bad != nil {
		return bad
	}
	b.URL, _ = checkedLink(b.URL, false)
	return nil
}

// checkLink refuses addresses that are none, or not https where it must be.
func checkLink(what, link string, https bool) *problem {
	if _, reason := checkedLink(link, https); reason != "" {
		return fail(buttonURL, what, link, reason)
	}
	return nil
}

// pressable is what Telegram's servers, not the Bot API server, say about an
// inline keyboard when a message with it is about to be placed.
func (m markup) pressable(c *chat) *problem {
	total := 0
	for _, row := range m.inline {
		total += len(row)
		for _, b := range row {
			switch {
			case len(b.CallbackData) > maxCallbackData:
				return fail(buttonData)
			case b.CopyText != nil && (b.CopyText.Text == "" || characters(b.CopyText.Text) > maxCopyText):
				return fail(buttonCopy)
			case b.Pay, b.CallbackGame != nil, b.WebApp != nil && c.kind != privateChat:
				return fail(buttonType)
			}
		}
	}
	if total > maxInlineKeys {
		return fail(markupTooLong)
	}
	return nil
}

// shown is the inline keyboard as it is written, nil if there is none.
func (m markup) shown() json.RawMessage {
	if len(m.inline) == 0 {
		return nil
	}
	return encode(keyboardObject{m.inline})
}

// buttons returns the buttons of an inline keyboard, row by row.
func buttons(markup json.RawMessage) [][]buttonObject {
	var k keyboardObject
	if markup == nil || json.Unmarshal(markup, &k) != nil {
		return nil
	}
	return k.InlineKeyboard
}
