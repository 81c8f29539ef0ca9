package telegram

import (
	"slices"
	"strings"
	"unicode/utf16"
)

// What TDLib does with a bot's text and its entities before anything is sent.

// maxEntityAt is the largest offset or length of an entity that is looked at
// at all, in UTF-16 units (TDLib source).
const maxEntityAt = 1_000_000

// clean makes spaces of control characters, drops what dropControls drops,
// and trims the text; the entities move along. An entity that isn't within
// the text, or cuts a character in two, is refused.
func clean(text string, es []Entity) (string, []Entity, *problem) {
	for _, e := range es {
		switch {
		case e.Offset < 0 || e.Offset > maxEntityAt:
			return "", nil, fail(entityOffset, e.Offset)
		case e.Length < 0 || e.Length > maxEntityAt:
			return "", nil, fail(entityLength, e.Length)
		}
	}
	es = slices.DeleteFunc(es, func(e Entity) bool { return e.Length == 0 })
	if len(es) == 0 {
		text, _ = trim(dropControls(text), nil)
		return text, nil, nil
	}
	sortEntities(es)
	edges := edgesOf(text)
	if bad := misplaced(edges, es); bad != nil {
		return "", nil, bad
	}
	for i, e := range es {
		es[i].Offset = edges[e.Offset].kept
		es[i].Length = edges[e.Offset+e.Length].kept - es[i].Offset
	}
	text, es = trim(dropControls(text), es)
	return text, es, nil
}

// edge is a place in a text, named by its number of UTF-16 units.
type edge struct {
	inside bool // a character, of two units
	next   int  // byte at which the next character begins
	kept   int  // UTF-16 units before it that are left after cleaning
}

func edgesOf(text string) []edge {
	out := make([]edge, 0, len(text)+1)
	kept := 0
	for at, r := range text {
		out = append(out, edge{false, at, kept})
		size := max(1, utf16.RuneLen(r))
		if size == 2 {
			out = append(out, edge{true, at + len(string(r)), kept})
		}
		if dropControls(string(r)) != "" {
			kept += size
		}
	}
	return append(out, edge{false, len(text), kept})
}

// misplaced finds what TDLib meets first as it goes through the text: an
// entity that begins or ends within a character; then one beyond the end.
func misplaced(edges []edge, es []Entity) *problem {
	var first *problem
	at := len(edges)
	note := func(place int, bad *problem) {
		if place < at {
			first, at = bad, place
		}
	}
	var beyond, open *problem
	for _, e := range es {
		end := e.Offset + e.Length
		switch {
		case e.Offset >= len(edges):
			if beyond == nil {
				beyond = fail(entityBeyond, e.Offset)
			}
		case edges[e.Offset].inside:
			note(e.Offset, fail(entityBegins, edges[e.Offset].next))
		case end >= len(edges):
			open = fail(entityEnds, e.Offset, end)
		case edges[end].inside:
			note(end, fail(entityCuts, e.Offset, edges[end].next))
		}
	}
	for _, bad := range []*problem{first, beyond, open} {
		if bad != nil {
			return bad
		}
	}
	return nil
}

// blank says whether there is nothing to see in a text (TDLib source,
// is_empty_string).
func blank(text string) bool { return strings.Trim(strings.Map(asSpace, text), unseen) == "" }

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
