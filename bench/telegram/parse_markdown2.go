package telegram

import (
	"net/url"
	"strings"
)

// entityNames maps the server's names of marks to the types of entities.
var entityNames = map[string]string{
	"Bold": "bold", "Italic": "italic", "Underline": "underline", "Strikethrough": "strikethrough",
	"Spoiler": "spoiler", "Code": "code", "Pre": "pre", "PreCode": "pre",
}

// markdown2 reads MarkdownV2 (Bot API docs, "Formatting options"; the
// corner cases are those of TDLib's published tests).
type markdown2 struct {
	parser
	lineStart bool // a quote may begin here
	quoting   bool
}

const (
	reserved2    = "_*[]()~`>#+-=|{}.!"
	reservedText = `Character '%c' is reserved and must be escaped with the preceding '\'`
)

func parseMarkdownV2(text string) (string, []Entity, *problem) {
	p := &markdown2{parser: parser{in: text}, lineStart: true}
	for i := 0; i < len(text); {
		next, bad := p.step(i)
		if bad != nil {
			return "", nil, bad
		}
		i = next
	}
	if p.quoting {
		if bad := p.endQuote(len(text)); bad != nil {
			return "", nil, bad
		}
	}
	if len(p.open) > 0 {
		return "", nil, p.unclosed()
	}
	return p.result()
}

// unclosed is the error about the innermost open mark.
func (p *parser) unclosed() *problem {
	m := p.open[len(p.open)-1]
	return parseProblem("Can't find end of %s entity at byte offset %d", m.kind, m.at)
}

// step reads what stands at i and returns where to go on.
func (p *markdown2) step(i int) (int, *problem) {
	c := p.in[i]
	if next := p.byteAt(i + 1); c == '\\' && next > 0 && next <= 126 {
		p.lineStart = false
		p.write(rune(next))
		return i + 2, nil
	}
	code := p.top() == "Code" || p.top() == "Pre" || p.top() == "PreCode"
	switch {
	case code && c != '`':
		p.lineStart = false
		return i + p.put(i), nil
	case c == '\n' && p.quoting && p.byteAt(i+1) != '>':
		p.put(i)
		p.lineStart = true
		return i + 1, p.endQuote(i)
	case c == '\n' || c == '\r':
		p.put(i)
		p.lineStart = true
		return i + 1, nil
	case !strings.ContainsRune(reserved2, rune(c)) || c >= 0x80:
		p.lineStart = false
		return i + p.put(i), nil
	}
	if width := p.closes(i); width > 0 {
		return p.end(i, width)
	}
	return p.begin(i)
}

// closes says whether the innermost mark ends at i, and how long its end is.
func (p *markdown2) closes(i int) int {
	mark := map[string]string{
		"Bold": "*", "Code": "`", "Pre": "```", "PreCode": "```", "TextUrl": "]", "Underline": "__",
		"Strikethrough": "~", "Spoiler": "||", "CustomEmoji": "]", "Italic": "_",
	}[p.top()]
	if mark == "" || !p.has(i, mark) || p.top() == "Italic" && p.byteAt(i+1) == '_' {
		return 0
	}
	return len(mark)
}

// begin opens a mark, or complains about a reserved character.
func (p *markdown2) begin(i int) (int, *problem) {
	for _, m := range []struct{ mark, kind string }{
		{"__", "Underline"}, {"_", "Italic"}, {"*", "Bold"}, {"~", "Strikethrough"}, {"||", "Spoiler"},
		{"[", "TextUrl"}, {"![", "CustomEmoji"},
	} {
		if p.has(i, m.mark) && !(m.mark == "*" && p.lineStart && p.has(i, "**>")) {
			p.push(m.kind, i, "")
			return i + len(m.mark), nil
		}
	}
	switch c := p.in[i]; {
	case p.has(i, "```"):
		return p.beginPre(i), nil
	case c == '`':
		p.push("Code", i, "")
		return i + 1, nil
	case c == '>' && p.lineStart:
		if !p.quoting {
			p.push("BlockQuote", i, "")
			p.quoting = true
		}
		p.lineStart = false
		return i + 1, nil
	case p.has(i, "**>"):
		return i + 2, nil // an empty bold entity, which keeps two quotes apart
	default:
		return 0, parseProblem(reservedText, c)
	}
}

