package telegram

import "slices"

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

// Topics through the Bot API. The order of the checks: chat, forum, rights
// (known to the server), then the topic (known to Telegram).

type forumTopicObject struct {
	ThreadID int    `json:"message_thread_id"`
	Name     string `json:"name"`
	Color    int    `json:"icon_color"`
	Icon     string `json:"icon_custom_emoji_id,omitempty"`
}

// forum finds the chat and checks that it has topics.
func (c *call) forum(missing Situation) (*chat, *problem) {
	to, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return nil, bad
	}
	if !to.forum {
		return nil, fail(missing)
	}
	return to, nil
}

func createForumTopic(c *call) (any, *problem) {
	to, bad := c.forum(notForum)
	if bad != nil {
		return nil, bad
	}
	if !c.w.mayCreateTopic(to, c.bot.me) {
		return nil, fail(noRightTopic)
	}
	name := cleanTopicName(c.args.str("name"))
	if name == "" {
		return nil, fail(topicNameEmpty)
	}
	color := topicColors[0]
	if c.args.has("icon_color") {
		if color = c.args.number("icon_color"); !slices.Contains(topicColors, color) {
			return nil, fail(badTopicColor)
		}
	}
	if bad := c.spend(to, topicAction, 1); bad != nil {
		return nil, bad
	}
	t := c.w.openTopic(c.bot.me, to, name, color, c.args.str("icon_custom_emoji_id"))
	c.sent = append(c.sent, t.root)
	return forumTopicObject{t.root, t.name, t.color, t.icon}, nil
}

// mayCreateTopic: administrators need can_manage_topics, members the
// permission of the same name.
func (w *World) mayCreateTopic(to *chat, a *account) bool {
	if m := to.standing(a); m.admin() {
		return m.can(func(r Rights) bool { return r.ManageTopics })
	}
	return w.allowed(to, a).ManageTopics
}

// topicArg finds the topic of message_thread_id for the methods that change one.
func (c *call) topicArg() (*chat, *topic, *problem) {
	to, bad := c.forum(notSuperForum)
	if bad != nil {
		return nil, nil, bad
	}
	id := c.args.number("message_thread_id")
	if id == 0 {
		return nil, nil, fail(badTopicID)
	}
	if id == generalID {
		return to, &to.general, nil
	}
	t := to.topicOf(id)
	if t == nil {
		return nil, nil, fail(topicInvalid)
	}
	return to, t, nil
}

// generalID is the number of the General topic where topics are changed;
// for sending it is left out.
const generalID = 1

func editForumTopic(c *call) (any, *problem) {
	to, t, bad := c.topicArg()
	if bad != nil {
		return nil, bad
	}
	if !to.mayToggle(c.bot.me, t) {
		return nil, fail(noRightEditTopic)
	}
	var name, icon *string
	if s := cleanTopicName(c.args.str("name")); s != "" {
		name = &s
	}
	if c.args.has("icon_custom_emoji_id") && t != &to.general {
		s := c.args.str("icon_custom_emoji_id")
		icon = &s
	}
	if name == nil && icon == nil {
		return true, nil
	}
	if (name == nil || *name == t.name) && (icon == nil || *icon == t.icon) {
		return nil, fail(topicNotModified)
	}
	if bad := c.spend(to, topicAction, 1); bad != nil {
		return nil, bad
	}
	c.w.retitle(c.bot.me, to, t, name, icon)
	return true, nil
}

func closeForumTopic(c *call) (any, *problem)  { return c.toggleTopic(true) }
func reopenForumTopic(c *call) (any, *problem) { return c.toggleTopic(false) }

func (c *call) toggleTopic(closed bool) (any, *problem) {
	to, t, bad := c.topicArg()
	if bad != nil {
		return nil, bad
	}
	return c.setClosed(to, t, closed)
}

func (c *call) setClosed(to *chat, t *topic, closed bool) (any, *problem) {
	if !to.mayToggle(c.bot.me, t) {
		return nil, fail(noRightToggleTopic)
	}
	if t.closed == closed {
		return nil, fail(topicNotModified)
	}
	if bad := c.spend(to, topicAction, 1); bad != nil {
		return nil, bad
	}
	c.w.toggle(c.bot.me, to, t, closed)
	return true, nil
}

