package telegram

// chatMethods are the methods that tell about chats and who is in them.
var chatMethods = map[string]handler{
	"getChat":               getChat,
	"getChatMember":         getChatMember,
	"getChatAdministrators": getChatAdministrators,
	"getChatMemberCount":    getChatMemberCount,
	"getUserChatBoosts":     getUserChatBoosts,
}

func getChat(c *call) (any, *problem) {
	to, bad := c.target("chat_id", toRead)
	if bad != nil {
		return nil, bad
	}
	switch to.kind {
	case privateChat:
		return c.privateFull(to), nil
	case basicGroup:
		return c.basicFull(to), nil
	case supergroup, channel:
		return c.superFull(to), nil
	default:
		panic("telegram: unknown chat kind")
	}
}

// memberOf finds somebody's standing as TDLib does.
func (c *call) memberOf(to *chat, id int64) (*member, *problem) {
	who := c.met(id, to)
	switch {
	case who == nil:
		return nil, fail(memberNotFound)
	case to.kind == privateChat && (who == to.user || who == to.peer):
		return &member{who: who, status: statusMember}, nil
	case to.kind == privateChat:
		return nil, fail(memberNotFound)
	case to.kind == channel && !to.standing(c.bot.me).admin():
		return nil, fail(listInaccessible)
	default:
		return to.past(who), nil
	}
}

func getChatMember(c *call) (any, *problem) {
	id, bad := c.userID("user_id")
	if bad != nil {
		return nil, bad
	}
	need := toReadMembers
	if id == c.bot.me.id {
		need = toRead
	}
	to, bad := c.target("chat_id", need)
	if bad != nil {
		return nil, bad
	}
	m, bad := c.memberOf(to, id)
	if bad != nil {
		return nil, bad
	}
	return c.w.memberObject(c.bot.me, to, m), nil
}

func getChatAdministrators(c *call) (any, *problem) {
	bots := c.args.flag("return_bots")
	to, bad := c.target("chat_id", toReadMembers)
	switch {
	case bad != nil:
		return nil, bad
	case to.kind == privateChat:
		return nil, fail(noAdminsPrivate)
	case to.kind == channel && !to.standing(c.bot.me).admin():
		return nil, fail(listInaccessible)
	}
	out := []any{}
	for _, id := range to.roster {
		m := to.members[id]
		if m.admin() && (bots || m.who.bot == nil || m.who == c.bot.me) {
			out = append(out, c.w.memberObject(c.bot.me, to, m))
		}
	}
	return out, nil
}

func getChatMemberCount(c *call) (any, *problem) {
	to, bad := c.target("chat_id", toReadMembers)
	switch {
	case bad != nil:
		return nil, bad
	case to.kind == privateChat && to.user == to.peer:
		return 1, nil
	case to.kind == privateChat:
		return 2, nil
	default:
		return to.count(), nil
	}
}

type boostsObject struct {
	Boosts []emptyObject `json:"boosts"`
}

// getUserChatBoosts: nobody boosts chats here.
func getUserChatBoosts(c *call) (any, *problem) {
	_, to, bad := c.userAndChat()
	switch {
	case bad != nil:
		return nil, bad
	case to.kind != supergroup && to.kind != channel:
		return nil, fail(chatNotFound)
	case !to.standing(c.bot.me).admin():
		return nil, fail(chatAdminRequired)
	}
	return boostsObject{[]emptyObject{}}, nil
}
