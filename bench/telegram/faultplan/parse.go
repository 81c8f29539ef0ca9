package faultplan

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

var (
	errTwoStarts       = errors.New("from and after_s both say when it begins")
	errTwoEnds         = errors.New("until and for_s both say when it ends")
	errNegative        = errors.New("a time can't be negative")
	errTooLong         = errors.New("a time can't be longer than a hundred years")
	errEveryWithoutFor = errors.New("every_s needs for_s: how long it lasts each time")
)

// Parse reads a plan: an object whose only key, faults, is a list of faults.
// The source is YAML, of which JSON is a part. Errors name the line.
func Parse(source []byte) ([]Line, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(source, &doc); err != nil {
		return nil, fmt.Errorf("%s", strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if len(doc.Content) == 0 {
		return nil, fmt.Errorf("line 1: there is nothing in it, not even faults")
	}
	top := doc.Content[0]
	if top.Kind != yaml.MappingNode || len(top.Content) != 2 || top.Content[0].Value != "faults" {
		return nil, fmt.Errorf("line %d: a plan has faults: and nothing else at its top", top.Line)
	}
	list := top.Content[1]
	if list.Kind != yaml.SequenceNode {
		return nil, fmt.Errorf("line %d: faults is no list", list.Line)
	}
	var out []Line
	for _, node := range list.Content {
		l, err := line(node)
		if err == nil {
			_, err = l.Fault(time.Time{})
			if err != nil {
				err = fmt.Errorf("line %d: %w", node.Line, err)
			}
		}
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, nil
}

// line reads one fault.
func line(node *yaml.Node) (Line, error) {
	var l Line
	if node.Kind != yaml.MappingNode {
		return l, fmt.Errorf("line %d: a fault has names and values, such as do: flood", node.Line)
	}
	fields := reflect.ValueOf(&l).Elem()
	seen := map[string]bool{}
	for i := 0; i < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		at, ok := fieldNames[key.Value]
		switch {
		case !ok:
			return l, fmt.Errorf("line %d: a fault has no %s", key.Line, key.Value)
		case seen[key.Value]:
			return l, fmt.Errorf("line %d: %s is there twice", key.Line, key.Value)
		}
		seen[key.Value] = true
		field := fields.Field(at)
		if err := value.Decode(field.Addr().Interface()); err != nil || value.Tag == "!!null" ||
			field.CanInt() && value.Tag != "!!int" || field.CanFloat() && math.IsNaN(field.Float()) {
			return l, fmt.Errorf("line %d: %s is %q, which is no %s", value.Line, key.Value, value.Value, kindOf(field))
		}
	}
	return l, nil
}

// fieldNames are the places of Line's fields by their names.
var fieldNames = func() map[string]int {
	out := map[string]int{}
	for i := range reflect.TypeFor[Line]().NumField() {
		name, _, _ := strings.Cut(reflect.TypeFor[Line]().Field(i).Tag.Get("json"), ",")
		out[name] = i
	}
	return out
}()

// kindOf is a field's kind in people's words.
func kindOf(field reflect.Value) string {
	switch field.Kind() {
	case reflect.String:
		return "text"
	case reflect.Int, reflect.Int64:
		return "whole number"
	case reflect.Float64:
		return "number"
	case reflect.Pointer:
		return "moment, such as 2026-01-05T09:00:00Z"
	default:
		panic("faultplan: unknown kind of field")
	}
}
