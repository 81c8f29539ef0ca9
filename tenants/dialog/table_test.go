package dialog

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"topicdesk/tenants"
)

var rewrite = flag.Bool("rewrite", false, "write testdata anew instead of comparing with it")

var statuses = []Status{None, UserAnswered, SupportAnswered, Closed}

var happenings = []Happening{
	ClientWrites, ClientLeft, Unmatched, TeamWrites, Accepted, Undelivered, Hold, Wait, Close, TimeIsUp,
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

// TestContentTable holds the table of kinds against the values of the messages.
func TestContentTable(t *testing.T) {
	kinds := constants(t, "Kind")
	for _, k := range kinds {
		if _, ok := carriages[tenants.Kind(k)]; !ok {
			t.Errorf("no row for kind %q", k)
		}
	}
	if len(kinds) != len(carriages) {
		t.Errorf("%d rows for %d kinds", len(carriages), len(kinds))
	}
	var b strings.Builder
	for _, k := range kinds {
		row := carriages[tenants.Kind(k)]
		bound := string(row.Bound)
		if bound == "" {
			bound = "note"
		}
		fmt.Fprintf(&b, "%-12s free=%-8s bound=%-6s text=%-5t caption=%-5t album=%-5t editable=%-5t %s\n",
			k, row.Free, bound, row.AsText, row.Caption, row.Album, row.Editable, row.Noun)
	}
	golden(t, "testdata/content.golden", b.String())
}

// TestServiceTable holds the table of service messages against the values.
func TestServiceTable(t *testing.T) {
	all := constants(t, "Service")
	for _, s := range all {
		if _, ok := services[tenants.Service(s)]; !ok {
			t.Errorf("no row for service %q", s)
		}
	}
	if len(all) != len(services) {
		t.Errorf("%d rows for %d service messages", len(services), len(all))
	}
}

// constants reads the values of a string type from the package tenants.
func constants(t *testing.T, typeName string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", "message.go"), nil, 0)
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
