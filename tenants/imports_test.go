package tenants_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "topicdesk"

// Libraries that the table names.
const (
	crypto     = "golang.org/x/crypto"
	gotd       = "github.com/gotd/td"
	hollywood  = "github.com/anthdm/hollywood/actor"
	koanf      = "github.com/knadh/koanf"
	prometheus = "github.com/prometheus/client_golang"
	sqlite     = "modernc.org/sqlite"
	telego     = "github.com/mymmrac/telego"
	unicode    = "golang.org/x/text"
	yaml       = "go.yaml.in/yaml/v3"
	i18n       = "github.com/nicksnyder/go-i18n/v2"
	decoding   = "github.com/go-viper/mapstructure/v2"
)

// anything in place of a row's list lifts all limits but those of the
// standard library.
const anything = "..."

// row says what a folder may import beside the standard library. A name ending
// in /... stands for the folder and all below it. Own folders are named from
// the module's root; a library's name covers its subpackages.
type row struct {
	folder string
	may    []string
}

// table is the law: a folder that no row names fails the test. A row that
// names a folder exactly wins over one ending in /...
var table = []row{
	// Values. Folding case needs Unicode's own tables.
	{"tenants", []string{"tenants/hours", "tenants/say", unicode}},
	{"tenants/hours", []string{"tenants/say"}},
	// What the relay says, in its languages. Plural rules come from a library.
	{"tenants/say", []string{i18n, unicode, yaml}},
	// The rules (see pure): each knows the values, the dialog knows its helpers.
	{"tenants/privacy", []string{"tenants", "tenants/say"}},
	{"tenants/keyword", []string{"tenants", "tenants/say", unicode}},
	{"tenants/command", []string{"tenants", "tenants/say", unicode}},
	{"tenants/dialog", []string{"tenants", "tenants/say", "tenants/privacy", "tenants/keyword", "tenants/command"}},
	{"tenants/pace", []string{"tenants", "tenants/dialog"}},
	{"tenants/onboard", []string{"tenants", "tenants/say"}},
	{"tenants/reckon", []string{"tenants"}},

	// SQL stops here: decisions go in, rows stay behind.
	{"schema", nil},
	{"schema/fixture", nil}, // of tests
	{"tenants/store", []string{"tenants", "tenants/dialog", "tenants/reckon", "schema", sqlite}},
	{"tenants/registry", []string{"tenants", "schema", sqlite, crypto}},
	{"tenants/report", []string{"tenants", "schema", sqlite}},

	// Settings know nobody, so that everybody may be given them.
	{"configs", []string{koanf, yaml, decoding}},

	// The skin: the one package that sees Hollywood.
	{"actors", []string{hollywood}},

	// The port and its gateways: a library's types stop in its own folder.
	{"actors/telegram", []string{"tenants"}},
	{"actors/telegram/botapi", []string{"actors/telegram", "tenants", telego}},
	{"actors/telegram/mtproto", []string{"actors/telegram", "tenants", gotd}},
	{"actors/telegram/memory", []string{"actors/telegram", "tenants"}},
	{"actors/telegram/conformance", []string{"actors/telegram", "tenants"}},

	// Counts for whoever watches: told by those who own what is counted.
	{"actors/meter", []string{"tenants", "tenants/dialog", prometheus}},

	// What the owners of lanes share.
	{"actors/lane", []string{"actors", "tenants", "tenants/dialog", "tenants/pace"}},

	// The actors: only the tenant's opens the file, only the connection's calls
	// Telegram (batches and tries pass through the tenant as values). The tenant
	// knows the messages of all, the topic those of the chat to which it hands on
	// what is for the client.
	{"actors/tenant", []string{"actors", "actors/lane", "actors/meter", "actors/chat", "actors/topic", "actors/group", "actors/connection",
		"actors/tenant/calls", "actors/telegram", "tenants", "tenants/dialog", "tenants/command", "tenants/keyword", "tenants/onboard", "tenants/pace",
		"tenants/privacy", "tenants/reckon", "tenants/store"}},
	{"actors/tenant/calls", []string{"actors/telegram", "tenants", "tenants/dialog", "tenants/store"}},
	{"actors/chat", []string{"actors", "actors/lane", "tenants", "tenants/dialog", "tenants/command", "tenants/pace", "tenants/privacy"}},
	{"actors/topic", []string{"actors", "actors/chat", "actors/lane", "tenants", "tenants/dialog", "tenants/command", "tenants/privacy"}},
	{"actors/group", []string{"actors", "actors/lane", "tenants", "tenants/dialog", "tenants/command", "tenants/onboard", "tenants/pace"}},
	{"actors/connection", []string{"actors", "actors/telegram", "tenants", "tenants/dialog", "tenants/pace", "tenants/privacy"}},

	// Files and folders, and work on lists: whatever is in them.
	{"actors/disk", nil},
	{"actors/crew", nil},

	// Copies of what a node keeps; the desk has the files.
	{"actors/backup", []string{"actors/crew", "actors/disk", "actors/web", "schema", "tenants", "tenants/dialog", "tenants/registry", "tenants/store"}},

	// That somebody is gone from a file, read as a thief would.
	{"actors/proof", []string{"actors/disk", "actors/web", "tenants", "tenants/store"}},

	// Who may stand at a door, whatever is behind it.
	{"actors/door", nil},

	// The node joins them; the doors ask the node.
	{"actors/node", []string{"actors/...", "tenants/..."}},
	{"actors/admission", []string{"tenants"}},
	{"actors/login", []string{"actors/admission", "actors/meter", "actors/telegram", "actors/telegram/botapi", "configs", "tenants", "tenants/registry"}},
	{"actors/setup", []string{"actors", "actors/telegram", "tenants", "tenants/onboard", "tenants/registry"}},
	{"actors/webhook", []string{"actors", "actors/admission", "actors/door", "actors/login", "actors/meter", "actors/node", "actors/telegram",
		"actors/telegram/botapi", "actors/tenant", "tenants", "tenants/registry"}},
	{"actors/web", []string{"actors", "actors/node", "actors/tenant", "tenants", "tenants/dialog", "tenants/onboard",
		"tenants/registry", "tenants/report", "tenants/say", "tenants/store"}},

	// One process of the relay is joined from all of these.
	{"actors/house", []string{"actors", "actors/admission", "actors/backup", "actors/disk", "actors/door", "actors/keyring", "actors/login", "actors/meter", "actors/node", "actors/telegram", "actors/tenant",
		"actors/web", "actors/webhook", "configs", "tenants", "tenants/onboard", "tenants/pace", "tenants/registry", "tenants/store", prometheus}},

	// The key that opens the registry, and what is wrong with all of it.
	{"actors/keyring", []string{"actors/backup", "configs", "tenants/registry"}},
	{"actors/doctor", []string{"actors/backup", "actors/crew", "actors/disk", "actors/house", "actors/keyring", "actors/login", "actors/telegram",
		"actors/telegram/botapi", "actors/web", "actors/webhook", "configs", "schema", "tenants", "tenants/onboard", "tenants/registry", "tenants/store"}},

	// The simulated Telegram is judged by others' work, so it shares no code with
	// the relay; a library's types stop at its doors.
	{"bench/telegram", []string{telego, unicode}}, // of telego its Caller: the door in process
	{"bench/telegram/...", []string{"bench/telegram/...", telego, unicode}},
	{"bench/telegram/faultplan", []string{"bench/telegram", yaml}},
	{"bench/spec", nil}, // judges it, and shares nothing with it

	// Programs, scenarios and worlds join everything.
	{"bench/...", []string{anything}},
	{"cmd/...", []string{anything}},
}

