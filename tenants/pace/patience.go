package pace

import (
	"cmp"
	"time"

	"topicdesk/tenants/dialog"
)

// An album needs many tokens at once, and beside a steady load no two are ever
// free: each goes to somebody smaller. So for one that has waited for a window
// tokens are saved: of the same login only what is urgent goes on, and it takes no
// more than leaves the album all it needs when it has waited for another window. Then
// what comes back is the album's own, and it goes within one more window of the last
// answer.

// ripen notes since when the heads of lanes have waited for nothing but tokens and
// turns, and whether they came from somebody who had been quiet.
func (q *Queue) ripen(now time.Time) {
	for _, l := range q.row {
		if l.ripe.IsZero() && q.ripens(l, now) {
			l.calm = q.calms(l, now)
			l.ripe = now
		}
	}
}

// calms tells that the head of a lane came when nothing waited and nothing had gone
// lately, or that it will be so when it is ripe.
func (q *Queue) calms(l *lane, now time.Time) bool {
	if !l.ripe.IsZero() {
		return l.calm
	}
	at := later(l.items[0].NotBefore, q.halved(l, &l.items[0]))
	if at.IsZero() {
		at = now
	}
	return l.fresh && at.Sub(l.served) >= quiet
}

// ripens tells that the head of a lane only waits for tokens.
func (q *Queue) ripens(l *lane, now time.Time) bool {
	if l.stopped() || len(l.items) == 0 {
		return false
	}
	it := &l.items[0]
	return it.Weight > 0 && !it.NotBefore.After(now) && !q.halved(l, it).After(now)
}

// save finds for each login the lane whose album has waited longest, for a
// window at least.
func (q *Queue) save(now time.Time) {
	clear(q.saving)
	for _, p := range q.purses {
		p.hold = hold{}
	}
	for _, l := range q.row {
		if l.ripe.IsZero() || now.Sub(l.ripe) < q.rules.Window ||
			l.items[0].Class != dialog.ClassAlbum || l.items[0].Job == 0 || !q.ripens(l, now) {
			continue
		}
		c := l.items[0].Connection
		if first := q.saving[c]; first == nil || cmp.Or(l.ripe.Compare(first.ripe), cmp.Compare(l.place, first.place)) < 0 {
			q.saving[c] = l
		}
	}
	for c, l := range q.saving {
		p := q.at(c)
		p.hold = hold{min(l.items[0].Weight, p.tokens(q.rules)), l.ripe.Add(2 * q.rules.Window)}
	}
}
