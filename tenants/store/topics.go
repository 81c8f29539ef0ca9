package store

import (
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// Topic reads a dialog's topic, or nil if nothing has been decided of one yet.
func (r Reads) Topic(id tenants.DialogID) (*dialog.Topic, error) {
	var topic *dialog.Topic
	err := r.db.each(func(row *row) error {
		topic = &dialog.Topic{
			Dialog: id,
			Group:  tenants.ChatID(row.int()),
			Thread: tenants.ThreadID(row.int()),
			Closed: row.bool(),
			Title:  row.text(),
			Set:    row.text(),
			SetAt:  row.time(),
			Made:   int(row.int()),
			Anew:   row.bool(),
		}
		return nil
	}, "SELECT group_chat, thread, closed, title, set_title, set_at, made, history FROM topics WHERE dialog = ?", id)
	return topic, err
}

// changeTopic lays a change over a dialog's topic. A topic is of the group that
// the dialog has when it is made.
func (tx *Tx) changeTopic(id tenants.DialogID, change *dialog.TopicChange) error {
	topic, err := tx.Topic(id)
	if err != nil {
		return err
	}
	group, _, err := tx.db.one("SELECT group_chat FROM dialogs WHERE id = ?", id)
	if err != nil {
		return err
	}
	if topic == nil {
		topic = &dialog.Topic{Dialog: id, Group: tenants.ChatID(group)}
	}
	if change.Thread != nil && *change.Thread != topic.Thread {
		if err := tx.keepFormer(topic); err != nil {
			return err
		}
		topic.Thread = *change.Thread
		if topic.Thread != 0 {
			topic.Made++
			topic.Group = tenants.ChatID(group)
		}
	}
	if change.Title != nil {
		topic.Title = *change.Title
	}
	if change.Closed != nil {
		topic.Closed = *change.Closed
	}
	if change.Asked {
		if _, err := tx.db.exec(`INSERT INTO topics (dialog, group_chat, thread, closed, title, set_title, set_at, made, asked)
			VALUES (?1, ?2, 0, 0, '', '', 0, 0, ?3) ON CONFLICT (dialog) DO UPDATE SET asked = ?3`, id, group, tx.now); err != nil {
			return err
		}
	}
	if change.Anew != nil {
		topic.Anew = *change.Anew
	}
	if change.Set != nil {
		topic.Set, topic.SetAt = *change.Set, tx.now
		if change.Thread != nil {
			topic.SetAt = time.Time{} // it was made with this title: the first rename need not wait
		}
	}
	return tx.putTopic(topic)
}

// HasTopics tells that dialogs of a connection have topics in a group.
func (r Reads) HasTopics(c tenants.ConnectionID, group tenants.ChatID) (bool, error) {
	return r.db.any(`SELECT 1 FROM topics JOIN dialogs ON dialogs.id = topics.dialog
		WHERE topics.group_chat = ? AND topics.thread <> 0 AND dialogs.connection = ? LIMIT 1`, group, c)
}

// AskedSince counts the dialogs that were given a topic of their own after a time.
func (r Reads) AskedSince(since time.Time) (int, error) {
	n, _, err := r.db.one("SELECT count(*) FROM topics WHERE asked > ?", since)
	return int(n), err
}

// keepFormer remembers a topic that the dialog is about to leave.
func (tx *Tx) keepFormer(t *dialog.Topic) error {
	if t.Thread == 0 {
		return nil
	}
	_, err := tx.db.exec("INSERT OR REPLACE INTO former_topics (group_chat, thread, dialog) VALUES (?, ?, ?)", t.Group, t.Thread, t.Dialog)
	return err
}

func (tx *Tx) putTopic(t *dialog.Topic) error {
	_, err := tx.db.exec(`INSERT INTO topics (dialog, group_chat, thread, closed, title, set_title, set_at, made, history)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
		ON CONFLICT (dialog) DO UPDATE SET group_chat = ?2, thread = ?3, closed = ?4, title = ?5,
		 set_title = ?6, set_at = ?7, made = ?8, history = ?9`,
		t.Dialog, t.Group, t.Thread, t.Closed, t.Title, t.Set, t.SetAt, t.Made, t.Anew)
	return err
}