func deleteForumTopic(c *call) (any, *problem) {
	to, t, bad := c.topicArg()
	if bad != nil {
		return nil, bad
	}
	if t == &to.general {
		return nil, fail(topicInvalid)
	}
	if t.creator != c.bot.me && !to.standing(c.bot.me).can(func(r Rights) bool { return r.DeleteMessages }) {
		return nil, fail(noRightDeleteTopic)
	}
	if bad := c.spend(to, topicAction, 1); bad != nil {
		return nil, bad
	}
	c.w.removeTopic(to, t)
	return true, nil
}

func editGeneralForumTopic(c *call) (any, *problem) {
	c.args = c.args.with("message_thread_id", itoa(generalID))
	return editForumTopic(c)
}

func closeGeneralForumTopic(c *call) (any, *problem)  { return c.toggleGeneral(true) }
func reopenGeneralForumTopic(c *call) (any, *problem) { return c.toggleGeneral(false) }

func (c *call) toggleGeneral(closed bool) (any, *problem) {
	to, bad := c.forum(notSuperForum)
	if bad != nil {
		return nil, bad
	}
	return c.setClosed(to, &to.general, closed)
}

func hideGeneralForumTopic(c *call) (any, *problem)   { return c.hideGeneral(true) }
func unhideGeneralForumTopic(c *call) (any, *problem) { return c.hideGeneral(false) }

func (c *call) hideGeneral(hidden bool) (any, *problem) {
	to, bad := c.forum(notSuperForum)
	if bad != nil {
		return nil, bad
	}
	if !to.mayToggle(c.bot.me, &to.general) {
		return nil, fail(noRightToggleTopic)
	}
	if to.general.hidden == hidden {
		return nil, fail(topicNotModified)
	}
	if bad := c.spend(to, topicAction, 1); bad != nil {
		return nil, bad
	}
	c.w.toggleHidden(c.bot.me, to, hidden)
	return true, nil
}

// topicIcons are some of the free icons (getForumTopicIconStickers).
var topicIcons = []struct{ id, emoji string }{
	{"5434144690511290129", "📰"}, {"5312536423851630001", "💡"}, {"5312016608254762256", "⚡️"},
	{"5377544228505134960", "🎙"}, {"5418085807791545980", "🔝"}, {"5370870893004203704", "🗣"},
	{"5420216386448270341", "🆒"}, {"5379748062124056162", "❗️"}, {"5373251851074415873", "📝"},
	{"5433614043006903194", "📆"}, {"5357315181649076022", "📁"}, {"5309965701241379366", "🔎"},
	{"5309984423003823246", "📣"}, {"5312241539987020022", "🔥"}, {"5312138559556164615", "❤️"},
	{"5377316857231450742", "❓"}, {"5350305691942788490", "📈"}, {"5350713563512052787", "📉"},
	{"5310228579009699834", "🎉"}, {"5377498341074542641", "🎉"}, {"5237699328843200968", "✅"},
	{"5379947999571123867", "💬"}, {"5357419403325481346", "🔧"}, {"5310132165583840589", "⚽️"},
}

// TopicIcon is an icon that a topic may have.
type TopicIcon struct {
	ID    string `json:"id"` // custom emoji id
	Emoji string `json:"emoji"`
}

// TopicIcons lists the icons that everybody may use.
func TopicIcons() []TopicIcon {
	var out []TopicIcon
	for _, i := range topicIcons {
		out = append(out, TopicIcon{i.id, i.emoji})
	}
	return out
}

// iconEmoji is what a topic's icon shows, "" if it is none of topicIcons.
func iconEmoji(id string) string {
	for _, i := range topicIcons {
		if i.id == id {
			return i.emoji
		}
	}
	return ""
}

func getForumTopicIconStickers(c *call) (any, *problem) {
	out := make([]stickerObject, len(topicIcons))
	for i, icon := range topicIcons {
		f := &File{Kind: KindSticker, Emoji: icon.emoji, num: -int64(i) - 1}
		f.fill()
		out[i] = stickerObject{
			Width: f.Width, Height: f.Height, Emoji: icon.emoji, SetName: "Topics", Type: "custom_emoji",
			CustomEmojiID: icon.id, thumbs: f.thumbs(c.bot.me.id), fileObject: fileRef{file: f}.show(c.bot.me.id),
		}
	}
	return out, nil
}
