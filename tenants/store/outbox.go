package store

import (
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// Line is what waits of one login's for the topics of a group.
type Line struct {
	Connection tenants.ConnectionID
	Group      tenants.ChatID
	Jobs       int
	Weight     int       // sends, as Telegram counts them
	Half       int       // of Weight, the most of one dialog that may take half of the budget
	Oldest     time.Time // when the first was decided
}

// waits picks what waits for its turn: not what is held on purpose until its time,
// nor what costs nothing.
const waits = "state = 'waiting' AND weight > 0 AND (not_before <= ? OR attempt > 0)"

// Lines counts what waits at a time for the topics of all groups.
func (r Reads) Lines(now time.Time) ([]Line, error) {
	var all []Line
	err := r.db.each(func(row *row) error {
		l := Line{
			Connection: tenants.ConnectionID(row.int()), Group: tenants.ChatID(row.int()),
			Jobs: int(row.int()), Weight: int(row.int()), Half: int(row.int()), Oldest: row.time(),
		}
		last := len(all) - 1
		if last < 0 || all[last].Connection != l.Connection || all[last].Group != l.Group {
			all = append(all, l)
			return nil
		}
		sum := &all[last]
		sum.Jobs, sum.Weight, sum.Half = sum.Jobs+l.Jobs, sum.Weight+l.Weight, max(sum.Half, l.Half)
		if l.Oldest.Before(sum.Oldest) {
			sum.Oldest = l.Oldest
		}
		return nil
	}, `SELECT connection, chat, count(*), sum(weight), sum(weight * coalesce(body ->> 'half', 0)), min(decided) FROM jobs
		WHERE side = 'topic' AND chat < 0 AND `+waits+" GROUP BY connection, chat, dialog", now)
	return all, err
}

// Stop is a lane that waits because its first job is tried again later.
type Stop struct {
	Jobs  int // of the lane, the first included
	Until time.Time
	Why   string // as SetWhy
}

// ToClients counts what waits at a time for the clients of a group's dialogs, and
// what of it is behind something that is tried again later.
func (r Reads) ToClients(group tenants.ChatID, now time.Time) (n int, stops []Stop, err error) {
	const of = "side = 'client' AND dialog IN (SELECT id FROM dialogs WHERE group_chat = ?) AND "
	count, _, err := r.db.one("SELECT count(*) FROM jobs WHERE "+of+waits, group, now)
	if err != nil {
		return 0, nil, err
	}
	err = r.db.each(func(row *row) error {
		stops = append(stops, Stop{Until: row.time(), Why: row.text(), Jobs: int(row.int())})
		return nil
	}, `SELECT not_before, why, (SELECT count(*) FROM jobs b WHERE b.dialog = j.dialog AND b.side = j.side AND b.weight > 0)
		FROM jobs j WHERE `+of+"state = 'waiting' AND attempt > 0 AND not_before > ? ORDER BY not_before DESC", group, now)
	return int(count), stops, err
}

// WhyStopped is why the job that is tried again last of those for a group waits; ""
// = none does, or nobody knows.
func (r Reads) WhyStopped(group tenants.ChatID, now time.Time) (why string, err error) {
	err = r.db.each(func(row *row) error {
		why = row.text()
		return nil
	}, `SELECT why FROM jobs WHERE chat = ? AND side <> 'client' AND state = 'waiting' AND attempt > 0 AND not_before > ?
		ORDER BY not_before DESC LIMIT 1`, group, now)
	return why, err
}

// SetWhy notes what was in the way of a job's last try, in words that hold nothing
// of a message; "" = nothing.
func (tx *Tx) SetWhy(id tenants.JobID, why string) error {
	_, err := tx.db.exec("UPDATE jobs SET why = ? WHERE id = ?", why, id)
	return err
}

// Listed is a job as a host may see it: no words, no names.
type Listed struct {
	Item
	Effect string        // what it does: send, open, rename …
	Head   tenants.JobID // the first of its lane, behind which it waits; its own number if it is that
	Why    string        // as SetWhy
}

// Which tells what of the outbox is asked for; the zero Which: all.
type Which struct {
	Dialog tenants.DialogID // 0 = of all
	Side   dialog.Side      // "" = on all
	Before time.Time        // decided before; zero = whenever
}

// List lists jobs lane by lane, in the order in which they go, the one under way
// first; at most so many.
func (r Reads) List(w Which, most int) ([]Listed, error) {
	before := w.Before
	if before.IsZero() {
		before = time.UnixMilli(1<<62 - 1)
	}
	var all []Listed
	err := r.db.each(func(row *row) error {
		all = append(all, Listed{Item: readItem(row), Effect: row.text(), Why: row.text(), Head: tenants.JobID(row.int())})
		return nil
	}, "SELECT "+itemColumns+`, effect, why,
		(SELECT id FROM jobs b WHERE b.dialog = j.dialog AND b.group_chat = j.group_chat AND b.side = j.side ORDER BY b.place LIMIT 1)
		FROM jobs j WHERE (?1 = 0 OR dialog = ?1) AND (?2 = '' OR side = ?2) AND decided < ?3
		ORDER BY dialog, group_chat, side, place LIMIT ?4`, w.Dialog, w.Side, before, most)
	return all, err
}

// Hasten lets a job that waits be tried as soon as its turn comes.
func (tx *Tx) Hasten(id tenants.JobID) error {
	_, err := tx.db.exec("UPDATE jobs SET not_before = 0, why = '' WHERE id = ? AND state = 'waiting'", id)
	return err
}

// Side is what is in the outbox on one side.
type Side struct {
	Jobs   int
	Oldest time.Time // when the oldest was decided
}

// Waits counts all of the outbox by its sides.
func (r Reads) Waits() (map[dialog.Side]Side, error) {
	all := map[dialog.Side]Side{}
	err := r.db.each(func(row *row) error {
		all[dialog.Side(row.text())] = Side{Jobs: int(row.int()), Oldest: row.time()}
		return nil
	}, "SELECT side, count(*), min(decided) FROM jobs GROUP BY side")
	return all, err
}
