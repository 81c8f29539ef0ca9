package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"topicdesk/actors/meter"
	"topicdesk/actors/telegram"
	"topicdesk/actors/tenant"
	"topicdesk/tenants"
)

// status asks a door.
func status(t *testing.T, address string) (code int, body string) {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

// TestDoorForWatchers: counters, health and readiness with debug.listen; profiles only
// where debug.pprof says so.
func TestDoorForWatchers(t *testing.T) {
	s := newScene(t, "debug.listen=127.0.0.1:0")
	r := start(t, s.settings, "serve")
	door := r.find(t, `(http://[0-9.:]+)/metrics`)
	r.find(t, `(node started)`)
	s.until("it is ready", func() bool {
		code, body := status(t, door+"/readyz")
		return code == http.StatusOK && body == "ok\n"
	})
	if code, body := status(t, door+"/healthz"); code != http.StatusOK || body != "ok\n" {
		t.Errorf("healthz: %d %s", code, body)
	}
	if code, _ := status(t, door+"/debug/pprof/"); code != http.StatusNotFound {
		t.Errorf("profiles are served without debug.pprof: %d", code)
	}
	_, counted := status(t, door+"/metrics")
	for _, line := range []string{
		"\ntopicdesk_tenants{state=\"awake\"} 1\n", "\ntopicdesk_polls_waiting ", "\ntopicdesk_opening_seconds_count ", "\ntopicdesk_commits_total ",
		"\nprocess_open_fds ", "\ngo_goroutines ", "\ntopicdesk_updates_uncommitted_ceiling 4096\n",
	} {
		if !strings.Contains(counted, line) {
			t.Errorf("%q is missing in\n%s", line, counted)
		}
	}
	r.stop()
	s.settings = append(s.settings, "debug.pprof=true")
	again := start(t, s.settings, "serve")
	if code, _ := status(t, again.find(t, `(http://[0-9.:]+)/metrics`)+"/debug/pprof/"); code != http.StatusOK {
		t.Errorf("profiles are not served with debug.pprof: %d", code)
	}
}

// TestReadiness: each reason for which a node is not ready is said.
func TestReadiness(t *testing.T) {
	s := newScene(t)
	cfg := mustConfig(t, s.settings...)
	h, err := openHouse(cfg, newLog(cfg.Log, newOutput()), func(tenants.TenantID, tenant.Notice) {})
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()
	r := &readiness{house: h}
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
	r.started.Store(true)
	expect(http.StatusOK, "ok")

	leave := h.logins.admission.take("acme", 4096)
	expect(http.StatusServiceUnavailable, "behind: 4096 updates")
	leave()

	unreachable := &telegram.ReceiveError{Outcome: tenants.Outcome{Kind: tenants.NotSent}}
	h.logins.contact.note(unreachable, time.Now(), h.meter)
	expect(http.StatusOK, "ok") // one attempt says little
	h.logins.contact.note(nil, time.Now(), h.meter)
	h.logins.contact.note(unreachable, time.Now().Add(-2*lostAfter), h.meter)
	h.logins.contact.note(context.Canceled, time.Now(), h.meter)
	expect(http.StatusServiceUnavailable, "telegram: not reached since 20")
	h.logins.contact.note(&telegram.ReceiveError{Conflict: true}, time.Now(), h.meter)
	expect(http.StatusOK, "ok")

	gone := filepath.Join(t.TempDir(), "gone")
	here := h.cfg.DataDir
	h.cfg.DataDir = gone
	expect(http.StatusOK, "ok") // a look counts for a while
	r.looked = time.Now().Add(-2 * diskAgain)
	expect(http.StatusServiceUnavailable, "disk: data_dir takes nothing: ")
	h.cfg.DataDir, r.looked = here, time.Time{}
	expect(http.StatusOK, "ok")
	if left, err := filepath.Glob(filepath.Join(here, ".check-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %q %v", left, err)
	}
	if _, err := os.Stat(gone); err == nil {
		t.Error("the look made the folder")
	}

	h.logins.stop()
	expect(http.StatusServiceUnavailable, "stopping: ")
}

// TestDeafness: why a question for updates failed.
func TestDeafness(t *testing.T) {
	for kind, err := range map[string]error{
		"":                nil,
		meter.Conflict:    &telegram.ReceiveError{Conflict: true},
		meter.Flooded:     &telegram.ReceiveError{Outcome: tenants.Outcome{Kind: tenants.Flood}},
		meter.Revoked:     &telegram.ReceiveError{Outcome: tenants.Outcome{Kind: tenants.Gone, Gone: tenants.GoneLogin}},
		meter.Unreachable: errors.New("no route"),
	} {
		if got := deafness(err); got != kind {
			t.Errorf("%v is %q, want %q", err, got, kind)
		}
	}
}
