package store

import (
	"encoding/json"
	"errors"
	"slices"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// applyDesk writes what a decision administers.
func (tx *Tx) applyDesk(d *dialog.Decision) error {
	for _, value := range d.Set {
		if err := tx.change(value); err != nil {
			return err
		}
	}
	if d.Reply != nil {
		if err := tx.changeReply(d.Reply); err != nil {
			return err
		}
	}
	if r := d.Renew; r != nil {
		if _, err := tx.db.exec(`UPDATE dialogs SET rare = json_set(rare, '$.renew', json('true'))
			WHERE group_chat = ? AND first_seen < ? AND id IN (SELECT dialog FROM topics WHERE thread <> 0)`, r.Group, r.Before); err != nil {
			return err
		}
	}
	if d.Ignore != nil {
		if err := tx.ignore(d.Ignore); err != nil {
			return err
		}
	}
	if d.ReplyWords != nil {
		if err := tx.wordReply(d.ReplyWords); err != nil {
			return err
		}
	}
	for _, act := range d.Acts {
		if err := tx.PutAct(act); err != nil {
			return err
		}
	}
	return nil
}

// change sets a parameter, or takes it away from its level.
func (tx *Tx) change(v tenants.Value) error {
	if tenants.IsDefault(v.Value) {
		return tx.ClearParam(v.Level, v.Name)
	}
	return tx.SetParam(v)
}

// ignore puts a chat into IGNORE_CHATS, or takes it out: of one connection, or of
// all that work in a group.
func (tx *Tx) ignore(i *dialog.Ignoring) error {
	values, err := tx.Params()
	if err != nil {
		return err
	}
	all := []tenants.ConnectionID{i.Connection}
	err = tx.db.each(func(row *row) error {
		all = append(all, tenants.ConnectionID(row.int()))
		return nil
	}, "SELECT w.connection FROM workplaces w JOIN connections c ON c.id = w.connection WHERE w.chat = ? AND w.chat <> 0 AND c.helps = 0", i.Group)
	if err != nil {
		return err
	}
	slices.Sort(all)
	for _, c := range slices.Compact(all) {
		if v, changes := tenants.WithListed(values, c, tenants.IgnoreChats, i.Chat, i.On); changes {
			if err := tx.change(v); err != nil {
				return err
			}
		}
	}
	return nil
}

// SetByHost sets a parameter, or takes it away from its level, and writes down that
// nobody of the tenant's did it.
func (tx *Tx) SetByHost(v tenants.Value) error {
	if tenants.IsDefault(v.Value) {
		v.Value = tenants.DefaultValue
	}
	if err := tx.change(v); err != nil {
		return err
	}
	return tx.PutAct(dialog.Act{At: tx.now, Name: "set", Dialog: v.Level.Dialog, Detail: tenants.Setting(v)})
}

// setAtRest is the name of what follows from parameters that were set while nobody ran.
const setAtRest = "set at rest"

// AtRest are parameters that were set while nobody ran, and all that were set before.
type AtRest struct{ Set, Was []tenants.Value }

// SetAtRest is SetByHost while nobody runs: what has to follow for open dialogs does at
// the next opening.
func (tx *Tx) SetAtRest(v tenants.Value) error {
	p, _, known := tenants.ParamNamed(v.Name)
	if !known || !p.Rings {
		return tx.SetByHost(v)
	}
	rest, err := tx.leftAtRest()
	if err != nil {
		return err
	}
	if len(rest.Set) == 0 {
		if rest.Was, err = tx.Params(); err != nil {
			return err
		}
	}
	rest.Set = append(slices.DeleteFunc(rest.Set, func(old tenants.Value) bool { return old.Name == v.Name && old.Level == v.Level }), v)
	return errors.Join(tx.SetMeta(setAtRest, []byte(toJSON(rest))), tx.WakeAll(v.Level.Dialog), tx.SetByHost(v))
}

func (r Reads) leftAtRest() (rest AtRest, err error) {
	value, err := r.Meta(setAtRest)
	if err != nil || value == nil {
		return rest, err
	}
	return rest, json.Unmarshal(value, &rest)
}

// TakeAtRest gives what SetAtRest has left to be done, once.
func (tx *Tx) TakeAtRest() (AtRest, error) {
	rest, err := tx.leftAtRest()
	if err != nil || len(rest.Set) == 0 {
		return rest, err
	}
	_, err = tx.db.exec("DELETE FROM meta WHERE name = ?", setAtRest)
	return rest, err
}

// PutAct writes one line of the log of who administered what.
func (tx *Tx) PutAct(a dialog.Act) error {
	_, err := tx.db.exec("INSERT INTO acts (at, person, name, act, dialog, detail) VALUES (?, ?, ?, ?, ?, ?)",
		a.At, a.By.ID, a.By.Name(), a.Name, a.Dialog, a.Detail)
	return err
}

// Acts are the last lines of the log of who administered what, the newest first,
// at most so many. Of people it holds their number and the name that they had.
func (r Reads) Acts(most int) (acts []dialog.Act, err error) {
	err = r.db.each(func(row *row) error {
		acts = append(acts, dialog.Act{
			At:   row.time(),
			By:   tenants.Person{ID: tenants.UserID(row.int()), First: row.text()},
			Name: row.text(), Dialog: tenants.DialogID(row.int()), Detail: row.text(),
		})
		return nil
	}, "SELECT at, person, name, act, dialog, detail FROM acts ORDER BY id DESC LIMIT ?", most)
	return acts, err
}
