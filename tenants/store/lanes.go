package store

import (
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// JobsInto lists the jobs that end in a chat, lane by lane in order, the one
// being tried first.
func (r Reads) JobsInto(chat tenants.ChatID) ([]Item, error) {
	return r.items("SELECT "+itemColumns+" FROM jobs WHERE chat = ? ORDER BY dialog, group_chat, side, place", chat)
}

// Lane lists the jobs of a lane in order, the one being tried included.
func (r Reads) Lane(lane dialog.Lane) ([]Item, error) {
	return r.items("SELECT "+itemColumns+" FROM jobs WHERE "+inLane+" ORDER BY place", laneArgs(lane)...)
}

// Answers lists operators' messages that wait in a lane or are under way, decided
// after a time, the oldest first.
func (r Reads) Answers(lane dialog.Lane, since time.Time) ([]dialog.Waits, error) {
	var all []dialog.Waits
	err := r.db.each(func(row *row) error {
		all = append(all, dialog.Waits{Message: readRef(row), Since: row.time()})
		return nil
	}, "SELECT source_chat, source_id, decided FROM jobs WHERE "+inLane+` AND origin = 'operator' AND effect = 'send'
		AND source_id <> 0 AND coalesce(body ->> 'piece', 0) = 0 AND decided > ? ORDER BY place`, laneArgs(lane, since)...)
	return all, err
}

// Carriers lists the jobs in a lane that carry a message, or pieces of it, and were
// never tried: of another nobody may say that it has not gone out.
func (r Reads) Carriers(lane dialog.Lane, message tenants.MessageRef) ([]dialog.Job, error) {
	rows, err := r.carriers(lane.Dialog, effectSend, message)
	var jobs []dialog.Job
	for _, row := range rows {
		if row.Job.Lane == lane && row.untried() {
			jobs = append(jobs, row.Job)
		}
	}
	return jobs, err
}

// OpeningTopic is the dialog for which a login has a topic of this title being
// made in a group, or one of which nobody knows whether it was made; 0 = none.
func (r Reads) OpeningTopic(connection tenants.ConnectionID, group tenants.ChatID, title string) (tenants.DialogID, error) {
	n, _, err := r.db.one(`SELECT dialog FROM jobs WHERE connection = ? AND chat = ? AND effect = 'open' AND attempt > 0
		AND body ->> 'title' = ? ORDER BY state = 'trying' DESC, tried_at LIMIT 1`, connection, group, title)
	return tenants.DialogID(n), err
}

// HasOpen tells that a job to make a dialog's topic is in the outbox.
func (r Reads) HasOpen(id tenants.DialogID) (bool, error) {
	return r.db.any("SELECT 1 FROM jobs WHERE dialog = ? AND effect = 'open' LIMIT 1", id)
}

// Overdue lists jobs that wait although they may have gone before a time.
func (r Reads) Overdue(before int64, limit int) ([]Item, error) {
	return r.items("SELECT "+itemColumns+` FROM jobs WHERE state = 'waiting' AND not_before < ?1 AND decided < ?1
		AND chat <> 0 ORDER BY id LIMIT ?2`, before, limit)
}

// AlbumFate tells what became of the parts of an album seen so far in a lane.
// One part kept inside keeps all that follow.
func (r Reads) AlbumFate(lane dialog.Lane, album string) (dialog.Fate, error) {
	kept, err := r.db.any("SELECT 1 FROM inside WHERE album = ? AND album <> '' LIMIT 1", album)
	if err != nil || kept {
		return dialog.FateInternal, err
	}
	rows, err := r.jobs("SELECT "+jobColumns+" FROM jobs WHERE "+inLane+" AND album = ? AND album <> ''", laneArgs(lane, album)...)
	if err != nil {
		return dialog.FateUnknown, err
	}
	for _, row := range rows {
		if !row.untried() {
			return dialog.FateSent, nil
		}
	}
	if len(rows) > 0 {
		return dialog.FateWaiting, nil
	}
	sent, err := r.db.any("SELECT 1 FROM links WHERE dialog = ? AND album = ? AND album <> '' AND ours = ? LIMIT 1",
		lane.Dialog, album, lane.Side == dialog.ToClient)
	if sent {
		return dialog.FateSent, err
	}
	return dialog.FateUnknown, err
}
