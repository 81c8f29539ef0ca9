package telegram

import "time"

// deleteMethods are the methods that delete messages.
var deleteMethods = map[string]handler{
	"deleteMessage":  deleteMessage,
	"deleteMessages": deleteMessages,
}

// deleteAge is how old a message may be for a bot to delete it (Bot API docs).
const deleteAge = 48 * time.Hour

// deletable says whether the bot may delete the message for everybody
// (TDLib source, can_delete_message and can_revoke_message).
func (c *call) deletable(m *message) *problem {
	age := c.w.now.Sub(time.Unix(m.date, 0))
	own := m.author == c.bot.me
	admin := m.chat.standing(c.bot.me).can(func(r Rights) bool { return r.DeleteMessages })
	switch m.chat.kind {
	case privateChat:
		if age > deleteAge || m.content().Kind == KindDice && age < diceAge {
			return fail(cantDeleteAll)
		}
	case basicGroup:
		if age > deleteAge || !admin && (!own || m.service()) {
			return fail(cantDeleteAll)
		}
	case supergroup, channel:
		if age >= deleteAge || m.id == 1 || m.undeletable() || !admin && !c.mayTakeBack(m) {
			return fail(cantDelete)
		}
	default:
		panic("telegram: unknown chat kind")
	}
	return nil
}

// diceAge is how long dice stay in private chats (Bot API docs).
const diceAge = 24 * time.Hour

// mayTakeBack says whether a bot without the right to delete may delete the
// message: its own, and posts only while it may post.
func (c *call) mayTakeBack(m *message) bool {
	if m.author != c.bot.me {
		return false
	}
	return !m.service() && m.chat.kind != channel ||
		m.chat.standing(c.bot.me).can(func(r Rights) bool { return r.PostMessages })
}

// undeletable are the messages that nobody can delete: those that made the
// chat, the upgrade, and a topic's first one (TDLib source).
func (m *message) undeletable() bool {
	s := m.content().Service
	return s != nil && (s.TopicCreated != nil || s.SuperCreated || s.ChannelCreated || s.MigrateTo != 0 || s.MigrateFrom != 0)
}

func deleteMessage(c *call) (any, *problem) {
	if c.args.str("chat_id") == "" {
		return nil, fail(noChatID)
	}
	id := c.args.number("message_id")
	if id == 0 {
		return nil, fail(noMessageID)
	}
	from, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return nil, bad
	}
	m := c.w.messageOf(c.bot.me, from, id)
	if m == nil {
		return nil, fail(deleteNotFound)
	}
	if bad := c.deletable(m); bad != nil {
		return nil, bad
	}
	if bad := c.spend(from, deleting, 1); bad != nil {
		return nil, bad
	}
	c.sent = append(c.sent, id)
	c.w.erase(m)
	return true, nil
}

func deleteMessages(c *call) (any, *problem) {
	ids, bad := c.messageIDs()
	if bad != nil {
		return nil, bad
	}
	from, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return nil, bad
	}
	found := c.found(from, ids)
	if len(found) == 0 {
		return true, nil // and Telegram isn't even asked
	}
	for _, m := range found {
		if bad := c.deletable(m); bad != nil {
			return nil, bad
		}
	}
	if bad := c.spend(from, deleting, 1); bad != nil {
		return nil, bad
	}
	for _, m := range found {
		c.sent = append(c.sent, m.idFor(c.bot.me))
		c.w.erase(m)
	}
	return true, nil
}
