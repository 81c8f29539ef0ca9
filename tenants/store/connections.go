package store

import (
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// LoginKind is what sort of login a connection is.
type LoginKind string

const (
	Bot     LoginKind = "bot"     // a token, Bot API
	Account LoginKind = "account" // a person's, MTProto
)

// Connection is one login of the tenant.
type Connection struct {
	ID       tenants.ConnectionID
	Kind     LoginKind
	User     tenants.UserID // of the bot or account itself
	Username string         // without @
	// Group is the backend group in which new topics are made, one of its
	// Workplaces; ID 0 = not bound yet. Its Kind is not kept: it is always a group.
	Group         tenants.Chat
	Administrator tenants.UserID // 0 = nobody yet
	// Helps is the connection whose load it shares; 0 = none: it has clients of its
	// own. A helper has no Group: it works where that connection does.
	Helps   tenants.ConnectionID
	Active  bool
	Created time.Time
}

// Connections lists all, the oldest first.
func (r Reads) Connections() ([]Connection, error) {
	var all []Connection
	err := r.db.each(func(row *row) error {
		c := Connection{
			ID:       tenants.ConnectionID(row.int()),
			Kind:     LoginKind(row.text()),
			User:     tenants.UserID(row.int()),
			Username: row.text(),
			Group: tenants.Chat{
				ID:       tenants.ChatID(row.int()),
				Kind:     tenants.Group,
				Title:    row.text(),
				Username: row.text(),
				Forum:    row.bool(),
			},
			Administrator: tenants.UserID(row.int()),
			Active:        row.bool(),
			Created:       row.time(),
			Helps:         tenants.ConnectionID(row.int()),
		}
		if c.Group.ID == 0 {
			c.Group = tenants.Chat{}
		}
		all = append(all, c)
		return nil
	}, `SELECT id, kind, user_id, username, group_chat, group_title, group_username, group_forum,
		administrator, active, created, helps FROM connections ORDER BY created, id`)
	return all, err
}

// PutConnection writes a connection, new or known. Its receive state stays.
func (tx *Tx) PutConnection(c Connection) error {
	_, err := tx.db.exec(`INSERT INTO connections
		(id, kind, user_id, username, group_chat, group_title, group_username, group_forum, administrator, active, created, helps)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
		ON CONFLICT (id) DO UPDATE SET kind = ?2, user_id = ?3, username = ?4, group_chat = ?5, group_title = ?6,
		 group_username = ?7, group_forum = ?8, administrator = ?9, active = ?10, created = ?11, helps = ?12`,
		c.ID, c.Kind, c.User, c.Username, c.Group.ID, c.Group.Title, c.Group.Username, c.Group.Forum,
		c.Administrator, c.Active, c.Created, c.Helps)
	if err != nil || c.Group.ID == 0 {
		return err
	}
	return tx.work(c.ID, c.Group)
}

// Dismiss lets a helper go: it is not active any more, and how it stands in groups
// is forgotten. Its row stays, because what it has sent names it.
func (tx *Tx) Dismiss(helper tenants.ConnectionID) error {
	if _, err := tx.db.exec("UPDATE connections SET active = 0 WHERE id = ? AND helps <> 0", helper); err != nil {
		return err
	}
	_, err := tx.db.exec("DELETE FROM workplaces WHERE connection IN (SELECT id FROM connections WHERE id = ? AND helps <> 0)", helper)
	return err
}

// bind joins a connection with a group, from now on the one for new topics.
// Whoever has no place in another group goes there.
func (tx *Tx) bind(b *dialog.Binding) error {
	_, err := tx.db.exec(`UPDATE connections SET group_chat = ?, group_title = ?, group_username = ?, group_forum = ?,
		administrator = ? WHERE id = ?`,
		b.Group.ID, b.Group.Title, b.Group.Username, b.Group.Forum, b.Administrator, b.Connection)
	if err != nil {
		return err
	}
	if err := tx.work(b.Connection, b.Group); err != nil {
		return err
	}
	return tx.rehouse(homeless, b.Group.ID, b.Connection)
}

// ReceiveState is how far a connection has received, in its gateway's own
// words; nil = never.
func (r Reads) ReceiveState(connection tenants.ConnectionID) (state []byte, err error) {
	err = r.db.each(func(row *row) error {
		state = row.blob()
		return nil
	}, "SELECT receive_state FROM connections WHERE id = ?", connection)
	return state, err
}

// SetReceiveState is committed with the batch that brought it.
func (tx *Tx) SetReceiveState(connection tenants.ConnectionID, state []byte) error {
	_, err := tx.db.exec("UPDATE connections SET receive_state = ? WHERE id = ?", state, connection)
	return err
}
