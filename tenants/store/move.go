package store

import (
	"strconv"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// move gives a chat its new id in all that is still to happen. References to
// messages stay: a supergroup numbers its messages anew, so the old ids would
// name strangers there (Bot API migrate_to_chat_id; captures).
func (tx *Tx) move(m dialog.Move) error {
	for _, query := range []string{
		"UPDATE connections SET group_chat = ?2 WHERE group_chat = ?1",
		"UPDATE OR REPLACE workplaces SET chat = ?2 WHERE chat = ?1",
		"UPDATE OR REPLACE groups SET chat = ?2, room = 0 WHERE chat = ?1",
		"UPDATE dialogs SET rare = json_set(rare, '$.born', ?1) WHERE chat = ?1 AND ?2 <> 0 AND rare ->> 'born' IS NULL",
		// A dialog that the new chat has already got stays the chat's.
		"UPDATE OR IGNORE dialogs SET chat = ?2 WHERE chat = ?1 AND chat_kind <> 'private'",
		"UPDATE dialogs SET group_chat = ?2 WHERE group_chat = ?1",
		"UPDATE topics SET group_chat = ?2 WHERE group_chat = ?1",
		"UPDATE OR REPLACE former_topics SET group_chat = ?2 WHERE group_chat = ?1",
		"UPDATE OR REPLACE replies SET group_chat = ?2 WHERE group_chat = ?1",
		// There can be none of the new chat's yet: nobody works there.
		"UPDATE OR IGNORE labels SET group_chat = ?2 WHERE group_chat = ?1",
		"UPDATE jobs SET chat = ?2 WHERE chat = ?1",
		"UPDATE jobs SET group_chat = ?2 WHERE group_chat = ?1",
		"UPDATE OR REPLACE budgets SET chat = ?2 WHERE chat = ?1",
	} {
		if _, err := tx.db.exec(query, m.From, m.To); err != nil {
			return err
		}
	}
	if err := tx.SetMeta(movedKey(m.From), strconv.AppendInt(nil, int64(m.To), 10)); err != nil {
		return err
	}
	if err := tx.Unsay(m.To); err != nil {
		return err
	}
	return tx.relist(m)
}

// Unsay drops what waits in General to be said about a chat.
func (tx *Tx) Unsay(chat tenants.ChatID) error {
	_, err := tx.db.exec("DELETE FROM jobs WHERE dialog = 0 AND source_chat = ? AND state = 'waiting'", chat)
	return err
}

// movedKey is under which meta keeps the new id of a chat that had this one:
// what was said under it may come late.
func movedKey(from tenants.ChatID) string { return "moved " + strconv.FormatInt(int64(from), 10) }

// movedTo is the new id of a chat that had this one, 0 = it never had.
func (r Reads) movedTo(from tenants.ChatID) (tenants.ChatID, error) {
	value, err := r.Meta(movedKey(from))
	if err != nil || value == nil {
		return 0, err
	}
	to, err := strconv.ParseInt(string(value), 10, 64)
	return tenants.ChatID(to), err
}

// relist adds the new id to the parameters that list the old one.
func (tx *Tx) relist(m dialog.Move) error {
	values, err := tx.Params()
	if err != nil {
		return err
	}
	for _, v := range values {
		if followed, ok := v.Follow(m.From, m.To); ok {
			if err := tx.SetParam(followed); err != nil {
				return err
			}
		}
	}
	return nil
}
