package registry

import (
	"database/sql"
	"errors"
	"time"
)

// Alive is when a process that served the directory was last known to run; zero =
// none has.
func (r *Registry) Alive() (time.Time, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var ms int64
	err := r.db.QueryRow("SELECT alive FROM node").Scan(&ms)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	return fromMillis(ms), about("last time alive", err)
}

// SetAlive notes that this process runs.
func (r *Registry) SetAlive(now time.Time) error {
	_, err := r.change("INSERT OR REPLACE INTO node (id, alive) VALUES (1, ?)", now.UnixMilli())
	return about("time alive", err)
}
