package privacy

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"
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

// link is an expression over the shadow, the ASCII signs before which it is
// something else, and of what one must be there for it.
type link struct {
	form   *regexp.Regexp
	behind string
	one    []string
}

const (
	wordSigns = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"
	hostSigns = wordSigns + ".-"
	mailSigns = hostSigns + "+"
)

var links = []link{
	// Telegram's own: path or subdomain names somebody.
	{regexp.MustCompile(`(?:[a-z][a-z0-9+.-]*://)?(?:[a-z0-9_\x02-]+\.)*` +
		`(?:t\.me|telegram\.(?:me|dog)|telesco\.pe|web\.telegram\.org)(?::[0-9]+)?[/?#][^ \x01]+`), hostSigns,
		[]string{"t.me", "telegram.", "telesco.pe"}},
	{regexp.MustCompile(`(?:[a-z][a-z0-9+.-]*://)?(?:[a-z0-9_\x02-]+\.)+t\.me\b`), hostSigns, []string{".t.me"}},
	{regexp.MustCompile(`tg://[^ \x01]+`), "", []string{"tg:"}},
	{regexp.MustCompile(`tg:[a-z][^ \x01]*`), wordSigns, []string{"tg:"}},
	{regexp.MustCompile(`[a-z0-9\x02._%+-]+@[a-z0-9\x02-]+(?:\.[a-z0-9\x02-]+)*\.[a-z\x02]{2,}`), "", []string{"@"}},
	// After a / it is a part of another link's path.
	{regexp.MustCompile(`@[a-z\x02][a-z0-9_\x02]+`), "/", []string{"@"}},
}

// may tells cheaply of most texts that they hold no such link.
func (l *link) may(text []byte) bool {
	return slices.ContainsFunc(l.one, func(piece string) bool { return bytes.Contains(text, []byte(piece)) })
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
		case g.Fold >= ' ' && g.Fold < utf8.RuneSelf && (g.Seen < utf8.RuneSelf || classOf(g) == letter):
			bytes[i] = byte(g.Fold)
		case classOf(g) != sign:
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
	for _, l := range links {
		if !l.may(text) {
			continue
		}
		for done := 0; ; {
			at := l.form.FindIndex(text[done:])
			if at == nil {
				break
			}
			from, to := done+at[0], done+at[1]
			if from > 0 && follows(glyphs[from-1], glyphs[from], l.behind) {
				done = from + 1
				continue
			}
			done = to
			for to > from+1 && among(".,;:!?)'\"]}", rune(text[to-1])) {
				to--
			}
			found = append(found, [2]int{from, to})
		}
	}
	return found
}

// follows tells whether a glyph comes right after one of some ASCII signs.
func follows(before, glyph tenants.Glyph, signs string) bool {
	return before.To == glyph.From && before.To == before.From+1 && among(signs, before.Seen)
}

func among(signs string, r rune) bool {
	return r != masked && r < utf8.RuneSelf && strings.IndexByte(signs, byte(r)) >= 0
}

// findQuoted gives the links of which the plain form would be hidden.
func findQuoted(s string, glyphs []tenants.Glyph, tells func(string) bool) [][2]int {
	var found [][2]int
	if !strings.Contains(s, "%") {
		return nil
	}
	for _, at := range quoted.FindAllIndex(shadow(glyphs), -1) {
		source := s[glyphs[at[0]].From:glyphs[at[1]-1].To]
		if plain := unquote(source); plain != source && tells(plain) {
			found = append(found, [2]int{at[0], at[1]})
		}
	}
	return found
}

// unquote turns %D0%98 into letters, however often it was quoted; what is no
// such code stays.
func unquote(s string) string {
	for {
		plain := unquoteOnce(s)
		if len(plain) == len(s) {
			return s
		}
		s = plain
	}
}

func unquoteOnce(s string) string {
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
		before, _ := utf8.DecodeLastRuneInString(s[:at[0]])
		if at[0] > 0 && among(mailSigns, before) {
			continue // of an e-mail
		}
		if after, _ := utf8.DecodeRuneInString(s[at[1]:]); unicode.Is(unicode.M, after) {
			at[1]-- // the last letter belongs to the accent
		}
		for ; i < len(glyphs) && glyphs[i].From < at[1]; i++ {
			if glyphs[i].From >= at[0] {
				mask(glyphs[i : i+1])
			}
		}
	}
}

// maskRemoved takes out what has been replaced already.
func maskRemoved(glyphs []tenants.Glyph) {
	for i := 0; i+len(Removed) <= len(glyphs); i++ {
		if glyphs[i].Seen == '[' && seen(glyphs[i:i+len(Removed)]) == Removed {
			mask(glyphs[i : i+len(Removed)])
		}
	}
}
