package store

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// Params lists the parameters that differ from their default.
func (r Reads) Params() ([]tenants.Value, error) {
	var all []tenants.Value
	err := r.db.each(func(row *row) error {
		all = append(all, tenants.Value{
			Level: tenants.Level{
				Connection: tenants.ConnectionID(row.int()),
				Kind:       tenants.ChatKind(row.text()),
				Dialog:     tenants.DialogID(row.int()),
			},
			Name:  row.text(),
			Value: row.text(),
		})
		return nil
	}, "SELECT connection, kind, dialog, name, value FROM params")
	return all, err
}

// SetParam sets a parameter on its level.
func (tx *Tx) SetParam(v tenants.Value) error {
	_, err := tx.db.exec("INSERT OR REPLACE INTO params (connection, kind, dialog, name, value) VALUES (?, ?, ?, ?, ?)",
		v.Level.Connection, v.Level.Kind, v.Level.Dialog, v.Name, v.Value)
	return err
}

// ClearParam gives a parameter back its default on a level.
func (tx *Tx) ClearParam(level tenants.Level, name string) error {
	_, err := tx.db.exec("DELETE FROM params WHERE connection = ? AND kind = ? AND dialog = ? AND name = ?",
		level.Connection, level.Kind, level.Dialog, name)
	return err
}

// Operators lists the people seen at work in the groups, or coming into them, and not
// going out of them since.
func (r Reads) Operators() ([]tenants.Person, error) {
	var texts []string
	err := r.db.each(func(row *row) error {
		texts = append(texts, row.text())
		return nil
	}, "SELECT person FROM operators ORDER BY user_id")
	if err != nil {
		return nil, err
	}
	all := make([]tenants.Person, len(texts))
	for i, text := range texts {
		if err := json.Unmarshal([]byte(text), &all[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// IsOperator tells that somebody has been seen at work in a group.
func (r Reads) IsOperator(user tenants.UserID) (bool, error) {
	return r.db.any("SELECT 1 FROM operators WHERE user_id = ?", user)
}

func (tx *Tx) putOperator(person tenants.Person) error {
	_, err := tx.db.exec("INSERT OR REPLACE INTO operators (user_id, person, seen_at) VALUES (?, ?, ?)",
		person.ID, toJSON(person), tx.now)
	return err
}

// BudgetOf says whose budget it is.
type BudgetOf struct {
	Connection tenants.ConnectionID
	Chat       tenants.ChatID // 0 = of the whole login
}

// Budget reads what package pace keeps of a budget, nil = nothing yet.
func (r Reads) Budget(of BudgetOf) (state []byte, err error) {
	err = r.db.each(func(row *row) error {
		state = row.blob()
		return nil
	}, "SELECT state FROM budgets WHERE connection = ? AND chat = ?", of.Connection, of.Chat)
	return state, err
}

// Budgets reads all.
func (r Reads) Budgets() (map[BudgetOf][]byte, error) {
	all := map[BudgetOf][]byte{}
	err := r.db.each(func(row *row) error {
		of := BudgetOf{Connection: tenants.ConnectionID(row.int()), Chat: tenants.ChatID(row.int())}
		all[of] = row.blob()
		return nil
	}, "SELECT connection, chat, state FROM budgets")
	return all, err
}

// PutBudget is committed with what spent it. nil = there is nothing to keep.
func (tx *Tx) PutBudget(of BudgetOf, state []byte) error {
	if state == nil {
		_, err := tx.db.exec("DELETE FROM budgets WHERE connection = ? AND chat = ?", of.Connection, of.Chat)
		return err
	}
	_, err := tx.db.exec("INSERT OR REPLACE INTO budgets (connection, chat, state) VALUES (?, ?, ?)", of.Connection, of.Chat, state)
	return err
}

// Meta reads a fact about the file, nil = unknown.
func (r Reads) Meta(name string) (value []byte, err error) {
	err = r.db.each(func(row *row) error {
		value = row.blob()
		return nil
	}, "SELECT value FROM meta WHERE name = ?", name)
	return value, err
}

// SetMeta writes a fact about the file.
func (tx *Tx) SetMeta(name string, value []byte) error {
	_, err := tx.db.exec("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", name, value)
	return err
}

// MetaTime reads a fact that is a moment; zero = it is not there.
func (r Reads) MetaTime(name string) (at time.Time, err error) {
	value, err := r.Meta(name)
	if err != nil || value == nil {
		return at, err
	}
	return at, at.UnmarshalText(value)
}

// SetMetaTime writes a fact that is a moment.
func (tx *Tx) SetMetaTime(name string, at time.Time) error {
	value, err := at.MarshalText()
	if err != nil {
		return err
	}
	return tx.SetMeta(name, value)
}

// noSigns is the name of the fact that a group refuses our reactions.
func noSigns(group tenants.ChatID) string { return fmt.Sprintf("no signs in %d", group) }

// NoSigns is until when none of our reactions is tried in a group; zero = they are
// allowed, as far as we know.
func (r Reads) NoSigns(group tenants.ChatID) (until time.Time, err error) {
	value, err := r.Meta(noSigns(group))
	if err != nil || value == nil {
		return time.Time{}, err
	}
	ms, err := strconv.ParseInt(string(value), 10, 64)
	return time.UnixMilli(ms), err
}

// auditTold is the name of the fact that a group was told of the audit.
func auditTold(group tenants.ChatID) string { return fmt.Sprintf("audit told in %d", group) }

// AuditTold is when a group was last told that the audit refused a call; zero = never.
func (r Reads) AuditTold(group tenants.ChatID) (at time.Time, err error) {
	value, err := r.Meta(auditTold(group))
	if err != nil || value == nil {
		return time.Time{}, err
	}
	ms, err := strconv.ParseInt(string(value), 10, 64)
	return time.UnixMilli(ms), err
}

// SetAuditTold writes that it is told now.
func (tx *Tx) SetAuditTold(group tenants.ChatID) error {
	return tx.SetMeta(auditTold(group), []byte(strconv.FormatInt(tx.now.UnixMilli(), 10)))
}

func (tx *Tx) putEvent(e dialog.Event) error {
	_, err := tx.db.exec("INSERT INTO events (at, kind, dialog, person, subject) VALUES (?, ?, ?, ?, ?)",
		e.At, e.Kind, e.Dialog, e.Person, e.Subject)
	return err
}
