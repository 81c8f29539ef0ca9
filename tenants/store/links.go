package store

import (
	"slices"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

const linkColumns = "dialog, client_chat, client_id, topic_chat, topic_id, ours, part, album, at, person, sent_by"

func readLink(r *row) dialog.Link {
	return dialog.Link{
		Dialog: tenants.DialogID(r.int()),
		Client: readRef(r),
		Topic:  readRef(r),
		Ours:   r.bool(),
		Part:   int(r.int()),
		Album:  r.text(),
		At:     r.time(),
		By:     tenants.UserID(r.int()),
		SentBy: tenants.ConnectionID(r.int()),
	}
}

func readRef(r *row) tenants.MessageRef {
	return tenants.MessageRef{Chat: tenants.ChatID(r.int()), ID: tenants.MessageID(r.int())}
}

// link reads the first link of a query, nil = none.
func (r Reads) link(query string, args ...any) (*dialog.Link, error) {
	var first *dialog.Link
	err := r.db.each(func(row *row) error {
		if link := readLink(row); first == nil {
			first = &link
		}
		return nil
	}, query, args...)
	return first, err
}

// LinkByTopic finds the link of a message in a group: the main one, if it went
// to the client in pieces, the last one, if it is several of the client's. nil = none.
func (r Reads) LinkByTopic(message tenants.MessageRef) (*dialog.Link, error) {
	return r.link("SELECT "+linkColumns+" FROM links WHERE topic_chat = ? AND topic_id = ? ORDER BY CASE WHEN ours THEN part ELSE -client_id END LIMIT 1",
		message.Chat, message.ID)
}

// LinkByClient finds the link of a message in a client chat, as a connection
// numbers it: the main one, if it is in the topic in pieces, and the copy rather than
// the command that it came of. nil = none.
func (r Reads) LinkByClient(connection tenants.ConnectionID, message tenants.MessageRef) (*dialog.Link, error) {
	return r.link("SELECT "+linkColumns+` FROM links WHERE client_chat = ?1 AND client_id = ?2 AND (connection = ?3 OR ?4)
		ORDER BY part, topic_id DESC LIMIT 1`, message.Chat, message.ID, connection, message.Chat.Supergroup())
}

// IsLast tells that a client's message is the last of its chat: nothing newer is in
// the topic, or on its way there.
func (r Reads) IsLast(of dialog.Link) (bool, error) {
	newer, err := r.db.any("SELECT 1 FROM links WHERE client_chat = ? AND client_id > ? AND dialog = ? AND ours = 0 LIMIT 1",
		of.Client.Chat, of.Client.ID, of.Dialog)
	if err != nil || newer {
		return false, err
	}
	waits, err := r.db.any("SELECT 1 FROM jobs WHERE "+inLane+" AND origin = 'client' AND effect = 'send' AND source_id > ? LIMIT 1",
		laneArgs(dialog.Lane{Dialog: of.Dialog, Side: dialog.ToTopic}, of.Client.ID)...)
	return !waits, err
}

// IsInside tells that a message of a group is kept inside.
func (r Reads) IsInside(message tenants.MessageRef) (bool, error) {
	return r.db.any("SELECT 1 FROM inside WHERE chat = ? AND id = ?", message.Chat, message.ID)
}

// Fate tells what became of a message that a lane would carry or has carried.
func (r Reads) Fate(lane dialog.Lane, source tenants.MessageRef) (dialog.Fate, error) {
	if lane.Side == dialog.ToClient { // what is withheld of a client's may be edited into something else
		inside, err := r.IsInside(source)
		if err != nil {
			return dialog.FateUnknown, err
		}
		if inside {
			return dialog.FateInternal, nil
		}
	}
	rows, err := r.carriers(lane.Dialog, effectSend, source)
	if err != nil {
		return dialog.FateUnknown, err
	}
	fate := dialog.FateUnknown
	for _, row := range rows {
		switch {
		case row.Job.Lane != lane || !hasPart(row, source):
		case sendOf(row.Job.Effect).Said != "":
			fate = dialog.FateInternal // of a command no edit ever makes an answer
		case row.unsent():
			fate = dialog.FateWaiting
		default:
			fate = dialog.FateSent
		}
	}
	if fate != dialog.FateUnknown {
		return fate, nil
	}
	linked, err := r.sourceLink(lane, source)
	switch {
	case linked == nil:
	case linked.Said():
		fate = dialog.FateInternal
	default:
		fate = dialog.FateSent
	}
	return fate, err
}

// sourceLink finds the main link of a message that went through a lane.
func (r Reads) sourceLink(lane dialog.Lane, source tenants.MessageRef) (*dialog.Link, error) {
	if lane.Side == dialog.ToClient {
		return r.link("SELECT "+linkColumns+` FROM links WHERE topic_chat = ? AND topic_id = ? AND dialog = ? AND ours = 1
			ORDER BY part LIMIT 1`, source.Chat, source.ID, lane.Dialog)
	}
	return r.link("SELECT "+linkColumns+` FROM links WHERE client_chat = ? AND client_id = ? AND dialog = ? AND ours = 0
		ORDER BY part LIMIT 1`, source.Chat, source.ID, lane.Dialog)
}

// twin is the message in a job's chat that belongs to a relayed one, 0 = none.
// The relayed one may be named from either side: a message that is in the
// job's chat itself is its own twin.
func (tx *Tx) twin(job *dialog.Job, of tenants.MessageRef) (tenants.MessageID, error) {
	id, _, err := tx.twinOf(job, of)
	return id, err
}

// twinOf is twin, and who sent it; 0 = the job's own connection.
func (tx *Tx) twinOf(job *dialog.Job, of tenants.MessageRef) (id tenants.MessageID, sender tenants.ConnectionID, err error) {
	link, err := tx.link("SELECT "+linkColumns+` FROM links WHERE client_chat = ?1 AND client_id = ?2 AND dialog = ?3
		UNION ALL SELECT `+linkColumns+` FROM links WHERE topic_chat = ?1 AND topic_id = ?2 AND dialog = ?3
		ORDER BY part, topic_id DESC LIMIT 1`, of.Chat, of.ID, job.Lane.Dialog)
	if err != nil || link == nil {
		return 0, 0, err
	}
	for _, side := range []tenants.MessageRef{link.Topic, link.Client} {
		if side.Chat == job.Chat {
			return side.ID, link.SentBy, nil
		}
	}
	return 0, 0, nil
}

// twins are all messages in a job's chat that were made of some that went through
// its lane, their pieces included. left tells that there are such messages, but only in a chat of which the job's chat
// was made.
func (tx *Tx) twins(job *dialog.Job, of []tenants.MessageRef) (ids []tenants.MessageID, left bool, err error) {
	query := "SELECT topic_chat, topic_id FROM links WHERE client_chat = ? AND client_id = ? AND dialog = ? AND ours = 0 ORDER BY topic_id"
	if job.Lane.Side == dialog.ToClient {
		query = "SELECT client_chat, client_id FROM links WHERE topic_chat = ? AND topic_id = ? AND dialog = ? AND ours = 1 ORDER BY client_id"
	}
	for _, source := range of {
		err := tx.db.each(func(r *row) error {
			made := readRef(r)
			if made.Chat == job.Chat && !slices.Contains(ids, made.ID) {
				ids = append(ids, made.ID)
			}
			left = left || made.Chat != job.Chat
			return nil
		}, query, source.Chat, source.ID, job.Lane.Dialog)
		if err != nil {
			return nil, false, err
		}
	}
	return ids, left, nil
}

// albumLink is the first source of an album that has gone through a lane, zero
// = none has.
func (tx *Tx) albumLink(lane dialog.Lane, album string) (first tenants.MessageRef, err error) {
	ours := lane.Side == dialog.ToClient
	err = tx.db.each(func(r *row) error {
		link := readLink(r)
		source := link.Client
		if ours {
			source = link.Topic
		}
		if first.IsZero() || source.ID < first.ID {
			first = source
		}
		return nil
	}, "SELECT "+linkColumns+" FROM links WHERE dialog = ? AND album = ? AND album <> '' AND ours = ?", lane.Dialog, album, ours)
	return first, err
}

func (tx *Tx) letOut(message tenants.MessageRef) error {
	_, err := tx.db.exec("DELETE FROM inside WHERE chat = ? AND id = ?", message.Chat, message.ID)
	return err
}

// keepInside keeps a message of a group from the client, who may have it already:
// then only a later version did not arrive, and it stays what it was.
func (tx *Tx) keepInside(message tenants.MessageRef, album string) error {
	_, err := tx.db.exec(`INSERT OR IGNORE INTO inside (chat, id, album, at) SELECT ?1, ?2, ?3, ?4
		WHERE NOT EXISTS (SELECT 1 FROM links WHERE topic_chat = ?1 AND topic_id = ?2 AND ours = 1)`,
		message.Chat, message.ID, album, tx.now)
	return err
}
