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
	"setMessageReaction":     setMessageReaction,
}

// editTarget finds the message to edit.
func (c *call) editTarget(missing Situation) (*message, *problem) {
	to, bad := c.target("chat_id", toEdit)
	if bad != nil {
		return nil, bad
	}
	m := c.w.messageOf(c.bot.me, to, c.args.number("message_id"))
	switch {
	case m == nil:
		return nil, fail(missing)
	case to.kind == basicGroup && !to.inside(c.bot.me): // of a group that is no more
		return nil, fail(noWriteAccess)
	}
	return m, nil
}

// mayEdit says whether the bot may edit a message: its own, not forwarded,
// never with a reply keyboard, of a kind that can be edited. In channels,
// posts of others with can_edit_messages too, and what people have sent through
// it within two days (TDLib source, can_edit_message).
func (c *call) mayEdit(m *message, markupOnly bool) bool {
	own := m.author == c.bot.me
	switch {
	case m.viaBot != nil:
		own = m.viaBot == c.bot.me && c.w.now.Sub(time.Unix(m.date, 0)) < editAge
	case m.chat.kind == channel:
		own = c.bot.channelPost(m)
	}
	if !own || m.origin != nil || m.keyboard != nil || m.service() {
		return false
	}
	content := m.content()
	switch content.Kind {
	case KindText, KindPhoto, KindVideo, KindAnimation, KindAudio, KindDocument, KindVoice, KindPaidMedia, KindChecklist:
		return true
	case KindLocation:
		return markupOnly || c.w.live(m)
	case KindPoll:
		return markupOnly || !content.Poll.Closed
	case KindVideoNote, KindSticker, KindVenue, KindContact, KindDice:
		return markupOnly
	default:
		panic("telegram: unknown kind " + string(content.Kind))
	}
}

// editable is mayEdit in the server's words.
func (c *call) editable(m *message, markupOnly bool) *problem {
	if !c.mayEdit(m, markupOnly) {
		return fail(cantEdit)
	}
	return nil
}

// channelPost says whether the bot may edit a channel's post: any with the
// right to edit, its own with the right to post (TDLib source).
func (b *bot) channelPost(m *message) bool {
	return m.chat.standing(b.me).can(func(r Rights) bool { return r.EditMessages || r.PostMessages && m.author == b.me })
}

// editing is what all edits begin with: the message's new keyboard, and the
// message.
func (c *call) editing(markupOnly bool) (markup, *message, *problem) {
	keys, bad := c.markup()
	if bad != nil {
		return markup{}, nil, bad
	}
	m, bad := c.editTarget(editNotFound)
	if bad != nil {
		return markup{}, nil, bad
	}
	return keys, m, c.editable(m, markupOnly)
}

// apply puts the edit into the message, or says that it changes nothing.
func (c *call) apply(m *message, content Content, keys markup) (any, *problem) {
	if bad := keys.suits(m.chat, true); bad != nil {
		return nil, bad
	}
	if bad := keys.pressable(m.chat); bad != nil {
		return nil, bad
	}
	if bad := checkEditLength(content); bad != nil {
		return nil, bad
	}
	if m.content().same(content) && string(m.markup) == string(keys.shown()) {
		if c.w.knobs.SameEditsCost {
			if bad := c.spend(m.chat, editing, 1); bad != nil {
				return nil, bad
			}
		}
		return nil, fail(notModified)
	}
	if bad := m.chat.refusedByPerson(); bad != nil {
		return nil, bad
	}
	if bad := c.spend(m.chat, editing, 1); bad != nil {
		return nil, bad
	}
	m.keysOnly = m.content().same(content) && (m.edit == 0 || m.keysOnly)
	m.setContent(content)
	m.setMarkup(keys.shown())
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
	keys, m, bad := c.editing(false)
	switch {
	case bad != nil:
		return nil, bad
	case m.content().Kind != KindText:
		return nil, fail(noTextToEdit)
	case content.late != nil:
		return nil, content.late
	}
	return c.apply(m, content, keys)
}

