package tenants

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"topicdesk/tenants/say"
)

// Of CUSTOM_COMMANDS.
const (
	// MaxCommand is the longest command, in characters (Bot API docs, BotCommand).
	MaxCommand = 32
	// MaxCommands is how many CUSTOM_COMMANDS there may be: ten bots with all that
	// Telegram lists of each (Bot API docs, setMyCommands).
	MaxCommands = 1000
)

// readCommands reads commands with spaces or commas between them, each once.
func readCommands(value string) (parsed, error) {
	var v parsed
	for word := range strings.FieldsFuncSeq(value, func(r rune) bool { return unicode.IsSpace(r) || r == ',' }) {
		name, slash := strings.CutPrefix(strings.ToLower(word), "/")
		if !slash || !isCommand(name) {
			return parsed{}, say.ValueNotCommand.With(say.Values{"value": shorten(word)})
		}
		v.words = append(v.words, name)
	}
	v.words = unique(v.words)
	switch {
	case len(v.words) == 0:
		return parsed{}, say.ValueNoCommand.With(nil)
	case len(v.words) > MaxCommands:
		return parsed{}, say.ValueManyCommands.With(say.Values{"count": len(v.words), "most": MaxCommands})
	}
	v.canonical = "/" + strings.Join(v.words, ", /")
	return v, nil
}

// isCommand tells that a word may be a command's name. Telegram's own are Latin;
// bots answer to others too.
func isCommand(name string) bool {
	for at, r := range name {
		if !unicode.IsLetter(r) && (at == 0 || r != '_' && !unicode.IsDigit(r)) {
			return false
		}
	}
	return name != "" && utf8.RuneCountInString(name) <= MaxCommand
}
