package telegram

import (
	"strings"
)

// Who may do what, in the order in which the Bot API server looks
// (check_chat_access: exists, deactivated, upgraded, kicked, left).

// level is how much access a method needs.
type level int

const (
	toRead        level = iota
	toReadMembers       // as toWrite in basic groups, as toRead elsewhere
	toEdit              // as toWrite, but also in basic groups that are no more
	toWrite
)

// target finds the chat of an argument and checks that the bot may use it.
func (c *call) target(arg string, need level) (*chat, *problem) {
	ref := c.args.str(arg)
	if ref == "" {
		return nil, fail(chatEmpty)
	}
	if ref[0] == '@' {
		return c.publicTarget(ref[1:], need)
	}
	id := leadingInt(ref)
	found := c.w.chatOf(c.bot.me, id)
	if found == nil {
		var bad *problem
		if found, bad = c.w.stranger(c.bot, id); bad != nil {
			return nil, bad
		}
	}
	if found.kind != privateChat && found.username == "" && found.standing(c.bot.me) == nil {
		return nil, fail(chatNotFound) // a bot knows private groups only from inside
	}
	c.chat = found
	return found, c.w.checkAccess(c.bot, found, need)
}

func (c *call) publicTarget(name string, need level) (*chat, *problem) {
	id := c.w.names[strings.ToLower(name)]
	found := c.w.chats[id]
	if a := c.w.accounts[id]; a != nil && a.isBot {
		found = c.w.privateOf(a, c.bot.me)
	}
	if found == nil {
		return nil, fail(chatNotFound) // a bot can't resolve people's names
	}
	c.chat = found
	return found, c.w.checkAccess(c.bot, found, need)
}

// stranger looks for somebody with whom the bot has no private chat: it may
// have seen the person in a common group; else it knows nobody of that id.
func (w *World) stranger(b *bot, id int64) (*chat, *problem) {
	a := w.accounts[id]
	if a == nil || a != b.me && !b.shareGroup(a) {
		return nil, fail(chatNotFound)
	}
	return w.privateOf(a, b.me), nil
}

// shareGroup says whether the bot is in a group where the account is, or was.
func (b *bot) shareGroup(a *account) bool {
	for _, c := range b.groups {
		if c.inside(b.me) && c.standing(a) != nil {
			return true
		}
	}
	return false
}

func (w *World) checkAccess(b *bot, c *chat, need level) *problem {
	switch c.kind {
	case privateChat:
		return privateAccess(c, need)
	case talkChat:
		return fail(chatNotFound) // bots aren't in it
	case basicGroup:
		return basicAccess(b, c, need)
	case supergroup, channel:
		return superAccess(b, c, need)
	default:
		panic("telegram: unknown chat kind")
	}
}

func privateAccess(c *chat, need level) *problem {
	if need >= toEdit && c.user.deleted {
		return fail(userDeactivated)
	}
	return nil
}

// refusedByPerson is what Telegram's servers say when a message is about to
// be put into a private chat: later than the checks of the Bot API server.
func (c *chat) refusedByPerson() *problem {
	switch {
	case c.kind != privateChat:
		return nil
	case c.user.isBot:
		return fail(toBot)
	case c.blocked:
		return fail(blocked)
	case !c.met && !c.byRequest:
		return fail(cantInitiate)
	default:
		return nil
	}
}

func basicAccess(b *bot, c *chat, need level) *problem {
	if need == toRead || need == toEdit && (c.migratedTo != nil || c.dead) {
		return nil
	}
	switch m := c.standing(b.me); {
	case c.migratedTo != nil:
		p := fail(upgraded)
		p.migrate = c.migratedTo.id
		return p
	case c.dead:
		return fail(groupDeleted)
	case m != nil && m.status == statusKicked:
		return fail(kickedGroup)
	case !m.inside():
		return fail(notInGroup)
	default:
		return nil
	}
}

func superAccess(b *bot, c *chat, need level) *problem {
	m := c.standing(b.me)
	isChannel := c.kind == channel
	switch {
	case m != nil && m.status == statusKicked && isChannel:
		return fail(kickedChannel)
	case m != nil && m.status == statusKicked:
		return fail(kickedSuper)
	case m.inside() || c.username != "" && need < toEdit:
		return nil
	case isChannel:
		return fail(notInChannel)
	default:
		return fail(notInSuper)
	}
}

// allowed are the permissions of an account in a group; administrators have all.
func (w *World) allowed(c *chat, a *account) Permissions {
	m := c.standing(a)
	switch {
	case m.admin():
		return AllPermissions()
	case m != nil && m.status == statusRestricted:
		return m.perms.and(c.perms)
	default:
		return c.perms
	}
}

// maySend checks kind and topic for an account about to post.
func (w *World) maySend(c *chat, a *account, t *topic, k Kind) *problem {
	switch c.kind {
	case privateChat:
		if a == c.peer && c.user.forbidsVoice && (k == KindVoice || k == KindVideoNote) {
			return fail(voiceForbidden, k.spoken())
		}
		return c.topicOpen(a, t)
	case talkChat:
		return nil
	case channel:
		if !c.standing(a).can(func(r Rights) bool { return r.PostMessages }) {
			return fail(needChannelAdmin)
		}
		return nil
	case basicGroup, supergroup:
		if ok, word := w.allowed(c, a).allows(k); !ok {
			return fail(noRightToSend, word)
		}
		return c.topicOpen(a, t)
	default:
		panic("telegram: unknown chat kind")
	}
}

// spoken is the word for a kind that is heard.
func (k Kind) spoken() string {
	if k == KindVideoNote {
		return "video note"
	}
	return "voice note"
}

// topicOpen refuses a deleted topic, of which the bot's server may not know
// yet, and a closed one to everybody who can't manage it.
func (c *chat) topicOpen(a *account, t *topic) *problem {
	if t == nil {
		t = &c.general
	}
	switch {
	case t.deleted:
		return fail(topicDeleted)
	case c.forum && t.closed && !c.mayToggle(a, t):
		return fail(topicClosed)
	default:
		return nil
	}
}

// mayToggle says whether the account may rename, close, reopen and write into
// a closed topic: its creator, and administrators with can_manage_topics. In
// private chats the bot, and the person where people may make topics.
func (c *chat) mayToggle(a *account, t *topic) bool {
	if c.kind == privateChat {
		return a == c.peer || c.peer.bot.openTopics
	}
	return t.creator == a || c.standing(a).can(func(r Rights) bool { return r.ManageTopics })
}
