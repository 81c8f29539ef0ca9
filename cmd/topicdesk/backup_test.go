package main

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"topicdesk/actors/backup"
	"topicdesk/actors/disk"
	"topicdesk/schema"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
)

// dataDir is the scene's.
func (s *scene) dataDir() string { return strings.TrimPrefix(s.settings[0], "data_dir=") }

// rowsOf are all rows of all tables of a file that nobody has open, by table.
func rowsOf(t *testing.T, path string) map[string][]string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	names, found := []string{}, map[string][]string{}
	read := func(query string, take func(values []any)) {
		t.Helper()
		rows, err := db.Query(query)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			take(values)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
	read("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", func(v []any) { names = append(names, v[0].(string)) })
	for _, name := range names {
		found[name] = []string{}
		read("SELECT * FROM "+name, func(v []any) { found[name] = append(found[name], fmt.Sprint(v...)) })
		slices.Sort(found[name])
	}
	if len(names) < 3 {
		t.Fatalf("%s has the tables %q only", path, names)
	}
	return found
}

// sameRows compares two files, but for tables in which they may differ.
func sameRows(t *testing.T, got, want string, except ...string) {
	t.Helper()
	a, b := rowsOf(t, got), rowsOf(t, want)
	for name := range b {
		if !slices.Contains(except, name) && !slices.Equal(a[name], b[name]) {
			t.Errorf("table %s of %s differs from %s:\n got %.400q\nwant %.400q", name, got, want, a[name], b[name])
		}
	}
	if len(a) != len(b) {
		t.Errorf("%s has %d tables, %s %d", got, len(a), want, len(b))
	}
}

// twoTenants is a scene in which a client of the first of two tenants was relayed.
func twoTenants(t *testing.T, settings ...string) (s *scene, ann int64, stop func()) {
	t.Helper()
	s = newScene(t, settings...)
	r := start(t, s.settings, "serve")
	s.bind(r.output)
	ann = s.greeted()
	_, other := s.world.bot("other_bot")
	s.expect(exitDone, other, strings.Fields("tenant add bravo --token-file -"), "@other_bot")
	return s, ann, func() { r.stop() }
}

