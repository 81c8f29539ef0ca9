package telegram

// linkMethods are the methods about invite links and requests to join.
var linkMethods = map[string]handler{
	"exportChatInviteLink":   exportChatInviteLink,
	"createChatInviteLink":   createChatInviteLink,
	"editChatInviteLink":     editChatInviteLink,
	"revokeChatInviteLink":   revokeChatInviteLink,
	"approveChatJoinRequest": approveChatJoinRequest,
	"declineChatJoinRequest": declineChatJoinRequest,
}

// Limits of invite links (Bot API docs).
const (
	maxLinkName    = 32
	maxLinkMembers = 99999
)

func (c *call) mayInvite(to *chat) bool { return to.standing(c.bot.me).can(canInvite) }

// mayLink checks what all methods about links need.
func (c *call) mayLink(to *chat) *problem {
	switch {
	case to.kind == privateChat:
		return fail(linkPrivate)
	case !c.mayInvite(to):
		return fail(noRightLink)
	default:
		return nil
	}
}

func exportChatInviteLink(c *call) (any, *problem) {
	to, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return nil, bad
	}
	if bad := c.mayLink(to); bad != nil {
		return nil, bad
	}
	if bad := c.spend(to, managing, 1); bad != nil {
		return nil, bad
	}
	for _, l := range to.links {
		if l.primary && l.creator == c.bot.me {
			l.revoked = true
		}
	}
	return c.w.primaryLink(to, c.bot.me).url(), nil
}

// linkArgs reads what a link is to be.
func (c *call) linkArgs() LinkOptions {
	return LinkOptions{
		Name:        cleanTitle(c.args.str("name"), maxLinkName),
		Expire:      c.args.integer("expire_date", 0, 0, 1<<31-1),
		MemberLimit: int(c.args.integer("member_limit", 0, 0, maxLinkMembers+1)),
		Approval:    c.args.flag("creates_join_request"),
	}
}

// check is what Telegram's servers say to such a link.
func (o LinkOptions) check(now int64) *problem {
	switch {
	case o.Expire != 0 && o.Expire <= now:
		return fail(linkExpired)
	case o.MemberLimit > maxLinkMembers:
		return fail(linkLimitInvalid)
	default:
		return nil
	}
}

func createChatInviteLink(c *call) (any, *problem) {
	o := c.linkArgs()
	to, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return nil, bad
	}
	if o.Approval && o.MemberLimit > 0 {
		return nil, fail(linkLimitApproval)
	}
	if bad := c.mayLink(to); bad != nil {
		return nil, bad
	}
	if bad := o.check(c.w.unix()); bad != nil {
		return nil, bad
	}
	if bad := c.spend(to, managing, 1); bad != nil {
		return nil, bad
	}
	return c.dressLink(to, c.w.newLink(to, c.bot.me), o), nil
}

func (c *call) dressLink(to *chat, l *inviteLink, o LinkOptions) *linkObject {
	l.name, l.expire, l.limit, l.asks = o.Name, o.Expire, o.MemberLimit, o.Approval
	return c.w.linkObject(c.bot.me, to, l)
}

// ownLink finds the link of the argument, which must be the bot's and live.
func (c *call) ownLink(to *chat) (*inviteLink, *problem) {
	address := c.args.str("invite_link")
	if address == "" {
		return nil, fail(linkEmpty)
	}
	l := to.linkOf(address)
	if l == nil || l.creator != c.bot.me || l.revoked {
		return nil, fail(linkUnknown)
	}
	return l, nil
}

func editChatInviteLink(c *call) (any, *problem) {
	o := c.linkArgs()
	to, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return nil, bad
	}
	if bad := c.mayLink(to); bad != nil {
		return nil, bad
	}
	if o.Approval && o.MemberLimit > 0 {
		return nil, fail(linkLimitApproval)
	}
	l, bad := c.ownLink(to)
	if bad != nil {
		return nil, bad
	}
	if l.primary {
		return nil, fail(linkPermanent)
	}
	if bad := o.check(c.w.unix()); bad != nil {
		return nil, bad
	}
	if bad := c.spend(to, managing, 1); bad != nil {
		return nil, bad
	}
	return c.dressLink(to, l, o), nil
}

func revokeChatInviteLink(c *call) (any, *problem) {
	to, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return nil, bad
	}
	if bad := c.mayLink(to); bad != nil {
		return nil, bad
	}
	l, bad := c.ownLink(to)
	if bad != nil {
		return nil, bad
	}
	if bad := c.spend(to, managing, 1); bad != nil {
		return nil, bad
	}
	c.w.revoke(to, l)
	return c.w.linkObject(c.bot.me, to, l), nil
}

func approveChatJoinRequest(c *call) (any, *problem) { return c.settleRequest(true) }
func declineChatJoinRequest(c *call) (any, *problem) { return c.settleRequest(false) }

func (c *call) settleRequest(approve bool) (any, *problem) {
	id, bad := c.userID("user_id")
	if bad != nil {
		return nil, bad
	}
	to, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return nil, bad
	}
	switch {
	case to.kind == privateChat:
		return nil, fail(noRequestsHere)
	case !c.mayInvite(to):
		return nil, fail(noRightRequests)
	}
	who := c.met(id, to)
	if who == nil {
		return nil, fail(userNotFound)
	}
	r := to.requestOf(who)
	switch {
	case r == nil && to.inside(who):
		return nil, fail(alreadyInside)
	case r == nil:
		return nil, fail(requestMissing)
	}
	if bad := c.spend(to, managing, 1); bad != nil {
		return nil, bad
	}
	c.w.settle(c.bot.me, r, approve)
	return true, nil
}
