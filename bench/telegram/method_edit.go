package telegram

import (
	"encoding/json"
	"slices"
	"time"
)

// editMethods are the methods that change messages.
var editMethods = map[string]handler{
	"editMessageText":        editMessageText,
	"editMessageCaption":     editMessageCaption,
	"editMessageMedia":       editMessageMedia,
	"editMessageReplyMarkup": editMessageReplyMarkup,
	"deleteMessage":          deleteMessage,
	"deleteMessages":         deleteMessages,
	"setMessageReaction":     setMessageReaction,
}

// editTarget finds the bot's own message to edit.
func (c *call) editTarget() (*message, *problem) {
	to, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return nil, bad
	}
	m := c.w.messageOf(c.bot.me, to, c.args.number("message_id"))
	if m == nil {
		return nil, fail(editNotFound)
	}
	return m, nil
}

// editable says whether the bot may edit it: its own, not forwarded, never
// with a reply keyboard, of a kind that can be edited. In channels, posts
// of others with can_edit_messages too (TDLib source, can_edit_message).
func (c *call) editable(m *message, markupOnly bool) *problem {
	own := m.author == c.bot.me
	if m.chat.kind == channel {
		own = c.bot.channelPost(m)
	}
	switch {
	case !own, m.origin != nil, m.keyboard, m.service(), m.viaBot != nil:
		return fail(cantEdit)
	case markupOnly:
		return nil
	}
	switch m.content().Kind {
	case KindText, KindPhoto, KindVideo, KindAnimation, KindAudio, KindDocument, KindVoice:
		return nil
	default:
		return fail(cantEdit)
	}
}

// channelPost says whether the bot may edit a channel's post.
func (b *bot) channelPost(m *message) bool {
	return m.chat.standing(b.me).can(func(r Rights) bool { return r.EditMessages || r.PostMessages })
}

// apply puts the edit into the message, or says that it changes nothing.
func (c *call) apply(m *message, content Content, markup json.RawMessage) (any, *problem) {
	if m.content().same(content) && string(m.markup) == string(markup) {
		return nil, fail(notModified)
	}
	if bad := m.chat.refusedByPerson(); bad != nil {
		return nil, bad
	}
	if bad := c.spend(m.chat, editing, 1); bad != nil {
		return nil, bad
	}
	m.setContent(content)
	m.setMarkup(markup)
	m.edit = c.w.unix()
	c.sent = append(c.sent, m.idFor(c.bot.me))
	c.w.deliverEdit(m)
	return c.w.messageFor(c.bot.me, m, true), nil
}

func editMessageText(c *call) (any, *problem) {
	content, bad := c.textArgs()
	if bad != nil {
		return nil, bad
	}
	markup, _, bad := c.markup()
	if bad != nil {
		return nil, bad
	}
	m, bad := c.editTarget()
	if bad != nil {
		return nil, bad
	}
	if bad := c.editable(m, false); bad != nil {
		return nil, bad
	}
	if m.content().Kind != KindText {
		return nil, fail(noTextToEdit)
	}
	if characters(content.Text) > maxText {
		return nil, fail(editTextTooLong)
	}
	return c.apply(m, content, markup)
}

func editMessageCaption(c *call) (any, *problem) {
	var given Content
	if bad := c.captionArgs(&given); bad != nil {
		return nil, bad
	}
	markup, _, bad := c.markup()
	if bad != nil {
		return nil, bad
	}
	m, bad := c.editTarget()
	if bad != nil {
		return nil, bad
	}
	if bad := c.editable(m, false); bad != nil {
		return nil, bad
	}
	if !m.content().Kind.hasCaption() {
		return nil, fail(noCaptionToEdit)
	}
	if characters(given.Text) > maxCaption {
		return nil, fail(editCaptionLong)
	}
	content := m.content()
	content.Text, content.Entities, content.Above = given.Text, given.Entities, given.Above
	return c.apply(m, content, markup)
}

// mediaArg reads the media to put into a message.
func (c *call) mediaArg() (Content, *problem) {
	var in inputMedia
	if err := json.Unmarshal([]byte(c.args.str("media")), &in); err != nil {
		return Content{}, fail(badInputMedia, "expected an Object")
	}
	return c.content(in)
}

func editMessageMedia(c *call) (any, *problem) {
	content, bad := c.mediaArg()
	if bad != nil {
		return nil, bad
	}
	markup, _, bad := c.markup()
	if bad != nil {
		return nil, bad
	}
	m, bad := c.editTarget()
	if bad != nil {
		return nil, bad
	}
	if bad := c.editable(m, false); bad != nil {
		return nil, bad
	}
	if m.album != "" && checkMix([]Content{m.content(), content}) != nil {
		return nil, fail(albumWrongKind)
	}
	if characters(content.Text) > maxCaption {
		return nil, fail(editCaptionLong)
	}
	return c.apply(m, content, markup)
}

func editMessageReplyMarkup(c *call) (any, *problem) {
	markup, _, bad := c.markup()
	if bad != nil {
		return nil, bad
	}
	m, bad := c.editTarget()
	if bad != nil {
		return nil, bad
	}
	if bad := c.editable(m, true); bad != nil {
		return nil, bad
	}
	return c.apply(m, m.content(), markup)
}

