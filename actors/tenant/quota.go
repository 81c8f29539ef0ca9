package tenant

import (
	"errors"
	"fmt"

	"topicdesk/actors/connection"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// ErrFull: so much of the tenant waits, or its file is so large, that it takes in
// nothing new; it will come again.
var ErrFull = errors.New("the tenant takes in nothing new until there is room")

// weigh looks at what the tenant takes of the node's disk. Over a limit nothing new
// is taken in, but for a little: updates stay at Telegram, and what waits goes out.
func (t *Tenant) weigh() error {
	size, err := t.tx.Size()
	if err != nil {
		return fmt.Errorf("read the size of the file: %w", err)
	}
	jobs, err := t.tx.CountJobs(t.opt.Rules.Outbox)
	if err != nil {
		return fmt.Errorf("count the outbox: %w", err)
	}
	load := dialog.Load{Jobs: jobs, MostJobs: t.opt.Rules.Outbox, Bytes: size.Used, MostBytes: size.Most}
	was := t.quota.Reached()
	t.quota = t.quota.Look(load, t.now())
	if err := t.tellQuota(); err != nil || t.quota.Reached() == was {
		return err
	}
	on, words := t.quota.Reached(), t.quota.Words()
	t.opt.Log.Warn("a tenant's limit", "tenant", t.opt.ID, "reached", on, "jobs", jobs, "bytes", size.Used)
	t.later(func() {
		t.opt.Host.Full(words)
		for _, id := range t.order {
			t.logins[id].ref.Tell(connection.Hold{On: on})
		}
	})
	return nil
}

// fullSince is the name of the fact since when the groups know that nothing new is
// taken in; the zero time = they know of nothing.
const fullSince = "full since"

// tellQuota tells the tenant's groups, once, that nothing new is taken in, and once
// that it is again.
func (t *Tenant) tellQuota() error {
	since, err := t.tx.MetaTime(fullSince)
	if err != nil || since.IsZero() != t.quota.Reached() {
		return err
	}
	if err := t.tx.SetMetaTime(fullSince, t.quota.Since); err != nil {
		return err
	}
	told := map[tenants.ChatID]bool{}
	for _, id := range t.order {
		group := t.logins[id].row.Group.ID
		if group == 0 || told[group] {
			continue
		}
		told[group] = true
		if err := t.noteIn(id, group, t.quota.Note(since, t.now(), t.voice(id))); err != nil {
			return err
		}
	}
	return nil
}

// refuses tells that an update is not taken in now.
func (t *Tenant) refuses(m Route) bool {
	if !t.quota.Reached() || m.Batch.State != nil || t.helps(m.Connection) {
		return false
	}
	if t.now().Sub(t.trickled) < tenants.HoldUpdate {
		return true
	}
	t.trickled = t.now()
	return false
}
