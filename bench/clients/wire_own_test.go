//go:build foreign

package clients

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"topicdesk/bench/spec"
)

// The wire itself must see what is wrong.
func TestWire(t *testing.T) {
	api, err := spec.Read(shared(t, "botapi-10.1.json"))
	if err != nil {
		t.Fatal(err)
	}
	const fine = `{"ok":true,"result":true}`
	form := "--b\r\ncontent-disposition:form-data;name=\"chat_id\"\r\n\r\n1\r\n" +
		"--b\r\ncontent-disposition:form-data;name=\"document\";filename=ё.txt\r\n\r\nx\r\n--b--\r\n"
	message := `{"ok":true,"result":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"}}}`
	for name, tc := range map[string]struct {
		method, kind, body, answer string
		want                       []string
	}{
		"nothing": {"close", "", "", fine, nil},
		"null":    {"close", "application/json", "null", fine, nil},
		"JSON":    {"sendChatAction", "application/json", `{"chat_id":1,"action":"typing"}`, fine, nil},
		"form":    {"sendChatAction", "application/x-www-form-urlencoded", "chat_id=1&action=typing", fine, nil},
		"upload":  {"sendDocument", "multipart/form-data; boundary=b", form, message, nil},
		"lacking": {"sendChatAction", "application/json", `{"chat_id":1}`, fine, []string{"sendChatAction lacks action"}},
		"unknown": {"close", "application/x-www-form-urlencoded", "x=1", fine, []string{"close has no argument x"}},
		"quirk":   {"close", "application/x-www-form-urlencoded", "method=close", fine, nil},
		"answer":  {"close", "", "", `{"ok":true,"result":1}`, []string{"close is no boolean"}},
		"object":  {"getMe", "", "", `{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"B","age":3}}`, []string{"getMe has the unknown field age"}},
	} {
		w := newWire(api, "")
		req := httptest.NewRequest(http.MethodPost, "/bot1:A/"+tc.method, strings.NewReader(tc.body))
		req.Header.Set("Content-Type", tc.kind)
		w.handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(tc.answer))
		})).ServeHTTP(httptest.NewRecorder(), req)
		if got := slices.Sorted(maps.Keys(w.faults)); !slices.Equal(got, tc.want) {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}

// So must it for webhooks and the calls in their answers.
func TestWireHooks(t *testing.T) {
	api, err := spec.Read(shared(t, "botapi-10.1.json"))
	if err != nil {
		t.Fatal(err)
	}
	bot := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"method":"sendMessage","chat_id":1}`))
	}))
	defer bot.Close()
	w := newWire(api, "known")
	req := httptest.NewRequest(http.MethodPost, bot.URL, strings.NewReader(`{"message":{}}`))
	req.RequestURI = ""
	res, err := w.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	want := []string{"a webhook carries the wrong secret", "sendMessage lacks text", "update lacks update_id", "update.message lacks chat",
		"update.message lacks date", "update.message lacks message_id"}
	if got := slices.Sorted(maps.Keys(w.faults)); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if hooks, replies := w.counted(); hooks != 1 || !slices.Equal(replies, []string{"sendMessage"}) || !w.called("sendMessage") {
		t.Errorf("%d webhooks, %q called", hooks, replies)
	}
}
