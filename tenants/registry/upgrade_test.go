package registry_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"topicdesk/schema"
	"topicdesk/schema/fixture"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
)

var writeFixture = flag.Bool("write-fixture", false,
	"write testdata/v<N>.db.gz for the newest schema, which must not have one yet")

// fixtureKey sealed the fixtures.
const fixtureKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"

// withKey puts the fixtures' key into a new data directory.
func withKey(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	ok(t, os.WriteFile(filepath.Join(dir, "node.key"), []byte(fixtureKey), 0o600))
	return dir
}

// populate puts something into every table.
func populate(t *testing.T, r *registry.Registry) {
	t.Helper()
	ok(t, r.AddTenant(acme, "unlimited", start), r.AddTenant(bravo, "free", start),
		r.SetToken(acme, "connection/1/token", "1:A"), r.SetToken(bravo, "connection/1/token", "2:B"),
		r.ClaimGroup(acme, -100), r.SetAwake(acme), r.SetAlive(start),
		r.SetAsleep(bravo, start, []registry.Login{{Connection: 1, State: []byte("7"), Heard: start}}),
		r.AddSilence(registry.Silence{Since: start, Until: start.Add(time.Hour)}, false))
}

// readBack compares a registry with what populate put into it.
func readBack(t *testing.T, r *registry.Registry) {
	t.Helper()
	all := must(r.Tenants())
	equal(t, "tenants", len(all), 2)
	equal(t, "acme", []any{all[0].ID, all[0].Created, all[0].Plan, all[0].State}, []any{acme, start, "unlimited", registry.Awake})
	equal(t, "bravo", []any{all[1].ID, all[1].Created, all[1].Plan, all[1].State}, []any{bravo, start, "free", registry.Asleep})
	equal(t, "groups", must(r.Groups()), map[tenants.ChatID]tenants.TenantID{-100: acme})
	equal(t, "token of acme", string(must(r.Secret(acme, "connection/1/token"))), "1:A")
	equal(t, "token of bravo", string(must(r.Secret(bravo, "connection/1/token"))), "2:B")
}

// TestOpensRegistriesOfEverySchema opens what each version has written, reads it and
// goes on with it.
func TestOpensRegistriesOfEverySchema(t *testing.T) {
	if *writeFixture {
		writeNewest(t)
	}
	for version := 1; version <= schema.Version(schema.Registry); version++ {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			dir := withKey(t)
			file := filepath.Join(dir, "registry.db")
			ok(t, fixture.Unpack(version, file))
			r := open(t, dir)
			readBack(t, r)
			pseudonyms := must(r.Pseudonyms(acme))
			fresh := tenants.TenantID("new")
			ok(t, r.AddTenant(fresh, "free", start), r.SetToken(fresh, "connection/1/token", "3:C"), r.SetAlive(start), r.Close())
			r = open(t, dir)
			equal(t, "alive", must(r.Alive()), start)
			equal(t, "pseudonyms stay", must(r.Pseudonyms(acme)), pseudonyms)
			ok(t, r.Remove(fresh))
			readBack(t, r)
			ok(t, r.Close())
			equal(t, "version", must(registry.Pragma(file, "user_version")), int64(schema.Version(schema.Registry)))
			equal(t, "form", must(registry.Form(file)), must(registry.Form(newest(t))))
		})
	}
}

// newest is a registry that was never of an earlier version.
func newest(t *testing.T) string {
	t.Helper()
	dir := withKey(t)
	ok(t, open(t, dir).Close())
	return filepath.Join(dir, "registry.db")
}

// TestNewerRegistryIsRefused: an older program does not know what it would destroy,
// and says what to do.
func TestNewerRegistryIsRefused(t *testing.T) {
	dir := withKey(t)
	r := open(t, dir)
	ok(t, r.Exec(fmt.Sprintf("PRAGMA user_version = %d", schema.Version(schema.Registry)+1)), r.Close())
	before := must(os.ReadFile(filepath.Join(dir, "registry.db")))
	_, err := registry.Open(dir, must(registry.ParseKey(fixtureKey)))
	if !errors.Is(err, schema.ErrNewer) || !strings.Contains(err.Error(), "newer version of the program") {
		t.Error(err)
	}
	if !bytes.Equal(before, must(os.ReadFile(filepath.Join(dir, "registry.db")))) {
		t.Error("it was changed")
	}
}

func writeNewest(t *testing.T) {
	t.Helper()
	dir := withKey(t)
	r := open(t, dir)
	populate(t, r)
	ok(t, r.Close(), fixture.Pack(schema.Version(schema.Registry), filepath.Join(dir, "registry.db")))
}
