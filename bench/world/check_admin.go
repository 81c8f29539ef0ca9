package world

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// actRow is a line of the log of who administered what.
type actRow struct {
	act, detail string
	chat        int64 // of the dialog
	at          int64
}

// checkActs: what was done is in the log once, and what was not is not. Bans of a
// dialog begin and end by turns, and the last stands in IGNORE_CHATS.
func (r *run) checkActs(db *sql.DB) error {
	rows, err := rowsOf(db, "SELECT a.act, a.detail, coalesce(d.chat, 0), a.at FROM acts a LEFT JOIN dialogs d ON d.id = a.dialog ORDER BY a.id", func(rows *sql.Rows) (a actRow, err error) {
		err = rows.Scan(&a.act, &a.detail, &a.chat, &a.at)
		return a, err
	})
	if err != nil {
		return err
	}
	for _, o := range r.acts {
		n := 0
		for _, a := range rows {
			if a.act == o.act && a.detail == o.detail {
				n++
			}
		}
		if n > 1 || n == 0 && r.done(o) {
			return fmt.Errorf("the log of acts has %d times %s %s; done: %t", n, o.act, o.detail, r.done(o))
		}
		r.seen.Acts += n
	}
	return r.checkIgnored(db, rows)
}

func (r *run) checkIgnored(db *sql.DB, rows []actRow) error {
	lists, err := rowsOf(db, "SELECT value FROM params WHERE name = 'IGNORE_CHATS'", func(rows *sql.Rows) (s string, err error) {
		err = rows.Scan(&s)
		return s, err
	})
	if err != nil {
		return err
	}
	for _, c := range r.clients {
		last, at := "unban", int64(0)
		for _, a := range rows {
			if a.chat != c.id || a.act != "ban" && a.act != "unban" {
				continue
			}
			if a.act == last && a.at != at { // who order the same at the same moment both stand there
				return fmt.Errorf("the log of acts has %s of %s twice in a row", a.act, c.name)
			}
			last, at = a.act, a.at
		}
		listed := slices.ContainsFunc(lists, func(list string) bool {
			return slices.Contains(strings.Split(strings.ReplaceAll(list, " ", ""), ","), fmt.Sprint(c.id))
		})
		if listed != (last == "ban") {
			return fmt.Errorf("%s is ignored: %t, and the last act was %s", c.name, listed, last)
		}
	}
	return nil
}

// labelRow is a dialog with its labels, as its state and as the tables have them.
type labelRow struct {
	chat         int64
	state, names string // JSON; names of the rows
	numbers      string
}

// labelsOfDialogs leaves out those that are gone.
const labelsOfDialogs = `SELECT d.chat,
	(SELECT json_group_array(j.value) FROM json_each(d.rare, '$.labels') j JOIN labels l ON l.id = j.value AND l.gone = 0),
	coalesce(group_concat(' ' || l.name || ' ', ''), ''), json_group_array(l.id) FILTER (WHERE l.id IS NOT NULL)
	FROM dialogs d LEFT JOIN dialog_labels dl ON dl.dialog = d.id LEFT JOIN labels l ON l.id = dl.label AND l.gone = 0 GROUP BY d.id`

// checkLabels: a dialog's labels are the same in its state and in the rows, and they are
// what was ordered last.
func (r *run) checkLabels(db *sql.DB) error {
	rows, err := rowsOf(db, labelsOfDialogs, func(rows *sql.Rows) (l labelRow, err error) {
		err = rows.Scan(&l.chat, &l.state, &l.names, &l.numbers)
		return l, err
	})
	if err != nil {
		return err
	}
	for _, row := range rows {
		var state, numbers []int
		must(json.Unmarshal([]byte(row.state), &state))
		must(json.Unmarshal([]byte(row.numbers), &numbers))
		slices.Sort(state)
		slices.Sort(numbers)
		if !slices.Equal(state, numbers) {
			return fmt.Errorf("a dialog has the labels %v, and the rows of %v", state, numbers)
		}
		for _, c := range r.clients {
			if c.id != row.chat {
				continue
			}
			if err := r.checkOrdered(c, row.names); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *run) checkOrdered(c *client, names string) error {
	for _, l := range r.labels {
		all := l.orders[c]
		if len(all) == 0 || r.late || len(r.before) > 0 || !r.done(all[len(all)-1]) {
			continue
		}
		last := all[len(all)-1]
		if has := strings.Contains(names, " "+l.name+" "); has != last.on {
			return fmt.Errorf("%s has the label %s: %t, and the last order was %t", c.name, l.name, has, last.on)
		}
		r.seen.Labels++
	}
	return nil
}
