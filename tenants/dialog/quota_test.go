package dialog_test

import (
	"strings"
	"testing"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// TestQuota: full at a limit, and until there is room clearly below it.
func TestQuota(t *testing.T) {
	now := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	steps := []struct {
		load    dialog.Load
		reached bool
		words   string
	}{
		{dialog.Load{Jobs: 1 << 20, Bytes: 1 << 40}, false, ""}, // no limits
		{dialog.Load{Jobs: 99, MostJobs: 100}, false, ""},
		{dialog.Load{Jobs: 100, MostJobs: 100}, true, "100 jobs wait"},
		{dialog.Load{Jobs: 91, MostJobs: 100}, true, ""},
		{dialog.Load{Jobs: 90, MostJobs: 100}, false, ""},
		{dialog.Load{Bytes: 89 << 20, MostBytes: 100 << 20}, false, ""},
		{dialog.Load{Bytes: 90 << 20, MostBytes: 100 << 20}, true, "90 MiB of its file are in use, and limits.tenant_file_mib is 100"},
		{dialog.Load{Bytes: 81 << 20, MostBytes: 100 << 20}, true, ""},
		{dialog.Load{Bytes: 80 << 20, MostBytes: 100 << 20}, false, ""},
	}
	var q dialog.Quota
	for i, s := range steps {
		since := q.Since
		q = q.Look(s.load, now.Add(time.Duration(i)*time.Minute))
		if q.Reached() != s.reached || !strings.Contains(q.Words(), s.words) || (q.Words() == "") == s.reached {
			t.Errorf("%+v: reached %t, %q", s.load, q.Reached(), q.Words())
		}
		if q.Reached() && !since.IsZero() && q.Since != since {
			t.Errorf("%+v: since %s, not %s", s.load, q.Since, since)
		}
	}
	for after, want := range map[time.Duration]string{time.Hour: "nothing of it is lost", 30 * time.Hour: "may be lost"} {
		if note := (dialog.Quota{}).Note(now, now.Add(after), tenants.Voice{}); !strings.Contains(note.Text, want) {
			t.Errorf("after %s: %q", after, note.Text)
		}
	}
}
