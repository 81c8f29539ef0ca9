package botapi

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

var aText = telegram.SendContent{
	To:      telegram.To{Chat: -1001},
	Content: tenants.Content{Kind: tenants.KindText, Text: tenants.Plain("hello")},
}

// serve is a gateway at a server that answers every request with f.
func serve(t *testing.T, f http.HandlerFunc) *Gateway {
	t.Helper()
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	return newGateway(t, Options{APIRoot: server.URL, Transport: server.Client().Transport, CallTimeout: 10 * time.Second})
}

func answer(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

func TestAnswers(t *testing.T) {
	tests := map[string]struct {
		handler http.HandlerFunc
		want    string
	}{
		"done": {answer(200, `{"ok":true,"result":{"message_id":5}}`), "done"},
		"an error": {answer(403, `{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}`),
			"gone client"},
		"moved": {answer(400, `{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-100555}}`),
			"moved to -100555"},
		"flood":                     {answer(429, `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 3","parameters":{"retry_after":3}}`), "flood 3s"},
		"an endless flood":          {answer(429, `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 9999999999999","parameters":{"retry_after":9999999999999}}`), "flood 720h0m0s"},
		"an endless flood in words": {answer(400, `{"ok":false,"error_code":400,"description":"Bad Request: too many requests: retry after 9999999999999"}`), "flood 720h0m0s"},
		"an internal error":         {answer(500, `{"ok":false,"error_code":500,"description":"Internal Server Error: restart"}`), "unsure"},
		"a gateway's page":          {answer(502, `<html>502 Bad Gateway</html>`), "unsure"},
		"a gateway's late page":     {answer(504, `<html>504</html>`), "unsure"},
		"a page that is too large":  {answer(413, `<html>413</html>`), "refused as note"},
		"a page of somebody else":   {answer(404, `<html>404</html>`), "not sent"},
		"a redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		}, "not sent"},
		"a page instead of an id":   {answer(200, `<html>welcome to the hotel</html>`), "unsure"},
		"a result without an id":    {answer(200, `{"ok":true,"result":{}}`), "unsure"},
		"neither":                   {answer(200, `{}`), "unsure"},
		"a message newer than we":   {answer(200, `{"ok":true,"result":{"message_id":5,"chat":"what","forward_origin":{"type":"new"}}}`), "done"},
		"a connection cut":          {cut, "unsure"},
		"an answer without its end": {answerCut, "unsure"},
		"an answer without any end": {endless, "unsure"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			g := serve(t, test.handler)
			out := g.Try(t.Context(), 1, aText)
			if got := show(out); got != test.want {
				t.Errorf("got %s (%s), want %s", got, out.Why, test.want)
			}
			if strings.Contains(out.Why, "AAabc") || strings.Contains(out.Why, "/bot") {
				t.Errorf("Why holds the token or the URL: %s", out.Why)
			}
		})
	}
}

func cut(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func answerCut(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	io.WriteString(w, `{"ok":true,`)
}

func endless(w http.ResponseWriter, _ *http.Request) {
	block := make([]byte, 64<<10)
	for n := 0; n <= maxAnswer; n += len(block) {
		if _, err := w.Write(block); err != nil {
			return
		}
	}
}

func TestNobodyThere(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()
	g := newGateway(t, Options{APIRoot: "http://" + address})
	out := g.Try(t.Context(), 1, aText)
	if out.Kind != tenants.NotSent {
		t.Errorf("got %s (%s)", show(out), out.Why)
	}
	if strings.Contains(out.Why, "AAabc") {
		t.Errorf("Why holds the token: %s", out.Why)
	}
}

func TestTheCallIsGivenUp(t *testing.T) {
	arrived := make(chan struct{})
	release := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(arrived)
		<-release
	}))
	defer server.Close()
	defer close(release)
	g := newGateway(t, Options{APIRoot: server.URL, CallTimeout: time.Minute})
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-arrived; cancel() }()
	if out := g.Try(ctx, 1, aText); out.Kind != tenants.Unsure {
		t.Errorf("cancelled under way: %s (%s)", show(out), out.Why)
	}
	if out := g.Try(ctx, 1, aText); out.Kind != tenants.NotSent {
		t.Errorf("cancelled before: %s (%s)", show(out), out.Why)
	}
}

func TestTheCallHasADeadline(t *testing.T) {
	release := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	defer server.Close()
	defer close(release)
	g := newGateway(t, Options{APIRoot: server.URL, CallTimeout: 50 * time.Millisecond})
	if out := g.Try(t.Context(), 1, aText); out.Kind != tenants.Unsure {
		t.Errorf("got %s (%s)", show(out), out.Why)
	}
}

func TestOptions(t *testing.T) {
	for _, token := range []string{"", "abc", "0:AAabcdefghijklmnopqrstuvwxyz0123456", "7001:short", "7001:AAabcdefghijklmnopqrstuvwxyz0123456/x"} {
		_, err := New(Options{Token: token})
		if err == nil {
			t.Errorf("token %q was taken", token)
		}
		if err != nil && token != "" && strings.Contains(err.Error(), token) {
			t.Errorf("the token is in the error: %v", err)
		}
	}
	g := newGateway(t, Options{})
	if g.ID() != 7001 {
		t.Errorf("ID = %d", g.ID())
	}
	if g.base != "https://api.telegram.org/bot"+testToken+"/" {
		t.Error("not the official API by default")
	}
	if g.Abilities() != (telegram.Abilities{}) {
		t.Error("a bot has no abilities of an account")
	}
	if _, err := New(Options{Token: testToken, Caller: httpCaller{}, Transport: http.DefaultTransport}); err == nil {
		t.Error("caller and client together")
	}
}
