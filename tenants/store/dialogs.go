package store

import (
	"encoding/json"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// Dialog reads a dialog, or nil if there is none.
func (r Reads) Dialog(id tenants.DialogID) (*dialog.State, error) {
	var state *dialog.State
	var client, rare, people, titles string
	err := r.db.each(func(row *row) error {
		state, client = readState(row)
		rare, people, titles = row.text(), row.text(), row.text()
		return nil
	}, `SELECT id, connection, chat, chat_kind, chat_title, chat_username, chat_forum, client, group_chat,
		status, first_seen, opened, greeted, started, team_began, unreachable, delivered, wake, pending,
		said_by, said_at, shown, custom, title, dialogs.thread, withheld, withheld_at, rare, people, titles
		FROM dialogs JOIN names ON names.dialog = dialogs.id WHERE id = ?`, id)
	if err != nil || state == nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(rare), &state.Rare); err != nil {
		return nil, err
	}
	return state, decodeNames(state, client, people, titles)
}

// Met is all of a dialog that is hidden where names are, as it stands in the file: of
// two that are equal, nobody and nothing new was met between them.
type Met struct {
	Chat                                        tenants.ChatID
	Title, Client, Born, Phones, People, Titles string
}

// Met reads what is known of a dialog's names without understanding it, which is
// cheap for hundreds of people too. Zero if there is no dialog.
func (r Reads) Met(id tenants.DialogID) (m Met, err error) {
	err = r.db.each(func(row *row) error {
		m = Met{tenants.ChatID(row.int()), row.text(), row.text(), row.text(), row.text(), row.text(), row.text()}
		return nil
	}, `SELECT chat, chat_title, client, CAST(COALESCE(rare ->> 'born', '') AS TEXT), COALESCE(rare -> 'phones', ''), people, titles
		FROM dialogs JOIN names ON names.dialog = dialogs.id WHERE id = ?`, id)
	return m, err
}

func readState(r *row) (state *dialog.State, client string) {
	s := &dialog.State{}
	s.ID = tenants.DialogID(r.int())
	s.Connection = tenants.ConnectionID(r.int())
	s.Chat = readChat(r)
	client = r.text()
	s.Group = tenants.ChatID(r.int())
	s.Status = dialog.Status(r.text())
	s.FirstSeen = r.time()
	s.Opened = int(r.int())
	s.Greeted = r.time()
	s.Started = r.time()
	s.TeamBegan = r.bool()
	s.Unreachable = r.bool()
	s.Delivered = r.time()
	s.Wake = r.time()
	s.Pending = int(r.int())
	s.SaidBy = r.text()
	s.SaidAt = r.time()
	s.Shown = r.text()
	s.Custom = r.text()
	s.Title = r.text()
	s.Thread = tenants.ThreadID(r.int())
	s.Withheld = int(r.int())
	s.WithheldAt = r.time()
	return s, client
}

// readChat reads id, kind, title, username and forum.
func readChat(r *row) tenants.Chat {
	return tenants.Chat{
		ID:       tenants.ChatID(r.int()),
		Kind:     tenants.ChatKind(r.text()),
		Title:    r.text(),
		Username: r.text(),
		Forum:    r.bool(),
	}
}

func decodeNames(s *dialog.State, client, people, titles string) error {
	if err := json.Unmarshal([]byte(client), &s.Client); err != nil {
		return err
	}
	if err := decodeList(people, &s.People); err != nil {
		return err
	}
	return decodeList(titles, &s.Titles)
}

// decodeList leaves an empty list nil.
func decodeList[T any](text string, into *[]T) error {
	if text == "[]" {
		return nil
	}
	return json.Unmarshal([]byte(text), into)
}

// DialogOf finds the dialog of a client chat, 0 = none. A private chat belongs
// to the login that sees it; a group or channel is one dialog of the tenant,
// under the id that it had before it became a supergroup, too.
func (r Reads) DialogOf(connection tenants.ConnectionID, chat tenants.Chat) (tenants.DialogID, error) {
	if chat.Kind == tenants.Private {
		id, _, err := r.db.one("SELECT id FROM dialogs WHERE connection = ? AND chat = ? AND chat_kind = 'private'", connection, chat.ID)
		return tenants.DialogID(id), err
	}
	id, err := r.sharedDialog(chat.ID)
	if err != nil || id != 0 || chat.ID.Supergroup() {
		return id, err
	}
	to, err := r.movedTo(chat.ID)
	if err != nil || to == 0 {
		return 0, err
	}
	return r.sharedDialog(to)
}

func (r Reads) sharedDialog(chat tenants.ChatID) (tenants.DialogID, error) {
	id, _, err := r.db.one("SELECT id FROM dialogs WHERE chat = ? AND chat_kind <> 'private'", chat)
	return tenants.DialogID(id), err
}

