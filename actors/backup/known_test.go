package backup

import (
	"strings"
	"testing"
	"time"
)

// TestWhatIsUnknown: a copy of before the first message has no moment to tell.
func TestWhatIsUnknown(t *testing.T) {
	if text := whatIsUnknown(time.Time{}); strings.Contains(text, "0001") {
		t.Error(text)
	}
	if text := whatIsUnknown(time.Date(2026, 5, 4, 3, 2, 0, 0, time.UTC)); !strings.Contains(text, "2026-05-04 03:02") {
		t.Error(text)
	}
}
