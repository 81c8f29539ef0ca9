//go:build unix

package main

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"topicdesk/actors/telegram/botapi"
	"topicdesk/tenants/registry"
)

// leaks is everything that a run has written, by what it is, and what must stand
// nowhere in it.
type leaks struct {
	*scene
	p       *process
	key     string // the key's file
	dir     string // data_dir
	folder  string // what commands write goes here
	found   map[string][]byte
	secrets map[string]string
	json    bool // commands answer for programs
}

// What people write and are called must not stand in what the host's programs read.
var private = map[string]string{
	"a client's first name": "Zebulon", "a client's last name": "Quagmire", "a client's username": "zebulon_q",
	"a client's message": "swordfish", "an operator's message": "harpoon", "an operator's name": "Alma",
}

func newLeaks(t *testing.T, json bool, settings ...string) *leaks {
	t.Helper()
	l := &leaks{folder: t.TempDir(), json: json, found: map[string][]byte{}, secrets: map[string]string{}}
	l.key = filepath.Join(l.folder, "key")
	l.scene = newScene(t, append(settings, "key_file="+l.key, "log.level=debug", "debug.pprof=true")...)
	l.dir = strings.TrimPrefix(l.settings[0], "data_dir=")
	l.settings = append(l.settings[:2], l.settings[3:]...) // no bot_token, which a process shows with its arguments
	l.hideToken("the token", l.token)
	l.run(l.token, "tenant add acme --token-file -")
	l.p = l.launch()
	l.bind(l.p.output)
	return l
}

// hide notes a secret.
func (l *leaks) hide(what, secret string) { l.secrets[what] = secret }

// hideToken notes a token, and the part of it that is a secret alone.
func (l *leaks) hideToken(what, token string) {
	l.hide(what, token)
	if _, part, ok := strings.Cut(token, ":"); ok {
		l.hide(what+", its secret part", part)
	}
}

// run runs a command and keeps what it says.
func (l *leaks) run(in, command string) {
	l.t.Helper()
	words := strings.Fields(strings.ReplaceAll(command, "ANY", l.folder))
	if l.json {
		words = append([]string{"--json"}, words...)
	}
	code, printed := l.command(in, words...)
	l.found[fmt.Sprintf("%s (exit %d)", command, code)] = []byte(printed)
}

// page keeps what a door for watching says.
func (l *leaks) page(address, path string) {
	l.t.Helper()
	response, err := http.Get("http://" + address + path)
	if err != nil {
		l.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		l.t.Fatalf("%s: %s, %v", path, response.Status, err)
	}
	if packed, err := gzip.NewReader(bytes.NewReader(body)); err == nil {
		if body, err = io.ReadAll(packed); err != nil {
			l.t.Fatal(err)
		}
	}
	l.found[path] = body
}

// trouble plays a day on which everything goes wrong once.
func (l *leaks) trouble() {
	l.t.Helper()
	client := l.make("/world/users", dict{"first_name": "Zebulon", "last_name": "Quagmire", "username": "zebulon_q"})
	relayed := func(text string) {
		l.t.Helper()
		l.say(client, l.bot, 0, text)
		l.said(l.alma, l.forum, -1, text)
	}
	relayed("the swordfish swims")
	for _, kind := range []string{"reset", "server-error", "gateway", "lost-answer", "flood", "server-after"} {
		l.do("/world/faults", dict{"do": kind, "method": "send*", "count": 1}, nil)
		relayed("swordfish after " + kind)
	}
	l.say(l.alma, l.forum, l.topicOf(l.alma, l.forum, "Zebulon Quagmire"), "harpoon ready")
	l.said(client, l.bot, -1, "harpoon ready")
	var made struct{ Token string }
	l.do("/world/bots/revoke", dict{"bot": l.bot}, &made)
	l.say(client, l.bot, 0, "swordfish to nobody")
	l.p.find(l.t, `(Telegram refuses the token)`)
	l.hideToken("the new token", made.Token)
	l.run(l.token, "tenant token acme --token-file -")
	l.run(made.Token, "tenant token acme --token-file -")
	l.said(l.alma, l.forum, -1, "swordfish to nobody")
}

