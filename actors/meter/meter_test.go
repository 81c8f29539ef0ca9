package meter_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"topicdesk/actors/meter"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

var now = time.Unix(1_700_000_000, 0)

func fresh() *meter.Meter { return meter.New(func() time.Time { return now }) }

// scrape is what Prometheus would read.
func scrape(t *testing.T, m *meter.Meter) string {
	t.Helper()
	answer := httptest.NewRecorder()
	m.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if answer.Code != http.StatusOK {
		t.Fatalf("%d %s", answer.Code, answer.Body)
	}
	return "\n" + answer.Body.String()
}

func TestCounts(t *testing.T) {
	m := fresh()
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
	m.Dropped("keywords")
	m.Spent(-100, 10)
	m.Spent(7, 1)
	for _, after := range []time.Duration{-time.Second, 100 * time.Millisecond, 101 * time.Millisecond, time.Hour} {
		m.Arrived(dialog.ToClient, after)
	}
	m.Arrived(dialog.ToMark, 0) // nobody's message
	m.Opened(2 * time.Millisecond)
	m.Changed()
	m.Committed(time.Millisecond)
	m.Webhook(meter.Later)
	m.NotNow(meter.OpenFiles)
	m.Deaf(meter.Conflict)
	m.Polling()
	m.Polling()()
	m.Watch(func() meter.Stand {
		return meter.Stand{
			Awake: 1, Asleep: 2, Stopped: 3, Failed: 4, Open: 5, OpenMost: 6, Uncommitted: 7, UncommittedMost: 8, Tries: 9,
		}
	})
	out := scrape(t, m)
	for _, line := range []string{
		`topicdesk_jobs_waiting{side="topic"} 5`, `topicdesk_jobs_waiting{side="client"} 0`, `topicdesk_jobs_waiting{side="mark"} 1`,
		`topicdesk_oldest_job_seconds{side="topic"} 60`, `topicdesk_oldest_job_seconds{side="mark"} 1.5`,
		`topicdesk_tries_total{outcome="done"} 2`, `topicdesk_tries_total{outcome="not_sent"} 1`, `topicdesk_tries_total{outcome="flood"} 0`,
		`topicdesk_pauses_total{cause="flood"} 1`, `topicdesk_unsure_total{result="resent"} 1`,
		`topicdesk_dropped_total{reason="host"} 1`, `topicdesk_dropped_total{reason="keywords"} 1`, `topicdesk_dropped_total{reason="poison"} 0`,
		`topicdesk_dropped_total{reason="audit"} 0`,
		`topicdesk_tokens_spent_total{chats="group"} 10`, `topicdesk_tokens_spent_total{chats="private"} 1`,
		`topicdesk_delivery_seconds_bucket{side="client",le="0.1"} 2`, `topicdesk_delivery_seconds_bucket{side="client",le="0.25"} 3`,
		`topicdesk_delivery_seconds_bucket{side="client",le="1800"} 3`, `topicdesk_delivery_seconds_bucket{side="client",le="+Inf"} 4`,
		`topicdesk_delivery_seconds_count{side="client"} 4`, `topicdesk_delivery_seconds_count{side="topic"} 0`,
		`topicdesk_opening_seconds_count 1`, `topicdesk_commits_total 1`, `topicdesk_commit_seconds_bucket{le="0.001"} 1`,
		`topicdesk_webhooks_total{answer="later"} 1`, `topicdesk_webhooks_total{answer="taken"} 0`,
		`topicdesk_admission_refused_total{cause="open_files"} 1`, `topicdesk_receive_errors_total{kind="conflict"} 1`,
		`topicdesk_polls_waiting 1`,
		`topicdesk_tenants{state="awake"} 1`, `topicdesk_tenants{state="asleep"} 2`, `topicdesk_tenants{state="stopped"} 3`,
		`topicdesk_tenants{state="failed"} 4`, `topicdesk_open_files 5`, `topicdesk_open_files_ceiling 6`,
		`topicdesk_updates_uncommitted 7`, `topicdesk_updates_uncommitted_ceiling 8`, `topicdesk_tries 9`,
	} {
		if !strings.Contains(out, "\n"+line+"\n") {
			t.Errorf("%s is missing in\n%s", line, out)
		}
	}
}

// TestReasonsAreBounded: a list that grows would cost every scrape for ever.
func TestReasonsAreBounded(t *testing.T) {
	m := fresh()
	for i := range 1000 {
		m.Dropped(fmt.Sprint("reason ", i))
	}
	out := scrape(t, m)
	if n := strings.Count(out, "\ntopicdesk_dropped_total{"); n > 65 {
		t.Errorf("%d reasons are told", n)
	}
	if !strings.Contains(out, `reason="other"} 9`) {
		t.Errorf("what is beyond is not counted:\n%s", out)
	}
}

// TestNames: what is written is what the package's page promises, with the labels
// that it promises, and nothing else; and Prometheus's own linter has nothing to say.
func TestNames(t *testing.T) {
	page, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	promised := map[string]string{} // label by name
	for _, found := range regexp.MustCompile(`(?m)^//\t(topicdesk_\w+)(?:\{(\w+)\})? `).FindAllStringSubmatch(string(page), -1) {
		promised[found[1]] = found[2]
	}
	m := fresh()
	out := scrape(t, m)
	names := regexp.MustCompile(`(?m)^# TYPE (\w+) `).FindAllStringSubmatch(out, -1)
	if len(names) != len(promised) {
		t.Errorf("%d names are written, %d promised", len(names), len(promised))
	}
	for _, name := range names {
		label, ok := promised[name[1]]
		if !ok {
			t.Errorf("%s is not promised", name[1])
		}
		sample := regexp.MustCompile(`(?m)^` + name[1] + `(?:_count)?(?:\{(\w+)="[^"]*"\})? `).FindStringSubmatch(out)
		if sample == nil || sample[1] != label {
			t.Errorf("%s has another label than {%s}: %q", name[1], label, sample)
		}
	}
	problems, err := promlint.New(strings.NewReader(out[1:])).Lint()
	if err != nil || len(problems) > 0 {
		t.Errorf("the linter: %v %v", problems, err)
	}
}

// TestNobodyCounts: a nil meter may be told everything.
func TestNobodyCounts(t *testing.T) {
	var m *meter.Meter
	m.Tried(tenants.Done)
	m.Paused(true)
	m.Unsure(meter.Linked)
	m.Arrived(dialog.ToTopic, 0)
	m.Waiting("a", nil)
	m.Dropped(meter.Poison)
	m.Spent(1, 1)
	m.Opened(0)
	m.Changed()
	m.Committed(0)
	m.Webhook(meter.Taken)
	m.NotNow(meter.Stopping)
	m.Polling()()
	m.Deaf(meter.Revoked)
}

// TestManyCountAtOnce is for the race detector.
func TestManyCountAtOnce(t *testing.T) {
	m := fresh()
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for i := range 200 {
				m.Tried(tenants.Done)
				m.Dropped(fmt.Sprint(i % 5))
				m.Arrived(dialog.ToTopic, time.Second)
				m.Waiting("a", map[dialog.Side]meter.Waits{dialog.ToTopic: {Jobs: i, Oldest: now}})
			}
		})
	}
	scrape(t, m)
	all.Wait()
	if out := scrape(t, m); !strings.Contains(out, `topicdesk_tries_total{outcome="done"} 800`) {
		t.Error(out)
	}
}
