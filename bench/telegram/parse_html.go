package telegram

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// html reads the HTML mode (Bot API docs, "HTML style"; corner cases as in
// TDLib's published tests).
type html struct{ parser }

// htmlTags maps tags to entities.
var htmlTags = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
	"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
	"span": "spoiler", "code": "code", "pre": "pre", "a": "text_link", "tg-emoji": "custom_emoji",
	"blockquote": "blockquote", "tg-time": "date_time",
}

func parseHTML(text string) (string, []Entity, *problem) {
	p := &html{parser{in: text}}
	for i := 0; i < len(text); {
		var bad *problem
		switch text[i] {
		case '&':
			r, next := decodeHTML(text, i)
			if r >= 0xd800 && r < 0xe000 {
				return "", nil, parseProblem("Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units")
			}
			p.write(r)
			i = next
		case '<':
			if p.byteAt(i+1) == '/' {
				i, bad = p.endTag(i)
			} else {
				i, bad = p.startTag(i)
			}
		default:
			i += p.put(i)
		}
		if bad != nil {
			return "", nil, bad
		}
	}
	if n := len(p.open); n > 0 {
		return "", nil, parseProblem(`Can't find end tag corresponding to start tag "%s"`, p.open[n-1].kind)
	}
	for i := range p.done {
		if p.done[i].Type == "code" {
			p.done[i].Language = "" // only a whole block of code has one
		}
	}
	return p.result()
}

// decodeHTML reads a character reference, or the & itself if it is none.
func decodeHTML(text string, i int) (rune, int) {
	rest := text[i+1:]
	for _, named := range []struct {
		name string
		r    rune
	}{{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}} {
		if strings.HasPrefix(rest, named.name) && !letterAt(rest, len(named.name)) {
			return named.r, skipSemicolon(text, i+1+len(named.name))
		}
	}
	if !strings.HasPrefix(rest, "#") {
		return '&', i + 1
	}
	base, at, digits := 10, 1, "0123456789"
	if strings.HasPrefix(rest, "#x") {
		base, at, digits = 16, 2, "0123456789abcdefABCDEF"
	}
	end := at
	for end < len(rest) && strings.IndexByte(digits, rest[end]) >= 0 {
		end++
	}
	n, err := strconv.ParseUint(rest[at:end], base, 32)
	if err != nil || n == 0 || n >= utf8.MaxRune {
		return '&', i + 1
	}
	return rune(n), skipSemicolon(text, i+1+end)
}

func letterAt(s string, i int) bool {
	return i < len(s) && (s[i] >= 'a' && s[i] <= 'z' || s[i] >= 'A' && s[i] <= 'Z')
}

func skipSemicolon(text string, i int) int {
	if i < len(text) && text[i] == ';' {
		return i + 1
	}
	return i
}

func isHTMLSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

func (p *html) skipSpace(i int) int {
	for i < len(p.in) && isHTMLSpace(p.in[i]) {
		i++
	}
	return i
}

// startTag reads a tag with its attributes.
func (p *html) startTag(begin int) (int, *problem) {
	i := begin + 1
	for i < len(p.in) && !isHTMLSpace(p.in[i]) && p.in[i] != '>' {
		i++
	}
	if i == len(p.in) {
		return 0, parseProblem("Unclosed start tag at byte offset %d", begin)
	}
	tag := strings.ToLower(p.in[begin+1 : i])
	if htmlTags[tag] == "" {
		return 0, parseProblem(`Unsupported start tag "%s" at byte offset %d`, tag, begin)
	}
	attributes := map[string]string{}
	for {
		i = p.skipSpace(i)
		if p.byteAt(i) == '>' {
			break
		}
		name, value, next, bad := p.attribute(tag, begin, i)
		if bad != nil {
			return 0, bad
		}
		attributes[name] = value
		i = next
	}
	if tag == "span" && attributes["class"] != "tg-spoiler" {
		return 0, parseProblem(`Tag "span" must have class "tg-spoiler" at byte offset %d`, begin)
	}
	p.push(tag, begin, attributes["href"]+attributes["emoji-id"])
	m := &p.open[len(p.open)-1]
	if tag == "tg-time" {
		m.unix, m.arg = leadingInt(attributes["unix"]), attributes["format"]
	}
	if language, ok := strings.CutPrefix(attributes["class"], "language-"); ok && tag == "code" {
		m.class = language
	}
	if _, ok := attributes["expandable"]; ok && tag == "blockquote" {
		m.arg = "expandable"
	}
	return i + 1, nil
}

