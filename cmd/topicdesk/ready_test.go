package main

import (
	"io"
	"net/http"
	"strings"
	"testing"
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
