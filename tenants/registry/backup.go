package registry

import (
	"database/sql"

	"topicdesk/tenants"
)

// Backup writes a copy of the registry to path, which must not exist. The copy is
// whole and of one moment; its secrets are sealed as here.
func (r *Registry) Backup(path string) error {
	_, err := r.change("VACUUM INTO ?", path)
	return about("back up the registry", err)
}

// WakeAll notes of all tenants that their files may have work under way: of copies
// nobody knows whether the registry's is older than theirs.
func (r *Registry) WakeAll() error {
	return r.transact(func(tx *sql.Tx) error {
		_, err := tx.Exec("UPDATE tenants SET state = 'awake', due = 0")
		return err
	})
}

// Count is how many tenants there are, and how many of them the host has stopped.
func (r *Registry) Count() (all, stopped int, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	err = r.db.QueryRow("SELECT count(*), coalesce(sum(stopped), 0) FROM tenants").Scan(&all, &stopped)
	return all, stopped, about("count the tenants", err)
}

// Hold takes a data directory for this process without opening its registry, which
// need not be there. Error: ErrLocked.
func Hold(dir string) (release func() error, err error) {
	held, err := takeLock(dir)
	if err != nil {
		return nil, err
	}
	return held.release, nil
}

// FileOf is where a tenant's file is in a data directory.
func FileOf(dir string, id tenants.TenantID) string { return tenantPath(dir, id) }
