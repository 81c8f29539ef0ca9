package tenants

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// whole are the entities that lose their sense in two pieces.
var whole = []string{
	"bank_card", "bot_command", "cashtag", "code", "custom_emoji", "date_time", "email", "hashtag",
	"mention", "phone_number", "pre", "text_link", "text_mention", "url",
}

// place is how good it is to end a piece somewhere; bigger is better.
type place int

const (
	noPlace     place = iota // inside a character
	anyPlace                 // between two characters
	spacePlace               // after a space
	phrasePlace              // after a sentence
	linePlace                // after a line
	breakPlace               // after a paragraph
)

// Split cuts the text into pieces of at most limit UTF-16 units, which must be
// 2 or more. Laid together they are the text again: white space stays at the
// end of its piece, entities that cross a cut are in both pieces.
//
// A piece ends, if its second half has such a place, after a paragraph, a line,
// a sentence or a space; else between two characters. Codes, links and their
// like stay whole as long as one fits into a piece.
func (t Text) Split(limit int) []Text {
	if limit < 2 {
		panic("tenants: a piece of text needs room for 2 units")
	}
	var pieces []Text
	first, start := 0, 0 // where the rest begins, in bytes and in units
	for left := t.Len(); left > limit; {
		size, length := t.cut(first, start, limit)
		pieces = append(pieces, t.part(first, first+size, start))
		first, start, left = first+size, start+length, left-length
	}
	return append(pieces, t.part(first, len(t.Text), start))
}

// cut finds the best end for a piece that begins at byte first, unit start, and
// gives the piece's size in bytes and in units; never 0.
func (t Text) cut(first, start, limit int) (size, length int) {
	type end struct{ size, length int }
	var good, torn [breakPlace + 1]end // the last of each kind of place; torn: inside of what should stay whole
	rest := t.Text[first:]
	unit := 0
	for i, r := range rest {
		if unit > limit {
			break
		}
		if i > 0 {
			p := placeAt(rest, i)
			if t.tears(start+unit, limit) {
				torn[p] = end{i, unit}
			} else {
				good[p] = end{i, unit}
			}
		}
		unit += units(r)
	}
	for p := breakPlace; p >= spacePlace; p-- {
		if good[p].length > limit/2 {
			return good[p].size, good[p].length
		}
	}
	for _, ends := range [][]end{good[anyPlace:], torn[anyPlace:], good[:anyPlace], torn[:anyPlace]} {
		last := slices.MaxFunc(ends, func(a, b end) int { return a.length - b.length })
		if last.length > 0 {
			return last.size, last.length
		}
	}
	panic("tenants: no place to cut") // limit has room for one rune
}

// tears tells whether a cut at unit tears an entity that would fit into a piece.
func (t Text) tears(unit, limit int) bool {
	return slices.ContainsFunc(t.Entities, func(e Entity) bool {
		return e.Offset < unit && unit < e.Offset+e.Length && e.Length <= limit && slices.Contains(whole, e.Kind)
	})
}

// placeAt tells what a cut before byte i of s would be.
func placeAt(s string, i int) place {
	if joined(s, i) {
		return noPlace
	}
	last, size := utf8.DecodeLastRuneInString(s[:i])
	next, _ := utf8.DecodeRuneInString(s[i:])
	before, _ := utf8.DecodeLastRuneInString(s[:i-size])
	switch {
	case unicode.IsSpace(next):
		return anyPlace // the space belongs to what is before it
	case last == '\n' && before == '\n':
		return breakPlace
	case last == '\n':
		return linePlace
	case last == '。' || last == '！' || last == '？':
		return phrasePlace
	case !unicode.IsSpace(last):
		return anyPlace
	case before == '.' || before == '!' || before == '?' || before == '…':
		return phrasePlace
	default:
		return spacePlace
	}
}

// joined tells whether the runes on both sides of byte i of s are one character
// for a reader: an accent, an emoji of several parts, a flag, a Hangul
// syllable. It is the part of Unicode's rules for graphemes (UAX 29) that
// chats meet.
func joined(s string, i int) bool {
	last, _ := utf8.DecodeLastRuneInString(s[:i])
	next, _ := utf8.DecodeRuneInString(s[i:])
	switch {
	case last == '\r' && next == '\n':
		return true
	case unicode.IsControl(last) || unicode.IsControl(next):
		return false
	case next == joiner || unicode.Is(unicode.M, next) || modifier(next):
		return true
	case last == joiner:
		return unicode.Is(unicode.So, next)
	case flag(next):
		return flagsBefore(s[:i])%2 == 1
	case hangulL(last):
		return hangulL(next) || hangulV(next) || syllable(next)
	case hangulV(last) || syllable(last):
		return hangulV(next) || hangulT(next)
	case hangulT(last):
		return hangulT(next)
	default:
		return false
	}
}

const joiner = '\u200d' // zero width joiner

// modifier tells colours of skin and the letters of flags written with tags.
func modifier(r rune) bool {
	return r >= 0x1F3FB && r <= 0x1F3FF || r >= 0xE0020 && r <= 0xE007F
}

func flag(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }

func flagsBefore(s string) int {
	n := 0
	for r, size := utf8.DecodeLastRuneInString(s); flag(r); r, size = utf8.DecodeLastRuneInString(s) {
		s = s[:len(s)-size]
		n++
	}
	return n
}

func hangulL(r rune) bool  { return r >= 0x1100 && r <= 0x115F }
func hangulV(r rune) bool  { return r >= 0x1160 && r <= 0x11A7 }
func hangulT(r rune) bool  { return r >= 0x11A8 && r <= 0x11FF }
func syllable(r rune) bool { return r >= 0xAC00 && r <= 0xD7A3 }
