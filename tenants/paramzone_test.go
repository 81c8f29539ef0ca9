package tenants

import (
	"strings"
	"testing"
	"time"
)

// TestZones loads each zone of the list: a name without its rules would be refused
// when somebody sets it.
func TestZones(t *testing.T) {
	names := strings.Fields(zoneNames)
	if len(names) < 500 {
		t.Fatalf("only %d zones", len(names))
	}
	for _, name := range names {
		if _, err := time.LoadLocation(name); err != nil {
			t.Error(err)
		}
	}
}
