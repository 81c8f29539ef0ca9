package privacy

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"topicdesk/tenants"
)

// Removed stands in place of a link or an id.
const Removed = "[hidden]"

// Links are looked for in a shadow of the text: one byte for each glyph, ASCII
// as it is, foreign for other letters, odd for other signs.
const (
	foreign = '\x02'
	odd     = '\x01'
)

// The first group of each is the link. What is before it must not belong to it.
var links = []*regexp.Regexp{
	// Telegram's own: path or subdomain names somebody.
	regexp.MustCompile(`(?:^|[^a-z0-9_.\x02-])((?:[a-z][a-z0-9+.-]*://)?(?:[a-z0-9_\x02-]+\.)*` +
		`(?:t\.me|telegram\.(?:me|dog)|telesco\.pe|web\.telegram\.org)(?::[0-9]+)?[/?#][^ \x01]+)`),
	regexp.MustCompile(`(?:^|[^a-z0-9_.\x02-])((?:[a-z][a-z0-9+.-]*://)?(?:[a-z0-9_\x02-]+\.)+t\.me)(?:$|[^a-z0-9_\x02-])`),
	regexp.MustCompile(`(?:^|[^a-z0-9_\x02])(tg:(?://)?[a-z][^ \x01]*)`),
	regexp.MustCompile(`([a-z0-9\x02._%+-]+@[a-z0-9\x02-]+(?:\.[a-z0-9\x02-]+)*\.[a-z\x02]{2,})`),
	// A sign before @ that makes it a part of another link's path is a /.
	regexp.MustCompile(`(?:^|[^/])(@[a-z\x02][a-z0-9_\x02]+)`),
}

// quoted are links that may carry letters as %D0%98.
var quoted = regexp.MustCompile(`(?:[a-z][a-z0-9+.-]*://)[^ ]*%[^ ]*`)

// mention is a username as Telegram marks it.
var mention = regexp.MustCompile(`@[A-Za-z][A-Za-z0-9_]{3,31}`)

// shadow is one byte for each glyph.
func shadow(glyphs []tenants.Glyph) []byte {
	bytes := make([]byte, len(glyphs))
	for i, g := range glyphs {
		switch {
		case g.Fold == masked || g.Fold == '\n' || g.Fold == '\t':
			bytes[i] = ' '
		case g.Fold >= ' ' && g.Fold < utf8.RuneSelf:
			bytes[i] = byte(g.Fold)
		case classOf(g) == letter:
			bytes[i] = foreign
		default:
			bytes[i] = odd
		}
	}
	return bytes
}

// findLinks gives pairs of glyphs: from, to.
func findLinks(glyphs []tenants.Glyph) [][2]int {
	text := shadow(glyphs)
	var found [][2]int
	for _, link := range links {
		for _, at := range link.FindAllSubmatchIndex(text, -1) {
			to := at[3]
			for to > at[2]+1 && strings.IndexByte(".,;:!?)'\"]}", text[to-1]) >= 0 {
				to--
			}
			found = append(found, [2]int{at[2], to})
		}
	}
	return found
}

// findQuoted gives the links of which the plain form would be hidden.
func findQuoted(s string, glyphs []tenants.Glyph, tells func(string) bool) [][2]int {
	var found [][2]int
	for _, at := range quoted.FindAllIndex(shadow(glyphs), -1) {
		source := s[glyphs[at[0]].From:glyphs[at[1]-1].To]
		if plain := unquote(source); plain != source && tells(plain) {
			found = append(found, [2]int{at[0], at[1]})
		}
	}
	return found
}

// unquote turns %D0%98 into letters; what is no such code stays.
func unquote(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			high, low := hex(s[i+1]), hex(s[i+2])
			if high >= 0 && low >= 0 {
				b.WriteByte(byte(high<<4 | low))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func hex(c byte) int { return strings.IndexByte("0123456789abcdef", c|0x20) }

// maskMentions takes @mentions out of what patterns may touch.
func maskMentions(s string, glyphs []tenants.Glyph) {
	i := 0
	for _, at := range mention.FindAllStringIndex(s, -1) {
		if at[0] > 0 && strings.IndexByte(inAddress, s[at[0]-1]) >= 0 {
			continue // of an e-mail
		}
		for ; i < len(glyphs) && glyphs[i].From < at[1]; i++ {
			if glyphs[i].From >= at[0] {
				mask(glyphs[i : i+1])
			}
		}
	}
}

const inAddress = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.+-"

// maskRemoved takes out what has been replaced already.
func maskRemoved(glyphs []tenants.Glyph) {
	for i := 0; i+len(Removed) <= len(glyphs); i++ {
		if glyphs[i].Seen == '[' && seen(glyphs[i:i+len(Removed)]) == Removed {
			mask(glyphs[i : i+len(Removed)])
		}
	}
}
