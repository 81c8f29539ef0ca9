package store

import (
	"slices"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/reckon"
)

// Numbering is where messages are numbered in one sequence: a supergroup or
// channel, for everybody, or all private chats and basic groups of a login. One
// of both is 0.
type Numbering struct {
	Connection tenants.ConnectionID
	Chat       tenants.ChatID
}

// NumberingOf is the numbering of a chat as a login sees it.
func NumberingOf(c tenants.ConnectionID, chat tenants.ChatID) Numbering {
	if chat.Supergroup() {
		return Numbering{Chat: chat}
	}
	return Numbering{Connection: c}
}

// sentKept is how long own messages are kept that nothing else keeps: by then no
// search can begin below them.
const sentKept = 7 * 24 * time.Hour

// Heights are the highest messages known, as far as they are on disk.
func (r Reads) Heights() (map[Numbering]tenants.MessageID, error) {
	high := map[Numbering]tenants.MessageID{}
	err := r.db.each(func(row *row) error {
		n := Numbering{tenants.ConnectionID(row.int()), tenants.ChatID(row.int())}
		high[n] = max(high[n], tenants.MessageID(row.int()))
		return nil
	}, `SELECT connection, chat, id FROM heights
		UNION ALL SELECT iif(chat < ?1, 0, connection), iif(chat < ?1, chat, 0), last FROM sent WHERE last = id`, tenants.FirstSupergroup)
	return high, err
}

// PutHeight keeps the highest message known of a numbering.
func (tx *Tx) PutHeight(n Numbering, id tenants.MessageID) error {
	_, err := tx.db.exec("INSERT OR REPLACE INTO heights (connection, chat, id) VALUES (?, ?, ?)", n.Connection, n.Chat, id)
	return err
}

// KeepSent keeps own messages in a chat of which nothing else tells; of more than
// one, it is not known which are.
func (tx *Tx) KeepSent(c tenants.ConnectionID, chat tenants.ChatID, r reckon.Range) error {
	if chat.Supergroup() {
		c = 0
	}
	_, err := tx.db.exec(`INSERT INTO sent (connection, chat, id, last, at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET last = max(last, excluded.last), at = excluded.at`, c, chat, r.From, r.To, tx.now)
	return err
}

// Own lists the messages in a chat above floor that are known to be there,
// ascending, with ranges of which it is only known that there may be one of our own.
func (r Reads) Own(c tenants.ConnectionID, chat tenants.ChatID, floor tenants.MessageID) (known []tenants.MessageID, blurs []reckon.Range, err error) {
	shared := chat.Supergroup()
	owner := c
	if shared {
		owner = 0
	}
	err = r.db.each(func(row *row) error {
		from, to := tenants.MessageID(row.int()), tenants.MessageID(row.int())
		if from == to {
			known = append(known, from)
		} else {
			blurs = append(blurs, reckon.Range{From: from, To: to})
		}
		return nil
	}, `SELECT topic_id, topic_id FROM links WHERE topic_chat = ?1 AND topic_id > ?2
		UNION ALL SELECT client_id, client_id FROM links WHERE client_chat = ?1 AND client_id > ?2 AND (?3 OR connection = ?4)
		UNION ALL SELECT id, id FROM inside WHERE chat = ?1 AND id > ?2
		UNION ALL SELECT id, last FROM sent WHERE connection = ?5 AND chat = ?1 AND last > ?2`, chat, floor, shared, c, owner)
	slices.Sort(known)
	return slices.Compact(known), blurs, err
}

// Searched lists the jobs of which it is being found out whether they arrived.
func (r Reads) Searched() ([]*Row, error) {
	return r.jobs("SELECT " + jobColumns + " FROM jobs WHERE effect = 'send' AND body ->> 'search' IS NOT NULL ORDER BY id")
}

// PutOff lets a job wait until a time; its owner is to be told.
func (tx *Tx) PutOff(row *Row, until time.Time) error {
	row.Job.NotBefore = until
	_, err := tx.db.exec("UPDATE jobs SET not_before = ? WHERE id = ?", until, row.ID)
	return err
}

// PutSearch changes what is known of a search.
func (tx *Tx) PutSearch(row *Row, s *tenants.Search) error {
	send := *row.Job.Effect.(*dialog.Send)
	send.Search = s
	row.Job.Effect = &send
	return tx.rewrite(row.ID, &row.Job)
}

// MarkProbing marks a lane's first job, of which it is being found out whether it
// arrived: a question about it is asked. Errors as MarkTrying.
func (tx *Tx) MarkProbing(id tenants.JobID, by tenants.ConnectionID) (*Row, error) {
	row, err := tx.next(id)
	if err != nil {
		return nil, err
	}
	if row.TriedBy = by; by == row.Job.Connection {
		row.TriedBy = 0
	}
	return row, tx.markTried(row)
}
