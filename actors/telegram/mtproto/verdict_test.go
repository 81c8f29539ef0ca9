//go:build mtproto

package mtproto

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gotd/td/tgerr"

	"topicdesk/tenants"
)

var rewrite = flag.Bool("rewrite", false, "write golden files anew")

const errorsFile = "testdata/errors.txt"

// TestErrors judges every line of errors.txt, and wants a row for each.
func TestErrors(t *testing.T) {
	golden, err := os.ReadFile(errorsFile)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for line := range strings.Lines(string(golden)) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			fmt.Fprintln(&out, line)
			continue
		}
		question, want, _ := strings.Cut(line, " => ")
		method, chat, e := parseQuestion(t, question)
		outcome, known := judge(method, chat, e)
		if !known {
			t.Errorf("no row for: %s", question)
		}
		got := show(outcome)
		if got != want && !*rewrite {
			t.Errorf("%s\n got %s\nwant %s", question, got, want)
		}
		if needs := outcome.Kind == tenants.Refused || outcome.Gone == tenants.GoneRights; needs != (outcome.Reason != "") {
			t.Errorf("%s: reason %q", question, outcome.Reason)
		}
		fmt.Fprintf(&out, "%s => %s\n", question, got)
	}
	if *rewrite {
		if err := os.WriteFile(errorsFile, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestEveryRowIsMet finds types of the catalogue that no line of errors.txt
// meets first, so that none is dead.
func TestEveryRowIsMet(t *testing.T) {
	golden, err := os.ReadFile(errorsFile)
	if err != nil {
		t.Fatal(err)
	}
	met := map[string]bool{}
	for line := range strings.Lines(string(golden)) {
		question, _, found := strings.Cut(line, " => ")
		if !found || strings.HasPrefix(line, "#") {
			continue
		}
		method, _, e := parseQuestion(t, question)
		kind := strings.ToUpper(e.Type)
		for i, row := range catalogue {
			fits := func(pattern string) bool {
				start, open := strings.CutSuffix(pattern, "*")
				return kind == pattern || open && strings.HasPrefix(kind, start)
			}
			at := slices.IndexFunc(row.types, fits)
			if at >= 0 && (row.methods == "" || slices.Contains(strings.Fields(row.methods), method)) {
				met[fmt.Sprint(i, row.types[at])] = true
				break
			}
		}
	}
	for i, row := range catalogue {
		for _, pattern := range row.types {
			if !met[fmt.Sprint(i, pattern)] {
				t.Errorf("no line of errors.txt is for %s (%s)", pattern, row.methods)
			}
		}
	}
}

// parseQuestion reads "code method TEXT"; the chat is a group, or a private one
// where the method ends in -private, or none where it ends in -nowhere.
func parseQuestion(t *testing.T, question string) (method string, chat tenants.ChatID, e *tgerr.Error) {
	t.Helper()
	words := strings.Fields(question)
	if len(words) != 3 {
		t.Fatalf("line %q", question)
	}
	code, err := strconv.Atoi(words[0])
	if err != nil {
		t.Fatal(err)
	}
	method, chat = words[1], -1001
	if short, is := strings.CutSuffix(method, "-private"); is {
		method, chat = short, 7
	}
	if short, is := strings.CutSuffix(method, "-nowhere"); is {
		method, chat = short, 0
	}
	return method, chat, tgerr.New(code, words[2])
}

var (
	kindNames = map[tenants.OutcomeKind]string{
		tenants.Done: "done", tenants.Flood: "flood", tenants.Gone: "gone", tenants.Refused: "refused",
		tenants.NotSent: "not sent", tenants.Unsure: "unsure",
	}
	goneNames = map[tenants.GoneWhat]string{
		tenants.GoneTopic: "topic", tenants.GoneTopicClosed: "closed topic", tenants.GoneChat: "chat",
		tenants.GoneClient: "client", tenants.GoneRights: "rights", tenants.GoneLogin: "login",
	}
	asNames = map[tenants.RefusedAs]string{
		tenants.AsNone: "finally", tenants.AsPlain: "as plain", tenants.AsSplit: "as split", tenants.AsUnthreaded: "as unthreaded",
		tenants.AsFile: "as file", tenants.AsNote: "as note", tenants.AsBody: "as body", tenants.AsApart: "as apart",
	}
)

func show(o tenants.Outcome) string {
	parts := []string{kindNames[o.Kind]}
	switch o.Kind {
	case tenants.Flood:
		parts = append(parts, o.After.String())
		if o.Wide {
			parts = append(parts, "wide")
		}
	case tenants.Gone:
		parts = append(parts, goneNames[o.Gone])
	case tenants.Refused:
		parts = append(parts, asNames[o.As])
	}
	if o.Reason != "" {
		parts = append(parts, "("+string(o.Reason)+")")
	}
	return strings.Join(parts, " ")
}

// TestBroken: what is no answer of Telegram's is doubt, unless nothing left.
func TestBroken(t *testing.T) {
	for name, test := range map[string]struct {
		err  error
		want tenants.OutcomeKind
	}{
		"no answer in time":         {fmt.Errorf("rpc: %w", context.DeadlineExceeded), tenants.Unsure},
		"the connection ended":      {fmt.Errorf("engine: %w", context.Canceled), tenants.Unsure},
		"the read failed":           {&net.OpError{Op: "read", Err: errors.New("reset")}, tenants.Unsure},
		"the request was not whole": {fmt.Errorf("send: %w", &net.OpError{Op: "write", Err: errors.New("broken pipe")}), tenants.NotSent},
	} {
		if out := verdict("messages.sendMessage", 7, test.err); out.Kind != test.want {
			t.Errorf("%s: outcome %+v", name, out)
		}
	}
}

// TestKeys: the parts of a call have keys of their own that follow from its key.
func TestKeys(t *testing.T) {
	seen := map[tenants.SendKey]bool{}
	for _, key := range []tenants.SendKey{1, 2, -1, 1 << 62} {
		keys := keysOf(key, 10)
		if keys[0] != key || !slices.Equal(keys, keysOf(key, 10)) {
			t.Errorf("keys of %d: %v", key, keys)
		}
		for _, one := range keys {
			if one == 0 || seen[one] {
				t.Errorf("key %d of %d is used", one, key)
			}
			seen[one] = true
		}
	}
}
