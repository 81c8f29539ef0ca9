package tenant

import (
	"fmt"
	"time"

	"topicdesk/tenants/store"
)

// longTurn is how long a transaction takes on further messages: files of so many
// tenants are written at once, and one with thousands of messages would make the
// others wait for all of them.
const longTurn = 20 * time.Millisecond

// handle puts all that waits into one transaction, or a few.
func (t *Tenant) handle(batch []Message) {
	if t.store == nil {
		began := t.now()
		t.openFile()
		t.opt.Meter.Opened(t.now().Sub(began))
	}
	t.backUp(batch)
	for len(batch) > 0 && t.ctx.Err() == nil {
		batch = batch[t.transact(batch):]
	}
}

// transact puts messages into one transaction, and tells what it causes after it is on
// disk. Tenants take turns: each that waits has one before this one has its next.
func (t *Tenant) transact(batch []Message) (handled int) {
	if t.opt.Commits != nil {
		t.opt.Commits <- struct{}{}
		defer func() { <-t.opt.Commits }()
	}
	t.after = t.after[:0]
	now := t.now()
	err := t.store.Write(now, func(tx *store.Tx) error {
		t.tx = tx
		if err := t.clockBack(tx, now); err != nil {
			return err
		}
		tx.Height = t.height
		for handled < len(batch) && (handled == 0 || t.now().Sub(now) < longTurn) {
			if err := t.one(batch[handled]); err != nil {
				return err
			}
			handled++
		}
		// Alone they wait for the next commit, which the outcome under way brings at once.
		if tx.Wrote() || len(t.searches) > 0 {
			if err := t.keepHeights(heightLag); err != nil {
				return err
			}
		}
		t.current = "" // a commit that fails is nobody's fault
		return nil
	})
	t.tx = nil
	if err != nil {
		panic(fmt.Errorf("tenant %s: %w", t.opt.ID, err))
	}
	t.opt.Meter.Committed(t.now().Sub(now))
	for _, tell := range t.after {
		tell()
	}
	t.afterwards(batch) // what waits still keeps the opening too
	return handled
}

func (t *Tenant) one(m Message) error {
	t.current = ""
	if _, stop := m.(Stop); t.rebind && !stop {
		// Decided for the groups as they were: a job would wait in the old one
		// for ever. The next opening gets it again, as after a crash.
		return nil
	}
	switch m := m.(type) {
	case Open:
		return t.opened()
	case Route:
		return t.route(m)
	case Commit:
		return t.commitAll(m.Commits)
	case Answered:
		return t.answered(m)
	case Paused:
		t.pauses(m)
		return nil
	case Trouble:
		return t.trouble(m)
	case Backup:
		return nil // made before this transaction, which would be in its way
	case Renew:
		return t.renew(m)
	case Reached:
		return t.reached(m)
	case Failed:
		if t.current = t.keyOf(m.Route); m.Job != 0 {
			t.current = jobKey(m.Job)
		}
		panic(m.Crash)
	case Retry:
		return t.retry(m)
	case Set:
		return t.set(m)
	case Enlist:
		return t.enlist(m)
	case Dismiss:
		return t.dismiss(m)
	case Hasten:
		return t.hasten(m)
	case Drop:
		return t.drop(m)
	case Restore:
		return t.restore(m)
	case Forget:
		return t.forget(m)
	case Stop:
		t.stopping = append(t.stopping, m.Reply)
		return nil
	case Look:
		m.See(Seen{t.tx.Reads})
		return nil
	case Postponed:
		return t.resumed(m)
	case Learnt:
		return t.learnt(m)
	case Offered:
		return t.offered(m)
	case Tick:
		return t.tick()
	default:
		panic(fmt.Sprintf("tenant: unexpected %T", m))
	}
}

// opened is the first thing that is done: the file is open, since before this transaction.
func (t *Tenant) opened() error {
	t.later(t.opt.Host.Opened)
	if err := t.sleptThrough(); err != nil {
		return err
	}
	if err := t.weigh(); err != nil {
		return err
	}
	if err := t.seeHelpers(); err != nil {
		return err
	}
	return t.offerMenus()
}

// later is told after the commit.
func (t *Tenant) later(f func()) { t.after = append(t.after, f) }

// afterwards ends the opening if that was asked for or nothing is to be done, else
// sets the timer.
func (t *Tenant) afterwards(batch []Message) {
	t.noteBusy(batch)
	switch {
	case len(t.stopping) > 0:
		t.fallAsleep()
		for _, r := range t.stopping {
			r.Send(nil)
		}
	case t.rebind:
		t.close()
		t.opt.Ended(End{})
	case t.leaves():
		t.fallAsleep()
	default:
		t.setTimer()
	}
}

// Seen is the file as Look shows it.
type Seen struct{ store.Reads }
