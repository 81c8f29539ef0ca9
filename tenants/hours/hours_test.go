package hours_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"topicdesk/tenants/hours"
)

func parse(t *testing.T, typed string) hours.Week {
	t.Helper()
	w, err := hours.Parse(typed)
	if err != nil {
		t.Fatalf("%s: %v", typed, err)
	}
	return w
}

func TestParse(t *testing.T) {
	for typed, want := range map[string]string{
		"Mon-Fri 09:00-18:00":                                  "Mon-Fri 09:00-18:00",
		"mon - fri 9:00 – 18:00":                               "Mon-Fri 09:00-18:00",
		"Fri 09:00-16:00, Mon-Thu 09:00-18:00":                 "Mon-Thu 09:00-18:00, Fri 09:00-16:00",
		"Mon,Wed 09:00-12:00 13:00-17:00":                      "Mon 09:00-12:00 13:00-17:00, Wed 09:00-12:00 13:00-17:00",
		"Mon-Fri 13:00-17:00, 09:00-12:00; Sat 10:00-14:00":    "Mon-Fri 09:00-12:00 13:00-17:00, Sat 10:00-14:00",
		"Sat 22:00-02:00":                                      "Sat 22:00-02:00",
		"Sat 22:00-00:00":                                      "Sat 22:00-24:00",
		"Fri-Mon 10:00-11:00":                                  "Mon 10:00-11:00, Fri-Sun 10:00-11:00",
		"Sun-Sat 00:00-24:00":                                  "Mon-Sun 00:00-24:00",
		"Пн-Чт 09:00-18:00, пятница 09:00-16:00":               "Mon-Thu 09:00-18:00, Fri 09:00-16:00",
		"lun-vie 09:00-18:00 sáb 10:00-12:00":                  "Mon-Fri 09:00-18:00, Sat 10:00-12:00",
		"Mo-Do 8:00-17:00, Fr. 8:00-14:00":                     "Mon-Thu 08:00-17:00, Fri 08:00-14:00",
		"lunedì-mercoledì 09:00-13:00":                         "Mon-Wed 09:00-13:00",
		"Mon-Fri 09:00-18:00, Tue 20:00-21:00":                 "Mon 09:00-18:00, Tue 09:00-18:00 20:00-21:00, Wed-Fri 09:00-18:00",
		"Mon 09:00-10:00 10:00-11:00":                          "Mon 09:00-10:00 10:00-11:00",
		"Mon 22:00-21:59, Tue 21:00-22:00":                     "Mon 22:00-21:59, Tue 21:00-22:00",
		"Mon 00:00-01:00 01:00-02:00 02:00-03:00 04:00-05:00 ": "Mon 00:00-01:00 01:00-02:00 02:00-03:00 04:00-05:00",
	} {
		if got := parse(t, typed).String(); got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
		if again := parse(t, want).String(); again != want {
			t.Errorf("%q becomes %q", want, again)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for typed, want := range map[string]string{
		"":                               "time is missing",
		"Mon":                            "time is missing",
		"Mon 09:00-18:00, Fri":           "time is missing",
		"09:00-18:00":                    "day is missing",
		"Mon 9-18":                       "neither a day",
		"Mon 09:00":                      "neither a day",
		"Mon 09:00-25:00":                "neither a day",
		"Mon 09:60-10:00":                "neither a day",
		"Mon 24:00-02:00":                "neither a day",
		"Mon 09:00-09:00":                "a whole day is 00:00-24:00",
		"Mon 09:00-12:00, 11:00-13:00":   "times on Mon overlap",
		"Mon 22:00-02:00 23:00-24:00":    "times on Mon overlap",
		"Mon 09:00-18:00 Mon 9:00-18:00": "overlap",
		"Funday 09:00-18:00":             "neither a day",
		"Mon-Funday 09:00-18:00":         "neither a day",
		"Mon +9:00-18:00":                "neither a day",
		strings.Repeat("x", 50):          "xx…",
		"Mon 00:00-00:01 00:02-00:03 00:04-00:05 00:06-00:07 00:08-00:09 00:10-00:11 00:12-00:13 00:14-00:15 00:16-00:17": "too many times on Mon",
	} {
		if w, err := hours.Parse(typed); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, %v; want an error with %q", typed, w, err, want)
		}
	}
}

// berlin puts clocks forward on 2026-03-29 at 02:00, and back on 2026-10-25 at 03:00.
func berlin(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

const layout = "2006-01-02 15:04 -0700"

// TestNext is about the nights in which clocks are changed too.
func TestNext(t *testing.T) {
	tests := []struct {
		week, at string
		open     bool
		next     string // "" = never
	}{
		{"Mon-Fri 09:00-18:00", "2026-11-23 08:59 +0100", false, "2026-11-23 09:00 +0100"},
		{"Mon-Fri 09:00-18:00", "2026-11-23 09:00 +0100", true, "2026-11-23 18:00 +0100"},
		{"Mon-Fri 09:00-18:00", "2026-11-23 18:00 +0100", false, "2026-11-24 09:00 +0100"},
		{"Mon-Fri 09:00-18:00", "2026-11-27 18:00 +0100", false, "2026-11-30 09:00 +0100"},
		{"Sat 22:00-02:00", "2026-11-29 01:59 +0100", true, "2026-11-29 02:00 +0100"},
		{"Sun 22:00-02:00", "2026-11-23 01:00 +0100", true, "2026-11-23 02:00 +0100"},
		{"Sun 22:00-24:00, Mon 00:00-02:00", "2026-11-22 23:00 +0100", true, "2026-11-23 02:00 +0100"},
		{"Mon 09:00-10:00 10:00-11:00", "2026-11-23 09:30 +0100", true, "2026-11-23 11:00 +0100"},
		{"Mon-Sun 00:00-24:00", "2026-11-23 09:30 +0100", true, ""},
		// Forward: 02:00 becomes 03:00.
		{"Sun 01:00-04:00", "2026-03-29 01:30 +0100", true, "2026-03-29 04:00 +0200"},
		{"Sun 02:30-04:00", "2026-03-29 01:30 +0100", false, "2026-03-29 03:00 +0200"},
		{"Sun 01:00-02:30", "2026-03-29 01:30 +0100", true, "2026-03-29 03:00 +0200"},
		{"Sun 02:15-02:45", "2026-03-29 01:30 +0100", false, "2026-04-05 02:15 +0200"},
		{"Mon-Fri 09:00-18:00", "2026-03-27 18:00 +0100", false, "2026-03-30 09:00 +0200"},
		// Back: 03:00 becomes 02:00, what is between them comes twice.
		{"Sun 02:30-02:45", "2026-10-25 02:40 +0200", true, "2026-10-25 02:45 +0200"},
		{"Sun 02:30-02:45", "2026-10-25 02:45 +0200", false, "2026-10-25 02:30 +0100"},
		{"Sun 02:30-04:00", "2026-10-25 02:40 +0200", true, "2026-10-25 02:00 +0100"},
		{"Sun 01:00-02:30", "2026-10-25 02:40 +0200", false, "2026-10-25 02:00 +0100"},
		{"Sun 01:00-04:00", "2026-10-25 02:40 +0200", true, "2026-10-25 04:00 +0100"},
	}
	for _, test := range tests {
		at, err := time.Parse(layout, test.at)
		if err != nil {
			t.Fatal(err)
		}
		w := parse(t, test.week)
		next := ""
		if n := w.Next(at, berlin(t)); !n.IsZero() {
			next = n.In(berlin(t)).Format(layout)
		}
		if open := w.Open(at, berlin(t)); open != test.open || next != test.next {
			t.Errorf("%s at %s: open %v, next %s; want %v, %s", test.week, test.at, open, next, test.open, test.next)
		}
	}
}

func TestWithinAndAfter(t *testing.T) {
	w := parse(t, "Mon-Fri 09:00-18:00")
	friday := time.Date(2026, 3, 27, 17, 0, 0, 0, berlin(t))
	monday := time.Date(2026, 3, 30, 10, 30, 0, 0, berlin(t)) // after clocks were put forward
	if got := w.Within(friday, monday, berlin(t)); got != 150*time.Minute {
		t.Errorf("%v of the weekend are open, want 2h30m", got)
	}
	if got := w.Within(monday, friday, berlin(t)); got != 0 {
		t.Errorf("backwards %v are open", got)
	}
	if got := w.After(friday, 150*time.Minute, berlin(t)); !got.Equal(monday) {
		t.Errorf("2h30m have passed at %v, want %v", got, monday)
	}
	if got := w.After(friday, time.Hour, berlin(t)); !got.Equal(friday.Add(time.Hour)) {
		t.Errorf("an hour has passed at %v, want the closing", got)
	}
	var none hours.Week
	if !none.IsZero() || !none.Open(friday, time.UTC) || !none.Next(friday, time.UTC).IsZero() || none.String() != "" {
		t.Error("without hours it is not always open")
	}
	if got := none.After(friday, 80*time.Hour, time.UTC); !got.Equal(friday.Add(80 * time.Hour)) {
		t.Errorf("without hours 80 hours have passed at %v", got)
	}
}

// zones are some of which the clocks are odd: half hours, changes by half an hour
// and at midnight, a day left out (Apia, 2011-12-30), offsets with seconds.
var zones = []string{
	"UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Havana",
	"Pacific/Apia", "Africa/Casablanca", "Antarctica/Troll",
}

// naive is a Week asked minute by minute: which minutes of the week are open is
// read from the typed times alone.
type naive [7 * 24 * 60]bool

func (n *naive) add(day, from, to int) {
	if to <= from {
		to += 24 * 60
	}
	for m := from; m < to; m++ {
		n[(day*24*60+m)%len(n)] = true
	}
}

func (n *naive) open(at time.Time, zone *time.Location) bool {
	at = at.In(zone)
	return n[(int(at.Weekday())+6)%7*24*60+at.Hour()*60+at.Minute()]
}

// TestAgainstNaive compares Open, Next, Within and After with a walk through every
// minute.
func TestAgainstNaive(t *testing.T) {
	days := []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}
	moments := []time.Time{ // near changes of some zone's clocks
		time.Date(2026, 3, 28, 12, 0, 0, 0, time.UTC), time.Date(2026, 10, 24, 12, 0, 0, 0, time.UTC),
		time.Date(2011, 12, 29, 0, 0, 0, 0, time.UTC), time.Date(2026, 4, 4, 0, 0, 0, 0, time.UTC),
		time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 7, 20, 0, 0, 0, time.UTC),
	}
	rapid.Check(t, func(t *rapid.T) {
		zone, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		var reference naive
		var typed strings.Builder
		given := map[int][][2]int{} // of each day
		bad := false
		for range rapid.IntRange(1, 5).Draw(t, "times") {
			day := rapid.IntRange(0, 6).Draw(t, "day")
			from := rapid.IntRange(0, 24*60-1).Draw(t, "from")
			to := rapid.IntRange(0, 24*60-1).Draw(t, "to")
			if rapid.Bool().Draw(t, "near midnight") {
				from, to = from%300, to%300
			}
			clock := time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)
			typed.WriteString(days[day] + " " + clock.Add(time.Duration(from)*time.Minute).Format("15:04") + "-" +
				clock.Add(time.Duration(to)*time.Minute).Format("15:04") + " ")
			reference.add(day, from, to)
			if to <= from {
				to += 24 * 60
			}
			bad = bad || from == to-24*60 || slices.ContainsFunc(given[day], func(g [2]int) bool { return max(from, g[0]) < min(to, g[1]) })
			given[day] = append(given[day], [2]int{from, to})
		}
		w, err := hours.Parse(typed.String())
		if (err != nil) != bad {
			t.Fatalf("%s: %v, overlapping or none: %t", typed.String(), err, bad)
		}
		if bad {
			return
		}
		if again, err := hours.Parse(w.String()); err != nil || again.String() != w.String() {
			t.Fatalf("%s is read as %s, %v", w, again, err)
		}
		begin := rapid.SampledFrom(moments).Draw(t, "moment").Add(time.Duration(rapid.IntRange(0, 48*60).Draw(t, "minutes")) * time.Minute)
		compare(t, w, &reference, begin, zone)
	})
}