// KnownGroups is how many client groups a connection has met, 0 = any connection.
func (r Reads) KnownGroups(c tenants.ConnectionID) (int, error) {
	n, _, err := r.db.one("SELECT count(*) FROM dialogs WHERE chat_kind = 'group' AND ? IN (0, connection)", c)
	return int(n), err
}

// DialogOfThread finds the dialog whose topic is this thread of a group, 0 = none.
func (r Reads) DialogOfThread(group tenants.ChatID, thread tenants.ThreadID) (tenants.DialogID, error) {
	id, _, err := r.db.one("SELECT dialog FROM topics WHERE group_chat = ? AND thread = ? AND thread <> 0", group, thread)
	return tenants.DialogID(id), err
}

// DialogOfFormer finds the dialog that had this thread as its topic before, 0 = none.
func (r Reads) DialogOfFormer(group tenants.ChatID, thread tenants.ThreadID) (tenants.DialogID, error) {
	id, _, err := r.db.one("SELECT dialog FROM former_topics WHERE group_chat = ? AND thread = ?", group, thread)
	return tenants.DialogID(id), err
}

// NextDialogID is the first number that no dialog has ever had. Asked once at
// opening; the tenant's actor counts on from it.
func (r Reads) NextDialogID() (tenants.DialogID, error) {
	last, _, err := r.db.one("SELECT seq FROM sqlite_sequence WHERE name = 'dialogs'")
	return tenants.DialogID(last + 1), err
}

// DueWakes lists dialogs that want to be rung at or before now, the longest due
// first.
func (r Reads) DueWakes(now time.Time, limit int) ([]tenants.DialogID, error) {
	var due []tenants.DialogID
	err := r.db.each(func(row *row) error {
		due = append(due, tenants.DialogID(row.int()))
		return nil
	}, "SELECT id FROM dialogs WHERE wake > 0 AND wake <= ? ORDER BY wake, id LIMIT ?", now, limit)
	return due, err
}

// WakeAll makes every dialog that has begun want to be rung now, or only one; 0 =
// all. Ring puts the time right again.
func (tx *Tx) WakeAll(only tenants.DialogID) error {
	_, err := tx.db.exec("UPDATE dialogs SET wake = ? WHERE status <> '' AND ? IN (0, id)", tx.now, only)
	return err
}

// NextWake is when the next dialog wants to be rung, zero = none does.
func (r Reads) NextWake() (next time.Time, err error) {
	err = r.db.each(func(row *row) error {
		next = row.time()
		return nil
	}, "SELECT wake FROM dialogs WHERE wake > 0 ORDER BY wake LIMIT 1")
	return next, err
}

// putState writes a dialog, new or known.
func (tx *Tx) putState(s *dialog.State) error {
	_, err := tx.db.exec(`INSERT INTO dialogs
		(id, connection, chat, chat_kind, chat_title, chat_username, chat_forum, client, group_chat,
		 status, first_seen, opened, greeted, started, team_began, unreachable, delivered, wake, pending,
		 said_by, said_at, shown, custom, title, thread, withheld, withheld_at, rare)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24,
		 ?25, ?26, ?27, ?28)
		ON CONFLICT (id) DO UPDATE SET
		 connection = ?2, chat = ?3, chat_kind = ?4, chat_title = ?5, chat_username = ?6, chat_forum = ?7, client = ?8,
		 group_chat = ?9, status = ?10, first_seen = ?11, opened = ?12, greeted = ?13, started = ?14, team_began = ?15,
		 unreachable = ?16, delivered = ?17, wake = ?18, pending = ?19, said_by = ?20, said_at = ?21, shown = ?22,
		 custom = ?23, title = ?24, thread = ?25, withheld = ?26, withheld_at = ?27, rare = ?28`,
		s.ID, s.Connection, s.Chat.ID, s.Chat.Kind, s.Chat.Title, s.Chat.Username, s.Chat.Forum, toJSON(s.Client), s.Group,
		s.Status, s.FirstSeen, s.Opened, s.Greeted, s.Started, s.TeamBegan, s.Unreachable, s.Delivered, s.Wake, s.Pending,
		s.SaidBy, s.SaidAt, s.Shown, s.Custom, s.Title, s.Thread, s.Withheld, s.WithheldAt, toJSON(s.Rare))
	if err != nil {
		return err
	}
	// Unchanged names write no page.
	_, err = tx.db.exec(`INSERT INTO names (dialog, people, titles) VALUES (?1, ?2, ?3)
		ON CONFLICT (dialog) DO UPDATE SET people = ?2, titles = ?3 WHERE people <> ?2 OR titles <> ?3`,
		s.ID, list(s.People), list(s.Titles))
	return err
}
