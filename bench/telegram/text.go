package telegram

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
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

// formatted reads a text with its parse mode or its entities.
func (c *call) formatted(text, mode, entities string) (string, []Entity, *problem) {
	if len(text) > maxRawText {
		return "", nil, fail(textTooBig)
	}
	var out []Entity
	var bad *problem
	switch mode = lower(mode); {
	case text == "", mode == "", mode == "none":
		out, bad = c.entities(entities)
	case mode == "markdownv2":
		text, out, bad = parseMarkdownV2(text)
	case mode == "html":
		text, out, bad = parseHTML(text)
	case mode == "markdown":
		text, out, bad = parseMarkdown(text)
	default:
		bad = fail(badParseMode)
	}
	if bad != nil {
		return "", nil, bad
	}
	if text, out, bad = clean(text, out); bad != nil {
		return "", nil, bad
	}
	return text, c.w.resolveMentions(addDetected(text, out)), nil
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
		if e.Format, ok = timeFormat(f.text("date_time_format")); !ok {
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
// weekday, date, time; false = it is none.
func timeFormat(s string) (string, bool) {
	if s == "r" || s == "R" {
		return "r", true
	}
	var week, date, clock string
	for _, c := range s {
		switch c {
		case 'w', 'W':
			week = "w"
		case 'd', 'D':
			date = string(c)
		case 't', 'T':
			clock = string(c)
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

// detected are the parts that Telegram finds by itself in any text.
var detected = []struct {
	kind string
	find *regexp.Regexp
}{
	{"bot_command", regexp.MustCompile(`(?:^|[\s(>])(/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)`)},
	{"url", regexp.MustCompile(`(?:^|[\s(>])((?:https?://)[^\s<>"]+[^\s<>".,;:!?)])`)},
	{"email", regexp.MustCompile(`(?:^|[\s(<>:;])([A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})`)},
	{"mention", regexp.MustCompile(`(?:^|[\s(>])(@[A-Za-z][A-Za-z0-9_]{3,31})`)},
	{"hashtag", regexp.MustCompile(`(?:^|[\s(>])(#[\pL\pN_]*\pL[\pL\pN_]*)`)},
	{"phone_number", regexp.MustCompile(`(?:^|[\s(>])(\+[0-9][0-9 ()-]{7,18}[0-9])`)},
}

// addDetected adds commands, links, mentions … to the given entities and
// puts all into the server's order: by offset, longer ones first.
func addDetected(text string, es []Entity) []Entity {
	if strings.ContainsAny(text, "/@#+") {
		for _, d := range detected {
			for _, at := range d.find.FindAllStringSubmatchIndex(text, -1) {
				e := Entity{Offset: utf16Len(text[:at[2]]), Length: utf16Len(text[at[2]:at[3]]), Type: d.kind}
				if !overlaps(es, e) {
					es = append(es, e)
				}
			}
		}
	}
	sortEntities(es)
	return es
}

// overlaps says whether a found part lies in code or a link, or crosses
// another found one.
func overlaps(es []Entity, e Entity) bool {
	for _, o := range es {
		if !slices.Contains([]string{"bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote"}, o.Type) &&
			e.Offset < o.Offset+o.Length && o.Offset < e.Offset+e.Length {
			return true
		}
	}
	return false
}

// resolveMentions turns links of the form tg://user?id=N into mentions of
// people the World knows and drops mentions of strangers.
func (w *World) resolveMentions(es []Entity) []Entity {
	const link = "tg://user?id="
	var out []Entity
	for _, e := range es {
		if e.Type == "text_link" && strings.HasPrefix(e.URL, link) {
			id := leadingInt(strings.TrimPrefix(e.URL, link))
			e.Type, e.URL, e.User = "text_mention", "", &id
		}
		if e.Type == "text_mention" && (e.User == nil || w.accounts[*e.User] == nil) {
			continue
		}
		out = append(out, e)
	}
	return out
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
	text, es, bad := c.formatted(text, c.args.str("parse_mode"), c.args.str("entities"))
	if bad != nil {
		return Content{}, bad
	}
	return Content{Kind: KindText, Text: text, Entities: es, preview: preview}, nil
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
	text, es, bad := c.formatted(c.args.str("caption"), c.args.str("parse_mode"), c.args.str("caption_entities"))
	if bad != nil {
		return bad
	}
	content.Text, content.Entities = text, es
	content.Above = c.args.flag("show_caption_above_media")
	return nil
}

// characters counts as the text limits do.
func characters(s string) int { return utf16Len(s) }
