package store

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"

	"topicdesk/schema"
)

// Fault is what kind of trouble with a file an error tells of.
type Fault int

const (
	// NoFault: the error is not about the file or the disk under it.
	NoFault Fault = iota
	// Disk: the disk is full, read only, or fails. Nothing has happened to the
	// file, and the same goes well when the disk does again.
	Disk
	// Limit: the file may not grow any more. Nothing has happened to it, and the same
	// goes well when something is taken out, or more is allowed.
	Limit
	// Damaged: what is in the file is not what was written, or no program of this
	// version has written it. Waiting does not help.
	Damaged
	// Missing: there is no file (Options.Existing). Waiting does not help.
	Missing
)

// Result codes of SQLite (sqlite.org/rescode.html); extended codes have them in
// their last byte.
const (
	codeReadOnly = 8
	codeIO       = 10
	codeCorrupt  = 11
	codeFull     = 13
	codeCantOpen = 14
	codeNotADB   = 26
)

// FaultOf tells what an error of this package, or of another that uses SQLite,
// says of the file.
func FaultOf(err error) Fault {
	if errors.Is(err, schema.ErrNewer) || errors.Is(err, schema.ErrForeign) {
		return Damaged
	}
	if errors.Is(err, ErrMissing) {
		return Missing
	}
	if errors.Is(err, ErrLimit) {
		return Limit
	}
	var said *sqlite.Error
	if !errors.As(err, &said) {
		return NoFault
	}
	switch said.Code() & 0xff {
	case codeCorrupt, codeNotADB:
		return Damaged
	case codeFull, codeIO, codeReadOnly, codeCantOpen:
		return Disk
	default:
		return NoFault
	}
}

func isFull(err error) bool {
	var said *sqlite.Error
	return errors.As(err, &said) && said.Code()&0xff == codeFull
}

// tooMuch is more than the free pages of any tenant's file hold, bytes.
const tooMuch = 64 << 20

// noRoom makes SQLite answer as on a full disk: the file may not grow, and what
// is written does not fit.
func (s *Store) noRoom() error {
	if err := s.db.script("PRAGMA max_page_count = 1"); err != nil {
		return err
	}
	_, err := s.db.exec("INSERT OR REPLACE INTO meta (name, value) VALUES ('no room', zeroblob(?))", tooMuch)
	if err == nil {
		return fmt.Errorf("%d MiB fitted into a full file", tooMuch>>20)
	}
	return errors.Join(err, s.db.setFence())
}
