package telegram

import (
	"cmp"
	"slices"
)

// How the entities of one text lie beside and in each other (TDLib source):
// styles may lie anywhere but in code; links, mentions and the like never lie
// in each other; quotes never lie in each other and hold what they meet as a
// whole; code and moments hold nothing.

// Limits of what a sender may mark in one text, in entities; what is beyond
// is dropped (TDLib source; custom emoji: reported by users in public issues).
const (
	maxMarks      = 100
	maxEmojiMarks = 100
)

// entityRank orders entities of the same extent; the others have commonRank
// (TDLib source).
var entityRank = map[string]int{
	"blockquote": 0, "expandable_blockquote": 0, "pre": 11, "code": 20, "date_time": 30, "text_link": 49, "text_mention": 49,
	"bold": 90, "italic": 91, "underline": 92, "strikethrough": 93, "spoiler": 94, "custom_emoji": 99,
}

const commonRank = 50

func (e Entity) rank() int {
	n, ok := entityRank[e.Type]
	switch {
	case !ok:
		return commonRank
	case e.Type == "pre" && e.Language != "":
		return n - 1
	default:
		return n
	}
}

func (e Entity) end() int { return e.Offset + e.Length }

func (e Entity) style() bool { return e.rank() >= 90 && e.rank() < 99 }

// quotable is what quotes of other messages keep.
func (e Entity) quotable() bool {
	return e.style() || e.Type == "custom_emoji" || e.Type == "date_time"
}

func (e Entity) quotes() bool { return e.rank() == 0 }

// verbatim is what holds no other entity.
func (e Entity) verbatim() bool { return e.Type == "pre" || e.Type == "code" || e.Type == "date_time" }

// sortEntities puts entities into the server's order: by offset, longer
// ones first, then by kind.
func sortEntities(es []Entity) {
	slices.SortStableFunc(es, func(a, b Entity) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(b.Length, a.Length), cmp.Compare(a.rank(), b.rank()))
	})
}

// arrange makes any entities into ones that lie properly, in the server's
// order. found are those that the server has seen by itself, sorted and
// apart; they go where no given one is.
func arrange(given, found []Entity) []Entity {
	var styles, quotes, solid []Entity
	for _, e := range given {
		switch {
		case e.Length <= 0:
		case e.style():
			styles = append(styles, e)
		case e.quotes():
			quotes = append(quotes, e)
		default:
			solid = append(solid, e)
		}
	}
	quotes = apart(quotes)
	solid = unbroken(apart(solid), quotes)
	solid = slices.Concat(solid, free(unbroken(found, quotes), solid), quotes)
	sortEntities(solid)
	out := slices.Concat(solid, cutStyles(styles, solid))
	sortEntities(out)
	return out
}

// apart keeps of entities that meet the one that begins first, or is longer.
func apart(es []Entity) []Entity {
	sortEntities(es)
	last := 0
	return slices.DeleteFunc(es, func(e Entity) bool {
		if e.Offset < last {
			return true
		}
		last = e.end()
		return false
	})
}

// unbroken drops entities that lie partly in a quote or around it.
func unbroken(es, quotes []Entity) []Entity {
	return reject(es, quotes, func(e, quote Entity) bool { return e.Offset < quote.Offset || e.end() > quote.end() })
}

// free drops entities that meet one of the others.
func free(es, others []Entity) []Entity {
	return reject(es, others, func(Entity, Entity) bool { return true })
}

// reject drops each of es that meets one of the others where bad says so.
// Both lists are sorted and their entities apart.
func reject(es, others []Entity, bad func(e, other Entity) bool) []Entity {
	var out []Entity
	for _, e := range es {
		for len(others) > 0 && others[0].end() <= e.Offset {
			others = others[1:]
		}
		if len(others) == 0 || others[0].Offset >= e.end() || !bad(e, others[0]) {
			out = append(out, e)
		}
	}
	return out
}

// cutStyles joins styles of one kind that touch, and cuts them where another
// style begins and where others begin and end. Code has none.
func cutStyles(styles, others []Entity) []Entity {
	if len(styles) == 0 {
		return nil
	}
	sortEntities(styles)
	styles = joined(styles)
	var cuts []int
	for _, e := range styles {
		cuts = append(cuts, e.Offset)
	}
	for _, e := range others {
		cuts = append(cuts, e.Offset, e.end())
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []Entity
	for _, e := range styles {
		at, _ := slices.BinarySearch(cuts, e.Offset)
		for ; at < len(cuts) && cuts[at] < e.end(); at++ {
			piece := Entity{Type: e.Type, Offset: cuts[at], Length: e.end() - cuts[at]}
			if at+1 < len(cuts) {
				piece.Length = min(piece.Length, cuts[at+1]-cuts[at])
			}
			out = append(out, piece)
		}
	}
	return outsideCode(out, others)
}

// joined is one entity for what styles of one kind cover together.
func joined(styles []Entity) []Entity {
	var out []Entity
	last := map[string]int{} // kind to its latest place in out
	for _, e := range styles {
		if i, ok := last[e.Type]; ok && e.Offset <= out[i].end() {
			out[i].Length = max(out[i].end(), e.end()) - out[i].Offset
			continue
		}
		last[e.Type] = len(out)
		out = append(out, e)
	}
	return out
}

// outsideCode drops what lies in code.
func outsideCode(pieces, others []Entity) []Entity {
	return slices.DeleteFunc(pieces, func(p Entity) bool {
		return slices.ContainsFunc(others, func(o Entity) bool { return o.verbatim() && o.Offset <= p.Offset && p.Offset < o.end() })
	})
}

// limited is what the server keeps of what somebody marked: the first links,
// quotes and codes, then as many styles as fit, and custom emoji apart from them.
func limited(es []Entity) []Entity {
	if len(es) <= min(maxMarks, maxEmojiMarks) {
		return es
	}
	var out, styles []Entity
	marks, emoji := 0, 0
	for _, e := range es {
		switch {
		case e.style():
			styles = append(styles, e)
		case e.Type == "custom_emoji":
			if emoji++; emoji <= maxEmojiMarks {
				out = append(out, e)
			}
		case marks < maxMarks:
			marks++
			out = append(out, e)
		}
	}
	styles = cutStyles(styles, nil)
	sortEntities(styles)
	return append(out, styles[:min(len(styles), maxMarks-marks)]...)
}
