package connection

import "time"

// rate is how many calls a second a login may make: all that Options allow, and
// fewer for a while after Telegram held the whole login back.
type rate struct {
	all     int // 0 = no limit of ours
	taken   int // calls a second that floods took
	changed time.Time
	sent    []time.Time // the calls of the last second
}

const (
	// calm is how long Telegram must have held nothing back before a call a second
	// that a flood took is tried again.
	calm = 3 * time.Minute
	// leastShare of all calls is left by any number of floods.
	leastShare = 5
)

// turn tells whether a call may be made now, and counts it.
func (r *rate) turn(now time.Time) bool {
	if r.all == 0 {
		return true
	}
	kept := r.sent[:0]
	for _, t := range r.sent {
		if now.Sub(t) < time.Second {
			kept = append(kept, t)
		}
	}
	r.sent = kept
	if r.full() {
		return false
	}
	if r.taken > 0 && now.Sub(r.changed) >= calm {
		r.taken, r.changed = r.taken-1, now
	}
	r.sent = append(r.sent, now)
	return true
}

// full tells that all calls of the last second are made.
func (r *rate) full() bool { return r.all > 0 && len(r.sent) >= r.all-r.taken }

// flooded takes a quarter of what is left. What comes within a pause is one flood.
func (r *rate) flooded(now time.Time) {
	if !r.changed.IsZero() && now.Sub(r.changed) < floodsWithin {
		return
	}
	left := max(1, r.all/leastShare, (r.all-r.taken)*3/4)
	r.taken, r.changed = max(0, r.all-left), now
}