// pure are the packages that decide. They get the time and whatever is random
// as values, so that a decision can be repeated.
var pure = []string{
	"tenants", "tenants/hours", "tenants/privacy", "tenants/keyword", "tenants/command",
	"tenants/dialog", "tenants/pace", "tenants/onboard", "tenants/reckon",
}

// calm is all of the standard library that a pure package may import.
var calm = strings.Fields(`
	bytes cmp encoding/json errors fmt iter maps math math/bits regexp slices sort
	strconv strings time unicode unicode/utf16 unicode/utf8
	crypto/hmac crypto/sha256 encoding/base32 encoding/binary encoding/hex hash/fnv`)

// clocks are the parts of package time that look at a clock or wait for one.
var clocks = []string{
	"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "NewTimer", "NewTicker", "Tick",
}

// TestImports holds every Go file of the module, tests apart, against table.
func TestImports(t *testing.T) {
	root := moduleRoot(t)
	files := 0
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if name != root && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		files++
		source, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		inside, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		for _, fault := range faults(filepath.ToSlash(inside), source) {
			t.Error(fault)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files == 0 {
		t.Fatalf("no Go file found under %s", root)
	}
}

// TestImportsCatches shows that the table bites.
func TestImportsCatches(t *testing.T) {
	tests := map[string]struct {
		file, source, want string // want: part of the only fault; "" = none
	}{
		"a rule may import a value": {
			"tenants/dialog/a.go", `package dialog; import "topicdesk/tenants"`, ""},
		"a rule may not import the store": {
			"tenants/dialog/a.go", `package dialog; import "topicdesk/tenants/store"`, "may not import topicdesk/tenants/store"},
		"a row is not for the folders below it": {
			"tenants/pace/deep/a.go", `package deep`, "no row for folder tenants/pace/deep"},
		"a folder without a row": {
			"util/a.go", `package util`, "no row for folder util"},
		"a library covers its subpackages": {
			"actors/telegram/botapi/a.go", `package botapi; import "github.com/mymmrac/telego/telegoapi"`, ""},
		"a library does not cover another of like name": {
			"tenants/store/a.go", `package store; import "modernc.org/sqlite3"`, "may not import modernc.org/sqlite3"},
		"telego stops at the gateway": {
			"actors/connection/a.go", `package connection; import "github.com/mymmrac/telego"`, "may not import github.com/mymmrac/telego"},
		"Hollywood stops at the skin": {
			"actors/chat/a.go", `package chat; import "github.com/anthdm/hollywood/actor"`, "may not import github.com/anthdm/hollywood/actor"},
		"an exact row wins over a wider one": {
			"bench/telegram/a.go", `package telegram; import "topicdesk/tenants"`, "may not import topicdesk/tenants"},
		"the node joins the actors": {
			"actors/node/a.go", `package node; import ("topicdesk/actors/chat"; "topicdesk/tenants/store"; "net/http")`, ""},
		"the node has no SQL": {
			"actors/node/a.go", `package node; import "modernc.org/sqlite"`, "may not import modernc.org/sqlite"},
		"programs may import all": {
			"cmd/topicdesk/main.go", `package main; import ("topicdesk/bench/telegram"; "github.com/alecthomas/kong")`, ""},
		"a rule has no network": {
			"tenants/pace/a.go", `package pace; import "net/http"`, "pure: may not import net/http"},
		"a rule has no context": {
			"tenants/pace/a.go", `package pace; import "context"`, "pure: may not import context"},
		"a rule has no clock": {
			"tenants/pace/a.go", `package pace; import "time"; var x = time.Now()`, "a.go:1: pure: time.Now"},
		"a clock under another name": {
			"tenants/pace/a.go", `package pace; import clock "time"; var x = clock.Since`, "pure: time.Since"},
		"a clock without a name": {
			"tenants/pace/a.go", `package pace; import . "time"; var x = Now()`, "pure: time imported without a name"},
		"durations are no clock": {
			"tenants/pace/a.go", `package pace; import "time"; var x = 2 * time.Second`, ""},
		"a rule starts no goroutine": {
			"tenants/pace/a.go", `package pace; func f() { go f() }`, "pure: starts a goroutine"},
		"a file that does not parse": {
			"tenants/pace/a.go", `pakage pace`, "expected 'package'"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := faults(test.file, []byte(test.source))
			if test.want == "" {
				if len(got) != 0 {
					t.Fatalf("faults %q, want none", got)
				}
				return
			}
			if len(got) != 1 || !strings.Contains(got[0], test.want) {
				t.Fatalf("faults %q, want one with %q", got, test.want)
			}
		})
	}
}

