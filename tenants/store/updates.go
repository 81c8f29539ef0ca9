package store

import (
	"time"

	"topicdesk/tenants"
)

// Seen tells that the consequences of an update are on disk.
func (r Reads) Seen(connection tenants.ConnectionID, update tenants.UpdateID) (bool, error) {
	return r.db.any("SELECT 1 FROM seen WHERE connection = ? AND update_id = ?", connection, update)
}

// MarkSeen records that an update's consequences are in this Write.
func (tx *Tx) MarkSeen(connection tenants.ConnectionID, update tenants.UpdateID) error {
	_, err := tx.db.exec("INSERT OR REPLACE INTO seen (connection, update_id, at) VALUES (?, ?, ?)", connection, update, tx.now)
	return err
}

// Aside is a poisonous update that was set aside.
type Aside struct {
	Connection tenants.ConnectionID
	Update     tenants.UpdateID
	Sealed     []byte // the update as it came, sealed with the node's key
	At         time.Time
}

// AsideList lists what is set aside, the oldest first.
func (r Reads) AsideList() ([]Aside, error) {
	var all []Aside
	err := r.db.each(func(row *row) error {
		all = append(all, Aside{
			Connection: tenants.ConnectionID(row.int()),
			Update:     tenants.UpdateID(row.int()),
			Sealed:     row.blob(),
			At:         row.time(),
		})
		return nil
	}, "SELECT connection, update_id, sealed, at FROM aside ORDER BY at, connection, update_id")
	return all, err
}

// SetAside keeps a poisonous update and records it as seen.
func (tx *Tx) SetAside(connection tenants.ConnectionID, update tenants.UpdateID, sealed []byte) error {
	_, err := tx.db.exec("INSERT OR REPLACE INTO aside (connection, update_id, sealed, at) VALUES (?, ?, ?, ?)",
		connection, update, sealed, tx.now)
	if err != nil {
		return err
	}
	return tx.MarkSeen(connection, update)
}

// TakeAside ends the keeping of an update, to have it tried again: it counts as
// not seen.
func (tx *Tx) TakeAside(connection tenants.ConnectionID, update tenants.UpdateID) error {
	for _, query := range []string{
		"DELETE FROM aside WHERE connection = ? AND update_id = ?",
		"DELETE FROM seen WHERE connection = ? AND update_id = ?",
	} {
		if _, err := tx.db.exec(query, connection, update); err != nil {
			return err
		}
	}
	return nil
}
