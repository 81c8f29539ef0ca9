package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"

	"topicdesk/schema"
	"topicdesk/tenants"
)

// Sync is how far a commit goes before Write returns.
type Sync int

const (
	// SyncFull: a commit survives a power cut. The only one for real tenants.
	SyncFull Sync = iota
	// SyncNormal: a commit survives a crash of the process, not a power cut.
	SyncNormal
	// SyncOff: not even the order of writes is kept.
	SyncOff
)

// Options of Open. The zero Options are the ones to use.
type Options struct {
	Sync Sync
	// Committed is called after each Write that has changed the file, which is
	// what costs a sync; nil = nobody counts. Files of different tenants call it
	// at the same time.
	Committed func()
	// MostBytes is how large the file may grow; 0 = as large as SQLite's may. One that
	// is larger already grows no more.
	MostBytes int64
	// Existing: the file must be there, else ErrMissing. One that was lost must not be
	// taken for that of a tenant who knows nobody.
	Existing bool
	// Room is asked before each commit that changes something: without room
	// SQLite answers as on a full disk. nil = only the disk decides. For tests.
	Room func() bool
}

// Limits of a file.
const (
	cacheKiB        = 256     // SQLite's page cache
	checkpointPages = 200     // of 4 KiB: the WAL is copied back at this length
	walLimitBytes   = 1 << 20 // a WAL grown longer is cut after a checkpoint
)

// oldestSQLite is the first version without the WAL-reset bug, which could
// lose committed data (sqlite.org/wal.html).
var oldestSQLite = [3]int{3, 51, 3}

// ErrBroken: a commit failed, and nobody knows what the file holds. Close the
// store and open it again.
var ErrBroken = errors.New("tenant file broken by a failed commit")

// ErrMissing: there is no such file.
var ErrMissing = errors.New("the tenant's file is missing")

// Store is a tenant's open file. One goroutine uses it.
type Store struct {
	Reads
	committed func()
	room      func() bool
	writing   bool
	broken    error
}

// Reads are the questions to a file. Inside a Write they see its changes.
type Reads struct{ db *db }

// Open opens a tenant's file, brings its schema to the newest version and
// takes it for this process alone. A missing file is made, without a folder
// around it, unless Options.Existing. Errors: ErrMissing, schema.ErrNewer, schema.ErrForeign, or what SQLite says,
// for example that another process holds the file.
func Open(path string, options Options) (*Store, error) {
	if _, err := os.Stat(path); options.Existing && errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open %s: %w", path, ErrMissing)
	}
	db, err := openDB(path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	if err := prepare(db, options); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), db.close())
	}
	s := &Store{Reads: Reads{db}, committed: options.Committed, room: options.Room}
	if err := s.Scrub(); err != nil && FaultOf(err) != Disk { // without room for a second file it waits for the next opening
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), db.close())
	}
	return s, nil
}

func prepare(db *db, options Options) error {
	// Before anything reads the file, which even a SELECT without a table does:
	// else the shared memory is made after all, with a third file.
	if err := db.script("PRAGMA locking_mode = EXCLUSIVE"); err != nil {
		return err
	}
	if err := checkVersion(db); err != nil {
		return err
	}
	// auto_vacuum before the first table.
	for _, pragma := range []string{
		"auto_vacuum = INCREMENTAL",
		"journal_mode = WAL",
		"synchronous = " + options.Sync.pragma(),
		"wal_autocheckpoint = " + strconv.Itoa(checkpointPages),
		"journal_size_limit = " + strconv.Itoa(walLimitBytes),
		"cache_size = -" + strconv.Itoa(cacheKiB),
		"mmap_size = 0",
		"temp_store = MEMORY",
		"foreign_keys = ON",
		"recursive_triggers = ON",
		"trusted_schema = OFF",
		"secure_delete = FAST",
	} {
		if err := db.script("PRAGMA " + pragma); err != nil {
			return err
		}
	}
	if err := schema.Up(db.conn, schema.Tenant); err != nil {
		return err
	}
	return fence(db, options.MostBytes)
}

func (s Sync) pragma() string {
	switch s {
	case SyncFull:
		return "FULL"
	case SyncNormal:
		return "NORMAL"
	case SyncOff:
		return "OFF"
	default:
		panic("store: unknown Sync")
	}
}

