package doors

import (
	"reflect"
	"strings"
)

// Routes are the endpoints of /world/ as "METHOD /path", each with the names
// that the JSON of its body may have.
func Routes() map[string][]string {
	out := map[string][]string{}
	for _, r := range routes {
		out[r.pattern] = names(r.takes)
	}
	return out
}

func names(t reflect.Type) (out []string) {
	if t == nil {
		return nil
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous:
			out = append(out, names(f.Type)...)
		case name != "":
			out = append(out, name)
		default:
			out = append(out, strings.ToLower(f.Name))
		}
	}
	return out
}

// Parts are the names that the JSON of things in bodies may have.
func Parts() map[string][]string {
	return map[string][]string{
		"album": names(reflect.TypeFor[medium]()), "poll": names(reflect.TypeFor[poll]()), "checklist": names(reflect.TypeFor[checklist]()),
	}
}
