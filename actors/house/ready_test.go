package house

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// TestReadiness: each reason for which a node is not ready is said.
func TestReadiness(t *testing.T) {
	h := newHouse(t)
	r := h.Ready()
	ask := func() (int, string) {
		answer := httptest.NewRecorder()
		r.serve(answer, httptest.NewRequest(http.MethodGet, "/readyz", nil))
		return answer.Code, answer.Body.String()
	}
	expect := func(code int, part string) {
		t.Helper()
		if got, body := ask(); got != code || !strings.Contains(body, part) {
			t.Errorf("%d %q, want %d with %q", got, body, code, part)
		}
	}
	expect(http.StatusServiceUnavailable, "starting: ")
	r.Began()
	expect(http.StatusOK, "ok")

	leave := h.admission.Take("acme", 4096)
	expect(http.StatusServiceUnavailable, "behind: 4096 updates")
	leave()

	unreachable := &telegram.ReceiveError{Outcome: tenants.Outcome{Kind: tenants.NotSent}}
	h.Logins.Heard(unreachable, time.Now())
	expect(http.StatusOK, "ok") // one attempt says little
	h.Logins.Heard(nil, time.Now())
	h.Logins.Heard(unreachable, time.Now().Add(-2*lostAfter))
	h.Logins.Heard(context.Canceled, time.Now())
	expect(http.StatusServiceUnavailable, "telegram: not reached since 20")
	h.Logins.Heard(&telegram.ReceiveError{Conflict: true}, time.Now())
	expect(http.StatusOK, "ok")

	gone := filepath.Join(t.TempDir(), "gone")
	here := h.Config.DataDir
	h.Config.DataDir = gone
	expect(http.StatusOK, "ok") // a look counts for a while
	r.looked = time.Now().Add(-2 * diskAgain)
	expect(http.StatusServiceUnavailable, "disk: data_dir takes nothing: ")
	h.Config.DataDir, r.looked = here, time.Time{}
	expect(http.StatusOK, "ok")
	if left, err := filepath.Glob(filepath.Join(here, ".check-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %q %v", left, err)
	}
	if _, err := os.Stat(gone); err == nil {
		t.Error("the look made the folder")
	}

	h.Logins.Stop()
	expect(http.StatusServiceUnavailable, "stopping: ")
}
