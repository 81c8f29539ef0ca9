package telegram

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Limits of texts, in characters after parsing (Bot API docs); maxRawText is in bytes.
const (
	maxText    = 4096
	maxCaption = 1024
	maxRawText = 32768
)

// slice16 is the part of s that begins at offset and is length long, both
// in UTF-16 units.
func slice16(s string, offset, length int) string {
	u := utf16.Encode([]rune(s))
	if offset < 0 || length < 0 || offset+length > len(u) {
		return ""
	}
	return string(utf16.Decode(u[offset : offset+length]))
}

// formatted reads a text with its parse mode or its entities, and cleans it.
func (c *call) formatted(text, mode, entities string) (string, []Entity, *problem) {
	text, es, bad := c.written(text, mode, entities)
	if bad != nil {
		return "", nil, bad
	}
	return c.settled(text, es)
}

// written is the text as the bot gives it. A parse mode counts more than
// entities, which aren't even looked at then.
func (c *call) written(text, mode, entities string) (string, []Entity, *problem) {
	if len(text) > maxRawText {
		return "", nil, fail(textTooBig)
	}
	switch mode = lower(mode); {
	case text == "", mode == "", mode == "none":
		es, bad := c.entities(entities)
		return text, es, bad
	case mode == "markdownv2":
		return parseMarkdownV2(text)
	case mode == "html":
		return parseHTML(text)
	case mode == "markdown":
		return parseMarkdown(text)
	default:
		return "", nil, fail(badParseMode)
	}
}

// settled is the text as Telegram keeps it: cleaned, with entities in order,
// and those that it finds by itself. People whom the bot doesn't know aren't
// mentioned (Bot API docs).
func (c *call) settled(text string, es []Entity) (string, []Entity, *problem) {
	es, bad := linked(es)
	if bad != nil {
		return "", nil, bad
	}
	if text, es, bad = tidy(text, es); bad != nil {
		return "", nil, bad
	}
	es = slices.DeleteFunc(limited(es), func(e Entity) bool { return e.User != nil && c.met(*e.User, nil) == nil })
	return text, c.w.fromBot(arrange(es, found(text))), nil
}

// fromBot are the entities of what a bot posts itself.
func (w *World) fromBot(es []Entity) []Entity {
	if w.knobs.BotCustomEmoji {
		return es
	}
	return slices.DeleteFunc(slices.Clone(es), func(e Entity) bool { return e.Type == "custom_emoji" })
}

// linked checks what entities refer to; links to people become mentions.
func linked(es []Entity) ([]Entity, *problem) {
	out := slices.Clone(es)
	for i := range out {
		e := &out[i]
		switch e.Type {
		case "text_link":
			if id := linkedUser(e.URL); id != 0 {
				*e = Entity{Type: "text_mention", Offset: e.Offset, Length: e.Length, User: &id}
				continue
			}
			whole, fault := checkedLink(e.URL, false)
			if fault != "" {
				return nil, fail(entityURL, e.URL, fault)
			}
			e.URL = whole
		case "text_mention":
			if *e.User <= 0 || *e.User > maxUser {
				return nil, fail(userNotFound)
			}
		case "custom_emoji":
			if e.CustomEmojiID == "0" {
				return nil, fail(entityEmoji)
			}
		case "date_time":
			if e.UnixTime <= 0 {
				return nil, fail(entityDate)
			}
		}
	}
	return out, nil
}

// entities reads a JSON array of MessageEntity. What is no array at all is
// ignored; entities that the server finds by itself are dropped.
func (c *call) entities(raw string) ([]Entity, *problem) {
	list, ok := arrayIn(json.RawMessage(strings.TrimSpace(raw)))
	if !ok {
		return nil, nil // the server only notes it in its log
	}
	var out []Entity
	for _, item := range list {
		f, ok := objectIn(item)
		if !ok {
			return nil, fail(badEntity, "expected an Object")
		}
		e := Entity{Offset: f.needNumber("offset"), Length: f.needNumber("length")}
		e.Type = f.needText("type")
		f.entity(&e)
		if f.fault != "" {
			return nil, fail(badEntity, f.fault)
		}
		if !slices.Contains(foundTypes, e.Type) {
			out = append(out, e)
		}
	}
	return out, nil
}

