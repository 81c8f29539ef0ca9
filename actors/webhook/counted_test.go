package webhook

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"topicdesk/actors/meter"
)

// TestCounted: what the webhooks' door answers is counted by what it means.
func TestCounted(t *testing.T) {
	for code, want := range map[int]string{200: meter.Taken, 404: meter.RefusedAnswer, 429: meter.RefusedAnswer, 503: meter.Later, 500: meter.FailedAnswer} {
		m := meter.New(time.Now)
		handler := counted(m, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if code != http.StatusOK {
				w.WriteHeader(code)
			}
		}))
		handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, "/", nil))
		answer := httptest.NewRecorder()
		m.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
		if line := `topicdesk_webhooks_total{answer="` + want + `"} 1`; !strings.Contains(answer.Body.String(), line) {
			t.Errorf("%d: %s is missing", code, line)
		}
	}
}
