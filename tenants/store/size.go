package store

import (
	"errors"
	"fmt"
)

// Size is how large a file is, bytes.
type Size struct {
	Used int64 // without free pages
	Most int64 // it may grow so far; 0 = there is no limit of ours
}

// ErrLimit: the file has reached Options.MostBytes. The disk has room for others.
var ErrLimit = errors.New("the file has reached the size that is allowed")

// fence has SQLite itself refuse what would make the file larger.
func fence(db *db, most int64) error {
	if most == 0 {
		return nil
	}
	page, _, err := db.one("PRAGMA page_size")
	if err != nil {
		return err
	}
	db.mostPages = max(1, most/page)
	return db.setFence()
}

func (d *db) setFence() error {
	pages := d.mostPages
	if pages == 0 {
		pages = 1<<32 - 2 // the largest that SQLite knows
	}
	return d.script(fmt.Sprintf("PRAGMA max_page_count = %d", pages))
}

// Size tells how large the file is.
func (r Reads) Size() (Size, error) {
	var counts [3]int64
	for i, pragma := range []string{"PRAGMA page_count", "PRAGMA freelist_count", "PRAGMA page_size"} {
		n, _, err := r.db.one(pragma)
		if err != nil {
			return Size{}, err
		}
		counts[i] = n
	}
	return Size{Used: (counts[0] - counts[1]) * counts[2], Most: r.db.mostPages * counts[2]}, nil
}

// atFence tells of an error whether the file's own limit is behind it, and not the
// disk: SQLite says the same of both.
func (s *Store) atFence(err error) error {
	if s.db.mostPages == 0 || !isFull(err) {
		return err
	}
	pages, _, e := s.db.one("PRAGMA page_count")
	if e != nil || pages < s.db.mostPages/10*9 {
		return err
	}
	return errors.Join(ErrLimit, err)
}
