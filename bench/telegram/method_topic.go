package telegram

import (
	"cmp"
	"slices"
)

// topicMethods are the methods about topics.
var topicMethods = map[string]handler{
	"createForumTopic":          createForumTopic,
	"editForumTopic":            editForumTopic,
	"closeForumTopic":           closeForumTopic,
	"reopenForumTopic":          reopenForumTopic,
	"deleteForumTopic":          deleteForumTopic,
	"editGeneralForumTopic":     editGeneralForumTopic,
	"closeGeneralForumTopic":    closeGeneralForumTopic,
	"reopenGeneralForumTopic":   reopenGeneralForumTopic,
	"hideGeneralForumTopic":     hideGeneralForumTopic,
	"unhideGeneralForumTopic":   unhideGeneralForumTopic,
	"getForumTopicIconStickers": getForumTopicIconStickers,
}

// Topics through the Bot API. The order of the checks: the chat, topics, the
// id, and what the bot's server knows about rights and the name; then what
// only Telegram knows (TDLib source, ForumTopicManager).

type forumTopicObject struct {
	ThreadID int    `json:"message_thread_id"`
	Name     string `json:"name"`
	Color    int    `json:"icon_color"`
	Icon     string `json:"icon_custom_emoji_id,omitempty"`
}

// threadArg finds the topic of message_thread_id to send to; it is ignored
// where there can't be topics. General is named by leaving it out.
func (c *call) threadArg(to *chat) (*topic, *problem) {
	id := c.args.number("message_thread_id")
	if id == 0 || to.kind != privateChat && !to.forum {
		return nil, nil
	}
	var t *topic
	if to.hasTopics() {
		t = c.lookUp(to, id)
	}
	switch {
	case t != nil:
		return t, nil
	case to.kind == privateChat && c.w.knobs.DeletedTopicFallsBack:
		return nil, nil
	default:
		return nil, fail(threadNotFound)
	}
}

// forumArg finds the chat and checks that it has topics; private ones count
// where the method works there.
func (c *call) forumArg(private bool) (*chat, *problem) {
	to, bad := c.target("chat_id", toWrite)
	switch {
	case bad != nil:
		return nil, bad
	case !to.hasTopics():
		return nil, fail(notForum)
	case to.kind == privateChat && !private:
		return nil, fail(notSuperForum)
	default:
		return to, nil
	}
}

func createForumTopic(c *call) (any, *problem) {
	to, bad := c.forumArg(true)
	if bad != nil {
		return nil, bad
	}
	if !c.w.mayCreateTopic(to, c.bot.me) {
		return nil, fail(noRightTopic)
	}
	made := TopicCreated{Name: cleanTopicName(c.args.str("name")), Icon: c.iconArg()}
	if made.Name == "" {
		return nil, fail(topicNameEmpty)
	}
	if made.Color, bad = c.colorArg(); bad != nil {
		return nil, bad
	}
	if bad := c.w.checkIcon(made.Icon); bad != nil {
		return nil, bad
	}
	if bad := c.refusedTopic(to); bad != nil {
		return nil, bad
	}
	t := c.w.openTopic(c.bot.me, to, made)
	c.sent = append(c.sent, t.root)
	return forumTopicObject{t.root, t.name, t.color, t.icon}, nil
}

// refusedTopic is the last that may refuse a change: the person, and limits.
func (c *call) refusedTopic(to *chat) *problem {
	if bad := to.refusedByPerson(); bad != nil {
		return bad
	}
	return c.spend(to, topicAction, 1)
}

// mayCreateTopic: administrators need can_manage_topics, members the
// permission of the same name; in private chats the bot may, and the person if
// the bot allows it.
func (w *World) mayCreateTopic(to *chat, a *account) bool {
	if to.kind == privateChat {
		return to.mayToggle(a, nil)
	}
	if m := to.standing(a); m.admin() {
		return m.can(func(r Rights) bool { return r.ManageTopics })
	}
	return w.allowed(to, a).ManageTopics
}

// maxColor is the largest RGB value.
const maxColor = 0xFFFFFF

// colorArg reads icon_color; none or 0 is the default one.
func (c *call) colorArg() (int, *problem) {
	color := int(c.args.integer("icon_color", 0, -1<<31, 1<<31-1))
	switch {
	case color == 0, slices.Contains(topicColors, color):
		return cmp.Or(color, topicColors[0]), nil
	case c.w.knobs.AnyTopicColor && color > 0 && color <= maxColor:
		return topicColors[0], nil
	default:
		return 0, fail(badTopicColor)
	}
}

// iconArg reads icon_custom_emoji_id, a number; "" = none.
func (c *call) iconArg() string {
	if n := leadingInt(c.args.str("icon_custom_emoji_id")); n != 0 {
		return itoa(n)
	}
	return ""
}

// checkIcon refuses custom emoji that aren't free to use.
func (w *World) checkIcon(icon string) *problem {
	free := icon == "" || slices.ContainsFunc(topicIcons, func(i topicIcon) bool { return i.id == icon })
	if !free && !w.knobs.AnyTopicIcon {
		return fail(badTopicIcon)
	}
	return nil
}

// generalID is the number of the General topic where topics are changed;
// for sending it is left out.
const generalID = 1

// threadID reads message_thread_id.
func (c *call) threadID() int { return c.args.number("message_thread_id") }

