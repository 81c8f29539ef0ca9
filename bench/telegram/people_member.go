package telegram

import "fmt"

// Who is in a chat and what they may do, as people change it.

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
func (w *World) join(c *chat, by, who *account) { w.enter(entry{chat: c, by: by, who: who}) }

// entry is somebody's way into a chat.
type entry struct {
	chat    *chat
	by, who *account
	link    *inviteLink // nil = without a link
	asked   bool        // by a request that an administrator approved
}

// enter takes somebody in. Who was restricted stays so.
func (w *World) enter(e entry) {
	old := e.chat.past(e.who)
	m := &member{who: e.who, status: statusMember, since: w.unix(), via: e.link}
	if old.status == statusRestricted {
		*m = *old
		m.in, m.since, m.via = true, w.unix(), e.link
	}
	e.chat.setMember(m)
	w.deliverMember(standingChange{
		chat: e.chat, by: e.by, old: old, now: m, link: e.link, viaRequest: e.asked && e.link == nil,
	})
	if e.chat.kind == channel {
		return
	}
	author := e.by
	if e.link != nil || e.asked {
		author = e.who // he joined, nobody added him
	}
	w.say(author, e.chat, nil, Service{NewMembers: []int64{e.who.id}})
}

// announce tells a bot that it was in a group from its start.
func (w *World) announce(c *chat, by, who *account) {
	w.deliverMember(standingChange{chat: c, by: by, old: &member{who: who, status: statusLeft}, now: c.standing(who)})
}

// change replaces a standing and tells the bots concerned. Custom titles and
// tags stay with those who stay.
func (w *World) change(c *chat, by *account, m *member) {
	old := c.past(m.who)
	if m.inside() {
		if m.title == "" {
			m.title = old.title
		}
		if m.since == 0 {
			m.since, m.via = old.since, old.via
		}
	}
	c.setMember(m)
	if until := m.until; until > 0 {
		w.plan(unixTime(until), func() {
			if c.standing(m.who) == m && m.until == until {
				m.lapse()
			}
		})
	}
	w.deliverMember(standingChange{chat: c, by: by, old: old, now: m})
}

// Promote makes somebody an administrator with these rights, or changes
// them; Rights{} makes an ordinary member again. title is the custom title.
// Who isn't the owner can give only what he has.
func (w *World) Promote(by, chatID, who int64, r Rights, title string) error {
	c, a, target := w.group(chatID), w.person(by), w.person(who)
	mine, old := c.standing(a), c.standing(target)
	switch {
	case !mine.can(canPromote), old != nil && old.status == statusCreator,
		old.admin() && !c.mayEdit(a, old), mine.status != statusCreator && r.beyond(mine.rights):
		return fmt.Errorf("promote: %w", ErrNotAllowed)
	}
	if !c.inside(target) {
		w.join(c, a, target)
	}
	m := *c.standing(target)
	m.status, m.rights, m.title, m.by, m.until = statusAdministrator, r.fit(c.kind), title, a, 0
	if r == (Rights{}) {
		m.status, m.by = statusMember, nil
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

// SetTitleOf gives somebody in the group a custom title, or a tag if he is
// no administrator; "" takes it away.
func (w *World) SetTitleOf(chatID, who int64, title string) {
	m := w.group(chatID).standing(w.person(who))
	if !m.inside() {
		panic("telegram: only members have titles and tags")
	}
	m.title = title
}

// Restrict limits what somebody may do, until a unix time or with 0 for ever.
func (w *World) Restrict(by, chatID, who int64, p Permissions, until int64) error {
	c, a, target := w.group(chatID), w.person(by), w.person(who)
	if err := w.mayRestrict(c, a, target); err != nil {
		return err
	}
	m := &member{who: target, status: statusRestricted, perms: p, until: w.lasting(until), in: c.inside(target)}
	w.change(c, a, m)
	return nil
}

func (w *World) mayRestrict(c *chat, by, who *account) error {
	theirs := c.past(who)
	if !c.standing(by).can(canRestrict) || theirs.status == statusCreator || theirs.admin() && !c.mayEdit(by, theirs) {
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

// Unban takes a ban back; who was banned is outside and may come again.
func (w *World) Unban(by, chatID, who int64) error {
	c, a, target := w.group(chatID), w.person(by), w.person(who)
	if err := w.mayRestrict(c, a, target); err != nil {
		return err
	}
	if c.past(target).status == statusKicked {
		w.change(c, a, &member{who: target, status: statusLeft})
	}
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
// nobody has told. Restrictions outlive their bearer's leaving.
func (w *World) depart(c *chat, by, who *account, to status, until int64) {
	was := c.past(who)
	m := &member{who: who, status: to, until: until}
	if by == who && was.status == statusRestricted {
		m = &member{who: who, status: statusRestricted, perms: was.perms, until: was.until}
	}
	tell := func() {
		if was.inside() && c.kind != channel {
			w.say(by, c, nil, Service{LeftMember: who.id})
		}
	}
	if c.kind == basicGroup {
		tell()
	}
	w.change(c, by, m)
	if c.kind != basicGroup {
		tell()
	}
}
