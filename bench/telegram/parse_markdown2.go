package telegram

import "strings"

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
	reserved2    = "_*[]()~`>#+-=|{}.!\n"
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

// plainBytes is what escapes can stand before: ASCII but the last one.
const plainBytes = 126

// step reads what stands at i and returns where to go on.
func (p *markdown2) step(i int) (int, *problem) {
	c := p.in[i]
	if next := p.byteAt(i + 1); c == '\\' && next > 0 && next <= plainBytes {
		p.passed(next, next == '\n')
		p.write(rune(next))
		return i + 2, nil
	}
	reserved := reserved2
	if top := p.top(); top == "Code" || top == "Pre" || top == "PreCode" {
		reserved = "`"
	}
	if strings.IndexByte(reserved, c) < 0 {
		p.passed(c, false)
		return i + p.put(i), nil
	}
	if c == '\n' {
		p.put(i)
		p.lineStart = true
		if p.quoting && p.byteAt(i+1) != '>' {
			return i + 1, p.endQuote(i)
		}
		return i + 1, nil
	}
	if width := p.closes(i); width > 0 {
		return p.end(i, width)
	}
	return p.begin(i)
}

// passed notes whether a line begins behind a character; carriage returns
// change nothing about that.
func (p *markdown2) passed(c byte, lineStart bool) {
	if c != '\r' {
		p.lineStart = lineStart
	}
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
		if p.has(i, m.mark) {
			p.push(m.kind, i, "")
			return i + len(m.mark), nil
		}
	}
	switch c := p.in[i]; {
	case p.has(i, "```"):
		language, next := p.language(i + 3)
		kind := "PreCode"
		if language == "" {
			kind = "Pre"
		}
		p.push(kind, i, language)
		return next, nil
	case c == '`':
		p.push("Code", i, "")
		return i + 1, nil
	case c == '>' && p.lineStart:
		if !p.quoting {
			p.push("BlockQuote", i, "")
			p.quoting = true
		}
		return i + 1, nil
	default:
		return 0, parseProblem(reservedText, c)
	}
}

// end closes the innermost mark.
func (p *markdown2) end(i, width int) (int, *problem) {
	m := p.pop()
	i += width
	linked := p.byteAt(i) == '('
	switch {
	case m.kind != "TextUrl" && m.kind != "CustomEmoji":
		p.add(m, Entity{Type: entityNames[m.kind], Language: m.arg})
		return i, nil
	case m.kind == "TextUrl" && !linked:
		p.addLink(m, p.out.String()[m.start:])
		return i, nil
	case !linked:
		return 0, parseProblem("The entity must contain a tg://emoji or tg://time URL")
	}
	address, next, bad := p.address(i + 1)
	switch {
	case bad != nil:
		return 0, bad
	case m.kind == "TextUrl":
		p.addLink(m, address)
		return next, nil
	}
	e, ok := specialEntity(address)
	if !ok {
		return 0, parseProblem("Invalid tg://emoji or tg://time URL specified")
	}
	p.add(m, e)
	return next, nil
}

// address reads an address up to the parenthesis behind it.
func (p *markdown2) address(begin int) (address string, next int, bad *problem) {
	var out strings.Builder
	for i := begin; i < len(p.in); i++ {
		switch c := p.in[i]; {
		case c == ')':
			return out.String(), i + 1, nil
		case c == '\\' && p.byteAt(i+1) > 0 && p.byteAt(i+1) <= plainBytes:
			i++
			out.WriteByte(p.in[i])
		default:
			out.WriteByte(c)
		}
	}
	return "", 0, parseProblem("Can't find end of a URL at byte offset %d", begin)
}

// specialEntity is what tg://emoji?id=N and tg://time?unix=N&format=F mean.
func specialEntity(address string) (Entity, bool) {
	if parameters, ok := appParameters(address, "emoji"); ok {
		for _, p := range parameters {
			if p[0] == "id" {
				return Entity{Type: "custom_emoji", CustomEmojiID: p[1]}, emojiNumber(p[1])
			}
		}
	}
	e := Entity{Type: "date_time"}
	parameters, ok := appParameters(address, "time")
	for _, p := range parameters {
		switch p[0] {
		case "unix":
			n, whole := wholeInt(p[1], 32)
			ok = ok && whole && n > 0
			e.UnixTime = n
		case "format":
			e.Format = p[1]
		}
	}
	format, good := timeFormat(e.Format, true)
	e.Format = format
	return e, ok && good && e.UnixTime != 0
}

// emojiNumber says whether s is the number of a custom emoji.
func emojiNumber(s string) bool {
	n, whole := wholeInt(s, 64)
	return whole && n != 0
}

// endQuote ends the quote whose last line ends at i. An open spoiler that
// has just begun marks it expandable.
func (p *markdown2) endQuote(i int) *problem {
	kind := "blockquote"
	if p.top() == "Spoiler" {
		at := p.open[len(p.open)-1].at
		if at == i-2 || at == i-3 && i < len(p.in) && p.in[i-1] == '\r' {
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
