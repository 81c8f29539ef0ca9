package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"topicdesk/actors/keyring"
	"topicdesk/actors/web"
	"topicdesk/tenants/registry"
)

// keyScene is a scene with a tenant, at rest.
func keyScene(t *testing.T, settings ...string) (s *scene, keyFile string) {
	t.Helper()
	s = newScene(t)
	dir := strings.TrimPrefix(s.settings[0], "data_dir=")
	s.settings = append(s.settings[:2:2], settings...)
	s.expect(exitDone, s.token, strings.Fields("tenant add acme --token-file -"))
	return s, filepath.Join(dir, "node.key")
}

// inForce is the fingerprint of the key in force.
func (s *scene) inForce() string {
	s.t.Helper()
	code, printed := s.command("", "--json", "key", "show")
	var state web.Key
	if err := json.Unmarshal([]byte(printed[max(0, strings.Index(printed, "{")):]), &state); err != nil || code != exitDone {
		s.t.Fatalf("%v: %d\n%s", err, code, printed)
	}
	return state.Fingerprint
}

// opens looks whether the tenant's token opens.
func (s *scene) opens(want string) {
	s.t.Helper()
	if got := s.inForce(); got != want {
		s.t.Errorf("%s is in force, want %s", got, want)
	}
	s.expect(exitDone, "", strings.Fields("doctor"), "Telegram knows the token")
}

func mustKey(t *testing.T, key registry.Key, err error) registry.Key {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestKeyRenew(t *testing.T) {
	s, file := keyScene(t)
	was := s.inForce()
	_, before := s.command("", "tenant", "show", "acme")
	s.expect(exitDone, "", strings.Fields("key renew"), "All secrets are sealed with the key ", was+" opens nothing any more", "Bind codes have changed")
	key, err := registry.LoadKey(file)
	s.opens(mustKey(t, key, err).Fingerprint())
	if key.Fingerprint() == was {
		t.Error("the key is the old one")
	}
	if _, after := s.command("", "tenant", "show", "acme"); before == after {
		t.Error("the bind code is as it was")
	}
	if _, err := os.Stat(file + keyring.NewEnd); err == nil {
		t.Error("the new key's file is still there")
	}
	r := start(t, s.settings, "serve")
	r.find(t, `(node started)`)
	s.expect(exitRefused, "", strings.Fields("key renew"), "Stop the node first")
	if got := s.inForce(); got != key.Fingerprint() {
		t.Errorf("the running node says that %s is in force", got)
	}
}

// TestKeyRenewInterrupted: killed at any step, the next command finds the key that
// opens everything.
func TestKeyRenewInterrupted(t *testing.T) {
	s, file := keyScene(t)
	dir, was := filepath.Dir(file), s.inForce()
	key, err := registry.CreateKey(file + keyring.NewEnd)
	next := mustKey(t, key, err).Fingerprint()
	s.opens(was) // killed when only the new key was written

	old, err := registry.LoadKey(file)
	r, err := registry.Open(dir, mustKey(t, old, err))
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Renew(key, time.Now(), nil); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	s.opens(next) // killed before the key's file was moved
	if moved, err := registry.LoadKey(file); mustKey(t, moved, err) != key {
		t.Error("the key in force is not in its place")
	}

	// What an interrupted renewal has left is taken up.
	key, err = registry.CreateKey(file + keyring.NewEnd)
	s.expect(exitDone, "", strings.Fields("key renew"), mustKey(t, key, err).Fingerprint())
	s.opens(key.Fingerprint())
}

// TestKeyInTheEnvironment: with the key in a variable nothing is written where the
// data is, and a renewal says what to set.
func TestKeyInTheEnvironment(t *testing.T) {
	key := "aGVsbG8gaGVsbG8gaGVsbG8gaGVsbG8gaGVsbG8gaGU="
	s, file := keyScene(t, "key="+key)
	if _, err := os.Stat(file); err == nil {
		t.Error("a key was written beside the data")
	}
	s.expect(exitUsage, "", strings.Fields("key renew"), "say with --to FILE")
	to := filepath.Join(t.TempDir(), "next")
	s.expect(exitDone, "", []string{"key", "renew", "--to", to}, "set what flag key says to the text in "+to)
	s.expect(exitFailed, "", strings.Fields("tenant list"), "sealed with another key", "that of flag key")
	text, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	s.settings[2] = "key=" + strings.TrimSpace(string(text))
	s.expect(exitDone, "", strings.Fields("doctor"), "Telegram knows the token")
	for _, secret := range []string{key, strings.TrimSpace(string(text))} {
		if _, printed := s.command("", "doctor"); strings.Contains(printed, secret) {
			t.Error("the key was printed")
		}
	}
}

// TestWrongKey: refused at once and in plain words, and nothing is changed.
func TestWrongKey(t *testing.T) {
	s, file := keyScene(t)
	was := s.inForce()
	if err := os.Rename(file, file+".kept"); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"serve", "tenant list", "key renew", "doctor"} {
		s.expect(exitFailed, "", strings.Fields(command), "no such file", "Put the right one back there")
	}
	key, err := registry.CreateKey(file)
	s.expect(exitFailed, "", strings.Fields("serve"), "sealed with another key", was, mustKey(t, key, err).Fingerprint(), "Put the right one back there")
	if err := os.Rename(file+".kept", file); err != nil {
		t.Fatal(err)
	}
	s.opens(was)
}

// TestKeyBesideTheData: it is said that a copy of the folder has the key with it.
func TestKeyBesideTheData(t *testing.T) {
	s, file := keyScene(t)
	s.expect(exitDone, "", strings.Fields("doctor"), "lies in data_dir")
	elsewhere := filepath.Join(t.TempDir(), "key")
	if err := os.Rename(file, elsewhere); err != nil {
		t.Fatal(err)
	}
	s.settings = append(s.settings, "key_file="+elsewhere)
	if _, printed := s.command("", "doctor"); strings.Contains(printed, "lies in data_dir") || strings.Contains(printed, "FAIL") {
		t.Error(printed)
	}
}

// TestKeyLost: without the key one can start over, and only then; with the tokens
// given again everything goes on, and what was is kept.
func TestKeyLost(t *testing.T) {
	s, file := keyScene(t)
	s.expect(exitRefused, "", strings.Fields("key lost --yes"), "the key is not lost")
	was := s.inForce()
	if err := os.Rename(file, file+".found"); err != nil {
		t.Fatal(err)
	}
	s.expect(exitRefused, "", strings.Fields("key lost"), "With --yes it is given up")
	s.expect(exitDone, "", strings.Fields("key lost --yes"), "Give each tenant the tokens of its bots again", "registry.db.before-")
	if got := s.inForce(); got == was {
		t.Error("the old key is in force")
	}
	s.expect(exitDone, s.token, strings.Fields("tenant token acme --token-file -"), "@desk_bot")
	s.opens(s.inForce())
	// The key is found: the registry as it was is put back.
	kept, err := filepath.Glob(filepath.Join(filepath.Dir(file), "registry.db.before-*"))
	if err != nil || len(kept) != 1 {
		t.Fatal(kept, err)
	}
	if err := errors.Join(os.Rename(kept[0], filepath.Join(filepath.Dir(file), "registry.db")), os.Rename(file+".found", file)); err != nil {
		t.Fatal(err)
	}
	s.opens(was)
}
