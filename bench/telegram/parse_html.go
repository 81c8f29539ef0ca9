package telegram

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// html reads the HTML mode (Bot API docs, "HTML style"; corner cases as in
// TDLib's source).
type html struct {
	parser
	halves bool // a character reference names half a character
}

// htmlTags maps tags to entities.
var htmlTags = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
	"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
	"span": "spoiler", "code": "code", "pre": "pre", "a": "text_link", "tg-emoji": "custom_emoji",
	"blockquote": "blockquote", "tg-time": "date_time",
}

func parseHTML(text string) (string, []Entity, *problem) {
	p := &html{parser: parser{in: text}}
	for i := 0; i < len(text); {
		var bad *problem
		switch {
		case text[i] == '&':
			r, next := decodeHTML(text, i)
			p.halves = p.halves || r >= 0xd800 && r < 0xe000
			p.write(r)
			i = next
		case p.has(i, "</"):
			i, bad = p.endTag(i)
		case text[i] == '<':
			i, bad = p.startTag(i)
		default:
			i += p.put(i)
		}
		if bad != nil {
			return "", nil, bad
		}
	}
	switch n := len(p.open); {
	case n > 0:
		return "", nil, parseProblem(`Can't find end tag corresponding to start tag "%s"`, p.open[n-1].kind)
	case p.halves:
		return "", nil, parseProblem("Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units")
	}
	for i := range p.done {
		if p.done[i].Type == "code" {
			p.done[i].Language = "" // only a whole block of code has one
		}
	}
	return p.result()
}

// maxReference is the longest number of a character with &# in front, in bytes.
const maxReference = 9

// htmlNames are all the named references there are.
var htmlNames = map[string]rune{"lt": '<', "gt": '>', "amp": '&', "quot": '"'}

// decodeHTML reads a character reference, or the & itself if it is none. The
// semicolon may be missing.
func decodeHTML(text string, i int) (rune, int) {
	digits, base := i+len("&#"), 10
	if strings.HasPrefix(text[i:], "&#x") {
		digits, base = i+len("&#x"), 16
	}
	var r rune
	var end int
	if strings.HasPrefix(text[i:], "&#") {
		end = ahead(text, digits, func(r rune) bool { return asciiDigit(r) || base == 16 && r < 0x80 && hexByte(byte(r)) })
		n, err := strconv.ParseUint(text[digits:end], base, 32)
		if err == nil && n < utf8.MaxRune && end-i <= maxReference {
			r = rune(n)
		}
	} else {
		end = ahead(text, i+1, asciiLetter)
		r = htmlNames[text[i+1:end]]
	}
	switch {
	case r == 0:
		return '&', i + 1
	case end < len(text) && text[end] == ';':
		return r, end + 1
	default:
		return r, end
	}
}

// skip passes over what isn't white space or one of the stops.
func (p *html) skip(i int, stops string) int {
	for !spaceByte(p.byteAt(i)) && strings.IndexByte(stops, p.in[i]) < 0 {
		i++
	}
	return i
}

func (p *html) skipSpace(i int) int {
	for p.byteAt(i) != 0 && spaceByte(p.in[i]) {
		i++
	}
	return i
}

// startTag reads a tag with its attributes.
func (p *html) startTag(begin int) (int, *problem) {
	i := p.skip(begin+1, ">")
	if p.byteAt(i) == 0 {
		return 0, parseProblem("Unclosed start tag at byte offset %d", begin)
	}
	tag := asciiLower(p.in[begin+1 : i])
	if htmlTags[tag] == "" {
		return 0, parseProblem(`Unsupported start tag "%s" at byte offset %d`, tag, begin)
	}
	m := openMark{kind: tag, at: begin, offset: p.size, start: p.out.Len()}
	for i = p.skipSpace(i); p.byteAt(i) != '>'; i = p.skipSpace(i) {
		name, value, next, bad := p.attribute(tag, begin, i)
		if bad != nil {
			return 0, bad
		}
		m.take(name, value)
		i = next
	}
	if tag == "span" && m.arg != "spoiler" {
		return 0, parseProblem(`Tag "span" must have class "tg-spoiler" at byte offset %d`, begin)
	}
	p.open = append(p.open, m)
	return i + 1, nil
}

// take keeps an attribute if the tag knows it. Names count as they are written.
func (m *openMark) take(name, value string) {
	switch m.kind + " " + name {
	case "a href", "tg-emoji emoji-id", "tg-time format":
		m.arg = value
	case "blockquote expandable":
		m.arg = name
	case "code class":
		if language, ok := strings.CutPrefix(value, "language-"); ok {
			m.arg = language
		}
	case "span class":
		if class, ok := strings.CutPrefix(value, "tg-"); ok {
			m.arg = class
		}
	case "tg-time unix":
		m.unix = int64(int32(leadingInt(value)))
	default: // Telegram has no use for it
	}
}

