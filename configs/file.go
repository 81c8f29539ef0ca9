package configs

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	koanfyaml "github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/v2"
	"go.yaml.in/yaml/v3"
)

// strict is koanf's parser of a settings file. It reads YAML's tree and not
// YAML's values: the tree knows the lines, an empty value from none, and what
// was written before YAML made a number of it. What it refuses it leaves out
// and tells the loader, so that one reading finds all faults.
type strict struct {
	*koanfyaml.YAML // writing, which nobody asks for
	load            *loader
	from            Origin // the file; its line is set as it is read
}

var _ koanf.Parser = strict{}

// Unmarshal implements koanf.Parser. Its map holds text only.
func (s strict) Unmarshal(data []byte) (map[string]any, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document, second yaml.Node
	switch err := decoder.Decode(&document); {
	case errors.Is(err, io.EOF):
		return nil, nil // nothing, or comments
	case err != nil:
		s.refuseSyntax(err)
		return nil, nil
	}
	if err := decoder.Decode(&second); !errors.Is(err, io.EOF) {
		s.refuse(&second, "", "a second document begins here: a settings file is one")
	}
	root := document.Content[0]
	if empty(root) {
		return nil, nil
	}
	if root.Kind != yaml.MappingNode {
		s.refuse(root, "", "a settings file is a list of \"key: value\" lines")
		return nil, nil
	}
	return s.section("", root), nil
}

// section reads the keys of one mapping; above is its own key with a dot.
func (s strict) section(above string, mapping *yaml.Node) map[string]any {
	out := map[string]any{}
	first := map[string]int{} // the line that says a name first
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		name, value := mapping.Content[i], mapping.Content[i+1]
		key := above + name.Value
		line, again := first[name.Value]
		first[name.Value] = name.Line
		switch {
		case name.Kind != yaml.ScalarNode:
			s.refuse(name, "", "a key is one word")
		case again:
			s.refuse(name, key, fmt.Sprintf("is said twice, first in line %d", line))
		case strings.Contains(name.Value, "."):
			s.refuse(name, key, "has a dot: write the section and the key in lines of their own")
		case isSectionKey(key):
			if inner := s.inner(key, name, value); len(inner) > 0 {
				out[name.Value] = inner
			}
		case s.value(key, name, value):
			out[name.Value] = value.Value
		}
	}
	return out
}

// inner reads a section below a key; empty if nothing in it counts.
func (s strict) inner(key string, name, value *yaml.Node) map[string]any {
	switch {
	case empty(value):
		return nil // all its lines are commented out
	case value.Kind != yaml.MappingNode:
		s.refuse(name, key, "is a section: its keys go below it, indented")
		return nil
	default:
		return s.section(key+".", value)
	}
}

// value tells whether a key's value is one that the setting may have.
func (s strict) value(key string, name, value *yaml.Node) bool {
	_, known := lookup(key)
	switch {
	case !known:
		return s.take(key, name, "")
	case empty(value):
		s.refuse(name, key, `has no value: remove the line for the default, or write "" for an empty text`)
		return false
	case value.Kind != yaml.ScalarNode:
		s.refuse(name, key, "is one value, not a list, a section or an alias")
		return false
	default:
		return s.take(key, name, value.Value)
	}
}

func (s strict) take(key string, at *yaml.Node, text string) bool {
	return s.load.take(key, text, s.at(at.Line))
}

func (s strict) refuse(at *yaml.Node, key, reason string) {
	s.load.refuse(s.at(at.Line), key, reason)
}

// at is the origin of a line; a default's is the same wherever it stands.
func (s strict) at(line int) Origin {
	from := s.from
	if from.Layer == LayerFile {
		from.Line = line
	}
	return from
}

// syntax is how package yaml writes its errors.
var syntax = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)

func (s strict) refuseSyntax(err error) {
	line, reason := 1, err.Error()
	if parts := syntax.FindStringSubmatch(reason); parts != nil {
		reason = parts[2]
		if n, err := strconv.Atoi(parts[1]); err == nil {
			line = n
		}
	}
	s.load.refuse(s.at(line), "", "this is not YAML: "+reason)
}

// empty tells whether nothing was written, or one of YAML's words for it.
func empty(node *yaml.Node) bool {
	return node.Kind == yaml.ScalarNode && node.ShortTag() == "!!null"
}
