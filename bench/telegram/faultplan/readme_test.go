package faultplan_test

import (
	"os"
	"strings"
	"testing"

	sim "topicdesk/bench/telegram"
	"topicdesk/bench/telegram/faultplan"
)

// The example that people copy can be read, and every kind is explained.
func TestReadme(t *testing.T) {
	raw, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(raw), "```yaml\n")
	example, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatal("README.md has no example")
	}
	if lines, err := faultplan.Parse([]byte(example)); err != nil || len(lines) != 4 {
		t.Errorf("the example: %d faults, %v", len(lines), err)
	}
	for _, k := range sim.FaultKinds() {
		if !strings.Contains(string(raw), "`"+string(k)+"`") {
			t.Errorf("README.md doesn't explain %s", k)
		}
	}
}