// SQLite is the version of SQLite in this program. Error: it is too old.
func SQLite() (version string, err error) {
	db, err := openDB(":memory:")
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	if version, err = sqliteVersion(db); err != nil {
		return "", err
	}
	return version, checkVersion(db)
}

func sqliteVersion(db *db) (version string, err error) {
	err = db.each(func(r *row) error {
		version = r.text()
		return nil
	}, "SELECT sqlite_version()")
	return version, err
}

func checkVersion(db *db) error {
	version, err := sqliteVersion(db)
	if err != nil {
		return err
	}
	if older(version, oldestSQLite) {
		return fmt.Errorf("SQLite %s is too old: before 3.51.3 it can lose committed data", version)
	}
	return nil
}

// older compares a version of three numbers; one that can't be read is old.
func older(version string, than [3]int) bool {
	numbers := strings.SplitN(version, ".", 4)
	if len(numbers) < len(than) {
		return true
	}
	for i, least := range than {
		n, err := strconv.Atoi(numbers[i])
		if err != nil || n < least {
			return true
		}
		if n > least {
			return false
		}
	}
	return false
}

// Close closes the file. No Write may be under way.
func (s *Store) Close() error {
	if s.writing {
		panic("store: Close inside a Write")
	}
	if err := s.db.close(); err != nil {
		return fmt.Errorf("close tenant file: %w", err)
	}
	return nil
}

// Tx is a Write under way. Reads on it see its changes.
type Tx struct {
	Reads
	// Height tells the highest message known in the numbering of a chat, for what is
	// tried; nil = nobody knows.
	Height func(tenants.ConnectionID, tenants.ChatID) tenants.MessageID

	now    time.Time
	before int64 // changes of the file until it began
	bad    error // not nil: must not be committed
}

// Write runs f in one immediate transaction and commits it, synced. If f fails
// or panics, nothing has happened. now is the time of all that f writes.
func (s *Store) Write(now time.Time, f func(*Tx) error) (err error) {
	if s.writing {
		panic("store: Write inside a Write")
	}
	if s.broken != nil {
		return s.broken
	}
	growStack(len(s.db.statements))
	if err := s.db.control("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	s.writing = true
	before := s.db.changes
	done := false
	defer func() {
		s.writing = false
		if !done {
			err = s.atFence(s.rollback(err))
		}
	}()
	tx := &Tx{Reads: s.Reads, now: now, before: before}
	if err := f(tx); err != nil {
		return err
	}
	if tx.bad != nil {
		return tx.bad
	}
	if s.room != nil && s.db.changes != before && !s.room() {
		return s.noRoom()
	}
	if err := s.db.control("COMMIT"); err != nil {
		s.broken = fmt.Errorf("%w: %w", ErrBroken, err)
		return s.broken
	}
	done = true
	if s.committed != nil && s.db.changes != before {
		s.committed()
	}
	return nil
}

// Wrote tells that something has been written: the commit will be synced anyway.
func (tx *Tx) Wrote() bool { return tx.db.changes != tx.before }

// rollback undoes a Write that failed so. If even that fails, as after a full disk
// where SQLite has done it by itself, the store is of no more use.
func (s *Store) rollback(why error) error {
	err := s.db.control("ROLLBACK")
	if err == nil {
		return why
	}
	if s.broken == nil {
		s.broken = fmt.Errorf("%w: %w", ErrBroken, errors.Join(why, err))
	}
	return errors.Join(why, err)
}

// Save runs f in a savepoint: if f fails, what it did is undone and its error
// returned, and the Write goes on. Not nested.
func (tx *Tx) Save(f func() error) error {
	if err := tx.db.control("SAVEPOINT decision"); err != nil {
		return err
	}
	failed := f()
	if failed != nil {
		if err := tx.db.control("ROLLBACK TO decision"); err != nil {
			tx.bad = errors.Join(failed, err)
			return tx.bad
		}
	}
	if err := tx.db.control("RELEASE decision"); err != nil {
		tx.bad = errors.Join(failed, err)
		return tx.bad
	}
	return failed
}
