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
	width := 1
	if kind == "TextUrl" {
		end = "]"
	}
	language := ""
	if p.has(i, "```") {
		kind, end, width = "Pre", "```", 3
		rest := p.in[i+3:]
		if n := strings.IndexAny(rest, " \t\r\n`"); n > 0 && rest[n] != '`' {
			language, width = rest[:n], 3+n+1
		}
	}
	body := i + width
	stop := strings.Index(p.in[min(body, len(p.in)):], end)
	if stop < 0 {
		return 0, parseProblem("Can't find end of the entity starting at byte offset %d", i)
	}
	p.push(kind, i, language)
	for at := body; at < body+stop; {
		at += p.put(at)
	}
	m := p.pop()
	next := body + stop + len(end)
	if kind != "TextUrl" {
		p.add(m, Entity{Type: entityNames[kind], Language: language})
		return next, nil
	}
	if p.byteAt(next) != '(' {
		return next, nil
	}
	close := strings.IndexByte(p.in[next:], ')')
	if close < 0 {
		return 0, parseProblem("Can't find end of the entity starting at byte offset %d", i)
	}
	p.addLink(m, p.in[next+1:next+close])
	return next + close + 1, nil
}
