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
	var out []Entity
	var bad *problem
	switch strings.ToLower(mode) {
	case "", "none":
		out, bad = c.entities(entities)
	case "markdownv2":
		text, out, bad = parseMarkdownV2(text)
	case "html":
		text, out, bad = parseHTML(text)
	case "markdown":
		text, out, bad = parseMarkdown(text)
	default:
		bad = fail(badParseMode)
	}
	if bad != nil {
		return "", nil, bad
	}
	text, out = trim(text, out)
	return text, c.w.resolveMentions(addDetected(text, out)), nil
}

// entities reads a JSON array of MessageEntity; nonsense entities are
// dropped, as the server does.
func (c *call) entities(raw string) ([]Entity, *problem) {
	if raw == "" {
		return nil, nil
	}
	var in []struct {
		Type          string              `json:"type"`
		Offset        *int                `json:"offset"`
		Length        *int                `json:"length"`
		URL           string              `json:"url"`
		Language      string              `json:"language"`
		CustomEmojiID string              `json:"custom_emoji_id"`
		User          *struct{ ID int64 } `json:"user"`
	}
	if json.Unmarshal([]byte(raw), &in) != nil {
		return nil, nil // "Can't parse entities JSON object" is only logged
	}
	var out []Entity
	for _, e := range in {
		switch {
		case e.Offset == nil:
			return nil, fail(badEntity, `Can't find field "offset"`)
		case e.Length == nil:
			return nil, fail(badEntity, `Can't find field "length"`)
		case e.Type == "":
			return nil, fail(badEntity, `Can't find field "type"`)
		}
		next := Entity{Offset: *e.Offset, Length: *e.Length, Type: e.Type, URL: e.URL, Language: e.Language, CustomEmojiID: e.CustomEmojiID}
		if e.User != nil {
			next.User = &e.User.ID
		}
		if slices.Contains(givenTypes, e.Type) && next.Length > 0 && next.Offset >= 0 {
			out = append(out, next)
		}
	}
	return out, nil
}

// givenTypes are the entity types that a sender may set; the others are
// found by the server itself.
var givenTypes = []string{
	"bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "text_link",
	"text_mention", "custom_emoji", "blockquote", "expandable_blockquote",
}

// trim removes white space around the text and moves the entities along.
func trim(text string, es []Entity) (string, []Entity) {
	const space = " \t\r\n"
	lead := len(text) - len(strings.TrimLeft(text, space))
	cut := strings.Trim(text, space)
	shift, size := utf16Len(text[:lead]), utf16Len(cut)
	var out []Entity
	for _, e := range es {
		e.Offset -= shift
		if e.Offset < 0 {
			e.Length += e.Offset
			e.Offset = 0
		}
		e.Length = min(e.Length, size-e.Offset)
		if e.Length > 0 {
			out = append(out, e)
		}
	}
	return cut, out
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
	text := c.args.str("text")
	switch {
	case text == "":
		return Content{}, fail(textEmpty)
	case len(text) > maxRawText:
		return Content{}, fail(textTooBig)
	}
	text, es, bad := c.formatted(text, c.args.str("parse_mode"), c.args.str("entities"))
	if bad != nil {
		return Content{}, bad
	}
	if text == "" {
		return Content{}, fail(textBlank)
	}
	content := Content{Kind: KindText, Text: text, Entities: es, preview: c.previewArg()}
	return content, nil
}

// previewArg keeps link_preview_options as they come back in messages.
func (c *call) previewArg() json.RawMessage {
	if c.args.flag("disable_web_page_preview") {
		return json.RawMessage(`{"is_disabled":true}`)
	}
	var o struct {
		Disabled bool   `json:"is_disabled,omitempty"`
		URL      string `json:"url,omitempty"`
		Small    bool   `json:"prefer_small_media,omitempty"`
		Large    bool   `json:"prefer_large_media,omitempty"`
		Above    bool   `json:"show_above_text,omitempty"`
	}
	raw := c.args.str("link_preview_options")
	if raw == "" || json.Unmarshal([]byte(raw), &o) != nil {
		return nil
	}
	if raw := encode(o); string(raw) != "{}" {
		return raw
	}
	return nil
}

// captionArgs reads a caption into content.
func (c *call) captionArgs(content *Content) *problem {
	text, es, bad := c.formatted(c.args.str("caption"), c.args.str("parse_mode"), c.args.str("caption_entities"))
	if bad != nil {
		return bad
	}
	content.Text, content.Entities = text, es
	content.Above = c.args.flag("show_caption_above_media") && text != ""
	return nil
}

// characters counts as the text limits do.
func characters(s string) int { return utf16Len(s) }
