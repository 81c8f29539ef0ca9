package web

import (
	"context"
	"fmt"
	"slices"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// Jobs are jobs of a tenant's outbox.
type Jobs struct {
	Tenant string          `json:"tenant"`
	Jobs   []tenants.JobID `json:"jobs"`
}

// OutboxOf asks for a part of a tenant's outbox.
type OutboxOf struct {
	Tenant string           `json:"tenant"`
	Dialog tenants.DialogID `json:"dialog"` // 0 = of all
	Side   dialog.Side      `json:"side"`   // "" = on all
	Older  time.Duration    `json:"older"`  // at least so old, nanoseconds
}

// Outbox is what waits, or a part of it.
type Outbox struct {
	Jobs []Job `json:"jobs"`
	More bool  `json:"more"` // beyond these: ask for less
}

// Job is one of them, without words and names.
type Job struct {
	Job        tenants.JobID        `json:"job"`
	Dialog     tenants.DialogID     `json:"dialog"` // 0 = General's
	Side       dialog.Side          `json:"side"`
	Class      string               `json:"class"`
	Effect     string               `json:"effect"`
	Connection tenants.ConnectionID `json:"connection"`
	Decided    time.Time            `json:"decided"`
	AgeSeconds int                  `json:"age_s"`
	Attempts   int                  `json:"attempts"`
	State      string               `json:"state"`               // waiting, trying
	Why        string               `json:"why"`                 // why it waits
	NotBefore  time.Time            `json:"not_before,omitzero"` // zero = at any time
}

// Sides are those of a lane.
var Sides = []dialog.Side{dialog.ToTopic, dialog.ToClient, dialog.ToTitle, dialog.ToMark}

// outboxShown is how many jobs one list has at most.
const outboxShown = 1000

// Outbox lists what waits, lane by lane in the order in which it goes.
func (d *Desk) Outbox(ctx context.Context, of OutboxOf) (Outbox, error) {
	t, err := d.known(of.Tenant)
	if err != nil {
		return Outbox{}, err
	}
	if of.Side != "" && !slices.Contains(Sides, of.Side) {
		return Outbox{}, Errorf(Wrong, "there is no side %q, only %v", of.Side, Sides)
	}
	now := time.Now()
	which := store.Which{Dialog: of.Dialog, Side: of.Side}
	if of.Older > 0 {
		which.Before = now.Add(-of.Older)
	}
	var out Outbox
	err = d.Files.Read(ctx, t.ID, func(r store.Reads) error {
		list, err := r.List(which, outboxShown+1)
		if err != nil {
			return err
		}
		out.More = len(list) > outboxShown
		for _, it := range list[:min(len(list), outboxShown)] {
			out.Jobs = append(out.Jobs, jobOf(it, now))
		}
		return nil
	})
	if err != nil {
		return Outbox{}, err // the file may still be read into out
	}
	return out, nil
}

func jobOf(it store.Listed, now time.Time) Job {
	j := Job{
		Job: it.ID, Dialog: it.Lane.Dialog, Side: it.Lane.Side, Class: it.Class.String(), Effect: it.Effect,
		Connection: it.Connection, Decided: it.Decided, AgeSeconds: int(now.Sub(it.Decided).Seconds()),
		Attempts: it.Attempt, State: "waiting", Why: whyWaits(it, now),
	}
	if it.Trying {
		j.State = "trying"
	}
	if it.NotBefore.After(now) {
		j.NotBefore = it.NotBefore
	}
	return j
}

// whyWaits is what a job waits for, as far as its row tells.
func whyWaits(it store.Listed, now time.Time) string {
	switch {
	case it.Trying:
		return "it is being tried"
	case it.Chat == 0:
		return "its connection has no group yet"
	case it.Head != it.ID:
		return fmt.Sprintf("it is behind job %d", it.Head)
	case it.NotBefore.After(now) && it.Why != "":
		return it.Why
	case it.NotBefore.After(now):
		return "it is held until its time"
	case it.Why != "":
		return "its turn comes again after: " + it.Why
	default:
		return "its turn comes"
	}
}

// Hasten has jobs tried as soon as their turn comes.
func (d *Desk) Hasten(ctx context.Context, j Jobs) (int, error) {
	return d.onJobs(ctx, j, d.Files.Hasten)
}

// DropJobs takes jobs out of the outbox.
func (d *Desk) DropJobs(ctx context.Context, j Jobs) (int, error) {
	return d.onJobs(ctx, j, d.Files.DropJobs)
}

func (d *Desk) onJobs(ctx context.Context, j Jobs, do func(context.Context, tenants.TenantID, []tenants.JobID) error) (int, error) {
	t, err := d.known(j.Tenant)
	if err != nil {
		return 0, err
	}
	jobs := slices.Compact(slices.Sorted(slices.Values(j.Jobs)))
	if len(jobs) == 0 {
		return 0, Errorf(Wrong, "no job is named")
	}
	if err := do(ctx, t.ID, jobs); err != nil {
		return 0, err
	}
	return len(jobs), nil
}
