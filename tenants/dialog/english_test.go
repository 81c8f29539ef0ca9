package dialog_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// sentence is what a literal has that people would read: two words.
var sentence = regexp.MustCompile(`\pL{2,}[^\pL]* [^\pL]*\pL{2,}`)

// unread are files with literals that no chat shows.
var unread = []string{
	"status.go",     // the names of happenings, for tests
	"quota.go",      // Quota.Words, for the host's list of tenants
	"unlabelled.go", // ends of file names
}

// names are literals of two words that nobody reads in a chat: what the log of who
// administered what calls an act (Act.Name), and what goes into a code.
var names = regexp.MustCompile(`^(say|ban|unban|label|set|topicdesk) [a-z]+\x00?$`)

// TestNoEnglish finds words of the relay that are not in the catalogue (package say):
// whatever a chat shows is there, in every language. A reason that only the host reads
// is the field Why of a Settlement, or given to pause.
func TestNoEnglish(t *testing.T) {
	for _, folder := range []string{".", "../onboard", "../../actors/group", "../../actors/topic", "../../actors/chat"} {
		files, err := filepath.Glob(folder + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatal(folder, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") || folder == "." && slices.Contains(unread, name) {
				continue
			}
			fset := token.NewFileSet()
			file, err := parser.ParseFile(fset, name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range shown(file) {
				if words, err := strconv.Unquote(l.Value); err == nil && sentence.MatchString(words) && !names.MatchString(words) {
					t.Errorf("%s: %q is said in English only: put it into package say", fset.Position(l.Pos()), words)
				}
			}
		}
	}
}

// shown are the literals of a file that a chat may show.
func shown(file *ast.File) (all []*ast.BasicLit) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec, *ast.Field: // a field's tag
			return false
		case *ast.ValueSpec:
			return len(n.Names) == 0 || !hosts(n.Names[0].Name)
		case *ast.KeyValueExpr:
			key, named := n.Key.(*ast.Ident)
			return !named || !hosts(key.Name)
		case *ast.AssignStmt:
			id, named := n.Lhs[0].(*ast.Ident)
			field, selected := n.Lhs[0].(*ast.SelectorExpr)
			return !(named && hosts(id.Name) || selected && hosts(field.Sel.Name))
		case *ast.CallExpr:
			return !hosts(called(n))
		case *ast.BinaryExpr: // compared with what somebody typed
			return n.Op != token.EQL && n.Op != token.NEQ
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				all = append(all, n)
			}
		}
		return true
	})
	return all
}

// hosts tells names of what only the host, or a programmer, reads.
func hosts(name string) bool {
	return slices.Contains([]string{"Why", "WhyFlood", "why", "pause", "panic", "Errorf", "Error", "Warn", "Info", "Debug"}, name)
}

// called is the name of a function that is called.
func called(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	default:
		return ""
	}
}
