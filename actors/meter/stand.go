package meter

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// Stand is how a node stands at one moment.
type Stand struct {
	Awake, Asleep, Stopped, Failed int // tenants

	Open, OpenMost               int // tenants' files; OpenMost 0 = no bound
	Uncommitted, UncommittedMost int // updates
	Tries                        int // calls of Telegram that are not settled
}

// Watch asks at each scrape how the node stands.
func (m *Meter) Watch(stand func() Stand) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.stand = stand
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

// gauges are asked at each scrape.
type gauges struct{ m *Meter }

func gauge(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("topicdesk_"+name, help, labels, nil)
}

var (
	jobsWaiting        = gauge("jobs_waiting", "Jobs in the outboxes of all tenants.", "side")
	oldestJob          = gauge("oldest_job_seconds", "How long the oldest job has been in an outbox.", "side")
	tenantsBy          = gauge("tenants", "Tenants of the node, by how they stand.", "state")
	openFiles          = gauge("open_files", "Files of tenants that are open or about to be.")
	openFilesCeiling   = gauge("open_files_ceiling", "How many files of tenants may be open; 0 is no bound.")
	uncommitted        = gauge("updates_uncommitted", "Updates that are taken on and not on disk yet.")
	uncommittedCeiling = gauge("updates_uncommitted_ceiling", "How many updates may be taken on and not on disk yet.")
	triesNow           = gauge("tries", "Calls of Telegram that are under way or whose outcome is not on disk.")
)

// Describe implements prometheus.Collector.
func (gauges) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{
		jobsWaiting, oldestJob, tenantsBy, openFiles, openFilesCeiling, uncommitted, uncommittedCeiling, triesNow,
	} {
		to <- d
	}
}

// Collect implements prometheus.Collector.
func (g gauges) Collect(to chan<- prometheus.Metric) {
	tell := func(d *prometheus.Desc, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	jobs, oldest, stand := g.m.sums()
	for _, side := range Sides {
		tell(jobsWaiting, float64(jobs[side]), string(side))
		tell(oldestJob, oldest[side].Seconds(), string(side))
	}
	var s Stand
	if stand != nil {
		s = stand()
	}
	for state, n := range map[string]int{"awake": s.Awake, "asleep": s.Asleep, "stopped": s.Stopped, "failed": s.Failed} {
		tell(tenantsBy, float64(n), state)
	}
	tell(openFiles, float64(s.Open))
	tell(openFilesCeiling, float64(s.OpenMost))
	tell(uncommitted, float64(s.Uncommitted))
	tell(uncommittedCeiling, float64(s.UncommittedMost))
	tell(triesNow, float64(s.Tries))
}

// sums adds up what the tenants have told.
func (m *Meter) sums() (jobs map[dialog.Side]int, oldest map[dialog.Side]time.Duration, stand func() Stand) {
	m.mu.Lock()
	defer m.mu.Unlock()
	jobs, oldest = map[dialog.Side]int{}, map[dialog.Side]time.Duration{}
	for _, by := range m.waits {
		for side, at := range by {
			jobs[side] += at.Jobs
			oldest[side] = max(oldest[side], m.now().Sub(at.Oldest))
		}
	}
	return jobs, oldest, m.stand
}
