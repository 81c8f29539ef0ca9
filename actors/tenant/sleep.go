package tenant

import (
	"fmt"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/pace"
	"topicdesk/tenants/store"
)

// Login is what an opening that ended leaves of a connection.
type Login struct {
	Connection tenants.ConnectionID
	Helps      bool
	State      []byte    // how far it has received, committed; nil = nothing yet
	Heard      time.Time // when it last heard Telegram, as far as it is known
	Deaf       bool      // it heard nothing, and people know
}

// noteBusy sees what has come for the tenant. What its own actors and its timer tell
// follows from something that did; who looks at the file has done so.
func (t *Tenant) noteBusy(batch []Message) {
	for _, m := range batch {
		switch m := m.(type) {
		case Commit, Tick, Failed, Postponed, Learnt, Offered, Trouble, Paused, Look:
		case Open, Route, Answered, Reached, Retry, Set, Enlist, Dismiss, Renew, Backup, Hasten, Drop, Restore, Forget, Stop:
			t.busy = t.now()
		default:
			panic(fmt.Sprintf("tenant: unexpected %T", m))
		}
	}
}

// leaves tells that the opening ends because nothing is to be done: for a while
// nothing came, nothing is under way, and nothing is due soon.
func (t *Tenant) leaves() bool {
	now := t.now()
	idle := len(t.routes) == 0 && len(t.tries) == 0 && len(t.asks) == 0 && len(t.searches) == 0 && !t.offering(now)
	if t.opt.IdleClose == 0 || !idle || now.Sub(t.busy) < t.opt.IdleClose || now.Before(t.held) || t.pruning || t.shaky() || t.paused(now) {
		return false
	}
	due, err := t.due(now)
	if err != nil {
		panic(fmt.Errorf("tenant %s: %w", t.opt.ID, err))
	}
	soon := !due.IsZero() && due.Before(now.Add(t.opt.IdleClose))
	return !soon && t.opt.Host.Leave()
}

// pauses notes that a login is held back.
func (t *Tenant) pauses(m Paused) {
	if l := t.logins[m.Connection]; l != nil {
		l.paused = m.Until
	}
}

// paused tells that Telegram holds back a whole login. Only the opening knows: the next
// one would run into the same flood.
func (t *Tenant) paused(now time.Time) bool {
	for _, l := range t.logins {
		if now.Before(l.paused) {
			return true
		}
	}
	return false
}

// fallAsleep closes everything and tells what the tenant leaves.
func (t *Tenant) fallAsleep() {
	end := End{Asleep: true}
	if err := t.lastWrite(&end); err != nil {
		panic(fmt.Errorf("tenant %s: %w", t.opt.ID, err))
	}
	t.close()
	t.opt.Ended(end)
}

// lastWrite writes what may be behind on disk, and reads what is left.
func (t *Tenant) lastWrite(end *End) (err error) {
	now := t.now()
	err = t.store.Write(now, func(tx *store.Tx) error {
		t.tx, t.after = tx, t.after[:0]
		if t.metered {
			if err := t.meterWaiting(); err != nil {
				return err
			}
		}
		return t.keepHeights(1)
	})
	t.tx = nil
	if err != nil {
		return err
	}
	for _, tell := range t.after {
		tell()
	}
	if end.Due, err = t.due(now); err != nil {
		return err
	}
	for _, id := range t.active() {
		l := Login{Connection: id, Helps: t.helps(id), Heard: now}
		if l.State, err = t.store.ReceiveState(id); err != nil {
			return err
		}
		if deaf := t.logins[id].hears.Deaf; !deaf.IsZero() {
			l.Heard, l.Deaf = deaf, true
		}
		end.Logins = append(end.Logins, l)
	}
	return nil
}

// due is when the file wants to be opened if nothing comes, zero = never: what is under
// way wants it at once. For what has served its time it is opened once a day at most.
func (t *Tenant) due(now time.Time) (time.Time, error) {
	due, err := t.store.NextWake()
	if err != nil {
		return due, fmt.Errorf("read the next time of a dialog: %w", err)
	}
	if sweep, err := t.store.NextPrune(t.shortest(), t.pruned); err != nil {
		return due, fmt.Errorf("read what is to be taken out: %w", err)
	} else if !sweep.IsZero() {
		due = sooner(due, later(sweep, now.Add(pruneAsleep)))
	}
	heads, err := t.store.Heads()
	if err != nil {
		return due, fmt.Errorf("read the lanes: %w", err)
	}
	budgets := map[tenants.ChatID]map[tenants.ConnectionID]pace.Budget{}
	for _, h := range heads {
		if h.Chat == 0 {
			continue // for a group that is not bound yet
		}
		at, err := t.mayGo(h, budgets, now)
		if err != nil {
			return due, err
		}
		due = sooner(due, at)
	}
	return due, nil
}

// shortest is how long the links of the connection live that keeps them least.
func (t *Tenant) shortest() time.Duration {
	least := tenants.MaxRetention * 24 * time.Hour
	for _, kept := range t.retention() {
		least = min(least, kept)
	}
	return least
}

// sooner is the first of two times, of which the first may be never.
func sooner(due, at time.Time) time.Time {
	if due.IsZero() || at.Before(due) {
		return at
	}
	return due
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// mayGo is when the first job of a lane may be tried.
func (t *Tenant) mayGo(h store.Head, known map[tenants.ChatID]map[tenants.ConnectionID]pace.Budget, now time.Time) (at time.Time, err error) {
	if h.Trying {
		return now, nil
	}
	of, ok := known[h.Chat]
	if !ok {
		if of, err = t.budgets(h.Chat, t.rulesInto(h.Chat)); err != nil {
			return at, err
		}
		known[h.Chat] = of
	}
	crew := t.crew(h.Connection, h.Chat, of)
	if h.Lane.Side == dialog.ToClient {
		crew = crew[:1]
	}
	at = now.Add(leastPause(crew, now))
	if h.NotBefore.After(at) {
		at = h.NotBefore
	}
	return at, nil
}

// rulesInto are the limits of a chat by its number.
func (t *Tenant) rulesInto(chat tenants.ChatID) pace.Rules {
	if chat > 0 {
		return t.opt.Rules.Private
	}
	return t.opt.Rules.Group
}
