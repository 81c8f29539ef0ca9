package meter

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
	"time"

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

// bounds are the upper bounds of the histogram's buckets, seconds.
var bounds = [...]float64{0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800}

// Reasons of Dropped that no decision has.
const Poison = "poison"

// Results of Unsure.
const (
	Linked    = "linked"
	Delivered = "delivered"
	Absent    = "absent"
	Resent    = "resent"
	Harmless  = "harmless"
)

// Waits is what one tenant has in its outbox on one side.
type Waits struct {
	Jobs   int
	Oldest time.Time // when the oldest was decided
}

// Meter holds the counts of a node since its start.
type Meter struct {
	mu       sync.Mutex
	waits    map[tenants.TenantID]map[dialog.Side]Waits
	tries    counts
	pauses   counts
	unsure   counts
	dropped  counts
	tokens   counts
	delivery map[dialog.Side]*histogram
}

// counts are those of one name by its label.
type counts map[string]uint64

type histogram struct {
	buckets [len(bounds) + 1]uint64 // the last: beyond all bounds
	sum     time.Duration
}

// New makes a meter that has counted nothing.
func New() *Meter {
	m := &Meter{
		waits: map[tenants.TenantID]map[dialog.Side]Waits{},
		tries: counts{}, pauses: counts{"flood": 0, "other": 0}, dropped: counts{},
		unsure:   counts{Linked: 0, Delivered: 0, Absent: 0, Resent: 0, Harmless: 0},
		tokens:   counts{"group": 0, "private": 0},
		delivery: map[dialog.Side]*histogram{dialog.ToTopic: {}, dialog.ToClient: {}},
	}
	for _, name := range outcomes {
		m.tries[name] = 0
	}
	return m
}

func (m *Meter) count(of func(*Meter) counts, label string, n int) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	of(m)[label] += uint64(n)
}

// Tried counts a call of Telegram that has ended.
func (m *Meter) Tried(kind tenants.OutcomeKind) {
	m.count(func(m *Meter) counts { return m.tries }, outcomes[kind], 1)
}

// Paused counts that something is held back.
func (m *Meter) Paused(flood bool) {
	cause := "other"
	if flood {
		cause = "flood"
	}
	m.count(func(m *Meter) counts { return m.pauses }, cause, 1)
}

// Unsure counts what became of a send of which the answer was lost.
func (m *Meter) Unsure(result string) {
	m.count(func(m *Meter) counts { return m.unsure }, result, 1)
}

// Dropped counts what was not relayed, or was taken out; reason is one of package
// dialog's, or of this one.
func (m *Meter) Dropped(reason string) {
	m.count(func(m *Meter) counts { return m.dropped }, reason, 1)
}

// Spent counts tokens of the budget of a chat.
func (m *Meter) Spent(chat tenants.ChatID, tokens int) {
	chats := "group"
	if chat > 0 {
		chats = "private"
	}
	m.count(func(m *Meter) counts { return m.tokens }, chats, tokens)
}

// Arrived counts somebody's message that has arrived, so long after it was decided.
func (m *Meter) Arrived(side dialog.Side, after time.Duration) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	h := m.delivery[side]
	if h == nil {
		return // no message of anybody's goes there
	}
	i := slices.IndexFunc(bounds[:], func(most float64) bool { return after.Seconds() <= most })
	if i < 0 {
		i = len(bounds)
	}
	h.buckets[i]++
	h.sum += max(after, 0)
}

// Waiting takes over what a tenant has in its outbox now; empty = nothing.
func (m *Meter) Waiting(id tenants.TenantID, by map[dialog.Side]Waits) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.waits[id] = by; len(by) == 0 {
		delete(m.waits, id)
	}
}

// Write writes all counts in the text form that Prometheus reads.
func (m *Meter) Write(w io.Writer, now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	jobs, oldest := m.sums(now)
	head(w, "topicdesk_jobs_waiting", "gauge", "Jobs in the outboxes of all tenants.")
	for _, side := range Sides {
		fmt.Fprintf(w, "topicdesk_jobs_waiting{side=%q} %d\n", side, jobs[side])
	}
	head(w, "topicdesk_oldest_job_seconds", "gauge", "How long the oldest job has been in an outbox.")
	for _, side := range Sides {
		fmt.Fprintf(w, "topicdesk_oldest_job_seconds{side=%q} %g\n", side, oldest[side].Seconds())
	}
	m.tries.write(w, "topicdesk_tries_total", "outcome", "Calls of Telegram that have ended.")
	m.pauses.write(w, "topicdesk_pauses_total", "cause", "Times that a chat of a login, or a login, was held back.")
	m.unsure.write(w, "topicdesk_unsure_total", "result", "Sends of which the answer was lost.")
	m.dropped.write(w, "topicdesk_dropped_total", "reason", "What was not relayed, or was taken out of an outbox.")
	m.tokens.write(w, "topicdesk_tokens_spent_total", "chats", "Sends as Telegram counts them.")
	m.writeDelivery(w)
}

func (m *Meter) sums(now time.Time) (jobs map[dialog.Side]int, oldest map[dialog.Side]time.Duration) {
	jobs, oldest = map[dialog.Side]int{}, map[dialog.Side]time.Duration{}
	for _, by := range m.waits {
		for side, at := range by {
			jobs[side] += at.Jobs
			oldest[side] = max(oldest[side], now.Sub(at.Oldest))
		}
	}
	return jobs, oldest
}

func (m *Meter) writeDelivery(w io.Writer) {
	const name = "topicdesk_delivery_seconds"
	head(w, name, "histogram", "From the decision about somebody's message to its delivery.")
	for _, side := range []dialog.Side{dialog.ToTopic, dialog.ToClient} {
		h, n := m.delivery[side], uint64(0)
		for i, most := range bounds {
			n += h.buckets[i]
			fmt.Fprintf(w, "%s_bucket{side=%q,le=\"%g\"} %d\n", name, side, most, n)
		}
		n += h.buckets[len(bounds)]
		fmt.Fprintf(w, "%s_bucket{side=%q,le=\"+Inf\"} %d\n", name, side, n)
		fmt.Fprintf(w, "%s_sum{side=%q} %g\n%s_count{side=%q} %d\n", name, side, h.sum.Seconds(), name, side, n)
	}
}

func head(w io.Writer, name, kind, help string) {
	fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
}

func (c counts) write(w io.Writer, name, label, help string) {
	head(w, name, "counter", help)
	for _, value := range slices.Sorted(maps.Keys(c)) {
		fmt.Fprintf(w, "%s{%s=%q} %d\n", name, label, value, c[value])
	}
}
