package meter_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"topicdesk/actors/meter"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

func TestWrite(t *testing.T) {
	m, now := meter.New(), time.Unix(1_700_000_000, 0)
	m.Waiting("a", map[dialog.Side]meter.Waits{dialog.ToTopic: {Jobs: 2, Oldest: now.Add(-time.Minute)}})
	m.Waiting("b", map[dialog.Side]meter.Waits{
		dialog.ToTopic: {Jobs: 3, Oldest: now.Add(-time.Second)}, dialog.ToMark: {Jobs: 1, Oldest: now.Add(-1500 * time.Millisecond)},
	})
	m.Waiting("c", map[dialog.Side]meter.Waits{dialog.ToClient: {Jobs: 9, Oldest: now}})
	m.Waiting("c", nil)
	m.Tried(tenants.Done)
	m.Tried(tenants.NotSent)
	m.Tried(tenants.Done)
	m.Paused(true)
	m.Unsure(meter.Resent)
	m.Dropped(dialog.ByHost)
	m.Spent(-100, 10)
	m.Spent(7, 1)
	for _, after := range []time.Duration{-time.Second, 100 * time.Millisecond, 101 * time.Millisecond, time.Hour} {
		m.Arrived(dialog.ToClient, after)
	}
	var out strings.Builder
	m.Write(&out, now)
	for _, line := range []string{
		`topicdesk_jobs_waiting{side="topic"} 5`, `topicdesk_jobs_waiting{side="client"} 0`, `topicdesk_jobs_waiting{side="mark"} 1`,
		`topicdesk_oldest_job_seconds{side="topic"} 60`, `topicdesk_oldest_job_seconds{side="mark"} 1.5`,
		`topicdesk_tries_total{outcome="done"} 2`, `topicdesk_tries_total{outcome="not_sent"} 1`, `topicdesk_tries_total{outcome="flood"} 0`,
		`topicdesk_pauses_total{cause="flood"} 1`, `topicdesk_unsure_total{result="resent"} 1`, `topicdesk_dropped_total{reason="host"} 1`,
		`topicdesk_tokens_spent_total{chats="group"} 10`, `topicdesk_tokens_spent_total{chats="private"} 1`,
		`topicdesk_delivery_seconds_bucket{side="client",le="0.1"} 2`, `topicdesk_delivery_seconds_bucket{side="client",le="0.25"} 3`,
		`topicdesk_delivery_seconds_bucket{side="client",le="1800"} 3`, `topicdesk_delivery_seconds_bucket{side="client",le="+Inf"} 4`,
		`topicdesk_delivery_seconds_count{side="client"} 4`, `topicdesk_delivery_seconds_count{side="topic"} 0`,
	} {
		if !strings.Contains(out.String(), "\n"+line+"\n") {
			t.Errorf("%s is missing in\n%s", line, out.String())
		}
	}
}

// TestNames: what is written is what the package's page promises, and nothing else.
func TestNames(t *testing.T) {
	page, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	promised := map[string]bool{}
	for _, found := range regexp.MustCompile(`//\t(topicdesk_\w+)\{(\w+)\}`).FindAllStringSubmatch(string(page), -1) {
		promised[found[1]] = true
	}
	var out strings.Builder
	meter.New().Write(&out, time.Time{})
	written := regexp.MustCompile(`(?m)^# TYPE (\w+) `).FindAllStringSubmatch(out.String(), -1)
	if len(written) != len(promised) {
		t.Errorf("%d names are written, %d promised", len(written), len(promised))
	}
	for _, name := range written {
		if !promised[name[1]] {
			t.Errorf("%s is not promised", name[1])
		}
	}
}

// TestNobodyCounts: a nil meter may be told everything.
func TestNobodyCounts(t *testing.T) {
	var m *meter.Meter
	m.Tried(tenants.Done)
	m.Arrived(dialog.ToTopic, 0)
	m.Waiting("a", nil)
	m.Dropped(meter.Poison)
}
