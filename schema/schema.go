package schema

import (
	"context"
	"database/sql/driver"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// Kind is which kind of file it is.
type Kind int

const (
	Tenant   Kind = iota + 1 // one tenant's file
	Registry                 // the node's file
)

// folder holds the kind's migrations.
func (k Kind) folder() string {
	switch k {
	case Tenant:
		return "tenant"
	case Registry:
		return "registry"
	default:
		panic("schema: unknown kind of file")
	}
}

// application is the kind's PRAGMA application_id: four letters.
func (k Kind) application() int64 {
	switch k {
	case Tenant:
		return 'T'<<24 | 'D'<<16 | 't'<<8 | 'e'
	case Registry:
		return 'T'<<24 | 'D'<<16 | 'r'<<8 | 'g'
	default:
		panic("schema: unknown kind of file")
	}
}

// Errors of Up, to be found with errors.Is.
var (
	// ErrNewer: a newer program has written the file.
	ErrNewer = errors.New("written by a newer version of the program")
	// ErrForeign: the file is not of this kind.
	ErrForeign = errors.New("not a file of this kind")
)

// Conn is an open connection of an SQLite driver that takes several statements
// in one Exec.
type Conn interface {
	driver.ExecerContext
	driver.QueryerContext
}

//go:embed tenant/*.sql registry/*.sql
var files embed.FS

// Version is the number of the last migration that this program knows.
func Version(kind Kind) int { return len(migrations(kind)) }

// migrations returns the texts of a kind's migrations; migration n has index
// n-1. Names are checked, because a gap would be applied in silence.
func migrations(kind Kind) []string {
	entries, err := fs.ReadDir(files, kind.folder())
	if err != nil {
		panic(err) // embedded
	}
	var texts []string
	for i, entry := range entries {
		number, _, _ := strings.Cut(entry.Name(), "_")
		if n, err := strconv.Atoi(number); err != nil || n != i+1 {
			panic(fmt.Sprintf("schema: migration %s/%s is number %d in its folder", kind.folder(), entry.Name(), i+1))
		}
		text, err := files.ReadFile(path.Join(kind.folder(), entry.Name()))
		if err != nil {
			panic(err) // embedded
		}
		texts = append(texts, string(text))
	}
	return texts
}

// Up brings a file to the newest version: a new one from nothing, an older one
// by the migrations that it lacks, all in one transaction. No transaction may
// be open on conn. On error the file is as it was.
func Up(conn Conn, kind Kind) error { return up(conn, kind, migrations(kind)) }

func up(conn Conn, kind Kind, steps []string) error {
	version, err := check(conn, kind, len(steps))
	if err != nil || version == len(steps) {
		return err
	}
	if err := exec(conn, "BEGIN IMMEDIATE"); err != nil {
		return fmt.Errorf("begin migration: %w", err)
	}
	if err := migrate(conn, kind, steps); err != nil {
		return errors.Join(err, exec(conn, "ROLLBACK"))
	}
	return nil
}

// migrate runs in the transaction. The version is read again, because only now
// nobody else can change it.
func migrate(conn Conn, kind Kind, steps []string) error {
	version, err := check(conn, kind, len(steps))
	if err != nil {
		return err
	}
	for i := version; i < len(steps); i++ {
		if err := exec(conn, steps[i]); err != nil {
			return fmt.Errorf("migration %s/%04d: %w", kind.folder(), i+1, err)
		}
	}
	marks := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT", kind.application(), len(steps))
	if err := exec(conn, marks); err != nil {
		return fmt.Errorf("commit migration: %w", err)
	}
	return nil
}

// check returns the file's version, or why it can't be used.
func check(conn Conn, kind Kind, newest int) (version int, err error) {
	application, err := number(conn, "PRAGMA application_id")
	if err != nil {
		return 0, err
	}
	current, err := number(conn, "PRAGMA user_version")
	if err != nil {
		return 0, err
	}
	switch {
	case application == kind.application():
	case application != 0 || current != 0:
		return 0, fmt.Errorf("%w: application id %#x, not %#x", ErrForeign, application, kind.application())
	default:
		tables, err := number(conn, "SELECT count(*) FROM sqlite_schema")
		if err != nil {
			return 0, err
		}
		if tables != 0 {
			return 0, fmt.Errorf("%w: it has tables, but no application id", ErrForeign)
		}
	}
	if current > int64(newest) {
		return 0, fmt.Errorf("%w: schema %d, this program knows %d", ErrNewer, current, newest)
	}
	return int(current), nil
}

func exec(conn Conn, text string) error {
	_, err := conn.ExecContext(context.Background(), text, nil)
	return err
}

// number reads the one integer that a statement returns.
func number(conn Conn, text string) (n int64, err error) {
	rows, err := conn.QueryContext(context.Background(), text, nil)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", text, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	row := make([]driver.Value, len(rows.Columns()))
	switch err := rows.Next(row); {
	case errors.Is(err, io.EOF):
		return 0, fmt.Errorf("%s: no row", text)
	case err != nil:
		return 0, fmt.Errorf("%s: %w", text, err)
	}
	n, ok := row[0].(int64)
	if !ok {
		return 0, fmt.Errorf("%s: %T is not a number", text, row[0])
	}
	return n, nil
}