// ask runs every command that shows something, and some that can't work.
func (l *leaks) ask() {
	wrong := "123456789:AAFwrongwrongwrongwrongwrongwrong00"
	l.hideToken("a wrong token", wrong)
	l.run(wrong, "tenant add bravo --token-file -")
	l.run(wrong+" and more", "tenant add bravo --token-file -")
	for _, command := range []string{
		"tenant list", "tenant show acme", "tenant show nobody", "tenant set acme AUTOCLOSE 12", "tenant set-aside list acme", "outbox list acme",
		"tenant backup acme ANY/copy", "backup ANY/node", "check", "health", "key show", "key renew",
	} {
		l.run("", command)
	}
	for what, root := range map[string]string{
		"nobody listens":   "http://127.0.0.1:1",
		"it speaks no TLS": strings.Replace(l.root, "http:", "https:", 1),
	} {
		elsewhere := []string{"--set", "telegram.api_root=" + root, "--set", "data_dir=" + l.t.TempDir(), "tenant", "add", "acme", "--token-file", "-"}
		_, printed := once(l.t, nil, l.token, elsewhere...)
		l.found[what] = []byte(printed)
		_, printed = once(l.t, []string{"TOPICDESK_BOT_TOKEN=" + l.token}, "", append(elsewhere[:4:4], "check")...)
		l.found["check: "+what] = []byte(printed)
	}
}

// files keeps every file of a folder but the key's.
func (l *leaks) files(dir string) {
	l.t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || path == l.key {
			return err
		}
		content, err := os.ReadFile(path)
		l.found["file "+path] = content
		return err
	})
	if err != nil {
		l.t.Fatal(err)
	}
}

// nodeSecrets notes what the node alone knows.
func (l *leaks) nodeSecrets() {
	l.t.Helper()
	text, err := os.ReadFile(l.key)
	if err != nil {
		l.t.Fatal(err)
	}
	key, err := registry.LoadKey(l.key)
	if err != nil {
		l.t.Fatal(err)
	}
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
	if err != nil {
		l.t.Fatal(err)
	}
	file, err := registry.Open(l.dir, key)
	if err != nil {
		l.t.Fatal(err)
	}
	defer file.Close()
	pseudonyms, err := file.Pseudonyms("acme")
	if err != nil {
		l.t.Fatal(err)
	}
	l.hide("the node's key", string(raw))
	l.hide("the key for pseudonyms", string(pseudonyms))
	l.hide("the webhook's path", hex.EncodeToString(key.Derive("webhook path/acme/1")))
	l.hide("the webhook's secret", hex.EncodeToString(key.Derive("webhook secret/acme/1")))
}

// formsOf are the ways in which a text may be written down.
func formsOf(text string) map[string]string {
	forms := map[string]string{
		"itself": text, "escaped for a query": url.QueryEscape(text), "escaped for a path": url.PathEscape(text),
		"in hex": hex.EncodeToString([]byte(text)), "in upper hex": strings.ToUpper(hex.EncodeToString([]byte(text))),
		"quoted": strings.Trim(fmt.Sprintf("%q", text), `"`),
	}
	for before := range 3 { // as a part of something longer, wherever it begins there
		for name, encoding := range map[string]*base64.Encoding{"base64": base64.RawStdEncoding, "base64url": base64.RawURLEncoding} {
			inside := encoding.EncodeToString([]byte(strings.Repeat("x", before) + text))
			forms[fmt.Sprint(name, before)] = inside[[]int{0, 2, 3}[before] : len(inside)-1]
		}
	}
	return forms
}

