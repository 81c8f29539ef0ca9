package store

import (
	"encoding/json"
	"errors"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// changeReply saves a quick reply, or deletes it.
func (tx *Tx) changeReply(c *dialog.ReplyChange) error {
	if c.Saved == nil {
		_, err := tx.db.exec("DELETE FROM replies WHERE group_chat = ? AND fold = ?", c.Group, c.Key)
		return err
	}
	_, err := tx.db.exec("INSERT OR REPLACE INTO replies (group_chat, fold, person, at, body) VALUES (?, ?, ?, ?, ?)",
		c.Group, c.Key, c.Saved.By, c.Saved.At, toJSON(c.Saved))
	return err
}

// vanished notes that the message from which a quick reply was saved is deleted.
func (tx *Tx) vanished(ref tenants.MessageRef) error {
	if ref.IsZero() {
		return nil
	}
	_, err := tx.db.exec(`UPDATE replies SET body = json_set(body, '$.gone', json('true'))
		WHERE body ->> '$.source.chat' = ? AND body ->> '$.source.id' = ?`, ref.Chat, ref.ID)
	return err
}

// wordReply gives a part of a quick reply its words, if it still waits for them.
func (tx *Tx) wordReply(w *dialog.ReplyWords) error {
	all, err := tx.Replies(w.Group)
	for _, saved := range all {
		if saved.Key != w.Key {
			continue
		}
		for i := range saved.Parts {
			if p := &saved.Parts[i]; p.Source == w.Part && p.Unread {
				p.Content.Text, p.Unread, p.Slashed = w.Text, false, w.Slashed
			}
		}
		return errors.Join(err, tx.changeReply(&dialog.ReplyChange{Group: w.Group, Key: w.Key, Name: saved.Name, Saved: &saved}))
	}
	return err
}

// Replies are the quick replies of a group, in the order of their names.
func (r Reads) Replies(group tenants.ChatID) (all []dialog.Saved, err error) {
	err = r.db.each(func(row *row) error {
		saved := dialog.Saved{Key: row.text(), By: tenants.UserID(row.int()), At: row.time()}
		err := json.Unmarshal([]byte(row.text()), &saved)
		all = append(all, saved)
		return err
	}, "SELECT fold, person, at, body FROM replies WHERE group_chat = ? ORDER BY fold", group)
	return all, err
}

// PutAlbumPart notes a part of an album of a group.
func (tx *Tx) PutAlbumPart(album string, part dialog.AlbumPart) error {
	_, err := tx.db.exec(`INSERT OR REPLACE INTO album_parts (chat, id, album, connection, worded, at, body)
		VALUES (?, ?, ?, ?, ?, ?, ?)`,
		part.Message.Chat, part.Message.ID, album, part.Connection, part.Worded, tx.now, toJSON(part.Content))
	return err
}

// AlbumParts are all parts of the album of a group's message, in order, as far as they
// have been seen; none if it is of no album.
func (r Reads) AlbumParts(message tenants.MessageRef) (all []dialog.AlbumPart, err error) {
	err = r.db.each(func(row *row) error {
		part := dialog.AlbumPart{Message: readRef(row), Connection: tenants.ConnectionID(row.int()), Worded: row.bool()}
		err := json.Unmarshal([]byte(row.text()), &part.Content)
		all = append(all, part)
		return err
	}, `SELECT other.chat, other.id, other.connection, other.worded, other.body
		FROM album_parts part JOIN album_parts other ON other.album = part.album AND other.chat = part.chat
		WHERE part.chat = ? AND part.id = ? ORDER BY other.id`, message.Chat, message.ID)
	return all, err
}
