package telegram

import "time"

// chain is the row of messages that one bot has on the way into one chat.
// They leave one after another, so one that waits for a short flood holds up
// those behind it (TDLib source: sends of one chat are one sequence).
type chain struct {
	leave  []time.Time // when those that wait will leave, in order
	unsent []unsent
}

// unsent are messages on the way that are sent, or refused, at a moment.
type unsent struct {
	until time.Time
	count int
}

type chainKey struct {
	bot  int64
	chat *chat
}

// maxUnsent messages of one bot may be on the way into one chat; for one
// more the answer is retry after 60, given 3 s later (Bot API server source).
const (
	maxUnsent  = 310
	crowdRetry = 60 * time.Second
	crowdDelay = 3 * time.Second
)

// chainOf is the row in which a call of the family waits for its turn; nil =
// such calls don't wait for each other. Without hidden floods nothing waits.
func (w *World) chainOf(bot int64, to *chat, f family) *chain {
	if w.knobs.HideUpTo <= 0 || f != sending && f != forwarding && f != copying {
		return nil
	}
	key := chainKey{bot, to}
	row := w.limits.chains[key]
	if row == nil {
		row = &chain{}
		w.limits.chains[key] = row
	}
	row.forget(w.now)
	return row
}

// leaving are the moments at which those that wait leave; row may be nil.
func (row *chain) leaving() []time.Time {
	if row == nil {
		return nil
	}
	return row.leave
}

// crowded says whether no more messages may wait; row may be nil.
func (row *chain) crowded() bool {
	n := 0
	if row != nil {
		for _, u := range row.unsent {
			n += u.count
		}
	}
	return n >= maxUnsent
}

// add puts n messages into the row that are sent, or refused, at a moment;
// row may be nil.
func (row *chain) add(at time.Time, n int, sent bool) {
	if row == nil {
		return
	}
	row.unsent = append(row.unsent, unsent{at, n})
	if sent {
		row.leave = append(row.leave, at)
	}
}

// forget drops what has left.
func (row *chain) forget(now time.Time) {
	n := 0
	for n < len(row.leave) && !row.leave[n].After(now) {
		n++
	}
	row.leave = row.leave[n:]
	rest := row.unsent[:0]
	for _, u := range row.unsent {
		if u.until.After(now) {
			rest = append(rest, u)
		}
	}
	row.unsent = rest
}
