package tenant

import (
	"maps"
	"slices"
	"time"

	"topicdesk/actors/lane"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/pace"
	"topicdesk/tenants/store"
)

// watchBacklogs tells in General of each group, once, when more waits for it than
// goes in a minute.
func (t *Tenant) watchBacklogs() error {
	lines, err := t.tx.Lines(t.now())
	if err != nil {
		return err
	}
	for _, chat := range slices.Sorted(maps.Keys(t.groups)) {
		if err := t.watchBacklog(chat, lines); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tenant) watchBacklog(chat tenants.ChatID, lines []store.Line) error {
	speaker := t.oldest(chat)
	if speaker == 0 {
		return nil
	}
	q, err := t.intoGroup(chat, lines)
	if err != nil {
		return err
	}
	kept, err := t.tx.GroupFacts(chat)
	if err != nil {
		return err
	}
	next, tells := kept.Backlog.Look(q, t.now())
	if next.Same(kept.Backlog) {
		return nil
	}
	was := kept.Backlog
	kept.Backlog = next
	if err := t.tx.PutGroupFacts(chat, kept); err != nil || !tells {
		return err
	}
	t.opt.Log.Info("a group's backlog is told", "tenant", t.opt.ID, "group", chat, "waits", q.Waits, "left", q.Left)
	return t.commit(lane.Commit{By: lane.Decider{Kind: lane.ByTenant}, Decision: was.Tell(speaker, chat, q, t.now(), t.voice(speaker))})
}

// intoGroup is what waits for the topics of a group.
func (t *Tenant) intoGroup(chat tenants.ChatID, lines []store.Line) (q dialog.Queue, err error) {
	budgets, err := t.budgets(chat, t.opt.Rules.Group)
	if err != nil {
		return q, err
	}
	now := t.now()
	for _, l := range lines {
		if l.Group != chat {
			continue
		}
		crew := t.crew(l.Connection, chat, budgets)
		q.Waits += l.Jobs
		q.Oldest = max(q.Oldest, now.Sub(l.Oldest))
		q.Left = max(q.Left, t.opt.Rules.Group.Left(max(l.Weight, 2*l.Half), crew, now))
		q.Pause = max(q.Pause, leastPause(crew, now))
	}
	if q.Pause > 0 {
		why, err := t.tx.WhyStopped(chat, now)
		if err != nil {
			return q, err
		}
		q.Flood = why == dialog.WhyFlood
	}
	return q, nil
}

// crew are the budgets of the logins that share what waits of one for a group:
// itself and its helpers there.
func (t *Tenant) crew(c tenants.ConnectionID, chat tenants.ChatID, budgets map[tenants.ConnectionID]pace.Budget) []*pace.Budget {
	var all []*pace.Budget
	for _, id := range append([]tenants.ConnectionID{c}, t.helpersOf(c, chat)...) {
		b := budgets[id]
		all = append(all, &b)
	}
	return all
}

// leastPause is how long none of the logins sends.
func leastPause(crew []*pace.Budget, now time.Time) time.Duration {
	least := time.Duration(-1)
	for _, b := range crew {
		if d := max(b.Paused().Sub(now), 0); least < 0 || d < least {
			least = d
		}
	}
	return max(least, 0)
}

// queueOf is what /queue in General tells.
func (t *Tenant) queueOf(chat tenants.ChatID) (q dialog.Queue, err error) {
	lines, err := t.tx.Lines(t.now())
	if err != nil {
		return q, err
	}
	if q, err = t.intoGroup(chat, lines); err != nil {
		return q, err
	}
	clients, stops, err := t.tx.ToClients(chat, t.now())
	q.Clients = clients
	for _, s := range stops {
		q.Held += s.Jobs
		q.Again = max(q.Again, s.Until.Sub(t.now()))
		q.Flooded = q.Flooded || s.Why == dialog.WhyFlood
	}
	return q, err
}
