package command

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxName is the longest name that operators may give, in characters.
const MaxName = 32

// ParseName checks a name that operators give to something of theirs: 1 to 32
// letters of any script, digits, - and _, first a letter, and none of the
// keywords of the command. It comes back as typed; names are the same when
// their FoldName is.
func ParseName(name string, keywords ...string) (string, error) {
	n := utf8.RuneCountInString(name)
	switch {
	case n == 0:
		return "", fmt.Errorf("a name is missing")
	case n > MaxName:
		return "", fmt.Errorf("the name has %d characters, at most %d are allowed", n, MaxName)
	case !beginsWithLetter(name):
		return "", fmt.Errorf("the name %q must begin with a letter, for example order-2", name)
	case strings.ContainsFunc(name, func(r rune) bool { return !inName(r) }):
		return "", fmt.Errorf("the name %q may have only letters, digits, - and _, for example order-2", name)
	case slices.Contains(keywords, FoldName(name)):
		return "", fmt.Errorf("%q is a word of this command and can't be a name", name)
	default:
		return name, nil
	}
}

// inName: many scripts write vowels as marks on their letters.
func inName(r rune) bool {
	return r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// FoldName is the form in which names are compared and stored as keys.
func FoldName(name string) string { return strings.ToLower(name) }
