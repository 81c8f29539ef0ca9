package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"topicdesk/actors/web"
)

// hostile are names that are more than names.
var hostile = map[string]string{
	"a path":            "../../etc/passwd",
	"a path of two":     "..",
	"a whole path":      "/etc/passwd",
	"the other path":    `..\..\x`,
	"words of SQL":      "acme'; DROP TABLE tenants; --",
	"more words of SQL": "acme' OR '1'='1",
	"a pattern":         "acme%",
	"any pattern":       "*",
	"look-alikes":       "аcme", // the first letter is Cyrillic
	"wide letters":      "ａｃｍｅ",
	"capitals":          "ACME",
	"a NUL":             "acme\x00",
	"a line's end":      "acme\n",
	"a terminal's word": "\x1b]0;acme\x07",
	"no UTF-8":          "acme\xff",
	"nothing":           "",
	"a blank":           " ",
	"a flag in a value": "-",
	"a suffix":          "acme.db",
	"far too long":      strings.Repeat("a", 100_000),
	"just too long":     strings.Repeat("a", 41),
}

// tree lists the files below a folder.
func tree(t *testing.T, dir string) (all []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if !strings.HasSuffix(path, "-wal") && !strings.HasSuffix(path, "-shm") {
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestHostileNames: no command takes a name that is none, and none does anything.
// One is asked with all of them, each of the others with some.
func TestHostileNames(t *testing.T) {
	s := newScene(t)
	folder := t.TempDir()
	s.settings = append(s.settings[:2:2], "data_dir="+filepath.Join(folder, "data"))[1:]
	s.expect(exitDone, s.token, strings.Fields("tenant add acme --token-file -"))
	s.expect(exitDone, "", strings.Fields("tenant backup acme "+folder+"/copy"))
	before := tree(t, folder)
	_, list := s.command("", "tenant", "list")
	asked := 0
	for _, row := range jsonRows {
		words := append(strings.Fields(row.command), strings.Fields(row.args)...)
		at := slices.Index(words, "acme")
		if at < 0 {
			continue
		}
		some := hostile
		if row.command != "tenant show" {
			some = map[string]string{"a path": hostile["a path"], "words of SQL": hostile["words of SQL"]}
		}
		for what, name := range some {
			words := slices.Clone(words)
			words[at] = name
			for i := range words {
				words[i] = strings.ReplaceAll(words[i], "ANY", folder)
			}
			code, printed := s.command(s.token, words...)
			asked++
			if code == exitDone {
				t.Errorf("%s: %s took it:\n%.300s", what, row.command, printed)
			}
			if strings.Contains(printed, "panic") || strings.Contains(strings.ToLower(printed), "sql") && !strings.Contains(name, "DROP") {
				t.Errorf("%s: %s says:\n%.300s", what, row.command, printed)
			}
		}
	}
	if asked < len(hostile)+2*10 {
		t.Error("the commands with a tenant's name were not found:", asked)
	}
	if after := tree(t, folder); !slices.Equal(before, after) {
		t.Errorf("files before:\n%s\nand after:\n%s", strings.Join(before, "\n"), strings.Join(after, "\n"))
	}
	if _, got := s.command("", "tenant", "list"); got != list {
		t.Errorf("the list was\n%s\nand is\n%s", list, got)
	}
}

// TestHostileQuestions: at the socket of a running node only whole questions are
// answered, and only so long ones; and it is its owner's alone.
func TestHostileQuestions(t *testing.T) {
	s := newScene(t)
	r := start(t, s.settings, "serve")
	r.find(t, `(node started)`)
	dir := strings.TrimPrefix(s.settings[0], "data_dir=")
	socket := filepath.Join(dir, web.SocketName)
	if info, err := os.Stat(socket); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatal(info.Mode(), err)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", socket)
	}}}
	ask := func(method, path string, body io.Reader) string {
		t.Helper()
		request, err := http.NewRequest(method, "http://node"+path, body)
		if err != nil {
			t.Fatal(err)
		}
		response, err := client.Do(request)
		if err != nil {
			return "cut"
		}
		defer response.Body.Close()
		text, _ := io.ReadAll(response.Body)
		return fmt.Sprintf("%d %s", response.StatusCode, text)
	}
	before := tree(t, dir)
	for _, question := range []string{"show", "backup", "recover", "set", "asides", "retry"} {
		for what, name := range hostile {
			body := fmt.Sprintf(`{"tenant":%q,"file":"/nowhere/copy","target":"AUTOCLOSE","value":"1"}`, name)
			if got := ask("POST", "/"+question, strings.NewReader(body)); !strings.Contains(got, `"error":`) && !strings.HasPrefix(got, "4") {
				t.Errorf("%s, asked of %s: %.300s", question, what, got)
			}
		}
	}
	for what, body := range map[string]io.Reader{
		"a hundred megabytes": &endless{left: 100 << 20},
		"a deep one":          strings.NewReader(strings.Repeat("[", 500_000)),
		"half of one":         strings.NewReader(`{"tenant":"defa`),
		"another thing":       strings.NewReader(`"default"`),
	} {
		if got := ask("POST", "/show", body); !strings.Contains(got, `"error":`) && got != "cut" {
			t.Errorf("%s: %.300s", what, got)
		}
	}
	for _, path := range []string{"/", "/../data", "/nothing", "/debug/pprof/"} {
		if got := ask("POST", path, bytes.NewReader(nil)); strings.HasPrefix(got, "200") {
			t.Errorf("%s: %.300s", path, got)
		}
	}
	if got := ask("GET", "/list", bytes.NewReader(nil)); strings.HasPrefix(got, "200") {
		t.Errorf("a GET is answered: %.300s", got)
	}
	if after := tree(t, dir); !slices.Equal(before, after) {
		t.Errorf("files before:\n%s\nand after:\n%s", strings.Join(before, "\n"), strings.Join(after, "\n"))
	}
	s.expect(exitDone, "", strings.Fields("tenant list"), "default")
}

// TestHostilePeople: what people are called and write is text, whatever it says.
func TestHostilePeople(t *testing.T) {
	s := newScene(t)
	r := start(t, s.settings, "serve")
	s.bind(r.output)
	const name = "Robert'); DROP TABLE dialogs; --"
	bobby := s.make("/world/users", dict{"first_name": name, "last_name": "../../x", "username": "bobby"})
	for _, text := range []string{name, `"} {"ok":true`, "../../etc/passwd", "$(reboot) `reboot`", "%s%n%!d", "<b>bold</b> {title}"} {
		s.say(bobby, s.bot, 0, text)
		s.said(s.alma, s.forum, -1, text)
	}
	s.until("its topic is named so", func() bool { return s.topicOf(s.alma, s.forum, name+" ../../x") != 0 })
	s.say(s.alma, s.forum, s.topicOf(s.alma, s.forum, name+" ../../x"), "'; DELETE FROM jobs; --")
	s.said(bobby, s.bot, -1, "'; DELETE FROM jobs; --")
	r.stop()
	s.expect(exitDone, "", strings.Fields("doctor"), "1 tenants were looked at")
}
