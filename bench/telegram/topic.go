package telegram

import (
	"slices"
	"strings"
)

// The colours that a topic's icon may have (Bot API createForumTopic).
var topicColors = []int{7322096, 16766590, 13338331, 9367192, 16749490, 16478047}

// maxTopicName is the longest topic name, in characters; longer ones are cut.
const maxTopicName = 128

// topic is a thread of a forum. General has no root and isn't in the map.
type topic struct {
	root    int // number of its forum_topic_created message = thread id
	first   *message
	name    string
	color   int
	icon    string
	creator *account
	closed  bool
	hidden  bool // General only
}

// topicOf returns the topic by its thread id, nil if there is none.
func (c *chat) topicOf(id int) *topic { return c.topics[id] }

// cleanTopicName does what the server does with a name before using it.
func cleanTopicName(name string) string {
	name = strings.Join(strings.Fields(name), " ")
	if r := []rune(name); len(r) > maxTopicName {
		name = strings.TrimSpace(string(r[:maxTopicName]))
	}
	return name
}

func (w *World) openTopic(by *account, c *chat, name string, color int, icon string) *topic {
	t := &topic{name: name, color: color, icon: icon, creator: by}
	m := &message{chat: c, author: by, from: by, date: w.unix(), topic: t, rare: &nothingRare}
	m.setContent(serviceOf(Service{TopicCreated: &TopicCreated{Name: name, Color: color, Icon: icon}}))
	w.number(m)
	t.root, t.first = m.id, m
	c.topics[t.root] = t
	c.order = append(c.order, t.root)
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
	} else {
		w.say(by, c, t, Service{TopicReopened: true})
	}
	return true
}

// toggleHidden hides or shows General; hiding closes it too, as clients do.
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
	delete(c.topics, t.root)
	if at := slices.Index(c.order, t.root); at >= 0 {
		c.order = slices.Delete(c.order, at, at+1)
	}
}

// say posts a service message; in General and outside forums t is nil or
// the chat's General.
func (w *World) say(by *account, c *chat, t *topic, s Service) *message {
	if t == &c.general {
		t = nil
	}
	return w.post(draft{chat: c, from: by, topic: t, content: serviceOf(s)})
}

func serviceOf(s Service) Content { return Content{Kind: KindService, Service: &s} }
