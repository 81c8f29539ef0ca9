package web

import (
	"context"
	"fmt"
	"time"

	"topicdesk/tenants/store"
)

// Level is how bad a finding is.
type Level string

const (
	Well    Level = "ok"
	Note    Level = "note" // good to know
	Warning Level = "warning"
	Bad     Level = "failed"
)

// Finding is what a doctor has to say of one thing.
type Finding struct {
	Level Level  `json:"level"`
	About string `json:"about"`
	Says  string `json:"says"`
	Do    string `json:"do"` // what to do about it; "" = nothing
}

// Patient is a tenant to be examined.
type Patient struct {
	Tenant string `json:"tenant"`
	// Offline: Telegram is not asked.
	Offline bool `json:"offline"`
}

// waitsLong is how long a job waits before that is told.
const waitsLong = 10 * time.Minute

// Examine looks at a tenant: its file, what waits in it, and how its bots stand. A
// tenant that sleeps is not woken.
func (d *Desk) Examine(ctx context.Context, p Patient) ([]Finding, error) {
	t, err := d.known(p.Tenant)
	if err != nil {
		return nil, err
	}
	switch state, trouble := d.state(t); {
	case trouble != "":
		return []Finding{{Bad, p.Tenant, trouble, ""}}, nil // which says what to do
	case state == StateStopped:
		return []Finding{{Note, p.Tenant, "is stopped by the host", "topicdesk tenant start " + p.Tenant + " lets it go on"}}, nil
	}
	var all []store.Connection
	found := []Finding{}
	err = d.Files.Peek(ctx, t.ID, func(r store.Reads, idle bool) (err error) {
		if idle { // nobody is held up
			if err := r.Check(); err != nil {
				return err
			}
		}
		if all, err = r.Connections(); err != nil {
			return err
		}
		found, err = of(r, p.Tenant, all, time.Now())
		return err
	})
	if err != nil {
		return []Finding{{Bad, p.Tenant, "its file can't be used: " + err.Error(),
			"if its disk is well, put a backup in its place: topicdesk restore --tenant " + p.Tenant}}, nil
	}
	if p.Offline {
		return append(found, Finding{Well, p.Tenant, fmt.Sprintf("its file is well; %d connections, not tested at Telegram", len(all)), ""}), nil
	}
	return append(found, d.Logins(ctx, t.ID, all)...), nil
}

// of tells what a tenant's file says of trouble.
func of(r store.Reads, name string, all []store.Connection, now time.Time) (found []Finding, err error) {
	for _, c := range all {
		trouble, err := troubleOf(r, c.ID)
		if err != nil {
			return nil, err
		}
		if trouble != "" && c.Active {
			found = append(found, Finding{Warning, about(name, c), trouble, ""})
		}
	}
	waits, err := r.Waits()
	if err != nil {
		return nil, err
	}
	for side, w := range waits {
		if age := now.Sub(w.Oldest); w.Jobs > 0 && age > waitsLong {
			found = append(found, Finding{Warning, name, fmt.Sprintf("%d jobs wait on the side %s, the oldest for %s", w.Jobs, side, age.Round(time.Second)),
				"see why: topicdesk outbox list " + name})
		}
	}
	aside, err := r.AsideList()
	if err != nil {
		return nil, err
	}
	jobs, err := r.AsideJobs()
	if err != nil {
		return nil, err
	}
	if n := len(aside) + len(jobs); n > 0 {
		found = append(found, Finding{Warning, name, fmt.Sprintf("%d updates and jobs are set aside: they crashed the tenant again and again", n),
			"after an upgrade try them again: topicdesk tenant set-aside retry " + name})
	}
	return found, nil
}

// about names a connection.
func about(name string, c store.Connection) string {
	return fmt.Sprintf("%s, connection %d (@%s)", name, c.ID, c.Username)
}

// Health is what the node says of itself: its key, its files, its versions.
func (d *Desk) Health(ctx context.Context) ([]Finding, error) {
	found := d.Node()
	if d.Lacking != nil {
		for _, lack := range d.Lacking(ctx) {
			found = append(found, Finding{Warning, "the running node", lack, ""})
		}
	}
	return found, nil
}

// Examine is Desk.Examine.
func (c *Client) Examine(ctx context.Context, p Patient) ([]Finding, error) {
	return ask[[]Finding](ctx, c, "examine", p)
}

// Health is Desk.Health.
func (c *Client) Health(ctx context.Context) ([]Finding, error) {
	return ask[[]Finding](ctx, c, "health", struct{}{})
}
