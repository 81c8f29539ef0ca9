package store

import (
	"encoding/json"
	"slices"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

const unansweredQuery = `SELECT d.id, d.connection, d.chat_kind, iif(d.custom <> '', d.custom, d.shown), d.rare, coalesce(t.thread, 0)
	FROM dialogs d LEFT JOIN topics t ON t.dialog = d.id
	WHERE d.status = 'user_answered' AND d.group_chat = ? ORDER BY d.id`

// Unanswered lists the dialogs of a group in which the client waits, who waits longest
// first.
func (r Reads) Unanswered(group tenants.ChatID) (all []dialog.Waiting, err error) {
	err = r.db.each(func(row *row) error {
		w := dialog.Waiting{
			Dialog: tenants.DialogID(row.int()), Connection: tenants.ConnectionID(row.int()), Kind: tenants.ChatKind(row.text()),
			Name: row.text(),
		}
		var rare dialog.Rare
		if err := json.Unmarshal([]byte(row.text()), &rare); err != nil {
			return err
		}
		w.Thread = tenants.ThreadID(row.int())
		w.Since, w.Assignee, w.Labels = rare.Waits, rare.Assignee, rare.Labels
		all = append(all, w)
		return nil
	}, unansweredQuery, group)
	slices.SortStableFunc(all, func(a, b dialog.Waiting) int { return a.Since.Compare(b.Since) })
	return all, err
}