// faults lists what table and pure forbid in a file of the module, named from
// its root with slashes.
func faults(name string, source []byte) []string {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, source, parser.SkipObjectResolution)
	if err != nil {
		return []string{err.Error()}
	}
	folder := path.Dir(name)
	may, listed := allowed(folder)
	if !listed {
		return []string{fmt.Sprintf("%s: no row for folder %s in the table of tenants/imports_test.go", name, folder)}
	}
	isPure := slices.Contains(pure, folder)
	var found []string
	fault := func(at ast.Node, format string, args ...any) {
		where := fset.Position(at.Pos())
		found = append(found, fmt.Sprintf("%s:%d: ", where.Filename, where.Line)+fmt.Sprintf(format, args...))
	}
	for _, spec := range file.Imports {
		target, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			panic(err) // the parser has read it
		}
		switch {
		case standard(target):
			if isPure && !slices.Contains(calm, target) {
				fault(spec, "%s is pure: may not import %s", folder, target)
			}
		case !slices.ContainsFunc(may, func(entry string) bool { return covers(entry, target) }):
			fault(spec, "%s may not import %s", folder, target)
		}
	}
	if isPure {
		impurities(file, fault)
	}
	return found
}

// impurities reports looks at a clock and goroutines.
func impurities(file *ast.File, fault func(ast.Node, string, ...any)) {
	clock := ""
	for _, spec := range file.Imports {
		if spec.Path.Value != `"time"` {
			continue
		}
		clock = "time"
		if spec.Name != nil {
			clock = spec.Name.Name
		}
		if clock == "." {
			fault(spec, "pure: time imported without a name")
		}
	}
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.GoStmt:
			fault(node, "pure: starts a goroutine")
		case *ast.SelectorExpr:
			from, ok := node.X.(*ast.Ident)
			if ok && from.Name == clock && slices.Contains(clocks, node.Sel.Name) {
				fault(node, "pure: time.%s", node.Sel.Name)
			}
		}
		return true
	})
}

