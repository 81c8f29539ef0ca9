package login

import (
	"errors"
	"testing"

	"topicdesk/actors/meter"
	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

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
