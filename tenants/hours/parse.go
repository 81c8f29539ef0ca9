package hours

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"unicode"

	"topicdesk/tenants/say"
)

// MaxTimes is how many times one day may have.
const MaxTimes = 8

// Parse reads hours like "Mon-Thu 09:00-18:00, Fri 09:00-13:00 14:00-16:00, Sat
// 22:00-02:00": days, then the times at which they are open. A time that ends no
// later than it begins ends on the next day. Days are named in one of the relay's
// languages. Parse(w.String()) gives w. The error is a say.Line.
func Parse(typed string) (Week, error) {
	p := parser{}
	for _, word := range words(typed) {
		if err := p.word(word); err != nil {
			return Week{}, err
		}
	}
	if p.days == nil || !p.timed {
		return Week{}, say.HoursNoTime.With(say.Values{"value": shorten(typed)})
	}
	var times []span
	for day, spans := range p.times {
		slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
		for i, s := range spans {
			if i > 0 && s.from < spans[i-1].to {
				return Week{}, say.HoursOverlap.With(say.Values{"day": short[day]})
			}
			times = append(times, span{day*dayLong + s.from, day*dayLong + s.to})
		}
		if len(spans) > MaxTimes {
			return Week{}, say.HoursMany.With(say.Values{"day": short[day], "most": MaxTimes})
		}
	}
	return newWeek(times), nil
}

// words are the days and times of what was typed. Spaces around a dash count as
// little as commas do.
func words(typed string) []string {
	typed = dashes.Replace(typed)
	for _, spaced := range []string{" -", "- "} {
		for strings.Contains(typed, spaced) {
			typed = strings.ReplaceAll(typed, spaced, "-")
		}
	}
	return strings.FieldsFunc(typed, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' })
}

var dashes = strings.NewReplacer("–", "-", "—", "-", "\u2212", "-")

// parser has read so many words.
type parser struct {
	days  []int // to which the next time belongs
	timed bool  // they have one
	times [7][]span
}

func (p *parser) word(word string) error {
	from, to, ranged := strings.Cut(word, "-")
	if unicode.IsDigit([]rune(word)[0]) {
		return p.time(word, from, to)
	}
	first, ok := dayNamed(from)
	last := first
	if ok && ranged {
		last, ok = dayNamed(to)
	}
	if !ok {
		return say.HoursUnread.With(say.Values{"value": shorten(word)})
	}
	if p.timed {
		p.days, p.timed = nil, false
	}
	for day := first; ; day = (day + 1) % 7 {
		if !slices.Contains(p.days, day) {
			p.days = append(p.days, day)
		}
		if day == last {
			return nil
		}
	}
}

func (p *parser) time(word, from, to string) error {
	begins, ok := clock(from)
	ends, ok2 := clock(to)
	switch {
	case !ok || !ok2 || begins == dayLong:
		return say.HoursUnread.With(say.Values{"value": shorten(word)})
	case begins == ends:
		return say.HoursNothing.With(say.Values{"value": word})
	case p.days == nil:
		return say.HoursNoDay.With(say.Values{"value": word})
	case ends < begins:
		ends += dayLong
	}
	p.timed = true
	for _, day := range p.days {
		p.times[day] = append(p.times[day], span{begins, ends})
	}
	return nil
}

// clock reads 9:00, 09:00 or 24:00 as minutes of a day.
func clock(typed string) (minutes int, ok bool) {
	h, m, _ := strings.Cut(typed, ":")
	hours, err := strconv.ParseUint(h, 10, 8)
	if err != nil || len(h) > 2 || len(m) != 2 {
		return 0, false
	}
	past, err := strconv.ParseUint(m, 10, 8)
	minutes = int(hours)*60 + int(past)
	return minutes, err == nil && past < 60 && minutes <= dayLong
}

// short are the names of the days in String, Monday first.
var short = [7]string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}

// named are the days as people write them, Monday first: short and whole, in
// English, Russian, Spanish, German and Italian.
var named = [7]string{
	"mon monday пн понедельник lun lunes mo montag lunedì lunedi",
	"tue tues tuesday вт вторник mar martes di dienstag martedì martedi",
	"wed wednesday ср среда mié mie miércoles miercoles mi mittwoch mer mercoledì mercoledi",
	"thu thur thurs thursday чт четверг jue jueves do donnerstag gio giovedì giovedi",
	"fri friday пт пятница vie viernes fr freitag ven venerdì venerdi",
	"sat saturday сб суббота sáb sab sábado sabado sa samstag sonnabend sabato",
	"sun sunday вс воскресенье dom domingo so sonntag domenica",
}

func dayNamed(name string) (day int, ok bool) {
	name = strings.TrimSuffix(strings.ToLower(name), ".")
	for day, names := range named {
		if slices.Contains(strings.Fields(names), name) {
			return day, true
		}
	}
	return 0, false
}

// String is the form in which hours are stored, days with the same times together;
// "" of the zero Week.
func (w Week) String() string {
	var items []string
	for first := 0; first < 7; {
		last, times := first, w.day(first)
		for last < 6 && w.day(last+1) == times {
			last++
		}
		days := short[first]
		if last > first {
			days += "-" + short[last]
		}
		if times != "" {
			items = append(items, days+times)
		}
		first = last + 1
	}
	return strings.Join(items, ", ")
}

// day are the times that begin on a day, each after a space.
func (w Week) day(day int) string {
	var out strings.Builder
	for _, s := range w.times {
		if s.from/dayLong != day {
			continue
		}
		ends := s.to - day*dayLong
		if ends > dayLong {
			ends -= dayLong
		}
		fmt.Fprintf(&out, " %s-%s", hhmm(s.from%dayLong), hhmm(ends))
	}
	return out.String()
}

func hhmm(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// shorten cuts what was typed to what an error may show of it.
func shorten(typed string) string {
	const most = 40
	if runes := []rune(typed); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return typed
}
