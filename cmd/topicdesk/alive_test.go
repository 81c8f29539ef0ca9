package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"topicdesk/tenants/registry"
)

// TestCommandsDoNotReceive: a command without a node has received nothing, so it does
// not note that somebody ran: people would not be told of what may be lost.
func TestCommandsDoNotReceive(t *testing.T) {
	s := newScene(t)
	r := start(t, s.settings, "serve")
	r.find(t, `(has no group yet)`)
	r.stop()
	file := filepath.Join(s.dataDir(), registry.FileName)
	before := rowsOf(t, file)["node"]
	for _, command := range []string{"tenant list", "tenant show default", "doctor"} {
		s.expect(exitDone, "", strings.Fields(command), "default")
	}
	if after := rowsOf(t, file)["node"]; !slices.Equal(before, after) || len(before) != 1 {
		t.Errorf("when a process last ran: %q, was %q", after, before)
	}
}
