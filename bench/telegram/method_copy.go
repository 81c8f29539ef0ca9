package telegram

// copyMethods are the methods that copy and forward.
var copyMethods = map[string]handler{
	"copyMessage":     copyMessage,
	"copyMessages":    copyMessages,
	"forwardMessage":  forwardMessage,
	"forwardMessages": forwardMessages,
}

// Copying and forwarding. The source is looked at before the destination,
// as in the server.

// messageIDObject is what copyMessage answers with.
type messageIDObject struct {
	MessageID int `json:"message_id"`
}

// maxBatch is the most ids of copyMessages, forwardMessages and deleteMessages (Bot API docs).
const maxBatch = 100

// source finds the message to copy or forward.
func (c *call) source(missing Situation) (*message, *problem) {
	if c.args.str("from_chat_id") == "" {
		return nil, fail(missingParam, "from_chat_id")
	}
	from, bad := c.target("from_chat_id", toRead)
	if bad != nil {
		return nil, bad
	}
	m := c.readable(from, c.args.number("message_id"))
	switch {
	case m == nil && c.stale:
		return nil, fail(messageIDInvalid)
	case m == nil:
		return nil, fail(missing)
	}
	return m, nil
}

// copyable says whether the server lets a bot copy the message at all; what
// is protected Telegram refuses later.
func (c *call) copyable(m *message) bool {
	p := m.content().Poll
	rare, is := rareKinds[m.content().Kind]
	switch {
	case is:
		return rare.copied
	case m.service(), m.content().Kind == KindPaidMedia:
		return false
	case p != nil && p.Quiz:
		return p.knows(c.bot.me) && (p.Closed || p.byAccount == c.bot.me.id || m.origin == nil)
	default:
		return true
	}
}

// forwardable says whether a message can be forwarded, by anybody.
func forwardable(m *message) bool { return !m.service() && !m.protected }

// destination reads where a copy or forward goes, and the keyboard, which has
// to suit the chat though a forward takes none along.
func (c *call) destination() (place, markup, *problem) {
	reply, bad := c.replyArgs()
	if bad != nil {
		return place{}, markup{}, bad
	}
	keys, bad := c.markup()
	if bad != nil {
		return place{}, markup{}, bad
	}
	p, bad := c.sendPlace(reply)
	if bad == nil {
		bad = keys.suits(p.chat, false)
	}
	return p, keys, bad
}

// captionArg reads the caption that a copy has instead of the original's; nil = none.
func (c *call) captionArg() (*Content, *problem) {
	if !c.args.has("caption") {
		return nil, nil
	}
	caption := &Content{}
	return caption, c.captionArgs(caption)
}

// copyOf is the content of a copy of m; caption may be nil.
func (c *call) copyOf(m *message, caption *Content) Content {
	content := c.w.copied(m.content())
	if caption != nil && content.Kind.hasCaption() {
		content.Text, content.Entities, content.late = caption.Text, caption.Entities, caption.late
		content.Above = caption.Above && content.Kind.captionAbove()
	}
	c.startAt(&content)
	return content
}

func copyMessage(c *call) (any, *problem) {
	if c.args.str("from_chat_id") == "" {
		return nil, fail(missingParam, "from_chat_id")
	}
	caption, bad := c.captionArg()
	if bad != nil {
		return nil, bad
	}
	m, bad := c.source(copyNotFound)
	if bad != nil {
		return nil, bad
	}
	p, keys, bad := c.destination()
	if bad != nil {
		return nil, bad
	}
	if bad := c.ready(p, markup{}); bad != nil {
		return nil, bad
	}
	effect, bad := c.effect(p.chat)
	if bad != nil {
		return nil, bad
	}
	content := c.copyOf(m, caption)
	if bad := c.mayCopy(m, content, p); bad != nil {
		return nil, bad
	}
	var checked []Content // what was accepted when it was first sent isn't looked at again
	if caption != nil || resent(p, keys) {
		checked = []Content{content}
	}
	if bad := c.placeable(p, keys, checked, 1); bad != nil {
		return nil, bad
	}
	d := c.draft(p, content)
	d.markup, d.keyboard, d.effect = keys.shown(), keys.keys, effect
	made := c.w.post(d)
	c.sent = append(c.sent, made.idFor(c.bot.me))
	return messageIDObject{made.idFor(c.bot.me)}, nil
}

