package telegram

import (
	"strings"
	"unicode/utf8"
)

// maxEntityAt is the largest offset and length of an entity that TDLib reads.
const maxEntityAt = 1_000_000

// tidy cleans a text of what Telegram doesn't keep, trims it and fits its
// entities to what is left. It refuses entities that lie outside the text or
// begin or end within a character (TDLib source).
func tidy(text string, es []Entity) (string, []Entity, *problem) {
	for _, e := range es {
		switch {
		case e.Offset < 0 || e.Offset > maxEntityAt:
			return "", nil, fail(entityOffset, e.Offset)
		case e.Length < 0 || e.Length > maxEntityAt:
			return "", nil, fail(entityLength, e.Length)
		}
	}
	es = arrange(es, nil)
	if bad := misplaced(text, es); bad != nil {
		return "", nil, bad
	}
	text, es = cleaned(text, es)
	text, es = trim(text, arrange(es, nil))
	return text, es, nil
}

// misplaced is what is wrong with the first entity, in the text's order,
// that doesn't cover whole characters.
func misplaced(text string, es []Entity) *problem {
	var open []Entity // innermost last
	at := 0           // UTF-16 units
	for i := 0; i <= len(text); {
		for len(open) > 0 && open[len(open)-1].end() <= at {
			if e := open[len(open)-1]; e.end() < at {
				return fail(entityCuts, e.Offset, i)
			}
			open = open[:len(open)-1]
		}
		for len(es) > 0 && es[0].Offset <= at {
			if es[0].Offset < at {
				return fail(entityBegins, i)
			}
			open, es = append(open, es[0]), es[1:]
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		at += units(r)
		i += max(n, 1)
	}
	switch {
	case len(es) > 0:
		return fail(entityBeyond, es[0].Offset)
	case len(open) > 0:
		e := open[len(open)-1]
		return fail(entityEnds, e.Offset, e.end())
	default:
		return nil
	}
}

// units is the size of a character in UTF-16.
func units(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}

// kept is what becomes of a character, -1 if it vanishes: control characters
// but line breaks are spaces; carriage returns, direction overrides and lines
// above and below letters vanish (TDLib source, clean_input_string).
func kept(r rune) rune {
	switch {
	case r == '\r', r >= 0x2028 && r <= 0x202e, r == 0x333, r == 0x33f, r == 0x30a:
		return -1
	case r < ' ' && r != '\n':
		return ' '
	default:
		return r
	}
}

// cleaned is the text without what Telegram doesn't keep, and its entities
// moved along; some may be empty then.
func cleaned(text string, es []Entity) (string, []Entity) {
	if untouched(text) {
		return text, es
	}
	var out strings.Builder
	at := []int{} // new places of the old UTF-16 units
	size := 0
	for _, r := range text {
		for range units(r) {
			at = append(at, size)
		}
		if next := kept(r); next >= 0 {
			out.WriteRune(next)
			size += units(next)
		}
	}
	at = append(at, size)
	moved := make([]Entity, len(es))
	for i, e := range es {
		moved[i] = e
		moved[i].Offset = at[e.Offset]
		moved[i].Length = at[e.end()] - at[e.Offset]
	}
	return oneDirection(out.String()), moved
}

// untouched says whether a text has nothing that cleaned changes.
func untouched(text string) bool {
	for _, r := range text {
		if kept(r) != r || r == 0x200e || r == 0x200f {
			return false
		}
	}
	return true
}

// oneDirection leaves of marks of direction in a row only the last; zero
// width non-joiners take the place of the others.
func oneDirection(text string) string {
	in := []rune(text)
	mark := func(i int) bool { return i < len(in) && (in[i] == 0x200e || in[i] == 0x200f) }
	for i := range in {
		if mark(i) && mark(i+1) {
			in[i] = 0x200c
		}
	}
	return string(in)
}

// trim removes white space around a clean text and moves the entities along.
// White space in front that an entity begins with or before stays.
func trim(text string, es []Entity) (string, []Entity) {
	const space = " \n"
	text = strings.TrimRight(text, space)
	size := utf16Len(text)
	var out []Entity
	for _, e := range es {
		if e.Length = min(e.Length, size-e.Offset); e.Length > 0 {
			out = append(out, e)
		}
	}
	sortEntities(out)
	lead := len(text) - len(strings.TrimLeft(text, space))
	if len(out) > 0 {
		lead = min(lead, out[0].Offset)
	}
	for i := range out {
		out[i].Offset -= lead
	}
	return text[lead:], out
}

// blank says whether there is nothing to see in a text (TDLib source,
// is_empty_string).
func blank(text string) bool { return strings.Trim(strings.Map(asSpace, text), unseen) == "" }
