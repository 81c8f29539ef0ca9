package botapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"topicdesk/tenants"
)

const anUpdate = `{"update_id":7,` + hello + `}`

func knock(m *Mux, method, path, secret, body string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(method, path, strings.NewReader(body))
	request.Header.Set(secretHeader, secret)
	recorder := httptest.NewRecorder()
	m.ServeHTTP(recorder, request)
	return recorder
}

func TestWebhook(t *testing.T) {
	failed := errors.New("disk full")
	tests := map[string]struct {
		method, path, secret, body string
		deliver                    error
		want                       int
		delivered                  bool
	}{
		"taken":                             {"POST", "/tg/k1", "s1", anUpdate, nil, 200, true},
		"behind":                            {"POST", "/tg/k1", "s1", anUpdate, fmt.Errorf("node: %w", ErrBehind), 503, true},
		"failed":                            {"POST", "/tg/k1", "s1", anUpdate, failed, 500, true},
		"another's secret":                  {"POST", "/tg/k1", "s2", anUpdate, nil, 404, false},
		"no secret":                         {"POST", "/tg/k1", "", anUpdate, nil, 404, false},
		"an unknown key":                    {"POST", "/tg/k3", "s1", anUpdate, nil, 404, false},
		"no key":                            {"POST", "/tg/", "s1", anUpdate, nil, 404, false},
		"below a key":                       {"POST", "/tg/k1/x", "s1", anUpdate, nil, 404, false},
		"elsewhere":                         {"POST", "/k1", "s1", anUpdate, nil, 404, false},
		"not a post":                        {"GET", "/tg/k1", "s1", "", nil, 405, false},
		"no update":                         {"POST", "/tg/k1", "s1", "hello", nil, 400, false},
		"no update id":                      {"POST", "/tg/k1", "s1", `{"message":{}}`, nil, 400, false},
		"far too long":                      {"POST", "/tg/k1", "s1", strings.Repeat("x", maxUpdate+1), nil, 413, false},
		"a deep one":                        {"POST", "/tg/k1", "s1", `{"update_id":7,"message":` + strings.Repeat(`{"a":[`, 40_000), nil, 400, false},
		"a deep one that ends":              {"POST", "/tg/k1", "s1", `{"update_id":7,"message":` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + "}", nil, 400, false},
		"what nobody can read is delivered": {"POST", "/tg/k1", "s1", `{"update_id":7,"message":5}`, nil, 200, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			delivered := false
			m := NewMux(func(_ context.Context, key string, update tenants.Update) error {
				delivered = key == "k1" && update.ID == 7
				return test.deliver
			})
			m.Add("k1", Hook{Bot: 7001, Secret: "s1"})
			m.Add("k2", Hook{Bot: 7002, Secret: "s2"})
			got := knock(m, test.method, test.path, test.secret, test.body)
			if got.Code != test.want || delivered != test.delivered {
				t.Errorf("status %d, delivered %v", got.Code, delivered)
			}
			if got.Code == 503 && got.Header().Get("Retry-After") != "5" {
				t.Errorf("Retry-After is %q", got.Header().Get("Retry-After"))
			}
		})
	}
}

func TestWebhookKnowsItsBot(t *testing.T) {
	var own bool
	m := NewMux(func(_ context.Context, _ string, update tenants.Update) error {
		own = update.Event.(tenants.Posted).Message.Own
		return nil
	})
	m.Add("k1", Hook{Bot: 42, Secret: "s1"})
	knock(m, "POST", "/tg/k1", "s1", anUpdate)
	if !own {
		t.Error("its own message was taken for another's")
	}
}

func TestWebhookComesAndGoes(t *testing.T) {
	m := NewMux(func(context.Context, string, tenants.Update) error { return nil })
	m.Add("k1", Hook{Bot: 7001, Secret: "s1"})
	m.Add("k1", Hook{Bot: 7001, Secret: "new"})
	if got := knock(m, "POST", "/tg/k1", "s1", anUpdate).Code; got != 404 {
		t.Errorf("the replaced secret got %d", got)
	}
	m.Remove("k1")
	if got := knock(m, "POST", "/tg/k1", "new", anUpdate).Code; got != 404 {
		t.Errorf("a removed bot got %d", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("a hook without secret was let in")
		}
	}()
	m.Add("k2", Hook{Bot: 7002})
}

// TestWebhookWaits: no answer before Deliver returned, and not more at a time
// than agreed.
func TestWebhookWaits(t *testing.T) {
	entered, release := make(chan struct{}), make(chan struct{})
	m := NewMux(func(context.Context, string, tenants.Update) error {
		entered <- struct{}{}
		<-release
		return nil
	})
	m.Add("k1", Hook{Bot: 7001, Secret: "s1", MaxConnections: 1})
	first := make(chan int)
	go func() { first <- knock(m, "POST", "/tg/k1", "s1", anUpdate).Code }()
	<-entered
	select {
	case code := <-first:
		t.Fatalf("answered %d before it was delivered", code)
	default:
	}
	if got := knock(m, "POST", "/tg/k1", "s1", anUpdate).Code; got != 503 {
		t.Errorf("one too many got %d", got)
	}
	close(release)
	if code := <-first; code != 200 {
		t.Errorf("got %d", code)
	}
	go func() { <-entered }()
	if got := knock(m, "POST", "/tg/k1", "s1", anUpdate).Code; got != 200 {
		t.Errorf("the turn was not given back: %d", got)
	}
}

func TestSetWebhook(t *testing.T) {
	var path string
	var params map[string]any
	g := serve(t, func(w http.ResponseWriter, r *http.Request) {
		path = r.URL.Path
		params = nil
		json.NewDecoder(r.Body).Decode(&params)
		fmt.Fprint(w, `{"ok":true,"result":true,"description":"Webhook was set"}`)
	})
	if err := g.SetWebhook(t.Context(), "https://example.org/tg/k1", "s1", 8); err != nil {
		t.Fatal(err)
	}
	if params["url"] != "https://example.org/tg/k1" || params["secret_token"] != "s1" || params["max_connections"] != 8.0 ||
		params["drop_pending_updates"] != nil || len(params["allowed_updates"].([]any)) != len(DefaultUpdates) {
		t.Errorf("set with %v", params)
	}
	if err := g.DeleteWebhook(t.Context()); err != nil || !strings.HasSuffix(path, "/deleteWebhook") {
		t.Errorf("path %s, error %v", path, err)
	}
}
