package dialog

import (
	"cmp"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

var rewrite = flag.Bool("rewrite", false, "write testdata anew instead of comparing with it")

var statuses = []Status{None, UserAnswered, SupportAnswered, Closed}

var happenings = []Happening{
	ClientWrites, ClientLeft, Unmatched, TeamWrites, Accepted, Undelivered, Hold, Wait, Close, TimeIsUp, ReactedTo,
}

// TestStatusTable prints the table into testdata/status.golden, to be reviewed
// as a diff, and fails for a missing row.
func TestStatusTable(t *testing.T) {
	var b strings.Builder
	for _, from := range statuses {
		if len(steps[from]) != len(happenings) {
			t.Errorf("%s has %d rows, want %d", statusName(from), len(steps[from]), len(happenings))
		}
		for _, h := range happenings {
			row := step(from, h)
			fmt.Fprintf(&b, "%-5s %-40s → %-5s%s\n", statusName(from), h, statusName(row.To), stepWords(row))
		}
	}
	golden(t, "testdata/status.golden", b.String())
}

func stepWords(s Step) string {
	var on string
	for _, w := range []struct {
		on   bool
		name string
	}{
		{s.Relay, "relay"}, {s.Begins, "card"}, {s.Greets, "welcome"}, {s.Ours, "ours"}, {s.Clock, "clock"},
		{s.Created, "created"}, {s.Reopens, "reopened"}, {s.Closes, "closed"}, {s.Loud, "loud"},
	} {
		if w.on {
			on += " " + w.name
		}
	}
	return on
}

func statusName(s Status) string {
	if s == None {
		return "none"
	}
	return square(s)
}

// TestContentTable holds the table of kinds against the values of the messages,
// and prints it into testdata/content.golden, to be reviewed.
func TestContentTable(t *testing.T) {
	kinds := slices.Concat(tenants.Kinds, []tenants.Kind{tenants.KindOther, tenants.KindService})
	if all := constants(t, "Kind"); len(all) != len(kinds) || len(all) != len(carriages) {
		t.Errorf("%d kinds, %d of them listed, %d rows", len(all), len(kinds), len(carriages))
	}
	var b strings.Builder
	for _, k := range kinds {
		row, ok := carriages[k]
		if !ok {
			t.Errorf("no row for kind %q", k)
		}
		fmt.Fprintf(&b, "%-18s %-8s bound=%-8s hidden=%-9s%s  %s\n", k, shownWay(row, row.Free), shownWay(row, cmp.Or(row.Bound, row.Free)),
			row.Hidden, can(row), row.Noun.In(say.English))
	}
	golden(t, "testdata/content.golden", b.String())
}

func shownWay(row carriage, w Way) string {
	switch {
	case row.AsText:
		return "text"
	case w == Write:
		return "anew"
	case w == "":
		return "note"
	default:
		return string(w)
	}
}

// can lists what a kind can: carry words, be a part of an album, be edited, and
// be an answer, which forwards can't.
func can(row carriage) string {
	out := ""
	for _, c := range []struct {
		what string
		is   bool
	}{{"caption", row.Caption}, {"album", row.Album}, {"edit", row.Editable}, {"reply", row.Free != Forward}} {
		if !c.is {
			c.what = ""
		}
		out += fmt.Sprintf(" %-7s", c.what)
	}
	return out
}

// TestServiceTable holds the table of service messages against the values.
func TestServiceTable(t *testing.T) {
	for _, s := range tenants.Services {
		if _, ok := services[s]; !ok {
			t.Errorf("no row for service %q", s)
		}
	}
	if all := constants(t, "Service"); len(all) != len(services) || len(all) != len(tenants.Services) {
		t.Errorf("%d rows for %d service messages, %d of them listed", len(services), len(all), len(tenants.Services))
	}
}

// constants reads the values of a string type from the package tenants.
func constants(t *testing.T, typeName string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", "kind.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var values []string
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if id, ok := spec.Type.(*ast.Ident); ok && id.Name == typeName {
			value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			values = append(values, value)
		}
		return true
	})
	if len(values) == 0 {
		t.Fatalf("no constants of type %s", typeName)
	}
	return values
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *rewrite {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s differs (run with -rewrite and review the diff):\n%s", name, difference(string(want), got))
	}
}

// difference shows the first line that differs, with its neighbours.
func difference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := 0; i < max(len(w), len(g)); i++ {
		if line(w, i) != line(g, i) {
			return fmt.Sprintf("line %d\nwant: %s\n got: %s", i+1, line(w, i), line(g, i))
		}
	}
	return ""
}

func line(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(end)"
}

// TestReasonWords: each reason of a refusal has words of ours, each remedy a
// button, and what can be said has no place for Telegram's own words.
func TestReasonWords(t *testing.T) {
	for _, r := range append(slices.Clone(tenants.Reasons), "") {
		for _, l := range say.Languages() {
			if k, ok := reasonKeys[r]; !ok || !strings.HasSuffix(k.In(l), ".") {
				t.Errorf("reason %q says %q in %s", r, k, l)
			}
		}
	}
	if len(reasonKeys) != len(tenants.Reasons)+1 {
		t.Errorf("%d reasons, words for %d", len(tenants.Reasons)+1, len(reasonKeys))
	}
	for reason, offered := range remedies {
		for _, v := range offered {
			if pressWords[v] == "" || !slices.Contains(verbs, v) {
				t.Errorf("reason %q offers %q, which is no button", reason, v)
			}
		}
	}
	for as := tenants.AsNone; as <= tenants.AsBody; as++ {
		o := tenants.Outcome{Kind: tenants.Refused, As: as, Why: "Bad Request: TELEGRAM"}
		if words := (Facts{}).whyRefused(o); strings.Contains(words, "TELEGRAM") {
			t.Errorf("%d is told as %q", as, words)
		}
	}
}
