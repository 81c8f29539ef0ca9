package command

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"topicdesk/tenants"
)

// MaxName is the longest name that operators may give, in characters.
const MaxName = 32

// ParseName checks a name that operators give to something of theirs: 1 to 32
// letters of any script, digits, - and _, first a letter, and none of the
// keywords of the command. It comes back as typed; names are the same when
// their FoldName is.
func ParseName(name string, keywords ...string) (string, error) {
	n := utf8.RuneCountInString(norm.NFC.String(name))
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

// FoldName is the form in which names are compared: neither case nor how Unicode writes
// the same letter makes a difference, as in keywords. Folding twice changes nothing more.
//
// Until it knew that, names were only in small letters, and so are keys in older files.
// Names with the same small letters have always the same form.
func FoldName(name string) string {
	fold := tenants.FoldCase(name)
	for strings.Contains(fold, dottedI) {
		fold = norm.NFKC.String(strings.ReplaceAll(fold, dottedI, "i"))
	}
	return fold
}

// dottedI is what folding leaves of the Turkish İ, of which i is the small letter.
const dottedI = "i\u0307"
