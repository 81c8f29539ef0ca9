package tenant

import (
	"fmt"
	"time"

	"topicdesk/tenants/pace"
	"topicdesk/tenants/store"
)

// clockSlack is how far back a clock may step without that anybody cares: that is
// how it is kept right.
const clockSlack = 5 * time.Second

// clockBack follows a clock that has gone back since the last transaction: times in
// the file are moved, and the opening ends, because its actors hold others. The
// wall clock counts, which is what the file holds.
func (t *Tenant) clockBack(tx *store.Tx, now time.Time) error {
	now = now.Round(0)
	back := t.latest.Sub(now)
	if t.latest = now; back <= clockSlack {
		return nil
	}
	t.opt.Log.Warn("the clock has gone back", "tenant", t.opt.ID, "by", back)
	t.rebind = true
	return follow(tx, now, back)
}

// clockBackSince does the same for a file that was last written by a process with
// another clock.
func (t *Tenant) clockBackSince() error {
	t.latest = t.now().Round(0)
	latest, err := t.store.Latest()
	if err != nil {
		return fmt.Errorf("read the latest moment: %w", err)
	}
	back := latest.Sub(t.latest)
	if back <= clockSlack {
		return nil
	}
	t.opt.Log.Warn("the clock is behind the file", "tenant", t.opt.ID, "by", back)
	return t.store.Write(t.latest, func(tx *store.Tx) error { return follow(tx, t.latest, back) })
}

// follow moves the times in a file and in its budgets.
func follow(tx *store.Tx, now time.Time, back time.Duration) error {
	all, err := tx.Budgets()
	if err != nil {
		return fmt.Errorf("read the budgets: %w", err)
	}
	for of, state := range all {
		if state, err = pace.ClockBack(state, now, back); err != nil {
			return err
		}
		if err := tx.PutBudget(of, state); err != nil {
			return fmt.Errorf("write a budget: %w", err)
		}
	}
	if err := tx.ClockBack(back); err != nil {
		return fmt.Errorf("follow the clock: %w", err)
	}
	return nil
}
