package store

import (
	"math"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// setPrint notes which version of a message was decided last, in its links.
func (tx *Tx) setPrint(lane dialog.Lane, source tenants.MessageRef, print int64) error {
	query := "UPDATE links SET content = ? WHERE client_chat = ? AND client_id = ? AND dialog = ? AND ours = 0"
	if lane.Side == dialog.ToClient {
		query = "UPDATE links SET content = ? WHERE topic_chat = ? AND topic_id = ? AND dialog = ? AND ours = 1"
	}
	_, err := tx.db.exec(query, print, source.Chat, source.ID, lane.Dialog)
	return err
}

// Version tells of a message that a lane carries or has carried the fingerprint
// of the version that was decided last, 0 = nobody knows, and how many pieces
// follow its main message.
func (r Reads) Version(lane dialog.Lane, source tenants.MessageRef) (print int64, pieces int, err error) {
	query := "SELECT content, topic_id FROM links WHERE client_chat = ? AND client_id = ? AND dialog = ? AND ours = 0 ORDER BY part"
	if lane.Side == dialog.ToClient {
		query = "SELECT content, client_id FROM links WHERE topic_chat = ? AND topic_id = ? AND dialog = ? AND ours = 1 ORDER BY part"
	}
	main := int64(0)
	err = r.db.each(func(row *row) error {
		content, id := row.int(), row.int()
		switch {
		case main == 0:
			print, main = content, id
		case id > main:
			pieces++
		}
		return nil
	}, query, source.Chat, source.ID, lane.Dialog)
	if err != nil {
		return 0, 0, err
	}
	place := int64(math.MinInt64)
	for _, effect := range []string{effectSend, effectEdit} {
		rows, err := r.carriers(lane.Dialog, effect, source)
		if err != nil {
			return 0, 0, err
		}
		for _, row := range rows {
			if p := printOf(row.Job.Effect, source); p != 0 && row.Job.Lane == lane && row.place > place {
				print, place = p, row.place
			}
		}
	}
	return print, pieces, nil
}

// printOf is the fingerprint of a message as a job has it, 0 = it has none.
func printOf(e dialog.Effect, source tenants.MessageRef) int64 {
	send, ok := e.(*dialog.Send)
	if edit, is := e.(*dialog.Edit); is {
		send, ok = &edit.New, true
	}
	if !ok {
		return 0
	}
	for _, part := range send.Parts {
		if part.Source == source {
			return part.Print
		}
	}
	return 0
}
