package store_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"topicdesk/schema"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// TestChecksListTheConstants compares the lists of the schema's CHECKs with the
// constants of Go, which are read from the source so that none is forgotten.
func TestChecksListTheConstants(t *testing.T) {
	text := tables()
	for _, test := range []struct {
		column, folder, kind string
		more                 []string // values of the schema that are no constant
	}{
		{"status", "../dialog", "Status", nil},
		{"side", "../dialog", "Side", nil},
		{"origin", "../dialog", "Origin", nil},
		{"chat_kind", "..", "ChatKind", nil},
		{"events.kind", "../dialog", "EventKind", nil},
		{"connections.kind", ".", "LoginKind", nil},
		{"params.kind", "..", "ChatKind", []string{""}},
		{"lack", "../dialog", "Lack", nil},
	} {
		want := append(constants(t, test.folder, test.kind), test.more...)
		got := checked(t, text, test.column)
		slices.Sort(want)
		slices.Sort(got)
		equal(t, test.column, got, want)
	}
}

// TestChecksListTheEffects compares with the types that implement Effect.
func TestChecksListTheEffects(t *testing.T) {
	text := tables()
	methods := regexp.MustCompile(`(?m)^func \(\*(\w+)\) isEffect\(\)`).FindAllStringSubmatch(source(t, "../dialog"), -1)
	var want []string
	for _, method := range methods {
		want = append(want, strings.ToLower(regexp.MustCompile(`(.)([A-Z])`).ReplaceAllString(method[1], "${1}_${2}")))
	}
	got := checked(t, text, "effect")
	slices.Sort(want)
	slices.Sort(got)
	equal(t, "effects", got, want)
	equal(t, "classes", int(dialog.ClassTitle), 5) // CHECK (class BETWEEN 0 AND 5)
}

// tables are all migrations of a tenant's file.
func tables() string {
	var all strings.Builder
	for _, name := range must(filepath.Glob("../../schema/tenant/*.sql")) {
		all.Write(must(os.ReadFile(name)))
	}
	text := all.String()
	for _, anew := range regexp.MustCompile(`ALTER TABLE (\w+) RENAME TO (\w+)`).FindAllStringSubmatch(text, -1) {
		text = strings.ReplaceAll(text, "CREATE TABLE "+anew[2]+" (", "CREATE TABLE before (") // made anew since
		text = strings.ReplaceAll(text, "CREATE TABLE "+anew[1]+" (", "CREATE TABLE "+anew[2]+" (")
	}
	return text
}

func source(t *testing.T, folder string) string {
	t.Helper()
	var all strings.Builder
	for _, name := range must(filepath.Glob(filepath.Join(folder, "*.go"))) {
		if !strings.HasSuffix(name, "_test.go") {
			all.Write(must(os.ReadFile(name)))
		}
	}
	return all.String()
}

// constants lists the values of a string type's constants in a folder.
func constants(t *testing.T, folder, kind string) (values []string) {
	t.Helper()
	for _, name := range must(filepath.Glob(filepath.Join(folder, "*.go"))) {
		file := must(parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution))
		ast.Inspect(file, func(node ast.Node) bool {
			spec, ok := node.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if is, ok := spec.Type.(*ast.Ident); ok && is.Name == kind {
				for _, value := range spec.Values {
					values = append(values, must(strconv.Unquote(value.(*ast.BasicLit).Value)))
				}
			}
			return true
		})
	}
	if len(values) == 0 {
		t.Fatalf("no constant of %s in %s", kind, folder)
	}
	return values
}

// checked lists the values that a column's CHECK allows; "table.column" names
// the table.
func checked(t *testing.T, text, column string) (values []string) {
	t.Helper()
	if table, name, ok := strings.Cut(column, "."); ok {
		_, text, _ = strings.Cut(text, "CREATE TABLE "+table+" (")
		column = name
	}
	list := regexp.MustCompile(`CHECK \(` + column + ` IN\s*\(([^)]*)\)`).FindStringSubmatch(text)
	if list == nil {
		t.Fatalf("no CHECK of %s", column)
	}
	for _, value := range regexp.MustCompile(`'([^']*)'`).FindAllStringSubmatch(list[1], -1) {
		values = append(values, value[1])
	}
	return values
}

func TestEffectsRoundTrip(t *testing.T) {
	f := open(t)
	f.client()
	quote := &tenants.Quote{Text: tenants.Plain("q"), Position: 3}
	send := dialog.Send{
		Way: dialog.Write, Album: "a", Silent: true, Thread: 4, Internal: true, Lost: true,
		Parts: []dialog.Part{{Source: fromYuki(1), Content: tenants.Content{
			Kind: tenants.KindPhoto, Text: tenants.Text{Text: "x", Entities: []tenants.Entity{{Kind: "bold", Length: 1}}},
			File: &tenants.File{ID: "f", UniqueID: "u"}, Place: &tenants.Place{Latitude: 1.5},
		}}},
		Reply:   dialog.Reply{Of: fromYuki(9), Quote: quote},
		Buttons: []dialog.Button{{Text: "b", Data: "d", URL: "u"}},
	}
	for _, effect := range []dialog.Effect{
		&send,
		&dialog.Open{Color: 7},
		&dialog.Rename{},
		&dialog.SetOpen{Open: true},
		&dialog.Edit{Of: fromYuki(8), New: send, Fallback: true},
		&dialog.React{Message: inGroup(1), Emoji: "👌"},
		&dialog.Delete{Message: inGroup(2)},
		&dialog.AnswerPress{Query: "q", Text: "t"},
	} {
		job := incoming(1, "")
		job.Effect, job.NotBefore = effect, start
		id := f.queue(job)[0]
		equal(t, fmt.Sprintf("%T", effect), must(f.Job(id)).Job, job)
	}
}

func TestRefusedFiles(t *testing.T) {
	for name, test := range map[string]struct {
		script string
		want   error
	}{
		"newer":   {"PRAGMA user_version = 99", schema.ErrNewer},
		"foreign": {"PRAGMA application_id = 1", schema.ErrForeign},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.db")
			s := must(store.Open(path, store.Options{}))
			if err := errors.Join(s.Script(test.script), s.Close()); err != nil {
				t.Fatal(err)
			}
			_, err := store.Open(path, store.Options{})
			if !errors.Is(err, test.want) || !strings.Contains(err.Error(), path) {
				t.Fatal(err)
			}
		})
	}
	garbage := filepath.Join(t.TempDir(), "a.db")
	if err := os.WriteFile(garbage, []byte(strings.Repeat("not a database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(garbage, store.Options{}); err == nil {
		t.Error("opened garbage")
	}
	if _, err := store.Open(filepath.Join(t.TempDir(), "no", "folder", "a.db"), store.Options{}); err == nil {
		t.Error("made a folder")
	}
}

func TestOldSQLiteIsRefused(t *testing.T) {
	for version, old := range map[string]bool{
		"3.51.2": true, "3.51.3": false, "3.52.0": false, "4.0.0": false, "2.99.99": true, "3.51": true, "": true, "3.x.9": true,
	} {
		equal(t, version, store.Older(version, [3]int{3, 51, 3}), old)
	}
}
