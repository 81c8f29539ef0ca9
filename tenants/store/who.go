package store

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// Who is one person as a client, or one client chat that is a group or a channel:
// what is erased, or given, as a whole.
type Who struct {
	User    tenants.UserID     // 0 = a group or a channel
	Chat    tenants.ChatID     // of a person the private one, which has the same number
	Dialogs []tenants.DialogID // of a person the private ones: one for each connection
	// Traces are the texts by which the file could still hold them: names, titles and
	// numbers, in the forms in which rows have them.
	Traces []string
	// Aside and AsideJobs are what is set aside of them, sealed: whoever has the key
	// picks it.
	Aside     []Aside
	AsideJobs []tenants.JobID
}

// Whom finds whom somebody means: by @username, by the number of a person, a chat or
// a dialog; "id:7" and "dialog:7" say which number it is. None if nobody is known so,
// several if the number is one's own and another's dialog.
func (r Reads) Whom(text string) ([]Who, error) {
	chats, err := r.chatsOf(text)
	if err != nil {
		return nil, err
	}
	var all []Who
	for _, chat := range slices.Compact(slices.Sorted(slices.Values(chats))) {
		who, err := r.who(chat)
		if err != nil {
			return nil, err
		}
		all = append(all, who)
	}
	return all, nil
}

// chatsOf are the chats that a text may name; a person is their private one, also
// where they have none.
func (r Reads) chatsOf(text string) (chats []tenants.ChatID, err error) {
	digits, isDialog := strings.CutPrefix(text, "dialog:")
	digits, isID := strings.CutPrefix(digits, "id:")
	number, bad := strconv.ParseInt(digits, 10, 64)
	if bad != nil {
		return r.chatList(`SELECT chat FROM dialogs WHERE chat_username = ?1 COLLATE NOCASE AND ?1 <> ''
			UNION SELECT p.value ->> 'id' FROM names, json_each(people) p WHERE p.value ->> 'username' = ?1 COLLATE NOCASE
			UNION SELECT user_id FROM operators WHERE person ->> 'username' = ?1 COLLATE NOCASE`, strings.TrimPrefix(text, "@"))
	}
	if !isID {
		if chats, err = r.chatList("SELECT chat FROM dialogs WHERE id = ?", number); err != nil || isDialog {
			return chats, err
		}
	}
	known, err := r.chatList(`SELECT chat FROM dialogs WHERE chat = ?1
		UNION SELECT p.value ->> 'id' FROM names, json_each(people) p WHERE p.value ->> 'id' = ?1
		UNION SELECT user_id FROM operators WHERE user_id = ?1
		UNION SELECT person FROM events WHERE person = ?1 AND ?1 > 0
		UNION SELECT person FROM links WHERE person = ?1 AND ?1 > 0
		UNION SELECT person FROM acts WHERE person = ?1 AND ?1 > 0`, number)
	return append(chats, known...), err
}

func (r Reads) chatList(query string, arg any) (chats []tenants.ChatID, err error) {
	err = r.db.each(func(row *row) error {
		chats = append(chats, tenants.ChatID(row.int()))
		return nil
	}, query, arg)
	return chats, err
}

// who collects what is known of one.
func (r Reads) who(chat tenants.ChatID) (Who, error) {
	w := Who{Chat: chat}
	if chat > 0 {
		w.User = tenants.UserID(chat)
	}
	w.trace(strconv.FormatInt(int64(chat), 10))
	err := r.db.each(func(row *row) error {
		w.Dialogs = append(w.Dialogs, tenants.DialogID(row.int()))
		return nil
	}, "SELECT id FROM dialogs WHERE chat = ? ORDER BY id", chat)
	if err != nil {
		return w, err
	}
	for _, id := range w.Dialogs {
		state, err := r.Dialog(id)
		if err != nil {
			return w, err
		}
		w.ofState(state)
	}
	people, err := r.NamesOf(w.User)
	for _, p := range people {
		w.person(p)
	}
	return w, err
}

// NamesOf are the forms in which somebody is known anywhere.
func (r Reads) NamesOf(user tenants.UserID) (people []tenants.Person, err error) {
	if user == 0 {
		return nil, nil
	}
	err = r.db.each(func(row *row) error {
		var p tenants.Person
		err := json.Unmarshal([]byte(row.text()), &p)
		people = append(people, p)
		return err
	}, `SELECT DISTINCT p.value FROM names, json_each(people) p WHERE p.value ->> 'id' = ?1
		UNION SELECT person FROM operators WHERE user_id = ?1`, user)
	return people, err
}

func (w *Who) ofState(s *dialog.State) {
	w.person(s.Client)
	w.trace(s.Chat.Title)
	w.trace(s.Chat.Username)
	w.trace(s.Shown)
	w.trace(s.Custom)
	if w.User == 0 {
		for _, title := range s.Titles {
			w.trace(title)
		}
	}
}

func (w *Who) person(p tenants.Person) {
	w.trace(p.Name())
	w.trace(p.Username)
	if p.First != "" {
		w.trace(`"first":` + toJSON(p.First))
	}
	if p.Last != "" {
		w.trace(`"last":` + toJSON(p.Last))
	}
}

// shortestTrace is how long a text is, in bytes, that is not found by chance in a
// file of millions.
const shortestTrace = 4

func (w *Who) trace(text string) {
	if len(text) < shortestTrace || slices.Contains(w.Traces, text) {
		return
	}
	w.Traces = append(w.Traces, text)
}

// Stands is where a text stands in rows of the file.
type Stands struct {
	Table string `json:"table"`
	Rows  int    `json:"rows"`
}

// Standing finds the rows in which a text stands, and those in which a number does
// that is its whole; 0 = no number is looked for. It reads the whole file.
func (r Reads) Standing(text string, number int64) ([]Stands, error) {
	columns, err := r.columns()
	if err != nil {
		return nil, err
	}
	var all []Stands
	for _, t := range columns {
		var tests []string
		for _, c := range t.columns {
			tests = append(tests, fmt.Sprintf(`CASE typeof(%[1]s) WHEN 'integer' THEN %[1]s = ?2 AND ?2 <> 0 ELSE instr(%[1]s, ?1) > 0 END`, c))
		}
		n, _, err := r.db.one(fmt.Sprintf("SELECT count(*) FROM %q WHERE %s", t.table, strings.Join(tests, " OR ")), text, number)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			all = append(all, Stands{t.table, int(n)})
		}
	}
	return all, nil
}

// tableColumns are a table's columns, quoted.
type tableColumns struct {
	table   string
	columns []string
}

func (r Reads) columns() (all []tableColumns, err error) {
	err = r.db.each(func(row *row) error {
		table, column := row.text(), row.text()
		if len(all) == 0 || all[len(all)-1].table != table {
			all = append(all, tableColumns{table: table})
		}
		last := &all[len(all)-1]
		last.columns = append(last.columns, strconv.Quote(column))
		return nil
	}, `SELECT t.name, c.name FROM pragma_table_list t JOIN pragma_table_info(t.name) c
		WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY t.name, c.cid`)
	return all, err
}
