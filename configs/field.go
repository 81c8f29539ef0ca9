package configs

import (
	"fmt"
	"log/slog"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// field is one setting: its key, its place in Config and its kind.
type field struct {
	key   string
	index []int
	kind  reflect.Type
}

// fields are all settings in the order of Config.
var fields = list(reflect.TypeFor[Config](), "", nil)

func list(section reflect.Type, prefix string, index []int) []field {
	var found []field
	for i := range section.NumField() {
		member := section.Field(i)
		name := member.Tag.Get("koanf")
		if name == "" {
			continue // no setting
		}
		here := append(slices.Clone(index), i)
		if isSection(member.Type) {
			found = append(found, list(member.Type, prefix+name+".", here)...)
			continue
		}
		found = append(found, field{prefix + name, here, member.Type})
	}
	return found
}

func isSection(kind reflect.Type) bool {
	return kind.Kind() == reflect.Struct && kind != reflect.TypeFor[Secret]()
}

// lookup finds a setting by its key.
func lookup(key string) (field, bool) {
	i := slices.IndexFunc(fields, func(f field) bool { return f.key == key })
	if i < 0 {
		return field{}, false
	}
	return fields[i], true
}

// isSectionKey tells whether settings lie below a key.
func isSectionKey(key string) bool {
	return slices.ContainsFunc(fields, func(f field) bool { return strings.HasPrefix(f.key, key+".") })
}

// value returns the setting's value in c.
func (f field) value(c Config) any {
	return reflect.ValueOf(c).FieldByIndex(f.index).Interface()
}

// parse reads a text as a value of one of the kinds that Config has. An error
// reads on from the key and never contains a secret.
func parse(text string, kind reflect.Type) (any, error) {
	switch kind {
	case reflect.TypeFor[string]():
		return text, nil
	case reflect.TypeFor[Secret]():
		return NewSecret(text), nil
	case reflect.TypeFor[bool]():
		return parseBool(text)
	case reflect.TypeFor[int]():
		n, err := strconv.Atoi(text)
		if err != nil {
			return nil, fmt.Errorf("is %q, which is not a whole number", text)
		}
		return n, nil
	case reflect.TypeFor[float64]():
		x, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
			return nil, fmt.Errorf("is %q, which is not a number", text)
		}
		return x, nil
	case reflect.TypeFor[time.Duration]():
		d, err := time.ParseDuration(text)
		if err != nil {
			return nil, fmt.Errorf("is %q, which is not a duration: write a number with its unit, such as 15s or 5m", text)
		}
		return d, nil
	case reflect.TypeFor[slog.Level]():
		return parseLevel(text)
	default:
		panic("a setting of kind " + kind.String())
	}
}

func parseBool(text string) (any, error) {
	switch text {
	case "true":
		return true, nil
	case "false":
		return false, nil
	default:
		return nil, fmt.Errorf("is %q, which is neither true nor false", text)
	}
}

func parseLevel(text string) (any, error) {
	switch text {
	case "debug":
		return slog.LevelDebug, nil
	case "info":
		return slog.LevelInfo, nil
	case "warn":
		return slog.LevelWarn, nil
	case "error":
		return slog.LevelError, nil
	default:
		return nil, fmt.Errorf("is %q, which is none of debug, info, warn, error", text)
	}
}

// decode is parse as koanf's decoder calls it: only text for a setting is read,
// all else passes.
func decode(from, to reflect.Type, data any) (any, error) {
	if from.Kind() != reflect.String || isSection(to) {
		return data, nil
	}
	return parse(data.(string), to)
}
