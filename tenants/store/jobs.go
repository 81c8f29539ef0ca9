package store

import (
	"cmp"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// Row is a job of the outbox.
type Row struct {
	ID  tenants.JobID
	Job dialog.Job
	// Trying: marked, and its outcome is not known yet.
	Trying  bool
	Attempt int // tries so far, the one under way included
	Key     tenants.SendKey
	TriedAt time.Time // of the last try, zero = never tried
	// TriedBy is the login that made the last try; 0 = the job's own connection, or
	// it was never tried.
	TriedBy tenants.ConnectionID
	// Floor is the highest message known in the numbering of the chat when the last
	// try began; 0 = none was.
	Floor  tenants.MessageID
	Weight int // Job.Weight as stored

	place int64
}

// Tryer is the login that made the last try.
func (r *Row) Tryer() tenants.ConnectionID { return cmp.Or(r.TriedBy, r.Job.Connection) }

// untried tells that nothing of the job can be at Telegram.
func (r *Row) untried() bool { return !r.Trying && r.Attempt == 0 }

// unsent tells that nothing of a send is at Telegram, as far as one can know:
// its tries were refused or never got there.
func (r *Row) unsent() bool { return !r.Trying && !r.Job.Effect.(*dialog.Send).Doubt }

// Item is what picking needs of a job: no body.
type Item struct {
	ID         tenants.JobID
	Lane       dialog.Lane
	Connection tenants.ConnectionID
	Chat       tenants.ChatID
	Class      dialog.Class
	Weight     int
	Trying     bool
	TriedBy    tenants.ConnectionID // as in Row
	Attempt    int
	NotBefore  time.Time
	Decided    time.Time
	Opens      bool // makes a topic
	Half       bool // with all others of its lane it may take half of the budget
	Helped     bool // a helper may do it
}

// Head is the first job of a lane, waiting or being tried.
type Head struct {
	Item
	Count int // jobs in the lane, the head included
}

// Backlog is what waits of one login for one chat.
type Backlog struct {
	Connection tenants.ConnectionID
	Chat       tenants.ChatID
	Jobs       int
	Weight     int       // sends, as Telegram counts them
	Trying     int       // of Jobs
	Oldest     time.Time // when the oldest was decided
}

const jobColumns = `id, dialog, group_chat, side, connection, chat, class, weight, state, attempt, not_before,
	decided, effect = 'open', coalesce(body ->> 'half', 0), tried_by, helped, place, send_key, effect, body, source_chat, source_id, origin, tried_at, floor`

const itemColumns = `id, dialog, group_chat, side, connection, chat, class, weight, state, attempt, not_before, decided,
	effect = 'open', coalesce(body ->> 'half', 0), tried_by, helped`

// inLane goes before the arguments of laneArgs.
const inLane = "dialog = ? AND group_chat = ? AND side = ?"

func laneArgs(lane dialog.Lane, more ...any) []any {
	return append([]any{lane.Dialog, lane.Group, lane.Side}, more...)
}

func readItem(r *row) Item {
	return Item{
		ID: tenants.JobID(r.int()),
		Lane: dialog.Lane{
			Dialog: tenants.DialogID(r.int()),
			Group:  tenants.ChatID(r.int()),
			Side:   dialog.Side(r.text()),
		},
		Connection: tenants.ConnectionID(r.int()),
		Chat:       tenants.ChatID(r.int()),
		Class:      dialog.Class(r.int()),
		Weight:     int(r.int()),
		Trying:     r.text() == stateTrying,
		Attempt:    int(r.int()),
		NotBefore:  r.time(),
		Decided:    r.time(),
		Opens:      r.bool(),
		Half:       r.bool(),
		TriedBy:    tenants.ConnectionID(r.int()),
		Helped:     r.bool(),
	}
}

func readJob(r *row) (*Row, error) {
	item := readItem(r)
	job := &Row{ID: item.ID, Trying: item.Trying, Attempt: item.Attempt, Weight: item.Weight, TriedBy: item.TriedBy}
	job.Job = dialog.Job{
		Lane: item.Lane, Connection: item.Connection, Chat: item.Chat, Class: item.Class,
		NotBefore: item.NotBefore, Decided: item.Decided,
	}
	job.place = r.int()
	job.Key = tenants.SendKey(r.int())
	effect, err := decodeEffect(r.text(), r.text())
	job.Job.Effect = effect
	job.Job.Source = tenants.MessageRef{Chat: tenants.ChatID(r.int()), ID: tenants.MessageID(r.int())}
	job.Job.Origin = dialog.Origin(r.text())
	job.TriedAt = r.time()
	job.Floor = tenants.MessageID(r.int())
	return job, err
}

// States of a job on disk.
const (
	stateWaiting = "waiting"
	stateTrying  = "trying"
)

// jobs reads the rows of a query that selects jobColumns.
func (r Reads) jobs(query string, args ...any) ([]*Row, error) {
	var found []*Row
	err := r.db.each(func(row *row) error {
		job, err := readJob(row)
		found = append(found, job)
		return err
	}, query, args...)
	return found, err
}

func (r Reads) items(query string, args ...any) ([]Item, error) {
	var found []Item
	err := r.db.each(func(row *row) error {
		found = append(found, readItem(row))
		return nil
	}, query, args...)
	return found, err
}

// Job reads a job, or nil if it has been retired.
func (r Reads) Job(id tenants.JobID) (*Row, error) {
	found, err := r.jobs("SELECT "+jobColumns+" FROM jobs WHERE id = ?", id)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}

// Trying lists the jobs marked as being tried: at opening, those whose outcome
// has to be found out.
func (r Reads) Trying() ([]*Row, error) {
	return r.jobs("SELECT " + jobColumns + " FROM jobs WHERE state = 'trying' ORDER BY id")
}

// Waiting lists the first jobs of a lane that wait, in the order in which they
// will go.
func (r Reads) Waiting(lane dialog.Lane, limit int) ([]Item, error) {
	return r.items("SELECT "+itemColumns+" FROM jobs WHERE "+inLane+" AND state = 'waiting' ORDER BY place LIMIT ?",
		laneArgs(lane, limit)...)
}

// Heads lists the first job of every lane that has one. It reads the whole
// outbox: for opening, not for every commit.
func (r Reads) Heads() ([]Head, error) {
	var heads []Head
	// The other columns come from the row with the least place
	// (sqlite.org/lang_select.html, bare columns).
	err := r.db.each(func(row *row) error {
		item := readItem(row)
		row.int() // min(place)
		heads = append(heads, Head{Item: item, Count: int(row.int())})
		return nil
	}, "SELECT "+itemColumns+", min(place), count(*) FROM jobs GROUP BY dialog, group_chat, side")
	return heads, err
}

// LaneHead is the first job of a lane, ok is false if it has none.
func (r Reads) LaneHead(lane dialog.Lane) (head Item, ok bool, err error) {
	found, err := r.items("SELECT "+itemColumns+" FROM jobs WHERE "+inLane+" ORDER BY place LIMIT 1", laneArgs(lane)...)
	if err != nil || len(found) == 0 {
		return Item{}, false, err
	}
	return found[0], true, nil
}

// LaneLength counts the jobs of a lane, the one being tried included.
func (r Reads) LaneLength(lane dialog.Lane) (int, error) {
	n, _, err := r.db.one("SELECT count(*) FROM jobs WHERE "+inLane, laneArgs(lane)...)
	return int(n), err
}

// Apologizes tells that a client is being told of a message that is refused.
func (r Reads) Apologizes(id tenants.DialogID) (bool, error) {
	return r.db.any("SELECT 1 FROM jobs WHERE "+inLane+" AND effect = 'send' AND body ->> 'apology' LIMIT 1",
		laneArgs(dialog.Lane{Dialog: id, Side: dialog.ToClient})...)
}

// HasJobs tells that the outbox is not empty. It is asked after every commit:
// what it costs must not grow with what waits.
func (r Reads) HasJobs() (bool, error) { return r.db.any("SELECT 1 FROM jobs LIMIT 1") }

// CountJobs counts the outbox, no further than most; 0 = it counts nothing.
func (r Reads) CountJobs(most int) (int, error) {
	n, _, err := r.db.one("SELECT count(*) FROM (SELECT 1 FROM jobs LIMIT ?)", most)
	return int(n), err
}

// Outbox counts what waits, by login and chat.
func (r Reads) Outbox() ([]Backlog, error) {
	var all []Backlog
	err := r.db.each(func(row *row) error {
		all = append(all, Backlog{
			Connection: tenants.ConnectionID(row.int()),
			Chat:       tenants.ChatID(row.int()),
			Jobs:       int(row.int()),
			Weight:     int(row.int()),
			Trying:     int(row.int()),
			Oldest:     row.time(),
		})
		return nil
	}, `SELECT connection, chat, count(*), sum(weight), sum(state = 'trying'), min(decided)
		FROM jobs GROUP BY connection, chat ORDER BY connection, chat`)
	return all, err
}

// carriers lists the jobs with this effect that touch a message, in a dialog's
// lanes, in the order of their place.
func (r Reads) carriers(id tenants.DialogID, effect string, ref tenants.MessageRef) ([]*Row, error) {
	if ref.IsZero() {
		return nil, nil
	}
	return r.jobs("SELECT "+jobColumns+` FROM jobs WHERE effect = ?1 AND dialog = ?2 AND id IN
		(SELECT id FROM jobs WHERE source_id = ?4 AND source_chat = ?3 AND source_id <> 0
		 UNION ALL SELECT job FROM parts WHERE chat = ?3 AND id = ?4) ORDER BY side, place`,
		effect, id, ref.Chat, ref.ID)
}

// insert appends a job to its lane.
func (tx *Tx) insert(job *dialog.Job, key tenants.SendKey) (tenants.JobID, error) {
	last, found, err := tx.db.one("SELECT place FROM jobs WHERE "+inLane+" ORDER BY place DESC LIMIT 1", laneArgs(job.Lane)...)
	if err != nil {
		return 0, err
	}
	if !found {
		last = 0
	}
	return tx.insertAt(job, key, last+1)
}

func (tx *Tx) insertAt(job *dialog.Job, key tenants.SendKey, place int64) (tenants.JobID, error) {
	if key == 0 {
		panic("store: a job without a send key")
	}
	id, err := tx.db.insert(`INSERT INTO jobs (dialog, group_chat, side, place, connection, chat, class, weight, state,
		attempt, send_key, effect, body, source_chat, source_id, album, origin, not_before, decided, tried_at, helped)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)`,
		job.Lane.Dialog, job.Lane.Group, job.Lane.Side, place, job.Connection, job.Chat, int(job.Class), job.Weight(),
		key, effectName(job.Effect), toJSON(job.Effect), job.Source.Chat, job.Source.ID, album(job.Effect),
		job.Origin, job.NotBefore, job.Decided, job.Helped())
	if err != nil {
		return 0, err
	}
	return tenants.JobID(id), tx.putParts(tenants.JobID(id), job)
}

// rewrite writes what merging and requeueing may change of a job: its effect,
// source, class and earliest time.
func (tx *Tx) rewrite(id tenants.JobID, job *dialog.Job) error {
	_, err := tx.db.exec(`UPDATE jobs SET class = ?, weight = ?, effect = ?, body = ?, source_chat = ?, source_id = ?,
		album = ?, not_before = ?, helped = ? WHERE id = ?`,
		int(job.Class), job.Weight(), effectName(job.Effect), toJSON(job.Effect), job.Source.Chat, job.Source.ID,
		album(job.Effect), job.NotBefore, job.Helped(), id)
	if err != nil {
		return err
	}
	if _, err := tx.db.exec("DELETE FROM parts WHERE job = ?", id); err != nil {
		return err
	}
	return tx.putParts(id, job)
}

// putParts makes a job findable by every message that it touches.
func (tx *Tx) putParts(id tenants.JobID, job *dialog.Job) error {
	for _, ref := range touched(job.Effect) {
		if ref == job.Source {
			continue
		}
		_, err := tx.db.exec("INSERT OR IGNORE INTO parts (chat, id, job) VALUES (?, ?, ?)", ref.Chat, ref.ID, id)
		if err != nil {
			return err
		}
	}
	return nil
}
