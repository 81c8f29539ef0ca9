package tenants

import (
	"fmt"
	"strings"
)

// quotes are the signs that open words in a list, with those that close them.
// Telegram's apps turn straight quotes into typographic ones as one types.
var quotes = map[rune]string{
	'"': `"`, '“': `”"`, '„': `“”"`, '«': `»`,
}

// parseQuoted reads a list of words in double quotes with commas between them.
// Inside straight quotes \" and \\ stand for themselves.
func parseQuoted(list string) ([]string, error) {
	var words []string
	rest := strings.TrimSpace(list)
	for {
		word, after, err := quotedWord(rest)
		if err != nil {
			return nil, err
		}
		words = append(words, word)
		after = strings.TrimSpace(after)
		if after == "" {
			return words, nil
		}
		next, found := strings.CutPrefix(after, ",")
		if !found {
			return nil, fmt.Errorf("there is no comma after %s", formatQuoted([]string{word}))
		}
		if rest = strings.TrimSpace(next); rest == "" {
			return words, nil
		}
	}
}

// quotedWord reads one quoted word at the beginning of rest.
func quotedWord(rest string) (word, after string, err error) {
	var closers string
	var out strings.Builder
	escaped := false
	for at, r := range rest {
		switch {
		case at == 0:
			if closers = quotes[r]; closers == "" {
				return "", "", fmt.Errorf("words are written in double quotes")
			}
		case escaped:
			out.WriteRune(r)
			escaped = false
		case r == '\\' && rest[0] == '"':
			escaped = true
		case strings.ContainsRune(closers, r):
			word = strings.TrimSpace(out.String())
			if word == "" {
				return "", "", fmt.Errorf("there is nothing between the quotes")
			}
			return word, rest[at+len(string(r)):], nil
		default:
			out.WriteRune(r)
		}
	}
	if rest == "" {
		return "", "", fmt.Errorf("a word is missing")
	}
	return "", "", fmt.Errorf("a closing quote is missing")
}

var quoteEscaper = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// formatQuoted writes a list so that parseQuoted gives it back.
func formatQuoted(words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = `"` + quoteEscaper.Replace(word) + `"`
	}
	return strings.Join(quoted, ", ")
}
