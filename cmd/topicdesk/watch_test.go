package main

import (
	"encoding/json"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"topicdesk/actors/house"
	"topicdesk/configs"
)

// beside is a file that lies beside the settings.
func beside(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "configs", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestDashboard: every name that the dashboard asks for is told by a node, with the
// labels that it is asked by, and every promised name is on it.
func TestDashboard(t *testing.T) {
	s := newScene(t, "debug.listen=127.0.0.1:0")
	r := start(t, s.settings, "serve")
	_, told := status(t, r.find(t, `(http://[0-9.:]+/metrics)`))
	names := map[string]bool{}
	for _, found := range regexp.MustCompile(`(?m)^# TYPE (\w+) (\w+)`).FindAllStringSubmatch(told, -1) {
		names[found[1]] = true
		if found[2] == "histogram" {
			names[found[1]+"_bucket"], names[found[1]+"_count"], names[found[1]+"_sum"] = true, true, true
		}
	}
	var board struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
		Templating struct{ List []struct{ Query any } }
	}
	if err := json.Unmarshal([]byte(beside(t, "grafana-topicdesk.json")), &board); err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{}
	for _, panel := range board.Panels {
		for _, target := range panel.Targets {
			found := regexp.MustCompile(`\b(?:topicdesk|process|go)_\w+`).FindAllString(target.Expr, -1)
			if len(found) == 0 {
				t.Errorf("%s asks for nothing: %s", panel.Title, target.Expr)
			}
			for _, name := range found {
				asked[name] = true
				if !names[name] {
					t.Errorf("%s asks for %s, which nobody tells", panel.Title, name)
				}
				for _, label := range regexp.MustCompile(`by \(([a-z_, ]+)\)`).FindStringSubmatch(target.Expr) {
					for _, one := range strings.Split(strings.TrimSuffix(strings.TrimPrefix(label, "by ("), ")"), ", ") {
						if !regexp.MustCompile(`(?m)^` + name + `\{[^}]*\b` + one + `="`).MatchString(told) {
							t.Errorf("%s asks for %s by %s, which it has not", panel.Title, name, one)
						}
					}
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		shown := asked[name] || asked[name+"_bucket"] || asked[name+"_count"]
		if strings.HasPrefix(name, "topicdesk_") && !shown && !regexp.MustCompile(`_(bucket|sum|count)$`).MatchString(name) {
			t.Errorf("%s is not on the dashboard", name)
		}
	}
}

// unit are the settings of the service, by section and key.
func unit(t *testing.T) map[string][]string {
	t.Helper()
	found, section := map[string][]string{}, ""
	for line := range strings.Lines(beside(t, "topicdesk.service")) {
		line = strings.TrimSpace(line)
		key, value, ok := strings.Cut(line, "=")
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			section = strings.Trim(line, "[]")
		case !ok:
			t.Errorf("no setting: %s", line)
		default:
			found[section+"."+key] = append(found[section+"."+key], value)
		}
	}
	return found
}

// TestService: the unit starts this program with settings that it knows, waits for its
// stop, and gives it enough files.
func TestService(t *testing.T) {
	u := unit(t)
	one := func(key string) string {
		if len(u[key]) != 1 {
			t.Fatalf("%s is said %d times", key, len(u[key]))
		}
		return u[key][0]
	}
	var g grammar
	args := strings.Fields(one("Service.ExecStart"))[1:]
	if _, err := newParser(&g, os.Stderr, os.Stderr).Parse(args); err != nil {
		t.Errorf("%q: %v", args, err)
	}
	environ := []string{}
	for _, variable := range u["Service.Environment"] {
		environ = append(environ, strings.ReplaceAll(variable, "%d", "/run/credentials/topicdesk.service"))
	}
	c, err := configs.Load(configs.Sources{Environ: environ})
	if err != nil {
		t.Fatal(err)
	}
	if c.DataDir != "/var/lib/"+one("Service.StateDirectory") || !strings.HasSuffix(c.KeyFile, "/node.key") {
		t.Errorf("data_dir %s, key_file %s", c.DataDir, c.KeyFile)
	}
	name, _, _ := strings.Cut(one("Service.LoadCredential"), ":")
	if name != filepath.Base(c.KeyFile) {
		t.Errorf("the key is handed over as %s", name)
	}
	seconds, err := strconv.Atoi(one("Service.TimeoutStopSec"))
	if most := house.StopWithin; err != nil || time.Duration(seconds)*time.Second < most {
		t.Errorf("TimeoutStopSec is %d, and a stop takes up to %s", seconds, most)
	}
	if one("Service.Type") != "notify" || one("Service.Restart") != "always" || one("Service.ProtectSystem") != "strict" {
		t.Error("Type, Restart or ProtectSystem is not what is meant")
	}
	verify, err := exec.LookPath("systemd-analyze")
	if err != nil {
		return // what is above holds without it
	}
	said, _ := exec.Command(verify, "verify", filepath.Join("..", "..", "configs", "topicdesk.service")).CombinedOutput()
	for line := range strings.Lines(string(said)) {
		if strings.HasPrefix(line, "topicdesk.service:") && !strings.Contains(line, "is not executable") {
			t.Errorf("systemd: %s", line)
		}
	}
}

// TestSystemdIsTold: a service is ready when its tenants are taken up, and says so when
// it begins to stop.
func TestSystemdIsTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "notify")
	l, err := net.ListenPacket("unixgram", path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	hear := func(want string) {
		t.Helper()
		said := make([]byte, 100)
		if err := l.SetReadDeadline(time.Now().Add(patience)); err != nil {
			t.Fatal(err)
		}
		n, _, err := l.ReadFrom(said)
		if err != nil || string(said[:n]) != want {
			t.Errorf("systemd hears %q, %v; want %q", said[:n], err, want)
		}
	}
	s := newScene(t)
	r := startAs(t, []string{"NOTIFY_SOCKET=" + path}, s.settings, "serve")
	hear(serviceReady)
	r.stop()
	hear(serviceStopping)
	if err := notify([]string{"NOTIFY_SOCKET=/nowhere/at/all"}, serviceReady); err == nil {
		t.Error("nobody hears it, and nobody says so")
	}
	if err := notify(nil, serviceReady); err != nil {
		t.Error("without systemd:", err)
	}
}

// TestContainer: the variables of the container file are settings, its commands are
// commands, and what it builds needs nothing of the machine.
func TestContainer(t *testing.T) {
	text := strings.ReplaceAll(beside(t, "Containerfile"), "\\\n", "")
	variables := regexp.MustCompile(`TOPICDESK_\w+=\S+`).FindAllString(regexp.MustCompile(`(?m)^ENV .*$`).FindString(text), -1)
	if len(variables) < 3 {
		t.Fatalf("variables %q", variables)
	}
	c, err := configs.Load(configs.Sources{Environ: variables})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(text, "\nVOLUME "+c.DataDir+"\n") {
		t.Errorf("the data are in %s, which is no volume", c.DataDir)
	}
	commands := regexp.MustCompile(`(?m)(?:^|\s)CMD (\[.*\])$`).FindAllStringSubmatch(text, -1)
	if len(commands) != 2 {
		t.Fatalf("commands %q", commands)
	}
	for _, found := range commands {
		var args []string
		if err := json.Unmarshal([]byte(found[1]), &args); err != nil {
			t.Fatal(err)
		}
		var g grammar
		if _, err := newParser(&g, os.Stderr, os.Stderr).Parse(slices.DeleteFunc(args, func(a string) bool { return a == "/topicdesk" })); err != nil {
			t.Errorf("%s: %v", found[1], err)
		}
	}
	for _, want := range []string{"CGO_ENABLED=0", "\nUSER 65532", "FROM scratch", "ca-certificates.crt"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is missing", want)
		}
	}
}

// TestHealth: a command asks the node that runs.
func TestHealth(t *testing.T) {
	s := newScene(t)
	s.expect(exitFailed, "", []string{"health"}, "no node runs on this data directory")
	start(t, s.settings, "serve").find(t, `(node started)`)
	s.until("it is ready", func() bool {
		code, printed := s.command("", "health")
		return code == exitDone && printed == "ok\n"
	})
}
