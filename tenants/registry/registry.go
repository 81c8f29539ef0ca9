package registry

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"topicdesk/schema"
	"topicdesk/tenants"
)

// State is whether a tenant's file may have work under way.
type State string

const (
	Awake  State = "awake"
	Asleep State = "asleep"
)

// Tenant is one row of the list.
type Tenant struct {
	ID      tenants.TenantID
	Created time.Time
	State   State
	Due     time.Time // when an asleep one wants to be opened; zero = when something arrives
	Plan    string
	Stopped bool // by the host: nothing opens it
}

// Errors to be found with errors.Is.
var (
	// ErrTaken: the group, or the tenant's name, belongs to somebody.
	ErrTaken = errors.New("is taken")
	// ErrUnknown: there is no such tenant or secret.
	ErrUnknown = errors.New("is not known")
)

// Registry is the node's open file. Its methods may be called from any
// goroutine; those that change something return when it is synced.
type Registry struct {
	dir    string
	key    Key
	asides []Key // open what is set aside; the last one seals
	lock   *lock

	mu sync.Mutex // one statement or transaction at a time
	db *sql.DB

	crowd  sync.Mutex // guards queued
	queued []*change  // what waits to be written together
}

// What a data directory holds: the registry's own file, and the folder of tenants'.
const (
	FileName   = "registry.db"
	FolderName = "tenants"
)

// Open takes the data directory for this process, making it if it is missing,
// and opens the registry in it. Errors: ErrLocked, schema.ErrNewer, ErrWrongKey.
func Open(dir string, key Key) (*Registry, error) {
	if err := os.MkdirAll(filepath.Join(dir, FolderName), 0o700); err != nil {
		return nil, fmt.Errorf("make data directory: %w", err)
	}
	lock, err := takeLock(dir)
	if err != nil {
		return nil, err
	}
	db, err := openDB(filepath.Join(dir, FileName))
	if err != nil {
		return nil, errors.Join(err, lock.release())
	}
	r := &Registry{dir: dir, key: key, lock: lock, db: db}
	if err := r.unlock(); err != nil {
		return nil, errors.Join(fmt.Errorf("open the secrets in %s: %w", dir, err), r.Close())
	}
	return r, nil
}

func openDB(path string) (*sql.DB, error) {
	// The driver sorts _pragma, so nothing here depends on their order.
	values := url.Values{"_txlock": {"immediate"}, "_pragma": {
		"busy_timeout(5000)", "foreign_keys(ON)", "journal_mode(WAL)", "synchronous(FULL)", "trusted_schema(OFF)",
	}}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+values.Encode())
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	db.SetMaxOpenConns(1)
	if err := migrate(db); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), db.Close())
	}
	return db, nil
}

func migrate(db *sql.DB) (err error) {
	conn, err := db.Conn(context.Background())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	return conn.Raw(func(raw any) error { return schema.Up(raw.(schema.Conn), schema.Registry) })
}

// Close closes the file and gives the data directory free. Tenants' files have
// to be closed before.
func (r *Registry) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return errors.Join(r.db.Close(), r.lock.release())
}

// TenantPath is where a tenant's file is.
func (r *Registry) TenantPath(id tenants.TenantID) string { return tenantPath(r.dir, id) }

// Beside lists the files that lie beside a tenant's own and were made of it: the logs of
// SQLite, and copies from before it was restored.
func (r *Registry) Beside(id tenants.TenantID) (paths []string, err error) {
	path := r.TenantPath(id)
	all, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil, about("tenant "+string(id), err)
	}
	for _, entry := range all {
		if name := entry.Name(); len(name) > len(filepath.Base(path)) && strings.HasPrefix(name, filepath.Base(path)) {
			paths = append(paths, filepath.Join(filepath.Dir(path), name))
		}
	}
	return paths, nil
}

func tenantPath(dir string, id tenants.TenantID) string {
	return filepath.Join(dir, FolderName, string(id)+".db")
}

// AddTenant adds a tenant, asleep, with its own key for pseudonyms. Error: ErrTaken.
func (r *Registry) AddTenant(id tenants.TenantID, plan string, now time.Time) error {
	return about("tenant "+string(id), r.transact(func(tx *sql.Tx) error {
		result, err := tx.Exec("INSERT OR IGNORE INTO tenants (id, created, state, due, plan) VALUES (?, ?, 'asleep', 0, ?)",
			string(id), now.UnixMilli(), plan)
		if err != nil {
			return err
		}
		if added, err := result.RowsAffected(); err != nil || added == 0 {
			return cmp.Or(err, ErrTaken)
		}
		_, err = tx.Exec(putSecret, string(id), pseudonymsName, r.key.Seal(id, pseudonymsName, newPseudonyms()))
		return err
	}))
}

// Tenants lists all, by name.
func (r *Registry) Tenants() ([]Tenant, error) {
	return r.list("SELECT id, created, state, due, plan, stopped FROM tenants ORDER BY id")
}

// Tenant reads one. Error: ErrUnknown.
func (r *Registry) Tenant(id tenants.TenantID) (Tenant, error) {
	found, err := r.list("SELECT id, created, state, due, plan, stopped FROM tenants WHERE id = ?", string(id))
	if err == nil && len(found) == 0 {
		err = ErrUnknown
	}
	if err != nil {
		return Tenant{}, about("tenant "+string(id), err)
	}
	return found[0], nil
}

// SetPlan gives a tenant another plan. Error: ErrUnknown.
func (r *Registry) SetPlan(id tenants.TenantID, plan string) error {
	return r.changeTenant(id, "UPDATE tenants SET plan = ? WHERE id = ?", plan, string(id))
}

// Remove forgets a tenant, its secrets and its groups. Its file, which must be
// closed, is deleted by the caller. Error: ErrUnknown.
func (r *Registry) Remove(id tenants.TenantID) error {
	return r.changeTenant(id, "DELETE FROM tenants WHERE id = ?", string(id))
}

func (r *Registry) changeTenant(id tenants.TenantID, query string, args ...any) error {
	changed, err := r.change(query, args...)
	if err == nil && changed == 0 {
		err = ErrUnknown
	}
	return about("tenant "+string(id), err)
}

// change runs one statement and tells how many rows it changed.
func (r *Registry) change(query string, args ...any) (int64, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	result, err := r.db.Exec(query, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (r *Registry) list(query string, args ...any) (found []Tenant, err error) {
	err = r.each(func(rows *sql.Rows) error {
		var t Tenant
		var created, due int64
		err := rows.Scan(&t.ID, &created, &t.State, &due, &t.Plan, &t.Stopped)
		t.Created, t.Due = fromMillis(created), fromMillis(due)
		found = append(found, t)
		return err
	}, query, args...)
	return found, err
}

func (r *Registry) names(query string, args ...any) (found []tenants.TenantID, err error) {
	err = r.each(func(rows *sql.Rows) error {
		var id tenants.TenantID
		err := rows.Scan(&id)
		found = append(found, id)
		return err
	}, query, args...)
	return found, err
}

func (r *Registry) each(take func(*sql.Rows) error, query string, args ...any) (err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	rows, err := r.db.Query(query, args...)
	if err != nil {
		return fmt.Errorf("read registry: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := take(rows); err != nil {
			return fmt.Errorf("read registry: %w", err)
		}
	}
	return rows.Err()
}

// about names what an error is about; nil stays nil.
func about(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

// millis is a time as a column holds it: the zero time is 0.
func millis(at time.Time) int64 {
	if at.IsZero() {
		return 0
	}
	return at.UnixMilli()
}

// fromMillis is the way back from a column: 0 is the zero time.
func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
