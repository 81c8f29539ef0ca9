package privacy

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode"

	"topicdesk/tenants"
)

// span is a piece of text to be replaced, in bytes.
type span struct {
	from, to int
	instead  string
}

// spanOf is the piece of s that glyphs were read from, with the accents that
// stand on its last letter.
func spanOf(s string, glyphs []tenants.Glyph, instead string) span {
	to := glyphs[len(glyphs)-1].To
	for i, r := range s[to:] {
		if !unicode.Is(unicode.M, r) || len(tenants.Look(string(r))) > 0 {
			return span{glyphs[0].From, to + i, instead}
		}
	}
	return span{glyphs[0].From, len(s), instead}
}

// merge sorts spans and joins those that overlap; a joined one that holds a
// link is a link.
func merge(spans []span) []span {
	slices.SortStableFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	var joined []span
	for _, s := range spans {
		last := len(joined) - 1
		if last < 0 || s.from >= joined[last].to {
			joined = append(joined, s)
			continue
		}
		joined[last].to = max(joined[last].to, s.to)
		if s.instead == Removed {
			joined[last].instead = Removed
		}
	}
	return joined
}

// edit is a replaced piece in UTF-16 units: it was [from,to), it is [start,end).
type edit struct{ from, to, start, end int }

// replace puts the spans' words in place; spans are merged and inside the text.
func replace(t tenants.Text, spans []span) tenants.Text {
	if len(spans) == 0 {
		return t
	}
	var b strings.Builder
	var edits []edit
	at, old, now := 0, 0, 0 // bytes done; units of the old and the new text
	for _, s := range spans {
		b.WriteString(t.Text[at:s.from])
		b.WriteString(s.instead)
		kept := tenants.Len(t.Text[at:s.from])
		size, length := tenants.Len(t.Text[s.from:s.to]), tenants.Len(s.instead)
		e := edit{old + kept, old + kept + size, now + kept, now + kept + length}
		edits = append(edits, e)
		at, old, now = s.to, e.to, e.end
	}
	b.WriteString(t.Text[at:])
	return tenants.Text{Text: b.String(), Entities: moved(t.Entities, edits)}
}

// moved takes the entities along. Those of which the words changed their
// meaning go, and those that lay inside of a replaced piece.
func moved(entities []tenants.Entity, edits []edit) []tenants.Entity {
	var kept []tenants.Entity
	for _, e := range entities {
		from, to := e.Offset, e.Offset+e.Length
		if touched(from, to, edits) && (literal[e.Kind] || inside(from, to, edits)) {
			continue
		}
		begin, end := place(from, edits, false), place(to, edits, true)
		if begin >= end {
			continue
		}
		e.Offset, e.Length = begin, end-begin
		kept = append(kept, e)
	}
	return kept
}

// literal are entities that mean their very words: with others they are wrong.
var literal = map[string]bool{
	"bank_card": true, "bot_command": true, "cashtag": true, "custom_emoji": true, "date_time": true, "email": true,
	"hashtag": true, "mention": true, "phone_number": true, "text_mention": true, "url": true,
}

func touched(from, to int, edits []edit) bool {
	return slices.ContainsFunc(edits, func(e edit) bool { return from < e.to && e.from < to })
}

// inside tells whether [from,to) is a piece of something replaced, not all of it.
func inside(from, to int, edits []edit) bool {
	return slices.ContainsFunc(edits, func(e edit) bool {
		return e.from <= from && to <= e.to && to-from < e.to-e.from
	})
}

// place gives the new offset of an old one. Within a replaced piece an entity's
// begin moves behind it and its end before it.
func place(at int, edits []edit, end bool) int {
	i := sort.Search(len(edits), func(i int) bool { return at < edits[i].to })
	switch {
	case i < len(edits) && at > edits[i].from && end:
		return edits[i].start
	case i < len(edits) && at > edits[i].from:
		return edits[i].end
	case i == 0:
		return at
	default:
		return at + edits[i-1].end - edits[i-1].to
	}
}