// search tells where something stands that must not.
func (l *leaks) search() {
	l.t.Helper()
	for what, secret := range l.secrets {
		for form, needle := range formsOf(secret) {
			for where, content := range l.found {
				if bytes.Contains(content, []byte(needle)) {
					l.t.Errorf("%s, %s, stands in %s", what, form, where)
				}
			}
		}
	}
	for what, needle := range private {
		for where, content := range l.found {
			// Tenants' files and copies of them hold what is to be delivered.
			if bytes.Contains(content, []byte(needle)) && !(strings.HasPrefix(where, "file ") && !strings.Contains(where, "registry.db")) {
				l.t.Errorf("%s stands in %s:\n%s", what, where, around(content, needle))
			}
		}
	}
}

func around(content []byte, needle string) []byte {
	at := bytes.Index(content, []byte(needle))
	return content[max(0, at-100):min(len(content), at+100)]
}

// TestNothingLeaks: whatever goes wrong, no secret stands in anything that a run
// writes, and nothing of people in what the host reads; neither does a stolen
// data_dir give one away, nor a copy made by backup.
func TestNothingLeaks(t *testing.T) {
	for _, mode := range []string{"polling", "webhooks"} {
		t.Run(mode, func(t *testing.T) {
			watch := freeAddress(t)
			settings := []string{"debug.listen=" + watch, "log.format=text"}
			if mode == "webhooks" {
				door := freeAddress(t)
				settings = []string{"debug.listen=" + watch, "log.format=json", "http.listen=" + door, "http.public_url=http://" + door}
			}
			l := newLeaks(t, mode == "webhooks", settings...)
			l.trouble()
			l.ask()
			for _, path := range []string{
				"/metrics", "/healthz", "/readyz", "/debug/pprof/", "/debug/pprof/goroutine?debug=1", "/debug/pprof/goroutine?debug=2",
				"/debug/pprof/heap?debug=1", "/debug/pprof/heap", "/debug/pprof/allocs", "/debug/pprof/block?debug=1",
			} {
				l.page(watch, path)
			}
			if err := l.p.cmd.Process.Signal(syscall.SIGQUIT); err != nil {
				t.Fatal(err)
			}
			_ = l.p.cmd.Wait() // it has crashed
			if !strings.Contains(l.p.String(), "goroutine 1 gp=") {
				t.Error("there was no dump of goroutines")
			}
			l.found["what the process wrote"] = []byte(l.p.String())
			l.files(l.dir) // as a kill left it: with the log of what was written
			l.files(l.folder)
			l.run("", "key renew")
			l.files(l.dir)
			l.nodeSecrets()
			l.search()
		})
	}
}

// TestSearchFinds: what the search looks for it would find, in each form.
func TestSearchFinds(t *testing.T) {
	secret := "7000001:AAsecret/+part"
	for _, before := range []string{"", "a", "ab", "abc"} {
		for name, written := range map[string]string{
			"plain": before + secret + "!", "hex": hex.EncodeToString([]byte(secret)), "query": "q=" + url.QueryEscape(secret),
			"base64": base64.StdEncoding.EncodeToString([]byte(before + secret + "!")), "base64url": base64.URLEncoding.EncodeToString([]byte(before + secret + "!")),
		} {
			found := false
			for _, needle := range formsOf(secret) {
				found = found || strings.Contains(written, needle)
			}
			if !found {
				t.Errorf("%s after %q is not found in %s", name, before, written)
			}
		}
	}
}

// TestRedacted: what looks like a token leaves the program in no way that it is
// written in URLs.
func TestRedacted(t *testing.T) {
	const token = "123456789:AAFwrongwrongwrongwrongwrongwrong00"
	var out bytes.Buffer
	w := redacted{&out}
	for _, text := range []string{token, "http://host/bot" + token + "/getMe", url.QueryEscape(token), strings.Replace(token, ":", "%3a", 1), botapi.WebhookPath + token} {
		if n, err := io.WriteString(w, text+"\n"); err != nil || n != len(text)+1 {
			t.Error(n, err)
		}
	}
	if strings.Contains(out.String(), "wrongwrong") {
		t.Error(out.String())
	}
}
