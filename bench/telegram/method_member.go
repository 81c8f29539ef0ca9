package telegram

import "time"

// memberMethods are the methods that change who is in a chat and what they
// may do. Most are one method of TDLib that sets a standing: setStanding.
var memberMethods = map[string]handler{
	"banChatMember":                   banChatMember,
	"unbanChatMember":                 unbanChatMember,
	"restrictChatMember":              restrictChatMember,
	"promoteChatMember":               promoteChatMember,
	"setChatAdministratorCustomTitle": setChatAdministratorCustomTitle,
	"setChatMemberTag":                setChatMemberTag,
	"banChatSenderChat":               banChatSenderChat,
	"unbanChatSenderChat":             unbanChatSenderChat,
	"setChatPermissions":              setChatPermissions,
	"leaveChat":                       leaveChat,
}

// userID reads the id of a user from an argument.
func (c *call) userID(arg string) (int64, *problem) {
	id := leadingInt(c.args.str(arg))
	if id <= 0 {
		return 0, fail(invalidUser, arg)
	}
	return id, nil
}

// met finds an account that the bot can know: itself, people who wrote to it
// or are in a group with it, and whoever was in the chat to (nil = none).
func (c *call) met(id int64, to *chat) *account {
	a := c.w.accounts[id]
	switch {
	case a == nil:
		return nil
	case a == c.bot.me, c.w.private[privateKey{id, c.bot.me.id}] != nil,
		to != nil && to.standing(a) != nil, c.bot.shareGroup(a):
		return a
	default:
		return nil
	}
}

// userAndChat reads user_id, then chat_id for writing: the server's order.
func (c *call) userAndChat() (int64, *chat, *problem) {
	id, bad := c.userID("user_id")
	if bad != nil {
		return 0, nil, bad
	}
	to, bad := c.target("chat_id", toWrite)
	return id, to, bad
}

// Restrictions and bans shorter or longer than this are for ever (Bot API docs).
const (
	minBan = 30 * time.Second
	maxBan = 366 * 24 * time.Hour
)

// lasting is the end of a restriction as Telegram takes it; 0 = for ever.
func (w *World) lasting(until int64) int64 {
	if left := unixTime(until).Sub(w.now); left < minBan || left > maxBan {
		return 0
	}
	return until
}

func unixTime(s int64) time.Time { return time.Unix(s, 0) }

func (c *call) untilArg() int64 {
	return c.w.lasting(c.args.integer("until_date", 0, -1<<31, 1<<31-1))
}

// setStanding does what TDLib does to set somebody's standing in a supergroup
// or channel, in its order of checks.
func (c *call) setStanding(to *chat, id int64, next member) (any, *problem) {
	me, who := c.bot.me, c.met(id, to)
	switch {
	case who == nil:
		return nil, fail(memberNotFound)
	case who != me && to.kind == channel && !to.standing(me).admin():
		return nil, fail(listInaccessible)
	}
	next.who = who
	old := to.past(who)
	switch {
	case old.same(&next):
		return true, nil
	case old.status == statusCreator:
		return nil, fail(cantRemoveOwner)
	case next.status == statusAdministrator, next.status == statusMember && old.status == statusAdministrator:
		return c.promote(to, old, next)
	case next.status == statusMember && !old.inside():
		return nil, fail(botsCantAdd)
	default:
		return c.restrict(to, old, next)
	}
}

// promote makes an administrator, or ends it. The bot's own right is checked
// by TDLib, what it may give and to whom by Telegram's servers.
func (c *call) promote(to *chat, old *member, next member) (any, *problem) {
	me := c.bot.me
	mine := to.standing(me)
	switch {
	case next.who == me && next.status == statusAdministrator:
		return nil, fail(cantPromoteSelf)
	case next.who != me && !mine.can(canPromote):
		return nil, fail(notEnough)
	case next.who != me && old.admin() && !to.mayEdit(me, old):
		return nil, fail(chatAdminRequired)
	case next.status == statusAdministrator && next.rights.beyond(mine.rights):
		return nil, fail(rightForbidden)
	case next.who.deleted:
		return nil, fail(userDeactivated)
	case !old.inside():
		return nil, fail(userNotMutual)
	}
	if bad := c.spend(to, managing, 1); bad != nil {
		return nil, bad
	}
	if next.status == statusAdministrator {
		next.by = me
	}
	c.w.change(to, me, &next)
	return true, nil
}

// restrict bans, restricts, and takes both back.
func (c *call) restrict(to *chat, old *member, next member) (any, *problem) {
	me := c.bot.me
	switch {
	case next.who == me && (next.status == statusRestricted || next.status == statusKicked):
		return nil, fail(cantRestrictSelf)
	case next.who == me && next.status == statusMember:
		return nil, fail(cantUnrestrictSelf)
	case next.who == me:
		return c.leave(to)
	case !to.standing(me).can(canRestrict):
		return nil, fail(notEnoughRestrict)
	case old.admin() && !to.mayEdit(me, old):
		return nil, fail(userIsAdmin)
	}
	if bad := c.spend(to, managing, 1); bad != nil {
		return nil, bad
	}
	switch next.status {
	case statusKicked:
		c.w.depart(to, me, next.who, statusKicked, next.until)
	case statusLeft:
		if old.inside() {
			// TDLib can't make anybody leave but by a ban, which it takes back after a second.
			c.w.depart(to, me, next.who, statusKicked, c.w.unix()+60)
		}
		c.w.change(to, me, &member{who: next.who, status: statusLeft})
	default:
		c.w.change(to, me, &next)
	}
	return true, nil
}

