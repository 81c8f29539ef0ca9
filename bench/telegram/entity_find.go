package telegram

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What the server finds in texts by itself (TDLib source). It looks into no
// code, link or mention that is marked, nor across the border of a quote.

// span is a part of a text, in bytes.
type span struct {
	from, to int
	kind     string
}

// found are the parts of a text that the server marks by itself, in order.
// Of two that meet the earlier one counts, then the longer.
func found(text string) []Entity {
	spans := slices.Concat(mentions(text), commands(text), hashtags(text), cashtags(text), bankCards(text),
		appLinks(text), webLinks(text), phones(text))
	if len(spans) == 0 {
		return nil
	}
	slices.SortStableFunc(spans, func(a, b span) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return b.to - a.to
	})
	var out []Entity
	done, units := 0, 0 // bytes that are behind, and their UTF-16 units
	for _, s := range spans {
		if s.from < done {
			continue
		}
		units += utf16Len(text[done:s.from])
		e := Entity{Type: s.kind, Offset: units, Length: utf16Len(text[s.from:s.to])}
		out = append(out, e)
		done, units = s.to, e.end()
	}
	return out
}

// runeAfter is the character that begins at byte i, 0 behind the end.
func runeAfter(s string, i int) rune {
	if i >= len(s) {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return r
}

// runeBefore is the character that ends at byte i, 0 at the beginning.
func runeBefore(s string, i int) rune {
	if i == 0 {
		return 0
	}
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return r
}

// wordRune is a letter or number of any script, or _.
func wordRune(r rune) bool { return r == '_' || unicode.In(r, unicode.L, unicode.N) }

// nameRune is what usernames and commands are made of.
func nameRune(r rune) bool { return asciiAlnum(r) || r == '_' }

func asciiAlnum(r rune) bool { return asciiDigit(r) || asciiLetter(r) }

func asciiDigit(r rune) bool { return r >= '0' && r <= '9' }

func asciiLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// tagRune is what hashtags are made of: letters, digits, _, the zero width
// non-joiner, the middle dot and all of Sinhala.
func tagRune(r rune) bool {
	return r == '_' || r == 0x200c || r == 0xb7 || r >= 0xd80 && r <= 0xdff || unicode.In(r, unicode.L, unicode.Nd)
}

// ahead is the end of the run of such characters that begins at i.
func ahead(s string, i int, ok func(rune) bool) int {
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !ok(r) {
			break
		}
		i += n
	}
	return i
}

// back is the beginning of the run of such characters that ends at i, not
// before first.
func back(s string, first, i int, ok func(rune) bool) int {
	for i > first {
		r, n := utf8.DecodeLastRuneInString(s[:i])
		if !ok(r) {
			break
		}
		i -= n
	}
	return i
}

// each calls see with the places of a character.
func each(text string, c byte, see func(at int)) {
	for at := 0; ; at++ {
		next := strings.IndexByte(text[at:], c)
		if next < 0 {
			return
		}
		at += next
		see(at)
	}
}

// shortNames are the usernames of less than four letters.
var shortNames = []string{"gif", "nft", "pic", "ufc", "vid"}

// mentions finds @names of 4 to 32 characters, and the few short ones.
func mentions(text string) (out []span) {
	each(text, '@', func(at int) {
		end := ahead(text, at+1, nameRune)
		name := text[at+1 : end]
		if wordRune(runeBefore(text, at)) || wordRune(runeAfter(text, end)) || len(name) > 32 ||
			len(name) < 4 && !slices.Contains(shortNames, lower(name)) {
			return
		}
		out = append(out, span{at, end, "mention"})
	})
	return out
}

// commands finds /commands of 1 to 64 characters, with the name of a bot or
// without. A name that can't be one makes it no command.
func commands(text string) (out []span) {
	stops := func(r rune) bool { return wordRune(r) || r == '/' || r == '<' || r == '>' }
	each(text, '/', func(at int) {
		end := ahead(text, at+1, nameRune)
		size := end - at - 1
		named := runeAfter(text, end) == '@'
		if named {
			name := end + 1
			end = ahead(text, name, nameRune)
			named = end-name < 3 || end-name > 32
		}
		if size >= 1 && size <= 64 && !named && !stops(runeBefore(text, at)) && !stops(runeAfter(text, end)) {
			out = append(out, span{at, end, "bot_command"})
		}
	})
	return out
}

const maxHashtag = 256 // characters behind #; what follows doesn't belong to it

// hashtags finds #tags with a letter in them, with @name of a chat or without.
func hashtags(text string) (out []span) {
	each(text, '#', func(at int) {
		if tagRune(runeBefore(text, at)) {
			return
		}
		letter, size, end, run := false, 0, at+1, at+1
		for run < len(text) {
			r, n := utf8.DecodeRuneInString(text[run:])
			if !tagRune(r) {
				break
			}
			run += n
			if size++; size <= maxHashtag {
				letter, end = letter || unicode.IsLetter(r), run
			}
		}
		if end == run && size > 0 && runeAfter(text, end) == '@' {
			if name := ahead(text, end+1, nameRune) - end - 1; name >= 3 {
				end += 1 + min(name, 32)
				run = end
			}
		}
		if letter && runeAfter(text, run) != '#' {
			out = append(out, span{at, end, "hashtag"})
		}
	})
	return out
}

// cashtags finds $TAGS of 1 to 8 capitals, or $1INCH, with @name or without.
func cashtags(text string) (out []span) {
	stops := func(r rune) bool { return tagRune(r) || r == '$' }
	each(text, '$', func(at int) {
		end := at + 1
		if strings.HasPrefix(text[end:], "1INCH") {
			end += len("1INCH")
		} else {
			end = ahead(text, end, func(r rune) bool { return r >= 'A' && r <= 'Z' })
		}
		size := end - at - 1
		if runeAfter(text, end) == '@' {
			if name := ahead(text, end+1, nameRune); name-end-1 >= 3 && name-end-1 <= 32 {
				end = name
			}
		}
		if size >= 1 && size <= 8 && !stops(runeBefore(text, at)) && !stops(runeAfter(text, end)) {
			out = append(out, span{at, end, "cashtag"})
		}
	})
	return out
}

// Digits of phone numbers.
const (
	minPhone = 7
	maxPhone = 15
)

// phones finds only what surely is a phone number, + in front: TDLib leaves
// them to Telegram's servers, and nobody has described their rules.
func phones(text string) (out []span) {
	each(text, '+', func(at int) {
		end, digits := at+1, 0
		for i := end; i < len(text) && i <= end+2 && strings.IndexByte(" ()-0123456789", text[i]) >= 0; i++ {
			if asciiDigit(rune(text[i])) {
				digits++
				end = i + 1
			}
		}
		if digits >= minPhone && digits <= maxPhone && !wordRune(runeBefore(text, at)) && !wordRune(runeAfter(text, end)) {
			out = append(out, span{at, end, "phone_number"})
		}
	})
	return out
}
