package store

import (
	"cmp"
	"errors"
	"slices"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/reckon"
)

// LinkMade records what a try made, or that it edited: made[i] is the message of the i-th part (0
// = skipped), further ones are pieces of the last part. Messages of a source
// are linked with it, internal ones kept inside; the rest is only known to be ours.
func (tx *Tx) LinkMade(row *Row, made []tenants.MessageID) error {
	if edit, ok := row.Job.Effect.(*dialog.Edit); ok {
		if err := tx.changeJoined(&row.Job, edit); err != nil || edit.Drop {
			return err
		}
		return tx.setPrint(row.Job.Lane, edit.Of, printOf(edit, edit.Of))
	}
	send, ok := row.Job.Effect.(*dialog.Send)
	if !ok {
		return nil
	}
	if send.Joined && len(made) > 0 && made[0] != 0 {
		if err := tx.putJoined(row.Job.Lane.Dialog, tenants.MessageRef{Chat: row.Job.Chat, ID: made[0]}, dialog.JoinedOf(send)); err != nil {
			return err
		}
		made = slices.Repeat(made[:1], len(send.Parts))
	}
	for i, id := range made {
		if id == 0 {
			continue
		}
		if err := tx.linkOne(row, send, i, id); err != nil {
			return err
		}
	}
	return nil
}

// linkOne records one message made of a part, the i-th that was made.
func (tx *Tx) linkOne(row *Row, send *dialog.Send, i int, id tenants.MessageID) error {
	job, part := &row.Job, min(i, len(send.Parts)-1)
	made := tenants.MessageRef{Chat: job.Chat, ID: id}
	if send.Internal {
		if send.Poll != "" {
			if err := tx.notePoll(job, send, id); err != nil {
				return err
			}
		}
		return tx.keepInside(made, send.Notice)
	}
	if len(send.Shows) > 0 {
		return tx.linkCopy(row, send, i, made)
	}
	if send.Earlier {
		return tx.linkAnew(row, send.Parts[part].Source, made)
	}
	source, main := send.Parts[part].Source, i == part
	if source.IsZero() && job.Origin != dialog.OfRelay {
		source, main = job.Source, false
	}
	if source.IsZero() || job.Lane.Dialog == 0 {
		return tx.KeepSent(row.Tryer(), job.Chat, reckon.Range{From: id, To: id})
	}
	link := dialog.Link{Dialog: job.Lane.Dialog, Client: source, Topic: made, Album: cmp.Or(send.Album, send.Said), At: tx.now, By: cmp.Or(send.By, tenants.UserID(send.Writer)), SentBy: row.TriedBy}
	if job.Lane.Side == dialog.ToClient {
		link.Client, link.Topic, link.Ours = made, source, true
	}
	if send.Album != "" && job.Lane.Side == dialog.ToTopic && send.Parts[part].Content.File != nil {
		if err := tx.PutAlbumPart(send.Album, dialog.PartOf(made, row.Tryer(), send.Parts[part].Content)); err != nil {
			return err
		}
	}
	number, err := tx.partNumber(&link, main)
	if err != nil {
		return err
	}
	link.Part = number
	if err := tx.insertLink(link, job.Connection); err != nil || !main {
		return err
	}
	return tx.setPrint(job.Lane, source, send.Parts[part].Print)
}

// linkCopy links a message that shows in the topic what a client got with the message
// that the client has; what has been taken back meanwhile stays without a link.
func (tx *Tx) linkCopy(row *Row, send *dialog.Send, i int, made tenants.MessageRef) error {
	there, err := tx.shows(row.Job.Lane.Dialog, send)
	if err != nil || !there || i >= len(send.Shows) || send.Shows[i].IsZero() {
		return errors.Join(err, tx.KeepSent(row.Tryer(), made.Chat, reckon.Range{From: made.ID, To: made.ID}))
	}
	return tx.insertLink(dialog.Link{
		Dialog: row.Job.Lane.Dialog, Client: send.Shows[i], Topic: made, Ours: true, Album: send.Said, At: tx.now, By: send.By,
	}, row.Job.Connection)
}

// shows tells that the client has what a copy in the topic is to show.
func (r Reads) shows(id tenants.DialogID, send *dialog.Send) (bool, error) {
	for _, ref := range send.Shows {
		if ref.IsZero() {
			continue
		}
		there, err := r.db.any("SELECT 1 FROM links WHERE client_chat = ? AND client_id = ? AND dialog = ? AND ours = 1", ref.Chat, ref.ID, id)
		if err != nil || there {
			return there, err
		}
	}
	return false, nil
}

// partNumber numbers a link among those of its source. 0 is for the main message
// and stays free until it is made; a newer one takes its place, because that is
// the version to be edited and replied to.
func (tx *Tx) partNumber(link *dialog.Link, main bool) (int, error) {
	of, source := "client_chat = ? AND client_id = ? AND dialog = ? AND ours = 0", link.Client
	if link.Ours {
		of, source = "topic_chat = ? AND topic_id = ? AND dialog = ? AND ours = 1", link.Topic
	}
	count, least := 0, int64(0)
	err := tx.db.each(func(r *row) error {
		count = int(r.int())
		least, _ = r.take().(int64)
		return nil
	}, "SELECT count(*), min(part) FROM links WHERE "+of, source.Chat, source.ID, link.Dialog)
	hasMain := count > 0 && least == 0
	switch {
	case err != nil:
		return 0, err
	case main && hasMain:
		_, err = tx.db.exec("UPDATE links SET part = part + 1 WHERE "+of, source.Chat, source.ID, link.Dialog)
		return 0, err
	case main:
		return 0, nil
	case hasMain:
		return count, nil
	default:
		return count + 1, nil
	}
}

// putLink writes a decided link, as the dialog's own connection numbers
// messages.
func (tx *Tx) putLink(link dialog.Link) error {
	connection, _, err := tx.db.one("SELECT connection FROM dialogs WHERE id = ?", link.Dialog)
	if err != nil {
		return err
	}
	return tx.insertLink(link, tenants.ConnectionID(connection))
}

func (tx *Tx) insertLink(link dialog.Link, connection tenants.ConnectionID) error {
	_, err := tx.db.exec(`INSERT OR REPLACE INTO links
		(topic_chat, topic_id, client_chat, client_id, connection, dialog, ours, part, album, at, person, sent_by)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		link.Topic.Chat, link.Topic.ID, link.Client.Chat, link.Client.ID, connection, link.Dialog,
		link.Ours, link.Part, link.Album, link.At, link.By, link.SentBy)
	return err
}

// forget drops the links of a message whose twins are gone, from either side.
func (tx *Tx) forget(id tenants.DialogID, message tenants.MessageRef) error {
	if err := tx.leave(id, message); err != nil {
		return err
	}
	for _, query := range []string{
		"DELETE FROM links WHERE topic_chat = ? AND topic_id = ? AND dialog = ? AND ours = 1",
		"DELETE FROM links WHERE client_chat = ? AND client_id = ? AND dialog = ? AND ours = 0",
	} {
		if _, err := tx.db.exec(query, message.Chat, message.ID, id); err != nil {
			return err
		}
	}
	return nil
}
