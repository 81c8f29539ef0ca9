package web

import (
	"context"
	"fmt"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/node"
	"topicdesk/actors/tenant"
	"topicdesk/tenants"
	"topicdesk/tenants/store"
)

// Running reaches the files of tenants that a node runs: their actors are asked.
type Running struct {
	Node *node.Node
	// Update opens what was set aside.
	Update func(tenants.TenantID, store.Aside) (tenants.Update, error)
	// Reveal opens what was sealed.
	Reveal func([]byte) ([]byte, error)
}

const (
	// openWithin is how long a tenant may be between two openings.
	openWithin = 5 * time.Second
	openLook   = 20 * time.Millisecond
	// answerWithin is how long a tenant may take to answer.
	answerWithin = 10 * time.Second
)

// errBusy: the tenant has crashed or stands still; both end by themselves.
var errBusy = Errorf(Refused, "the tenant does not answer now; please try again")

// address waits until the tenant is open.
func (r Running) address(ctx context.Context, id tenants.TenantID) (actors.Ref[tenant.Message], error) {
	ctx, cancel := context.WithTimeout(ctx, openWithin)
	defer cancel()
	for {
		if ref := r.Node.Tenant(id); !ref.IsZero() {
			return ref, nil
		}
		select {
		case <-ctx.Done():
			return actors.Ref[tenant.Message]{}, errBusy
		case <-time.After(openLook):
		}
	}
}

// ask tells a tenant something and waits for its answer. again: what an ended
// opening has dropped may be told to the next one.
func (r Running) ask(ctx context.Context, id tenants.TenantID, again bool, message func(actors.Reply[error]) tenant.Message) error {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	look := time.NewTicker(openLook)
	defer look.Stop()
	ref, err := r.address(ctx, id)
	if err != nil {
		return err
	}
	answer := tenant.Ask(ref, message)
	for {
		select {
		case err := <-answer:
			return err
		case <-ctx.Done():
			return errBusy
		case <-look.C:
		}
		if r.Node.Tenant(id) == ref {
			continue
		}
		select {
		case err := <-answer: // it was the last thing that the opening did
			return err
		default:
		}
		if !again {
			return errBusy
		}
		if ref, err = r.address(ctx, id); err != nil {
			return err
		}
		answer = tenant.Ask(ref, message)
	}
}

// Read asks the tenant's actor to show its file.
func (r Running) Read(ctx context.Context, id tenants.TenantID, see func(store.Reads) error) error {
	return r.ask(ctx, id, true, func(reply actors.Reply[error]) tenant.Message {
		return tenant.Look{See: func(s tenant.Seen) { reply.Send(see(s.Reads)) }}
	})
}

// Set tells the tenant's actor.
func (r Running) Set(ctx context.Context, id tenants.TenantID, v tenants.Value) error {
	return r.ask(ctx, id, true, func(reply actors.Reply[error]) tenant.Message {
		return tenant.Set{Value: v, Reply: reply}
	})
}

// Enlist tells the tenant's actor.
func (r Running) Enlist(ctx context.Context, id tenants.TenantID, helper store.Connection) error {
	return r.ask(ctx, id, true, func(reply actors.Reply[error]) tenant.Message {
		return tenant.Enlist{Helper: helper, Reply: reply}
	})
}

// Backup tells the tenant's actor.
func (r Running) Backup(ctx context.Context, id tenants.TenantID, path string) error {
	return r.ask(ctx, id, false, func(reply actors.Reply[error]) tenant.Message {
		return tenant.Backup{Path: path, Reply: reply}
	})
}

// Renew tells the tenant's actor.
func (r Running) Renew(ctx context.Context, id tenants.TenantID, c tenants.ConnectionID) error {
	return r.ask(ctx, id, true, func(reply actors.Reply[error]) tenant.Message {
		return tenant.Renew{Connection: c, Reply: reply}
	})
}

// Dismiss tells the tenant's actor.
func (r Running) Dismiss(ctx context.Context, id tenants.TenantID, helper tenants.ConnectionID) error {
	return r.ask(ctx, id, true, func(reply actors.Reply[error]) tenant.Message {
		return tenant.Dismiss{Helper: helper, Reply: reply}
	})
}

// Retry gives the update to the tenant once more.
func (r Running) Retry(ctx context.Context, id tenants.TenantID, aside store.Aside) error {
	update, err := r.Update(id, aside)
	if err != nil {
		return fmt.Errorf("open it: %w", err)
	}
	return r.ask(ctx, id, false, func(reply actors.Reply[error]) tenant.Message {
		return tenant.Retry{Connection: aside.Connection, Update: update, Reply: reply}
	})
}

// Restore gives a job to the tenant once more.
func (r Running) Restore(ctx context.Context, id tenants.TenantID, aside store.AsideJob) error {
	plain, err := r.Reveal(aside.Sealed)
	if err != nil {
		return fmt.Errorf("open it: %w", err)
	}
	job, err := store.UnpackJob(plain)
	if err != nil {
		return err
	}
	return r.ask(ctx, id, true, func(reply actors.Reply[error]) tenant.Message {
		return tenant.Restore{ID: aside.Job, Job: job, Reply: reply}
	})
}

// Hasten tells the tenant's actor.
func (r Running) Hasten(ctx context.Context, id tenants.TenantID, jobs []tenants.JobID) error {
	return r.ask(ctx, id, true, func(reply actors.Reply[error]) tenant.Message {
		return tenant.Hasten{Jobs: jobs, Reply: reply}
	})
}

// DropJobs tells the tenant's actor.
func (r Running) DropJobs(ctx context.Context, id tenants.TenantID, jobs []tenants.JobID) error {
	return r.ask(ctx, id, true, func(reply actors.Reply[error]) tenant.Message {
		return tenant.Drop{Jobs: jobs, Reply: reply}
	})
}
