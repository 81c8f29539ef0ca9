package telegram

import "strings"

// parseMarkdown reads the older Markdown mode (Bot API docs, "Markdown
// style"): no nesting, and an escape before one of _*`[ only outside marks.
func parseMarkdown(text string) (string, []Entity, *problem) {
	p := &parser{in: text}
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '\\' && i+1 < len(text) && strings.IndexByte("_*`[", text[i+1]) >= 0:
			p.write(rune(text[i+1]))
			i += 2
		case strings.IndexByte("_*`[", c) < 0:
			i += p.put(i)
		default:
			next, bad := p.legacyMark(i)
			if bad != nil {
				return "", nil, bad
			}
			i = next
		}
	}
	return p.result()
}

// legacyMark reads one marked part.
func (p *parser) legacyMark(i int) (int, *problem) {
	kind, end := map[byte]string{'_': "Italic", '*': "Bold", '`': "Code", '[': "TextUrl"}[p.in[i]], p.in[i:i+1]
	language, body := "", i+1
	switch {
	case kind == "TextUrl":
		end = "]"
	case p.has(i, "```"):
		kind, end = "Pre", "```"
		language, body = p.language(i + 3)
	}
	size := strings.Index(p.in[min(body, len(p.in)):], end)
	if size < 0 {
		return 0, parseProblem("Can't find end of the entity starting at byte offset %d", i)
	}
	p.push(kind, i, "")
	for at := body; at < body+size; {
		at += p.put(at)
	}
	m := p.pop()
	next := body + size + len(end)
	if kind == "TextUrl" {
		return p.legacyLink(m, p.in[body:body+size], next), nil
	}
	p.add(m, Entity{Type: entityNames[kind], Language: language})
	return next, nil
}

// language reads what stands behind the ``` at i: a language if white space
// follows it, and one line break.
func (p *parser) language(i int) (language string, next int) {
	end := i
	for !spaceByte(p.byteAt(end)) && p.in[end] != '`' {
		end++
	}
	if end > i && end < len(p.in) && p.in[end] != '`' {
		return p.in[i:end], p.skipBreak(end)
	}
	return "", p.skipBreak(i)
}

// skipBreak passes over one line break, of one or two different characters.
func (p *parser) skipBreak(i int) int {
	first := p.byteAt(i)
	if first != '\n' && first != '\r' {
		return i
	}
	if second := p.byteAt(i + 1); (second == '\n' || second == '\r') && second != first {
		return i + 2
	}
	return i + 1
}

// legacyLink makes the link of a part in brackets that ends before next. The
// address stands in parentheses, which need no end; behind empty brackets
// it is plain text.
func (p *parser) legacyLink(m openMark, body string, next int) int {
	switch {
	case body == "":
		return next
	case p.byteAt(next) != '(':
		p.addLink(m, shifted(body, m.at+1-m.start))
		return next
	}
	size := strings.IndexByte(p.in[next:], ')')
	if size < 0 {
		p.addLink(m, p.in[next+1:])
		return len(p.in)
	}
	p.addLink(m, p.in[next+1:next+size])
	return next + size + 1
}

// shifted is what the server takes for the address of a part that has none:
// it reads the part's bytes after it has moved them forward by so many in
// place (TDLib source).
func shifted(body string, by int) string {
	by = min(by, len(body))
	return body[by:] + body[len(body)-by:]
}