// compare walks nine days from begin.
func compare(t *rapid.T, w hours.Week, reference *naive, begin time.Time, zone *time.Location) {
	const walk = 9 * 24 * time.Hour
	next, sum := time.Time{}, time.Duration(0)
	for at := begin; at.Before(begin.Add(walk)); at = at.Add(time.Minute) {
		open := reference.open(at, zone)
		if w.Open(at, zone) != open {
			t.Fatalf("%s at %s: open %v", w, at.In(zone), !open)
		}
		if open != reference.open(begin, zone) && next.IsZero() {
			next = at
		}
		if open {
			sum += time.Minute
			if got := w.After(begin, sum, zone); !got.Equal(at.Add(time.Minute)) && sum%(97*time.Minute) == 0 {
				t.Fatalf("%s from %s: %v have passed at %s, want %s", w, begin.In(zone), sum, got.In(zone), at.Add(time.Minute).In(zone))
			}
		}
	}
	if got := w.Next(begin, zone); !next.IsZero() && !got.Equal(next) || next.IsZero() && !got.IsZero() && got.Before(begin.Add(walk)) {
		t.Fatalf("%s from %s: changes at %s, want %s", w, begin.In(zone), got.In(zone), next.In(zone))
	}
	if got := w.Within(begin, begin.Add(walk), zone); got != sum {
		t.Fatalf("%s from %s: %v are open, want %v", w, begin.In(zone), got, sum)
	}
}

func FuzzParse(f *testing.F) {
	for _, typed := range []string{"Mon-Fri 09:00-18:00", "Sat 22:00-02:00", "пн-пт 9:00–18:00, сб 10:00-14:00"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		w, err := hours.Parse(typed)
		if err != nil {
			return
		}
		again, err := hours.Parse(w.String())
		if err != nil || again.String() != w.String() || w.String() == "" {
			t.Errorf("%q is %q, which is read as %q, %v", typed, w, again, err)
		}
	})
}
