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
// fields is beside the content, or a kind, or a service message, or meant to
// be "other". A new telego that knows more makes it fail.
func TestEveryFieldIsSorted(t *testing.T) {
	others := strings.Fields(`story giveaway giveaway_winners invoice paid_media checklist gift unique_gift rich_message`)
	more := map[string]string{"live_photo": "comes with photo"}
	message := reflect.TypeFor[telego.Message]()
	for i := range message.NumField() {
		name, _, _ := strings.Cut(message.Field(i).Tag.Get("json"), ",")
		got := sortOf(t, message, i)
		switch {
		case slices.Contains(beside, name), more[name] != "":
			if got != "" {
				t.Errorf("%s is beside the content, but taken as %s", name, got)
			}
		case slices.Contains(others, name):
			if got != "" {
				t.Errorf("%s is other content, but taken as %s", name, got)
			}
		case got == "":
			t.Errorf("nothing is said of %s", name)
		}
	}
}

// sortOf is what a message with only that field is taken for.
func sortOf(t *testing.T, message reflect.Type, field int) string {
	t.Helper()
	one := reflect.New(message).Elem()
	value := one.Field(field)
	switch value.Kind() {
	case reflect.Pointer:
		value.Set(reflect.New(value.Type().Elem()))
	case reflect.Slice:
		value.Set(reflect.MakeSlice(value.Type(), 1, 1))
	case reflect.String:
		value.SetString("x")
	case reflect.Bool:
		value.SetBool(true)
	case reflect.Int, reflect.Int64:
		value.SetInt(5)
	case reflect.Interface:
		if value.Type() == reflect.TypeFor[telego.MaybeInaccessibleMessage]() {
			value.Set(reflect.ValueOf(&telego.Message{}))
		}
	case reflect.Struct:
	default:
		t.Fatalf("field of kind %s", value.Kind())
	}
	m := one.Interface().(telego.Message)
	got := content(&m)
	return string(got.Kind) + string(got.Service)
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