// allowed finds the row for a folder: the one that names it, else the longest
// that covers it.
func allowed(folder string) (may []string, listed bool) {
	best := ""
	for _, row := range table {
		if row.folder == folder {
			return row.may, true
		}
		above, wide := strings.CutSuffix(row.folder, "/...")
		if wide && len(row.folder) > len(best) && within(folder, above) {
			best, may, listed = row.folder, row.may, true
		}
	}
	return may, listed
}

// covers tells whether an entry of a row allows an import path.
func covers(entry, target string) bool {
	if entry == anything {
		return true
	}
	inside, own := strings.CutPrefix(target, module+"/")
	if !own {
		return within(target, entry)
	}
	if above, wide := strings.CutSuffix(entry, "/..."); wide {
		return within(inside, above)
	}
	return inside == entry
}

// within tells whether a path is the given one or lies below it.
func within(target, above string) bool {
	return target == above || strings.HasPrefix(target, above+"/")
}

// standard tells the standard library's paths: their first part has no dot and
// is not ours.
func standard(target string) bool {
	first, _, _ := strings.Cut(target, "/")
	return first != module && !strings.Contains(first, ".")
}

func moduleRoot(t *testing.T) string {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			t.Fatal("no go.mod above the test")
		}
		folder = parent
	}
}
