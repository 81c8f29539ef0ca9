package botapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// queue is a server that keeps updates until they are confirmed.
type queue struct {
	updates []string // id = index + 1
	asked   []map[string]any
}

func (q *queue) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var params map[string]any
	if err := json.NewDecoder(r.Body).Decode(&params); err != nil {
		panic(err)
	}
	q.asked = append(q.asked, params)
	offset, _ := params["offset"].(float64)
	var rest []string
	for id := max(int(offset), 1); id <= len(q.updates); id++ {
		rest = append(rest, fmt.Sprintf("{\"update_id\":%d,\n%s}", id, q.updates[id-1]))
	}
	fmt.Fprintf(w, `{"ok":true,"result":[%s]}`, strings.Join(rest, ","))
}

const hello = `"message":{"message_id":9,"date":1700000000,"chat":{"id":42,"type":"private"},"from":{"id":42,"first_name":"Ann"},"text":"hello"}`

func TestReceive(t *testing.T) {
	q := &queue{updates: []string{
		hello,
		`"message":"what is this"`,
		`"poll_answer":{"poll_id":"1"}`,
		`"message":{"message_id":1}`,
	}}
	g := serve(t, q.ServeHTTP)
	first, err := g.Receive(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(first.Updates) != 4 {
		t.Fatalf("%d updates", len(first.Updates))
	}
	posted, ok := first.Updates[0].Event.(tenants.Posted)
	if !ok || posted.Message.Content.Text.Text != "hello" {
		t.Errorf("first event %#v", first.Updates[0].Event)
	}
	for i, name := range []string{"unreadable message", "poll_answer", "unreadable message"} {
		if got := first.Updates[i+1].Event; got != (tenants.Ignored{Name: name}) {
			t.Errorf("update %d is %#v, want ignored %s", i+2, got, name)
		}
	}
	if want := "{\"update_id\":1,\n" + hello + "}"; string(first.Updates[0].Raw) != want {
		t.Errorf("raw is %s", first.Updates[0].Raw)
	}

	again, err := g.Receive(t.Context(), nil)
	if err != nil || len(again.Updates) != 4 {
		t.Errorf("what was not confirmed came %d times, error %v", len(again.Updates), err)
	}
	after, err := g.Receive(t.Context(), first.State)
	if err != nil || len(after.Updates) != 0 {
		t.Errorf("after confirming: %d updates, error %v", len(after.Updates), err)
	}
	if !slices.Equal(after.State, first.State) {
		t.Errorf("an empty batch moved the state from %x to %x", first.State, after.State)
	}

	params := q.asked[0]
	if params["limit"] != 100.0 || params["timeout"] != 1.0 {
		t.Errorf("asked with %v", params)
	}
	if allowed := fmt.Sprint(params["allowed_updates"]); allowed != fmt.Sprint(DefaultUpdates) {
		t.Errorf("asked for %s", allowed)
	}
	if q.asked[2]["offset"] != 5.0 {
		t.Errorf("confirmed with offset %v", q.asked[2]["offset"])
	}
}

// After a quiet week ids begin anew, perhaps lower: the state follows.
func TestReceiveFollowsLowerIDs(t *testing.T) {
	g := serve(t, answer(200, `{"ok":true,"result":[{"update_id":10,`+hello+`}]}`))
	batch, err := g.Receive(t.Context(), writeState(900))
	if err != nil {
		t.Fatal(err)
	}
	if offset, err := readState(batch.State); err != nil || offset != 11 {
		t.Errorf("offset %d, error %v", offset, err)
	}
}

func TestReceiveErrors(t *testing.T) {
	tests := map[string]struct {
		handler  http.HandlerFunc
		want     string
		conflict bool
	}{
		"a webhook":            {answer(409, `{"ok":false,"error_code":409,"description":"Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"}`), "not sent", true},
		"another poll":         {answer(409, `{"ok":false,"error_code":409,"description":"Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"}`), "not sent", true},
		"a revoked bot":        {answer(401, `{"ok":false,"error_code":401,"description":"Unauthorized"}`), "gone login", false},
		"a flood":              {answer(429, `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 2","parameters":{"retry_after":2}}`), "flood 2s wide", false},
		"a gateway":            {answer(502, `<html>`), "not sent", false},
		"a cut":                {cut, "not sent", false},
		"no updates":           {answer(200, `{"ok":true,"result":{"a":1}}`), "not sent", false},
		"an update without id": {answer(200, `{"ok":true,"result":[{"message":{}}]}`), "not sent", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := serve(t, test.handler).Receive(t.Context(), nil)
			var refusal *telegram.ReceiveError
			if !errors.As(err, &refusal) {
				t.Fatalf("error %v", err)
			}
			if got := show(refusal.Outcome); got != test.want || refusal.Conflict != test.conflict {
				t.Errorf("got %s, conflict %v", got, refusal.Conflict)
			}
			if refusal.Hooked != (name == "a webhook") {
				t.Errorf("hooked %v", refusal.Hooked)
			}
		})
	}
}

func TestReceiveIsCancelled(t *testing.T) {
	arrived := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		close(arrived)
		<-r.Context().Done()
	}))
	defer server.Close()
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-arrived; cancel() }()
	g := newGateway(t, Options{APIRoot: server.URL})
	if _, err := g.Receive(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestReceiveState(t *testing.T) {
	g := newGateway(t, Options{})
	if _, err := g.Receive(t.Context(), []byte{1, 2, 3}); err == nil {
		t.Error("a state of three bytes was taken")
	}
}