func editMessageCaption(c *call) (any, *problem) {
	keys, bad := c.markup()
	if bad != nil {
		return nil, bad
	}
	var given Content
	if bad := c.captionArgs(&given); bad != nil {
		return nil, bad
	}
	m, bad := c.editTarget(editNotFound)
	if bad == nil {
		bad = c.editable(m, false)
	}
	switch {
	case bad != nil:
		return nil, bad
	case !m.content().Kind.hasCaption():
		return nil, fail(noCaptionToEdit)
	case given.late != nil:
		return nil, given.late
	}
	content := m.content()
	content.Text, content.Entities = given.Text, given.Entities
	content.Above = given.Above && content.Kind.captionAbove()
	return c.apply(m, content, keys)
}

func editMessageMedia(c *call) (any, *problem) {
	keys, bad := c.markup()
	if bad != nil {
		return nil, bad
	}
	given, bad := c.mediaArg()
	if bad != nil {
		return nil, bad
	}
	m, bad := c.editTarget(editNotFound)
	if bad != nil {
		return nil, bad
	}
	old := m.content().Kind
	if !c.mayEdit(m, false) || !old.hasMedia() {
		return nil, fail(cantEditMedia)
	}
	content, bad := c.made(given)
	switch {
	case bad != nil:
		return nil, bad
	case m.album != "" && content.Kind != old && !content.Kind.grouped():
		return nil, fail(albumCantHold)
	case m.album != "" && content.Kind != old && (content.Kind.alone() || old.alone()):
		return nil, fail(albumKindFixed)
	}
	return c.apply(m, content, keys)
}

// mediaArg reads the argument media of editMessageMedia.
func (c *call) mediaArg() (medium, *problem) {
	raw := json.RawMessage(c.args.str("media"))
	switch {
	case len(raw) == 0:
		return medium{}, fail(missingParam, "media")
	case !json.Valid(raw):
		return medium{}, fail(badInputMediaJSON)
	}
	m, fault := c.inputMedia(raw, false)
	if fault != "" {
		return medium{}, fail(badInputMedia, fault)
	}
	return m, nil
}

func editMessageReplyMarkup(c *call) (any, *problem) {
	keys, m, bad := c.editing(true)
	if bad != nil {
		return nil, bad
	}
	return c.apply(m, m.content(), keys)
}

func setMessageReaction(c *call) (any, *problem) {
	wanted, bad := c.reactionArgs()
	if bad != nil {
		return nil, bad
	}
	to, bad := c.target("chat_id", toRead)
	if bad != nil {
		return nil, bad
	}
	m := c.readable(to, c.args.number("message_id"))
	if m == nil {
		return nil, fail(reactNotFound)
	}
	if len(wanted) > 1 { // of bots
		return nil, fail(reactionsMany)
	}
	for _, e := range wanted {
		if !m.takes(e) {
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
	m.react(c.bot.me.id, wanted)
	return true, nil
}

// takes says whether a bot may react so: with custom emoji only where the
// chat names them, or somebody else did (Bot API docs).
func (m *message) takes(emoji string) bool {
	named := slices.Contains(m.chat.reactions, emoji)
	if !customEmoji(emoji) {
		return slices.Contains(reactionEmoji, emoji) && (named || m.chat.reactions == nil)
	}
	return named || slices.ContainsFunc(m.reactions, func(r reaction) bool { return slices.Contains(r.emoji, emoji) })
}

// reactionArgs reads the argument reaction; a custom emoji is named by its number.
func (c *call) reactionArgs() ([]string, *problem) {
	raw := c.args.json("reaction")
	if len(raw) == 0 {
		return nil, nil
	}
	list, bad := arrayOf(raw, fail(badReactions), fail(reactionsArray))
	if bad != nil {
		return nil, bad
	}
	out := make([]string, len(list))
	for i, item := range list {
		var fault string
		if out[i], fault = reactionIn(item); fault != "" {
			return nil, fail(badReaction, fault)
		}
	}
	return out, nil
}

// reactionIn reads one ReactionType and returns what is wrong with it, "" =
// nothing.
func reactionIn(raw json.RawMessage) (emoji, fault string) {
	f, ok := objectIn(raw)
	if !ok {
		return "", "expected an Object"
	}
	switch kind := f.needText("type"); {
	case f.fault != "":
	case kind == "emoji":
		emoji = f.needText("emoji")
	case kind == "custom_emoji":
		emoji = itoa(f.needLong("custom_emoji_id"))
	default:
		f.blame("invalid reaction type specified")
	}
	return emoji, f.fault
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
