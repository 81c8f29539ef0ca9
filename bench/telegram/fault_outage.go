package telegram

import "time"

// Down says whether an outage keeps the bot and Telegram apart, and until
// when at least; zero = nobody knows.
func (w *World) Down(bot int64) (until time.Time, down bool) {
	if a := w.outage(bot); a != nil {
		return a.turns(w.now), true
	}
	return time.Time{}, false
}

func (w *World) outage(bot int64) *armed {
	for _, a := range w.faults {
		if a.Do == Outage && (a.Bot == 0 || a.Bot == bot) && a.on(w.now) {
			return a
		}
	}
	return nil
}

// cut breaks a call that waits when an outage begins; false = there is none.
func (p *Pending) cut() bool {
	a := p.call.w.outage(p.call.bot.me.id)
	if a == nil {
		return false
	}
	if p.fault == nil {
		p.fault = &a.Fault
		p.spoil()
		a.struck++
	}
	return true
}

// nextOutage is when an outage begins or ends; zero = never.
func (w *World) nextOutage() time.Time {
	var next time.Time
	for _, a := range w.faults {
		if a.Do != Outage {
			continue
		}
		if at := a.turns(w.now); !at.IsZero() && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next
}
