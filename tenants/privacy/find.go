package privacy

import (
	"slices"
	"strings"
	"unicode"

	"topicdesk/tenants"
)

const (
	maxGap    = 128 // signs that may stand between two words of a name: names are shorter
	longWhole = 6   // letters from which a whole name is found inside longer words too
)

// pattern is something to be found in a text.
type pattern struct {
	words   [][]tenants.Glyph
	glued   []bool // before word i nothing need stand
	capital bool   // only as it is written, or with a capital at its begin
	reach   reach
	of      who
	rank    int // the smaller wins
}

// who is somebody that a pattern belongs to; zero for links and ids.
type who struct {
	kind byte // OfPerson or OfChat
	id   int64
}

// reach is whether a pattern is found inside longer words too.
type reach int

const (
	alone    reach = iota // as whole words only
	spaced                // inside longer words, if there is a gap in it
	anywhere              // inside longer words
)

// finder finds many patterns in a text, by their first three letters.
type finder struct {
	starts map[start][]*pattern
	known  map[string]bool
	sieve  sieve                  // of starts
	begun  [len(start{}) + 1]bool // how many letters starts have
}

// start is how a pattern begins; 0 where its first word is shorter.
type start [3]rune

// sieve tells cheaply of most letters that no pattern starts with them.
type sieve [1 << 13 / 64]uint64

func (s *sieve) put(t start) { at := t.sieved(); s[at>>6] |= 1 << (at & 63) }

func (s *sieve) has(t start) bool { at := t.sieved(); return s[at>>6]&(1<<(at&63)) != 0 }

// sieved is the place of a start in the sieve; some share theirs.
func (t start) sieved() uint32 {
	const spread = 2654435769 // 2^32 by the golden ratio
	return (uint32(t[0])<<20 ^ uint32(t[1])<<10 ^ uint32(t[2])) * spread >> (32 - 13)
}

func newFinder() *finder {
	return &finder{starts: map[start][]*pattern{}, known: map[string]bool{}}
}

// add takes a pattern; of two for the same thing the first one stays.
func (f *finder) add(p pattern) {
	var id strings.Builder
	for _, word := range p.words {
		id.WriteString(folded(word))
		id.WriteByte(' ')
		if p.capital {
			id.WriteString(seen(word))
		}
	}
	if f.known[id.String()] {
		return
	}
	f.known[id.String()] = true
	p.rank = len(f.known)
	first := startOf(p.words[0], len(start{}))
	f.starts[first] = append(f.starts[first], &p)
	f.sieve.put(first)
	f.begun[min(len(p.words[0]), len(first))] = true
}

// startOf is how glyphs begin, as far as there are so many.
func startOf(glyphs []tenants.Glyph, most int) (t start) {
	for i := range min(most, len(glyphs)) {
		t[i] = glyphs[i].Fold
	}
	return t
}

func seen(glyphs []tenants.Glyph) string {
	runes := make([]rune, len(glyphs))
	for i, g := range glyphs {
		runes[i] = g.Seen
	}
	return string(runes)
}

// hit is a pattern found at glyphs from up to to.
type hit struct {
	from, to int
	pattern  *pattern
}

// find gives the hits from left to right, the longest at each place, none over
// another.
func (f *finder) find(glyphs []tenants.Glyph) []hit {
	var hits []hit
	for i := 0; i < len(glyphs); {
		best := f.at(glyphs, i)
		if best.pattern == nil {
			i++
			continue
		}
		hits = append(hits, best)
		i = best.to
	}
	return hits
}

func (f *finder) at(glyphs []tenants.Glyph, i int) hit {
	var best hit
	try := func(p *pattern) {
		to := p.match(glyphs, i)
		if to > best.to || to == best.to && best.pattern != nil && p.rank < best.pattern.rank {
			best = hit{i, to, p}
		}
	}
	for n := 1; n <= len(start{}) && i+n <= len(glyphs); n++ {
		if !f.begun[n] {
			continue
		}
		if first := startOf(glyphs[i:], n); f.sieve.has(first) {
			for _, p := range f.starts[first] {
				try(p)
			}
		}
	}
	return best
}

