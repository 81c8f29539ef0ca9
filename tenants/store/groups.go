package store

import (
	"encoding/json"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// Workplace is a group in which a connection works.
type Workplace struct {
	Connection tenants.ConnectionID
	Group      tenants.ChatID
	Title      string
	Bound      time.Time   // when it was last bound: new topics go to the latest
	Lack       dialog.Lack // what keeps the connection from working there
}

// Workplaces lists the groups of all connections, the latest of each last.
func (r Reads) Workplaces() ([]Workplace, error) {
	var all []Workplace
	err := r.db.each(func(row *row) error {
		all = append(all, Workplace{
			Connection: tenants.ConnectionID(row.int()),
			Group:      tenants.ChatID(row.int()),
			Title:      row.text(),
			Bound:      row.time(),
			Lack:       dialog.Lack(row.text()),
		})
		return nil
	}, "SELECT connection, chat, title, bound, lack FROM workplaces ORDER BY connection, bound, chat")
	return all, err
}

// GroupFacts are what is kept of a group itself; the zero GroupFacts: nothing yet.
type GroupFacts struct {
	Full    int              // hundredths of its capacity that were told last
	Room    tenants.ThreadID // of its waiting room; 0 = none
	Crowded time.Time        // when a wave of new clients was told last; zero = never
	Backlog dialog.Backlog
}

// GroupFacts reads what is kept of a group.
func (r Reads) GroupFacts(group tenants.ChatID) (f GroupFacts, err error) {
	err = r.db.each(func(row *row) error {
		f = GroupFacts{Full: int(row.int()), Room: tenants.ThreadID(row.int()), Crowded: row.time()}
		return json.Unmarshal([]byte(row.text()), &f.Backlog)
	}, `SELECT "full", room, crowded, backlog FROM groups WHERE chat = ?`, group)
	return f, err
}

// PutGroupFacts writes what is kept of a group.
func (tx *Tx) PutGroupFacts(group tenants.ChatID, f GroupFacts) error {
	_, err := tx.db.exec(`INSERT OR REPLACE INTO groups (chat, "full", room, crowded, backlog) VALUES (?, ?, ?, ?, ?)`,
		group, f.Full, f.Room, f.Crowded, toJSON(f.Backlog))
	return err
}

// changeRoom notes that a group's waiting room is there, or gone.
func (tx *Tx) changeRoom(c *dialog.RoomChange) error {
	if c.Elsewhere != 0 {
		return tx.rehouse(homeless+" AND dialogs.group_chat = ?", c.Elsewhere, c.Connection, c.Group)
	}
	kept, err := tx.GroupFacts(c.Group)
	if err != nil || c.Thread == 0 && kept.Room != c.Was {
		return err
	}
	kept.Room = c.Thread
	return tx.PutGroupFacts(c.Group, kept)
}

// OpeningRoom tells that a group's waiting room is to be made, or being made.
func (r Reads) OpeningRoom(group tenants.ChatID) (bool, error) {
	return r.db.any("SELECT 1 FROM jobs WHERE dialog = 0 AND group_chat = ? AND effect = 'open' LIMIT 1", group)
}

// DialogOfAnswer finds the dialog to whose client a message of a group is on its
// way, or went; 0 = none.
func (r Reads) DialogOfAnswer(message tenants.MessageRef) (tenants.DialogID, error) {
	id, _, err := r.db.one(`SELECT dialog FROM links WHERE topic_chat = ?1 AND topic_id = ?2
		UNION ALL SELECT dialog FROM jobs WHERE source_chat = ?1 AND source_id = ?2 AND side = 'client' LIMIT 1`, message.Chat, message.ID)
	return tenants.DialogID(id), err
}

// inRoom tells that what a dialog without a topic says goes into the waiting room.
func (r Reads) inRoom(id tenants.DialogID) (bool, error) {
	return r.db.any("SELECT 1 FROM dialogs WHERE id = ? AND rare ->> 'room'", id)
}

// work notes that a connection works in a group, from now on the one for new topics.
func (tx *Tx) work(c tenants.ConnectionID, group tenants.Chat) error {
	_, err := tx.db.exec(`INSERT INTO workplaces (connection, chat, title, bound, lack) VALUES (?1, ?2, ?3, ?4, '')
		ON CONFLICT (connection, chat) DO UPDATE SET title = ?3, bound = ?4, lack = ''`,
		c, group.ID, group.Title, tx.now)
	return err
}

// homeless are the dialogs of a connection that have neither a topic nor a place in
// a waiting room, and of which no topic can have been made and nothing is searched.
const homeless = `SELECT dialogs.id FROM dialogs LEFT JOIN topics ON topics.dialog = dialogs.id
	LEFT JOIN groups ON groups.chat = dialogs.group_chat
	WHERE dialogs.connection = ? AND coalesce(topics.thread, 0) = 0
	AND NOT (coalesce(groups.room, 0) <> 0 AND coalesce(rare ->> 'room', 0))
	AND dialogs.id NOT IN (SELECT dialog FROM jobs WHERE effect = 'open' AND attempt > 0
		OR side = 'topic' AND body ->> 'search' IS NOT NULL)`

// rehouse moves the dialogs that a query finds into a group.
func (tx *Tx) rehouse(query string, group tenants.ChatID, args ...any) error {
	var all []tenants.DialogID
	err := tx.db.each(func(row *row) error {
		all = append(all, tenants.DialogID(row.int()))
		return nil
	}, query, args...)
	if err != nil {
		return err
	}
	for _, id := range all {
		if err := tx.regroup(id, group); err != nil {
			return err
		}
	}
	return nil
}

// regroup moves a dialog without a topic into another group. What was to be done
// to the old topic, and to messages in it, is not needed any more. Nothing moves
// while one of its messages is being tried in the old group: that gets a number there,
// and by the same number the new group knows another message. What is searched in the
// old group moves, and is sent anew: package reckon.
func (tx *Tx) regroup(id tenants.DialogID, group tenants.ChatID) error {
	underWay, err := tx.db.any(`SELECT 1 FROM jobs WHERE dialog = ? AND side = 'topic' AND chat <> ?
		AND state = 'trying'`, id, group)
	if err != nil || underWay {
		return err
	}
	for _, query := range []string{
		"DELETE FROM jobs WHERE dialog = ?1 AND side IN ('title', 'mark') AND chat <> ?2",
		"UPDATE jobs SET chat = ?2 WHERE dialog = ?1 AND side = 'topic'",
		"UPDATE dialogs SET group_chat = ?2 WHERE id = ?1",
		"UPDATE topics SET group_chat = ?2 WHERE dialog = ?1",
	} {
		if _, err := tx.db.exec(query, id, group); err != nil {
			return err
		}
	}
	return tx.takeLabels(id, group)
}

// stand notes what a connection lacks in a group, of a helper also in one in which
// it has not been seen yet. What was tried in vain may go at once if it is to resume.
func (tx *Tx) stand(s *dialog.Stand) error {
	_, err := tx.db.exec(`INSERT INTO workplaces (connection, chat, title, bound, lack) VALUES (?1, ?2, '', ?3, ?4)
		ON CONFLICT (connection, chat) DO UPDATE SET lack = ?4`, s.Connection, s.Group, tx.now, s.Lack)
	if err != nil || !s.Resume {
		return err
	}
	_, err = tx.db.exec(`UPDATE jobs SET not_before = 0 WHERE chat = ? AND connection = ? AND state = 'waiting'
		AND attempt > 0 AND not_before > ?`, s.Group, s.Connection, tx.now)
	return err
}