// TestBackupOfTheNode: a backup that is made while the node runs has all tenants and
// the registry, row by row; restored into an empty folder with the key it relays.
func TestBackupOfTheNode(t *testing.T) {
	s, ann, stop := twoTenants(t)
	online, offline := filepath.Join(t.TempDir(), "online"), filepath.Join(t.TempDir(), "offline")
	s.expect(exitDone, "", []string{"backup", online}, "2 tenants are backed up", "which opens their tokens, is not in it")
	s.expect(exitRefused, "", []string{"backup", online}, "already exists")
	s.expect(exitRefused, "", []string{"restore", online}, "another process is using this data directory", "Stop the node first")
	stop()
	s.expect(exitDone, "", []string{"backup", offline}, "2 tenants are backed up")
	m, err := backup.Read(offline)
	if err != nil || len(m.Tenants) != 2 || m.Tenants[0].Tenant != "bravo" || m.Registry.Schema != schema.Version(schema.Registry) ||
		m.Tenants[0].Schema != schema.Version(schema.Tenant) || m.Key == "" || m.Ended.Before(m.Begun) {
		t.Errorf("%+v %v", m, err)
	}
	for _, file := range []string{registry.FileName, registry.FileOf("", "default"), registry.FileOf("", "bravo")} {
		sameRows(t, filepath.Join(offline, file), filepath.Join(s.dataDir(), file), "node") // when a process last ran
	}
	during, after := rowsOf(t, filepath.Join(online, registry.FileOf("", "default"))), rowsOf(t, filepath.Join(s.dataDir(), registry.FileOf("", "default")))
	for _, table := range []string{"dialogs", "names", "connections", "topics"} { // in others the node wrote on
		if len(during[table]) == 0 || len(during[table]) != len(after[table]) {
			t.Errorf("table %s: %q in the copy, %q later", table, during[table], after[table])
		}
	}
	for _, folder := range []string{online, offline} {
		if found, _ := filepath.Glob(filepath.Join(folder, "*")); len(found) != 3 {
			t.Errorf("%s holds %q", folder, found)
		}
		assertNoKey(t, folder, filepath.Join(s.dataDir(), "node.key"))
	}

	fresh := t.TempDir()
	key := filepath.Join(s.dataDir(), "node.key")
	old := s.settings
	s.settings = append([]string{"data_dir=" + fresh}, s.settings[1:]...)
	s.expect(exitFailed, "", []string{"restore", online}, "Put the one there that was in force at the backup: its fingerprint is "+m.Key)
	if found, _ := filepath.Glob(filepath.Join(fresh, "*")); len(found) != 0 {
		t.Errorf("a restoration without a key made %q", found)
	}
	s.settings = append(s.settings, "key_file="+key)
	s.expect(exitDone, "", []string{"restore", online}, "2 tenants are restored into "+fresh, "may come twice")
	sameRows(t, filepath.Join(fresh, registry.FileOf("", "default")), filepath.Join(online, registry.FileOf("", "default")), "jobs", "job_parts", "meta", "sqlite_sequence")
	had, has := rowsOf(t, filepath.Join(online, registry.FileOf("", "default")))["jobs"], rowsOf(t, filepath.Join(fresh, registry.FileOf("", "default")))["jobs"]
	if len(has) != len(had)+1 || len(slices.DeleteFunc(has, func(row string) bool { return slices.Contains(had, row) })) != 1 {
		t.Errorf("jobs of the backup:\n%q\nrestored, with one note for General:\n%q", had, has)
	}
	sameRows(t, filepath.Join(fresh, registry.FileName), filepath.Join(online, registry.FileName), "tenants", "node")
	again := start(t, s.settings, "serve")
	again.find(t, `(works in its group)`)
	s.said(s.alma, s.forum, 0, "The relay goes on from a backup")
	s.say(ann, s.bot, 0, "after the restoration")
	s.said(s.alma, s.forum, -1, "after the restoration")
	s.expect(exitDone, "", strings.Fields("tenant list"), "bravo", "default")
	s.expect(exitDone, "", []string{"restore", "--tenant", "bravo", online}, "bravo goes on from the backup")
	s.expect(exitUnknown, "", []string{"restore", "--tenant", "other", online}, "no copy of other")
	again.stop()

	s.settings = old
	s.expect(exitDone, "", []string{"restore", offline}, "What was there before is in "+filepath.Join(s.dataDir(), "before-"))
	kept, err := filepath.Glob(filepath.Join(s.dataDir(), "before-*", "tenants", "*.db"))
	if err != nil || len(kept) != 2 {
		t.Errorf("put away: %q %v", kept, err)
	}
}

