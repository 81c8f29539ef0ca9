package spec

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
)

// API is the specification. It is only read, so it may be shared.
type API struct {
	Version string
	Methods map[string]Method // by name, in the documentation's case
	Types   map[string]Type   // by name
}

// Method is one method with its arguments.
type Method struct {
	Name    string
	Returns []string // types, one of which the result has
	Fields  []Field
}

// Type is one type: an object with fields, or one of some other types.
type Type struct {
	Name     string
	Fields   []Field
	Subtypes []string
}

// Field is an argument of a method or a member of an object.
type Field struct {
	Name        string
	Types       []string // one of them fits; "Array of X" nests
	Required    bool
	Description string
}

// Read reads the specification from a file.
func Read(path string) (*API, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("spec: %w", err)
	}
	api := &API{}
	if err := json.Unmarshal(b, api); err != nil {
		return nil, fmt.Errorf("spec: read %s: %w", path, err)
	}
	if len(api.Methods) == 0 || len(api.Types) == 0 {
		return nil, fmt.Errorf("spec: %s names no methods or no types", path)
	}
	return api, nil
}

// Method finds a method by its name in any case, as the server does.
func (a *API) Method(name string) (Method, bool) {
	if m, ok := a.Methods[name]; ok {
		return m, true
	}
	for other, m := range a.Methods {
		if strings.EqualFold(other, name) {
			return m, true
		}
	}
	return Method{}, false
}

// Legacy says whether the official server still writes this field though its
// documentation dropped it (Bot API server source).
func Legacy(field string) bool { return slices.Contains(legacy, field) }

var legacy = []string{
	"forward_from", "forward_from_chat", "forward_from_message_id", "forward_date", "forward_sender_name",
	"forward_signature", "thumb", "can_send_media_messages", "new_chat_participant", "left_chat_participant", "user_shared", "user_ids",
	"new_chat_member", "can_reply",
}
