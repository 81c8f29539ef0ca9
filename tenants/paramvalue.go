package tenants

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"topicdesk/tenants/hours"
	"topicdesk/tenants/say"
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
	unset      bool   // it is the default: nobody has set the parameter
	notice     say.Line
	text       Text     // ParamText
	number     int      // ParamNumber, ParamColor
	on         bool     // ParamSwitch
	everybody  bool     // ParamUsers
	ids        []int64  // ParamUsers, ParamChats
	words      []string // ParamWords, ParamChoices, ParamCommands
	expression string   // ParamExpression
	week       hours.Week
	zone       *time.Location
}

func (v parsed) has(choice string) bool { return slices.Contains(v.words, choice) }

// read understands a value. Its errors are reasons, each a say.Line, without name and
// example.
func (p Param) read(value string) (parsed, error) {
	value = strings.TrimSpace(value)
	if value == "" {
		return parsed{}, say.ValueNone.With(nil)
	}
	if !utf8.ValidString(value) {
		return parsed{}, say.ValueNotUTF8.With(nil)
	}
	if isClear(value) {
		return p.cleared(), nil
	}
	switch p.Kind {
	case ParamText:
		return readText(value)
	case ParamNumber:
		return p.readNumber(value)
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
	case ParamWeek:
		return readWeek(value)
	case ParamZone:
		return readZone(value)
	case ParamCommands:
		return readCommands(value)
	case ParamLater:
		return parsed{}, say.ValueLater.With(nil)
	default:
		panic("tenants: unknown kind of parameter")
	}
}

// cleared is what OFF and NONE mean: nothing, FALSE, the number of the row, or the default.
func (p Param) cleared() parsed {
	switch p.Kind {
	case ParamSwitch:
		return parsed{canonical: "FALSE"}
	case ParamNumber:
		return parsed{canonical: strconv.Itoa(p.Off), number: p.Off}
	case ParamChoice:
		return parsed{canonical: p.Default}
	case ParamZone:
		return parsed{canonical: p.Default, zone: time.UTC}
	case ParamText, ParamUsers, ParamChats, ParamWords, ParamExpression, ParamChoices, ParamColor, ParamWeek, ParamCommands, ParamLater:
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
		v.notice = say.NoticeNotMarkdown.With(say.Values{"reason": err})
	}
	if strings.TrimSpace(text.Text) == "" {
		return parsed{}, say.ValueNoWords.With(nil)
	}
	if n := text.Len(); n > MaxWelcome {
		return parsed{}, say.ValueTooLong.With(say.Values{"length": n, "most": MaxWelcome})
	}
	v.text = text
	return v, nil
}

func (p Param) readNumber(value string) (parsed, error) {
	n, err := strconv.Atoi(value)
	if err != nil || n < p.Least || n > p.Most {
		return parsed{}, say.ValueNotNumber.With(say.Values{"value": shorten(value), "unit": p.Unit, "least": p.Least, "most": p.Most})
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
		return parsed{}, say.ValueNotSwitch.With(say.Values{"value": shorten(value)})
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
			return parsed{}, say.ValueIDNamed.With(say.Values{"value": shorten(item)})
		case err != nil:
			return parsed{}, say.ValueNotID.With(say.Values{"value": shorten(item)})
		case id == 0 || id < least || id > maxChatID:
			return parsed{}, say.ValueBadID.With(say.Values{"value": id})
		case seen[id]:
			continue
		}
		seen[id] = true
		v.ids = append(v.ids, id)
		shown = append(shown, strconv.FormatInt(id, 10))
	}
	if len(v.ids) == 0 {
		return parsed{}, say.ValueNoID.With(nil)
	}
	if len(v.ids) > MaxListed {
		return parsed{}, say.ValueTooManyIDs.With(say.Values{"count": len(v.ids), "most": MaxListed})
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
		return parsed{}, say.ValueTooManyWords.With(say.Values{"count": len(words), "most": MaxListed})
	}
	for _, word := range words {
		if n := utf8.RuneCountInString(word); n > MaxWord {
			return parsed{}, say.ValueLongWord.With(say.Values{"length": n, "most": MaxWord})
		}
	}
	return parsed{canonical: formatQuoted(words), words: words}, nil
}

func readExpression(value string) (parsed, error) {
	return parsed{canonical: value, expression: value}, fits(value)
}

func fits(value string) error {
	if len(value) > MaxExpression {
		return say.ValueTooManyBytes.With(say.Values{"length": len(value), "most": MaxExpression})
	}
	return nil
}

func notOneOf(value, choices string) error {
	return say.ValueNotOneOf.With(say.Values{"value": shorten(value), "choices": choices})
}

func (p Param) readChoice(value string) (parsed, error) {
	choice := strings.ToLower(strings.Trim(value, "\""))
	if !slices.Contains(p.Choices, choice) {
		return parsed{}, notOneOf(value, strings.Join(p.Choices, ", "))
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
			return parsed{}, notOneOf(item, strings.Join(p.Choices, ", "))
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
		return parsed{}, say.ValueNoneOf.With(say.Values{"choices": strings.Join(p.Choices, ", ")})
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
	return parsed{}, notOneOf(value, colorNames())
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
