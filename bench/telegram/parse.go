package telegram

import (
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
	arg    string // language, URL, number of an emoji or format of a moment
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

// spaceByte says whether c is white space or the end of the input.
func spaceByte(c byte) bool { return strings.IndexByte(" \t\r\n\v\x00", c) >= 0 }

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

// addLink ends m as a link to address, or as a mention of whom it names;
// addresses that are none leave plain text.
func (p *parser) addLink(m openMark, address string) {
	if id := linkedUser(address); id != 0 {
		p.add(m, Entity{Type: "text_mention", User: &id})
		return
	}
	if fixed, fault := checkedLink(address, false); fault == "" {
		p.add(m, Entity{Type: "text_link", URL: fixed})
	}
}

// result is the text with its entities in the server's order.
func (p *parser) result() (string, []Entity, *problem) {
	sortEntities(p.done)
	return p.out.String(), p.done, nil
}
