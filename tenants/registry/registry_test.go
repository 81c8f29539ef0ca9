package registry_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"topicdesk/schema"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
)

const (
	acme  tenants.TenantID = "acme"
	bravo tenants.TenantID = "bravo"
)

var start = time.UnixMilli(1_800_000_000_123).UTC()

func open(t *testing.T, dir string) *registry.Registry {
	t.Helper()
	key, err := registry.LoadOrCreateKey(filepath.Join(dir, "node.key"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := registry.Open(dir, key)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// two is a registry with acme and bravo.
func two(t *testing.T) (*registry.Registry, string) {
	t.Helper()
	dir := t.TempDir()
	r := open(t, dir)
	ok(t, r.AddTenant(acme, "unlimited", start), r.AddTenant(bravo, "free", start))
	t.Cleanup(func() { ok(t, r.Close()) })
	return r, dir
}

func ok(t *testing.T, faults ...error) {
	t.Helper()
	if err := errors.Join(faults...); err != nil {
		t.Fatal(err)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func equal[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

func TestTenants(t *testing.T) {
	r, _ := two(t)
	equal(t, "tenants", must(r.Tenants()), []registry.Tenant{
		{ID: acme, Created: start, State: registry.Asleep, Plan: "unlimited"},
		{ID: bravo, Created: start, State: registry.Asleep, Plan: "free"},
	})
	if err := r.AddTenant(acme, "free", start); !errors.Is(err, registry.ErrTaken) {
		t.Error("added twice:", err)
	}
	ok(t, r.SetPlan(acme, "free"))
	equal(t, "plan", must(r.Tenant(acme)).Plan, "free")
	for _, err := range []error{r.SetAwake("nobody"), r.SetAsleep("nobody", start, nil), r.SetStopped("nobody", true), r.SetPlan("nobody", ""), r.Remove("nobody")} {
		if !errors.Is(err, registry.ErrUnknown) {
			t.Error("nobody:", err)
		}
	}
	if _, err := r.Tenant("nobody"); !errors.Is(err, registry.ErrUnknown) {
		t.Error("nobody:", err)
	}
}

func TestAwakeAndAsleep(t *testing.T) {
	r, _ := two(t)
	ok(t, r.SetAwake(bravo), r.SetAsleep(acme, start, nil))
	equal(t, "awake", must(r.Awake()), []tenants.TenantID{bravo})
	equal(t, "next", must(r.NextDue()), start)
	equal(t, "not yet due", len(must(r.Due(start.Add(-time.Millisecond), 10))), 0)
	equal(t, "due", must(r.Due(start, 10)), []tenants.TenantID{acme})
	ok(t, r.SetAwake(acme))
	equal(t, "awake", must(r.Awake()), []tenants.TenantID{acme, bravo})
	equal(t, "an awake one is not due", len(must(r.Due(start, 10))), 0)
	ok(t, r.SetAsleep(acme, time.Time{}, nil))
	equal(t, "asleep without a date", must(r.NextDue()), time.Time{})
}

// TestBotsBelongToOne: a token is replaced by a newer one of the same bot, and nobody
// else keeps one.
func TestBotsBelongToOne(t *testing.T) {
	r, _ := two(t)
	ok(t, r.SetToken(acme, "first", "7:A"), r.SetToken(acme, "first", "7:B"), r.SetToken(bravo, "first", "8:A"))
	for _, err := range []error{r.SetToken(bravo, "first", "7:A"), r.SetToken(bravo, "second", "7:A"), r.SetToken(acme, "second", "7:B")} {
		if !errors.Is(err, registry.ErrTaken) {
			t.Error("one bot has two logins:", err)
		}
	}
	equal(t, "token", string(must(r.Secret(acme, "first"))), "7:B")
	equal(t, "token", string(must(r.Secret(bravo, "first"))), "8:A")
	equal(t, "owner", must(r.TokenOwner("7:C")), acme)
	equal(t, "owner of nobody's", must(r.TokenOwner("9:C")), "")
	ok(t, r.SetToken(acme, "second", "no token"), r.SetToken(bravo, "second", "no token"), r.SetToken(acme, "first", "9:A"))
	ok(t, r.SetToken(bravo, "second", "7:A"), r.Remove(acme), r.SetToken(bravo, "first", "9:A"))
}

func TestGroupsBelongToOne(t *testing.T) {
	r, _ := two(t)
	const chat tenants.ChatID = -1001
	ok(t, r.ClaimGroup(acme, chat), r.ClaimGroup(acme, chat))
	err := r.ClaimGroup(bravo, chat)
	if !errors.Is(err, registry.ErrTaken) || strings.Contains(err.Error(), string(acme)) {
		t.Error("claimed another's:", err)
	}
	ok(t, r.ReleaseGroup(bravo, chat))
	equal(t, "owner", must(r.GroupOwner(chat)), acme)
	ok(t, r.ReleaseGroup(acme, chat), r.ClaimGroup(bravo, chat), r.ClaimGroup(bravo, -1002))
	equal(t, "groups", must(r.Groups()), map[tenants.ChatID]tenants.TenantID{chat: bravo, -1002: bravo})
	if r.ClaimGroup("nobody", -1003) == nil || r.ClaimGroup(acme, 5) == nil {
		t.Error("claimed for nobody, or a person")
	}
	ok(t, r.Remove(bravo))
	equal(t, "owner of a removed tenant's group", must(r.GroupOwner(chat)), "")
}

func TestOneClaimWins(t *testing.T) {
	r, _ := two(t)
	var wait sync.WaitGroup
	won := make([]bool, 8)
	for i := range won {
		wait.Go(func() {
			won[i] = r.ClaimGroup([]tenants.TenantID{acme, bravo}[i%2], -1001) == nil
		})
	}
	wait.Wait()
	owner := must(r.GroupOwner(-1001))
	for i := range won {
		equal(t, fmt.Sprint("claim ", i), won[i], (owner == acme) == (i%2 == 0))
	}
}

func TestSecrets(t *testing.T) {
	r, dir := two(t)
	token := []byte("12345:the token")
	ok(t, r.SetSecret(acme, "bot/1", []byte("old")), r.SetSecret(acme, "bot/1", token), r.SetSecret(acme, "empty", nil))
	equal(t, "secret", must(r.Secret(acme, "bot/1")), token)
	equal(t, "empty", len(must(r.Secret(acme, "empty"))), 0)
	if _, err := r.Secret(bravo, "bot/1"); !errors.Is(err, registry.ErrUnknown) {
		t.Error("another tenant's:", err)
	}
	for _, name := range []string{"registry.db", "registry.db-wal"} {
		if bytes.Contains(must(os.ReadFile(filepath.Join(dir, name))), token) {
			t.Error("the token stands in", name)
		}
	}
	ok(t, r.SetSecret(bravo, "bot/2", token))
	equal(t, "bots", must(r.CountSecrets("bot/*", "none/*")), 2)
	ok(t, r.RemoveSecret(acme, "bot/1"))
	if _, err := r.Secret(acme, "bot/1"); !errors.Is(err, registry.ErrUnknown) {
		t.Error("removed:", err)
	}
	if r.SetSecret("nobody", "x", token) == nil {
		t.Error("a secret of nobody")
	}
}

func TestSealIsBound(t *testing.T) {
	key := must(registry.CreateKey(filepath.Join(t.TempDir(), "key")))
	sealed := key.Seal(acme, "aside", []byte("update"))
	equal(t, "revealed", string(must(key.Reveal(acme, "aside", sealed))), "update")
	if bytes.Equal(sealed, key.Seal(acme, "aside", []byte("update"))) {
		t.Error("sealed alike twice")
	}
	other := must(registry.CreateKey(filepath.Join(t.TempDir(), "key")))
	damaged := bytes.Clone(sealed)
	damaged[len(damaged)-1] ^= 1
	for what, reveal := range map[string]func() ([]byte, error){
		"another tenant": func() ([]byte, error) { return key.Reveal(bravo, "aside", sealed) },
		"another name":   func() ([]byte, error) { return key.Reveal(acme, "bot", sealed) },
		"another key":    func() ([]byte, error) { return other.Reveal(acme, "aside", sealed) },
		"damaged":        func() ([]byte, error) { return key.Reveal(acme, "aside", damaged) },
		"cut":            func() ([]byte, error) { return key.Reveal(acme, "aside", sealed[:10]) },
	} {
		if _, err := reveal(); !errors.Is(err, registry.ErrSealed) {
			t.Error(what, err)
		}
	}
}

func TestKeyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "node.key")
	key := must(registry.LoadOrCreateKey(path))
	equal(t, "mode", must(os.Stat(path)).Mode().Perm(), 0o600)
	equal(t, "read again", must(registry.LoadOrCreateKey(path)) == key, true)
	equal(t, "left beside it", len(must(os.ReadDir(filepath.Dir(path)))), 1)
	if shown := fmt.Sprintf("%v %+v %#v %s", key, key, key, key); shown != strings.TrimSpace(strings.Repeat("[node key] ", 4)) {
		t.Error("printed:", shown)
	}
	ok(t, os.Chmod(path, 0o644))
	if _, err := registry.LoadOrCreateKey(path); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Error("readable by others:", err)
	}
	ok(t, os.Chmod(path, 0o600), os.WriteFile(path, []byte("short"), 0o600))
	if _, err := registry.LoadOrCreateKey(path); err == nil {
		t.Error("took a bad key")
	}
}

func TestDerive(t *testing.T) {
	key := must(registry.LoadOrCreateKey(filepath.Join(t.TempDir(), "a")))
	other := must(registry.LoadOrCreateKey(filepath.Join(t.TempDir(), "b")))
	derived := key.Derive("pseudonyms/acme")
	equal(t, "length", len(derived), 32)
	equal(t, "again", key.Derive("pseudonyms/acme"), derived)
	for what, differs := range map[string][]byte{
		"another purpose": key.Derive("pseudonyms/bravo"), "another key": other.Derive("pseudonyms/acme"),
	} {
		if bytes.Equal(derived, differs) {
			t.Error(what, "makes the same key")
		}
	}
}

func TestReopening(t *testing.T) {
	dir := t.TempDir()
	r := open(t, dir)
	ok(t, r.AddTenant(acme, "free", start), r.SetAwake(acme), r.SetSecret(acme, "bot/1", []byte("token")), r.ClaimGroup(acme, -1001), r.Close())
	r = open(t, dir)
	equal(t, "awake", must(r.Awake()), []tenants.TenantID{acme})
	equal(t, "secret", string(must(r.Secret(acme, "bot/1"))), "token")
	equal(t, "group", must(r.GroupOwner(-1001)), acme)
	equal(t, "path", r.TenantPath(acme), filepath.Join(dir, "tenants", "acme.db"))
	ok(t, r.Close())
}

func TestOneProcessADirectory(t *testing.T) {
	r, dir := two(t)
	_, err := registry.Open(dir, registry.Key{})
	if !errors.Is(err, registry.ErrLocked) || !strings.Contains(err.Error(), dir) {
		t.Fatal("a second one:", err)
	}
	equal(t, "the first goes on", len(must(r.Tenants())), 2)
}

func TestNewerIsRefused(t *testing.T) {
	dir := t.TempDir()
	r := open(t, dir)
	ok(t, r.Close())
	db := must(sql.Open("sqlite", filepath.Join(dir, "registry.db")))
	_, err := db.Exec("PRAGMA user_version = 99")
	ok(t, err, db.Close())
	_, err = registry.Open(dir, registry.Key{})
	if !errors.Is(err, schema.ErrNewer) {
		t.Fatal(err)
	}
	// The refusal has let the lock go.
	if _, err := registry.Open(dir, registry.Key{}); errors.Is(err, registry.ErrLocked) {
		t.Fatal(err)
	}
}

func TestSynced(t *testing.T) {
	_, dir := two(t)
	// Settings of a connection: asked of one that is opened in the same way.
	equal(t, "synchronous", must(registry.Pragma(filepath.Join(dir, "registry.db"), "synchronous")), 2)
	equal(t, "foreign keys", must(registry.Pragma(filepath.Join(dir, "registry.db"), "foreign_keys")), 1)
}

// TestBeside: what lies beside a tenant's file is found, also where the folder has a name
// that would be a pattern, and nothing of another tenant is.
func TestBeside(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "[data]*")
	ok(t, os.Mkdir(dir, 0o700))
	r := open(t, dir)
	defer func() { ok(t, r.Close()) }()
	ok(t, r.AddTenant("acme", "unlimited", start))
	var want []string
	for _, end := range []string{"-wal", ".before-1", ".restored"} {
		want = append(want, r.TenantPath("acme")+end)
	}
	for _, path := range append(want, r.TenantPath("acme"), r.TenantPath("acme-2"), r.TenantPath("acm")) {
		ok(t, os.WriteFile(path, nil, 0o600))
	}
	equal(t, "beside", must(r.Beside("acme")), want)
}
