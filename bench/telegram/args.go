package telegram

import (
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Args are the arguments of one call as the Bot API server sees them after
// reading whatever encoding the client used: strings are bare, everything
// else (numbers, booleans, arrays, objects) is JSON text.
type Args struct {
	Values map[string]string
	Files  map[string]Upload // multipart parts, by field name

	asked map[string]bool // tests see here which names the methods look at; nil = nobody does
}

// Upload is one uploaded file.
type Upload struct {
	Name string
	MIME string
	Data []byte
}

// ArgsOf makes arguments from pairs of name and value, for tests and tools:
// strings stay as they are, everything else is written as JSON.
func ArgsOf(pairs ...any) Args {
	if len(pairs)%2 != 0 {
		panic("telegram: ArgsOf wants pairs")
	}
	a := Args{Values: map[string]string{}}
	for i := 0; i < len(pairs); i += 2 {
		name := pairs[i].(string)
		switch v := pairs[i+1].(type) {
		case string:
			a.Values[name] = v
		case Upload:
			if a.Files == nil {
				a.Files = map[string]Upload{}
			}
			a.Files[name] = v
		default:
			b, err := json.Marshal(v)
			if err != nil {
				panic(fmt.Sprintf("telegram: argument %s: %v", name, err))
			}
			a.Values[name] = string(b)
		}
	}
	return a
}

// ArgsFromJSON reads a JSON body: an object, or null or nothing for no
// arguments (some clients send those for methods without any).
func ArgsFromJSON(body []byte) (Args, error) {
	a := Args{Values: map[string]string{}}
	if s := strings.TrimSpace(string(body)); s == "" || s == "null" {
		return a, nil
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		return a, fmt.Errorf("telegram: read JSON arguments: %w", err)
	}
	for name, raw := range fields {
		if len(raw) > 0 && raw[0] == '"' {
			var s string
			if err := json.Unmarshal(raw, &s); err != nil {
				return a, fmt.Errorf("telegram: read JSON argument %s: %w", name, err)
			}
			a.Values[name] = s
			continue
		}
		if string(raw) != "null" {
			a.Values[name] = string(raw)
		}
	}
	return a, nil
}

// value is an argument as it was given; ok false = it was not.
func (a Args) value(name string) (v string, ok bool) {
	if a.asked != nil {
		a.asked[name] = true
	}
	v, ok = a.Values[name]
	return v, ok
}

// has says whether the argument was given, even empty.
func (a Args) has(name string) bool {
	_, ok := a.value(name)
	return ok
}

func (a Args) str(name string) string {
	v, _ := a.value(name)
	return v
}

// file is the file uploaded under that name.
func (a Args) file(name string) (Upload, bool) {
	a.has(name)
	up, ok := a.Files[name]
	return up, ok
}

// integer reads a number as the server does: leading digits count, anything
// else is 0; out of range values are clamped.
func (a Args) integer(name string, otherwise, low, high int64) int64 {
	s := a.str(name)
	if s == "" {
		return otherwise
	}
	return min(max(leadingInt(s), low), high)
}

func (a Args) number(name string) int { return int(a.integer(name, 0, 0, 1<<31-1)) }

// flag reads a boolean: true, yes and 1 are true, in any case.
func (a Args) flag(name string) bool {
	switch strings.ToLower(strings.TrimSpace(a.str(name))) {
	case "true", "yes", "1":
		return true
	}
	return false
}

func (a Args) decimal(name string) (float64, bool) {
	f, err := strconv.ParseFloat(a.str(name), 64)
	return f, err == nil
}

// utf8 says whether every argument is valid UTF-8.
func (a Args) utf8() bool {
	for _, v := range a.Values {
		if !utf8.ValidString(v) {
			return false
		}
	}
	return true
}

// leadingInt reads the integer with which s begins.
func leadingInt(s string) int64 {
	end := 0
	for end < len(s) && (s[end] >= '0' && s[end] <= '9' || end == 0 && s[end] == '-') {
		end++
	}
	n, err := strconv.ParseInt(s[:end], 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// with returns the arguments with one of them replaced.
func (a Args) with(name, value string) Args {
	values := maps.Clone(a.Values)
	if values == nil {
		values = map[string]string{}
	}
	values[name] = value
	a.Values = values
	return a
}
