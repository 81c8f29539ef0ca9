package store

import (
	"encoding/json"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// Labels lists the labels of a group in the order in which they were made.
func (r Reads) Labels(group tenants.ChatID) ([]dialog.Label, error) {
	var all []dialog.Label
	at := map[tenants.LabelID]int{}
	err := r.db.each(func(row *row) error {
		l := dialog.Label{ID: tenants.LabelID(row.int()), Name: row.text(), Ticker: row.text(), Sends: row.text()}
		at[l.ID] = len(all)
		all = append(all, l)
		return nil
	}, "SELECT id, name, ticker, sends FROM labels WHERE group_chat = ? AND gone = 0 ORDER BY id", group)
	if err != nil || len(all) == 0 {
		return all, err
	}
	err = r.db.each(func(row *row) error {
		l := &all[at[tenants.LabelID(row.int())]]
		l.After = append(l.After, tenants.LabelID(row.int()))
		return nil
	}, `SELECT label, off FROM label_after JOIN labels ON labels.id = label
		WHERE group_chat = ? AND gone = 0 ORDER BY label, off`, group)
	return all, err
}

// NextLabel is the first number that no label has ever had. Asked once at opening; the
// tenant's actor counts on from it.
func (r Reads) NextLabel() (tenants.LabelID, error) {
	last, _, err := r.db.one("SELECT seq FROM sqlite_sequence WHERE name = 'labels'")
	return tenants.LabelID(last + 1), err
}

// LabelName is the name of a label, also of one that is gone: reports name it; "" =
// there never was one.
func (r Reads) LabelName(id tenants.LabelID) (name string, err error) {
	err = r.db.each(func(row *row) error {
		name = row.text()
		return nil
	}, "SELECT name FROM labels WHERE id = ?", id)
	return name, err
}

// LabelTopics counts the dialogs that have each label of a group.
func (r Reads) LabelTopics(group tenants.ChatID) (map[tenants.LabelID]int, error) {
	all := map[tenants.LabelID]int{}
	err := r.db.each(func(row *row) error {
		id := tenants.LabelID(row.int())
		all[id] = int(row.int())
		return nil
	}, `SELECT label, count(*) FROM dialog_labels JOIN labels ON labels.id = label
		WHERE group_chat = ? GROUP BY label`, group)
	return all, err
}

// LabelOwners are the connections that serve the dialogs with a label.
func (r Reads) LabelOwners(id tenants.LabelID) (all []tenants.ConnectionID, err error) {
	err = r.db.each(func(row *row) error {
		all = append(all, tenants.ConnectionID(row.int()))
		return nil
	}, "SELECT DISTINCT connection FROM dialog_labels JOIN dialogs ON dialogs.id = dialog WHERE label = ?", id)
	return all, err
}

// Labelled lists topics of the dialogs that have a label, those that got it last first,
// at most so many behind the first ones.
func (r Reads) Labelled(id tenants.LabelID, first, most int) ([]dialog.TopicLine, error) {
	var all []dialog.TopicLine
	err := r.db.each(func(row *row) error {
		all = append(all, dialog.TopicLine{Dialog: tenants.DialogID(row.int()), Thread: tenants.ThreadID(row.int()), Title: row.text()})
		return nil
	}, `SELECT dialogs.id, coalesce(topics.thread, 0), dialogs.title FROM dialog_labels JOIN dialogs ON dialogs.id = dialog_labels.dialog
		LEFT JOIN topics ON topics.dialog = dialogs.id
		WHERE label = ? ORDER BY at DESC, dialog_labels.dialog DESC LIMIT ? OFFSET ?`, id, most, first)
	return all, err
}

// applyLabels writes what a decision of the dialog of changes of labels.
func (tx *Tx) applyLabels(of tenants.DialogID, d *dialog.Decision) error {
	for _, c := range d.Labels {
		change := tx.changeLabel
		if c.Gone {
			change = tx.dropLabel
		}
		if err := change(c); err != nil {
			return err
		}
	}
	for _, l := range d.Labelled {
		query := "DELETE FROM dialog_labels WHERE label = ?1 AND dialog = ?2 AND ?3 > 0"
		if l.On { // one that is gone by now is set on nothing
			query = "INSERT OR IGNORE INTO dialog_labels (label, dialog, at) SELECT id, ?2, ?3 FROM labels WHERE id = ?1 AND gone = 0"
		}
		if _, err := tx.db.exec(query, l.Label, of, tx.now); err != nil {
			return err
		}
	}
	return nil
}

// changeLabel makes a label or changes it. Where its sign changes, all who have it want
// to be rung: their titles change. The form in which its name was compared when it got
// it stays as long as the name does: by today's, another label may be its namesake.
func (tx *Tx) changeLabel(c dialog.LabelChange) error {
	l := c.Label
	_, err := tx.db.exec(wakeLabelled+" AND (SELECT ticker FROM labels WHERE id = ?2) <> ?3", tx.now, l.ID, l.Ticker)
	if err != nil {
		return err
	}
	_, err = tx.db.exec(`INSERT INTO labels (id, group_chat, fold, name, ticker, sends) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
		ON CONFLICT (id) DO UPDATE SET fold = iif(name = ?4, fold, ?3), name = ?4, ticker = ?5, sends = ?6`,
		l.ID, c.Group, c.Fold, l.Name, l.Ticker, l.Sends)
	if err != nil {
		return err
	}
	if _, err := tx.db.exec("DELETE FROM label_after WHERE label = ?", l.ID); err != nil {
		return err
	}
	for _, off := range l.After {
		_, err := tx.db.exec("INSERT OR IGNORE INTO label_after (label, off) SELECT ?1, id FROM labels WHERE id = ?2 AND gone = 0", l.ID, off)
		if err != nil {
			return err
		}
	}
	return nil
}

// wakeLabelled makes every dialog with a label want to be rung now.
const wakeLabelled = `UPDATE dialogs SET wake = ?1 WHERE status <> ''
	AND id IN (SELECT dialog FROM dialog_labels WHERE label = ?2)`

// dropLabel takes a label off everywhere, as the reports will read, and away. Its row
// stays for its name.
func (tx *Tx) dropLabel(c dialog.LabelChange) error {
	id := c.Label.ID
	for _, query := range []string{
		wakeLabelled,
		`INSERT INTO events (at, kind, dialog, person, subject)
			SELECT ?1, 'label_off', dialog, 0, label FROM dialog_labels WHERE label = ?2`,
		"DELETE FROM dialog_labels WHERE label = ?2 AND ?1 > 0",
		"DELETE FROM label_after WHERE (label = ?2 OR off = ?2) AND ?1 > 0",
		"UPDATE labels SET gone = ?1 WHERE id = ?2",
	} {
		if _, err := tx.db.exec(query, tx.now, id); err != nil {
			return err
		}
	}
	return nil
}

// takeLabels takes a dialog's labels along into another group, where it gets those with
// the same names: they are made there if there are none, since the team of both is one.
func (tx *Tx) takeLabels(id tenants.DialogID, group tenants.ChatID) error {
	all, err := tx.elsewhere(id, group)
	if err != nil || len(all) == 0 {
		return err
	}
	there, err := tx.Labels(group)
	if err != nil {
		return err
	}
	for _, own := range all {
		l, known := dialog.LabelNamed(there, own.Name)
		if !known {
			l = dialog.Label{Name: own.Name, Ticker: own.Ticker}
			made, err := tx.db.insert("INSERT INTO labels (group_chat, fold, name, ticker) SELECT ?2, fold, name, ticker FROM labels WHERE id = ?1",
				own.ID, group)
			if err != nil {
				return err
			}
			l.ID = tenants.LabelID(made)
			there = append(there, l)
		}
		_, err := tx.db.exec(`INSERT OR IGNORE INTO dialog_labels (label, dialog, at)
			SELECT ?3, dialog, at FROM dialog_labels WHERE label = ?1 AND dialog = ?2`, own.ID, id, l.ID)
		if err != nil {
			return err
		}
	}
	if _, err := tx.db.exec("DELETE FROM dialog_labels WHERE dialog = ?1 AND label IN (SELECT id FROM labels WHERE group_chat <> ?2)", id, group); err != nil {
		return err
	}
	return tx.rewriteLabels(id)
}

// elsewhere are a dialog's labels that are another group's than this.
func (r Reads) elsewhere(id tenants.DialogID, group tenants.ChatID) (all []dialog.Label, err error) {
	err = r.db.each(func(row *row) error {
		all = append(all, dialog.Label{ID: tenants.LabelID(row.int()), Name: row.text(), Ticker: row.text()})
		return nil
	}, `SELECT labels.id, name, ticker FROM labels JOIN dialog_labels ON label = labels.id
		WHERE dialog = ? AND group_chat <> ? ORDER BY labels.id`, id, group)
	return all, err
}

// rewriteLabels makes the labels in a dialog's state those of its rows.
func (tx *Tx) rewriteLabels(id tenants.DialogID) error {
	var labels []tenants.LabelID
	err := tx.db.each(func(row *row) error {
		labels = append(labels, tenants.LabelID(row.int()))
		return nil
	}, "SELECT label FROM dialog_labels WHERE dialog = ? ORDER BY at, label", id)
	if err != nil {
		return err
	}
	text, err := json.Marshal(labels)
	if err != nil {
		return err
	}
	_, err = tx.db.exec("UPDATE dialogs SET rare = json_set(rare, '$.labels', json(?2)), wake = ?3 WHERE id = ?1", id, string(text), tx.now)
	return err
}
