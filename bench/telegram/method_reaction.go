package telegram

// reactionMethods are the methods with which bots take back what others did.
var reactionMethods = map[string]handler{
	"deleteMessageReaction":     deleteMessageReaction,
	"deleteAllMessageReactions": deleteAllMessageReactions,
}

// reactor is whose reactions are to go: an account, or a chat.
func (c *call) reactor() (int64, *problem) {
	if c.args.str("user_id") != "" {
		id := leadingInt(c.args.str("user_id"))
		switch {
		case id <= 0:
			return 0, fail(invalidUser)
		case c.w.accounts[id] == nil:
			return 0, fail(userNotFound)
		}
		return id, nil
	}
	id := leadingInt(c.args.str("actor_chat_id"))
	switch {
	case c.args.str("actor_chat_id") == "":
		return 0, fail(senderChatEmpty)
	case id == 0:
		return 0, fail(senderChatInvalid)
	}
	return id, nil
}

// moderates says whether the bot may take back reactions of others: in
// groups, with the right to delete (Bot API docs).
func (c *call) moderates(to *chat) *problem {
	switch {
	case to.kind != basicGroup && to.kind != supergroup:
		return fail(reactionsGroups)
	case !to.standing(c.bot.me).can(func(r Rights) bool { return r.DeleteMessages }):
		return fail(adminRequired)
	default:
		return nil
	}
}

func deleteMessageReaction(c *call) (any, *problem) {
	to, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return nil, bad
	}
	m := c.w.messageOf(c.bot.me, to, c.args.number("message_id"))
	if m == nil {
		return nil, fail(reactionsNotFound)
	}
	who, bad := c.reactor()
	if bad == nil {
		bad = c.moderates(to)
	}
	if bad != nil {
		return nil, bad
	}
	if bad := c.spend(to, reacting, 1); bad != nil {
		return nil, bad
	}
	m.react(who, nil)
	return true, nil
}

// recentReactions is how many messages deleteAllMessageReactions goes back
// at most (Bot API docs).
const recentReactions = 10_000

func deleteAllMessageReactions(c *call) (any, *problem) {
	to, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return nil, bad
	}
	who, bad := c.reactor()
	if bad == nil {
		bad = c.moderates(to)
	}
	if bad != nil {
		return nil, bad
	}
	if bad := c.spend(to, reacting, 1); bad != nil {
		return nil, bad
	}
	all := to.messages()
	for _, m := range all[max(0, len(all)-recentReactions):] {
		m.react(who, nil)
	}
	return true, nil
}
