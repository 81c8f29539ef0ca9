package tenants

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits of values.
const (
	// MaxWelcome is the longest greeting in UTF-16 units: there must be room for
	// a name in place of {title}, and for a signature.
	MaxWelcome = 3500
	// MaxListed is how many ids or words a list may hold.
	MaxListed = 5000
	// MaxWord is the longest word of a list, in characters.
	MaxWord = 256
	// MaxExpression is the longest keyword expression or list of words, in bytes:
	// compiled it takes up to forty times as much memory.
	MaxExpression = 128 << 10
	// maxChatID: ids have at most 52 significant bits (Bot API docs, Chat).
	maxChatID = 1<<52 - 1
)

// noValue takes a value away; OFF is the same.
const noValue = "NONE"

func isClear(value string) bool {
	return strings.EqualFold(value, noValue) || strings.EqualFold(value, "OFF")
}

// parsed is a value that was understood. Which fields are used depends on the kind.
type parsed struct {
	canonical  string // of ParamChoice it is all
	notice     string
	text       Text     // ParamText
	number     int      // ParamHours, ParamSeconds, ParamColor
	on         bool     // ParamSwitch
	everybody  bool     // ParamUsers
	ids        []int64  // ParamUsers, ParamChats
	words      []string // ParamWords, ParamChoices
	expression string   // ParamExpression
}

func (v parsed) has(choice string) bool { return slices.Contains(v.words, choice) }

// read understands a value. Its errors are reasons, without name and example.
func (p Param) read(value string) (parsed, error) {
	value = strings.TrimSpace(value)
	if value == "" {
		return parsed{}, errors.New("no value is given (OFF and NONE clear it)")
	}
	if !utf8.ValidString(value) {
		return parsed{}, errors.New("the value is not valid UTF-8")
	}
	if isClear(value) {
		return p.cleared(), nil
	}
	switch p.Kind {
	case ParamText:
		return readText(value)
	case ParamHours:
		return p.readNumber(value, "hours")
	case ParamSeconds:
		return p.readNumber(value, "seconds")
	case ParamCount:
		return p.readNumber(value, p.Unit)
	case ParamSwitch:
		return readSwitch(value)
	case ParamUsers:
		return p.readUsers(value)
	case ParamChats:
		return readIDs(value, -maxChatID)
	case ParamWords:
		return readWords(value)
	case ParamExpression:
		return readExpression(value)
	case ParamChoice:
		return p.readChoice(value)
	case ParamChoices:
		return p.readChoices(value)
	case ParamColor:
		return readColor(value)
	default:
		panic("tenants: unknown kind of parameter")
	}
}

// cleared is what OFF and NONE mean: nothing, FALSE, no time, never, or the default.
func (p Param) cleared() parsed {
	switch p.Kind {
	case ParamSwitch:
		return parsed{canonical: "FALSE"}
	case ParamHours:
		return parsed{canonical: strconv.Itoa(p.Most), number: p.Most}
	case ParamSeconds, ParamCount:
		return parsed{canonical: strconv.Itoa(p.Least), number: p.Least}
	case ParamChoice:
		return parsed{canonical: p.Default}
	case ParamText, ParamUsers, ParamChats, ParamWords, ParamExpression, ParamChoices, ParamColor:
		return parsed{canonical: noValue}
	default:
		panic("tenants: unknown kind of parameter")
	}
}

// readText takes MarkdownV2; what is none becomes plain text, with a notice.
func readText(value string) (parsed, error) {
	v := parsed{canonical: value}
	text, err := ParseMarkdown(value)
	if err != nil {
		v.canonical, text = EscapeMarkdown(value), Plain(value)
		v.notice = "Taken as plain text, signs and all, because it does not read as MarkdownV2: " + err.Error() + "."
	}
	if strings.TrimSpace(text.Text) == "" {
		return parsed{}, errors.New("there are no words in it")
	}
	if n := text.Len(); n > MaxWelcome {
		return parsed{}, fmt.Errorf("it has %d characters, at most %d are allowed", n, MaxWelcome)
	}
	v.text = text
	return v, nil
}

func (p Param) readNumber(value, of string) (parsed, error) {
	n, err := strconv.Atoi(value)
	if err != nil || n < p.Least || n > p.Most {
		return parsed{}, fmt.Errorf("%q is no whole number of %s from %d to %d", shorten(value), of, p.Least, p.Most)
	}
	return parsed{canonical: strconv.Itoa(n), number: n}, nil
}

func readSwitch(value string) (parsed, error) {
	switch strings.ToUpper(value) {
	case "TRUE", "ON", "YES":
		return parsed{canonical: "TRUE", on: true}, nil
	case "FALSE", "NO": // OFF and NONE are read before
		return parsed{canonical: "FALSE"}, nil
	default:
		return parsed{}, fmt.Errorf("%q is neither TRUE nor FALSE", shorten(value))
	}
}

