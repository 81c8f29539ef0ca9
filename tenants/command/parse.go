package command

import (
	"strings"
	"unicode"

	"topicdesk/tenants"
)

// ParseKind is what a text is.
type ParseKind int

const (
	NotCommand ParseKind = iota // does not begin with a slash
	Comment                     // a slash and no letter next: a note among operators
	ForOther                    // a command that names another bot
	Unknown                     // a command that no row of the table has
	Known                       // a command of ours
)

// Inside tells that a text of this kind stays inside the group.
func (k ParseKind) Inside() bool { return k != NotCommand }

// Call is a command as somebody typed it.
type Call struct {
	Name Name     // of Known
	Word string   // what was typed between the slash and the space, without @bot
	Bot  string   // the bot that was named, without @; "" = none
	Args []string // the rest in words: "two words" are one
	Rest string   // the rest as typed, without spaces around it
	// Suggestion is the command that was probably meant, of Unknown; "" = none.
	Suggestion Name
}

// Parse reads a text or caption. bot is the username of the connection without
// @; "" if it has none. The Call is empty for NotCommand and Comment.
func Parse(text, bot string) (Call, ParseKind) {
	rest, slash := strings.CutPrefix(strings.TrimLeftFunc(text, unseen), "/")
	if !slash {
		return Call{}, NotCommand
	}
	if !beginsWithLetter(rest) {
		return Call{}, Comment
	}
	call := read(rest)
	switch {
	case call.Bot != "" && !strings.EqualFold(call.Bot, bot):
		return call, ForOther
	case recognize(&call):
		return call, Known
	default:
		call.Suggestion = suggest(call.Word)
		return call, Unknown
	}
}

// unseen is what takes no place on the screen at the beginning of a line.
func unseen(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

func beginsWithLetter(s string) bool {
	for _, r := range s {
		return unicode.IsLetter(r)
	}
	return false
}

// read takes a command apart that is known to have a first word.
func read(text string) Call {
	end := strings.IndexFunc(text, unicode.IsSpace)
	if end < 0 {
		end = len(text)
	}
	call := Call{Word: text[:end], Rest: strings.TrimSpace(text[end:])}
	if word, bot, found := strings.Cut(call.Word, "@"); found && isUsername(bot) {
		call.Word, call.Bot = word, bot
	}
	call.Args = split(call.Rest)
	return call
}

// isUsername tells that something may be a bot's name: Latin letters, digits, _.
func isUsername(s string) bool {
	other := strings.ContainsFunc(s, func(r rune) bool {
		return r != '_' && (r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r))
	})
	return s != "" && !other
}

func recognize(call *Call) bool {
	c, ok := Named(Name(strings.ToLower(call.Word)))
	call.Name = c.Name
	return ok
}

func suggest(word string) Name {
	names := make([]string, len(table))
	for i, c := range table {
		names[i] = string(c.Name)
	}
	return Name(tenants.Closest(word, names))
}

// quotes are the signs that hold words together, with those that end them.
// Telegram's apps turn straight quotes into typographic ones as one types.
var quotes = map[rune]string{
	'"': `"`, '“': `”"`, '„': `“”"`, '«': `»`,
}

// split cuts arguments at spaces. A quote at the beginning of a word holds
// everything up to its end together, or up to the end of the text; anywhere
// else it is a sign like others (5" pipe). A backslash takes the next sign as it is.
func split(s string) []string {
	var words []string
	for s = skipSpace(s); s != ""; s = skipSpace(s) {
		var word string
		word, s = cutWord(s)
		words = append(words, word)
	}
	return words
}

func skipSpace(s string) string { return strings.TrimLeftFunc(s, unicode.IsSpace) }

func cutWord(s string) (word, rest string) {
	closers, escaped := "", false
	var out strings.Builder
	for at, r := range s {
		switch {
		case escaped:
			out.WriteRune(r)
			escaped = false
		case r == '\\':
			escaped = true
		case at == 0 && quotes[r] != "":
			closers = quotes[r]
		case closers != "" && strings.ContainsRune(closers, r):
			return out.String(), s[at+len(string(r)):]
		case closers == "" && unicode.IsSpace(r):
			return out.String(), s[at:]
		default:
			out.WriteRune(r)
		}
	}
	if escaped { // a backslash with nothing after it
		out.WriteRune('\\')
	}
	return out.String(), ""
}
