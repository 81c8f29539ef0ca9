package telegram

import (
	"slices"
	"strings"
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
	w.say(by, c, nil, Service{ChannelCreated: true})
	return c.id
}

// SetForum turns topics on or off; bots are not told. Turning them on in a
// basic group upgrades it. It returns the id that the chat has then.
func (w *World) SetForum(chatID int64, on bool) int64 {
	c := w.group(chatID)
	if c.kind == channel {
		panic("telegram: channels have no topics")
	}
	if on {
		c = w.supergroupOf(c)
	}
	c.forum = on
	return c.id
}

// SetPublicName gives a group or channel its @username; "" makes it private.
// A basic group is upgraded by it. It returns the id that the chat has then.
func (w *World) SetPublicName(chatID int64, name string) int64 {
	c := w.group(chatID)
	if name != "" {
		c = w.supergroupOf(c)
		w.takeName(name, c.id)
	}
	delete(w.names, strings.ToLower(c.username))
	c.username = name
	return c.id
}

// SetProtected forbids saving and forwarding from the chat, or allows it.
func (w *World) SetProtected(chatID int64, on bool) { w.group(chatID).protected = on }

// SetPermissions sets what ordinary members may do.
func (w *World) SetPermissions(chatID int64, p Permissions) { w.group(chatID).perms = p }

// SetReactions limits the emoji that may be reactions; nil allows all.
func (w *World) SetReactions(chatID int64, emoji []string) { w.group(chatID).reactions = emoji }

// SetSignatures has the posts of a channel name their authors from now on, or not.
func (w *World) SetSignatures(channelID int64, on bool) { w.group(channelID).signed = on }

// Link makes a supergroup the discussion group of a channel.
func (w *World) Link(channelID, groupID int64) {
	ch, g := w.group(channelID), w.group(groupID)
	ch.linked, g.linked = g, ch
}

// Age uses up message numbers of a supergroup or channel, as years of talk that
// was deleted since do.
func (w *World) Age(chatID int64, messages int) {
	c := w.group(chatID)
	for range messages {
		c.box.skip(w.opts.KeepMessages)
	}
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
