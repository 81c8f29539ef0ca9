//go:build foreign

package botapi

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/mymmrac/telego"

	"topicdesk/bench/spec"
	"topicdesk/tenants"
)

// legacy is what the official server sends beside the specification.
var legacy = strings.Fields(`forward_from forward_from_chat forward_from_message_id forward_signature forward_sender_name forward_date`)

// TestForeignFieldsOfMessage walks the fields of Message in the machine-readable
// specification: each is metadata, a kind or a service message. The other way
// round, no list names a field that neither the specification has nor telego,
// which is younger.
func TestForeignFieldsOfMessage(t *testing.T) {
	dir := os.Getenv("TOPICDESK_SHARED_DATA")
	if dir == "" {
		t.Fatal("TOPICDESK_SHARED_DATA is not set")
	}
	api, err := spec.Read(filepath.Join(dir, "botapi-10.1.json"))
	if err != nil {
		t.Fatal(err)
	}
	known := slices.Clone(legacy)
	for _, f := range api.Types["Message"].Fields {
		known = append(known, f.Name)
		sorted(t, f.Name, sampleAs(f.Types[0]))
	}
	message := reflect.TypeFor[telego.Message]()
	for i := range message.NumField() {
		name, _, _ := strings.Cut(message.Field(i).Tag.Get("json"), ",")
		known = append(known, name)
	}
	listed := slices.Clone(metadata)
	for _, k := range tenants.Kinds {
		listed = append(listed, string(k))
	}
	for _, s := range tenants.Services {
		listed = append(listed, string(s))
	}
	for _, name := range listed {
		if !slices.Contains(known, name) {
			t.Errorf("%s is no field of Message", name)
		}
	}
}

// sampleAs is the least JSON that a field of a type of the specification can
// have.
func sampleAs(of string) string {
	switch {
	case strings.HasPrefix(of, "Array of "):
		return "[" + sampleAs(strings.TrimPrefix(of, "Array of ")) + "]"
	case of == "String":
		return `"x"`
	case of == "Boolean":
		return "true"
	case of == "Integer":
		return "5"
	default:
		return "{}"
	}
}
