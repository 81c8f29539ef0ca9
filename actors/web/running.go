package web

import (
	"context"
	"errors"
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
	// Idle reaches the files of tenants that nobody has open.
	Idle Idle
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

// address wakes the tenant, and waits until it is open.
func (r Running) address(ctx context.Context, id tenants.TenantID) (actors.Ref[tenant.Message], error) {
	ctx, cancel := context.WithTimeout(ctx, openWithin)
	defer cancel()
	for {
		ref, err := r.Node.Wake(id)
		if !ref.IsZero() || errors.Is(err, node.ErrStopped) {
			return ref, err
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
	answer, err := askFor(ctx, r, id, answerWithin, again, message)
	if err != nil {
		return err
	}
	return answer
}

// askFor is ask for any answer, within a time.
func askFor[A any](ctx context.Context, r Running, id tenants.TenantID, within time.Duration, again bool,
	message func(actors.Reply[A]) tenant.Message) (none A, err error) {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	look := time.NewTicker(openLook)
	defer look.Stop()
	ref, err := r.address(ctx, id)
	if err != nil {
		return none, err
	}
	reply, answer := actors.NewReply[A]()
	ref.Tell(message(reply))
	for {
		select {
		case a := <-answer:
			return a, nil
		case <-ctx.Done():
			return none, errBusy
		case <-look.C:
		}
		if r.Node.Tenant(id) == ref {
			continue
		}
		select {
		case a := <-answer: // it was the last thing that the opening did
			return a, nil
		default:
		}
		if !again {
			return none, errBusy
		}
		if ref, err = r.address(ctx, id); err != nil {
			return none, err
		}
		reply, answer = actors.NewReply[A]()
		ref.Tell(message(reply))
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

// Idle reaches the files of tenants that nobody has open.
type Idle interface {
	Backup(ctx context.Context, id tenants.TenantID, path string) error
	Peek(ctx context.Context, id tenants.TenantID, see func(r store.Reads, idle bool) error) error
}

// Peek shows the file of a tenant that sleeps without waking it, and has the actor of
// another show its own.
func (r Running) Peek(ctx context.Context, id tenants.TenantID, see func(store.Reads, bool) error) error {
	slept, err := r.Node.Still(id, func() error { return r.Idle.Peek(ctx, id, see) })
	if slept || err != nil {
		return err
	}
	return r.Read(ctx, id, func(reads store.Reads) error { return see(reads, false) })
}

// backupWithin bounds the copying of a tenant's file: a large one takes a while.
const backupWithin = 10 * time.Minute

// Backup copies the file of a tenant that sleeps without waking it, and has the actor
// of another copy its own.
func (r Running) Backup(ctx context.Context, id tenants.TenantID, path string) error {
	slept, err := r.Node.Still(id, func() error { return r.Idle.Backup(ctx, id, path) })
	if slept || err != nil {
		return err
	}
	answer, err := askFor(ctx, r, id, backupWithin, false, func(reply actors.Reply[error]) tenant.Message {
		return tenant.Backup{Path: path, Reply: reply}
	})
	if err != nil {
		return err
	}
	return answer
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

const (
	// forgetWithin is longer than a file of some GB is written anew.
	forgetWithin = 5 * time.Minute
	// settleWithin is longer than a call takes.
	settleWithin = 30 * time.Second
	settleLook   = 200 * time.Millisecond
)

// Forget tells the tenant's actor, until nothing of it is under way.
func (r Running) Forget(ctx context.Context, id tenants.TenantID, who store.Who) ([]store.Erased, error) {
	for late := time.Now().Add(settleWithin); ; {
		f, err := askFor(ctx, r, id, forgetWithin, true, func(reply actors.Reply[tenant.Forgotten]) tenant.Message {
			return tenant.Forget{Who: who, Reply: reply}
		})
		switch {
		case err != nil:
			return nil, err
		case !errors.Is(f.Err, store.ErrUnderWay):
			return f.Erased, f.Err
		case time.Now().After(late):
			return nil, Errorf(Refused, "%w; please try again in a minute", f.Err)
		}
		select {
		case <-time.After(settleLook):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}
