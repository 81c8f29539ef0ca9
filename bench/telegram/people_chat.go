package telegram

import (
	"fmt"
	"slices"
)

// NewGroup makes a basic group with its first members, bots included.
func (w *World) NewGroup(owner int64, title string, members ...int64) int64 {
	by := w.person(owner)
	c := w.newChat(basicGroup, title, by)
	for _, id := range members {
		c.setMember(&member{who: w.person(id), status: statusMember, since: w.unix()})
	}
	for _, id := range members {
		w.announce(c, by, w.person(id))
	}
	w.say(by, c, nil, Service{GroupCreated: true})
	return c.id
}

// NewSupergroup makes a supergroup without topics.
func (w *World) NewSupergroup(owner int64, title string, members ...int64) int64 {
	by := w.person(owner)
	c := w.newChat(supergroup, title, by)
	w.say(by, c, nil, Service{SuperCreated: true})
	for _, id := range members {
		w.join(c, by, w.person(id))
	}
	return c.id
}

// NewForum makes a supergroup with topics.
func (w *World) NewForum(owner int64, title string, members ...int64) int64 {
	by := w.person(owner)
	c := w.newChat(supergroup, title, by)
	c.forum = true
	w.say(by, c, nil, Service{SuperCreated: true})
	for _, id := range members {
		w.join(c, by, w.person(id))
	}
	return c.id
}

// NewChannel makes a channel.
func (w *World) NewChannel(owner int64, title string) int64 {
	by := w.person(owner)
	c := w.newChat(channel, title, by)
	w.post(draft{chat: c, author: by, sender: c, content: serviceOf(Service{ChannelCreated: true})})
	return c.id
}

// SetForum turns topics on or off; bots are not told. Turning them on in a
// basic group would upgrade it: call Upgrade first.
func (w *World) SetForum(chatID int64, on bool) {
	c := w.group(chatID)
	if c.kind != supergroup {
		panic("telegram: topics need a supergroup")
	}
	c.forum = on
}

// SetPublicName gives a group or channel its @username; "" makes it private.
func (w *World) SetPublicName(chatID int64, name string) {
	c := w.group(chatID)
	if name != "" {
		w.takeName(name, c.id)
	}
	c.username = name
}

// SetProtected forbids saving and forwarding from the chat, or allows it.
func (w *World) SetProtected(chatID int64, on bool) { w.group(chatID).protected = on }

// SetPermissions sets what ordinary members may do.
func (w *World) SetPermissions(chatID int64, p Permissions) { w.group(chatID).perms = p }

// SetReactions limits the emoji that may be reactions; nil allows all.
func (w *World) SetReactions(chatID int64, emoji []string) { w.group(chatID).reactions = emoji }

// Link makes a supergroup the discussion group of a channel.
func (w *World) Link(channelID, groupID int64) {
	ch, g := w.group(channelID), w.group(groupID)
	ch.linked, g.linked = g, ch
}

// AddMember brings somebody into a group or channel.
func (w *World) AddMember(by, chatID, who int64) error {
	c, a, target := w.group(chatID), w.person(by), w.person(who)
	m := c.standing(target)
	switch {
	case !c.inside(a) && a != target:
		return fmt.Errorf("add member: %w", ErrNotAllowed)
	case m.inside():
		return nil
	case m != nil && m.status == statusKicked && !c.standing(a).admin():
		return fmt.Errorf("add banned member: %w", ErrNotAllowed)
	}
	w.join(c, a, target)
	return nil
}

// join puts somebody in, with the update for bots and the service message.
func (w *World) join(c *chat, by, who *account) {
	old := c.standing(who)
	if old == nil {
		old = &member{who: who, status: statusLeft}
	}
	m := &member{who: who, status: statusMember, since: w.unix()}
	c.setMember(m)
	w.deliverMember(c, by, old, m)
	if c.kind != channel {
		w.say(by, c, nil, Service{NewMembers: []int64{who.id}})
	}
}

// announce tells a bot that it was in a group from its start.
func (w *World) announce(c *chat, by, who *account) {
	w.deliverMember(c, by, &member{who: who, status: statusLeft}, c.standing(who))
}

// change replaces a standing and tells the bots concerned.
func (w *World) change(c *chat, by *account, m *member) {
	old := c.standing(m.who)
	if old == nil {
		old = &member{who: m.who, status: statusLeft}
	}
	c.setMember(m)
	w.deliverMember(c, by, old, m)
}

// Promote makes somebody an administrator with these rights, or changes
// them; Rights{} makes an ordinary member again. title is the custom title.
func (w *World) Promote(by, chatID, who int64, r Rights, title string) error {
	c, a, target := w.group(chatID), w.person(by), w.person(who)
	if !c.standing(a).can(func(r Rights) bool { return r.PromoteMembers }) || c.standing(target) != nil && c.standing(target).status == statusCreator {
		return fmt.Errorf("promote: %w", ErrNotAllowed)
	}
	if !c.inside(target) {
		w.join(c, a, target)
	}
	m := *c.standing(target)
	m.status, m.rights, m.title = statusAdministrator, r, title
	if r == (Rights{}) {
		m.status, m.title = statusMember, ""
	} else {
		m.rights.ManageChat = true // implied by any other right (Bot API docs)
	}
	w.change(c, a, &m)
	return nil
}

// SetAnonymous makes the owner or an administrator write in the group's name.
func (w *World) SetAnonymous(chatID, who int64, on bool) {
	c := w.group(chatID)
	m := c.standing(w.person(who))
	if !m.admin() {
		panic("telegram: only administrators are anonymous")
	}
	m.rights.Anonymous = on
}

