package telegram

import (
	"bytes"
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
// arguments (some clients send those for methods without any). A null is the
// text "null" to the server, and of one name given twice the first value
// counts. With an error come the arguments before the place that can't be
// read: the server goes on with those (Bot API server source).
func ArgsFromJSON(body []byte) (Args, error) {
	a := Args{Values: map[string]string{}}
	if s := strings.TrimSpace(string(body)); s == "" || s == "null" {
		return a, nil
	}
	in := json.NewDecoder(bytes.NewReader(body))
	if open, err := in.Token(); err != nil || open != json.Delim('{') {
		return a, fmt.Errorf("telegram: read JSON arguments: no object")
	}
	for in.More() {
		name, err := in.Token()
		if err != nil {
			return a, fmt.Errorf("telegram: read JSON arguments: %w", err)
		}
		var raw json.RawMessage
		if err := in.Decode(&raw); err != nil {
			return a, fmt.Errorf("telegram: read JSON argument %v: %w", name, err)
		}
		value := string(raw)
		if jsonKind(raw) == "String" {
			json.Unmarshal(raw, &value) // it is a string already
		}
		if _, twice := a.Values[name.(string)]; !twice {
			a.Values[name.(string)] = value
		}
	}
	_, err := in.Token()
	return a, err
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

// json is an argument that is to be JSON, without the space around it.
func (a Args) json(name string) json.RawMessage {
	return json.RawMessage(strings.TrimSpace(a.str(name)))
}

// file is the file uploaded under that name.
func (a Args) file(name string) (Upload, bool) {
	a.has(name)
	up, ok := a.Files[name]
	return up, ok
}

// integer reads a number as the server does: leading digits count, what is
// over 32 bits wraps, anything else is 0; out of range values are clamped, the
// default too.
func (a Args) integer(name string, otherwise, low, high int64) int64 {
	n := otherwise
	if s := a.str(name); s != "" {
		n = int64(int32(leadingInt(s)))
	}
	return min(max(n, low), high)
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

func (a Args) decimal(name string) float64 { return leadingDecimal(strings.TrimSpace(a.str(name))) }

// leadingDecimal reads the number with a fraction with which s begins, 0 if there is none.
func leadingDecimal(s string) float64 {
	end := strings.IndexFunc(s, func(r rune) bool { return !strings.ContainsRune("+-.0123456789eE", r) })
	if end >= 0 {
		s = s[:end]
	}
	for ; s != ""; s = s[:len(s)-1] {
		if f, err := strconv.ParseFloat(s, 64); err == nil {
			return f
		}
	}
	return 0
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

// leadingInt reads the integer with which s begins; what is over 64 bits
// wraps (TDLib source, to_integer).
func leadingInt(s string) int64 {
	digits, minus := strings.CutPrefix(s, "-")
	var n int64
	for i := 0; i < len(digits) && digits[i] >= '0' && digits[i] <= '9'; i++ {
		n = n*10 + int64(digits[i]-'0')
	}
	if minus {
		return -n
	}
	return n
}

// wholeInt reads an integer that is all of s and written as the server would
// write it, of that many bits (TDLib source, to_integer_safe).
func wholeInt(s string, bits int) (n int64, ok bool) {
	n, err := strconv.ParseInt(s, 10, bits)
	return n, err == nil && strconv.FormatInt(n, 10) == s
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
