//go:build mutants

package mutants

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
)

// inForce is the variable of the environment that names the one mutant of a
// woven program that is in force; without it the program is the right one.
const inForce = "MUTANT_IN_FORCE"

// weave writes all of a file's mutants into its source, so that one compilation
// serves all of them: a function gets the body of each of its mutants before its
// own, and takes the one that is in force. The mutants that are not inside one
// function, as those of a constant, come back in apart. The compiler and stacks
// name a mutant's lines by the mutant.
func weave(file, source string, of []mutant) (woven string, apart []mutant, err error) {
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, file, source, parser.SkipObjectResolution)
	if err != nil {
		return "", nil, err
	}
	woven, apart = source, slices.Clone(of)
	for _, decl := range slices.Backward(parsed.Decls) {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Body == nil {
			continue
		}
		from, to := set.Position(f.Body.Lbrace).Offset+1, set.Position(f.Body.Rbrace).Offset
		var bodies strings.Builder
		apart = slices.DeleteFunc(apart, func(m mutant) bool {
			at := strings.Index(source, m.old)
			if at < from || at+len(m.old) > to {
				return false
			}
			fmt.Fprintf(&bodies, "if mutantInForce == %q {\n//line %s:1\n%s\n", m.name, m.name, m.in(source[from:to]))
			if f.Type.Results == nil {
				bodies.WriteString("return\n")
			}
			bodies.WriteString("}\n")
			return true
		})
		if bodies.Len() > 0 {
			woven = fmt.Sprintf("%s\n%s\n//line %s:%d\n%s", woven[:from], bodies.String(), file, set.Position(f.Body.Lbrace).Line, woven[from:])
		}
	}
	return woven, apart, nil
}

// in is a source with the mutant in it.
func (m mutant) in(source string) string { return strings.Replace(source, m.old, m.new, 1) }

// chooser is one more file of a woven package, of which source is one.
func chooser(file, source string) (string, error) {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, source, parser.PackageClauseOnly)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("package %s\n\nimport \"os\"\n\nvar mutantInForce = os.Getenv(%q)\n", parsed.Name.Name, inForce), nil
}
