package pace

import (
	"cmp"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// An album needs many tokens at once, and beside a steady load no two are ever
// free: each goes to somebody smaller. So one that has waited for a window is
// saved for: lanes that leave the reserve to others stop until it has gone, and
// after another window all do. Then what comes back is its own, and it goes within
// one more window of the last answer.

// ripen notes since when albums have waited for nothing but tokens and turns.
func (q *Queue) ripen(now time.Time) {
	if q.rules.Tokens == 0 {
		return
	}
	for _, l := range q.lanes {
		if l.ripe.IsZero() && q.ripens(l, now) {
			l.ripe = now
		}
	}
}

// ripens tells that the head of a lane is an album that only waits for tokens.
func (q *Queue) ripens(l *lane, now time.Time) bool {
	if l.stopped() || len(l.items) == 0 {
		return false
	}
	it := l.items[0]
	return it.Class == dialog.ClassAlbum && it.Job != 0 && !it.NotBefore.After(now) && !q.halved(l, it).After(now)
}

// savings are the lanes for whose albums tokens are saved, by login; nil = none.
type savings map[tenants.ConnectionID]*lane

// yields tells that a lane waits because tokens are saved for an album of the
// same login.
func (q *Queue) yields(l *lane, by tenants.ConnectionID, now time.Time, saved savings) bool {
	it := l.items[0]
	first := saved[by]
	if it.Weight == 0 || first == nil || first == l {
		return false
	}
	urgent := it.Class == dialog.ClassAnswer || now.Sub(l.served) >= quiet
	return !urgent || now.Sub(first.ripe) >= 2*q.rules.Window
}

// overdue finds for each login the lane whose album has waited longest, for a
// window at least.
func (q *Queue) overdue(now time.Time) (saved savings) {
	for _, l := range q.lanes {
		if l.ripe.IsZero() || now.Sub(l.ripe) < q.rules.Window || !q.ripens(l, now) {
			continue
		}
		c := l.items[0].Connection
		first := saved[c]
		if first != nil && cmp.Or(first.ripe.Compare(l.ripe), cmp.Compare(first.since, l.since)) <= 0 {
			continue
		}
		if saved == nil {
			saved = savings{}
		}
		saved[c] = l
	}
	return saved
}
