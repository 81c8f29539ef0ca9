package tenant

import (
	"fmt"
	"strings"

	"topicdesk/actors/group"
	"topicdesk/actors/lane"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/onboard"
	"topicdesk/tenants/store"
)

// in tells that a chat is one of the login's groups.
func (l *login) in(chat tenants.ChatID) bool { return l.place(chat) != nil }

// place is the login's standing in one of its groups, nil if it is none.
func (l *login) place(chat tenants.ChatID) *store.Workplace {
	for i := range l.places {
		if l.places[i].Group == chat {
			return &l.places[i]
		}
	}
	return nil
}

// isGroup tells that a chat is a backend group of one of the logins.
func (t *Tenant) isGroup(chat tenants.ChatID) bool {
	for _, id := range t.order {
		if t.logins[id].in(chat) {
			return true
		}
	}
	return false
}

// oldest is the oldest active login of a group that is in it, as far as is known; the
// oldest of all if they are all out of it. 0 = the group has none.
func (t *Tenant) oldest(group tenants.ChatID) (first tenants.ConnectionID) {
	for _, id := range t.order {
		switch p := t.logins[id].place(group); {
		case p == nil:
		case p.Lack != dialog.LacksPlace:
			return id
		case first == 0:
			first = id
		}
	}
	return first
}

// asker is who asks in a group about dialogs of a login: the oldest that is in it. 0:
// they are all out of it, and the login has another one for new topics.
func (t *Tenant) asker(c tenants.ConnectionID, group tenants.ChatID) tenants.ConnectionID {
	id := t.oldest(group)
	if id != 0 && t.lackOf(id, group) == dialog.LacksPlace && t.logins[c].row.Group.ID != group {
		return 0
	}
	return id // if it is out, it waits until it is back
}

// generalOf is the login that answers in General: the one that the message
// names, else the oldest.
func (t *Tenant) generalOf(m tenants.Message) tenants.ConnectionID {
	if id := t.binds(m); id != 0 {
		return id
	}
	if l := t.mentioned(m); l != nil {
		return l.row.ID
	}
	return t.oldest(m.Chat.ID)
}

// mentioned is the login of the group that a command names, nil = it names none.
func (t *Tenant) mentioned(m tenants.Message) *login {
	word, _, _ := strings.Cut(m.Content.Text.Text, " ")
	_, name, ok := strings.Cut(word, "@")
	if !ok || !strings.HasPrefix(word, "/") {
		return nil
	}
	for _, id := range t.order {
		if l := t.logins[id]; l.in(m.Chat.ID) && strings.EqualFold(l.row.Username, name) {
			return l
		}
	}
	return nil
}

// named is the username of the login of the group that a command names, else bot.
func (t *Tenant) named(m tenants.Message, bot string) string {
	if l := t.mentioned(m); l != nil {
		return l.row.Username
	}
	return bot
}

// note puts a note into General of a connection's group, if it has one.
func (t *Tenant) note(c tenants.ConnectionID, text tenants.Text) error {
	l := t.logins[c]
	if l == nil || l.row.Group.ID == 0 {
		return nil
	}
	return t.noteIn(c, l.row.Group.ID, text)
}

// noteIn puts a note into General of a group.
func (t *Tenant) noteIn(c tenants.ConnectionID, group tenants.ChatID, text tenants.Text) error {
	d := dialog.NoteGeneral(c, group, text, t.now())
	return t.commit(lane.Commit{By: lane.Decider{Kind: lane.ByTenant}, Decision: d})
}

// membership routes the news of where a login may be, and what it may do there.
func (t *Tenant) membership(c tenants.ConnectionID, e tenants.Membership, rt *route) error {
	switch {
	case t.logins[c].in(e.Chat.ID):
		return t.stands(c, e, rt)
	case t.isGroup(e.Chat.ID), t.opt.Host.Backend(e.Chat.ID):
		return t.dropped(c, rt)
	default:
		return t.atClients(c, e, rt)
	}
}

// stands routes the news of how a login stands in a group of the team.
func (t *Tenant) stands(c tenants.ConnectionID, e tenants.Membership, rt *route) error {
	if err := t.openGroup(e.Chat.ID); err != nil {
		return err
	}
	facts, err := t.facts(c, 0, tenants.Group)
	if err != nil {
		return err
	}
	told := group.Member{
		Route: t.begin(rt), Event: e, Facts: facts, Was: t.lackOf(c, e.Chat.ID),
		Place: onboard.Facts{Bot: t.logins[c].row.Username, Rights: e.Admin, Language: facts.Settings.Language},
	}
	told.OutSpeaker, told.OutTo = t.speaker(c, e.Chat.ID)
	ref := t.groups[e.Chat.ID]
	// Asked anew: the news may be a day old, and one change comes as several. If
	// Telegram does not say, the news count.
	t.learn(c, askStanding(e.Chat.ID), func(l Learnt) error {
		if now := l.Standing; now != nil {
			told.Event.Chat, told.Event.Member, told.Place.Rights = now.Chat, now.Member, now.Rights
		}
		t.later(func() { ref.Tell(told) })
		return nil
	})
	return nil
}

// speaker is who can tell, and where, that a login is out of a group: another
// login in General, else itself to the administrator in private.
func (t *Tenant) speaker(c tenants.ConnectionID, group tenants.ChatID) (tenants.ConnectionID, tenants.ChatID) {
	for _, id := range t.order {
		if p := t.logins[id].place(group); id != c && p != nil && p.Lack == dialog.LacksNothing {
			return id, group
		}
	}
	return c, tenants.ChatID(t.logins[c].row.Administrator)
}

// stood takes over how a login stands in a group now. If it resumes, nothing
// holds it back any more.
func (t *Tenant) stood(s dialog.Stand) error {
	if t.helps(s.Connection) {
		return t.helperStood(s)
	}
	if p := t.logins[s.Connection].place(s.Group); p != nil {
		p.Lack = s.Lack
	}
	t.later(func() { t.opt.Host.Tell(Notice{Connection: s.Connection, Text: noticeOf(s.Lack)}) })
	if !s.Resume {
		return nil
	}
	return resumeBudget(t.tx, t.opt.Rules, store.BudgetOf{Connection: s.Connection, Chat: s.Group}, t.now())
}

// noticeOf is what the host's person is told of a login in its group.
func noticeOf(l dialog.Lack) string {
	switch l {
	case dialog.LacksNothing:
		return "works in its group again"
	case dialog.LacksPlace:
		return "is out of its group; what goes there waits"
	case dialog.LacksRights:
		return "lacks a right in its group; what goes there waits"
	default:
		panic(fmt.Sprintf("tenant: lack %q", l))
	}
}

// lackOf is what a login lacks in a group.
func (t *Tenant) lackOf(c tenants.ConnectionID, group tenants.ChatID) dialog.Lack {
	if p := t.logins[c].place(group); p != nil {
		return p.Lack
	}
	return dialog.LacksNothing
}
