package telegram

import "slices"

// pinMethods are the methods about pinned messages.
var pinMethods = map[string]handler{
	"pinChatMessage":                    pinChatMessage,
	"unpinChatMessage":                  unpinChatMessage,
	"unpinAllChatMessages":              unpinAllChatMessages,
	"unpinAllForumTopicMessages":        unpinAllForumTopicMessages,
	"unpinAllGeneralForumTopicMessages": unpinAllGeneralForumTopicMessages,
}

// mayPin: in private chats everybody, in groups administrators with the
// right or members with the permission, in channels those who may edit.
func (w *World) mayPin(c *chat, a *account) bool {
	switch c.kind {
	case privateChat, talkChat:
		return true
	case channel:
		return c.standing(a).can(func(r Rights) bool { return r.EditMessages })
	case basicGroup, supergroup:
		switch m := c.standing(a); {
		case m.admin():
			return m.can(func(r Rights) bool { return r.PinMessages })
		case a.bot != nil && c.kind == basicGroup:
			return false // TDLib source
		}
		return w.allowed(c, a).PinMessages
	default:
		panic("telegram: unknown chat kind")
	}
}

// pin pins the message and says so in its topic. False = it was pinned.
func (w *World) pin(by *account, m *message, silent bool) bool {
	d := draft{chat: m.chat, author: by, topic: m.topic, silent: silent}
	d.from, d.sender = w.signs(m.chat, by)
	return w.pinAs(d, m)
}

// pinAs pins the message with that draft of what says so.
func (w *World) pinAs(d draft, m *message) bool {
	c := m.chat
	if slices.Contains(c.pins, m) {
		return false
	}
	c.pins = append(c.pins, m)
	d.content = serviceOf(Service{Pinned: &Pinned{m}})
	w.post(d)
	return true
}

func (c *chat) unpin(m *message) {
	c.pins = slices.DeleteFunc(c.pins, func(p *message) bool { return p == m })
}

// lastPin is the newest pinned message, nil if there is none.
func (c *chat) lastPin() *message {
	if len(c.pins) == 0 {
		return nil
	}
	return c.pins[len(c.pins)-1]
}

func pinChatMessage(c *call) (any, *problem) {
	m, bad := c.pinTarget(pinNotFound)
	if bad != nil {
		return nil, bad
	}
	if bad := c.spend(m.chat, pinning, 1); bad != nil {
		return nil, bad
	}
	c.sent = append(c.sent, m.idFor(c.bot.me))
	c.w.pin(c.bot.me, m, c.args.flag("disable_notification"))
	return true, nil
}

// pinTarget finds the message and checks the right; without message_id it
// is the newest pinned one.
func (c *call) pinTarget(missing Situation) (*message, *problem) {
	to, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return nil, bad
	}
	m := c.w.messageOf(c.bot.me, to, c.args.number("message_id"))
	if missing == unpinNotFound && c.args.number("message_id") == 0 {
		m = to.lastPin()
	}
	if m == nil {
		return nil, fail(missing)
	}
	switch {
	case !c.w.mayPin(to, c.bot.me):
		return nil, fail(noRightPin)
	case m.service(): // also where it would be unpinned
		return nil, fail(cantPin)
	}
	return m, nil
}

func unpinChatMessage(c *call) (any, *problem) {
	m, bad := c.pinTarget(unpinNotFound)
	if bad != nil {
		return nil, bad
	}
	if bad := c.spend(m.chat, pinning, 1); bad != nil {
		return nil, bad
	}
	m.chat.unpin(m)
	return true, nil
}

func unpinAllChatMessages(c *call) (any, *problem) {
	to, bad := c.pinChat()
	if bad != nil {
		return nil, bad
	}
	return c.unpinWhere(to, func(*message) bool { return true })
}

func unpinAllForumTopicMessages(c *call) (any, *problem) { return c.unpinTopic(c.threadID()) }

func unpinAllGeneralForumTopicMessages(c *call) (any, *problem) { return c.unpinTopic(generalID) }

// unpinTopic unpins what is pinned in a topic. The right is looked at before
// the topic, and without a thread id the whole chat is meant (TDLib source,
// unpin_all_dialog_messages).
func (c *call) unpinTopic(id int) (any, *problem) {
	to, bad := c.pinChat()
	switch {
	case bad != nil:
		return nil, bad
	case id == 0:
		return c.unpinWhere(to, func(*message) bool { return true })
	case !to.hasTopics():
		return nil, fail(noTopics)
	case id == generalID && to.kind == supergroup:
		return c.unpinWhere(to, func(m *message) bool { return m.topic == nil })
	}
	t := to.topicOf(id)
	if t == nil {
		return nil, fail(topicInvalid)
	}
	return c.unpinWhere(to, func(m *message) bool { return m.topic == t })
}

// pinChat finds the chat in which to unpin and checks the right.
func (c *call) pinChat() (*chat, *problem) {
	to, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return nil, bad
	}
	if !c.w.mayPin(to, c.bot.me) {
		return nil, fail(noRightPin)
	}
	return to, nil
}

func (c *call) unpinWhere(to *chat, which func(*message) bool) (any, *problem) {
	if bad := c.spend(to, pinning, 1); bad != nil {
		return nil, bad
	}
	to.pins = slices.DeleteFunc(to.pins, which)
	return true, nil
}