func banChatMember(c *call) (any, *problem) {
	until, revoke := c.untilArg(), c.args.flag("revoke_messages")
	id, to, bad := c.userAndChat()
	if bad != nil {
		return nil, bad
	}
	switch to.kind {
	case privateChat:
		return nil, fail(cantBanPrivate)
	case basicGroup:
		return c.removeFromGroup(to, id, revoke)
	case supergroup, channel:
		return c.setStanding(to, id, member{status: statusKicked, until: until})
	default:
		panic("telegram: unknown chat kind")
	}
}

// removeFromGroup takes somebody out of a basic group, which knows no bans.
// All checks are those of Telegram's servers.
func (c *call) removeFromGroup(to *chat, id int64, revoke bool) (any, *problem) {
	me, who := c.bot.me, c.met(id, to)
	switch {
	case who == nil:
		return nil, fail(userNotFound)
	case who == me:
		return c.leave(to)
	case !to.standing(me).can(canRestrict):
		return nil, fail(chatAdminRequired)
	case !to.inside(who):
		return nil, fail(notParticipant)
	case to.standing(who).admin():
		return nil, fail(userIsAdmin)
	}
	if bad := c.spend(to, managing, 1); bad != nil {
		return nil, bad
	}
	c.w.depart(to, me, who, statusKicked, 0)
	if revoke {
		to.hideFrom(who)
	}
	return true, nil
}

// hideFrom takes a basic group's messages away from somebody who was removed.
func (c *chat) hideFrom(who *account) {
	for _, m := range c.log {
		for i, own := range m.ids {
			if own.account == who.id {
				who.box.drop(own.id)
				m.ids = append(m.ids[:i:i], m.ids[i+1:]...)
				break
			}
		}
	}
}

func unbanChatMember(c *call) (any, *problem) {
	onlyBanned := c.args.flag("only_if_banned")
	id, to, bad := c.userAndChat()
	if bad != nil {
		return nil, bad
	}
	if to.kind != supergroup && to.kind != channel {
		return nil, fail(groupsOnlyMethod)
	}
	if onlyBanned {
		m, bad := c.memberOf(to, id)
		if bad != nil {
			return nil, bad
		}
		if m.status != statusKicked {
			return true, nil
		}
	}
	return c.setStanding(to, id, member{status: statusLeft})
}

func restrictChatMember(c *call) (any, *problem) {
	until := c.untilArg()
	id, bad := c.userID("user_id")
	if bad != nil {
		return nil, bad
	}
	perms, legacy, bad := c.permissionArgs(true)
	if bad != nil {
		return nil, bad
	}
	to, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return nil, bad
	}
	if to.kind != supergroup {
		return nil, fail(onlySupergroups)
	}
	old, bad := c.memberOf(to, id)
	if bad != nil {
		return nil, bad
	}
	if legacy && old.status == statusRestricted {
		was := old.perms
		perms.SendPolls, perms.ChangeInfo, perms.InviteUsers = was.SendPolls, was.ChangeInfo, was.InviteUsers
		perms.PinMessages, perms.ManageTopics = was.PinMessages, was.ManageTopics
	}
	next := member{status: statusRestricted, perms: perms, until: until, in: old.inside()}
	if perms == AllPermissions() { // nothing is forbidden any more
		next = member{status: statusLeft}
		if old.inside() {
			next.status = statusMember
		}
	}
	return c.setStanding(to, id, next)
}

func promoteChatMember(c *call) (any, *problem) {
	id, bad := c.userID("user_id")
	if bad != nil {
		return nil, bad
	}
	var r Rights
	for _, f := range r.named() {
		*f.on = c.args.flag(f.name)
	}
	r.ManageVideoChats = r.ManageVideoChats || c.args.flag("can_manage_voice_chats")
	to, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return nil, bad
	}
	if to.kind != supergroup && to.kind != channel {
		return nil, fail(groupsOnlyMethod)
	}
	if r == (Rights{}) {
		return c.setStanding(to, id, member{status: statusMember})
	}
	if to.kind == channel && !c.args.has("can_restrict_members") {
		r.RestrictMembers = true
	}
	return c.setStanding(to, id, member{status: statusAdministrator, rights: r.fit(to.kind)})
}

// groupFor reads user_id and finds a basic group or supergroup.
func (c *call) groupFor() (int64, *chat, *problem) {
	id, to, bad := c.userAndChat()
	if bad == nil && to.kind != basicGroup && to.kind != supergroup {
		bad = fail(onlyGroups)
	}
	return id, to, bad
}

// maxTag is the longest custom title or tag, in characters (Bot API docs).
const maxTag = 16

func setChatPermissions(c *call) (any, *problem) {
	perms, _, bad := c.permissionArgs(false)
	if bad != nil {
		return nil, bad
	}
	to, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return nil, bad
	}
	switch {
	case to.kind == privateChat:
		return nil, fail(permissionsPrivate)
	case to.kind == channel:
		return nil, fail(permissionsChannel)
	case !to.standing(c.bot.me).can(canRestrict):
		return nil, fail(noRightPermissions)
	case to.perms == perms:
		return true, nil
	}
	if bad := c.spend(to, managing, 1); bad != nil {
		return nil, bad
	}
	to.perms = perms
	return true, nil
}

func leaveChat(c *call) (any, *problem) {
	to, bad := c.target("chat_id", toRead)
	if bad != nil {
		return nil, bad
	}
	switch {
	case to.kind == privateChat:
		return nil, fail(leavePrivate)
	case to.kind == basicGroup && (to.migratedTo != nil || to.dead):
		return nil, fail(groupInactive)
	}
	return c.leave(to)
}

// leave takes the bot out; being out already is no error.
func (c *call) leave(to *chat) (any, *problem) {
	if to.inside(c.bot.me) {
		c.w.depart(to, c.bot.me, c.bot.me, statusLeft, 0)
	}
	return true, nil
}
