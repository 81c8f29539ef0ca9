package registry

import (
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"topicdesk/tenants"
)

const (
	// pseudonymsName is the name of a tenant's key for pseudonyms among its secrets.
	pseudonymsName = "pseudonyms"
	pseudonymsSize = 32
	// asideName is what is set aside in tenants' files is sealed as.
	asideName = "aside"
	// asideKeysKept is how long after it was replaced a key for what is set aside
	// still opens: as long as that is kept, and as a copy that is put back is old.
	asideKeysKept = 4 * tenants.AsideKept
)

// ErrWrongKey: the registry's secrets are sealed with another key.
var ErrWrongKey = errors.New("the secrets are sealed with another key")

// Sealed tells whether there is a registry in a data directory, whose secrets only
// the key opens with which they were sealed.
func Sealed(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, FileName))
	return err == nil
}

// Sealing is which key is in force.
type Sealing struct {
	Fingerprint string
	Since       time.Time // zero = since the registry was made
}

// Sealing tells which key is in force.
func (r *Registry) Sealing() (s Sealing, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var since int64
	err = r.db.QueryRow("SELECT fingerprint, since FROM sealing").Scan(&s.Fingerprint, &since)
	s.Since = fromMillis(since)
	return s, about("key in force", err)
}

// Derive makes a key of 32 bytes for one purpose from the node's key: another one
// after Renew.
func (r *Registry) Derive(purpose string) []byte { return r.key.Derive(purpose) }

// Pseudonyms is a tenant's key for pseudonyms: the same as long as there is the
// tenant. Errors: ErrUnknown, ErrSealed.
func (r *Registry) Pseudonyms(id tenants.TenantID) ([]byte, error) {
	return r.Secret(id, pseudonymsName)
}

// SealAside seals what is set aside in a tenant's file, for RevealAside.
func (r *Registry) SealAside(plain []byte) []byte {
	return r.asides[len(r.asides)-1].Seal("", asideName, plain)
}

// RevealAside is the way back from SealAside, also after the node's key was
// renewed. Error: ErrSealed.
func (r *Registry) RevealAside(sealed []byte) ([]byte, error) {
	for _, key := range r.asides {
		if plain, err := key.Reveal("", asideName, sealed); err == nil {
			return plain, nil
		}
	}
	return nil, ErrSealed
}

// unlock holds the key against the one in force; the first one that a registry
// meets is put in force.
func (r *Registry) unlock() error {
	var inForce string
	var remains bool
	err := r.db.QueryRow("SELECT fingerprint, remains FROM sealing").Scan(&inForce, &remains)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		err = r.transact(r.firstKey)
	case err == nil && inForce != r.key.Fingerprint():
		err = fmt.Errorf("%w: its fingerprint is %s, that of the key given is %s", ErrWrongKey, inForce, r.key.Fingerprint())
	}
	if err != nil {
		return err
	}
	if remains { // the process that renewed the key was killed
		if err := r.scrub(); err != nil {
			return err
		}
	}
	r.asides, err = r.asideKeys()
	return err
}

// firstKey puts the key in force in a registry that knows of none: a new one, or
// one that was written when pseudonyms were derived from the node's key and things
// were set aside under it.
func (r *Registry) firstKey(tx *sql.Tx) error {
	all, err := sealedOf(tx)
	if err != nil {
		return err
	}
	opened := len(all) == 0
	for _, s := range all {
		_, err := r.key.Reveal(s.tenant, s.name, s.sealed)
		opened = opened || err == nil
	}
	if !opened {
		return fmt.Errorf("%w: the one given, %s, opens none of them", ErrWrongKey, r.key.Fingerprint())
	}
	earlier, err := tenantsOf(tx)
	if err != nil {
		return err
	}
	for _, id := range earlier {
		key := r.key.Seal(id, pseudonymsName, r.key.Derive("pseudonyms/"+string(id)))
		if _, err := tx.Exec(putSecret, string(id), pseudonymsName, key); err != nil {
			return err
		}
	}
	asides := newKey()
	if len(earlier) > 0 {
		asides = r.key
	}
	if err := putAsideKey(tx, r.key, 1, asides, time.Time{}); err != nil {
		return err
	}
	_, err = tx.Exec("INSERT INTO sealing (id, fingerprint, since, remains) VALUES (1, ?, 0, 0)", r.key.Fingerprint())
	return err
}

// Renew seals everything with another key, which is in force from then on; when it
// returns, nothing that the old key opens is left in the registry's file. What is
// set aside in tenants' files stays as it is: the keys for it are sealed here, and
// get a new one. Tenants' files are not touched, and pseudonyms stay the same.
// told is called with how many secrets are sealed; it may be nil. After an error
// Open tells which of the two is in force, and finishes what was begun.
func (r *Registry) Renew(to Key, now time.Time, told func(done, of int)) error {
	if err := r.seal(to, now, told); err != nil {
		return about("seal with the new key", err)
	}
	return r.scrub()
}

func (r *Registry) seal(to Key, now time.Time, told func(done, of int)) error {
	err := r.transact(func(tx *sql.Tx) error {
		if err := r.resealSecrets(tx, to, told); err != nil {
			return err
		}
		if err := r.resealAsides(tx, to, now); err != nil {
			return err
		}
		_, err := tx.Exec("UPDATE sealing SET fingerprint = ?, since = ?, remains = 1", to.Fingerprint(), now.UnixMilli())
		return err
	})
	if err != nil {
		return err
	}
	r.key = to
	r.asides, err = r.asideKeys()
	return err
}

