package keyword

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"topicdesk/tenants"
)

// border stands between the fields of a haystack. It is folded to itself, and
// no word holds it.
const border = '\x1e'

// Fold is the form in which words and haystacks are compared. Folding twice
// changes nothing more.
func Fold(s string) string {
	s = tenants.FoldCase(strings.Map(seen, s))
	return spaced(norm.NFKC.String(strings.Map(plain, s)))
}

func plain(r rune) rune {
	if tenants.Overlay(r) {
		return -1
	}
	return tenants.LookAlike(r)
}

func seen(r rune) rune {
	if r != border && tenants.Invisible(r) {
		return -1
	}
	return r
}

// spaced makes one space of each run of white space.
func spaced(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	after := false
	for _, r := range s {
		if unicode.IsSpace(r) {
			if !after {
				b.WriteByte(' ')
			}
			after = true
			continue
		}
		after = false
		b.WriteRune(r)
	}
	return b.String()
}
