package telegram

import (
	"encoding/json"
	"fmt"
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

// objectOf reads an argument that must be a JSON object; garbled is the answer
// to what is no JSON, other that to other JSON.
func objectOf(raw json.RawMessage, garbled, other *problem) (*fields, *problem) {
	if !json.Valid(raw) {
		return nil, garbled
	}
	f, ok := objectIn(raw)
	if !ok {
		return nil, other
	}
	return f, nil
}

// arrayOf reads an argument that must be a JSON array, like objectOf.
func arrayOf(raw json.RawMessage, garbled, other *problem) ([]json.RawMessage, *problem) {
	if !json.Valid(raw) {
		return nil, garbled
	}
	list, ok := arrayIn(raw)
	if !ok {
		return nil, other
	}
	return list, nil
}

// has says whether the field is there, null or not: null is a value of a
// type of its own, and so the wrong one (reported by users in public issues).
func (f *fields) has(name string) bool {
	_, ok := f.raw[name]
	return ok
}

func (f *fields) blame(format string, args ...any) {
	if f.fault == "" {
		f.fault = fmt.Sprintf(format, args...)
	}
}

// need blames a missing field.
func (f *fields) need(name string) {
	if !f.has(name) {
		f.blame(`Can't find field "%s"`, name)
	}
}

// text is an optional string; numbers are taken as they are written.
func (f *fields) text(name string) string {
	raw, ok := f.raw[name]
	if !ok {
		return ""
	}
	switch jsonKind(raw) {
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
	return f.text(name)
}

// flag is an optional boolean.
func (f *fields) flag(name string) bool {
	raw, ok := f.raw[name]
	if !ok {
		return false
	}
	if jsonKind(raw) != "Boolean" {
		f.blame(`Field "%s" must be of type Boolean`, name)
	}
	return raw[0] == 't'
}

// number is an optional integer of 32 bits, or a string that is one.
func (f *fields) number(name string) int { return int(f.integer(name, 32)) }

// long is an optional integer of 64 bits, or a string that is one.
func (f *fields) long(name string) int64 { return f.integer(name, 64) }

func (f *fields) integer(name string, bits int) int64 {
	raw, ok := f.raw[name]
	if !ok {
		return 0
	}
	switch jsonKind(raw) {
	case "Number", "String":
		n, whole := wholeInt(f.text(name), bits)
		if !whole {
			f.blame(`Field "%s" must be a valid Number`, name)
		}
		return n
	default:
		f.blame(`Field "%s" must be a Number`, name)
		return 0
	}
}

// small is an optional integer between 0 and high; others are clamped.
func (f *fields) small(name string, high int) int { return min(max(f.number(name), 0), high) }

// needNumber is an integer of 32 bits that must be there.
func (f *fields) needNumber(name string) int {
	f.need(name)
	return f.number(name)
}

// needLong is an integer of 64 bits that must be there.
func (f *fields) needLong(name string) int64 {
	f.need(name)
	return f.long(name)
}

// decimal is an optional number with a fraction; a text isn't taken.
func (f *fields) decimal(name string) float64 {
	raw, ok := f.raw[name]
	if !ok {
		return 0
	}
	if jsonKind(raw) != "Number" {
		f.blame(`Field "%s" must be of type Number`, name)
	}
	return leadingDecimal(string(raw))
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

// object is an optional object, nil if it isn't there; its own faults are to
// be taken over with adopt.
func (f *fields) object(name string) *fields {
	if !f.has(name) {
		return nil
	}
	return f.needObject(name)
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
