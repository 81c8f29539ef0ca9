package tenant

import (
	"cmp"
	"fmt"
	"slices"

	"topicdesk/actors/group"
	"topicdesk/actors/lane"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// A helper is a bot that shares the load of one connection in that one's groups.
// It has no clients, and nothing of what it hears is relayed: only how it stands
// in the groups counts. What it can't do goes by the others.

// helps tells that a login is a helper.
func (t *Tenant) helps(c tenants.ConnectionID) bool { return t.logins[c].row.Helps != 0 }

// active are all logins that receive and send, helpers last.
func (t *Tenant) active() []tenants.ConnectionID { return append(slices.Clone(t.order), t.helpers...) }

// helpersOf are those that help a login in a group now.
func (t *Tenant) helpersOf(of tenants.ConnectionID, chat tenants.ChatID) []tenants.ConnectionID {
	var all []tenants.ConnectionID
	for _, id := range t.helpers {
		if t.logins[id].row.Helps == of && t.canHelp(id, chat) {
			all = append(all, id)
		}
	}
	return all
}

// canHelp tells that a helper can write in a group, as far as it is known.
func (t *Tenant) canHelp(helper tenants.ConnectionID, chat tenants.ChatID) bool {
	l := t.logins[helper]
	if l == nil || !l.able {
		return false
	}
	p := l.place(chat)
	return p != nil && p.Lack == dialog.LacksNothing
}

// allHelpers are those that help any login in a group now.
func (t *Tenant) allHelpers(chat tenants.ChatID) []group.Helpers {
	var all []group.Helpers
	for _, id := range t.order {
		if helpers := t.helpersOf(id, chat); len(helpers) > 0 {
			all = append(all, group.Helpers{Of: id, Helpers: helpers})
		}
	}
	return all
}

// others leaves a job to the login that alone can do it: whoever sent the message
// that it edits. If that one can't write there any more, it is refused like any
// edit that nobody can make.
func (t *Tenant) others(try *store.Try, s *lane.Stored) error {
	row := try.Row
	if try.By == 0 || t.canHelp(try.By, row.Job.Chat) {
		s.Fate, s.Again.Connection = lane.Waits, cmp.Or(try.By, row.Job.Connection)
		return nil
	}
	s.Fate = lane.Trying
	return t.untried(row, tenants.Outcome{
		Kind: tenants.Refused, Reason: tenants.WhyUneditable, Why: "the helper that sent it is gone",
	})
}

// atHelper takes what a helper hears: how it stands in the groups. All else is
// nobody's: the connection that it helps hears the same.
func (t *Tenant) atHelper(c tenants.ConnectionID, u tenants.Update, rt *route) error {
	e, ok := u.Event.(tenants.Membership)
	l := t.logins[c]
	if !ok || !l.row.Active || !t.logins[l.row.Helps].in(e.Chat.ID) {
		return t.dropped(c, rt)
	}
	r := t.begin(rt)
	// Asked anew: the news may be a day old. If Telegram does not say, the news count.
	t.learn(c, askStanding(e.Chat.ID), func(a Learnt) error {
		member, rights := e.Member, e.Admin
		if now := a.Standing; now != nil {
			member, rights = now.Member, now.Rights
		}
		if err := t.helperStands(c, e.Chat.ID, standingOf(member, rights)); err != nil {
			return err
		}
		return t.settle(r)
	})
	return nil
}

// standingOf is what a helper lacks in a group: it only has to write there.
func standingOf(member bool, rights tenants.Rights) dialog.Lack {
	switch {
	case !member:
		return dialog.LacksPlace
	case rights.Muted:
		return dialog.LacksRights
	default:
		return dialog.LacksNothing
	}
}

// seeHelpers asks how the helpers stand in the groups that they are for: what
// changed while nobody listened, or where nobody has looked yet.
func (t *Tenant) seeHelpers() error {
	for _, id := range t.helpers {
		l := t.logins[id]
		if !l.able {
			continue
		}
		for _, p := range t.logins[l.row.Helps].places {
			t.seeHelper(id, p.Group)
		}
	}
	return nil
}

func (t *Tenant) seeHelper(id tenants.ConnectionID, chat tenants.ChatID) {
	t.learn(id, askStanding(chat), func(a Learnt) error {
		switch known := t.logins[id].place(chat); {
		case a.Standing != nil:
		case known == nil: // a stranger is told nothing of a group
			return t.helperStands(id, chat, dialog.LacksPlace)
		default:
			return nil
		}
		lack := standingOf(a.Standing.Member, a.Standing.Rights)
		if known := t.logins[id].place(chat); known != nil && known.Lack == dialog.LacksRights && !a.Standing.Rights.Admin {
			return nil // whether members may write in the group is seen by writing only, and it was refused
		}
		return t.helperStands(id, chat, lack)
	})
}

// helperStands notes how a helper stands in a group from now on.
func (t *Tenant) helperStands(c tenants.ConnectionID, chat tenants.ChatID, lack dialog.Lack) error {
	if p := t.logins[c].place(chat); p != nil && p.Lack == lack {
		return nil
	}
	return t.commit(lane.Commit{By: lane.Decider{Kind: lane.ByTenant}, Decision: dialog.Decision{
		Stand: &dialog.Stand{Connection: c, Group: chat, Lack: lack},
	}})
}

// helperStood takes over how a helper stands in a group now, and tells it in
// General and to the group's actor. What is known is told once.
func (t *Tenant) helperStood(s dialog.Stand) error {
	l := t.logins[s.Connection]
	p := l.place(s.Group)
	fresh := p == nil
	switch {
	case !l.row.Active:
		return nil
	case fresh:
		l.places = append(l.places, store.Workplace{Connection: s.Connection, Group: s.Group, Lack: s.Lack})
	case p.Lack == s.Lack:
		return nil
	default:
		p.Lack = s.Lack
	}
	crew := group.Helpers{Of: l.row.Helps, Helpers: t.helpersOf(l.row.Helps, s.Group)}
	if ref := t.groups[s.Group]; !ref.IsZero() {
		t.later(func() { ref.Tell(crew) })
	}
	t.opt.Log.Info("helper stands", "tenant", t.opt.ID, "connection", s.Connection, "lack", string(s.Lack))
	return t.noteIn(l.row.Helps, s.Group, dialog.HelperStands(l.row.Username, s.Lack, fresh, t.voice(l.row.Helps)))
}

// enlist writes a helper and ends the opening: the next one runs it.
func (t *Tenant) enlist(m Enlist) error {
	helped := t.logins[m.Helper.Helps]
	known := t.logins[m.Helper.ID]
	if helped == nil || helped.row.Helps != 0 || known != nil && known.row.User != m.Helper.User {
		t.later(func() { m.Reply.Send(fmt.Errorf("the tenant's connections have changed; please try again")) })
		return nil
	}
	if err := t.tx.PutConnection(m.Helper); err != nil {
		return err
	}
	t.rebind = true
	t.later(func() { m.Reply.Send(nil) })
	return nil
}

// dismiss lets a helper go and ends the opening: the next one does without it.
// What it has under way is still answered.
func (t *Tenant) dismiss(m Dismiss) error {
	if l := t.logins[m.Helper]; l == nil || l.row.Helps == 0 {
		t.later(func() { m.Reply.Send(fmt.Errorf("there is no helper %d", m.Helper)) })
		return nil
	}
	if err := t.tx.Dismiss(m.Helper); err != nil {
		return err
	}
	t.rebind = true
	t.later(func() { m.Reply.Send(nil) })
	return nil
}
