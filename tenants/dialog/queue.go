package dialog

import (
	"time"

	"topicdesk/tenants"
)

// Queue is what waits for the topics of a group, and for the clients of its dialogs.
type Queue struct {
	Waits  int           // for the group
	Oldest time.Duration // how long the oldest of Waits has waited
	Left   time.Duration // until all have gone, about; a pause is in it
	// Pause is how long nothing goes into the group; 0 = something may. Flood:
	// because Telegram asked for it.
	Pause time.Duration
	Flood bool

	Clients int // waits for clients
	// Held of Clients are behind something that is tried again at the latest after
	// Again. Flooded: because Telegram asked for a pause.
	Held    int
	Again   time.Duration
	Flooded bool
}

// Times of the line about a backlog.
const (
	backlogLong  = time.Minute      // more is told
	backlogShort = 10 * time.Second // less is none
	backlogCalm  = 2 * time.Minute  // a backlog is over when there was none for so long
	backlogPause = 10 * time.Minute // it is told again after it, while it lasts
)

// Backlog is what is remembered of a group's backlog, so that it is told once.
type Backlog struct {
	Told  time.Time     `json:"told,omitzero"`  // the last line about it; zero = there is none
	Calm  time.Time     `json:"calm,omitzero"`  // since when there is none; zero = there is one
	Pause time.Duration `json:"pause,omitzero"` // the longest that Telegram asked for since the last line
}

// Look sees what waits for a group. tells: it is to be told in General now.
func (b Backlog) Look(q Queue, now time.Time) (next Backlog, tells bool) {
	long := q.Left > backlogLong || q.Oldest > backlogLong && q.Left > backlogShort
	over := !b.Calm.IsZero() && now.Sub(b.Calm) >= backlogCalm
	if next = b; over {
		next = Backlog{}
	}
	switch {
	case q.Waits > 0 && q.Pause > 0: // nothing can be said; what comes after it is told then
		if q.Flood {
			next.Pause = max(next.Pause, q.Pause)
		}
		return next, false
	case q.Left <= backlogShort && next.Told.IsZero():
		return Backlog{}, false
	case q.Left <= backlogShort && next.Calm.IsZero():
		next.Calm = now
		return next, false
	case q.Left <= backlogShort:
		return next, false
	}
	next.Calm = time.Time{}
	if next.Told.IsZero() {
		tells = long
	} else {
		tells = q.Left > backlogLong && now.Sub(next.Told) >= backlogPause
	}
	if tells {
		next.Told, next.Pause = now, 0
	}
	return next, tells
}

// Same tells that two are the same.
func (b Backlog) Same(c Backlog) bool {
	return b.Told.Equal(c.Told) && b.Calm.Equal(c.Calm) && b.Pause == c.Pause
}

// Tell says in General, silently and before what waits, how long the backlog is.
func (b Backlog) Tell(c tenants.ConnectionID, group tenants.ChatID, q Queue, now time.Time, v tenants.Voice) Decision {
	return Decision{Jobs: []Job{noteJob(c, group, tenants.Plain(backlogWords(v, q, b.Pause)), true, now)}}
}
