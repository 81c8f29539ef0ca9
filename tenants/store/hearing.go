package store

import (
	"encoding/json"
	"fmt"
	"time"

	"topicdesk/tenants"
)

// Hearing is how a connection hears Telegram, as far as it has to be remembered.
// It is written when that changes, not while all is well.
type Hearing struct {
	Deaf  time.Time `json:"deaf,omitzero"`  // since when it hears nothing although it asks; zero = it hears
	Why   string    `json:"why,omitempty"`  // it hears nothing, in plain words
	Heard time.Time `json:"heard,omitzero"` // when it last heard again
}

func hearingName(c tenants.ConnectionID) string { return fmt.Sprintf("hearing of %d", c) }

// Hearing reads how a connection hears; the zero Hearing: well.
func (r Reads) Hearing(c tenants.ConnectionID) (h Hearing, err error) {
	data, err := r.Meta(hearingName(c))
	if err != nil || data == nil {
		return h, err
	}
	if err := json.Unmarshal(data, &h); err != nil {
		return h, fmt.Errorf("decode how connection %d hears: %w", c, err)
	}
	return h, nil
}

// SetHearing writes how a connection hears.
func (tx *Tx) SetHearing(c tenants.ConnectionID, h Hearing) error {
	return tx.SetMeta(hearingName(c), []byte(toJSON(h)))
}

// LastSeen is when the latest update of a connection was committed, zero = none is
// remembered. It reads all that are.
func (r Reads) LastSeen(c tenants.ConnectionID) (at time.Time, err error) {
	ms, _, err := r.db.one("SELECT coalesce(max(at), 0) FROM seen WHERE connection = ?", c)
	if err != nil || ms == 0 {
		return time.Time{}, err
	}
	return time.UnixMilli(ms).UTC(), nil
}

// ResumeLogin lets jobs of a connection that were tried in vain go at once.
func (tx *Tx) ResumeLogin(c tenants.ConnectionID) error {
	_, err := tx.db.exec(`UPDATE jobs SET not_before = 0 WHERE connection = ? AND state = 'waiting'
		AND attempt > 0 AND not_before > ?`, c, tx.now)
	return err
}
