package telegram

// reactionMethods are the methods with which bots take back what others did.
var reactionMethods = map[string]handler{
	"deleteMessageReaction":     deleteMessageReaction,
	"deleteAllMessageReactions": deleteAllMessageReactions,
}

// reactor is whose reactions are to go: a user's, or a chat's. The user's id is
// read before anything is looked up, who that is after it (Bot API server source).
type reactor struct {
	user int64 // 0 = a chat
	chat string
}

func (c *call) reactorArg() (reactor, *problem) {
	if c.args.str("user_id") == "" {
		return reactor{chat: c.args.str("actor_chat_id")}, nil
	}
	id, bad := c.userID("user_id")
	return reactor{user: id}, bad
}

// id finds the account or chat.
func (r reactor) id(w *World) (int64, *problem) {
	if r.user != 0 {
		if w.accounts[r.user] == nil {
			return 0, fail(userNotFound)
		}
		return r.user, nil
	}
	if r.chat == "" {
		return 0, fail(senderChatEmpty)
	}
	id, whole := wholeInt(r.chat, 64)
	if !whole {
		return 0, fail(senderChatInvalid)
	}
	return id, nil
}

// dropReactions takes back what somebody did to the messages. Bots may in
// groups, with the right to delete (Bot API docs).
func (c *call) dropReactions(to *chat, whose reactor, from []*message) (any, *problem) {
	id, bad := whose.id(c.w)
	if bad == nil {
		bad = c.moderates(to)
	}
	if bad == nil {
		bad = c.spend(to, reacting, 1)
	}
	if bad != nil {
		return nil, bad
	}
	for _, m := range from {
		m.react(id, nil)
	}
	return true, nil
}

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
	whose, bad := c.reactorArg()
	if bad != nil {
		return nil, bad
	}
	to, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return nil, bad
	}
	m := c.w.messageOf(c.bot.me, to, c.args.number("message_id"))
	if m == nil {
		return nil, fail(reactionsNotFound)
	}
	return c.dropReactions(to, whose, []*message{m})
}

// recentReactions is how many messages deleteAllMessageReactions goes back
// at most (Bot API docs).
const recentReactions = 10_000

func deleteAllMessageReactions(c *call) (any, *problem) {
	whose, bad := c.reactorArg()
	if bad != nil {
		return nil, bad
	}
	to, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return nil, bad
	}
	all := to.messages()
	return c.dropReactions(to, whose, all[max(0, len(all)-recentReactions):])
}
