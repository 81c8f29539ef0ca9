package store

import (
	"errors"
	"fmt"
	"strings"

	"topicdesk/tenants/dialog"
)

// rules are queries that find what must not be; each row is one fault and its
// first column tells which.
var rules = []struct{ what, query string }{
	{"SQLite finds damage", `SELECT quick_check FROM pragma_quick_check WHERE quick_check <> 'ok'`},
	{"a row points to nothing", `SELECT "table" || ' → ' || parent FROM pragma_foreign_key_check`},
	{"a lane has two jobs under way", `SELECT dialog || ' ' || side FROM jobs WHERE state = 'trying'
		GROUP BY dialog, group_chat, side HAVING count(*) > 1`},
	{"a job under way was never tried", `SELECT id || '' FROM jobs WHERE state = 'trying' AND (attempt = 0 OR tried_at = 0)`},
	{"a job under way is not the first of its lane", `SELECT id || '' FROM jobs j WHERE state = 'trying' AND EXISTS
		(SELECT 1 FROM jobs b WHERE b.dialog = j.dialog AND b.group_chat = j.group_chat AND b.side = j.side AND b.place < j.place)`},
	{"two jobs have one place", `SELECT min(id) || '' FROM jobs GROUP BY dialog, group_chat, side, place HAVING count(*) > 1`},
	{"two jobs have one send key", `SELECT min(id) || '' FROM jobs GROUP BY send_key HAVING count(*) > 1`},
	{"a lane has two renames waiting", `SELECT min(id) || '' FROM jobs WHERE effect = 'rename' AND state = 'waiting'
		GROUP BY dialog, side HAVING count(*) > 1`},
	{"a job's dialog does not exist", `SELECT id || '' FROM jobs WHERE dialog <> 0 AND dialog NOT IN (SELECT id FROM dialogs)`},
	{"a General lane goes to a client", `SELECT id || '' FROM jobs WHERE dialog = 0 AND side = 'client'`},
	{"a dialog has no names", `SELECT id || '' FROM dialogs WHERE id NOT IN (SELECT dialog FROM names)`},
	{"a dialog that never began has a topic", `SELECT id || '' FROM dialogs JOIN topics ON dialog = id
		WHERE status = '' AND topics.thread <> 0`},
	{"a dialog has a label that it has not, or lacks one", `SELECT dialogs.id || ' ' || labels.id FROM dialogs
		JOIN labels ON gone = 0 AND labels.group_chat = dialogs.group_chat
		WHERE EXISTS (SELECT 1 FROM dialog_labels WHERE dialog = dialogs.id AND label = labels.id)
			<> EXISTS (SELECT 1 FROM json_each(rare, '$.labels') WHERE value = labels.id)`},
	{"a label that is gone is on a dialog", `SELECT dialog || ' ' || label FROM dialog_labels
		JOIN labels ON labels.id = label WHERE gone <> 0`},
	{"an internal message went to a client", `SELECT id || '' FROM inside JOIN links ON topic_chat = chat AND topic_id = id
		WHERE ours = 1`},
	{"a message has two main twins", `SELECT min(client_id) || '' FROM links WHERE ours = 0 AND part = 0
		GROUP BY client_chat, client_id, connection HAVING count(*) > 1
		UNION ALL SELECT min(topic_id) || '' FROM links WHERE ours = 1 AND part = 0
		GROUP BY topic_chat, topic_id HAVING count(*) > 1`},
}

// Check returns what is wrong with the file, nil if nothing. It holds after
// every Write; every test ends with it. Beside what the schema refuses:
//
//   - SQLite's own check finds nothing and all references lead somewhere;
//   - a lane has at most one job under way, that is its first one, and it has
//     been counted as an attempt;
//   - places in a lane, and send keys, are unique; at most one Rename of a
//     dialog waits;
//   - every job's dialog exists (General has none, and no way to a client);
//   - weight, album and parts of a job's row are those of its effect, and only what
//     helpers may do is marked so;
//   - labels of dialogs are those of their row, and none of them is gone;
//   - a dialog with status None has no topic;
//   - a message kept inside has no link to a client, and every message has at
//     most one main twin.
func (r Reads) Check() error {
	var faults []error
	for _, rule := range rules {
		var found []string
		err := r.db.each(func(row *row) error {
			found = append(found, row.text())
			return nil
		}, rule.query)
		if err != nil {
			return err
		}
		if len(found) > 0 {
			faults = append(faults, fmt.Errorf("%s: %s", rule.what, strings.Join(found, ", ")))
		}
	}
	return errors.Join(append(faults, r.checkJobs())...)
}

// checkJobs holds the columns that are made from an effect against it.
func (r Reads) checkJobs() error {
	rows, err := r.jobs("SELECT " + jobColumns + " FROM jobs ORDER BY id")
	if err != nil {
		return err
	}
	for _, row := range rows {
		if row.Weight != row.Job.Weight() {
			return fmt.Errorf("job %d weighs %d, its effect %d", row.ID, row.Weight, row.Job.Weight())
		}
		same, err := r.db.any("SELECT 1 FROM jobs WHERE id = ? AND album = ?", row.ID, album(row.Job.Effect))
		if err != nil {
			return err
		}
		if !same {
			return fmt.Errorf("job %d has another album than its effect", row.ID)
		}
		if err := r.checkParts(row); err != nil {
			return err
		}
		helped, err := r.db.any("SELECT 1 FROM jobs WHERE id = ? AND helped", row.ID)
		if err != nil {
			return err
		}
		if helped && !row.Job.Helped() {
			return fmt.Errorf("job %d goes by helpers, its effect does not", row.ID)
		}
	}
	return nil
}

func (r Reads) checkParts(row *Row) error {
	if send, ok := row.Job.Effect.(*dialog.Send); ok && len(send.Parts) == 0 {
		return fmt.Errorf("job %d sends nothing", row.ID)
	}
	for _, ref := range touched(row.Job.Effect) {
		rows, err := r.carriers(row.Job.Lane.Dialog, effectName(row.Job.Effect), ref)
		if err != nil {
			return err
		}
		found := false
		for _, other := range rows {
			found = found || other.ID == row.ID
		}
		if !found {
			return fmt.Errorf("job %d is not found by the message %d that it touches", row.ID, ref.ID)
		}
	}
	return nil
}
