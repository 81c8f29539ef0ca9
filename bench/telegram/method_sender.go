package telegram

// senderArg reads sender_chat_id as the server does.
func (c *call) senderArg() (*chat, *problem) {
	raw := c.args.str("sender_chat_id")
	switch {
	case raw == "":
		return nil, fail(senderEmpty)
	case itoa(leadingInt(raw)) != raw:
		return nil, fail(senderInvalid)
	}
	return c.w.chats[leadingInt(raw)], nil
}

func banChatSenderChat(c *call) (any, *problem)   { return c.banSender(true) }
func unbanChatSenderChat(c *call) (any, *problem) { return c.banSender(false) }

// banSender forbids a channel and its owner to write in its name, or allows
func (c *call) banSender(on bool) (any, *problem) {
	to, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return nil, bad
	}
	sender, bad := c.senderArg()
	if bad != nil {
		return nil, bad
	}
	until := c.untilArg()
	switch {
	case to.kind == privateChat && on:
		return nil, fail(cantBanPrivate)
	case to.kind == privateChat:
		return nil, fail(standingPrivate)
	case to.kind == basicGroup && on:
		return nil, fail(cantBanChatBasic)
	case to.kind == basicGroup:
		return true, nil
	case sender == nil:
		return nil, fail(memberNotFound)
	case sender.kind != channel && sender.kind != supergroup:
		return nil, fail(cantRestrictChat)
	case !to.standing(c.bot.me).can(canRestrict):
		return nil, fail(notEnoughRestrict)
	}
	if bad := c.spend(to, managing, 1); bad != nil {
		return nil, bad
	}
	c.w.banSender(to, sender, on, until)
	return true, nil
}

// banSender forbids messages in the name of a channel until a unix time (0 =
// for ever), or allows them again.
func (w *World) banSender(c, sender *chat, on bool, until int64) {
	delete(c.banned, sender.id)
	if !on {
		return
	}
	if c.banned == nil {
		c.banned = map[int64]int64{}
	}
	c.banned[sender.id] = until
	if until > 0 {
		w.plan(unixTime(until), func() {
			if c.banned[sender.id] == until {
				delete(c.banned, sender.id)
			}
		})
	}
}
