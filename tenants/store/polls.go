package store

import (
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// PollOf finds the dialog of a poll that a login has sent, and the message in
// the topic that it was; dialog 0 = the poll is not known.
func (r Reads) PollOf(connection tenants.ConnectionID, poll string) (of tenants.DialogID, message tenants.MessageRef, err error) {
	err = r.db.each(func(row *row) error {
		of, message = tenants.DialogID(row.int()), readRef(row)
		return nil
	}, "SELECT dialog, chat, id FROM polls WHERE connection = ? AND poll = ?", connection, poll)
	return of, message, err
}

// putPoll writes a poll that has gone out.
func (tx *Tx) putPoll(of tenants.DialogID, p *dialog.Poll) error {
	_, err := tx.db.exec(`INSERT OR REPLACE INTO polls (connection, poll, dialog, chat, id, note_chat, note, at)
		VALUES (?, ?, ?, ?, ?, 0, 0, ?)`,
		p.Connection, p.ID, of, p.Message.Chat, p.Message.ID, tx.now)
	return err
}

// pollNote is the message that tells how a poll stands, 0 = none yet.
func (tx *Tx) pollNote(job *dialog.Job, e *dialog.Send) (tenants.MessageID, error) {
	if e.Poll == "" || e.Anew {
		return 0, nil
	}
	id, _, err := tx.db.one("SELECT note FROM polls WHERE connection = ? AND poll = ? AND note_chat = ?", job.Connection, e.Poll, job.Chat)
	return tenants.MessageID(id), err
}

// notePoll remembers the message that tells how a poll stands.
func (tx *Tx) notePoll(job *dialog.Job, e *dialog.Send, made tenants.MessageID) error {
	_, err := tx.db.exec("UPDATE polls SET note_chat = ?, note = ? WHERE connection = ? AND poll = ?", job.Chat, made, job.Connection, e.Poll)
	return err
}

// mergePoll: of what waits to be told of a poll, the last is told.
func (tx *Tx) mergePoll(job *dialog.Job, e *dialog.Send) (tenants.JobID, error) {
	rows, err := tx.jobs("SELECT "+jobColumns+" FROM jobs WHERE "+inLane+` AND effect = 'send' AND state = 'waiting'
		AND connection = ? AND body ->> 'poll' = ?`, laneArgs(job.Lane, job.Connection, e.Poll)...)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	row := rows[0]
	row.Job.Effect = e
	return row.ID, tx.rewrite(row.ID, &row.Job)
}