// assertNoKey: neither the key nor a file of its name is in a backup.
func assertNoKey(t *testing.T, folder, keyFile string) {
	t.Helper()
	key, err := os.ReadFile(keyFile)
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if strings.Contains(string(data), strings.TrimSpace(string(key))) {
			t.Errorf("%s holds the key", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestRestoreRefuses: what is not as it was backed up, or newer than this program, is
// found before anything is changed.
func TestRestoreRefuses(t *testing.T) {
	s, _, stop := twoTenants(t)
	stop()
	for name, tt := range map[string]struct {
		spoil func(folder string, m *backup.Manifest)
		part  string
	}{
		"a byte": {func(folder string, _ *backup.Manifest) {
			spoil(t, filepath.Join(folder, registry.FileOf("", "default")), 5000, 'x')
		}, "tenants/default.db: is not what was backed up"},
		"a missing file": {func(folder string, _ *backup.Manifest) {
			os.Remove(filepath.Join(folder, registry.FileOf("", "bravo")))
		}, "no such file"},
		"a newer schema": {func(folder string, m *backup.Manifest) {
			spoil(t, filepath.Join(folder, registry.FileOf("", "bravo")), 63, 200) // the last byte of user_version
		}, "written by a newer version of the program"},
		"a newer format": {func(_ string, m *backup.Manifest) { m.Format++ }, "a newer program has made it"},
		"a path":         {func(_ string, m *backup.Manifest) { m.Tenants[0].File = "../../etc/passwd" }, "is none"},
		"a foreign file": {func(folder string, _ *backup.Manifest) {
			if err := os.WriteFile(filepath.Join(folder, registry.FileName), []byte("no database"), 0o600); err != nil {
				t.Error(err)
			}
		}, "not a file of this kind"},
		"another key": {func(_ string, m *backup.Manifest) { m.Key = "0000-0000-0000-0000" }, "sealed with another key"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), "copy")
			s.expect(exitDone, "", []string{"backup", folder}, "2 tenants")
			m, err := backup.Read(folder)
			if err != nil {
				t.Fatal(err)
			}
			tt.spoil(folder, &m)
			if err := disk.WriteJSON(filepath.Join(folder, "manifest.json"), m); err != nil {
				t.Fatal(err)
			}
			before := rowsOf(t, filepath.Join(s.dataDir(), registry.FileName))
			s.expect(exitFailed, "", []string{"restore", folder}, tt.part)
			if after := rowsOf(t, filepath.Join(s.dataDir(), registry.FileName)); fmt.Sprint(after) != fmt.Sprint(before) {
				t.Error("the registry was changed")
			}
			if left, _ := filepath.Glob(filepath.Join(s.dataDir(), "restore.*")); len(left) != 0 {
				t.Errorf("left behind: %q", left)
			}
		})
	}
	s.expect(exitUsage, "", []string{"restore", t.TempDir()}, "is no backup of a node")
}

