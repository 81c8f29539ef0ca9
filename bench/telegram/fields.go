package telegram

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
)

// fields reads one JSON object as the server does, value by value, and
// keeps the first thing that was wrong, in the server's words.
type fields struct {
	raw   map[string]json.RawMessage
	fault string // "" = nothing so far
}

// jsonKind is the server's name for the type of a JSON value.
func jsonKind(raw json.RawMessage) string {
	if len(raw) == 0 {
		return "Null"
	}
	switch raw[0] {
	case '{':
		return "Object"
	case '[':
		return "Array"
	case '"':
		return "String"
	case 't', 'f':
		return "Boolean"
	case 'n':
		return "Null"
	default:
		return "Number"
	}
}

// objectIn reads a JSON object; ok is false if raw is anything else.
func objectIn(raw json.RawMessage) (f *fields, ok bool) {
	f = &fields{}
	return f, jsonKind(raw) == "Object" && json.Unmarshal(raw, &f.raw) == nil
}

// arrayIn reads a JSON array; ok is false if raw is anything else.
func arrayIn(raw json.RawMessage) (list []json.RawMessage, ok bool) {
	return list, jsonKind(raw) == "Array" && json.Unmarshal(raw, &list) == nil
}

// has says whether the field is there and not null.
func (f *fields) has(name string) bool { return jsonKind(f.raw[name]) != "Null" }

func (f *fields) blame(format string, args ...any) {
	if f.fault == "" {
		f.fault = fmt.Sprintf(format, args...)
	}
}

// need blames a missing field.
func (f *fields) need(name string) {
	if _, ok := f.raw[name]; !ok {
		f.blame(`Can't find field "%s"`, name)
	}
}

// text is an optional string; numbers are taken as they are written.
func (f *fields) text(name string) string {
	raw := f.raw[name]
	switch jsonKind(raw) {
	case "Null":
		return ""
	case "String":
		var s string
		json.Unmarshal(raw, &s) // it is a string already
		return s
	case "Number":
		return string(raw)
	default:
		f.blame(`Field "%s" must be of type String`, name)
		return ""
	}
}

// needText is a string that must be there.
func (f *fields) needText(name string) string {
	f.need(name)
	if f.fault == "" && !f.has(name) {
		f.blame(`Field "%s" must be of type String`, name)
	}
	return f.text(name)
}

// flag is an optional boolean.
func (f *fields) flag(name string) bool {
	raw := f.raw[name]
	switch jsonKind(raw) {
	case "Null":
		return false
	case "Boolean":
		return raw[0] == 't'
	default:
		f.blame(`Field "%s" must be of type Boolean`, name)
		return false
	}
}

// number is an optional integer, or a string that is one.
func (f *fields) number(name string) int64 {
	switch jsonKind(f.raw[name]) {
	case "Null":
		return 0
	case "Number", "String":
		n, err := strconv.ParseInt(f.text(name), 10, 64)
		if err != nil {
			f.blame(`Field "%s" must be a valid Number`, name)
		}
		return n
	default:
		f.blame(`Field "%s" must be of type Number`, name)
		return 0
	}
}

// small is an optional integer between 0 and high; others are clamped.
func (f *fields) small(name string, high int) int {
	return int(min(max(f.number(name), 0), int64(high)))
}

// needNumber is an integer that must be there.
func (f *fields) needNumber(name string) int64 {
	f.need(name)
	return f.number(name)
}

// decimal is an optional number with a fraction.
func (f *fields) decimal(name string) float64 {
	switch jsonKind(f.raw[name]) {
	case "Null":
		return 0
	case "Number", "String":
		x, err := strconv.ParseFloat(f.text(name), 64)
		if err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
			f.blame(`Field "%s" must be a valid Number`, name)
		}
		return x
	default:
		f.blame(`Field "%s" must be of type Number`, name)
		return 0
	}
}

// needDecimal is a number with a fraction that must be there.
func (f *fields) needDecimal(name string) float64 {
	f.need(name)
	return f.decimal(name)
}

// needObject is an object that must be there; its own faults are to be
// taken over with adopt.
func (f *fields) needObject(name string) *fields {
	f.need(name)
	o, ok := objectIn(f.raw[name])
	if !ok {
		f.blame(`Field "%s" must be of type Object`, name)
	}
	return o
}

// array is an optional array, nil if it isn't there.
func (f *fields) array(name string) []json.RawMessage {
	if !f.has(name) {
		return nil
	}
	list, ok := arrayIn(f.raw[name])
	if !ok {
		f.blame(`Field "%s" must be of type Array`, name)
	}
	return list
}

// adopt makes the fault of an inner object one of this.
func (f *fields) adopt(inner *fields) {
	if f.fault == "" {
		f.fault = inner.fault
	}
}
