package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"topicdesk/actors/proof"
)

// answered runs a command with --json and reads its answer.
func answered[T any](s *scene, args ...string) (out T) {
	s.t.Helper()
	for _, setting := range s.settings {
		args = append(args, "--set", setting)
	}
	var printed, errs bytes.Buffer
	code := Main{Args: append(args, "--json"), In: strings.NewReader(""), Out: &printed, Err: &errs}.Run(s.t.Context())
	if code != exitDone {
		s.t.Fatalf("%q: exit code %d:\n%s%s", args, code, &printed, &errs)
	}
	if err := json.Unmarshal(printed.Bytes(), &out); err != nil {
		s.t.Fatalf("%q: %v in %s", args, err, &printed)
	}
	if errs.Len() > 0 {
		s.t.Logf("%q: on the error output: %s", args, &errs)
	}
	return out
}

// talk has Zelda and Bob write to the tenant's bot, and Zelda be answered.
func (s *scene) talk() (zelda, bob int64) {
	s.t.Helper()
	zelda = s.make("/world/users", dict{"first_name": "Zeldana", "last_name": "Quill", "username": "zeldana_q"})
	bob = s.person("Bobby")
	s.say(zelda, s.bot, 0, "my parquet creaks")
	s.say(bob, s.bot, 0, "a word of Bobby")
	s.said(s.alma, s.forum, -1, "my parquet creaks")
	s.said(s.alma, s.forum, -1, "a word of Bobby")
	s.say(s.alma, s.forum, s.topicOf(s.alma, s.forum, "Zeldana Quill"), "we come tomorrow")
	s.said(zelda, s.bot, -1, "we come tomorrow")
	return zelda, bob
}

// holds tells which texts stand in a tenant's file or its log.
func (s *scene) holds(name string, texts ...string) (found []string) {
	s.t.Helper()
	path := filepath.Join(strings.TrimPrefix(s.settings[0], "data_dir="), "tenants", name+".db")
	for _, file := range []string{path, path + "-wal"} {
		content, err := os.ReadFile(file)
		if err != nil && file == path {
			s.t.Fatal(err)
		}
		for _, text := range texts {
			if bytes.Contains(content, []byte(text)) {
				found = append(found, text)
			}
		}
	}
	return found
}

// TestForgetAndExport: somebody is given all that is known of them, and is erased
// with proof; who is erased and writes again is new.
func TestForgetAndExport(t *testing.T) {
	for _, mode := range []string{"alone", "beside a node"} {
		t.Run(mode, func(t *testing.T) {
			s := newScene(t)
			r := start(t, s.settings, "serve")
			s.bind(r.output)
			zelda, _ := s.talk()
			traces := []string{"Zeldana", "Quill", "zeldana_q", fmt.Sprint(zelda)}
			if mode == "alone" {
				r.stop()
				if n := len(s.holds("default", traces...)); n != len(traces) {
					t.Errorf("%d of %d traces are in the file before", n, len(traces))
				}
			}
			words := strings.Fields
			file := filepath.Join(t.TempDir(), "zelda.json")
			s.expect(exitDone, "", words("tenant export default @zeldana_q -o "+file), "is exported to")
			s.expect(exitRefused, "", words("tenant export default @zeldana_q -o "+file), "exists already")
			s.isExport(file, 1, "zeldana_q", "Bobby")
			_, printed := s.command("", "tenant", "export", "default")
			s.isExportText([]byte(printed), 2, "Bobby", s.token)

			s.expect(exitUnknown, "", words("tenant forget default @nobody --yes"), `nobody is known as "@nobody"`)
			s.expect(exitRefused, "", words("tenant forget default @zeldana_q"), "say --yes")
			if got := s.holds("default", "zeldana_q"); mode == "alone" && len(got) == 0 {
				t.Error("it was erased unasked")
			}
			shown := answered[proof.Proof](s, "tenant", "forget", "default", "@zeldana_q", "--yes")
			if !shown.Proved || len(shown.Dialogs) != 1 || len(shown.Erased) < 4 || shown.Bytes == 0 {
				t.Errorf("%+v", shown)
			}
			if len(shown.Stays) < 3 || !strings.Contains(shown.Stays[0], "Zeldana Quill") {
				t.Errorf("stays: %q", shown.Stays)
			}
			if left := s.holds("default", traces...); len(left) > 0 {
				t.Errorf("still in the file: %v", left)
			}
			s.expect(exitUnknown, "", words("tenant forget default @zeldana_q --yes"), "nobody is known")
			_, printed = s.command("", "tenant", "export", "default")
			s.isExportText([]byte(printed), 1, "Bobby", "Zeldana")

			if mode == "alone" {
				start(t, s.settings, "serve")
			}
			s.say(zelda, s.bot, 0, "it creaks again")
			s.until("she has a topic anew", func() bool {
				n := 0
				for _, topic := range s.topics(s.alma, s.forum) {
					if strings.HasSuffix(topic.Name, "Zeldana Quill") {
						n++
					}
				}
				return n == 2
			})
			s.said(s.alma, s.forum, -1, "it creaks again")
		})
	}
}

func (s *scene) isExport(file string, clients int, has, hasNot string) {
	s.t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		s.t.Fatal(err)
	}
	s.isExportText(text, clients, has, hasNot)
}

func (s *scene) isExportText(text []byte, clients int, has, hasNot string) {
	s.t.Helper()
	var out struct {
		Form    int
		Tenant  string
		Clients []struct{ Dialogs, Topics, Events []map[string]any }
	}
	if err := json.Unmarshal(text, &out); err != nil {
		s.t.Fatalf("%v in %s", err, text)
	}
	if out.Form != 1 || out.Tenant != "default" || len(out.Clients) != clients || len(out.Clients[0].Topics) != 1 {
		s.t.Errorf("exported: %s", text)
	}
	if !bytes.Contains(text, []byte(has)) || bytes.Contains(text, []byte(hasNot)) {
		s.t.Errorf("%q has to be in it, %q not: %s", has, hasNot, text)
	}
}

// TestConfirm: at a terminal the word is asked for again, and nothing else does.
func TestConfirm(t *testing.T) {
	s := newScene(t)
	s.settings = s.settings[:2:2]
	s.expect(exitDone, s.token, strings.Fields("tenant add acme --token-file -"))
	var args []string
	for _, setting := range s.settings {
		args = append(args, "--set", setting)
	}
	args = append(args, "tenant", "forget", "acme", "@nobody")
	for typed, want := range map[string]int{"": exitRefused, "acme\n": exitRefused, "@nobody\n": exitUnknown} {
		out := newOutput()
		m := Main{Args: args, In: strings.NewReader(typed), Out: out, Err: out, Terminal: true}
		if code := m.Run(t.Context()); code != want || !strings.Contains(out.String(), "Type @nobody to go on") {
			t.Errorf("%q: exit code %d, want %d: %s", typed, code, want, out)
		}
	}
}
