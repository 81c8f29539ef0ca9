package pace

import (
	"slices"
	"time"
)

// Paused is until when nothing of the login goes into the chat; it may be over, and
// zero if there was no pause.
func (b *Budget) Paused() time.Time { return b.paused }

// Left is how long it takes until sends of this weight have gone through logins
// that share them, about: what the tokens allow goes at once, more of it evenly, and
// nothing of a login in a pause. No login: as if there were one that has all its
// tokens.
func (r Rules) Left(weight int, logins []*Budget, now time.Time) time.Duration {
	if len(logins) == 0 {
		logins = []*Budget{{}}
	}
	free := 0
	logins = slices.Clone(logins)
	slices.SortFunc(logins, func(a, b *Budget) int { return later(now, a.paused).Compare(later(now, b.paused)) })
	for _, b := range logins {
		if !b.paused.After(now) {
			free += b.free(now, r)
		}
	}
	first := later(now, logins[0].paused)
	if weight == 0 || first.Equal(now) && (r.Tokens == 0 || weight <= free) {
		return 0
	}
	if r.Tokens == 0 {
		return first.Sub(now)
	}
	rest, rate := float64(weight), 0.0 // sends, and sends a nanosecond
	for i, b := range logins {
		at := later(now, b.paused)
		rate += float64(b.tokens(r)) / float64(r.Window)
		if i+1 < len(logins) {
			if goes := float64(later(now, logins[i+1].paused).Sub(at)) * rate; goes < rest {
				rest -= goes
				continue
			}
		}
		return at.Add(time.Duration(rest / rate)).Sub(now).Round(time.Millisecond)
	}
	panic("pace: no login")
}