// beginPre opens a block of code, with a language if one stands there.
func (p *markdown2) beginPre(i int) int {
	end := i + 3
	for end < len(p.in) && !strings.ContainsRune(" \t\r\n`", rune(p.in[end])) {
		end++
	}
	language := p.in[i+3 : end]
	if language == "" || end == len(p.in) || p.in[end] == '`' {
		p.push("Pre", i, "")
		end = i + 3
	} else {
		p.push("PreCode", i, language)
	}
	return p.skipBreak(end)
}

// skipBreak passes over one line break, of one or two different characters.
func (p *markdown2) skipBreak(i int) int {
	first := p.byteAt(i)
	if first != '\n' && first != '\r' {
		return i
	}
	if second := p.byteAt(i + 1); (second == '\n' || second == '\r') && second != first {
		return i + 2
	}
	return i + 1
}

// end closes the innermost mark.
func (p *markdown2) end(i, width int) (int, *problem) {
	m := p.pop()
	i += width
	switch m.kind {
	case "TextUrl":
		address, next, bad := p.address(i, p.out.String()[m.start:])
		if bad == nil {
			p.addLink(m, address)
		}
		return next, bad
	case "CustomEmoji":
		address, next, bad := p.address(i, "")
		if bad != nil {
			return 0, bad
		}
		e, bad := specialEntity(address)
		if bad == nil {
			p.add(m, e)
		}
		return next, bad
	default:
		p.add(m, Entity{Type: entityNames[m.kind], Language: m.arg})
		return i, nil
	}
}

// address reads "(url)" behind a link's text; without it the link's own
// text is the address.
func (p *markdown2) address(i int, otherwise string) (string, int, *problem) {
	if p.byteAt(i) != '(' {
		return otherwise, i, nil
	}
	begin := i + 1
	var url strings.Builder
	for i++; i < len(p.in); i++ {
		switch c := p.in[i]; {
		case c == ')':
			return url.String(), i + 1, nil
		case c == '\\' && p.byteAt(i+1) > 0 && p.byteAt(i+1) <= 126:
			i++
			url.WriteByte(p.in[i])
		default:
			url.WriteByte(c)
		}
	}
	return "", 0, parseProblem("Can't find end of a URL at byte offset %d", begin)
}

// specialEntity is what tg://emoji?id=N and tg://time?unix=N&format=F mean.
func specialEntity(address string) (Entity, *problem) {
	if address == "" {
		return Entity{}, parseProblem("The entity must contain a tg://emoji or tg://time URL")
	}
	u, err := url.Parse(address)
	if err == nil && strings.EqualFold(u.Scheme, "tg") {
		q := u.Query()
		id, unix := q.Get("id"), leadingInt(q.Get("unix"))
		format, ok := timeFormat(q.Get("format"))
		switch host := lower(u.Host); {
		case host == "emoji" && leadingInt(id) > 0 && itoa(leadingInt(id)) == id:
			return Entity{Type: "custom_emoji", CustomEmojiID: id}, nil
		case host == "time" && unix > 0 && ok:
			return Entity{Type: "date_time", UnixTime: unix, Format: format}, nil
		}
	}
	return Entity{}, parseProblem("Invalid tg://emoji or tg://time URL specified")
}

// endQuote ends the quote whose last line ends at i. An open spoiler that
// has just begun marks it expandable.
func (p *markdown2) endQuote(i int) *problem {
	kind := "blockquote"
	if p.top() == "Spoiler" {
		last := i
		if last > 0 && last < len(p.in) && p.in[last-1] == '\r' {
			last--
		}
		if n := len(p.open); p.open[n-1].at == last-2 && n > 1 && p.open[n-2].kind == "BlockQuote" {
			p.pop()
			kind = "expandable_blockquote"
		}
	}
	if p.top() != "BlockQuote" {
		return p.unclosed()
	}
	p.add(p.pop(), Entity{Type: kind})
	p.quoting = false
	return nil
}
