//go:build foreign

package telegram

import (
	"encoding/json"
	"path"
	"slices"
	"strings"
	"testing"

	"topicdesk/bench/spec"
)

// survey is what the tour has met of the specification.
type survey struct {
	spec *spec.API
	met  map[string]bool // Type.field, of what bots were given or gave
	due  map[string]bool // types that can be met
}

// TestForeignCoverage holds the specification against what this Telegram does:
// every method, parameter and field is met on the tour or left out by the
// table of absences, and not both.
func TestForeignCoverage(t *testing.T) {
	api := apiSpecification(t)
	tr := travel(t)
	s := &survey{spec: api, met: map[string]bool{}, due: map[string]bool{}}
	s.coverMethods(t, tr)
	s.visit("Update")
	for _, o := range tr.all {
		returns := []string{"Update"}
		if o.method != "update" {
			returns = api.Methods[o.method].Returns
		}
		var v any
		if err := json.Unmarshal(o.raw, &v); err != nil {
			t.Fatal(err)
		}
		s.note(returns, v)
	}
	for name := range s.due {
		for _, f := range api.Types[name].Fields {
			s.decide(t, name+"."+f.Name, f.Types, s.met[name+"."+f.Name])
		}
	}
	s.stale(t)
}

// coverMethods looks at the methods and their parameters.
func (s *survey) coverMethods(t *testing.T, tr *tourist) {
	for name, m := range s.spec.Methods {
		_, done := methods[name]
		if done == absent(name) {
			t.Errorf("%s: implemented is %v, left out is %v", name, done, absent(name))
		}
		if !done {
			continue
		}
		for _, typ := range m.Returns {
			s.visit(typ)
		}
		if tr.calls[name] == nil {
			t.Errorf("the tour never calls %s", name)
			continue
		}
		for _, f := range m.Fields {
			s.decide(t, name+"."+f.Name, f.Types, tr.calls[name].asked[f.Name])
			for _, typ := range f.Types {
				s.visit(typ)
			}
			for _, given := range tr.calls[name].given[f.Name] {
				s.note(f.Types, given)
			}
		}
	}
	for name := range methods {
		if _, ok := s.spec.Methods[name]; !ok {
			t.Errorf("the specification knows no method %s", name)
		}
	}
}

// decide complains unless the name is either met or left out.
func (s *survey) decide(t *testing.T, name string, types []string, met bool) {
	t.Helper()
	out := absent(name) || !slices.ContainsFunc(types, func(typ string) bool { return !absent(bare(typ)) })
	if met == out {
		t.Errorf("%s: met on the tour is %v, left out is %v", name, met, out)
	}
}

// bare is the type inside arrays.
func bare(typ string) string {
	for {
		inner, ok := strings.CutPrefix(typ, "Array of ")
		if !ok {
			return typ
		}
		typ = inner
	}
}

// visit notes that values of a type can be met, and those of its fields.
func (s *survey) visit(typ string) {
	typ = bare(typ)
	def, ok := s.spec.Types[typ]
	if !ok || s.due[typ] || absent(typ) {
		return
	}
	s.due[typ] = true
	for _, sub := range def.Subtypes {
		s.visit(sub)
	}
	for _, f := range def.Fields {
		if absent(typ + "." + f.Name) {
			continue
		}
		for _, inner := range f.Types {
			s.visit(inner)
		}
	}
}

// note walks a value and notes the fields that it has.
func (s *survey) note(types []string, v any) {
	if list, ok := v.([]any); ok {
		var inner []string
		for _, typ := range types {
			if of, ok := strings.CutPrefix(typ, "Array of "); ok {
				inner = append(inner, of)
			}
		}
		for _, x := range list {
			s.note(inner, x)
		}
		return
	}
	typ := s.best(types, v)
	if typ == "MaybeInaccessibleMessage" && v.(map[string]any)["date"] == 0.0 {
		typ = "InaccessibleMessage" // nothing else tells the two apart
	}
	def, ok := s.spec.Types[typ]
	if !ok {
		return
	}
	if len(def.Subtypes) > 0 {
		s.note(def.Subtypes, v)
		return
	}
	fields, _ := v.(map[string]any)
	for _, f := range def.Fields {
		if x, ok := fields[f.Name]; ok {
			s.met[typ+"."+f.Name] = true
			s.note(f.Types, x)
		}
	}
}

// best is the type that fits the value best.
func (s *survey) best(types []string, v any) string {
	least, best := 0, ""
	for i, typ := range types {
		if n := len(s.spec.Value("", []string{typ}, v)); i == 0 || n < least {
			least, best = n, typ
		}
	}
	return best
}

// stale complains about rows of the table that name nothing.
func (s *survey) stale(t *testing.T) {
	var names []string
	for name, m := range s.spec.Methods {
		names = append(names, name)
		for _, f := range m.Fields {
			names = append(names, name+"."+f.Name)
		}
	}
	for name, def := range s.spec.Types {
		names = append(names, name)
		for _, f := range def.Fields {
			names = append(names, name+"."+f.Name)
		}
	}
	for _, a := range absences {
		for _, pattern := range a.Names {
			if !slices.ContainsFunc(names, func(n string) bool { ok, _ := path.Match(pattern, n); return ok }) {
				t.Errorf("the specification has nothing named %s", pattern)
			}
		}
	}
}