// deleteAge is how old a message may be for a bot to delete it (Bot API docs).
const deleteAge = 48 * time.Hour

// deletable says whether the bot may delete the message.
func (c *call) deletable(m *message) *problem {
	mayAny := m.chat.kind == privateChat ||
		m.chat.standing(c.bot.me).can(func(r Rights) bool { return r.DeleteMessages })
	age := c.w.now.Sub(time.Unix(m.date, 0))
	switch {
	case m.author != c.bot.me && !mayAny, age >= deleteAge, m.undeletable():
		return fail(cantDelete)
	case m.chat.kind == privateChat && m.content().Kind == KindDice && age < 24*time.Hour:
		return fail(cantDelete)
	default:
		return nil
	}
}

// undeletable are the messages that nobody can delete: those that made the
// chat, the upgrade, and a topic's first one (TDLib source).
func (m *message) undeletable() bool {
	s := m.content().Service
	return s != nil && (s.TopicCreated != nil || s.SuperCreated || s.ChannelCreated || s.MigrateTo != 0 || s.MigrateFrom != 0)
}

func deleteMessage(c *call) (any, *problem) {
	if c.args.str("chat_id") == "" {
		return nil, fail(noChatID)
	}
	id := c.args.number("message_id")
	if id == 0 {
		return nil, fail(noMessageID)
	}
	from, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return nil, bad
	}
	m := c.w.messageOf(c.bot.me, from, id)
	if m == nil {
		return nil, fail(deleteNotFound)
	}
	if bad := c.deletable(m); bad != nil {
		return nil, bad
	}
	if bad := c.spend(from, deleting, 1); bad != nil {
		return nil, bad
	}
	c.sent = append(c.sent, id)
	c.w.erase(m)
	return true, nil
}

func deleteMessages(c *call) (any, *problem) {
	found, _, bad := c.batch("message_ids", "chat_id", toWrite)
	if bad != nil {
		return nil, bad
	}
	for _, m := range found {
		if bad := c.deletable(m); bad != nil {
			return nil, bad
		}
	}
	if bad := c.spend(c.chat, deleting, 1); bad != nil {
		return nil, bad
	}
	for _, m := range found {
		c.sent = append(c.sent, m.idFor(c.bot.me))
		c.w.erase(m)
	}
	return true, nil
}

func setMessageReaction(c *call) (any, *problem) {
	emoji, bad := c.reactionArgs()
	if bad != nil {
		return nil, bad
	}
	to, bad := c.target("chat_id", toRead)
	if bad != nil {
		return nil, bad
	}
	m := c.w.messageOf(c.bot.me, to, c.args.number("message_id"))
	if m == nil {
		return nil, fail(reactNotFound)
	}
	for _, e := range emoji {
		if !slices.Contains(reactionEmoji, e) || to.reactions != nil && !slices.Contains(to.reactions, e) {
			return nil, fail(reactionInvalid)
		}
	}
	if m.service() {
		return nil, fail(reactionInvalid)
	}
	if bad := c.spend(to, reacting, 1); bad != nil {
		return nil, bad
	}
	c.sent = append(c.sent, m.idFor(c.bot.me))
	m.react(c.bot.me.id, emoji)
	return true, nil
}

// reactionArgs reads the reaction argument; a bot may set one at most.
func (c *call) reactionArgs() ([]string, *problem) {
	raw := c.args.str("reaction")
	if raw == "" {
		return nil, nil
	}
	var in []struct{ Type, Emoji string }
	if json.Unmarshal([]byte(raw), &in) != nil {
		return nil, fail(badReactions)
	}
	if len(in) > 1 {
		return nil, fail(reactionsMany)
	}
	var out []string
	for _, r := range in {
		if r.Type != "emoji" {
			return nil, fail(reactionInvalid)
		}
		out = append(out, r.Emoji)
	}
	return out, nil
}

// react sets an account's reactions and returns those it had.
func (m *message) react(who int64, emoji []string) (old []string) {
	at := slices.IndexFunc(m.reactions, func(r reaction) bool { return r.who == who })
	if at >= 0 {
		old = m.reactions[at].emoji
		m.own().reactions = slices.Delete(m.reactions, at, at+1)
	}
	if len(emoji) > 0 {
		own := m.own()
		own.reactions = append(own.reactions, reaction{who, emoji})
	}
	return old
}

// reactionEmoji are the emoji that may be reactions (Bot API ReactionTypeEmoji).
var reactionEmoji = []string{
	"❤", "👍", "👎", "🔥", "🥰", "👏", "😁", "🤔", "🤯", "😱", "🤬", "😢", "🎉", "🤩", "🤮", "💩", "🙏", "👌",
	"🕊", "🤡", "🥱", "🥴", "😍", "🐳", "❤‍🔥", "🌚", "🌭", "💯", "🤣", "⚡", "🍌", "🏆", "💔", "🤨", "😐", "🍓",
	"🍾", "💋", "🖕", "😈", "😴", "😭", "🤓", "👻", "👨‍💻", "👀", "🎃", "🙈", "😇", "😨", "🤝", "✍", "🤗", "🫡",
	"🎅", "🎄", "☃", "💅", "🤪", "🗿", "🆒", "💘", "🙉", "🦄", "😘", "💊", "🙊", "😎", "👾", "🤷‍♂", "🤷", "🤷‍♀", "😡",
}
