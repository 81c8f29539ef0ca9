package telegram

import (
	"slices"
)

// The colours that a topic's icon may have (Bot API createForumTopic).
var topicColors = []int{7322096, 16766590, 13338331, 9367192, 16749490, 16478047}

// topic is a thread of a forum, or of a private chat with a bot that has
// topics. General has no root and isn't in the map.
type topic struct {
	root    int // thread id: number of its forum_topic_created message
	first   *message
	name    string
	color   int
	icon    string
	creator *account
	closed  bool
	hidden  bool // General only
	deleted bool
	lookups []lookup
}

// topicOf returns the topic by its thread id, nil if there is none.
func (c *chat) topicOf(id int) *topic {
	if t := c.topics[id]; t != nil && !t.deleted {
		return t
	}
	return nil
}

// hasTopics says whether the chat is divided into topics now. Private chats
// are if their bot is set up so.
func (c *chat) hasTopics() bool {
	if c.kind == privateChat {
		return c.peer.bot.threaded
	}
	return c.forum
}

// openTopic makes a topic and tells so with its first message.
func (w *World) openTopic(by *account, c *chat, made TopicCreated) *topic {
	t := &topic{name: made.Name, color: made.Color, icon: made.Icon, creator: by}
	m := &message{chat: c, author: by, date: w.unix(), topic: t, rare: &nothingRare}
	var sender *chat
	if m.from, sender = w.signs(c, by); sender != nil {
		m.own().sender = sender
	}
	m.setContent(serviceOf(Service{TopicCreated: &made}))
	if c.kind == privateChat && c.user.box.last() == 0 {
		c.user.box.skip(w.opts.KeepMessages) // number 1 would mean General
	}
	w.number(m)
	t.root, t.first = m.id, m
	if c.kind == privateChat {
		// Both sides number the message; the topic is named by the person's
		// number (reported by users in public issues, 2026).
		t.root = c.user.box.last()
	}
	g := c.own()
	if g.topics == nil {
		g.topics = map[int]*topic{}
	}
	g.topics[t.root] = t
	g.order = append(g.order, t.root)
	w.deliverMessage(m)
	return t
}

// retitle changes name and icon; nil leaves them. False = nothing changed.
func (w *World) retitle(by *account, c *chat, t *topic, name, icon *string) bool {
	var change TopicEdited
	changed := false
	if name != nil && *name != t.name {
		t.name, change.Name, changed = *name, *name, true
	}
	if icon != nil && *icon != t.icon {
		t.icon, change.Icon, changed = *icon, icon, true
	}
	if changed {
		w.say(by, c, t, Service{TopicEdited: &change})
	}
	return changed
}

// toggle closes or reopens a topic. False = it was so already.
func (w *World) toggle(by *account, c *chat, t *topic, closed bool) bool {
	if t.closed == closed {
		return false
	}
	t.closed = closed
	if closed {
		w.say(by, c, t, Service{TopicClosed: true})
		return true
	}
	w.say(by, c, t, Service{TopicReopened: true})
	if t.hidden {
		w.toggleHidden(by, c, false)
	}
	return true
}

// toggleHidden hides or shows General. Hiding closes it, and reopening shows
// it (Bot API docs); that two service messages tell so is a guess.
func (w *World) toggleHidden(by *account, c *chat, hidden bool) bool {
	t := &c.general
	if t.hidden == hidden {
		return false
	}
	if hidden {
		w.toggle(by, c, t, true)
	}
	t.hidden = hidden
	if hidden {
		w.say(by, c, t, Service{GeneralHidden: true})
	} else {
		w.say(by, c, t, Service{GeneralShown: true})
	}
	return true
}

// removeTopic deletes a topic with all its messages; nobody is told, which
// is how Telegram does it (there is no update about deletions).
func (w *World) removeTopic(c *chat, t *topic) {
	for _, m := range c.messages() {
		if m.topic == t {
			w.erase(m)
		}
	}
	t.deleted = true
	c.dropGhost(t)
	if at := slices.Index(c.order, t.root); at >= 0 {
		c.own().order = slices.Delete(c.order, at, at+1)
	}
}

// say posts a service message; in General and outside forums t is nil or
// the chat's General.
func (w *World) say(by *account, c *chat, t *topic, s Service) *message {
	if t == &c.general {
		t = nil
	}
	d := draft{chat: c, author: by, topic: t, content: serviceOf(s)}
	d.from, d.sender = w.signs(c, by)
	return w.post(d)
}

func serviceOf(s Service) Content { return Content{Kind: KindService, Service: &s} }
