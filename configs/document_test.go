package configs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// TestDefaultFile: the file names every setting, in the order of Config, with a
// comment above each, and nothing else.
func TestDefaultFile(t *testing.T) {
	var document yaml.Node
	if err := yaml.Unmarshal(defaults, &document); err != nil {
		t.Fatal(err)
	}
	var named []string
	explained(t, document.Content[0], "", &named)
	if want := keys(); !slices.Equal(named, want) {
		t.Errorf("the file names\n%s\nConfig has\n%s", strings.Join(named, "\n"), strings.Join(want, "\n"))
	}
}

func explained(t *testing.T, section *yaml.Node, above string, named *[]string) {
	for i := 0; i < len(section.Content); i += 2 {
		name, value := section.Content[i], section.Content[i+1]
		key := above + name.Value
		if value.Kind == yaml.MappingNode {
			explained(t, value, key+".", named)
			continue
		}
		*named = append(*named, key)
		if name.HeadComment == "" {
			t.Errorf("line %d: %s has no comment above it", name.Line, key)
		}
	}
}

// TestFieldsDocumented: every field of Config and its sections has a comment.
func TestFieldsDocumented(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "config.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	settings := 0
	ast.Inspect(file, func(node ast.Node) bool {
		field, ok := node.(*ast.Field)
		if ok && field.Tag != nil {
			settings++
			if field.Doc == nil {
				t.Errorf("%s has no comment", field.Names[0].Name)
			}
		}
		return true
	})
	if settings < len(fields) {
		t.Errorf("%d fields seen, of at least %d", settings, len(fields))
	}
}

// TestVariables: each setting has a variable of its own, and back.
func TestVariables(t *testing.T) {
	if got, want := variable("http.listen"), "TOPICDESK_HTTP__LISTEN"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	seen := map[string]bool{}
	for _, key := range keys() {
		name := variable(key)
		if keyOf(name) != key || seen[name] || slices.Contains(reserved, name) || orchestrated.MatchString(name+"=x") {
			t.Errorf("%s has variable %s, which is not its own", key, name)
		}
		seen[name] = true
	}
}

// TestKinds: parse knows the kind of every setting.
func TestKinds(t *testing.T) {
	for _, f := range fields {
		value, err := parse(show(f.value(Default())), f.kind)
		if err != nil {
			t.Errorf("%s: %v", f.key, err)
		}
		if reflect.TypeOf(value) != f.kind {
			t.Errorf("%s: parse gives %T", f.key, value)
		}
	}
}
