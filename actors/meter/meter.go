package meter

import (
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// Sides are those of a lane, in the order in which they are told.
var Sides = [...]dialog.Side{dialog.ToTopic, dialog.ToClient, dialog.ToTitle, dialog.ToMark}

// outcomes are the names of tenants.OutcomeKind.
var outcomes = [...]string{
	tenants.Done: "done", tenants.Flood: "flood", tenants.Moved: "moved", tenants.Gone: "gone",
	tenants.Refused: "refused", tenants.NotSent: "not_sent", tenants.Unsure: "unsure",
}

// Reasons of Dropped that no decision has.
const (
	Poison = "poison"
	Audit  = "audit" // a call that would have shown what HIDE_INFO hides
)

// Results of Unsure.
const (
	Linked    = "linked"
	Delivered = "delivered"
	Absent    = "absent"
	Resent    = "resent"
	Harmless  = "harmless"
	Topic     = string(tenants.IsTopic)
)

// Answers of Webhook.
const (
	Taken         = "taken"
	Later         = "later"
	RefusedAnswer = "refused"
	FailedAnswer  = "failed"
)

// Causes of NotNow.
const (
	Uncommitted = "uncommitted"
	OpenFiles   = "open_files"
	Opening     = "opening"
	Stopping    = "stopping"
)

// Kinds of Deaf.
const (
	Conflict    = "conflict"
	Revoked     = "revoked"
	Flooded     = "flood"
	Unreachable = "unreachable"
)

// mostReasons bounds the values of the one label that this package does not list
// itself; what is beyond is told as "other".
const mostReasons = 64

// Waits is what one tenant has in its outbox on one side.
type Waits struct {
	Jobs   int
	Oldest time.Time // when the oldest was decided
}

// Meter holds the counts of a node since its start.
type Meter struct {
	now func() time.Time
	all *prometheus.Registry

	tries     [len(outcomes)]prometheus.Counter
	pauses    *closed
	unsure    *closed
	tokens    *closed
	webhooks  *closed
	refused   *closed
	deaf      *closed
	delivery  map[dialog.Side]prometheus.Observer
	openings  prometheus.Histogram
	commits   prometheus.Counter
	committed prometheus.Histogram
	polls     prometheus.Gauge
	dropped   *prometheus.CounterVec

	mu      sync.Mutex
	reasons map[string]prometheus.Counter // of dropped
	waits   map[tenants.TenantID]map[dialog.Side]Waits
	stand   func() Stand // nil = nobody tells
}

// closed is a counter by a label whose values are all known: those that never
// happened are told too, as 0.
type closed struct{ by map[string]prometheus.Counter }

// New makes a meter that has counted nothing; now is the clock of those who tell it.
func New(now func() time.Time) *Meter {
	m := &Meter{
		now: now, all: prometheus.NewPedanticRegistry(),
		reasons: map[string]prometheus.Counter{}, waits: map[tenants.TenantID]map[dialog.Side]Waits{},
	}
	tries := m.closed("topicdesk_tries_total", "Calls of Telegram that have ended.", "outcome", outcomes[:]...)
	for kind, name := range outcomes {
		m.tries[kind] = tries.by[name]
	}
	m.pauses = m.closed("topicdesk_pauses_total", "Times that a chat of a login, or a login, was held back.", "cause", "flood", "other")
	m.unsure = m.closed("topicdesk_unsure_total", "Sends of which the answer was lost.", "result", Linked, Delivered, Absent, Resent, Harmless, Topic)
	m.tokens = m.closed("topicdesk_tokens_spent_total", "Sends as Telegram counts them.", "chats", "group", "private")
	m.webhooks = m.closed("topicdesk_webhooks_total", "Requests at the webhooks' door, by the answer.", "answer",
		Taken, Later, RefusedAnswer, FailedAnswer)
	m.refused = m.closed("topicdesk_admission_refused_total", "Updates that were not taken on now, by the cause.", "cause",
		Uncommitted, OpenFiles, Opening, Stopping)
	m.deaf = m.closed("topicdesk_receive_errors_total", "Questions for updates that failed.", "kind", Conflict, Revoked, Flooded, Unreachable)
	m.histograms()
	m.dropped = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "topicdesk_dropped_total", Help: "What was not relayed, or was taken out of an outbox.",
	}, []string{"reason"})
	m.commits = prometheus.NewCounter(prometheus.CounterOpts{
		Name: "topicdesk_commits_total", Help: "Transactions that changed a tenant's file, each of which is synced.",
	})
	m.polls = prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "topicdesk_polls_waiting", Help: "Questions for updates that wait at Telegram.",
	})
	m.all.MustRegister(m.dropped, m.commits, m.polls, gauges{m})
	for _, reason := range []string{Poison, Audit, dialog.ByHost} {
		m.reasons[reason] = m.dropped.WithLabelValues(reason)
	}
	return m
}

