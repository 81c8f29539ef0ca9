package telegram

import "fmt"

// Upgrade turns a basic group into a supergroup and returns its new id.
// Messages stay behind: the supergroup counts its own from 1.
func (w *World) Upgrade(by, chatID int64) (int64, error) {
	old, a := w.group(chatID), w.person(by)
	if old.kind != basicGroup || old.migratedTo != nil || old.dead || old.past(a).status != statusCreator {
		return 0, fmt.Errorf("upgrade group: %w", ErrNotAllowed)
	}
	return w.upgrade(old, a).id, nil
}

// supergroupOf is the chat itself, or the supergroup that it becomes where
// what its owner does needs one (Telegram upgrades by itself then).
func (w *World) supergroupOf(c *chat) *chat {
	switch {
	case c.kind != basicGroup:
		return c
	case c.migratedTo != nil:
		return c.migratedTo
	default:
		return w.upgrade(c, w.accounts[c.roster[0]])
	}
}

// upgrade gives each bot three updates: its standing in the new chat, then
// migrate_to_chat_id in the old one and migrate_from_chat_id in the new one,
// in the order that Knobs.MigrationOrder says.
func (w *World) upgrade(old *chat, by *account) *chat {
	c := w.newChat(supergroup, old.title, by)
	c.perms, c.protected, c.about, c.photo, c.ttl = old.perms, old.protected, old.about, old.photo, old.ttl
	for _, id := range old.roster {
		m := old.members[id]
		if !m.inside() || m.who == by {
			continue
		}
		moved := *m
		moved.since = w.unix()
		c.setMember(&moved)
		moved.readsAll = m.readsAll
		w.tellBotItself(standingChange{chat: c, by: by, old: &member{who: m.who, status: statusLeft}, now: &moved})
	}
	for _, l := range old.links {
		l.revoked = true
	}
	goes := func() { w.say(by, old, nil, Service{MigrateTo: c.id}) }
	comes := func() {
		w.post(draft{
			chat: c, author: by, from: w.system(groupAnonymousBot), sender: c,
			content: serviceOf(Service{MigrateFrom: old.id}),
		})
	}
	switch w.knobs.MigrationOrder {
	case MigrateToFirst:
		goes()
		comes()
	case MigrateFromFirst:
		comes()
		goes()
	default:
		panic("telegram: unknown order of migration")
	}
	old.migratedTo = c
	return c
}