// attribute reads one attribute; those without a value have an empty one.
func (p *html) attribute(tag string, begin, i int) (name, value string, next int, bad *problem) {
	next = p.skip(i, `=>/"'`)
	if name = p.in[i:next]; name == "" {
		return "", "", 0, parseProblem(`Empty attribute name in the tag "%s" at byte offset %d`, tag, begin)
	}
	next = p.skipSpace(next)
	if p.byteAt(next) == '=' {
		next = p.skipSpace(next + 1)
		if p.byteAt(next) != 0 {
			value, next, bad = p.value(begin, next)
			return name, value, next, bad
		}
	}
	if p.byteAt(next) == 0 {
		return "", "", 0, parseProblem(`Unclosed start tag "%s" at byte offset %d`, tag, begin)
	}
	return name, "", next, nil
}

// value reads an attribute's value, quoted or bare.
func (p *html) value(begin, i int) (value string, next int, bad *problem) {
	if quote := p.in[i]; quote == '"' || quote == '\'' {
		value, next = p.quoted(i+1, quote)
	} else {
		next = ahead(p.in, i, func(r rune) bool { return asciiAlnum(r) || r == '.' || r == '-' })
		value = asciiLower(p.in[i:next])
		if !spaceByte(p.byteAt(next)) && p.in[next] != '>' {
			return "", 0, parseProblem("Unexpected end of name token at byte offset %d", i)
		}
	}
	if p.byteAt(next) == 0 {
		return "", 0, parseProblem("Unclosed start tag at byte offset %d", begin)
	}
	return value, next, nil
}

// quoted reads a value up to its quotation mark.
func (p *html) quoted(i int, quote byte) (value string, next int) {
	var out strings.Builder
	for p.byteAt(i) != 0 && p.in[i] != quote {
		if p.in[i] == '&' {
			var r rune
			r, i = decodeHTML(p.in, i)
			out.WriteRune(r)
			continue
		}
		out.WriteByte(p.in[i])
		i++
	}
	if p.byteAt(i) == quote {
		i++
	}
	return out.String(), i
}

// endTag closes the innermost tag; </> closes whatever it is.
func (p *html) endTag(begin int) (int, *problem) {
	if len(p.open) == 0 {
		return 0, parseProblem("Unexpected end tag at byte offset %d", begin)
	}
	i := p.skip(begin+2, ">")
	name := asciiLower(p.in[begin+2 : i])
	if i = p.skipSpace(i); p.byteAt(i) != '>' {
		return 0, parseProblem("Unclosed end tag at byte offset %d", begin)
	}
	m := p.pop()
	if name != "" && name != m.kind {
		return 0, parseProblem(`Unmatched end tag at byte offset %d, expected "</%s>", found "</%s>"`, begin, m.kind, name)
	}
	if p.size == m.offset {
		return i + 1, nil
	}
	return i + 1, p.close(m)
}

// close makes the entity of a tag that has ended and isn't empty.
func (p *html) close(m openMark) *problem {
	kind := htmlTags[m.kind]
	switch kind {
	case "text_link":
		if m.arg == "" {
			m.arg = p.out.String()[m.start:]
		}
		p.addLink(m, m.arg)
	case "custom_emoji":
		if !emojiNumber(m.arg) {
			return parseProblem("Invalid custom emoji identifier specified")
		}
		p.add(m, Entity{Type: kind, CustomEmojiID: m.arg})
	case "date_time":
		format, ok := timeFormat(m.arg, true)
		if !ok {
			return parseProblem("Invalid date format used")
		}
		if m.unix > 0 {
			p.add(m, Entity{Type: kind, UnixTime: m.unix, Format: format})
		}
	case "blockquote":
		if m.arg != "" {
			kind = "expandable_blockquote"
		}
		p.add(m, Entity{Type: kind})
	case "pre", "code":
		p.closeCode(m, kind)
	default:
		p.add(m, Entity{Type: kind})
	}
	return nil
}

// closeCode joins <pre><code class="language-x"> of the same extent to one
// entity with a language, in whichever order they stand.
func (p *html) closeCode(m openMark, kind string) {
	if n := len(p.done); n > 0 {
		last := &p.done[n-1]
		same := last.Offset == m.offset && last.Length == p.size-m.offset
		switch {
		case same && kind == "pre" && last.Type == "code" && last.Language != "":
			last.Type = "pre"
			return
		case same && kind == "code" && last.Type == "pre" && last.Language == "" && m.arg != "":
			last.Language = m.arg
			return
		}
	}
	p.add(m, Entity{Type: kind, Language: m.arg})
}
