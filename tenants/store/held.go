package store

import (
	"encoding/json"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// hold writes which messages wait for a choice, and which do no more. Of one
// dialog the latest MaxHeld are kept.
func (tx *Tx) hold(of tenants.DialogID, d *dialog.Decision) error {
	for _, h := range d.Hold {
		_, err := tx.db.exec("INSERT OR REPLACE INTO held (chat, id, dialog, album, body, at) VALUES (?, ?, ?, ?, ?, ?)",
			h.Message.Chat.ID, h.Message.ID, of, h.Message.Album, toJSON(h.Message), tx.now)
		if err != nil {
			return err
		}
	}
	if len(d.Hold) > 0 {
		_, err := tx.db.exec(`DELETE FROM held WHERE (chat, id) IN
			(SELECT chat, id FROM held WHERE dialog = ? ORDER BY at DESC, id DESC LIMIT -1 OFFSET ?)`, of, tenants.MaxHeld)
		if err != nil {
			return err
		}
	}
	for _, ref := range d.Unhold {
		if _, err := tx.db.exec("DELETE FROM held WHERE chat = ? AND id = ?", ref.Chat, ref.ID); err != nil {
			return err
		}
	}
	return nil
}

// HeldAlbum reads the parts of an album that wait for a choice.
func (r Reads) HeldAlbum(of tenants.DialogID, album string) ([]dialog.Held, error) {
	return r.held("SELECT body FROM held WHERE dialog = ? AND album = ? AND album <> '' ORDER BY id", of, album)
}

// Held reads a message that waits for a choice, with the other parts of its
// album, in order; none if nobody waits for it.
func (r Reads) Held(of tenants.DialogID, message tenants.MessageRef) ([]dialog.Held, error) {
	return r.held(`SELECT other.body FROM held JOIN held other ON other.chat = held.chat AND other.dialog = held.dialog
		AND (other.id = held.id OR held.album <> '' AND other.album = held.album)
		WHERE held.dialog = ? AND held.chat = ? AND held.id = ? ORDER BY other.id`, of, message.Chat, message.ID)
}

// HeldOf reads the messages of a client chat that wait for a choice, in order;
// those of the chat that it was before it became a supergroup come first.
func (r Reads) HeldOf(of tenants.DialogID, chat, born tenants.ChatID) ([]dialog.Held, error) {
	return r.held("SELECT body FROM held WHERE dialog = ?1 AND chat IN (?2, ?3) ORDER BY chat = ?2, id", of, chat, born)
}

func (r Reads) held(query string, args ...any) ([]dialog.Held, error) {
	var all []dialog.Held
	err := r.db.each(func(row *row) error {
		var h dialog.Held
		err := json.Unmarshal([]byte(row.text()), &h.Message)
		all = append(all, h)
		return err
	}, query, args...)
	return all, err
}
