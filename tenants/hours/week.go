package hours

import (
	"cmp"
	"slices"
	"time"
)

// Week are the times of a week at which it is open. The zero Week is always open.
type Week struct {
	times []span // as typed: by day, in the order of the clock
	open  []span // laid over each other: ordered, apart from each other, the last one perhaps beyond the week's end
}

// span is a time of the week, in minutes since Monday 00:00. It may end in the
// following week.
type span struct{ from, to int }

const (
	dayLong  = 24 * 60
	weekLong = 7 * dayLong
)

// IsZero tells that no hours are set.
func (w Week) IsZero() bool { return len(w.times) == 0 }

// newWeek lays times over each other.
func newWeek(times []span) Week {
	w := Week{times: times}
	for _, s := range times {
		if s.to > weekLong { // Sunday night goes on at the week's beginning
			w.open = append(w.open, span{0, s.to - weekLong})
		}
		w.open = append(w.open, span{s.from, min(s.to, weekLong)})
	}
	slices.SortFunc(w.open, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	w.open = joined(w.open)
	return w
}

// joined makes one of spans that touch or overlap.
func joined(ordered []span) (apart []span) {
	for _, s := range ordered {
		if last := len(apart) - 1; last >= 0 && s.from <= apart[last].to {
			apart[last].to = max(apart[last].to, s.to)
			continue
		}
		apart = append(apart, s)
	}
	return apart
}

// Open tells that it is open at a moment.
func (w Week) Open(at time.Time, zone *time.Location) bool {
	if w.IsZero() {
		return true
	}
	minute := int(wall(at, zone) / time.Minute)
	return slices.ContainsFunc(w.open, func(s span) bool { return s.from <= minute && minute < s.to })
}

// wall is what clocks show in a zone, as the time since Monday 00:00.
func wall(at time.Time, zone *time.Location) time.Duration {
	at = at.In(zone)
	days := (int(at.Weekday()) + 6) % 7
	clock := time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute +
		time.Duration(at.Second())*time.Second + time.Duration(at.Nanosecond())
	return time.Duration(days)*24*time.Hour + clock
}

// horizon is how far ahead is looked for a change: each comes every week, if no
// clock is changed just then.
const horizon = 3 * 7 * 24 * time.Hour

// Next is the first moment after at when it opens or closes; zero = it never does.
func (w Week) Next(at time.Time, zone *time.Location) time.Time {
	if w.IsZero() {
		return time.Time{}
	}
	open, end := w.Open(at, zone), at.Add(horizon)
	for at.Before(end) {
		next := w.look(at, zone)
		if w.Open(next, zone) != open {
			return next
		}
		at = next
	}
	return time.Time{}
}

// look is the next moment after at when something may change: a time begins or
// ends, or the clocks are changed.
func (w Week) look(at time.Time, zone *time.Location) time.Time {
	now, nearest := wall(at, zone), 7*24*time.Hour
	for _, s := range w.open {
		for _, edge := range []int{s.from, s.to} {
			ahead := (time.Duration(edge)*time.Minute - now) % (weekLong * time.Minute)
			if ahead <= 0 {
				ahead += weekLong * time.Minute
			}
			nearest = min(nearest, ahead)
		}
	}
	next := at.Add(nearest)
	if _, changed := at.In(zone).ZoneBounds(); !changed.IsZero() && changed.Before(next) {
		return changed
	}
	return next
}

// Within is how much of the time between two moments is open; 0 if to is not after
// from.
func (w Week) Within(from, to time.Time, zone *time.Location) time.Duration {
	var sum time.Duration
	for from.Before(to) {
		next := w.Next(from, zone)
		if next.IsZero() || next.After(to) {
			next = to
		}
		if w.Open(from, zone) {
			sum += next.Sub(from)
		}
		from = next
	}
	return sum
}

// After is the moment at which it has been open for so long since from.
func (w Week) After(from time.Time, long time.Duration, zone *time.Location) time.Time {
	for {
		next, open := w.Next(from, zone), w.Open(from, zone)
		if next.IsZero() || open && next.Sub(from) >= long {
			return from.Add(long)
		}
		if open {
			long -= next.Sub(from)
		}
		from = next
	}
}
