package store

import (
	"slices"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/reckon"
)

// aside is added to the number of a link's part when another link of the same
// message takes its place: the old one is found only by its own message.
const aside = 1000

// linkAnew leads a message of the client chat to what was made of it in a new
// topic.
func (tx *Tx) linkAnew(row *Row, client, made tenants.MessageRef) error {
	job := &row.Job
	_, err := tx.db.exec("UPDATE links SET part = part + ? WHERE client_chat = ? AND client_id = ? AND dialog = ?",
		aside, client.Chat, client.ID, job.Lane.Dialog)
	if err != nil {
		return err
	}
	linked, err := tx.db.exec(`INSERT OR REPLACE INTO links
		(topic_chat, topic_id, client_chat, client_id, connection, dialog, ours, part, album, at, content, person)
		SELECT ?, ?, client_chat, client_id, connection, dialog, ours, 0, '', at, content, person FROM links
		WHERE client_chat = ? AND client_id = ? AND dialog = ? ORDER BY part LIMIT 1`,
		made.Chat, made.ID, client.Chat, client.ID, job.Lane.Dialog)
	if err != nil || linked > 0 {
		return err
	}
	return tx.KeepSent(row.Tryer(), made.Chat, reckon.Range{From: made.ID, To: made.ID})
}

// Earlier lists the last messages of the dialog in a client chat, ours and
// theirs, that are not in its topic, in their order.
func (r Reads) Earlier(t *dialog.Topic, chat tenants.ChatID, limit int) ([]tenants.MessageRef, error) {
	var all []tenants.MessageRef
	err := r.db.each(func(row *row) error {
		all = append(all, tenants.MessageRef{Chat: chat, ID: tenants.MessageID(row.int())})
		return nil
	}, `SELECT client_id FROM links WHERE dialog = ? AND client_chat = ? GROUP BY client_id
		HAVING sum(topic_chat = ? AND topic_id > ?) = 0 ORDER BY client_id DESC LIMIT ?`,
		t.Dialog, chat, t.Group, t.Thread, limit)
	slices.Reverse(all)
	return all, err
}