// resent says whether TDLib sends a copy anew instead of letting Telegram copy
// it: with a keyboard, or as a reply to anything but its topic's first message
// (TDLib source). A long caption that only premium users may write fails then
// (the server's author, in a public issue).
func resent(p place, keys markup) bool {
	implicit := p.topic != nil && p.reply == p.topic.first && p.quote == nil
	return p.external != nil || p.reply != nil && !implicit || len(keys.inline) > 0 || keys.keys != nil
}

// mayCopy says why m can't be copied there as this content, if it can't.
func (c *call) mayCopy(m *message, content Content, to place) *problem {
	if !c.copyable(m) {
		return fail(cantCopy)
	}
	if bad := c.w.maySend(to.chat, c.bot.me, to.topic, content.Kind); bad != nil {
		return unlessTopic(bad, cantCopy)
	}
	if m.protected {
		return fail(protectedContent)
	}
	return content.late
}

// startAt replaces where a video starts.
func (c *call) startAt(content *Content) {
	if c.args.has("video_start_timestamp") && content.Kind == KindVideo {
		content.StartAt = c.args.number("video_start_timestamp")
	}
}

// unlessTopic hides the reason why a member may not send what is copied or
// forwarded: TDLib leaves it out like anything that can't be copied. That a
// topic is closed only Telegram's servers know.
func unlessTopic(bad *problem, instead Situation) *problem {
	if bad.situation == noRightToSend {
		return fail(instead)
	}
	return bad
}

// copied is the content of a copy: dice are thrown again, places don't move,
// polls begin anew (TDLib source).
func (w *World) copied(c Content) Content {
	switch {
	case c.Poll != nil:
		c.Poll = c.Poll.fresh()
	case c.Dice != nil:
		c.Dice = &Dice{c.Dice.Emoji, w.throw(c.Dice.Emoji)}
	}
	c.Entities = w.fromBot(c.Entities)
	return c.forwarded()
}

// forwarded is the content of a forward: a place doesn't move.
func (c Content) forwarded() Content {
	if c.Location != nil && c.Location.LivePeriod != 0 {
		at := c.Location.still()
		c.Location = &at
	}
	return c
}

func forwardMessage(c *call) (any, *problem) {
	m, bad := c.source(forwardNotFound)
	if bad != nil {
		return nil, bad
	}
	p, _, bad := c.destination()
	if bad != nil {
		return nil, bad
	}
	if m.chat.protected {
		return nil, fail(protectedContent)
	}
	if bad := c.ready(p, markup{}); bad != nil {
		return nil, bad
	}
	effect, bad := c.effect(p.chat)
	if bad != nil {
		return nil, bad
	}
	if !forwardable(m) {
		return nil, fail(cantForward)
	}
	content := m.content()
	if bad := c.w.maySend(p.chat, c.bot.me, p.topic, content.Kind); bad != nil {
		return nil, unlessTopic(bad, cantForward)
	}
	if bad := c.placeable(p, markup{}, nil, 1); bad != nil {
		return nil, bad
	}
	c.startAt(&content)
	d := c.draft(p, content)
	d.effect, d.reply = effect, nil
	made := c.w.forward(d, m)
	c.sent = append(c.sent, made.idFor(c.bot.me))
	return c.w.messageFor(c.bot.me, made, false), nil
}

// forward posts a forward of m; a poll stays the same poll.
func (w *World) forward(d draft, m *message) *message {
	d.content = d.content.forwarded()
	d.origin, d.quote, d.external, d.viaBot = originOf(m), nil, nil, m.viaBot
	return w.post(d)
}
