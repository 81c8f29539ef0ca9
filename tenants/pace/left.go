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
	var from []time.Time
	for _, b := range logins {
		if at := later(now, b.paused); at.Equal(now) {
			free += b.free(now, r)
		}
		from = append(from, later(now, b.paused))
	}
	slices.SortFunc(from, time.Time.Compare)
	if weight == 0 || from[0].Equal(now) && (r.Tokens == 0 || weight <= free) {
		return 0
	}
	if r.Tokens == 0 {
		return from[0].Sub(now)
	}
	rest, each := float64(weight), float64(r.Window)/float64(r.Tokens)
	for i, at := range from {
		n := float64(i + 1) // logins that send from here on
		if i+1 < len(from) {
			if goes := float64(from[i+1].Sub(at)) * n / each; goes < rest {
				rest -= goes
				continue
			}
		}
		return at.Add(time.Duration(rest * each / n)).Sub(now)
	}
	panic("pace: no login")
}
