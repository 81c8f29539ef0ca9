package tenant

import (
	"fmt"
	"slices"
	"time"

	"topicdesk/actors/chat"
	"topicdesk/actors/lane"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

const (
	// watchEvery is how often the tenant looks at what it waits for.
	watchEvery = 5 * time.Second
	// ringsAtOnce bounds the dialogs rung in one transaction.
	ringsAtOnce = 50
	// remindAtOnce bounds the jobs reminded of in one transaction.
	remindAtOnce = 50
	// pruneEvery is how often old rows are taken out of the file.
	pruneEvery = time.Hour
	// pruneMore is how long others may write between two steps of it, and pruneAsleep the
	// least time after which a tenant that sleeps is woken for it.
	pruneMore   = time.Second
	pruneAsleep = 24 * time.Hour
)

// tick looks at everything that the tenant waits for: nothing of value is only
// in an inbox or a timer.
func (t *Tenant) tick() error {
	t.stopTimer = nil
	now := t.now()
	t.checkRoutes(now)
	if err := t.setAtRest(); err != nil {
		return err
	}
	if err := t.checkTries(now); err != nil {
		return err
	}
	if err := t.remind(now); err != nil {
		return err
	}
	if err := t.ring(now); err != nil {
		return err
	}
	if err := t.watchBacklogs(); err != nil {
		return err
	}
	if err := t.weigh(); err != nil {
		return err
	}
	if err := t.meterWaiting(); err != nil {
		return err
	}
	t.askIdle(now)
	t.askHearing(now)
	if !t.menusAgain.IsZero() && !now.Before(t.menusAgain) {
		if err := t.offerMenus(); err != nil {
			return err
		}
	}
	return t.prune(now)
}

// checkRoutes ends the opening if something was not settled: a message between
// actors was lost, or somebody stands still.
func (t *Tenant) checkRoutes(now time.Time) {
	for _, rt := range t.routes {
		if now.Sub(rt.since) > tenants.SettleWithin {
			t.current = rt.key
			panic(fmt.Sprintf("tenant: %s was not settled", rt.key))
		}
	}
}

// checkTries asks the node again for outcomes that have not come.
func (t *Tenant) checkTries(now time.Time) error {
	for _, id := range sortedJobs(t.tries) {
		try := t.tries[id]
		if try.outcome || now.Sub(try.since) <= tenants.SettleWithin {
			continue
		}
		known, ok := t.atNode(id, try.attempt)
		if ok && !known.Answered {
			continue // under way
		}
		outcome := known.Outcome
		if !ok {
			row, err := t.tx.Job(id)
			if err != nil {
				return err
			}
			if row == nil {
				delete(t.tries, id)
				continue
			}
			if now.Sub(try.since) <= 2*tenants.SettleWithin {
				continue // the connection may still hold the order, up to its Until
			}
			outcome = try.unknown()
		}
		if err := t.answered(Answered{Job: id, Attempt: try.attempt, Outcome: outcome}); err != nil {
			return err
		}
	}
	return nil
}

func sortedJobs(m map[tenants.JobID]*tried) []tenants.JobID {
	ids := make([]tenants.JobID, 0, len(m))
	for id := range m {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// remind tells the owners of lanes of jobs that wait although they might go:
// they know most of them, and are held to those they were never told.
func (t *Tenant) remind(now time.Time) error {
	items, err := t.tx.Overdue(unixMillis(now.Add(-tenants.SettleWithin)), remindAtOnce)
	if err != nil {
		return err
	}
	var out told
	for _, it := range items {
		if t.groups[it.Chat].IsZero() && it.Lane.Side != dialog.ToClient {
			continue
		}
		if it.Lane.Side == dialog.ToTopic && it.Lane.Dialog != 0 {
			missing, err := t.remindTopic(it.Lane.Dialog, it.Connection)
			if err != nil {
				return err
			}
			if missing {
				continue
			}
		}
		out.of(it.Lane).due = append(out.of(it.Lane).due, numbersOf(it))
	}
	t.tellOwners(out)
	return nil
}

// remindTopic asks again for a topic that something waits for.
func (t *Tenant) remindTopic(id tenants.DialogID, c tenants.ConnectionID) (missing bool, err error) {
	row, err := t.tx.Topic(id)
	if err != nil || (row != nil && row.Thread != 0) {
		return false, err
	}
	if waits, missing, err := t.remindRoom(id, c); err != nil || waits {
		return missing, err
	}
	return true, t.makeTopic(id, c)
}

// ring rings the chats whose time has come.
func (t *Tenant) ring(now time.Time) error {
	due, err := t.tx.DueWakes(now, ringsAtOnce)
	if err != nil {
		return err
	}
	for _, id := range due {
		key := fmt.Sprintf("ring %d", id)
		if t.underWay(key) {
			continue
		}
		if err := t.ringOne(id, key); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tenant) underWay(key string) bool {
	for _, rt := range t.routes {
		if rt.key == key {
			return true
		}
	}
	return false
}

func (t *Tenant) ringOne(id tenants.DialogID, key string) error {
	state, err := t.tx.Dialog(id)
	if err != nil || state == nil {
		return err
	}
	if t.opt.Host.Poison(key) {
		state.Wake = time.Time{}
		_, err := t.tx.Apply(id, &dialog.Decision{State: state}, t.key)
		return err
	}
	s, err := t.slot(id, nil)
	if err != nil {
		return err
	}
	return t.inTurn(s, id, &route{key: key, since: t.now()}, true, func(r lane.Route) error {
		facts, err := t.factsOfRing(id)
		if err != nil {
			return err
		}
		t.tellChat(s, chat.Ring{Route: r, Facts: facts})
		return nil
	})
}

// factsOfRing are those about a dialog whose time has come.
func (t *Tenant) factsOfRing(id tenants.DialogID) (dialog.Facts, error) {
	state, err := t.tx.Dialog(id)
	if err != nil {
		return dialog.Facts{}, err
	}
	f, err := t.facts(state.Connection, id, state.Chat.Kind)
	if err != nil || state.Rare.Watch.Next.IsZero() {
		return f, err
	}
	f.Waits, err = t.tx.Answers(dialog.Lane{Dialog: id, Side: dialog.ToClient}, state.Rare.Watch.Since())
	return f, err
}

// prunedName names when old rows were last taken out: a tenant that wakes often must not
// read whole tables each time.
const prunedName = "pruned"

func (t *Tenant) prune(now time.Time) error {
	if t.pruned.IsZero() {
		last, err := t.tx.Meta(prunedName)
		if err != nil {
			return err
		}
		t.pruned, _ = time.Parse(time.RFC3339, string(last)) // never, or nobody knows: the zero time
	}
	if since := now.Sub(t.pruned); !t.pruning && since >= 0 && since < pruneEvery {
		return nil
	}
	t.pruned = now
	if err := t.tx.SetMeta(prunedName, []byte(now.UTC().Format(time.RFC3339))); err != nil {
		return err
	}
	if err := t.keepHeights(1); err != nil { // what is forgotten must be below them
		return err
	}
	more, err := t.tx.Prune(t.retention())
	t.pruning = more
	return err
}

// retention is how long links live, by connection.
func (t *Tenant) retention() map[tenants.ConnectionID]time.Duration {
	retention := map[tenants.ConnectionID]time.Duration{}
	for c := range t.logins {
		retention[c] = t.settingsOf(c, "", 0).Retention
	}
	return retention
}

// setTimer sets the next look: soon while something is under way or it is not known
// whether Telegram is heard, else when a chat wants to be rung.
func (t *Tenant) setTimer() {
	now := t.now()
	next := now.Add(pruneEvery)
	if len(t.routes) > 0 || len(t.tries) > 0 || len(t.slots) > 0 || t.metered || t.hasOutbox() {
		next = now.Add(watchEvery)
	}
	if at := now.Add(pruneMore); t.pruning && at.Before(next) {
		next = at
	}
	if at := now.Add(tenants.SettleWithin); t.shaky() && at.Before(next) {
		next = at
	}
	if wake, err := t.store.NextWake(); err == nil && !wake.IsZero() && wake.Before(next) {
		next = wake
		if len(t.routes) > 0 && !next.After(now) {
			next = now.Add(time.Second) // it is being rung
		}
	}
	if at := t.menusAgain; !at.IsZero() && at.Before(next) {
		next = at
	}
	if idle := t.idleAt(now); t.opt.IdleClose > 0 && idle.Before(next) {
		next = idle
	}
	if t.stopTimer != nil {
		if !next.Before(t.timerAt) && t.timerAt.After(now) {
			return
		}
		t.stopTimer()
	}
	t.timerAt = next
	t.stopTimer = t.opt.System.After(max(next.Sub(now), 0), func() { t.self.Tell(Tick{}) })
}

// idleAt is when it is asked whether the tenant may sleep: once nothing has come for
// a while, and again where somebody kept it awake then, as one who just looks at it.
func (t *Tenant) idleAt(now time.Time) time.Time {
	if idle := t.busy.Add(t.opt.IdleClose); idle.After(now) {
		return idle
	}
	return now.Add(t.opt.IdleClose)
}

func (t *Tenant) hasOutbox() bool {
	some, err := t.store.HasJobs()
	return err != nil || some
}

// checkValue refuses what no decision could use.
func (t *Tenant) checkValue(v tenants.Value) error {
	p, _, ok := tenants.ParamNamed(v.Name)
	if !ok {
		return fmt.Errorf("there is no parameter %q", v.Name)
	}
	if _, _, err := dialog.CheckValue(p, v.Value); err != nil {
		return err
	}
	return tenants.Conflict(t.values, v)
}