// entity reads what belongs to the entity's type.
func (f *fields) entity(e *Entity) {
	switch e.Type {
	case "bold", "italic", "underline", "strikethrough", "spoiler", "code", "blockquote", "expandable_blockquote":
	case "pre":
		e.Language = f.text("language")
	case "text_link":
		e.URL = f.needText("url")
	case "text_mention":
		user := f.needObject("user")
		id := user.needLong("id")
		e.User = &id
		f.adopt(user)
	case "custom_emoji":
		e.CustomEmojiID = itoa(f.needLong("custom_emoji_id"))
	case "date_time":
		e.UnixTime = int64(f.needNumber("unix_time"))
		var ok bool
		if e.Format, ok = timeFormat(f.text("date_time_format"), false); !ok {
			f.blame("Invalid date-time format specified")
		}
	case "":
		f.blame("Type is not specified")
	default:
		if !slices.Contains(foundTypes, e.Type) {
			f.blame("Unsupported type specified")
		}
	}
}

// timeFormat is a format of date_time in the server's own order, which is
// weekday, date, time; false = it is none. Of a short and a long form the
// last counts, in markup the short one (TDLib source).
func timeFormat(s string, markup bool) (string, bool) {
	if s == "r" || s == "R" {
		return "r", true
	}
	var week, date, clock string
	for _, c := range s {
		switch c {
		case 'w', 'W':
			week = "w"
		case 'd', 'D':
			if !markup || date != "d" {
				date = string(c)
			}
		case 't', 'T':
			if !markup || clock != "t" {
				clock = string(c)
			}
		default:
			return "", false
		}
	}
	return week + date + clock, true
}

// foundTypes are the entity types that the server finds by itself.
var foundTypes = []string{
	"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number",
}

// textArgs reads the text of a message.
func (c *call) textArgs() (Content, *problem) {
	preview, bad := c.previewArg()
	if bad != nil {
		return Content{}, bad
	}
	text := c.args.str("text")
	if text == "" {
		return Content{}, fail(textEmpty)
	}
	text, es, bad := c.written(text, c.args.str("parse_mode"), c.args.str("entities"))
	if bad != nil {
		return Content{}, bad
	}
	content := Content{Kind: KindText, preview: preview}
	if content.Text, content.Entities, content.late = c.settled(text, es); content.late == nil && blank(content.Text) {
		content.late = fail(textBlank)
	}
	return content, nil
}

// previewArg keeps link_preview_options as they come back in messages.
func (c *call) previewArg() (json.RawMessage, *problem) {
	raw := json.RawMessage(strings.TrimSpace(c.args.str("link_preview_options")))
	if len(raw) == 0 {
		if c.args.flag("disable_web_page_preview") {
			return noPreview, nil
		}
		return nil, nil
	}
	if !json.Valid(raw) {
		return nil, fail(badPreviewJSON)
	}
	f, ok := objectIn(raw)
	if !ok {
		return nil, fail(badPreview)
	}
	out := f.preview()
	if f.fault != "" {
		return nil, fieldProblem(f.fault)
	}
	return out, nil
}

// noPreview is what disable_web_page_preview means.
var noPreview = json.RawMessage(`{"is_disabled":true}`)

// preview reads a LinkPreviewOptions, nil = it says nothing.
func (f *fields) preview() json.RawMessage {
	o := previewObject{
		Disabled: f.flag("is_disabled"), URL: f.text("url"), Small: f.flag("prefer_small_media"),
		Large: f.flag("prefer_large_media"), Above: f.flag("show_above_text"),
	}
	if o == (previewObject{}) {
		return nil
	}
	return encode(o)
}

type previewObject struct {
	Disabled bool   `json:"is_disabled,omitempty"`
	URL      string `json:"url,omitempty"`
	Small    bool   `json:"prefer_small_media,omitempty"`
	Large    bool   `json:"prefer_large_media,omitempty"`
	Above    bool   `json:"show_above_text,omitempty"`
}

// captionArgs reads a caption into content.
func (c *call) captionArgs(content *Content) *problem {
	content.Above = c.args.flag("show_caption_above_media")
	return c.captioned(content, c.args.str("caption"), c.args.str("parse_mode"), c.args.str("caption_entities"))
}

// captioned puts a caption onto content.
func (c *call) captioned(content *Content, text, mode, entities string) *problem {
	text, es, bad := c.written(text, mode, entities)
	if bad != nil {
		return bad
	}
	content.Text, content.Entities, content.late = c.settled(text, es)
	return nil
}

// characters counts as the text limits do: characters of Unicode, though
// offsets are in UTF-16 units (MTProto API docs, TDLib source).
func characters(s string) int { return utf8.RuneCountInString(s) }
