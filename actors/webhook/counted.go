package webhook

import (
	"context"
	"errors"
	"net/http"

	"topicdesk/actors/meter"
	"topicdesk/actors/node"
	"topicdesk/tenants"
)

// counted counts what is answered at the webhooks' door.
func counted(m *meter.Meter, door http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		noted := &statusNoted{ResponseWriter: w, code: http.StatusOK}
		door.ServeHTTP(noted, r)
		m.Webhook(answerOf(noted.code))
	})
}

type statusNoted struct {
	http.ResponseWriter
	code int
}

// WriteHeader notes the answer.
func (s *statusNoted) WriteHeader(code int) {
	s.code = code
	s.ResponseWriter.WriteHeader(code)
}

// Unwrap is for http.ResponseController.
func (s *statusNoted) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// answerOf is an answer in the words of the meter.
func answerOf(code int) string {
	switch {
	case code < http.StatusBadRequest:
		return meter.Taken
	case code < http.StatusInternalServerError:
		return meter.RefusedAnswer
	case code == http.StatusServiceUnavailable:
		return meter.Later
	default:
		return meter.FailedAnswer
	}
}

// deliver is bring; what is not taken on now is counted by the cause.
func (w *hall) deliver(ctx context.Context, path string, update tenants.Update) error {
	err := w.bring(ctx, path, update)
	switch m, stopping := w.Meter, w.Logins.Stopping().Err() != nil; {
	case err == nil, errors.Is(err, node.ErrFull) && !stopping: // the node has counted the latter
	case stopping:
		m.NotNow(meter.Stopping)
	case errors.Is(err, errBehind):
		m.NotNow(meter.Uncommitted)
	default:
		m.NotNow(meter.Opening)
	}
	return err
}
