package tenants

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Glyph is one character of a text as a reader takes it in.
type Glyph struct {
	// Fold is for comparing: without case, accents and look-alikes.
	Fold rune
	// Seen is the same before folding: case and alphabet are as written.
	Seen rune
	// From and To are the bytes of the source that it was made of.
	From, To int
}

// Look reads a text as somebody who compares names does: what cannot be seen is
// left out, what looks alike is alike. It folds case, Unicode's compatibility
// forms (fullwidth and mathematical letters, ligatures), accents (é = e, ё = е,
// composed or not), digits of all scripts and Latin/Cyrillic look-alikes.
// Glyphs are in the order of the source. A rune may give several glyphs, or
// none.
func Look(s string) []Glyph {
	glyphs := make([]Glyph, 0, len(s))
	var buf [64]byte
	for from, to := 0, 0; from < len(s); from = to {
		r, size := utf8.DecodeRuneInString(s[from:])
		to = from + size
		switch {
		case Invisible(r):
		case r < utf8.RuneSelf:
			glyphs = append(glyphs, Glyph{fold(r), r, from, to})
		default:
			for _, part := range string(norm.NFKD.AppendString(buf[:0], s[from:to])) {
				glyphs = appendGlyph(glyphs, part, from, to)
			}
		}
	}
	return glyphs
}

func appendGlyph(glyphs []Glyph, r rune, from, to int) []Glyph {
	switch {
	case accent(r) || Invisible(r):
		return glyphs
	case r == 'ß' || r == 'ẞ':
		return append(glyphs, Glyph{'s', r, from, to}, Glyph{'s', r, from, to})
	case r != '\n' && unicode.IsSpace(r):
		r = ' '
	}
	return append(glyphs, Glyph{fold(r), r, from, to})
}

// fold is the form of one decomposed rune for comparing.
func fold(r rune) rune {
	if r < 0x80 {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	if unicode.Is(unicode.Nd, r) {
		return '0' + digit(r)
	}
	return LookAlike(unicode.ToLower(unicode.ToUpper(r)))
}

// digit is the value of a decimal digit: Unicode lays them out in tens, 0 to 9.
func digit(r rune) rune {
	for _, tens := range unicode.Nd.R16 {
		if r >= rune(tens.Lo) && r <= rune(tens.Hi) {
			return (r - rune(tens.Lo)) % 10
		}
	}
	for _, tens := range unicode.Nd.R32 {
		if r >= rune(tens.Lo) && r <= rune(tens.Hi) {
			return (r - rune(tens.Lo)) % 10
		}
	}
	panic("tenants: not a digit")
}

// LookAlike gives the Latin small letter for a Cyrillic or Greek one that looks
// the same, small or as a capital, for one drawn otherwise, and for ё that of е; all
// others as they are.
// It works on small letters: fold case first.
func LookAlike(r rune) rune {
	if latin, ok := alike[r]; ok {
		return latin
	}
	switch { // white letters in black circles and squares
	case r >= 0x1F150 && r <= 0x1F169:
		return 'a' + r - 0x1F150
	case r >= 0x1F170 && r <= 0x1F189:
		return 'a' + r - 0x1F170
	}
	return r
}

// Overlay tells the marks that are drawn through or around a letter, as those who strike
// it out write them: no language spells with them.
func Overlay(r rune) bool {
	if r < 0x300 || !unicode.Is(unicode.M, r) {
		return false
	}
	const through = 1 // Unicode Standard, 4.3: overlays
	return unicode.Is(unicode.Me, r) || norm.NFKD.PropertiesString(string(r)).CCC() == through
}

var alike = map[rune]rune{
	'а': 'a', 'в': 'b', 'е': 'e', 'і': 'i', 'ј': 'j', 'к': 'k', 'м': 'm', 'н': 'h', 'о': 'o', 'р': 'p',
	'с': 'c', 'ѕ': 's', 'т': 't', 'у': 'y', 'х': 'x', 'һ': 'h', 'ԁ': 'd', 'ԍ': 'g', 'ԛ': 'q', 'ԝ': 'w',
	'ѵ': 'v', 'ӏ': 'l', 'ё': 'e',

	'α': 'a', 'β': 'b', 'ε': 'e', 'ζ': 'z', 'η': 'h', 'ι': 'i', 'κ': 'k', 'μ': 'm', 'ν': 'n', 'ο': 'o',
	'ρ': 'p', 'τ': 't', 'υ': 'y', 'χ': 'x',

	// Small capitals, and what fonts draw as the plain letter.
	'ᴀ': 'a', 'ʙ': 'b', 'ᴄ': 'c', 'ᴅ': 'd', 'ᴇ': 'e', 'ꜰ': 'f', 'ɢ': 'g', 'ʜ': 'h', 'ɪ': 'i', 'ᴊ': 'j', 'ᴋ': 'k', 'ʟ': 'l',
	'ᴍ': 'm', 'ɴ': 'n', 'ᴏ': 'o', 'ᴘ': 'p', 'ʀ': 'r', 'ꜱ': 's', 'ᴛ': 't', 'ᴜ': 'u', 'ᴠ': 'v', 'ᴡ': 'w', 'ʏ': 'y', 'ᴢ': 'z',
	'ɑ': 'a', 'ɡ': 'g',

	'ı': 'i', // Turkish, beside İ, which loses its dot as an accent
}

// Invisible tells the characters that leave nothing on the screen, apart from
// white space: format and control characters, selectors, fillers.
func Invisible(r rune) bool {
	switch {
	case r < 0x80:
		return r < ' ' && (r < '\t' || r > '\r') || r == 0x7F
	case r == 0x2800: // an empty Braille cell
		return true
	default:
		return unicode.IsOneOf(unseen, r) && !unicode.IsSpace(r)
	}
}

var unseen = []*unicode.RangeTable{
	unicode.Cc, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point,
}

// accent tells the combining marks that change a letter's look and not which
// letter it is: those above, below and through it, and the points of Hebrew
// and Arabic. Marks of Indic scripts, kana and Thai are letters for a reader.
func accent(r rune) bool {
	if r < 0x300 || !unicode.Is(unicode.M, r) {
		return false
	}
	if unicode.Is(unicode.Me, r) {
		return true
	}
	class := norm.NFKD.PropertiesString(string(r)).CCC()
	return class == 1 || class >= 10 && class <= 36 || class >= 200
}