// match gives the end of the pattern found at glyph i, else 0.
func (p *pattern) match(glyphs []tenants.Glyph, i int) int {
	end, gaps := i, 0
	for n, word := range p.words {
		if n > 0 {
			gap := gapAt(glyphs[end:])
			if gap == 0 && !p.glued[n] {
				return 0
			}
			end += gap
			gaps += gap
		}
		if !begins(glyphs[end:], word) {
			return 0
		}
		end += len(word)
	}
	loose := p.reach == anywhere || p.reach == spaced && gaps > 0
	if !loose && !(i == 0 || bound(glyphs[i-1], glyphs[i])) {
		return 0
	}
	if !loose && !(end == len(glyphs) || ends(glyphs[end-1], glyphs[end])) {
		return 0
	}
	if p.capital && !p.written(glyphs[i:end]) {
		return 0
	}
	return end
}

// written tells whether one word is written as in the pattern, or begins with a capital.
func (p *pattern) written(glyphs []tenants.Glyph) bool {
	return upper(glyphs[0].Seen) || seen(glyphs) == seen(p.words[0])
}

func upper(r rune) bool { return unicode.IsUpper(r) || unicode.IsTitle(r) }

func begins(glyphs, word []tenants.Glyph) bool {
	if len(glyphs) < len(word) {
		return false
	}
	for i, g := range word {
		if glyphs[i].Fold != g.Fold {
			return false
		}
	}
	return true
}

// gapAt counts the signs before the next letter or digit; too many are no gap.
func gapAt(glyphs []tenants.Glyph) int {
	for n, g := range glyphs[:min(len(glyphs), maxGap+1)] {
		switch {
		case g.Fold == masked:
			return 0
		case classOf(g) != sign:
			return n
		}
	}
	return 0
}

// masked stands in place of a glyph that no pattern may touch.
const masked = 0

func mask(glyphs []tenants.Glyph) {
	for i := range glyphs {
		glyphs[i].Fold, glyphs[i].Seen = masked, masked
	}
}

type class int

const (
	sign class = iota
	letter
	digit
)

func classOf(g tenants.Glyph) class {
	switch {
	case '0' <= g.Fold && g.Fold <= '9':
		return digit
	case unicode.IsLetter(g.Fold) || unicode.IsMark(g.Fold):
		return letter
	default:
		return sign
	}
}

// bound tells whether a word may begin between two glyphs: not between two
// letters or two digits, except in scripts that don't put spaces between words.
func bound(left, right tenants.Glyph) bool {
	kind := classOf(left)
	return kind == sign || kind != classOf(right) || kind == letter && (unspaced(left.Seen) || unspaced(right.Seen))
}

// ends tells whether a word may end between two glyphs. Korean hangs endings on
// names; the last consonant of a syllable is none.
func ends(left, right tenants.Glyph) bool {
	if unicode.Is(unicode.Hangul, left.Seen) {
		return right.Seen < 0x11A8 || right.Seen > 0x11FF
	}
	return bound(left, right)
}

func unspaced(r rune) bool {
	return r >= 0x0E00 && (r == 'ー' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan))
}

// wordsOf are the runs of letters and of digits in a name; glued tells for each
// whether it follows on the one before without a sign.
func wordsOf(name string) (words [][]tenants.Glyph, glued []bool) {
	glyphs := tenants.Look(name)
	last := sign
	for from := 0; from < len(glyphs); {
		kind := classOf(glyphs[from])
		to := from + 1
		for to < len(glyphs) && classOf(glyphs[to]) == kind {
			to++
		}
		if kind != sign {
			words = append(words, slices.Clip(glyphs[from:to]))
			glued = append(glued, last != sign)
		}
		last, from = kind, to
	}
	return words, glued
}

// lettersOf counts the letters of a word as they were written.
func lettersOf(word []tenants.Glyph) int {
	n, at := 0, -1
	for _, g := range word {
		if g.From != at {
			n++
		}
		at = g.From
	}
	return n
}
