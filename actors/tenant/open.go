package tenant

import (
	"fmt"
	"time"

	"topicdesk/actors/connection"
	"topicdesk/actors/group"
	"topicdesk/actors/lane"
	"topicdesk/actors/telegram"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/pace"
	"topicdesk/tenants/store"
)

// openFile opens the file, wakes what has work in the outbox, and starts the
// receive loops: the one way back from a crash, a restart and a long sleep.
func (t *Tenant) openFile() {
	slept, err := t.opt.Host.Awake()
	must(err)
	t.slept = slept
	options := t.opt.Store
	options.Existing = true
	s, err := store.Open(t.opt.Path, options)
	if err != nil {
		panic(err)
	}
	t.store = s
	t.pseudonyms, err = t.opt.Key()
	must(err)
	must(t.clockBackSince())
	must(t.load())
	must(t.loadUnsure())
	must(t.openGroups())
	must(t.resumeTries())
	must(t.openLanes())
	must(t.openLogins())
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func (t *Tenant) load() (err error) {
	if t.next, err = t.store.NextDialogID(); err != nil {
		return fmt.Errorf("read the next dialog: %w", err)
	}
	if t.nextLabel, err = t.store.NextLabel(); err != nil {
		return fmt.Errorf("read the next label: %w", err)
	}
	if t.values, err = t.store.Params(); err != nil {
		return fmt.Errorf("read the parameters: %w", err)
	}
	if t.team, err = t.store.Operators(); err != nil {
		return fmt.Errorf("read the operators: %w", err)
	}
	if t.renamed, err = t.store.Later(); err != nil {
		return fmt.Errorf("read whose pseudonyms are others': %w", err)
	}
	rows, err := t.store.Connections()
	if err != nil {
		return fmt.Errorf("read the connections: %w", err)
	}
	for _, row := range rows {
		t.logins[row.ID] = &login{row: row, self: tenants.Person{ID: row.User, Username: row.Username, Bot: true}}
		switch {
		case !row.Active:
		case row.Helps != 0:
			t.helpers = append(t.helpers, row.ID)
		default:
			t.order = append(t.order, row.ID)
		}
	}
	places, err := t.store.Workplaces()
	if err != nil {
		return fmt.Errorf("read the groups: %w", err)
	}
	for _, p := range places {
		l := t.logins[p.Connection]
		l.places = append(l.places, p)
	}
	for _, id := range t.helpers {
		gateway, _ := t.opt.Host.Gateway(id)
		t.logins[id].able = gateway != nil
	}
	return nil
}

// openGroups starts the actors of the backend groups, and of "no group" for
// connections that are not bound.
func (t *Tenant) openGroups() error {
	for _, id := range t.order {
		if t.logins[id].row.Group.ID == 0 {
			if err := t.openGroup(0); err != nil {
				return err
			}
		}
		for _, p := range t.logins[id].places {
			if err := t.openGroup(p.Group); err != nil {
				return err
			}
		}
	}
	return nil
}

// openGroup starts the actor of a group; a private chat with the administrator,
// in which only notes are said, has one too.
func (t *Tenant) openGroup(chat tenants.ChatID) error {
	if !t.groups[chat].IsZero() {
		return nil
	}
	rules := t.opt.Rules.Group
	if chat > 0 {
		rules = t.opt.Rules.Private
	}
	ref := group.Spawn(group.Options{
		System: t.opt.System, ID: t.name("group", int64(chat)), Chat: chat, Rules: rules,
		Commit:  func(c []lane.Commit) { t.self.Tell(Commit{c}) },
		Claim:   func(m group.Claimed) { t.claim(chat, m) },
		Crashed: child(t, group.Under),
	})
	t.groups[chat] = ref
	jobs, err := t.reads().JobsInto(chat)
	if err != nil {
		return fmt.Errorf("read the jobs of a group: %w", err)
	}
	budgets, err := t.budgets(chat, rules)
	if err != nil {
		return err
	}
	ref.Tell(group.Load{
		Jobs:    numbers(jobs, func(l dialog.Lane) bool { return l.Side != dialog.ToClient }),
		Budgets: budgets, Helpers: t.allHelpers(chat),
	})
	return nil
}

func (t *Tenant) claim(chat tenants.ChatID, m group.Claimed) {
	ref := t.groups[chat]
	t.away(func() {
		taken, err := t.opt.Host.Claim(chat)
		if err != nil {
			t.opt.Log.Error("claim a group", "tenant", t.opt.ID, "error", err)
			taken = true
		}
		m.Taken = taken
		ref.Tell(m)
	})
}

// budgets reads the buckets of all logins for a chat.
func (t *Tenant) budgets(chat tenants.ChatID, rules pace.Rules) (map[tenants.ConnectionID]pace.Budget, error) {
	found := map[tenants.ConnectionID]pace.Budget{}
	for _, id := range t.active() {
		data, err := t.reads().Budget(store.BudgetOf{Connection: id, Chat: chat})
		if err != nil {
			return nil, fmt.Errorf("read a budget: %w", err)
		}
		if data == nil {
			continue
		}
		b, err := pace.DecodeBudget(data, t.now(), rules)
		if err != nil {
			return nil, err
		}
		found[id] = b
	}
	return found, nil
}

// reads is the file, inside a transaction or outside.
func (t *Tenant) reads() store.Reads {
	if t.tx != nil {
		return t.tx.Reads
	}
	return t.store.Reads
}

func numbers(items []store.Item, keep func(dialog.Lane) bool) []lane.Numbers {
	var out []lane.Numbers
	for _, it := range items {
		if keep(it.Lane) {
			out = append(out, numbersOf(it))
		}
	}
	return out
}

func numbersOf(it store.Item) lane.Numbers {
	return lane.Numbers{
		Job: it.ID, Attempt: it.Attempt, Lane: it.Lane, Connection: it.Connection, Class: it.Class,
		Weight: it.Weight, NotBefore: it.NotBefore, Trying: it.Trying, Opens: it.Opens, Half: it.Half, Helped: it.Helped,
		By: it.TriedBy,
	}
}

// openLanes wakes the chats that have jobs for their clients, and opens what
// else has something to say.
func (t *Tenant) openLanes() error {
	heads, err := t.store.Heads()
	if err != nil {
		return fmt.Errorf("read the lanes: %w", err)
	}
	for _, h := range heads {
		if h.Lane.Dialog == 0 {
			if err := t.openGroup(h.Lane.Group); err != nil {
				return err
			}
		}
		if h.Lane.Side != dialog.ToClient {
			continue
		}
		if _, err := t.slot(h.Lane.Dialog, nil); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tenant) openLogins() error {
	for _, id := range t.active() {
		l := t.logins[id]
		gateway, polls := t.opt.Host.Gateway(id)
		if gateway == nil {
			continue
		}
		l.ref = connection.Spawn(connection.Options{
			System: t.opt.System, ID: t.name("connection", int64(id)), Connection: id,
			Gateway: gateway, Polls: polls, PerSecond: t.opt.Rules.PerSecond, Context: t.ctx,
			Route:   func(b telegram.Batch) { t.self.Tell(Route{Connection: id, Batch: b}) },
			Start:   t.opt.Host.Start,
			Ended:   t.ended,
			Trouble: func(h connection.Hearing) { t.self.Tell(Trouble{id, h}) },
			Paused:  func(until time.Time) { t.self.Tell(Paused{id, until}) },
			Crashed: t.crashedLogin,
		})
		state, err := t.store.ReceiveState(id)
		if err != nil {
			return fmt.Errorf("read the receive state: %w", err)
		}
		heard, err := t.lastHeard(id, polls)
		if err != nil {
			return err
		}
		deaf := !l.hears.Deaf.IsZero()
		l.shaky = deaf && polls
		l.ref.Tell(connection.Begin{State: state, Heard: heard, Deaf: deaf})
	}
	return nil
}

// ended takes the outcome of an order that was never started.
func (t *Tenant) ended(o connection.Order, outcome tenants.Outcome) {
	if outcome.Kind == tenants.Refused {
		t.opt.Log.Error("call held back by the audit", "tenant", t.opt.ID, "job", o.Job)
	}
	t.self.Tell(Answered{Job: o.Job, Attempt: o.Attempt, Outcome: outcome, Audit: outcome.Kind == tenants.Refused})
}