func spoil(t *testing.T, path string, at int, with byte) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data[at] = with
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestBackupGoesOn: an interrupted backup keeps what is whole, and makes the rest
// anew; one tenant that can't be copied does not keep the others from it.
func TestBackupGoesOn(t *testing.T) {
	s, _, stop := twoTenants(t)
	stop()
	folder := filepath.Join(t.TempDir(), "copy")
	s.expect(exitDone, "", []string{"backup", folder}, "2 tenants")
	m, err := backup.Read(folder)
	if err != nil {
		t.Fatal(err)
	}
	// As if it had been killed after the first tenant, in the middle of the second.
	line, err := json.Marshal(m.Tenants[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		os.Rename(folder, folder+disk.PartialEnd), os.Remove(filepath.Join(folder+disk.PartialEnd, "manifest.json")),
		os.WriteFile(filepath.Join(folder+disk.PartialEnd, "copied.jsonl"), append(line, "\n{\"tenant\":\"def"...), 0o600),
		os.Rename(filepath.Join(folder+disk.PartialEnd, registry.FileOf("", "default")), filepath.Join(folder+disk.PartialEnd, registry.FileOf("", "default")+disk.PartialEnd)),
		os.WriteFile(registry.FileOf(s.dataDir(), "default"), []byte(strings.Repeat("no database ", 1000)), 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	s.expect(exitFailed, "", []string{"backup", folder}, "1 tenants are backed up", "FAILED  default: ")
	again, err := backup.Read(folder)
	if err != nil || len(again.Tenants) != 1 || len(again.Failed) != 1 || again.Failed[0].Tenant != "default" {
		t.Fatalf("%+v %v", again, err)
	}
	if !again.Tenants[0].At.Equal(m.Tenants[0].At) {
		t.Error("what was whole was copied again")
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "tenants", "*")); len(left) != 1 {
		t.Errorf("tenants: %q", left)
	}
	s.expect(exitUnknown, "", []string{"restore", "--tenant", "default", folder}, "no copy of default: it failed")
	s.expect(exitDone, "", []string{"restore", folder}, "default is not restored", "1 tenants are restored")
}

// TestInterruptedRestore: what was ready when a restoration was killed is put in place
// by whoever takes the directory next.
func TestInterruptedRestore(t *testing.T) {
	s, _, stop := twoTenants(t)
	stop()
	// As if it had been killed when what was there had just been put away.
	fresh := filepath.Join(s.dataDir(), "restore.ready", "new")
	if err := os.MkdirAll(fresh, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{registry.FolderName, registry.FileName} {
		if err := os.Rename(filepath.Join(s.dataDir(), name), filepath.Join(fresh, name)); err != nil {
			t.Fatal(err)
		}
	}
	s.expect(exitDone, "", []string{"doctor", "--offline"}, "a restoration was interrupted when all was ready: restore.ready", "2 tenants were looked at")
	start(t, s.settings, "serve").find(t, `(works in its group)`)
}

// TestBackupOfOne: one tenant's copy is a file, whichever command makes it.
func TestBackupOfOne(t *testing.T) {
	s, _, stop := twoTenants(t)
	defer stop()
	first, second := filepath.Join(t.TempDir(), "1.db"), filepath.Join(t.TempDir(), "2.db")
	s.expect(exitDone, "", []string{"backup", "--tenant", "bravo", first}, "bravo is backed up")
	s.expect(exitDone, "", []string{"tenant", "backup", "bravo", second}, "bravo is backed up")
	sameRows(t, first, second)
	s.expect(exitUnknown, "", []string{"backup", "--tenant", "other", first + "x"}, "other")
	s.expect(exitDone, "", []string{"restore", "--tenant", "bravo", first}, "bravo goes on from the backup")
	live := registry.FileOf(s.dataDir(), tenants.TenantID("default"))
	s.expect(exitUsage, "", []string{"restore", "--tenant", "bravo", live}, "it is no copy but a tenant's own file")
	s.expect(exitDone, "", strings.Fields("tenant show default"), "works in the group")
}

// TestRestoreOfAnother: a copy of one tenant is not put in the place of another's file,
// whose bot would write to clients who are not its own.
func TestRestoreOfAnother(t *testing.T) {
	for _, mode := range []string{"alone", "beside a node"} {
		t.Run(mode, func(t *testing.T) {
			s, _, stop := twoTenants(t)
			if mode == "alone" {
				stop()
			}
			copied := filepath.Join(t.TempDir(), "copy")
			s.expect(exitDone, "", []string{"tenant", "backup", "default", copied}, "is backed up")
			s.expect(exitUsage, "", []string{"tenant", "restore", "bravo", copied}, "is of @desk_bot, which is not a bot of bravo")
			s.expect(exitDone, "", strings.Fields("tenant show bravo"), "@other_bot")
		})
	}
}

// TestRestoreClaims: the group of a tenant that was removed, added again and restored is
// its own again.
func TestRestoreClaims(t *testing.T) {
	for _, mode := range []string{"alone", "beside a node"} {
		t.Run(mode, func(t *testing.T) {
			s, _, stop := twoTenants(t)
			if mode == "alone" {
				stop()
			}
			copied := filepath.Join(t.TempDir(), "copy")
			s.expect(exitDone, "", []string{"tenant", "backup", "default", copied}, "is backed up")
			s.expect(exitDone, "", strings.Fields("tenant rm default --yes"), "is removed")
			s.expect(exitDone, s.token, strings.Fields("tenant add default --token-file -"), "@desk_bot")
			s.expect(exitDone, "", []string{"tenant", "restore", "default", copied}, "goes on from the backup")
			stop()
			file, err := registry.Open(s.dataDir(), s.key())
			if err != nil {
				t.Fatal(err)
			}
			groups, err := file.Groups()
			if err := errors.Join(err, file.Close()); err != nil || groups[tenants.ChatID(s.forum)] != "default" {
				t.Errorf("groups %v, %v", groups, err)
			}
		})
	}
}

func (s *scene) key() registry.Key {
	s.t.Helper()
	key, err := registry.LoadKey(filepath.Join(s.dataDir(), "node.key"))
	if err != nil {
		s.t.Fatal(err)
	}
	return key
}