// attribute reads one attribute; those without a value have an empty one.
func (p *html) attribute(tag string, begin, i int) (name, value string, next int, bad *problem) {
	start := i
	for i < len(p.in) && !isHTMLSpace(p.in[i]) && p.in[i] != '=' && p.in[i] != '>' {
		i++
	}
	name = strings.ToLower(p.in[start:i])
	if name == "" {
		return "", "", 0, parseProblem(`Empty attribute name in the tag "%s" at byte offset %d`, tag, begin)
	}
	i = p.skipSpace(i)
	if p.byteAt(i) != '=' {
		if i == len(p.in) {
			return "", "", 0, parseProblem(`Unclosed start tag "%s" at byte offset %d`, tag, begin)
		}
		return name, "", i, nil
	}
	i = p.skipSpace(i + 1)
	if i == len(p.in) {
		return "", "", 0, parseProblem(`Unclosed start tag "%s" at byte offset %d`, tag, begin)
	}
	value, next, bad = p.value(begin, i)
	return name, value, next, bad
}

// value reads an attribute's value, quoted or bare.
func (p *html) value(begin, i int) (string, int, *problem) {
	quote := p.in[i]
	if quote != '"' && quote != '\'' {
		start := i
		for i < len(p.in) && (p.in[i] >= '0' && p.in[i] <= '9' || letterAt(p.in, i) || p.in[i] == '.' || p.in[i] == '-') {
			i++
		}
		if i == len(p.in) || !isHTMLSpace(p.in[i]) && p.in[i] != '>' {
			return "", 0, parseProblem("Unexpected end of name token at byte offset %d", start)
		}
		return strings.ToLower(p.in[start:i]), i, nil
	}
	var out strings.Builder
	for i++; i < len(p.in) && p.in[i] != quote; {
		if p.in[i] == '&' {
			var r rune
			r, i = decodeHTML(p.in, i)
			out.WriteRune(r)
			continue
		}
		out.WriteByte(p.in[i])
		i++
	}
	if i == len(p.in) {
		return "", 0, parseProblem("Unclosed start tag at byte offset %d", begin)
	}
	return out.String(), i + 1, nil
}

// endTag closes the innermost tag; </> closes whatever it is.
func (p *html) endTag(begin int) (int, *problem) {
	if len(p.open) == 0 {
		return 0, parseProblem("Unexpected end tag at byte offset %d", begin)
	}
	i := begin + 2
	for i < len(p.in) && !isHTMLSpace(p.in[i]) && p.in[i] != '>' {
		i++
	}
	name := strings.ToLower(p.in[begin+2 : i])
	if i = p.skipSpace(i); i == len(p.in) || p.in[i] != '>' {
		return 0, parseProblem("Unclosed end tag at byte offset %d", begin)
	}
	m := p.pop()
	if name != "" && name != m.kind {
		return 0, parseProblem(`Unmatched end tag at byte offset %d, expected "</%s>", found "</%s>"`, begin, m.kind, name)
	}
	return i + 1, p.close(m)
}

// close makes the entity of a tag that has ended.
func (p *html) close(m openMark) *problem {
	switch m.kind {
	case "a":
		if m.arg == "" {
			m.arg = p.out.String()[m.start:]
		}
		p.addLink(m, m.arg)
	case "tg-emoji":
		if leadingInt(m.arg) <= 0 {
			return parseProblem("Invalid custom emoji identifier specified")
		}
		p.add(m, Entity{Type: "custom_emoji", CustomEmojiID: m.arg})
	case "tg-time":
		format, ok := timeFormat(m.arg)
		if !ok {
			return parseProblem("Invalid date-time format specified")
		}
		if m.unix > 0 {
			p.add(m, Entity{Type: "date_time", UnixTime: m.unix, Format: format})
		}
	case "blockquote":
		kind := "blockquote"
		if m.arg != "" {
			kind = "expandable_blockquote"
		}
		p.add(m, Entity{Type: kind})
	case "pre", "code":
		p.closeCode(m)
	default:
		p.add(m, Entity{Type: htmlTags[m.kind]})
	}
	return nil
}

// closeCode joins <pre><code class="language-x"> of the same extent to one
// entity with a language; alone, a language is dropped.
func (p *html) closeCode(m openMark) {
	inner := slices.IndexFunc(p.done, func(e Entity) bool {
		return e.Offset == m.offset && e.Length == p.size-m.offset && (e.Type == "code" || e.Type == "pre") && e.Type != m.kind
	})
	language := m.class
	if inner >= 0 && p.done[inner].Language != "" {
		language = p.done[inner].Language
	}
	if inner >= 0 && language != "" {
		p.done = slices.Delete(p.done, inner, inner+1)
		p.add(m, Entity{Type: "pre", Language: language})
		return
	}
	kind := htmlTags[m.kind]
	p.add(m, Entity{Type: kind, Language: m.class})
}