// SetTitleOf gives the owner or an administrator a custom title.
func (w *World) SetTitleOf(chatID, who int64, title string) {
	m := w.group(chatID).standing(w.person(who))
	if !m.admin() {
		panic("telegram: only administrators have titles")
	}
	m.title = title
}

// Restrict limits what somebody may do, until a unix time or with 0 for ever.
func (w *World) Restrict(by, chatID, who int64, p Permissions, until int64) error {
	c, a, target := w.group(chatID), w.person(by), w.person(who)
	if err := w.mayRestrict(c, a, target); err != nil {
		return err
	}
	old := c.standing(target)
	m := &member{who: target, status: statusRestricted, perms: p, until: until, in: old.inside()}
	if old != nil {
		m.since = old.since
	}
	w.change(c, a, m)
	return nil
}

func (w *World) mayRestrict(c *chat, by, who *account) error {
	theirs := c.standing(who)
	mine := c.standing(by)
	switch {
	case !mine.can(func(r Rights) bool { return r.RestrictMembers }),
		theirs != nil && theirs.status == statusCreator,
		theirs.admin() && mine.status != statusCreator:
		return fmt.Errorf("restrict: %w", ErrNotAllowed)
	}
	return nil
}

// Kick bans somebody, bots included.
func (w *World) Kick(by, chatID, who int64) error {
	c, a, target := w.group(chatID), w.person(by), w.person(who)
	if err := w.mayRestrict(c, a, target); err != nil {
		return err
	}
	w.depart(c, a, target, statusKicked, 0)
	return nil
}

// Leave makes somebody leave.
func (w *World) Leave(who, chatID int64) error {
	c, a := w.group(chatID), w.person(who)
	if !c.inside(a) {
		return fmt.Errorf("leave: %w", ErrNotAllowed)
	}
	w.depart(c, a, a, statusLeft, 0)
	return nil
}

// depart takes somebody out. A bot still gets the service message about its
// own removal (Bot API server source); in which order with my_chat_member
// nobody has told.
func (w *World) depart(c *chat, by, who *account, to status, until int64) {
	was := c.inside(who)
	tell := func() {
		if was && c.kind != channel {
			w.say(by, c, nil, Service{LeftMember: who.id})
		}
	}
	if c.kind == basicGroup {
		tell()
	}
	w.change(c, by, &member{who: who, status: to, until: until})
	if c.kind != basicGroup {
		tell()
	}
}

// Block makes the person block the bot.
func (w *World) Block(person, botID int64) { w.setBlocked(person, botID, true) }

// Unblock takes the block back.
func (w *World) Unblock(person, botID int64) { w.setBlocked(person, botID, false) }

func (w *World) setBlocked(person, botID int64, on bool) {
	a, peer := w.person(person), w.robot(botID).me
	c := w.privateOf(a, peer)
	if c.shut == on {
		return
	}
	c.shut = on
	old := &member{who: peer, status: statusMember}
	now := &member{who: peer, status: statusKicked}
	if !on {
		old, now = now, old
	}
	w.deliverMember(c, a, old, now)
}

// SetTitle renames a group or channel, with the service message.
func (w *World) SetTitle(by, chatID int64, title string) error {
	c, a := w.group(chatID), w.person(by)
	m := c.standing(a)
	if !m.can(func(r Rights) bool { return r.ChangeInfo }) && !(m.inside() && w.allowed(c, a).ChangeInfo) {
		return fmt.Errorf("rename chat: %w", ErrNotAllowed)
	}
	c.title = title
	if c.kind == channel {
		w.post(draft{chat: c, author: a, sender: c, content: serviceOf(Service{NewTitle: title})})
		return nil
	}
	w.say(a, c, nil, Service{NewTitle: title})
	return nil
}

// Upgrade turns a basic group into a supergroup and returns its new id.
// Bots get three updates (measured order): their standing in the new chat,
// migrate_to_chat_id in the old one, migrate_from_chat_id in the new one.
func (w *World) Upgrade(by, chatID int64) (int64, error) {
	old, a := w.group(chatID), w.person(by)
	if old.kind != basicGroup || old.migratedTo != nil || old.standing(a) == nil || old.standing(a).status != statusCreator {
		return 0, fmt.Errorf("upgrade group: %w", ErrNotAllowed)
	}
	c := w.newChat(supergroup, old.title, a)
	c.perms, c.protected, c.about = old.perms, old.protected, old.about
	for _, id := range old.roster {
		if m := old.members[id]; m.inside() && m.who != a {
			moved := *m
			moved.since = w.unix()
			c.setMember(&moved)
			w.deliverMember(c, a, &member{who: m.who, status: statusLeft}, &moved)
		}
	}
	w.say(a, old, nil, Service{MigrateTo: c.id})
	old.migratedTo = c
	w.post(draft{
		chat: c, author: a, from: w.system(groupAnonymousBot), sender: c,
		content: serviceOf(Service{MigrateFrom: old.id}),
	})
	return c.id, nil
}

// DeleteGroup deletes a basic group for everybody.
func (w *World) DeleteGroup(chatID int64) {
	c := w.group(chatID)
	if c.kind != basicGroup {
		panic("telegram: only basic groups are deleted here")
	}
	c.dead = true
}

// Bots returns the bots that are in the chat now.
func (w *World) Bots(chatID int64) []int64 {
	var out []int64
	for _, a := range w.group(chatID).bots {
		out = append(out, a.id)
	}
	slices.Sort(out)
	return out
}