// changed finds the chat and the topic for the methods that change one; a nil
// topic is unknown to Telegram.
func (c *call) changed(id int, private bool) (*chat, *topic, *problem) {
	to, bad := c.forumArg(private)
	switch {
	case bad != nil:
		return nil, nil, bad
	case id == 0:
		return nil, nil, fail(badTopicID)
	case id == generalID && to.kind == supergroup:
		return to, &to.general, nil
	}
	t := to.topicOf(id)
	if t != nil && (c.forgets || to.tooOld(t, c.w.knobs.VisibleHistory)) {
		t = nil
	}
	return to, t, nil
}

// rightProblem refuses what the bot has no right to. Its server says so
// itself about topics that it knows, and leaves others to Telegram: then the
// second value is the answer, after all other checks of the server.
func (c *call) rightProblem(t *topic, may bool, known Situation) (now, later *problem) {
	switch {
	case t == nil:
		return nil, fail(topicInvalid)
	case may:
		return nil, nil
	case t.knownTo(c.bot) != nil:
		return fail(known), nil
	default:
		return nil, fail(adminRequired)
	}
}

func editForumTopic(c *call) (any, *problem) {
	var icon *string
	if c.args.has("icon_custom_emoji_id") {
		given := c.iconArg()
		icon = &given
	}
	return c.editTopic(c.threadID(), icon)
}

func editGeneralForumTopic(c *call) (any, *problem) { return c.editTopic(generalID, nil) }

// editTopic gives a topic the name of the argument and an icon; nil leaves it.
func (c *call) editTopic(id int, icon *string) (any, *problem) {
	to, t, bad := c.changed(id, true)
	if bad != nil {
		return nil, bad
	}
	now, later := c.rightProblem(t, t != nil && to.mayToggle(c.bot.me, t), noRightEditTopic)
	if now != nil {
		return nil, now
	}
	var name *string
	if given := c.args.str("name"); given != "" {
		given = cleanTopicName(given)
		if name = &given; given == "" {
			return nil, fail(topicNameEmpty)
		}
	}
	switch {
	case name == nil && icon == nil:
		return true, nil
	case later != nil:
		return nil, later
	}
	if bad := c.checkEdit(to, t, name, icon); bad != nil {
		return nil, bad
	}
	c.w.retitle(c.bot.me, to, t, name, icon)
	return true, nil
}

// checkEdit is what Telegram says to a new name and icon.
func (c *call) checkEdit(to *chat, t *topic, name, icon *string) *problem {
	if icon != nil {
		if t == &to.general {
			return fail(generalIcon)
		}
		if bad := c.w.checkIcon(*icon); bad != nil {
			return bad
		}
	}
	if (name == nil || *name == t.name) && (icon == nil || *icon == t.icon) {
		return fail(topicNotModified)
	}
	return c.refusedTopic(to)
}

func closeForumTopic(c *call) (any, *problem)         { return c.toggleTopic(c.threadID(), true) }
func reopenForumTopic(c *call) (any, *problem)        { return c.toggleTopic(c.threadID(), false) }
func closeGeneralForumTopic(c *call) (any, *problem)  { return c.toggleTopic(generalID, true) }
func reopenGeneralForumTopic(c *call) (any, *problem) { return c.toggleTopic(generalID, false) }

func (c *call) toggleTopic(id int, closed bool) (any, *problem) {
	to, t, bad := c.changed(id, false)
	if bad != nil {
		return nil, bad
	}
	now, later := c.rightProblem(t, t != nil && to.mayToggle(c.bot.me, t), noRightToggleTopic)
	if bad := cmp.Or(now, later); bad != nil {
		return nil, bad
	}
	if t.closed == closed {
		return nil, fail(topicNotModified)
	}
	if bad := c.refusedTopic(to); bad != nil {
		return nil, bad
	}
	c.w.toggle(c.bot.me, to, t, closed)
	return true, nil
}

func deleteForumTopic(c *call) (any, *problem) {
	to, t, bad := c.changed(c.threadID(), true)
	if bad != nil {
		return nil, bad
	}
	now, later := c.rightProblem(t, t != nil && to.mayDeleteTopic(c.bot.me, t), noRightDeleteTopic)
	if bad := cmp.Or(now, later); bad != nil {
		return nil, bad
	}
	if t == &to.general {
		return nil, fail(topicInvalid)
	}
	if bad := c.refusedTopic(to); bad != nil {
		return nil, bad
	}
	t.dropLookup(c.bot)
	c.w.removeTopic(to, t)
	return true, nil
}

// mayDeleteTopic: its creator, administrators with can_delete_messages, and
// both sides of a private chat.
func (c *chat) mayDeleteTopic(a *account, t *topic) bool {
	return c.kind == privateChat || t.creator == a ||
		c.standing(a).can(func(r Rights) bool { return r.DeleteMessages })
}

func hideGeneralForumTopic(c *call) (any, *problem)   { return c.hideGeneral(true) }
func unhideGeneralForumTopic(c *call) (any, *problem) { return c.hideGeneral(false) }

func (c *call) hideGeneral(hidden bool) (any, *problem) {
	to, bad := c.forumArg(false)
	if bad != nil {
		return nil, bad
	}
	if !to.mayToggle(c.bot.me, &to.general) {
		return nil, fail(noRightToggleTopic)
	}
	if to.general.hidden == hidden {
		return nil, fail(topicNotModified)
	}
	if bad := c.refusedTopic(to); bad != nil {
		return nil, bad
	}
	c.w.toggleHidden(c.bot.me, to, hidden)
	return true, nil
}
