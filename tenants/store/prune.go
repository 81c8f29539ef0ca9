package store

import (
	"errors"
	"time"

	"topicdesk/tenants"
)

// EventsKept is how long facts for reports are kept, and who administered what.
const EventsKept = 400 * 24 * time.Hour

// PruneStep is how many rows of a table Prune deletes at once: the file must not be held
// while a long history goes, because somebody made RETENTION_DAYS short.
const PruneStep = 2000

// oldestLink is the name of when the oldest link was made that Prune has left.
const oldestLink = "oldest link"

// Prune deletes what has served its time: links after the retention of their
// connection; inside marks, polls, and links of connections that are not listed after
// the longest of them; updates seen, events and what was set aside after their own,
// the words of joined messages after JoinedKept. more tells that there is more of it. It
// reads whole tables: for once an hour, not for every commit.
func (tx *Tx) Prune(retention map[tenants.ConnectionID]time.Duration) (more bool, err error) {
	var longest time.Duration
	for c, kept := range retention {
		longest = max(longest, kept)
		again, err := tx.outdated("links WHERE connection = ? AND", kept, c)
		if err != nil {
			return false, err
		}
		more = more || again
	}
	for _, old := range []struct {
		table string
		kept  time.Duration
	}{
		{"links", longest},
		{"inside", longest},
		{"polls", longest},
		{"album_parts", longest},
		{"seen", tenants.SeenKept},
		{"sent", sentKept},
		{"aside", tenants.AsideKept},
		{"aside_jobs", tenants.AsideKept},
		{"held", tenants.HeldKept},
		{"events", EventsKept},
		{"acts", EventsKept},
	} {
		again, err := tx.outdated(old.table+" WHERE", old.kept)
		if err != nil {
			return false, err
		}
		more = more || again
	}
	oldest, err := tx.oldest("links", "inside")
	if err != nil {
		return false, err
	}
	return more, errors.Join(tx.SetMetaTime(oldestLink, oldest), tx.forgetJoined())
}

// outdated deletes rows of a table that are older than they are kept, about PruneStep of
// them; more tells that there are others. from is "table WHERE", with a condition and AND.
func (tx *Tx) outdated(from string, kept time.Duration, args ...any) (more bool, err error) {
	const old = " at < ?"
	before := tx.now.Add(-kept)
	last, more, err := tx.db.one("SELECT at FROM "+from+old+" ORDER BY at LIMIT 1 OFFSET ?", append(args, before, PruneStep)...)
	if err != nil {
		return false, err
	}
	if more {
		before = time.UnixMilli(last + 1) // its own moment too, so that something goes
	}
	_, err = tx.db.exec("DELETE FROM "+from+old, append(args, before)...)
	return more, err
}

// oldest is when the oldest row of some tables was written, zero = there is none.
func (r Reads) oldest(tables ...string) (oldest time.Time, err error) {
	for _, table := range tables {
		at, found, err := r.db.one("SELECT at FROM " + table + " ORDER BY at LIMIT 1")
		if err != nil {
			return oldest, err
		}
		if first := time.UnixMilli(at).UTC(); found && (oldest.IsZero() || first.Before(oldest)) {
			oldest = first
		}
	}
	return oldest, nil
}

// NextPrune is when something wants to be deleted that belongs to clients, at the earliest;
// zero = there is nothing of them. retention is the shortest of those of Prune, pruned
// when that was last done, zero = nobody knows. It reads no long table.
func (r Reads) NextPrune(retention time.Duration, pruned time.Time) (next time.Time, err error) {
	sooner := func(at time.Time, kept time.Duration) {
		if due := at.Add(kept); !at.IsZero() && (next.IsZero() || due.Before(next)) {
			next = due
		}
	}
	links, err := r.db.any("SELECT 1 FROM links LIMIT 1")
	if err != nil {
		return next, err
	}
	if links { // none that came since is older than the last pruning
		oldest, err := r.MetaTime(oldestLink)
		if err != nil {
			return next, err
		}
		if oldest.IsZero() {
			oldest = pruned
		}
		if oldest.IsZero() { // nobody knows
			oldest = time.Unix(1, 0)
		}
		sooner(oldest, retention)
	}
	for _, kept := range []struct {
		rows string
		kept time.Duration
	}{
		{"held", tenants.HeldKept},
		{"polls", retention},
		{"album_parts", retention},
		{"aside", tenants.AsideKept},
		{"aside_jobs", tenants.AsideKept},
		{"joined WHERE forgotten = 0", tenants.JoinedKept},
	} {
		oldest, err := r.oldest(kept.rows)
		if err != nil {
			return next, err
		}
		sooner(oldest, kept.kept)
	}
	return next, nil
}
