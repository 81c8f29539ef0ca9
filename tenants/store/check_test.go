package store_test

import (
	"fmt"
	"strings"
	"testing"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// TestCheckFinds shows that each rule bites: SQL behind the store's back makes
// the fault.
func TestCheckFinds(t *testing.T) {
	rename := `INSERT INTO jobs VALUES (NULL, 1, 0, 'title', %d, 1, -5, 5, 1, 'waiting', 0, %[1]d, 'rename', '{}', 0, 0, '', 'relay', 0, 0, 0, 0, 0, '', 0);`
	for want, script := range map[string]string{
		"a row points to nothing": `PRAGMA foreign_keys = OFF; DELETE FROM connections WHERE id = 1`,
		"a lane has two jobs under way": `DROP INDEX jobs_trying;
			UPDATE jobs SET state = 'trying', attempt = 1, tried_at = 1`,
		"a job under way was never tried":              `PRAGMA ignore_check_constraints = ON; UPDATE jobs SET state = 'trying' WHERE id = 1`,
		"a job under way is not the first of its lane": `UPDATE jobs SET state = 'trying', attempt = 1, tried_at = 1 WHERE id = 2`,
		"two jobs have one place":                      `UPDATE jobs SET place = 1`,
		"two jobs have one send key":                   `UPDATE jobs SET send_key = 1`,
		"a lane has two renames waiting":               fmt.Sprintf(rename, 8) + fmt.Sprintf(rename, 9),
		"a job's dialog does not exist":                `UPDATE jobs SET dialog = 5`,
		"a General lane goes to a client":              `UPDATE jobs SET dialog = 0, group_chat = -5, side = 'client'`,
		"a dialog has no names":                        `DELETE FROM names`,
		"a dialog that never began has a topic":        `UPDATE dialogs SET status = ''`,
		"an internal message went to a client":         `UPDATE links SET ours = 1; INSERT INTO inside SELECT topic_chat, topic_id, '', 1 FROM links`,
		"a message has two main twins":                 `INSERT INTO links SELECT topic_chat, topic_id + 1, client_chat, client_id, 1, 1, 0, 0, '', 1, 0, 0, 0 FROM links`,
		"weighs 3, its effect 1":                       `UPDATE jobs SET weight = 3 WHERE id = 1`,
		"goes by helpers, its effect does not":         `UPDATE jobs SET helped = 1, body = json_set(body, '$.internal', json('true')) WHERE id = 1`,
		"another album than its effect":                `UPDATE jobs SET album = 'x' WHERE id = 1`,
		"is not found by the message":                  `UPDATE jobs SET source_id = 99 WHERE id = 1`,
		"sends nothing":                                `UPDATE jobs SET body = '{"parts":[]}' WHERE id = 1`,
	} {
		t.Run(want, func(t *testing.T) {
			f := open(t)
			f.client()
			f.queue(incoming(1, "one"), incoming(2, "two"))
			f.apply(1, dialog.Decision{Links: []dialog.Link{{Dialog: 1, Client: fromYuki(50), Topic: inGroup(60)}}})
			if err := f.Check(); err != nil {
				t.Fatal("before:", err)
			}
			if err := f.Script(script); err != nil {
				t.Fatal(err)
			}
			err := f.Check()
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("found %v", err)
			}
			if err := f.Close(); err != nil {
				t.Error(err)
			}
			f.Store = nil
		})
	}
}

// TestSchemaRefuses shows that impossible states do not get into the file.
func TestSchemaRefuses(t *testing.T) {
	f := open(t)
	f.client()
	f.queue(incoming(1, "one"), incoming(2, "two"))
	for what, script := range map[string]string{
		"status":                 `UPDATE dialogs SET status = 'asleep'`,
		"negative pending":       `UPDATE dialogs SET pending = -1`,
		"kind of chat":           `UPDATE dialogs SET chat_kind = 'forum'`,
		"unknown connection":     `UPDATE dialogs SET connection = 9`,
		"text for a number":      `UPDATE dialogs SET opened = 'often'`,
		"broken JSON":            `UPDATE names SET people = '['`,
		"thread without a group": `UPDATE topics SET group_chat = 0`,
		"side":                   `UPDATE jobs SET side = 'up'`,
		"state":                  `UPDATE jobs SET state = 'done'`,
		"trying without a try":   `UPDATE jobs SET state = 'trying' WHERE id = 1`,
		"two under way":          `UPDATE jobs SET state = 'trying', attempt = 1, tried_at = 1`,
		"effect":                 `UPDATE jobs SET effect = 'dance'`,
		"origin":                 `UPDATE jobs SET origin = 'nobody'`,
		"class":                  `UPDATE jobs SET class = 6`,
		"no send key":            `UPDATE jobs SET send_key = 0`,
		"General with a dialog":  `UPDATE jobs SET group_chat = -1`,
		"dialog 0 and no group":  `UPDATE jobs SET dialog = 0`,
		"event":                  `INSERT INTO events VALUES (NULL, 1, 'party', 1, 0)`,
		"link of no dialog":      `INSERT INTO links VALUES (-1, 1, 5, 1, 1, 99, 0, 0, '', 1, 0, 0)`,
		"kind of login":          `UPDATE connections SET kind = 'fax'`,
		"parameter's kind":       `INSERT INTO params VALUES (0, 'forum', 0, 'X', '1')`,
	} {
		if f.Script(script) == nil {
			t.Errorf("%s: taken: %s", what, script)
		}
	}
}

func TestProgrammersErrorsPanic(t *testing.T) {
	f := open(t)
	s := f.client()
	for what, do := range map[string]func(*store.Tx) error{
		"a state of another dialog": func(tx *store.Tx) error {
			_, err := tx.Apply(2, &dialog.Decision{State: &s}, f.key)
			return err
		},
		"a topic of General": func(tx *store.Tx) error {
			_, err := tx.Apply(0, &dialog.Decision{Topic: &dialog.TopicChange{}}, f.key)
			return err
		},
		"no send key": func(tx *store.Tx) error {
			_, err := tx.Apply(1, &dialog.Decision{Jobs: []dialog.Job{incoming(1, "x")}}, func() tenants.SendKey { return 0 })
			return err
		},
		"a Write in a Write": func(*store.Tx) error { return f.Write(start, func(*store.Tx) error { return nil }) },
		"Close in a Write":   func(*store.Tx) error { return f.Close() },
	} {
		t.Run(what, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			f.write(do)
		})
	}
}
