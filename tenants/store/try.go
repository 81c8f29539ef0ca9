package store

import (
	"errors"
	"fmt"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// Errors of MarkTrying: who picked the job knew an older outbox.
var (
	// ErrRetired: the job has no row any more.
	ErrRetired = errors.New("job has been retired")
	// ErrNotNext: another job of its lane goes first, or it is being tried.
	ErrNotNext = errors.New("job is not the next of its lane")
)

// Obstacle is why a job can't be tried as it is.
type Obstacle int

const (
	Clear      Obstacle = iota // it has been marked: try it
	Early                      // its time has not come: an album got another part, or it was put off
	NeedsTopic                 // the dialog has no topic in that group: one has to be opened first
	NeedsRoom                  // the group has no waiting room: it has to be opened first
	TwinGone                   // what it edits was never sent, or the link has expired
	TwinLeft                   // what it edits stayed behind in the group of which the chat was made
	Nothing                    // nothing of it is at Telegram: its owner settles it as done
	NoRoom                     // the joined message that it edits can't hold the new text
	Trim                       // Try.Trims have to go first: what it deletes stands in messages with others
	Others                     // only Try.By can do it: whoever sent what it edits
	Moot                       // nothing to do: the topic is there, is gone, or is named so already
)

// Try is a job about to be tried, with all that is looked up at the last moment.
type Try struct {
	Row   *Row
	Ready bool // marked; else Why tells what is in the way, and at most NotBefore has changed
	Why   Obstacle

	Thread  tenants.ThreadID  // of the dialog's topic, for what goes there; 0 = General or a client's chat
	Title   string            // of Open and Rename
	ReplyTo tenants.MessageID // 0 = goes without the reply, and then without its quote
	Quote   *tenants.Quote    // of the reply; nil = none
	// Whole is the content of the joined message that an Edit changes; nil = what it
	// edits is alone.
	Whole *tenants.Content
	// Absorbed are jobs that were taken into this one's message: they have no row any more.
	Absorbed []tenants.JobID
	// Trims are to be queued before the job, where Why is Trim.
	Trims []dialog.Job
	// By is who has to do it, where Why is Others; 0 = the job's own connection.
	By     tenants.ConnectionID
	TwinOf tenants.MessageID // of Edit, and of a Send with a Poll: the message to edit; 0 = none

	moved bool // to or from the waiting room: the job has changed
}

// MarkTrying marks a lane's first job as being tried by a login at the time of
// the Write, and looks up what it needs; by is 0 for the job's own connection.
// Commit before the network is touched. Errors: ErrRetired and ErrNotNext, which
// change nothing.
func (tx *Tx) MarkTrying(id tenants.JobID, by tenants.ConnectionID) (*Try, error) {
	return tx.mark(id, by, false)
}

func (tx *Tx) mark(id tenants.JobID, by tenants.ConnectionID, crowd bool) (*Try, error) {
	row, err := tx.next(id)
	if err != nil {
		return nil, err
	}
	if row.TriedBy = by; by == row.Job.Connection {
		row.TriedBy = 0
	}
	try := &Try{Row: row}
	if row.Job.NotBefore.After(tx.now) {
		try.Why = Early
		return try, nil
	}
	if err := tx.resolve(try); err != nil || try.Why != Clear {
		return try, err
	}
	if crowd {
		if err := tx.absorb(try); err != nil {
			return try, err
		}
	}
	if noteTitle(row.Job.Effect, try.Title) || hasTwins(row.Job.Effect) || try.moved || len(try.Absorbed) > 0 {
		if err := tx.rewrite(id, &row.Job); err != nil {
			return try, err
		}
	}
	err = tx.markTried(row)
	try.Ready = err == nil
	return try, err
}

// Reword keeps what a job does from now on.
func (tx *Tx) Reword(row *Row) error { return tx.rewrite(row.ID, &row.Job) }

// Retitle has a job that is being tried go out with another title.
func (tx *Tx) Retitle(try *Try, title string) error {
	try.Title = title
	noteTitle(try.Row.Job.Effect, title)
	return tx.Reword(try.Row)
}

// Refuse marks a job as tried although no call is made: it is refused before it
// could be.
func (tx *Tx) Refuse(row *Row) error { return tx.markTried(row) }

func (tx *Tx) markTried(row *Row) error {
	row.Trying, row.TriedAt = true, tx.now
	row.Attempt++
	if tx.Height != nil {
		row.Floor = tx.Height(row.Tryer(), row.Job.Chat)
	}
	_, err := tx.db.exec("UPDATE jobs SET state = 'trying', attempt = ?, tried_at = ?, tried_by = ?, floor = ? WHERE id = ?",
		row.Attempt, row.TriedAt, row.TriedBy, row.Floor, row.ID)
	return err
}

// noteTitle keeps in a job the title with which it goes out, so that its
// settlement knows it; it tells whether the job has one.
func noteTitle(e dialog.Effect, title string) bool {
	switch e := e.(type) {
	case *dialog.Open:
		e.Title = title
	case *dialog.Rename:
		e.Title = title
	case *dialog.Send, *dialog.SetOpen, *dialog.Edit, *dialog.React, *dialog.Delete, *dialog.AnswerPress:
		return false
	default:
		panic(fmt.Sprintf("store: unknown effect %T", e))
	}
	return true
}

// hasTwins tells that the twins that were looked up are kept in the job.
func hasTwins(e dialog.Effect) bool {
	del, ok := e.(*dialog.Delete)
	return ok && len(del.Of) > 0
}

// next reads a job if it is the one that its lane does next.
func (tx *Tx) next(id tenants.JobID) (*Row, error) {
	row, err := tx.Job(id)
	if err != nil {
		return nil, err
	}
	if row == nil {
		return nil, fmt.Errorf("job %d: %w", id, ErrRetired)
	}
	before, err := tx.db.any("SELECT 1 FROM jobs WHERE "+inLane+" AND place < ? LIMIT 1", laneArgs(row.Job.Lane, row.place)...)
	if err != nil {
		return nil, err
	}
	if before || row.Trying {
		return nil, fmt.Errorf("job %d: %w", id, ErrNotNext)
	}
	return row, nil
}

// Retire takes a job out of the outbox: done, or dropped with a trace. Retiring
// it again changes nothing.
func (tx *Tx) Retire(id tenants.JobID) error {
	_, err := tx.db.exec("DELETE FROM jobs WHERE id = ?", id)
	return err
}

// sendOf is an effect as a Send, an empty one if it is another.
func sendOf(e dialog.Effect) dialog.Send {
	if s, ok := e.(*dialog.Send); ok {
		return *s
	}
	return dialog.Send{}
}

// Requeue puts a job back to wait at its place, not before a time (zero = at
// once). effect replaces what it does; nil = as it was.
func (tx *Tx) Requeue(id tenants.JobID, effect dialog.Effect, notBefore time.Time) error {
	row, err := tx.Job(id)
	if err != nil {
		return err
	}
	if row == nil {
		return fmt.Errorf("job %d: %w", id, ErrRetired)
	}
	if effect != nil {
		if was, now := sendOf(row.Job.Effect), sendOf(effect); was.Joined && !now.Joined {
			row.Job.Source = now.Parts[0].Source // the others go in jobs of their own
		}
		row.Job.Effect = effect
		row.Job.NotBefore = notBefore
		if err := tx.rewrite(id, &row.Job); err != nil {
			return err
		}
	}
	_, err = tx.db.exec("UPDATE jobs SET state = 'waiting', not_before = ? WHERE id = ?", notBefore, id)
	return err
}

// InsertBefore queues jobs in the lane of another, directly before it and in
// their order, whatever their own lane says. The other must not be under way
// when the Write ends: requeue it. Nothing is merged.
func (tx *Tx) InsertBefore(id tenants.JobID, jobs []dialog.Job, key func() tenants.SendKey) ([]tenants.JobID, error) {
	row, err := tx.Job(id)
	if err != nil {
		return nil, err
	}
	if row == nil {
		return nil, fmt.Errorf("job %d: %w", id, ErrRetired)
	}
	// Those before it make room; mostly there are none.
	_, err = tx.db.exec("UPDATE jobs SET place = place - ? WHERE "+inLane+" AND place < ?",
		append([]any{len(jobs)}, laneArgs(row.Job.Lane, row.place)...)...)
	if err != nil {
		return nil, err
	}
	numbers := make([]tenants.JobID, len(jobs))
	for i := range jobs {
		job := jobs[i]
		job.Lane = row.Job.Lane
		numbers[i], err = tx.insertAt(&job, key(), row.place-int64(len(jobs)-i))
		if err != nil {
			return nil, err
		}
	}
	return numbers, nil
}
