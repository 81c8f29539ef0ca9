package tenants

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// signs have a meaning in titles and author lines, so nobody may carry them in
// a name: squares, unreachable, listening, team, channel, internal, waiting.
const signs = "🟪🟨⬛🚫👁↩📢🙊👀"

// Clean makes a name fit for an author line or a title: one line, single
// spaces, nothing that turns the direction of writing, none of the relay's own
// signs, at most MaxAuthorName characters (code points, as Telegram counts
// names). It is "" if nothing can be seen of the name.
func Clean(name string) string {
	var b strings.Builder
	space := false // between what is written and what follows
	for _, r := range name {
		switch {
		case unicode.IsSpace(r):
			space = true
		case unicode.IsControl(r) || turns(r) || strings.ContainsRune(signs, r) || r == utf8.RuneError:
		default:
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		}
	}
	clean := strings.TrimSpace(head(b.String(), MaxAuthorName))
	if strings.IndexFunc(clean, visible) < 0 {
		return ""
	}
	return clean
}

// turns tells the characters that change the direction of writing
// (Unicode's Bidi_Control).
func turns(r rune) bool { return unicode.Is(unicode.Bidi_Control, r) }

func visible(r rune) bool { return !unicode.IsSpace(r) && !Invisible(r) && !unicode.Is(unicode.M, r) }

// head is the begin of s with at most limit code points, not ending inside what
// a reader takes for one character.
func head(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	n, end := 0, 0
	for i := range s {
		if n > limit {
			break
		}
		if i > 0 && !joined(s, i) {
			end = i
		}
		n++
	}
	return s[:end]
}

const more = "…"

// TrimTitle joins the three parts of a topic's title. If they have more than
// limit code points together (Telegram's own count), the name is cut and ends
// with …; if that does not do, the suffix is cut, and last the prefix.
func TrimTitle(prefix, name, suffix string, limit int) string {
	room := limit - utf8.RuneCountInString(prefix) - utf8.RuneCountInString(suffix)
	switch {
	case utf8.RuneCountInString(name) <= room:
		return prefix + name + suffix
	case room > 1:
		return prefix + strings.TrimSpace(head(name, room-1)) + more + suffix
	default:
		return head(prefix+head(suffix, max(limit-utf8.RuneCountInString(prefix), 0)), limit)
	}
}
