package run

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestRoll: a webhook counts when it is accepted, a poll when it waits, and each bot
// once.
func TestRoll(t *testing.T) {
	desks := []*desk{{bot: 1, token: "1:a"}, {bot: 2, token: "2:b"}}
	type call struct {
		path, body string
		code, left int
	}
	for name, test := range map[string]struct {
		webhooks bool
		calls    []call
	}{
		"webhooks": {true, []call{
			{"/bot1:a/setWebhook", "{}", http.StatusTooManyRequests, 2},
			{"/bot1:a/getUpdates", `{"timeout":25}`, http.StatusOK, 2},
			{"/bot1:a/setWebhook", "{}", http.StatusOK, 1},
			{"/bot1:a/setWebhook", "{}", http.StatusOK, 1},
			{"/bot3:c/setWebhook", "{}", http.StatusOK, 1},
			{"/bot2:b/setwebhook", "{}", http.StatusOK, 0},
		}},
		"polls": {false, []call{
			{"/bot1:a/setWebhook", "{}", http.StatusOK, 2},
			{"/bot1:a/getUpdates", `{"timeout":0}`, http.StatusOK, 2},
			{"/bot1:a/getUpdates", `{"timeout":25}`, http.StatusOK, 1},
			{"/bot1:a/getUpdates", `{"timeout":25}`, http.StatusOK, 1},
			{"/bot2:b/getUpdates", `{"timeout":25}`, http.StatusOK, 0},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			l := newRoll(desks, test.webhooks)
			for _, c := range test.calls {
				door := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					body, err := io.ReadAll(r.Body)
					if err != nil || string(body) != c.body {
						t.Errorf("%s: the door reads %q, %v", c.path, body, err)
					}
					w.WriteHeader(c.code)
				})
				x := &wire{door: door, ledger: newLedger(), roll: l}
				x.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, c.path, strings.NewReader(c.body)))
				if got := l.count(); got != c.left {
					t.Errorf("%s with %s, answered %d: %d are missing, want %d", c.path, c.body, c.code, got, c.left)
				}
			}
			select {
			case <-l.full:
			default:
				t.Error("nobody was told that all are there")
			}
		})
	}
}