func (p Param) readUsers(value string) (parsed, error) {
	if p.Everybody && value == "." {
		return parsed{canonical: ".", everybody: true}, nil
	}
	return readIDs(value, 1)
}

// readIDs reads ids between commas, each once, none below least.
func readIDs(value string, least int64) (parsed, error) {
	var v parsed
	var shown []string
	seen := map[int64]bool{}
	for item := range strings.SplitSeq(value, ",") {
		item = strings.TrimSpace(item)
		id, err := strconv.ParseInt(item, 10, 64)
		switch {
		case item == "":
			continue
		case strings.HasPrefix(item, "@"):
			return parsed{}, fmt.Errorf("%q is a name; give the number, which /info shows", shorten(item))
		case err != nil:
			return parsed{}, fmt.Errorf("%q is not an id; ids are numbers with commas between them", shorten(item))
		case id == 0 || id < least || id > maxChatID:
			return parsed{}, fmt.Errorf("%d can't be an id here", id)
		case seen[id]:
			continue
		}
		seen[id] = true
		v.ids = append(v.ids, id)
		shown = append(shown, strconv.FormatInt(id, 10))
	}
	if len(v.ids) == 0 {
		return parsed{}, errors.New("there is no id in it")
	}
	if len(v.ids) > MaxListed {
		return parsed{}, fmt.Errorf("there are %d ids, at most %d are allowed", len(v.ids), MaxListed)
	}
	v.canonical = strings.Join(shown, ", ")
	return v, nil
}

func readWords(value string) (parsed, error) {
	if err := fits(value); err != nil {
		return parsed{}, err
	}
	words, err := parseQuoted(value)
	if err != nil {
		return parsed{}, err
	}
	words = unique(words)
	if len(words) > MaxListed {
		return parsed{}, fmt.Errorf("there are %d words, at most %d are allowed", len(words), MaxListed)
	}
	for _, word := range words {
		if n := utf8.RuneCountInString(word); n > MaxWord {
			return parsed{}, fmt.Errorf("a word has %d characters, at most %d are allowed", n, MaxWord)
		}
	}
	return parsed{canonical: formatQuoted(words), words: words}, nil
}

func readExpression(value string) (parsed, error) {
	return parsed{canonical: value, expression: value}, fits(value)
}

func fits(value string) error {
	if len(value) > MaxExpression {
		return fmt.Errorf("it has %d bytes, at most %d are allowed", len(value), MaxExpression)
	}
	return nil
}

func (p Param) readChoice(value string) (parsed, error) {
	choice := strings.ToLower(strings.Trim(value, "\""))
	if !slices.Contains(p.Choices, choice) {
		return parsed{}, fmt.Errorf("%q is not one of %s", shorten(value), strings.Join(p.Choices, ", "))
	}
	return parsed{canonical: choice}, nil
}

func (p Param) readChoices(value string) (parsed, error) {
	chosen := map[string]bool{}
	for item := range strings.SplitSeq(value, ",") {
		item = strings.ToLower(strings.Trim(item, " \t\n\""))
		switch {
		case item == "":
			continue
		case !slices.Contains(p.Choices, item):
			return parsed{}, fmt.Errorf("%q is not one of %s", shorten(item), strings.Join(p.Choices, ", "))
		}
		chosen[item] = true
	}
	var words []string
	for _, choice := range p.Choices {
		if chosen[choice] {
			words = append(words, choice)
		}
	}
	if len(words) == 0 {
		return parsed{}, fmt.Errorf("there is none of %s in it", strings.Join(p.Choices, ", "))
	}
	return parsed{canonical: strings.Join(words, ", "), words: words}, nil
}

// colors are those that a topic's icon may have (Bot API docs, createForumTopic).
var colors = []struct {
	name  string
	value int
}{
	{"blue", 0x6FB9F0}, {"yellow", 0xFFD67E}, {"violet", 0xCB86DB},
	{"green", 0x8EEE98}, {"rose", 0xFF93B2}, {"red", 0xFB6F5F},
}

func colorNames() string {
	names := make([]string, len(colors))
	for i, color := range colors {
		names[i] = color.name
	}
	return strings.Join(names, ", ")
}

// readColor takes a colour's name, or Telegram's number of it.
func readColor(value string) (parsed, error) {
	for _, color := range colors {
		if strings.EqualFold(value, color.name) || value == strconv.Itoa(color.value) {
			return parsed{canonical: color.name, number: color.value}, nil
		}
	}
	return parsed{}, fmt.Errorf("%q is not one of %s", shorten(value), colorNames())
}

// unique drops what was there before.
func unique(words []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(words, func(word string) bool {
		again := seen[word]
		seen[word] = true
		return again
	})
}

// shorten cuts a value to what an error may show of it.
func shorten(value string) string {
	const most = 40
	if runes := []rune(value); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return value
}
