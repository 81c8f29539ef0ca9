package store

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/reckon"
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

// Target tells of a message of a group what our side sent to the client with it.
func (r Reads) Target(id tenants.DialogID, message tenants.MessageRef) (dialog.Target, error) {
	lane := dialog.Lane{Dialog: id, Side: dialog.ToClient}
	link, err := r.sourceLink(lane, message)
	if err != nil {
		return dialog.Target{}, err
	}
	target := dialog.Target{Of: []tenants.MessageRef{message}}
	if link != nil {
		target.By, target.Album, target.Sent = link.By, link.Album, link.At
	} else {
		send, err := r.carrierOf(lane, message)
		if err != nil || send == nil {
			return dialog.Target{}, err
		}
		target.By, target.Album = send.By, cmp.Or(send.Album, send.Said)
	}
	if target.Album == "" {
		return target, nil
	}
	return target, r.albumSources(lane, &target)
}

// searched is how many messages of a group LastBy looks back at.
const searched = 2000

// LastBy is the latest message that an operator wrote for the client of a dialog,
// sent or on its way; zero = none lately.
func (r Reads) LastBy(id tenants.DialogID, group tenants.ChatID, operator tenants.UserID) (last tenants.MessageRef, err error) {
	err = r.db.each(func(row *row) error {
		last = readRef(row)
		return nil
	}, `SELECT chat, id FROM (
			SELECT source_chat AS chat, source_id AS id FROM jobs WHERE dialog = ?1 AND side = 'client' AND origin = 'operator'
				AND effect = 'send' AND source_id <> 0 AND body ->> 'by' = ?3
			UNION ALL
			SELECT topic_chat, topic_id FROM (SELECT * FROM links WHERE topic_chat = ?2 ORDER BY topic_id DESC LIMIT ?4)
				WHERE dialog = ?1 AND ours = 1 AND person = ?3
		) ORDER BY id DESC LIMIT 1`, id, group, operator, searched)
	return last, err
}

// carrierOf is what would carry a message through a lane; nil = nothing.
func (r Reads) carrierOf(lane dialog.Lane, message tenants.MessageRef) (*dialog.Send, error) {
	rows, err := r.carriers(lane.Dialog, effectSend, message)
	for _, row := range rows {
		if row.Job.Lane == lane && hasPart(row, message) {
			return row.Job.Effect.(*dialog.Send), err
		}
	}
	return nil, err
}

// albumSources adds to a target the other parts of its album that went, or are to
// go, through a lane.
func (r Reads) albumSources(lane dialog.Lane, target *dialog.Target) error {
	add := func(ref tenants.MessageRef) {
		if !ref.IsZero() && !slices.Contains(target.Of, ref) {
			target.Of = append(target.Of, ref)
		}
	}
	err := r.db.each(func(row *row) error {
		add(readRef(row))
		return nil
	}, "SELECT topic_chat, topic_id FROM links WHERE dialog = ? AND album = ? AND album <> '' AND ours = 1 ORDER BY topic_id",
		lane.Dialog, target.Album)
	if err != nil {
		return err
	}
	rows, err := r.jobs("SELECT "+jobColumns+" FROM jobs WHERE album = ? AND album <> '' AND "+inLane+" ORDER BY place",
		append([]any{target.Album}, laneArgs(lane)...)...)
	for _, row := range rows {
		for _, part := range row.Job.Effect.(*dialog.Send).Parts {
			add(part.Source)
		}
	}
	return err
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
		return tx.keepInside(made, "")
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
