package telegram

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// parser collects the plain text and the entities of marked up text.
// Offsets in error texts are bytes of the input, offsets of entities UTF-16
// units of the output.
type parser struct {
	in   string
	out  strings.Builder
	size int // of out, in UTF-16 units
	open []openMark
	done []Entity
}

// openMark is an entity whose end has not been seen.
type openMark struct {
	kind   string // the server's name for it: Bold, Italic …
	at     int    // byte of the input where it began
	offset int    // UTF-16 units
	start  int    // bytes of the output
	arg    string // language, URL or tag
	class  string // HTML: language of <code>
	unix   int64  // HTML: the moment of <tg-time>, seconds
}

// put appends one character of the input and returns its length in bytes.
func (p *parser) put(at int) int {
	r, n := utf8.DecodeRuneInString(p.in[at:])
	p.write(r)
	return n
}

func (p *parser) write(r rune) {
	p.out.WriteRune(r)
	p.size++
	if r > 0xffff {
		p.size++
	}
}

// has says whether the input continues with s.
func (p *parser) has(at int, s string) bool { return strings.HasPrefix(p.in[at:], s) }

// byteAt is the byte there, 0 beyond the end.
func (p *parser) byteAt(at int) byte {
	if at >= len(p.in) {
		return 0
	}
	return p.in[at]
}

// top is the innermost open entity's kind, "" if none is open.
func (p *parser) top() string {
	if len(p.open) == 0 {
		return ""
	}
	return p.open[len(p.open)-1].kind
}

func (p *parser) push(kind string, at int, arg string) {
	p.open = append(p.open, openMark{kind: kind, at: at, offset: p.size, start: p.out.Len(), arg: arg})
}

func (p *parser) pop() openMark {
	m := p.open[len(p.open)-1]
	p.open = p.open[:len(p.open)-1]
	return m
}

// add ends m as an entity, unless it is empty.
func (p *parser) add(m openMark, e Entity) {
	e.Offset, e.Length = m.offset, p.size-m.offset
	if e.Length > 0 {
		p.done = append(p.done, e)
	}
}

// addLink ends m as a link to address; addresses that are none leave plain text.
func (p *parser) addLink(m openMark, address string) {
	if fixed, ok := fixURL(address); ok {
		p.add(m, Entity{Type: "text_link", URL: fixed})
	}
}

// result is the text with its entities in the server's order.
func (p *parser) result() (string, []Entity, *problem) {
	sortEntities(p.done)
	return p.out.String(), p.done, nil
}

// entityRank orders entities of the same extent (TDLib source).
var entityRank = map[string]int{
	"blockquote": 0, "expandable_blockquote": 0, "pre": 11, "code": 20, "text_link": 49, "text_mention": 49,
	"bold": 90, "italic": 91, "underline": 92, "strikethrough": 93, "spoiler": 94, "custom_emoji": 99,
}

func rankOf(e Entity) int {
	if n, ok := entityRank[e.Type]; ok {
		return n
	}
	return 50
}

// sortEntities puts entities into the server's order: by offset, longer
// ones first, then by kind.
func sortEntities(es []Entity) {
	slices.SortStableFunc(es, func(a, b Entity) int {
		switch {
		case a.Offset != b.Offset:
			return a.Offset - b.Offset
		case a.Length != b.Length:
			return b.Length - a.Length
		default:
			return rankOf(a) - rankOf(b)
		}
	})
}

// fixURL makes a link's address whole, as the server does: http:// in front
// of bare host names, a slash behind the host.
func fixURL(address string) (string, bool) {
	address = strings.TrimSpace(address)
	if address == "" {
		return "", false
	}
	if strings.HasPrefix(strings.ToLower(address), "tg:") {
		rest := strings.TrimPrefix(address[3:], "//")
		return "tg://" + rest, true
	}
	if !strings.Contains(address, "://") {
		address = "http://" + address
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "ton" {
		return "", false
	}
	if !strings.Contains(strings.Trim(u.Hostname(), "."), ".") {
		return "", false
	}
	head := u.Scheme + "://"
	rest := address[len(head):]
	if i := strings.IndexAny(rest, "/?#"); i < 0 {
		rest += "/"
	} else if rest[i] != '/' {
		rest = rest[:i] + "/" + rest[i:]
	}
	return head + rest, true
}
