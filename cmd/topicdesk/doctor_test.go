package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"topicdesk/actors/doctor"
	"topicdesk/tenants/registry"
)

// TestDoctor: what it finds of a node in each state, beside one that runs and without;
// for each finding it says what to do, and it changes nothing.
func TestDoctor(t *testing.T) {
	s := newScene(t)
	s.expect(exitDone, "", []string{"doctor"}, "there is no registry yet", "ok    telegram.api_root: reached", "ok    clock: agrees with Telegram's", "tenant add NAME")
	r := start(t, s.settings, "serve")
	r.find(t, `(has no group yet)`)
	s.expect(exitDone, "", []string{"doctor"}, "note  default, connection 1 (@desk_bot): Telegram knows the token; it has no group yet", "→ see the steps: topicdesk tenant show default")
	s.bind(r.output)
	for _, mode := range []string{"beside a node", "alone"} {
		if mode == "alone" {
			r.stop()
		}
		s.expect(exitDone, "", []string{"doctor"}, "ok    default, connection 1 (@desk_bot): Telegram knows the token, and it works in its group",
			"ok    disk: a synced write takes", "GiB are free", "ok    versions: SQLite 3.", "WARN  key: ", "lies in data_dir", "ok    open files: ",
			"1 tenants were looked at: 0 findings to act on")
		s.expect(exitDone, "", []string{"doctor", "--offline"}, "ok    default: its file is well; 1 connections, not tested at Telegram")
		s.expect(exitUnknown, "", []string{"doctor", "--tenant", "other"}, "other")
	}
	before := rowsOf(t, filepath.Join(s.dataDir(), registry.FileName))["tenants"]
	s.do("/world/members", dict{"as": s.alma, "chat": s.forum, "user": s.bot, "do": "promote", "rights": dict{"can_manage_topics": false}}, nil)
	s.expect(exitFailed, "", []string{"doctor", "--tenant", "default"}, "FAIL  default, connection 1 (@desk_bot): something is missing in its group", "Manage Topics")
	s.read("/bot"+s.token+"/setWebhook?url=https://other.example/path-with-a-secret", nil)
	s.expect(exitFailed, "", []string{"doctor"}, "WARN  default, connection 1 (@desk_bot): Telegram delivers to https://other.example, and this node asks", "revoke the token")
	if _, printed := s.command("", "doctor"); strings.Contains(printed, "path-with-a-secret") {
		t.Error("the path of a webhook was printed")
	}
	s.do("/world/bots/revoke", dict{"bot": s.bot}, nil)
	s.expect(exitFailed, "", []string{"doctor"}, "Telegram does not know this token (any more)", "→ get a new token from @BotFather: topicdesk tenant token default --token-file FILE")
	if after := rowsOf(t, filepath.Join(s.dataDir(), registry.FileName))["tenants"]; strings.Join(before, "") != strings.Join(after, "") {
		t.Errorf("the doctor changed the registry: %q, was %q", after, before)
	}
	code, printed := s.command("", "--json", "doctor", "--offline")
	var d doctor.Diagnosis
	if err := json.Unmarshal([]byte(printed), &d); err != nil || code != exitDone || d.Tenants != 1 || len(d.Findings) < 5 || d.Failed != 0 {
		t.Errorf("exit code %d, %v: %s", code, err, printed)
	}
}

// TestDoctorSeesTheFolder: files without a tenant and the reverse, modes, a damaged file, a lost key, a network that is away.
func TestDoctorSeesTheFolder(t *testing.T) {
	s, _, stop := twoTenants(t)
	stop()
	dir := s.dataDir()
	file := func(name string) string { return filepath.Join(dir, registry.FolderName, name) }
	write := func(path string) {
		if err := os.WriteFile(path, []byte(strings.Repeat("no database ", 100)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(file("stranger.db"))
	write(file("default.db.before-20260101-000000"))
	if err := os.Rename(file("bravo.db"), file("bravo.db.moved")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	s.expect(exitFailed, "", []string{"doctor", "--offline"}, "FAIL  bravo: has no file", "topicdesk restore --tenant bravo FROM", "belong to no tenant: stranger.db",
		"of earlier files: bravo.db.moved, default.db.before-20260101-000000", "may be looked into by others (mode 0755)", "→ chmod 700")
	if _, err := os.Stat(file("bravo.db")); err == nil {
		t.Error("the doctor made a file")
	}
	write(file("default.db"))
	s.expect(exitFailed, "", []string{"doctor", "--offline"}, "FAIL  default: its file can't be used: ", "restore --tenant default")

	s.settings = append(s.settings, "telegram.api_root=http://"+freeAddress(t))
	s.expect(exitFailed, "", []string{"doctor"}, "FAIL  telegram.api_root: not reached: ", "Bots are not tested")
	key := filepath.Join(dir, "node.key")
	if err := os.Rename(key, key+".away"); err != nil {
		t.Fatal(err)
	}
	s.expect(exitFailed, "", []string{"doctor", "--offline"}, "FAIL  registry and key: ", "no such file")
	if _, err := os.Stat(key); err == nil {
		t.Error("the doctor made a key")
	}
}

// TestDoctorOfMany: of many tenants only those are told of with which something is.
func TestDoctorOfMany(t *testing.T) {
	s := newScene(t)
	s.settings = s.settings[:2:2]
	for _, name := range strings.Fields("a b c d e f g h i j k l") {
		_, token := s.world.bot("desk_" + name + "_bot")
		s.expect(exitDone, token, []string{"tenant", "add", name, "--token-file", "-"}, "has no group yet")
	}
	s.expect(exitDone, "", []string{"doctor", "--offline"}, "12 of 12 are well", "12 tenants were looked at")
	if _, printed := s.command("", "doctor", "--offline"); strings.Contains(printed, "ok    c:") {
		t.Errorf("tenants that are well are listed:\n%s", printed)
	}
}
