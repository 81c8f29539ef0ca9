package store

import (
	"encoding/json"
	"fmt"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// Latest is the latest moment that the outbox knows of, zero = none.
func (r Reads) Latest() (at time.Time, err error) {
	ms, _, err := r.db.one("SELECT coalesce(max(max(decided, tried_at)), 0) FROM jobs")
	if err != nil || ms == 0 {
		return time.Time{}, err
	}
	return time.UnixMilli(ms).UTC(), nil
}

// ClockBack follows a clock that has gone back by so much: what is to happen waits
// no longer than it would have, and nothing has happened in the future.
func (tx *Tx) ClockBack(by time.Duration) error {
	for _, query := range []string{
		"UPDATE jobs SET not_before = max(not_before - ?1, 0) WHERE not_before > ?2",
		"UPDATE dialogs SET wake = max(wake - ?1, 1) WHERE wake > ?2",
	} {
		if _, err := tx.db.exec(query, by.Milliseconds(), tx.now); err != nil {
			return err
		}
	}
	for _, query := range []string{
		"UPDATE jobs SET decided = ?1 WHERE decided > ?1",
		"UPDATE jobs SET tried_at = ?1 WHERE tried_at > ?1",
		"UPDATE dialogs SET delivered = ?1 WHERE delivered > ?1",
		"UPDATE dialogs SET greeted = ?1 WHERE greeted > ?1",
		"UPDATE dialogs SET withheld_at = ?1 WHERE withheld_at > ?1",
		"UPDATE topics SET set_at = ?1 WHERE set_at > ?1",
	} {
		if _, err := tx.db.exec(query, tx.now); err != nil {
			return err
		}
	}
	return tx.rareBack(by)
}

// rareBack does the same in what only some dialogs have: a hold must end when its
// job may go, or what has gone would still count as held.
func (tx *Tx) rareBack(by time.Duration) error {
	moved := map[tenants.DialogID]dialog.Rare{}
	err := tx.db.each(func(row *row) error {
		id, text := tenants.DialogID(row.int()), row.text()
		var rare dialog.Rare
		if err := json.Unmarshal([]byte(text), &rare); err != nil {
			return fmt.Errorf("read what dialog %d holds: %w", id, err)
		}
		moved[id] = rare.ClockBack(tx.now, by)
		return nil
	}, "SELECT id, rare FROM dialogs WHERE rare ->> 'holds' IS NOT NULL OR rare ->> 'watch' IS NOT NULL OR rare ->> 'waits' IS NOT NULL")
	if err != nil {
		return err
	}
	for id, rare := range moved {
		if _, err := tx.db.exec("UPDATE dialogs SET rare = ?2 WHERE id = ?1", id, toJSON(rare)); err != nil {
			return err
		}
	}
	return nil
}
