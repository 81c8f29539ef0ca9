package tenants_test

import (
	"testing"

	"topicdesk/tenants"
)

func TestClosest(t *testing.T) {
	names := []string{"hold", "wait", "close", "info", "help", "bind"}
	tests := map[string]string{
		"hodl": "hold", "cloze": "close", "clsoe": "close", "HLEP": "help", "wiat": "wait",
		"hel": "help", "clo": "close", "inf": "info", "x": "", "": "", "restart": "", "wt": "", "closeall": "",
	}
	for word, want := range tests {
		if got := tenants.Closest(word, names); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}
