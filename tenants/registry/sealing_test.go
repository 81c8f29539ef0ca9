package registry_test

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/registry"
)

// keyOf is the key that open uses.
func keyOf(dir string) registry.Key {
	return must(registry.LoadKey(filepath.Join(dir, "node.key")))
}

func otherKey(t *testing.T) registry.Key {
	t.Helper()
	return must(registry.CreateKey(filepath.Join(t.TempDir(), "key")))
}

// opensAll looks whether all that fill has sealed opens.
func opensAll(t *testing.T, r *registry.Registry, f filled) {
	t.Helper()
	equal(t, "token", string(must(r.Secret(acme, "bot/1"))), "the token")
	equal(t, "pseudonyms", must(r.Pseudonyms(acme)), f.pseudonyms)
	equal(t, "aside", string(must(r.RevealAside(f.aside))), "an update")
}

type filled struct{ pseudonyms, aside []byte }

func fill(t *testing.T, r *registry.Registry) filled {
	t.Helper()
	ok(t, r.SetSecret(acme, "bot/1", []byte("the token")))
	return filled{must(r.Pseudonyms(acme)), r.SealAside([]byte("an update"))}
}

func TestPseudonymKeys(t *testing.T) {
	r, _ := two(t)
	a, b := must(r.Pseudonyms(acme)), must(r.Pseudonyms(bravo))
	equal(t, "length", len(a), 32)
	if bytes.Equal(a, b) {
		t.Error("two tenants have the same key")
	}
	if err := r.AddTenant(acme, "free", start); !errors.Is(err, registry.ErrTaken) {
		t.Error(err)
	}
	equal(t, "after a second AddTenant", must(r.Pseudonyms(acme)), a)
	ok(t, r.Remove(acme))
	if _, err := r.Pseudonyms(acme); !errors.Is(err, registry.ErrUnknown) {
		t.Error("of a removed tenant:", err)
	}
}

func TestWrongKey(t *testing.T) {
	dir := t.TempDir()
	r := open(t, dir)
	right := must(r.Sealing()).Fingerprint
	ok(t, r.Close()) // no tenant, no secret: wrong all the same
	wrong := otherKey(t)
	_, err := registry.Open(dir, wrong)
	if !errors.Is(err, registry.ErrWrongKey) || !strings.Contains(err.Error(), right) || !strings.Contains(err.Error(), wrong.Fingerprint()) {
		t.Fatal(err)
	}
	r = open(t, dir) // the refusal has let the lock go
	ok(t, r.Close())
}

// earlierForm makes a registry look as it did before there were keys of tenants'
// own, all sealed with key.
func earlierForm(t *testing.T, dir string, key registry.Key) {
	t.Helper()
	r, err := registry.Open(dir, key)
	ok(t, err)
	ok(t, r.AddTenant(acme, "free", start), r.SetSecret(acme, "bot/1", []byte("the token")),
		r.Exec("DELETE FROM secrets WHERE name = 'pseudonyms'"), r.Exec("DELETE FROM sealing"), r.Exec("DELETE FROM aside_keys"), r.Close())
}

// TestEarlierForm: whoever was hidden stays under the same pseudonym, and what was
// set aside opens, also after the key was renewed.
func TestEarlierForm(t *testing.T) {
	dir, key := t.TempDir(), otherKey(t)
	earlierForm(t, dir, key)
	f := filled{key.Derive("pseudonyms/acme"), key.Seal("", "aside", []byte("an update"))}
	if _, err := registry.Open(dir, otherKey(t)); !errors.Is(err, registry.ErrWrongKey) {
		t.Fatal("a wrong key was put in force:", err)
	}
	r := must(registry.Open(dir, key))
	opensAll(t, r, f)
	ok(t, r.Renew(otherKey(t), start, nil))
	opensAll(t, r, f)
	if _, err := key.Reveal("", "aside", r.SealAside(nil)); err == nil {
		t.Error("the old key opens what is set aside now")
	}
	ok(t, r.Close())
}

func TestRenew(t *testing.T) {
	dir := t.TempDir()
	r := open(t, dir)
	ok(t, r.AddTenant(acme, "free", start))
	f, old, key := fill(t, r), keyOf(dir), otherKey(t)
	derived := r.Derive("bind")
	var told []int
	ok(t, r.Renew(key, start, func(done, of int) { told = append(told, done, of) }))
	equal(t, "progress", told, []int{1, 2, 2, 2})
	opensAll(t, r, f)
	equal(t, "sealing", must(r.Sealing()), registry.Sealing{Fingerprint: key.Fingerprint(), Since: start})
	if bytes.Equal(derived, r.Derive("bind")) {
		t.Error("what is derived is as it was")
	}
	ok(t, r.SetSecret(acme, "bot/2", []byte("later")), r.Close())
	if _, err := registry.Open(dir, old); !errors.Is(err, registry.ErrWrongKey) {
		t.Fatal("the old key:", err)
	}
	r = must(registry.Open(dir, key))
	opensAll(t, r, f)
	equal(t, "sealed since", string(must(r.Secret(acme, "bot/2"))), "later")
	ok(t, r.Close())
}

