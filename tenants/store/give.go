package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"topicdesk/tenants"
)

// What Give and the like give are rows as JSON: an object, for each table that has any
// a list of objects, for each column a value. Columns of JSON are JSON, times are
// texts as of RFC 3339 and null for never, bytes are left out: they are sealed, or of
// no meaning outside. So the form is that of schema/tenant, which only grows.

// jsonColumns hold JSON where they hold a text; a test holds them against the schema.
var jsonColumns = []string{"backlog", "body", "client", "people", "person", "rare", "titles"}

// timeColumns hold unix milliseconds.
var timeColumns = []string{
	"asked", "at", "bound", "created", "crowded", "decided", "delivered", "first_seen", "greeted", "not_before",
	"said_at", "seen_at", "set_at", "started", "tried_at", "wake", "withheld_at",
}

// select1 is a query of which the rows are given under a name.
type select1 struct{ name, query string }

// GiveTenant gives what is the tenant's own: neither a client's nor secret.
func (r Reads) GiveTenant() (json.RawMessage, error) {
	return r.give([]select1{
		{"connections", "SELECT * FROM connections ORDER BY id"},
		{"workplaces", "SELECT * FROM workplaces ORDER BY connection, bound"},
		{"groups", "SELECT * FROM groups ORDER BY chat"},
		{"params", "SELECT * FROM params WHERE dialog = 0 ORDER BY connection, kind, name"},
		{"operators", "SELECT * FROM operators ORDER BY user_id"},
		{"labels", "SELECT * FROM labels ORDER BY id"},
		{"label_after", "SELECT * FROM label_after ORDER BY label, off"},
		{"replies", `SELECT * FROM replies WHERE (body -> 'source' ->> 'chat', body -> 'source' ->> 'id') NOT IN
			(SELECT topic_chat, topic_id FROM links WHERE ours = 0) ORDER BY group_chat, fold`},
		{"acts", "SELECT * FROM acts ORDER BY at, id"},
		{"jobs", "SELECT * FROM jobs WHERE dialog = 0 AND source_chat = 0 ORDER BY place"},
	})
}

// GiveDialog gives what is known of a dialog; nil = there is none.
func (r Reads) GiveDialog(id tenants.DialogID) (json.RawMessage, error) {
	chat, found, err := r.db.one("SELECT chat FROM dialogs WHERE id = ?", id)
	if err != nil || !found {
		return nil, err
	}
	queries := []select1{{"events", "SELECT * FROM events WHERE dialog = ?1 ORDER BY at, id"}}
	for _, a := range about {
		queries = append(queries, select1{a.table, "SELECT * FROM " + a.table + " WHERE " + a.rows})
	}
	slices.Reverse(queries) // the dialog itself first
	return r.give(queries, id, chat)
}

// GiveMet gives what is known of a person beside their own dialogs: as a member of client
// groups, and of the team.
func (r Reads) GiveMet(user tenants.UserID) (json.RawMessage, error) {
	const (
		others = " AND dialog NOT IN (SELECT id FROM dialogs WHERE chat = ?1)"
		wrote  = "(SELECT topic_chat, topic_id FROM links WHERE person = ?1 AND ours = 0" + others + ")"
		rarely = "SELECT d.id AS dialog, %s FROM dialogs d, json_each(d.rare, '$.%s') p WHERE p.value ->> 'id' = ?1 AND d.chat <> ?1 ORDER BY d.id"
	)
	return r.give([]select1{
		{"operators", "SELECT * FROM operators WHERE user_id = ?1"},
		{"names", "SELECT dialog, p.value AS person FROM names, json_each(people) p WHERE p.value ->> 'id' = ?1" + others + " ORDER BY dialog"},
		{"banned", fmt.Sprintf(rarely, "p.value ->> 'since' AS since", "banned")},
		{"phones", fmt.Sprintf(rarely, "p.value ->> 'number' AS number", "phones")},
		{"came", fmt.Sprintf(rarely, "p.value AS person", "walks.came")},
		{"went", fmt.Sprintf(rarely, "p.value AS person", "walks.went")},
		{"assigned", "SELECT id AS dialog, rare -> 'assignee' ->> 'since' AS since FROM dialogs WHERE rare -> 'assignee' ->> 'id' = ?1 ORDER BY id"},
		{"jobs", "SELECT * FROM jobs WHERE " + theirs + others},
		{"links", "SELECT * FROM links WHERE person = ?1" + others},
		{"joined", "SELECT * FROM joined WHERE (topic_chat, topic_id) IN " + wrote},
		{"held", "SELECT * FROM held WHERE body -> 'from' ->> 'id' = ?1" + others},
		{"replies", "SELECT * FROM replies WHERE person = ?1 OR (body -> 'source' ->> 'chat', body -> 'source' ->> 'id') IN " + wrote},
		{"acts", "SELECT * FROM acts WHERE person = ?1 ORDER BY at, id"},
		{"events", "SELECT * FROM events WHERE (person = ?1 OR subject = ?1 AND kind NOT IN ('label_set', 'label_off'))" + others + " ORDER BY at, id"},
	}, user)
}

// Dialogs lists numbers of dialogs above one, the smallest first.
func (r Reads) Dialogs(above tenants.DialogID, limit int) (ids []tenants.DialogID, err error) {
	err = r.db.each(func(row *row) error {
		ids = append(ids, tenants.DialogID(row.int()))
		return nil
	}, "SELECT id FROM dialogs WHERE id > ? ORDER BY id LIMIT ?", above, limit)
	return ids, err
}

// give writes the rows of queries as one object.
func (r Reads) give(queries []select1, args ...any) (json.RawMessage, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for _, q := range queries {
		rows := 0
		err := r.db.each(func(row *row) error {
			switch {
			case rows > 0:
				out.WriteByte(',')
			case out.Len() > 1:
				fmt.Fprintf(&out, `,%q:[`, q.name)
			default:
				fmt.Fprintf(&out, `%q:[`, q.name)
			}
			rows++
			row.give(&out)
			return nil
		}, q.query, args...)
		if err != nil {
			return nil, err
		}
		if rows > 0 {
			out.WriteByte(']')
		}
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

// give writes a row as an object.
func (r *row) give(out *bytes.Buffer) {
	out.WriteByte('{')
	first := true
	for i, column := range r.columns {
		value := given(column, r.values[i])
		if value == "" {
			continue
		}
		if !first {
			out.WriteByte(',')
		}
		first = false
		fmt.Fprintf(out, "%q:%s", column, value)
	}
	out.WriteByte('}')
}

// given is a value as JSON, "" = it is left out.
func given(column string, value any) string {
	switch v := value.(type) {
	case string:
		if slices.Contains(jsonColumns, column) {
			return v
		}
		return toJSON(v)
	case int64:
		switch {
		case !slices.Contains(timeColumns, column):
			return strconv.FormatInt(v, 10)
		case v == 0:
			return "null"
		default:
			return toJSON(time.UnixMilli(v).UTC())
		}
	case nil, []byte:
		return ""
	default:
		panic(fmt.Sprintf("store: a column %s of %T", column, value))
	}
}
