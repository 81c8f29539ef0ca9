package registry

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Forsake gives up what a lost key has sealed: tokens and what was set aside are
// forgotten, every tenant gets another key for pseudonyms, and key is in force. The
// registry as it was stays beside it, at the path that is returned, for the case
// that the key is found. Error: ErrLocked.
func Forsake(dir string, key Key, now time.Time) (kept string, err error) {
	lock, err := takeLock(dir)
	if err != nil {
		return "", err
	}
	db, err := openDB(filepath.Join(dir, FileName))
	if err != nil {
		return "", errors.Join(err, lock.release())
	}
	r := &Registry{dir: dir, key: key, lock: lock, db: db}
	defer func() { err = errors.Join(err, r.Close()) }()
	kept = filepath.Join(dir, FileName+".before-"+now.UTC().Format("20060102-150405"))
	if _, err := db.Exec("VACUUM INTO ?", kept); err != nil {
		return "", fmt.Errorf("keep the registry as it is: %w", err)
	}
	if err := errors.Join(os.Chmod(kept, 0o600), syncFolder(dir)); err != nil {
		return "", fmt.Errorf("keep the registry as it is: %w", err)
	}
	return kept, r.transact(func(tx *sql.Tx) error { return r.startOver(tx, now) })
}

func (r *Registry) startOver(tx *sql.Tx, now time.Time) error {
	for _, table := range []string{"secrets", "aside_keys", "sealing"} {
		if _, err := tx.Exec("DELETE FROM " + table); err != nil {
			return err
		}
	}
	all, err := tenantsOf(tx)
	if err != nil {
		return err
	}
	for _, id := range all {
		if _, err := tx.Exec(putSecret, string(id), pseudonymsName, r.key.Seal(id, pseudonymsName, newPseudonyms())); err != nil {
			return err
		}
	}
	if err := putAsideKey(tx, r.key, 1, newKey(), now); err != nil {
		return err
	}
	_, err = tx.Exec("INSERT INTO sealing (id, fingerprint, since, remains) VALUES (1, ?, ?, 0)", r.key.Fingerprint(), now.UnixMilli())
	return err
}
