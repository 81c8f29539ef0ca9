package store

import (
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// A notice of what is about to go to a client is kept inside under its mark, until links
// are: so it is found again when it is over.

// notice is the message of a group that is the notice with this mark; zero = none is
// known.
func (r Reads) notice(chat tenants.ChatID, mark string) (ref tenants.MessageRef, err error) {
	err = r.db.each(func(row *row) error {
		ref = readRef(row)
		return nil
	}, "SELECT chat, id FROM inside WHERE album = ? AND album <> '' AND chat = ?", mark, chat)
	return ref, err
}

// dropNotice withdraws a notice that has not left yet.
func (tx *Tx) dropNotice(lane dialog.Lane, mark string) error {
	rows, err := tx.jobs("SELECT "+jobColumns+" FROM jobs WHERE "+inLane+` AND effect = 'send' AND state = 'waiting'
		AND body ->> 'notice' = ?`, laneArgs(lane, mark)...)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if !row.unsent() {
			continue
		}
		if err := tx.Retire(row.ID); err != nil {
			return err
		}
	}
	return nil
}
