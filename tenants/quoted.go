package tenants

import (
	"strings"
	"unicode/utf8"

	"topicdesk/tenants/say"
)

// quotes are the signs that open words in a list, with those that close them.
// Telegram's apps turn straight quotes into typographic ones as one types.
var quotes = map[rune]string{
	'"': `"`, '“': `”"`, '”': `”"`, '„': `“”"`, '«': `»`,
}

// ClosingQuotes are the signs that close a word which this one opens; "" = it opens none.
func ClosingQuotes(open rune) string { return quotes[open] }

// parseQuoted reads a list of words in double quotes with commas between them.
// Inside straight quotes \" and \\ stand for themselves.
func parseQuoted(list string) ([]string, error) {
	var words []string
	list = strings.TrimSpace(list)
	rest := list
	fault := func(problem say.Line) error {
		at := 1 + utf8.RuneCountInString(list[:len(list)-len(rest)])
		return say.KeywordAt.With(say.Values{"at": at, "problem": problem})
	}
	for {
		word, after, problem := quotedWord(rest)
		if problem.Key != "" {
			return nil, fault(problem)
		}
		words = append(words, word)
		after = strings.TrimSpace(after)
		if after == "" {
			return words, nil
		}
		next, found := strings.CutPrefix(after, ",")
		if !found {
			rest = after
			return nil, fault(say.QuotesNoComma.With(say.Values{"word": formatQuoted([]string{shorten(word)})}))
		}
		if rest = strings.TrimSpace(next); rest == "" {
			return words, nil
		}
	}
}

// quotedWord reads one quoted word at the beginning of rest. problem is zero if there is
// none.
func quotedWord(rest string) (word, after string, problem say.Line) {
	var closers string
	var out strings.Builder
	escaped := false
	for at, r := range rest {
		switch {
		case at == 0:
			if closers = quotes[r]; closers == "" {
				return "", "", say.QuotesNeeded.With(nil)
			}
		case escaped:
			out.WriteRune(r)
			escaped = false
		case r == '\\' && rest[0] == '"':
			escaped = true
		case strings.ContainsRune(closers, r):
			word = strings.TrimSpace(out.String())
			if word == "" {
				return "", "", say.QuotesEmpty.With(nil)
			}
			return word, rest[at+len(string(r)):], say.Line{}
		default:
			out.WriteRune(r)
		}
	}
	if rest == "" {
		return "", "", say.QuotesNoWord.With(nil)
	}
	return "", "", say.QuotesOpen.With(nil)
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
