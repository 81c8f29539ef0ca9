package leaks

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// row is a line of the table in doc.go: what is promised, and what shows it.
var row = regexp.MustCompile(`(?m)^//\t(.+?)   +(.+)$`)

// where are the folders of the packages that it names.
var where = map[string]string{"privacy": "tenants/privacy", "store": "tenants/store", "world": "bench/world", "topicdesk": "cmd/topicdesk"}

// TestPromises: what doc.go names as a proof is there.
func TestPromises(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	rows := row.FindAllStringSubmatch(string(doc), -1)
	if len(rows) < 20 {
		t.Fatalf("%d promises", len(rows))
	}
	for _, r := range rows {
		for _, proofs := range strings.Split(r[2], "; ") {
			pkg, names, inPackage := strings.Cut(proofs, ": ")
			if !inPackage {
				pkg, names = "", proofs
			}
			for _, name := range strings.Split(names, ", ") {
				if !there(t, pkg, name) {
					t.Errorf("%s: there is no %s %s", r[1], pkg, name)
				}
			}
		}
	}
}

// there tells that there is a function in a package, or without one a script.
func there(t *testing.T, pkg, name string) bool {
	t.Helper()
	if name == "*" {
		return true
	}
	script := filepath.Join("..", "world", "testdata", name+".txt")
	if inDialog, ok := strings.CutPrefix(name, "dialog/"); ok {
		script = filepath.Join("..", "..", "tenants", "dialog", "testdata", inDialog+".txt")
	}
	if pkg == "" {
		_, err := os.Stat(script)
		return err == nil
	}
	files, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(where[pkg]), "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	function := regexp.MustCompile(`(?m)^func (\([^)]*\) )?` + regexp.QuoteMeta(name))
	for _, file := range files {
		if source, err := os.ReadFile(file); err == nil && function.Match(source) {
			return true
		}
	}
	return false
}
