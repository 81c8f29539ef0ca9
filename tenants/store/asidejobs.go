package store

import (
	"encoding/json"
	"fmt"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// AsideJob is a job that crashed the tenant too often, and left the outbox.
type AsideJob struct {
	Job    tenants.JobID
	Sealed []byte // PackJob, sealed with the node's key
	At     time.Time
}

// AsideJobs lists the jobs set aside, the oldest first.
func (r Reads) AsideJobs() ([]AsideJob, error) {
	var all []AsideJob
	err := r.db.each(func(row *row) error {
		all = append(all, AsideJob{Job: tenants.JobID(row.int()), Sealed: row.blob(), At: row.time()})
		return nil
	}, "SELECT job, sealed, at FROM aside_jobs ORDER BY at, job")
	return all, err
}

// SetJobAside takes a job out of the outbox and keeps it.
func (tx *Tx) SetJobAside(id tenants.JobID, sealed []byte) error {
	_, err := tx.db.exec("INSERT OR REPLACE INTO aside_jobs (job, sealed, at) VALUES (?, ?, ?)", id, sealed, tx.now)
	if err != nil {
		return err
	}
	return tx.Retire(id)
}

// TakeJobAside ends the keeping of a job; was tells that it was kept.
func (tx *Tx) TakeJobAside(id tenants.JobID) (was bool, err error) {
	if was, err = tx.db.any("SELECT 1 FROM aside_jobs WHERE job = ?", id); err != nil || !was {
		return was, err
	}
	_, err = tx.db.exec("DELETE FROM aside_jobs WHERE job = ?", id)
	return true, err
}

// packed is a job apart from its row.
type packed struct {
	Job    dialog.Job
	Effect string
	Body   json.RawMessage
}

// PackJob makes a job readable without its row, words included: to be sealed.
func PackJob(j dialog.Job) []byte {
	p := packed{Job: j, Effect: effectName(j.Effect), Body: json.RawMessage(toJSON(j.Effect))}
	p.Job.Effect = nil
	return []byte(toJSON(p))
}

// UnpackJob reads what PackJob made.
func UnpackJob(data []byte) (dialog.Job, error) {
	var p packed
	if err := json.Unmarshal(data, &p); err != nil {
		return dialog.Job{}, fmt.Errorf("read a job that was set aside: %w", err)
	}
	effect, err := decodeEffect(p.Effect, string(p.Body))
	p.Job.Effect = effect
	return p.Job, err
}
