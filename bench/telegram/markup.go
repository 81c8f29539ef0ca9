package telegram

import (
	"encoding/json"
	"strings"
)

// Reply markups: inline keyboards are kept and shown, reply keyboards only
// make a message uneditable (TDLib source, can_edit_message).

type buttonObject struct {
	Text                         string          `json:"text"`
	URL                          string          `json:"url,omitempty"`
	CallbackData                 string          `json:"callback_data,omitempty"`
	SwitchInlineQuery            *string         `json:"switch_inline_query,omitempty"`
	SwitchInlineQueryCurrentChat *string         `json:"switch_inline_query_current_chat,omitempty"`
	WebApp                       json.RawMessage `json:"web_app,omitempty"`
	LoginURL                     json.RawMessage `json:"login_url,omitempty"`
	CopyText                     json.RawMessage `json:"copy_text,omitempty"`
	Pay                          bool            `json:"pay,omitempty"`
}

// shown is the button as people see it.
func (b buttonObject) shown() Button {
	var c struct{ Text string }
	if b.CopyText != nil && json.Unmarshal(b.CopyText, &c) != nil {
		c.Text = ""
	}
	return Button{Text: b.Text, Data: b.CallbackData, URL: b.URL, Copy: c.Text}
}

type keyboardObject struct {
	InlineKeyboard [][]buttonObject `json:"inline_keyboard"`
}

// maxCallbackData is the longest callback_data, in bytes (Bot API docs).
const maxCallbackData = 64

// markup reads reply_markup: an inline keyboard as it is shown, or whether
// it is one of the keyboards below the input field.
func (c *call) markup() (inline json.RawMessage, other bool, bad *problem) {
	raw := c.args.str("reply_markup")
	if raw == "" {
		return nil, false, nil
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal([]byte(raw), &fields) != nil {
		if json.Valid([]byte(raw)) {
			return nil, false, fail(badMarkup)
		}
		return nil, false, fail(badKeyboard)
	}
	rows, ok := fields["inline_keyboard"]
	if !ok {
		_, keys := fields["keyboard"]
		_, gone := fields["remove_keyboard"]
		_, force := fields["force_reply"]
		return nil, keys || gone || force, nil
	}
	return inlineKeyboard(rows)
}

func inlineKeyboard(rows json.RawMessage) (json.RawMessage, bool, *problem) {
	var k keyboardObject
	if json.Unmarshal(rows, &k.InlineKeyboard) != nil {
		return nil, false, fail(badKeyboard)
	}
	shown := k.InlineKeyboard[:0]
	for _, row := range k.InlineKeyboard {
		if len(row) == 0 {
			continue
		}
		for _, b := range row {
			if bad := b.check(); bad != nil {
				return nil, false, bad
			}
		}
		shown = append(shown, row)
	}
	if len(shown) == 0 {
		return nil, false, nil
	}
	return encode(keyboardObject{shown}), false, nil
}

func (b buttonObject) check() *problem {
	kinds := 0
	for _, set := range []bool{
		b.URL != "", b.CallbackData != "", b.SwitchInlineQuery != nil, b.SwitchInlineQueryCurrentChat != nil,
		b.WebApp != nil, b.LoginURL != nil, b.CopyText != nil, b.Pay,
	} {
		if set {
			kinds++
		}
	}
	switch {
	case kinds == 0:
		return fail(textButton)
	case len(b.CallbackData) > maxCallbackData:
		return fail(buttonData)
	case b.URL != "" && !strings.Contains(b.URL, "."):
		if !strings.HasPrefix(b.URL, "tg://") && !strings.Contains(b.URL, "localhost") {
			return fail(buttonURL)
		}
	}
	return nil
}

// buttons returns the buttons of an inline keyboard, row by row.
func buttons(markup json.RawMessage) [][]buttonObject {
	var k keyboardObject
	if markup == nil || json.Unmarshal(markup, &k) != nil {
		return nil
	}
	return k.InlineKeyboard
}
