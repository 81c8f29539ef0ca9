package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// levels are the methods of a slog.Logger, by the place of their message.
var levels = map[string]int{
	"Debug": 0, "Info": 0, "Warn": 0, "Error": 0,
	"DebugContext": 1, "InfoContext": 1, "WarnContext": 1, "ErrorContext": 1,
}

// personal are names of fields that could hold what people write, or who they are.
var personal = strings.Fields("text caption body message words name first last username title token secret password")

// TestLogLines: every line of the log is a constant message with fields, so that
// programs can count and find them, and no field is made for what people write.
func TestLogLines(t *testing.T) {
	lines := 0
	for _, root := range []string{"../../actors", "../../cmd/topicdesk", "../../tenants"} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(node ast.Node) bool {
				if call, ok := node.(*ast.CallExpr); ok {
					if args := logged(call); args != nil {
						lines++
						for _, fault := range faultsOfLine(args) {
							t.Errorf("%s: %s", set.Position(call.Pos()), fault)
						}
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if lines < 20 {
		t.Errorf("only %d lines of the log were found", lines)
	}
}

// logged gives message and fields of a call that logs; nil = it does not.
func logged(call *ast.CallExpr) []ast.Expr {
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	at, known := levels[method.Sel.Name]
	of := ""
	switch x := method.X.(type) {
	case *ast.Ident:
		of = x.Name
	case *ast.SelectorExpr:
		of = x.Sel.Name
	}
	if !known || len(call.Args) <= at || !strings.EqualFold(of, "log") && of != "slog" && of != "logger" {
		return nil
	}
	return call.Args[at:]
}

func faultsOfLine(args []ast.Expr) (faults []string) {
	if _, ok := args[0].(*ast.BasicLit); !ok {
		faults = append(faults, "the message is made, not constant")
	}
	for i := 1; i < len(args); i += 2 {
		key, ok := args[i].(*ast.BasicLit)
		switch {
		case !ok:
			faults = append(faults, "a field's name is made, not constant")
		case i+1 == len(args):
			faults = append(faults, "the field "+key.Value+" has no value")
		case slices.Contains(personal, strings.Trim(key.Value, `"`)):
			faults = append(faults, "the field "+key.Value+" could hold what people write")
		}
	}
	return faults
}

// TestLogLinesCatches shows that it bites.
func TestLogLinesCatches(t *testing.T) {
	for text, want := range map[string]int{
		`log.Info("a", "tenant", id)`:              0,
		`h.Log.Warn("a", "error", err)`:            0,
		`o.Log.Error(text)`:                        1,
		`log.Info("a" + b, "tenant", id)`:          1,
		`log.Info("a", "text", m.Text)`:            1,
		`log.InfoContext(ctx, "a", key, 1, "odd")`: 2,
	} {
		call, err := parser.ParseExpr(text)
		if err != nil {
			t.Fatal(err)
		}
		args := logged(call.(*ast.CallExpr))
		if got := faultsOfLine(args); len(got) != want {
			t.Errorf("%s: %q, want %d", text, got, want)
		}
	}
	other, err := parser.ParseExpr(`d.Error("a", err)`)
	if err != nil {
		t.Fatal(err)
	}
	if logged(other.(*ast.CallExpr)) != nil {
		t.Error("something else is taken for a log")
	}
}
