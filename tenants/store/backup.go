package store

import (
	"fmt"
	"strings"
	"time"
)

// Backup writes a copy of the file to path, which must not exist. The copy is whole
// and of one moment. No Write may be under way.
func (s *Store) Backup(path string) error {
	if s.writing {
		panic("store: Backup inside a Write")
	}
	if err := s.db.script("VACUUM INTO '" + strings.ReplaceAll(path, "'", "''") + "'"); err != nil {
		return fmt.Errorf("back up to %s: %w", path, err)
	}
	return nil
}

// Known is the latest moment that the file knows of, zero = none.
func (r Reads) Known() (time.Time, error) {
	latest, err := r.Latest()
	if err != nil {
		return latest, err
	}
	all, err := r.Connections()
	if err != nil {
		return latest, err
	}
	for _, c := range all {
		seen, err := r.LastSeen(c.ID)
		if err != nil {
			return latest, err
		}
		if seen.After(latest) {
			latest = seen
		}
	}
	return latest, nil
}