// closed registers a counter.
func (m *Meter) closed(name, help, label string, values ...string) *closed {
	vector := prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, []string{label})
	m.all.MustRegister(vector)
	c := &closed{by: map[string]prometheus.Counter{}}
	for _, value := range values {
		c.by[value] = vector.WithLabelValues(value)
	}
	return c
}

// histograms registers those. Their bounds are seconds.
func (m *Meter) histograms() {
	delivery := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "topicdesk_delivery_seconds", Help: "From the decision about somebody's message to its delivery.",
		Buckets: []float64{0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800},
	}, []string{"side"})
	m.delivery = map[dialog.Side]prometheus.Observer{}
	for _, side := range []dialog.Side{dialog.ToTopic, dialog.ToClient} {
		m.delivery[side] = delivery.WithLabelValues(string(side))
	}
	short := []float64{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5}
	m.openings = prometheus.NewHistogram(prometheus.HistogramOpts{
		Name: "topicdesk_opening_seconds", Help: "How long tenants' files took to open.", Buckets: short,
	})
	m.committed = prometheus.NewHistogram(prometheus.HistogramOpts{
		Name: "topicdesk_commit_seconds", Help: "How long transactions on tenants' files took, with the sync.", Buckets: short,
	})
	m.all.MustRegister(delivery, m.openings, m.committed)
}

// Handler answers Prometheus's questions, with more that the program knows.
func (m *Meter) Handler(more ...prometheus.Collector) http.Handler {
	program := prometheus.NewRegistry()
	program.MustRegister(more...)
	return promhttp.HandlerFor(prometheus.Gatherers{m.all, program}, promhttp.HandlerOpts{})
}

// count adds to the value of a label; one that is not listed is a programmer's error.
func (c *closed) count(value string, n int) { c.by[value].Add(float64(n)) }

// Tried counts a call of Telegram that has ended.
func (m *Meter) Tried(kind tenants.OutcomeKind) {
	if m != nil {
		m.tries[kind].Inc()
	}
}

// Paused counts that something is held back.
func (m *Meter) Paused(flood bool) {
	switch {
	case m == nil:
	case flood:
		m.pauses.count("flood", 1)
	default:
		m.pauses.count("other", 1)
	}
}

// Unsure counts what became of a send of which the answer was lost.
func (m *Meter) Unsure(result string) {
	if m != nil {
		m.unsure.count(result, 1)
	}
}

// Dropped counts what was not relayed, or was taken out; reason is one of package
// dialog's, or of this one.
func (m *Meter) Dropped(reason string) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	counter := m.reasons[reason]
	if counter == nil {
		if len(m.reasons) >= mostReasons {
			reason = "other"
		}
		counter = m.dropped.WithLabelValues(reason)
		m.reasons[reason] = counter
	}
	counter.Inc()
}

// Spent counts tokens of the budget of a chat.
func (m *Meter) Spent(chat tenants.ChatID, tokens int) {
	switch {
	case m == nil:
	case chat > 0:
		m.tokens.count("private", tokens)
	default:
		m.tokens.count("group", tokens)
	}
}

// Arrived counts somebody's message that has arrived, so long after it was decided.
func (m *Meter) Arrived(side dialog.Side, after time.Duration) {
	if m == nil {
		return
	}
	if h := m.delivery[side]; h != nil { // else no message of anybody's goes there
		h.Observe(max(after, 0).Seconds())
	}
}

// Opened counts a tenant's file that was opened, which took so long.
func (m *Meter) Opened(took time.Duration) {
	if m != nil {
		m.openings.Observe(took.Seconds())
	}
}

// Changed counts a transaction that changed a tenant's file.
func (m *Meter) Changed() {
	if m != nil {
		m.commits.Inc()
	}
}

// Committed counts a transaction, which took so long.
func (m *Meter) Committed(took time.Duration) {
	if m != nil {
		m.committed.Observe(took.Seconds())
	}
}

// Webhook counts a request at the webhooks' door by its answer: Taken, Later,
// RefusedAnswer, FailedAnswer.
func (m *Meter) Webhook(answer string) {
	if m != nil {
		m.webhooks.count(answer, 1)
	}
}

// NotNow counts an update that was not taken on, by the cause: Uncommitted,
// OpenFiles, Opening, Stopping.
func (m *Meter) NotNow(cause string) {
	if m != nil {
		m.refused.count(cause, 1)
	}
}

// Polling counts a question for updates that begins to wait; the function that it
// gives is called at the question's end.
func (m *Meter) Polling() (ended func()) {
	if m == nil {
		return func() {}
	}
	m.polls.Inc()
	return m.polls.Dec
}

// Deaf counts a question for updates that failed: Conflict, Revoked, Flooded,
// Unreachable.
func (m *Meter) Deaf(kind string) {
	if m != nil {
		m.deaf.count(kind, 1)
	}
}
