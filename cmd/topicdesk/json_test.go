package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"topicdesk/actors/web"
)

// jsonRows are one call of each command, in an order in which they work. ANY is
// something of the test's own folder.
var jsonRows = []struct {
	command string // as the grammar has it
	args    string // after it
	in      string // what the input holds; TOKEN is the bot's token
	code    int
}{
	{command: "tenant add", args: "acme --token-file -", in: "TOKEN"},
	{command: "tenant add-from", args: "-", in: "second, HELPER\n"},
	{command: "tenant rm", args: "second --yes"},
	{command: "tenant list"},
	{command: "tenant show", args: "acme"},
	{command: "tenant set", args: "acme AUTOCLOSE 12"},
	{command: "tenant backup", args: "acme ANY/copy"},
	{command: "tenant restore", args: "acme ANY/copy"},
	{command: "backup", args: "ANY/node"},
	{command: "tenant token", args: "acme --token-file -", in: "TOKEN"},
	{command: "tenant add-helper", args: "acme --token-file -", in: "HELPER"},
	{command: "tenant remove-helper", args: "acme 2"},
	{command: "tenant set-aside list", args: "acme"},
	{command: "tenant acts", args: "acme"},
	{command: "tenant set-aside retry", args: "acme"},
	{command: "tenant export", args: "acme -o ANY/export"},
	{command: "tenant forget", args: "acme @nobody --yes", code: exitUnknown},
	{command: "outbox list", args: "acme"},
	{command: "outbox retry", args: "acme 1", code: exitFailed},
	{command: "outbox drop", args: "acme 1", code: exitRefused},
	{command: "restore", args: "--tenant acme ANY/node"},
	{command: "key show"},
	{command: "key renew"},
	{command: "key lost", args: "--yes", code: exitRefused},
	{command: "tenant stop", args: "acme"},
	{command: "tenant start", args: "acme"},
	{command: "completion", args: "bash"},
	{command: "complete", args: "-- tenant s"},
	{command: "check"},
	{command: "doctor"},
	{command: "health", code: exitFailed},
	{command: "serve"},
	{command: "demo"},
	{command: "simulator"},
}

// apart runs the program and gives what it prints by output. One that runs until it
// is ended is ended after its first line.
func apart(t *testing.T, in string, args ...string) (code int, out, errs string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var refusals bytes.Buffer
	said := newOutput()
	go func() {
		said.find(t, `({"line":.*})`)
		cancel()
	}()
	m := Main{Args: args, In: strings.NewReader(in), Out: said, Err: &refusals}
	code = m.Run(ctx)
	_, _ = io.WriteString(said, `{"line":""}`) // ends the waiting
	return code, strings.TrimSuffix(said.String(), `{"line":""}`), refusals.String()
}

// TestEveryCommandAnswersInJSON: what it says it prints, and an error as one too,
// with the same exit code.
func TestEveryCommandAnswersInJSON(t *testing.T) {
	s := newScene(t)
	_, helper := s.world.bot("helper_bot")
	settings := []string{"--set", "simulator.listen=127.0.0.1:0"}
	for _, setting := range s.settings[:2] { // data_dir and api_root; no bot_token
		settings = append(settings, "--set", setting)
	}
	folder := t.TempDir()
	var g grammar
	leaves := map[string]*kong.Node{}
	for _, leaf := range newParser(&g, io.Discard, io.Discard).Model.Leaves(false) {
		leaves[leaf.Path()] = leaf
	}
	for _, row := range jsonRows {
		t.Run(row.command, func(t *testing.T) {
			leaf := leaves[row.command]
			if leaf == nil {
				t.Fatal("there is no such command")
			}
			delete(leaves, row.command)
			args := slices.Concat(settings, []string{"--json"}, strings.Fields(row.command))
			for _, arg := range strings.Fields(row.args) {
				args = append(args, strings.ReplaceAll(arg, "ANY", folder))
			}
			in := strings.NewReplacer("TOKEN", s.token, "HELPER", helper).Replace(row.in)
			code, out, errs := apart(t, in, args...)
			if code != row.code {
				t.Fatalf("exit code %d, want %d:\n%s%s", code, row.code, out, errs)
			}
			if code != exitDone {
				isFailure(t, errs)
			} else {
				isAnswer(t, leaf, out)
			}
			if strings.Contains(out+errs, s.token) {
				t.Error("a token was printed")
			}
			code, _, errs = apart(t, "", append([]string{"--nonsense"}, args...)...)
			if code != exitUsage {
				t.Errorf("exit code %d of a wrong flag", code)
			}
			isFailure(t, errs)
		})
	}
	for command := range leaves {
		t.Errorf("%s: no row for it", command)
	}
}

// isAnswer checks that what a command printed is what it says.
func isAnswer(t *testing.T, leaf *kong.Node, out string) {
	t.Helper()
	of, ok := leaf.Target.Addr().Interface().(answering)
	if !ok {
		t.Fatalf("it does not say what its answer is")
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if _, many := of.Answer().(line); len(lines) != 1 && !many {
		t.Errorf("%d lines:\n%s", len(lines), out)
	}
	for _, text := range lines {
		d := json.NewDecoder(strings.NewReader(text))
		d.DisallowUnknownFields()
		if err := d.Decode(reflect.New(reflect.TypeOf(of.Answer())).Interface()); err != nil {
			t.Errorf("%v in %s", err, text)
		}
		if strings.Contains(text, ":null") {
			t.Errorf("a list that is null: %s", text)
		}
	}
}

// isFailure checks that the last thing said is an error.
func isFailure(t *testing.T, errs string) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(errs), "\n")
	var f failure
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &f); err != nil || f.Error == "" {
		t.Errorf("%v in %s", err, errs)
	}
}

// TestAddTellsNextStep: who adds a tenant by a program learns what binds its group.
func TestAddTellsNextStep(t *testing.T) {
	s := newScene(t)
	s.settings = s.settings[:2]
	view := func(in string, args ...string) (v web.View) {
		code, printed := s.command(in, append([]string{"--json"}, args...)...)
		if err := json.Unmarshal([]byte(printed), &v); err != nil || code != exitDone || len(v.Connections) != 1 {
			t.Fatalf("%v: %d %v\n%s", args, code, err, printed)
		}
		return v
	}
	added := view(s.token, "tenant", "add", "acme", "--token-file", "-").Connections[0]
	shown := view("", "tenant", "show", "acme").Connections[0]
	if added.Code == "" || added.Code != shown.Code || len(added.Steps) == 0 {
		t.Errorf("added with the code %q and the steps %q; show tells %q", added.Code, added.Steps, shown.Code)
	}
}
