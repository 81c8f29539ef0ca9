package store

import "time"

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
	return nil
}