// TestRenewLeavesNothing: not in free pages nor in the log is anything left that
// the old key opens, also if the process was killed before it had cleaned up.
func TestRenewLeavesNothing(t *testing.T) {
	for _, killed := range []bool{false, true} {
		dir := t.TempDir()
		r := open(t, dir)
		ok(t, r.AddTenant(acme, "free", start))
		fill(t, r)
		ok(t, r.SetSecret(acme, "bot/2", []byte("of a helper that is let go")))
		old := sealedOf(t, dir)
		ok(t, r.RemoveSecret(acme, "bot/2"))
		key := otherKey(t)
		if killed {
			ok(t, r.SealOnly(key, start))
			if !stands(t, dir, old) {
				t.Fatal("nothing was left to be cleaned up: the test tests nothing")
			}
			ok(t, r.Close())
			r = must(registry.Open(dir, key))
		} else {
			ok(t, r.Renew(key, start, nil))
		}
		if stands(t, dir, old) {
			t.Error("killed:", killed, "what the old key opens still stands in the file")
		}
		ok(t, r.Close())
	}
}

// sealedOf is what is sealed in a registry.
func sealedOf(t *testing.T, dir string) (all [][]byte) {
	t.Helper()
	db := must(sql.Open("sqlite", filepath.Join(dir, "registry.db")))
	rows, err := db.Query("SELECT sealed FROM secrets UNION ALL SELECT sealed FROM aside_keys")
	ok(t, err)
	for rows.Next() {
		var one []byte
		ok(t, rows.Scan(&one))
		all = append(all, one)
	}
	ok(t, rows.Err(), rows.Close(), db.Close())
	equal(t, "sealed", len(all), 4)
	return all
}

func stands(t *testing.T, dir string, any [][]byte) bool {
	t.Helper()
	for _, name := range []string{"registry.db", "registry.db-wal"} {
		file := must(os.ReadFile(filepath.Join(dir, name)))
		for _, one := range any {
			if bytes.Contains(file, one) {
				return true
			}
		}
	}
	return false
}

// TestRenewIsWhole: killed at any secret, the old key opens everything.
func TestRenewIsWhole(t *testing.T) {
	dir := t.TempDir()
	r := open(t, dir)
	ok(t, r.AddTenant(acme, "free", start), r.AddTenant(bravo, "free", start))
	f := fill(t, r)
	copies := 0
	ok(t, r.Renew(otherKey(t), start, func(done, of int) {
		copies++
		at := t.TempDir()
		for _, name := range []string{"registry.db", "registry.db-wal", "node.key"} {
			ok(t, os.WriteFile(filepath.Join(at, name), must(os.ReadFile(filepath.Join(dir, name))), 0o600))
		}
		was := open(t, at)
		opensAll(t, was, f)
		ok(t, was.Close())
	}))
	equal(t, "copies", copies, 3)
	ok(t, r.Close())
}

// TestAsideKeys: what was set aside before a renewal opens for as long as it may be
// kept, and then the key for it goes.
func TestAsideKeys(t *testing.T) {
	r, _ := two(t)
	first := r.SealAside([]byte("first"))
	now := start
	for _, wait := range []time.Duration{tenants.AsideKept, tenants.AsideKept, 3 * tenants.AsideKept} {
		ok(t, r.Renew(otherKey(t), now, nil))
		equal(t, "opens", string(must(r.RevealAside(first))), "first")
		now = now.Add(wait)
	}
	second := r.SealAside([]byte("second"))
	ok(t, r.Renew(otherKey(t), now, nil))
	if _, err := r.RevealAside(first); !errors.Is(err, registry.ErrSealed) {
		t.Error("kept for ever:", err)
	}
	equal(t, "opens", string(must(r.RevealAside(second))), "second")
}

// TestDamagedSecretStopsRenewal: nothing is sealed anew if something would be lost.
func TestDamagedSecretStopsRenewal(t *testing.T) {
	r, _ := two(t)
	f := fill(t, r)
	ok(t, r.Exec("INSERT INTO secrets (tenant, name, sealed) VALUES ('bravo', 'bot/1', x'00')"))
	err := r.Renew(otherKey(t), start, nil)
	if !errors.Is(err, registry.ErrSealed) || !strings.Contains(err.Error(), "secret bot/1 of tenant bravo") {
		t.Error(err)
	}
	opensAll(t, r, f)
}
