package registry

import (
	"database/sql"
	"errors"
	"slices"
	"time"

	"topicdesk/tenants"
)

// Login is what a tenant that falls asleep leaves of an active connection.
type Login struct {
	Connection tenants.ConnectionID
	// Helps: it is a helper, of which only is asked how it stands in groups.
	Helps bool
	// State is how far it has received and committed, for telegram.Gateway; nil =
	// nothing yet.
	State []byte
	// Heard is when it last heard Telegram, zero = not known.
	Heard time.Time
	// Deaf: it heard nothing when it fell asleep, for a reason that lasts, and people
	// have been told.
	Deaf bool
}

// Silence is a time in which the node received nothing, or did not run.
type Silence struct{ Since, Until time.Time }

// Awake lists the tenants whose files may have work under way: after a crash,
// those to open. Stopped ones are not among them.
func (r *Registry) Awake() ([]tenants.TenantID, error) {
	return r.names("SELECT id FROM tenants WHERE state = 'awake' AND stopped = 0 ORDER BY id")
}

// Due lists asleep tenants that want to be opened at or before now, the longest
// due first, without stopped ones.
func (r *Registry) Due(now time.Time, limit int) ([]tenants.TenantID, error) {
	return r.names("SELECT id FROM tenants WHERE due > 0 AND due <= ? AND stopped = 0 ORDER BY due, id LIMIT ?", now.UnixMilli(), limit)
}

// NextDue is when the next asleep tenant wants to be opened, zero = none does.
func (r *Registry) NextDue() (time.Time, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var due int64
	err := r.db.QueryRow("SELECT due FROM tenants WHERE due > 0 AND stopped = 0 ORDER BY due LIMIT 1").Scan(&due)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	return fromMillis(due), about("next due tenant", err)
}

// SetAwake is called before a tenant's file is first written: it returns when
// that is on disk. Error: ErrUnknown.
func (r *Registry) SetAwake(id tenants.TenantID) error {
	return about("tenant "+string(id), r.together(func(tx *sql.Tx) error {
		return known(tx.Exec("UPDATE tenants SET state = 'awake', due = 0 WHERE id = ?", string(id)))
	}))
}

// known tells of a change that concerned nobody.
func known(result sql.Result, err error) error {
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, ErrUnknown)
	}
	return nil
}

// change is one of several in a transaction.
type change struct {
	run  func(*sql.Tx) error
	done bool
	err  error
}

// together runs a change in one transaction with those of others that wait at the same
// time: a sync of the disk takes as long as a hundred of them. ErrUnknown is one's own,
// any other error that of all.
func (r *Registry) together(run func(*sql.Tx) error) error {
	own := &change{run: run}
	r.crowd.Lock()
	r.queued = append(r.queued, own)
	r.crowd.Unlock()
	r.mu.Lock()
	defer r.mu.Unlock()
	if own.done { // with another's
		return own.err
	}
	r.crowd.Lock()
	all := r.queued
	r.queued = nil
	r.crowd.Unlock()
	err := r.runAll(all)
	for _, c := range all {
		if c.done = true; err != nil {
			c.err = err
		}
	}
	return own.err
}

// runAll runs changes in one transaction; the caller holds mu.
func (r *Registry) runAll(all []*change) error {
	tx, err := r.db.Begin()
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.err = c.run(tx); c.err != nil && !errors.Is(c.err, ErrUnknown) {
			return errors.Join(c.err, tx.Rollback())
		}
	}
	return tx.Commit()
}

// SetAsleep is called after the last commit to a tenant's file. due is when it
// wants to be opened again, zero = when something arrives; logins are all its active
// connections. Error: ErrUnknown.
func (r *Registry) SetAsleep(id tenants.TenantID, due time.Time, logins []Login) error {
	err := r.together(func(tx *sql.Tx) error {
		if err := known(tx.Exec("UPDATE tenants SET state = 'asleep', due = ? WHERE id = ?", millis(due), string(id))); err != nil {
			return err
		}
		if _, err := tx.Exec("DELETE FROM logins WHERE tenant = ?", string(id)); err != nil {
			return err
		}
		for _, l := range logins {
			_, err := tx.Exec("INSERT INTO logins (tenant, connection, helps, state, heard, deaf) VALUES (?, ?, ?, ?, ?, ?)",
				string(id), int64(l.Connection), l.Helps, l.State, millis(l.Heard), l.Deaf)
			if err != nil {
				return err
			}
		}
		return nil
	})
	return about("tenant "+string(id), err)
}

// SetStopped has nothing open a tenant any more, or lets it be opened again. It does
// not close it. Error: ErrUnknown.
func (r *Registry) SetStopped(id tenants.TenantID, stopped bool) error {
	return r.changeTenant(id, "UPDATE tenants SET stopped = ? WHERE id = ?", stopped, string(id))
}

// Logins are what a tenant left when it last fell asleep, by number.
func (r *Registry) Logins(id tenants.TenantID) ([]Login, error) {
	all, err := r.logins("SELECT tenant, connection, helps, state, heard, deaf FROM logins WHERE tenant = ? ORDER BY connection", string(id))
	return all[id], err
}

// AllLogins are those of all tenants that the host has not stopped: for the start of a
// node.
func (r *Registry) AllLogins() (map[tenants.TenantID][]Login, error) {
	return r.logins(`SELECT tenant, connection, helps, logins.state, heard, deaf FROM logins JOIN tenants ON id = tenant
		WHERE stopped = 0 ORDER BY tenant, connection`)
}

func (r *Registry) logins(query string, args ...any) (map[tenants.TenantID][]Login, error) {
	all := map[tenants.TenantID][]Login{}
	err := r.each(func(rows *sql.Rows) error {
		var id tenants.TenantID
		var l Login
		var heard int64
		err := rows.Scan(&id, &l.Connection, &l.Helps, &l.State, &heard, &l.Deaf)
		l.Heard = fromMillis(heard)
		all[id] = append(all[id], l)
		return err
	}, query, args...)
	return all, err
}

// silencesKept is how many silences are remembered: more than any tenant has slept
// through and not been told of.
const silencesKept = 50

// AddSilence remembers a time in which nothing was received. all: every tenant that
// sleeps is due now, to be told.
func (r *Registry) AddSilence(s Silence, all bool) error {
	err := r.transact(func(tx *sql.Tx) error {
		if all {
			if _, err := tx.Exec("UPDATE tenants SET due = ? WHERE state = 'asleep'", millis(s.Until)); err != nil {
				return err
			}
		}
		_, err := tx.Exec("INSERT OR REPLACE INTO silences (since, until) VALUES (?, ?)", millis(s.Since), millis(s.Until))
		if err != nil {
			return err
		}
		_, err = tx.Exec("DELETE FROM silences WHERE until NOT IN (SELECT until FROM silences ORDER BY until DESC LIMIT ?)", silencesKept)
		return err
	})
	return about("a silence", err)
}

// Silences are the times in which nothing was received, the earliest first.
func (r *Registry) Silences() (all []Silence, err error) {
	err = r.each(func(rows *sql.Rows) error {
		var since, until int64
		err := rows.Scan(&since, &until)
		all = append(all, Silence{fromMillis(since), fromMillis(until)})
		return err
	}, "SELECT since, until FROM silences ORDER BY until")
	return slices.Clip(all), err
}
