package tenants

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"topicdesk/tenants/say"
)

// Voice is how the relay speaks in a group: in which language, and in which zone
// it writes times for apps that don't show each reader their own. The zero Voice
// speaks English and UTC.
type Voice struct {
	Language Language
	Zone     *time.Location // nil = UTC
}

// Clock is a moment of which only the time of day is shown; Date one that is shown
// with its year. A time.Time is shown with day and month.
type (
	Clock time.Time
	Date  time.Time
)

// Voice is that of the group for which the settings are.
func (s Settings) Voice() Voice { return Voice{Language: s.Language, Zone: s.Zone} }

// VoiceFor is that for a person in private: in their own language, if the relay speaks
// it.
func (s Settings) VoiceFor(p Person) Voice {
	v := s.Voice()
	v.Language = say.Closest(p.Language, v.Language)
	return v
}

// Say is a text in the voice's language, without formatting.
func (v Voice) Say(k say.Key, values ...say.Values) string { return k.In(v.Language, values...) }

// Line is a line in the voice's language.
func (v Voice) Line(l say.Line) string { return l.In(v.Language) }

// slot stands for a value with formatting of its own while a text is put together:
// nobody types it, and no text has it.
const slot = '\uf8ff'

// Text is a text in the voice's language, in which values that are a moment
// (time.Time, Clock, Date) or a Text keep their formatting.
func (v Voice) Text(k say.Key, values say.Values) Text {
	plain, formatted := say.Values{}, map[string]Text{}
	for name, value := range values {
		text, ok := v.formatted(value)
		if plain[name] = value; ok {
			formatted[name] = text
			plain[name] = string(slot) + name + string(slot)
		} else if s, ok := value.(string); ok {
			plain[name] = strings.ReplaceAll(s, string(slot), "")
		}
	}
	var out Text
	for i, piece := range strings.Split(k.In(v.Language, plain), string(slot)) {
		if i%2 == 0 {
			out = out.Append(Plain(piece))
		} else {
			out = out.Append(formatted[piece])
		}
	}
	return out
}

// formatted is a value that has formatting.
func (v Voice) formatted(value any) (Text, bool) {
	switch value := value.(type) {
	case Text:
		return value, true
	case time.Time:
		return moment(value, v.day(value)+" "+v.clock(value), "Dt"), true
	case Clock:
		return moment(time.Time(value), v.clock(time.Time(value)), "t"), true
	case Date:
		return v.Moment(time.Time(value)), true
	default:
		return Text{}, false
	}
}

// Moment is a moment with its year.
func (v Voice) Moment(at time.Time) Text {
	local := v.local(at)
	day := v.Say(say.DayOfYear, say.Values{"day": local.Day(), "month": v.month(local), "year": local.Year()})
	return moment(at, day+" "+v.clock(at), "Dt")
}

// moment is words that Telegram's apps replace with the moment in the reader's own
// zone and language (Bot API docs, date-time entity formatting).
func moment(at time.Time, words, format string) Text {
	return Text{Text: words, Entities: []Entity{{
		Kind: "date_time", Length: Len(words), UnixTime: at.Unix(), Format: format,
	}}}
}

func (v Voice) local(at time.Time) time.Time {
	if v.Zone == nil {
		return at.UTC()
	}
	return at.In(v.Zone)
}

func (v Voice) clock(at time.Time) string { return v.local(at).Format("15:04 MST") }

func (v Voice) day(at time.Time) string {
	local := v.local(at)
	return v.Say(say.Day, say.Values{"day": local.Day(), "month": v.month(local)})
}

func (v Voice) month(at time.Time) string { return strings.Fields(v.Say(say.Months))[at.Month()-1] }

// Near is a moment as a value for Text: without its day if that is the one of now.
func (v Voice) Near(at, now time.Time) any {
	y, m, d := v.local(at).Date()
	if ny, nm, nd := v.local(now).Date(); y == ny && m == nm && d == nd {
		return Clock(at)
	}
	return at
}

// Span is a span of time as people say it, to the minute.
func (v Voice) Span(d time.Duration) string {
	hours, minutes := int(d.Hours()), int(d.Minutes())%60
	if hours == 0 {
		return v.Say(say.SpanMinutes, say.Values{"m": minutes})
	}
	return v.Say(say.SpanHours, say.Values{"h": hours, "m": minutes})
}

// Exact is a span to the second, from an hour on to the minute.
func (v Voice) Exact(d time.Duration) string {
	s := int((d + time.Second - 1) / time.Second)
	switch {
	case s < 60:
		return v.Say(say.SpanSeconds, say.Values{"s": max(s, 1)})
	case s >= 3600:
		return v.Span(d)
	case s%60 == 0:
		return v.Say(say.SpanMinutes, say.Values{"m": s / 60})
	default:
		return v.Say(say.SpanMinutesSeconds, say.Values{"m": s / 60, "s": s % 60})
	}
}

// About is when something is done that nobody knows exactly.
func (v Voice) About(d time.Duration) string {
	const ten = 10 * time.Second
	switch {
	case d <= ten:
		return v.Say(say.SpanFew)
	case d < time.Minute-ten/2:
		return v.Say(say.SpanAbout, say.Values{"span": v.Exact(d.Round(ten))})
	default:
		return v.Say(say.SpanAbout, say.Values{"span": v.Span(d.Round(time.Minute))})
	}
}

// Number writes a number as people read it, not negative.
func (v Voice) Number(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return v.Say(say.Thousands, say.Values{"high": v.Number(n / 1000), "low": fmt.Sprintf("%03d", n%1000)})
}

// Capital begins a sentence.
func Capital(s string) string {
	for _, r := range s {
		return strings.ToUpper(string(r)) + s[utf8.RuneLen(r):]
	}
	return ""
}

// Said tells that words are a text without values, in any language: what the relay
// wrote before its language was changed.
func Said(words string, k say.Key) bool {
	return slices.ContainsFunc(say.Languages(), func(l say.Language) bool { return k.In(l) == words })
}
