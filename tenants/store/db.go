package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"reflect"
	"time"

	"modernc.org/sqlite"

	"topicdesk/schema"
)

// db is one raw connection with its prepared statements. database/sql would
// cost 20 µs a transaction and a goroutine a file.
type db struct {
	conn       rawConn
	statements map[string]statement
	reading    bool  // inside each
	mostPages  int64 // of the file; 0 = no limit of ours
	changes    int64 // rows written since the opening
}

// rawConn is what the driver's connection can do beside driver.Conn.
type rawConn interface {
	driver.Conn
	schema.Conn
}

type statement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// openDB opens path; the file is made if it is missing.
func openDB(path string) (*db, error) {
	conn, err := (&sqlite.Driver{}).Open(path)
	if err != nil {
		return nil, err
	}
	raw, ok := conn.(rawConn)
	if !ok {
		panic("store: the driver's connection lacks Exec or Query with a context")
	}
	return &db{conn: raw, statements: map[string]statement{}}, nil
}

func (d *db) close() error {
	var faults []error
	for _, s := range d.statements {
		faults = append(faults, s.Close())
	}
	d.statements = nil
	return errors.Join(append(faults, d.conn.Close())...)
}

func (d *db) prepare(query string) (statement, error) {
	if d.reading {
		panic("store: a statement inside the reading of another")
	}
	if s, ok := d.statements[query]; ok {
		return s, nil
	}
	prepared, err := d.conn.Prepare(query)
	if err != nil {
		return nil, fmt.Errorf("prepare %.60q: %w", query, err)
	}
	s, ok := prepared.(statement)
	if !ok {
		panic("store: the driver's statement lacks Exec or Query with a context")
	}
	d.statements[query] = s
	return s, nil
}

// exec runs a statement that returns no rows, and tells how many it changed.
func (d *db) exec(query string, args ...any) (changed int64, err error) {
	s, err := d.prepare(query)
	if err != nil {
		return 0, err
	}
	result, err := s.ExecContext(context.Background(), values(args))
	if err != nil {
		return 0, fmt.Errorf("%.60q: %w", query, err)
	}
	changed, err = result.RowsAffected()
	d.changes += changed
	return changed, err
}

// control runs a statement about the transaction. It has no changes of its own:
// for it SQLite tells those of the statement before.
func (d *db) control(query string) error {
	s, err := d.prepare(query)
	if err != nil {
		return err
	}
	if _, err := s.ExecContext(context.Background(), nil); err != nil {
		return fmt.Errorf("%.60q: %w", query, err)
	}
	return nil
}

// insert is exec for a row whose number SQLite gives.
func (d *db) insert(query string, args ...any) (id int64, err error) {
	s, err := d.prepare(query)
	if err != nil {
		return 0, err
	}
	result, err := s.ExecContext(context.Background(), values(args))
	if err != nil {
		return 0, fmt.Errorf("%.60q: %w", query, err)
	}
	d.changes++
	return result.LastInsertId()
}

// each calls take with every row; take runs no statement.
func (d *db) each(take func(*row) error, query string, args ...any) (err error) {
	s, err := d.prepare(query)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("%.60q: %w", query, err)
		}
	}()
	rows, err := s.QueryContext(context.Background(), values(args))
	if err != nil {
		return err
	}
	d.reading = true
	defer func() {
		d.reading = false
		err = errors.Join(err, rows.Close())
	}()
	columns := rows.Columns()
	r := &row{columns: columns, values: make([]driver.Value, len(columns))}
	for {
		switch err := rows.Next(r.values); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		r.next = 0
		if err := take(r); err != nil {
			return err
		}
	}
}

// one reads one number; found is false without a row.
func (d *db) one(query string, args ...any) (n int64, found bool, err error) {
	err = d.each(func(r *row) error {
		n, found = r.int(), true
		return nil
	}, query, args...)
	return n, found, err
}

// any tells whether the query has a row.
func (d *db) any(query string, args ...any) (found bool, err error) {
	err = d.each(func(*row) error {
		found = true
		return nil
	}, query, args...)
	return found, err
}

// row is a result's current row, read column by column from the left. Tables
// are STRICT, so another type is a programmer's error.
type row struct {
	columns []string
	values  []driver.Value
	next    int
}

func (r *row) take() driver.Value {
	r.next++
	return r.values[r.next-1]
}

func (r *row) int() int64   { return r.take().(int64) }
func (r *row) bool() bool   { return r.int() != 0 }
func (r *row) text() string { return r.take().(string) }

// blob returns nil for NULL. The driver has copied the bytes.
func (r *row) blob() []byte {
	b, _ := r.take().([]byte)
	return b
}

// time reads unix milliseconds; 0 is the zero time.
func (r *row) time() time.Time {
	ms := r.int()
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// values turns numbers, texts, bytes, truths and times into what the driver
// takes.
func values(args []any) []driver.NamedValue {
	out := make([]driver.NamedValue, len(args))
	for i, arg := range args {
		out[i] = driver.NamedValue{Ordinal: i + 1, Value: value(arg)}
	}
	return out
}

func value(arg any) driver.Value {
	switch v := arg.(type) {
	case []byte:
		return v
	case time.Time:
		return millis(v)
	case nil:
		return nil
	}
	switch v := reflect.ValueOf(arg); v.Kind() {
	case reflect.Int, reflect.Int64:
		return v.Int()
	case reflect.String:
		return v.String()
	case reflect.Bool:
		if v.Bool() {
			return int64(1)
		}
		return int64(0)
	default:
		panic(fmt.Sprintf("store: a %T has no column", arg))
	}
}

// millis is a time as it is stored: unix milliseconds, 0 for the zero time.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// script runs statements that are needed once, without keeping them.
func (d *db) script(text string) error {
	if _, err := d.conn.ExecContext(context.Background(), text, nil); err != nil {
		return fmt.Errorf("%.60q: %w", text, err)
	}
	return nil
}
