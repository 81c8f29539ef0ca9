package telegram

import (
	"strings"
	"time"
)

// chatMethods are the methods about chats and who is in them.
var chatMethods = map[string]handler{
	"getChat":               getChat,
	"getChatMember":         getChatMember,
	"getChatAdministrators": getChatAdministrators,
	"getChatMemberCount":    getChatMemberCount,
	"leaveChat":             leaveChat,
	"banChatMember":         banChatMember,
	"unbanChatMember":       unbanChatMember,
	"exportChatInviteLink":  exportChatInviteLink,
}

type chatFullObject struct {
	chatObject
	ActiveUsernames     []string           `json:"active_usernames,omitempty"`
	Description         string             `json:"description,omitempty"`
	InviteLink          string             `json:"invite_link,omitempty"`
	HasVisibleHistory   bool               `json:"has_visible_history,omitempty"`
	Permissions         *permissionsObject `json:"permissions,omitempty"`
	SlowModeDelay       int                `json:"slow_mode_delay,omitempty"`
	LinkedChatID        int64              `json:"linked_chat_id,omitempty"`
	AcceptedGiftTypes   giftsObject        `json:"accepted_gift_types"`
	PinnedMessage       *messageObject     `json:"pinned_message,omitempty"`
	AvailableReactions  []reactionObject   `json:"available_reactions,omitempty"`
	MaxReactionCount    int                `json:"max_reaction_count"`
	AccentColorID       int                `json:"accent_color_id"`
	HasProtectedContent bool               `json:"has_protected_content,omitempty"`
}

// maxReactions is how many kinds of reactions a message shows (Bot API docs).
const maxReactions = 11

func getChat(c *call) (any, *problem) {
	to, bad := c.target("chat_id", toRead)
	if bad != nil {
		return nil, bad
	}
	base := *c.w.chatObject(to)
	base.AllAdmins, base.Gifts = nil, nil
	o := chatFullObject{
		chatObject: base, Description: to.about, MaxReactionCount: maxReactions,
		HasProtectedContent: to.protected, SlowModeDelay: to.slow,
	}
	if base.Username != "" {
		o.ActiveUsernames = []string{base.Username}
	}
	if to.kind == privateChat {
		o.AcceptedGiftTypes = giftsObject{true, true, true, true, true}
	}
	if to.kind == basicGroup || to.kind == supergroup {
		p := showPermissions(to.perms)
		o.Permissions = &p
		o.HasVisibleHistory = to.kind == supergroup
	}
	if to.kind != privateChat && c.mayInvite(to) && len(to.links) > 0 {
		o.InviteLink = to.links[len(to.links)-1]
	}
	if to.linked != nil {
		o.LinkedChatID = to.linked.id
	}
	if to.reactions != nil {
		o.AvailableReactions = reactionObjects(to.reactions)
	}
	if m := to.lastPin(); m != nil {
		o.PinnedMessage = c.w.messageFor(c.bot.me, m, true)
	}
	o.AccentColorID = int(max(base.ID, -base.ID) % 7)
	return o, nil
}

func (c *call) mayInvite(to *chat) bool {
	return to.standing(c.bot.me).can(func(r Rights) bool { return r.InviteUsers })
}

// userArg reads user_id.
func (c *call) userArg() (*account, *problem) {
	id := leadingInt(c.args.str("user_id"))
	if id <= 0 {
		return nil, fail(invalidUser)
	}
	a := c.w.accounts[id]
	if a == nil {
		return nil, fail(userNotFound)
	}
	return a, nil
}

func getChatMember(c *call) (any, *problem) {
	who, bad := c.userArg()
	if bad != nil {
		return nil, bad
	}
	to, bad := c.target("chat_id", toRead)
	if bad != nil {
		return nil, bad
	}
	if to.kind == privateChat {
		return c.w.memberObject(c.bot.me, to, &member{who: who, status: statusMember}), nil
	}
	if to.kind == basicGroup && (to.migratedTo != nil || to.dead || !to.inside(c.bot.me)) {
		return nil, c.w.checkAccess(c.bot, to, toWrite)
	}
	m := to.standing(who)
	switch {
	case m == nil && to.kind == channel && !to.standing(c.bot.me).admin():
		return nil, fail(listInaccessible)
	case m == nil:
		m = &member{who: who, status: statusLeft}
	}
	return c.w.memberObject(c.bot.me, to, m), nil
}

func getChatAdministrators(c *call) (any, *problem) {
	to, bad := c.target("chat_id", toRead)
	if bad != nil {
		return nil, bad
	}
	if to.kind == privateChat {
		return nil, fail(noAdminsPrivate)
	}
	bots := c.args.flag("return_bots")
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
	to, bad := c.target("chat_id", toRead)
	if bad != nil {
		return nil, bad
	}
	if to.kind == privateChat {
		return 2, nil
	}
	return to.count(), nil
}

func leaveChat(c *call) (any, *problem) {
	to, bad := c.target("chat_id", toRead)
	if bad != nil {
		return nil, bad
	}
	if to.kind == privateChat {
		return nil, fail(leavePrivate)
	}
	if !to.inside(c.bot.me) {
		return nil, c.w.checkAccess(c.bot, to, toWrite)
	}
	c.w.depart(to, c.bot.me, c.bot.me, statusLeft, 0)
	return true, nil
}

// banArgs finds the group and the person for banning, and checks the right.
func (c *call) banArgs() (*chat, *account, *problem) {
	who, bad := c.userArg()
	if bad != nil {
		return nil, nil, bad
	}
	to, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return nil, nil, bad
	}
	mine, theirs := to.standing(c.bot.me), to.standing(who)
	switch {
	case to.kind == privateChat:
		return nil, nil, fail(groupsOnlyMethod)
	case who == c.bot.me:
		return nil, nil, fail(cantRestrictSelf)
	case !mine.can(func(r Rights) bool { return r.RestrictMembers }):
		return nil, nil, fail(notEnoughRestrict)
	case theirs != nil && theirs.status == statusCreator:
		return nil, nil, fail(cantRemoveOwner)
	case theirs.admin():
		return nil, nil, fail(userIsAdmin)
	}
	return to, who, nil
}

// Bans shorter or longer than this are for ever (Bot API docs).
const (
	minBan = 30 * time.Second
	maxBan = 366 * 24 * time.Hour
)

func banChatMember(c *call) (any, *problem) {
	to, who, bad := c.banArgs()
	if bad != nil {
		return nil, bad
	}
	until := c.args.integer("until_date", 0, 0, 1<<40)
	if left := time.Unix(until, 0).Sub(c.w.now); left < minBan || left > maxBan {
		until = 0
	}
	c.w.depart(to, c.bot.me, who, statusKicked, until)
	return true, nil
}

func unbanChatMember(c *call) (any, *problem) {
	to, who, bad := c.banArgs()
	if bad != nil {
		return nil, bad
	}
	m := to.standing(who)
	if m == nil || m.status == statusLeft || c.args.flag("only_if_banned") && m.status != statusKicked {
		return true, nil
	}
	c.w.depart(to, c.bot.me, who, statusLeft, 0)
	return true, nil
}

func exportChatInviteLink(c *call) (any, *problem) {
	to, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return nil, bad
	}
	if to.kind == privateChat || !c.mayInvite(to) {
		return nil, fail(noRightLink)
	}
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	var hash strings.Builder
	for range 16 {
		hash.WriteByte(letters[c.w.rnd.IntN(len(letters))])
	}
	to.links = append(to.links, "https://t.me/+"+hash.String())
	return to.links[len(to.links)-1], nil
}
