package configs

import (
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/go-viper/mapstructure/v2"
	"github.com/knadh/koanf/providers/confmap"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/rawbytes"
	"github.com/knadh/koanf/v2"
)

//go:embed topicdesk.yaml
var defaults []byte

// prefix begins the name of every variable of ours.
const prefix = "TOPICDESK_"

// FileVariable names the settings file where Sources.File doesn't.
const FileVariable = prefix + "CONFIG"

// reserved are variables that begin like a setting's and are none.
var reserved = []string{
	FileVariable,
	prefix + "SHARED_DATA", // the tests: where captured updates are
	prefix + "WORLD_SEEDS", // the tests: how many worlds to play
	prefix + "WORLD_FOR",   // the tests: how long to play them
}

// orchestrated matches what Kubernetes puts into the environment for a service
// whose name begins with topicdesk ("Service environment variables").
var orchestrated = regexp.MustCompile(`^` + prefix + `(\w+_)?` +
	`(SERVICE_HOST=|SERVICE_PORT(_\w+)?=|PORT=\w+://|PORT_\d+_\w+=)`)

// Sources are the places to load from.
type Sources struct {
	// File is the path of the settings file; empty means the one that
	// TOPICDESK_CONFIG names, else none.
	File string
	// Environ is what os.Environ returns; may be nil.
	Environ []string
	// Flags are values of the command line by key ("http.listen"); may be nil.
	Flags map[string]string
}

// DefaultFile is the documented example with all defaults, for people to copy.
func DefaultFile() string { return string(defaults) }

// Default returns the defaults, complete and checked.
func Default() Config {
	c, err := Load(Sources{})
	if err != nil {
		panic(err) // the embedded file is refused
	}
	return c
}

// Load reads all layers and checks the result. The error joins a *Fault for
// each setting that is refused, and it is an error of package os if a file
// can't be read. It reads files only: the settings file and a secret's.
func Load(s Sources) (Config, error) {
	l := &loader{merged: koanf.New("."), origins: map[string]Origin{}}
	if err := l.layers(s); err != nil {
		return Config{}, err
	}
	if err := errors.Join(l.faults...); err != nil {
		return Config{}, err
	}
	c := Config{}
	err := l.merged.UnmarshalWithConf("", &c, koanf.UnmarshalConf{DecoderConfig: &mapstructure.DecoderConfig{
		DecodeHook: decode, ErrorUnused: true,
	}})
	if err != nil {
		return Config{}, fmt.Errorf("fill the settings: %w", err)
	}
	c.origins = l.origins
	if err := c.chooseKey(); err != nil {
		return Config{}, err
	}
	if err := c.readToken(); err != nil {
		return Config{}, err
	}
	if err := check(c); err != nil {
		return Config{}, err
	}
	return c, nil
}

// loader takes the layers one after another.
type loader struct {
	merged  *koanf.Koanf
	origins map[string]Origin // of the last layer that says a key
	faults  []error
}

// layers loads all of them; faults are kept, an error ends the loading.
func (l *loader) layers(s Sources) error {
	if err := l.file(defaults, Origin{Layer: LayerDefault}); err != nil {
		return fmt.Errorf("load the defaults: %w", err)
	}
	if name := s.fileName(); name != "" {
		data, err := os.ReadFile(name)
		if err != nil {
			return fmt.Errorf("read the settings file: %w", err)
		}
		if err := l.file(data, Origin{Layer: LayerFile, Name: name}); err != nil {
			return fmt.Errorf("load the settings file: %w", err)
		}
	}
	if err := l.variables(s.Environ); err != nil {
		return fmt.Errorf("load the variables: %w", err)
	}
	if err := l.flags(s.Flags); err != nil {
		return fmt.Errorf("load the flags: %w", err)
	}
	return nil
}

func (s Sources) fileName() string {
	if s.File != "" {
		return s.File
	}
	for _, entry := range s.Environ {
		if path, ok := strings.CutPrefix(entry, FileVariable+"="); ok {
			return path
		}
	}
	return ""
}

// file loads a settings file; the origin tells which.
func (l *loader) file(data []byte, from Origin) error {
	return l.merged.Load(rawbytes.Provider(data), strict{load: l, from: from})
}

// variables loads what is set by TOPICDESK_...
func (l *loader) variables(environ []string) error {
	names := map[string]string{}
	for _, f := range fields {
		names[variable(f.key)] = f.key
	}
	return l.merged.Load(env.Provider(".", env.Opt{
		Prefix: prefix,
		EnvironFunc: func() []string {
			return slices.DeleteFunc(slices.Clone(environ), orchestrated.MatchString)
		},
		TransformFunc: func(name, text string) (string, any) {
			from := Origin{Layer: LayerVariable, Name: name}
			key, ok := names[name]
			switch {
			case slices.Contains(reserved, name):
				return "", nil
			case !ok:
				l.refuse(from, "", "no setting has this variable"+hint(keyOf(name), keys(), variable))
				return "", nil
			case !l.take(key, text, from):
				return "", nil
			default:
				return key, text
			}
		},
	}), nil)
}

// flags loads the command line's values.
func (l *loader) flags(given map[string]string) error {
	layer := map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(given)) {
		if l.take(key, given[key], Origin{Layer: LayerFlag, Name: key}) {
			layer[key] = given[key]
		}
	}
	return l.merged.Load(confmap.Provider(layer, "."), nil)
}

// take notes where a key is said, and tells whether it is a setting and the
// text a value of its kind.
func (l *loader) take(key, text string, from Origin) bool {
	f, ok := lookup(key)
	if !ok {
		known := keys()
		if from.Layer == LayerFile {
			known = keysAndSections()
		}
		l.refuse(from, key, "is no setting"+hint(key, known, same))
		return false
	}
	if _, err := parse(text, f.kind); err != nil {
		l.refuse(from, key, err.Error())
		return false
	}
	l.origins[key] = from
	return true
}

func (l *loader) refuse(from Origin, key, reason string) {
	l.faults = append(l.faults, &Fault{Origin: from, Key: key, Reason: reason})
}

// variable is the name of a key's variable; keyOf is the way back, as far as
// there is one.
func variable(key string) string {
	return prefix + strings.ToUpper(strings.ReplaceAll(key, ".", "__"))
}

func keyOf(name string) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(name, prefix), "__", "."))
}

func same(key string) string { return key }

// hint is what to add to a reason about an unknown key: what was probably
// meant of those known, in the form in which the layer writes keys. Empty if
// nothing is near.
func hint(key string, known []string, form func(string) string) string {
	meant := suggest(key, known)
	if len(meant) == 0 {
		return ""
	}
	for i := range meant {
		meant[i] = form(meant[i])
	}
	if len(meant) == 1 && meant[0] != key && strings.EqualFold(meant[0], key) {
		return ": keys are case-sensitive, write " + meant[0]
	}
	return "; did you mean " + strings.Join(meant, " or ") + "?"
}
