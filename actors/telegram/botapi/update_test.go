package botapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/mymmrac/telego"

	"topicdesk/tenants"
)

const updatesFile = "testdata/updates.txt"

// TestUpdates translates every update of updates.txt: a title, the update as
// Telegram writes it, a line of hyphens, and what becomes of it.
// `go test -run TestUpdates -rewrite` writes the results anew; read the diff.
func TestUpdates(t *testing.T) {
	golden := readFile(t, updatesFile)
	var out strings.Builder
	for i, block := range blocks(golden) {
		update, want, found := strings.Cut(block, "\n----\n")
		title, raw, titled := strings.Cut(update, "\n")
		if !found || !titled {
			t.Fatalf("block %d: %q", i, block)
		}
		got := showUpdate(t, []byte(raw))
		if got != want && !*rewrite {
			t.Errorf("%s\n got %s\nwant %s", title, got, want)
		}
		if i > 0 {
			out.WriteString("\n")
		}
		fmt.Fprintf(&out, "%s\n----\n%s\n", update, got)
	}
	if *rewrite {
		if err := os.WriteFile(updatesFile, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func readFile(t testing.TB, name string) string {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func blocks(golden string) []string {
	return strings.Split(strings.TrimSuffix(golden, "\n"), "\n\n")
}

func showUpdate(t *testing.T, raw []byte) string {
	t.Helper()
	update, err := decode(7001, raw)
	if err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	if !bytes.Equal(update.Raw, raw) {
		t.Errorf("raw changed: %s", update.Raw)
	}
	var shown bytes.Buffer
	encoder := json.NewEncoder(&shown)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(update.Event); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%d %s %s", update.ID, reflect.TypeOf(update.Event).Name(), strings.TrimSpace(shown.String()))
}

// TestEveryFieldIsSorted holds telego's Message against the tables: each of its
// fields is metadata, a kind, or a service message. A new telego that knows more
// makes it fail.
func TestEveryFieldIsSorted(t *testing.T) {
	message := reflect.TypeFor[telego.Message]()
	for i := range message.NumField() {
		name, _, _ := strings.Cut(message.Field(i).Tag.Get("json"), ",")
		sorted(t, name, sampleOf(message.Field(i).Type))
	}
}

// sampleOf is the least JSON that a field of a type can have.
func sampleOf(of reflect.Type) string {
	switch of.Kind() {
	case reflect.Slice:
		return "[" + sampleOf(of.Elem()) + "]"
	case reflect.String:
		return `"x"`
	case reflect.Bool:
		return "true"
	case reflect.Int, reflect.Int64:
		return "5"
	default:
		return "{}"
	}
}

// sorted tells that a message with only that field is taken for what the lists
// say: each name is in exactly one.
func sorted(t *testing.T, name, sample string) {
	t.Helper()
	kind := slices.Contains(tenants.Kinds, tenants.Kind(name))
	service := slices.Contains(tenants.Services, tenants.Service(name))
	if count(kind, service, slices.Contains(metadata, name)) != 1 {
		t.Errorf("%s is in %d lists", name, count(kind, service, slices.Contains(metadata, name)))
	}
	rest := fmt.Sprintf(`,%q:%s}`, name, sample)
	if name == "message_id" || name == "chat" {
		rest = "}"
	}
	m, err := decodeMessage(7001, []byte(`{"message_id":1,"chat":{"id":5,"type":"private"}`+rest))
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	want := tenants.Content{Kind: tenants.KindOther}
	switch {
	case kind:
		want.Kind = tenants.Kind(name)
	case service:
		want = tenants.Content{Kind: tenants.KindService, Service: tenants.Service(name)}
	}
	if m.Content.Kind != want.Kind || m.Content.Service != want.Service || m.Content.Name != "" {
		t.Errorf("%s is taken for %q %q %q", name, m.Content.Kind, m.Content.Service, m.Content.Name)
	}
}

func count(all ...bool) (n int) {
	for _, is := range all {
		if is {
			n++
		}
	}
	return n
}

// FuzzDecode: whatever comes, nothing panics, and a batch goes on.
func FuzzDecode(f *testing.F) {
	for _, block := range blocks(readFile(f, updatesFile)) {
		update, _, _ := strings.Cut(block, "\n----\n")
		_, raw, _ := strings.Cut(update, "\n")
		f.Add([]byte(raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		update, err := decode(7001, raw)
		switch {
		case err != nil:
		case update.Event == nil:
			t.Error("no event")
		case update.ID == 0:
			t.Error("no id")
		default:
			if posted, is := update.Event.(tenants.Posted); is && (posted.Message.ID == 0 || posted.Message.Content.Kind == "") {
				t.Errorf("half a message: %+v", posted.Message)
			}
		}
	})
}