// scrub takes out of the registry's file what was replaced, which would stay there
// until something else is written in its place.
func (r *Registry) scrub() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, statement := range []string{"VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)", "UPDATE sealing SET remains = 0"} {
		if _, err := r.db.Exec(statement); err != nil {
			return about("take out what the old key opens", err)
		}
	}
	return nil
}

func (r *Registry) resealSecrets(tx *sql.Tx, to Key, told func(done, of int)) error {
	all, err := sealedOf(tx)
	if err != nil {
		return err
	}
	for i, s := range all {
		value, err := r.key.Reveal(s.tenant, s.name, s.sealed)
		if err != nil {
			return about(secretName(s.tenant, s.name), err)
		}
		if _, err := tx.Exec(putSecret, string(s.tenant), s.name, to.Seal(s.tenant, s.name, value)); err != nil {
			return err
		}
		if told != nil {
			told(i+1, len(all))
		}
	}
	return nil
}

// resealAsides adds a key for what will be set aside and lets those go that open
// nothing that is kept.
func (r *Registry) resealAsides(tx *sql.Tx, to Key, now time.Time) error {
	// One may go when the next one is old enough: since then it has sealed nothing.
	_, err := tx.Exec(`DELETE FROM aside_keys WHERE number < (SELECT max(number) FROM aside_keys WHERE made > 0 AND made < ?)`,
		now.Add(-asideKeysKept).UnixMilli())
	if err != nil {
		return err
	}
	all, err := asideRows(tx)
	if err != nil {
		return err
	}
	last := 0
	for _, row := range all {
		raw, err := r.key.Reveal("", row.name(), row.sealed)
		if err != nil {
			return about(row.name(), err)
		}
		last = row.number
		if _, err := tx.Exec("UPDATE aside_keys SET sealed = ? WHERE number = ?", to.Seal("", row.name(), raw), row.number); err != nil {
			return err
		}
	}
	return putAsideKey(tx, to, last+1, newKey(), now)
}

// asideRow is one key for what is set aside.
type asideRow struct {
	number int
	sealed []byte
}

// name is what it is sealed as.
func (a asideRow) name() string { return fmt.Sprintf("key/%d of what is set aside", a.number) }

func putAsideKey(tx *sql.Tx, by Key, number int, key Key, made time.Time) error {
	ms := int64(0)
	if !made.IsZero() {
		ms = made.UnixMilli()
	}
	row := asideRow{number: number}
	_, err := tx.Exec("INSERT INTO aside_keys (number, made, sealed) VALUES (?, ?, ?)", number, ms, by.Seal("", row.name(), key.bytes[:]))
	return err
}

// asideKeys opens the keys for what is set aside, the newest last.
func (r *Registry) asideKeys() (keys []Key, err error) {
	err = r.transact(func(tx *sql.Tx) error {
		all, err := asideRows(tx)
		if err != nil {
			return err
		}
		for _, row := range all {
			raw, err := r.key.Reveal("", row.name(), row.sealed)
			if err != nil {
				return about(row.name(), err)
			}
			keys = append(keys, Key{[pseudonymsSize]byte(raw)})
		}
		return nil
	})
	return keys, err
}

// sealed is one secret as it is kept.
type sealed struct {
	tenant tenants.TenantID
	name   string
	sealed []byte
}

const putSecret = `INSERT INTO secrets (tenant, name, sealed) VALUES (?, ?, ?)
	ON CONFLICT (tenant, name) DO UPDATE SET sealed = excluded.sealed`

func sealedOf(tx *sql.Tx) (all []sealed, err error) {
	err = rowsOf(tx, "SELECT tenant, name, sealed FROM secrets ORDER BY tenant, name", func(scan func(...any) error) error {
		var s sealed
		err := scan(&s.tenant, &s.name, &s.sealed)
		all = append(all, s)
		return err
	})
	return all, err
}

func tenantsOf(tx *sql.Tx) (all []tenants.TenantID, err error) {
	err = rowsOf(tx, "SELECT id FROM tenants ORDER BY id", func(scan func(...any) error) error {
		var id tenants.TenantID
		err := scan(&id)
		all = append(all, id)
		return err
	})
	return all, err
}

func asideRows(tx *sql.Tx) (all []asideRow, err error) {
	err = rowsOf(tx, "SELECT number, sealed FROM aside_keys ORDER BY number", func(scan func(...any) error) error {
		var row asideRow
		err := scan(&row.number, &row.sealed)
		all = append(all, row)
		return err
	})
	return all, err
}

func rowsOf(tx *sql.Tx, query string, take func(scan func(...any) error) error) (err error) {
	rows, err := tx.Query(query)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := take(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// transact runs do in one transaction.
func (r *Registry) transact(do func(*sql.Tx) error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	tx, err := r.db.Begin()
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// newPseudonyms is a key for a new tenant.
func newPseudonyms() []byte {
	key := make([]byte, pseudonymsSize)
	rand.Read(key) // never fails
	return key
}
