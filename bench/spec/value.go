package spec

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
)

// Value says what is wrong with v as one of the types; nil = nothing. path
// names v in the faults.
func (a *API) Value(path string, types []string, v any) []string {
	var least []string
	for i, typ := range nested(types, v) {
		faults := a.one(path, typ, v)
		if len(faults) == 0 {
			return nil
		}
		if i == 0 || len(faults) < len(least) {
			least = faults
		}
	}
	return least
}

// arrayOf is how the specification writes lists; a list of several types is
// written several times, though each element may have another of them.
const arrayOf = "Array of "

// nested joins the lists among types into one of all their types, separated
// by |, when v is a list.
func nested(types []string, v any) []string {
	if _, isList := v.([]any); !isList {
		return types
	}
	var inner []string
	for _, typ := range types {
		if of, ok := strings.CutPrefix(typ, arrayOf); ok {
			inner = append(inner, of)
		}
	}
	if len(inner) < 2 {
		return types
	}
	return []string{arrayOf + strings.Join(inner, "|")}
}

func (a *API) one(path, typ string, v any) []string {
	if inner, ok := strings.CutPrefix(typ, arrayOf); ok {
		list, ok := v.([]any)
		if !ok {
			return []string{path + " is no array"}
		}
		var out []string
		for i, x := range list {
			out = append(out, a.Value(fmt.Sprintf("%s[%d]", path, i), strings.Split(inner, "|"), x)...)
		}
		return out
	}
	switch typ {
	case "Integer":
		return fault(whole(v), path+" is no whole number")
	case "Float":
		return fault(isNumber(v), path+" is no number")
	case "String":
		_, ok := v.(string)
		return fault(ok, path+" is no string")
	case "Boolean":
		_, ok := v.(bool)
		return fault(ok, path+" is no boolean")
	case "True":
		return fault(v == true, path+" is not true")
	}
	def, ok := a.Types[typ]
	if !ok {
		return []string{path + " has the unknown type " + typ}
	}
	if len(def.Subtypes) > 0 {
		return a.Value(path, def.Subtypes, v)
	}
	return a.object(path, def, v)
}

func fault(fine bool, text string) []string {
	if fine {
		return nil
	}
	return []string{text}
}

func isNumber(v any) bool {
	switch v.(type) {
	case float64, json.Number:
		return true
	}
	return false
}

func whole(v any) bool {
	switch v := v.(type) {
	case float64:
		return v == math.Trunc(v)
	case json.Number:
		return !strings.ContainsAny(v.String(), ".eE")
	}
	return false
}

func (a *API) object(path string, def Type, v any) []string {
	m, ok := v.(map[string]any)
	if !ok {
		return []string{path + " is no object"}
	}
	var out []string
	known := map[string]bool{}
	for _, f := range def.Fields {
		known[f.Name] = true
		x, given := m[f.Name]
		switch {
		case given:
			out = append(out, a.Value(path+"."+f.Name, f.Types, x)...)
			if c := f.constant(); c != "" && x != c {
				out = append(out, fmt.Sprintf("%s.%s is not %q", path, f.Name, c))
			}
		case f.Required:
			out = append(out, path+" lacks "+f.Name)
		}
	}
	for k := range m {
		if !known[k] && !Legacy(k) {
			out = append(out, path+" has the unknown field "+k)
		}
	}
	slices.Sort(out)
	return out
}

// constantText is how the documentation says that a field has one value:
// always "user", must be photo.
var constantText = regexp.MustCompile(`(?:always "(\w+)"|must be (\w+))\.?$`)

// constant is the only value of a field that tells types apart, "" = any.
func (f Field) constant() string {
	if !slices.Equal(f.Types, []string{"String"}) || !f.Required {
		return ""
	}
	m := constantText.FindStringSubmatch(f.Description)
	if m == nil {
		return ""
	}
	return m[1] + m[2]
}
