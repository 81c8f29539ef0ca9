package telegram

import (
	"slices"
	"strings"
)

// place is where a message goes and what it answers.
type place struct {
	chat     *chat
	topic    *topic
	reply    *message
	external *message
	quote    *quote
	part     part
}

// replyArgs are reply_parameters, or their two older forms.
type replyArgs struct {
	chat     string
	message  int
	lenient  bool // allow_sending_without_reply
	quote    string
	entities []Entity
	part     part
}

func (c *call) replyArgs() (replyArgs, *problem) {
	if !c.args.has("reply_parameters") {
		return replyArgs{
			message: c.args.number("reply_to_message_id"),
			lenient: c.args.flag("allow_sending_without_reply"),
		}, nil
	}
	raw := c.args.json("reply_parameters")
	if len(raw) == 0 {
		return replyArgs{}, nil
	}
	f, bad := objectOf(raw, fail(unparsableReply), fail(badReply))
	switch {
	case bad != nil:
		return replyArgs{}, bad
	case len(f.raw) == 0:
		return replyArgs{}, nil
	}
	return c.replyFields(f)
}

// replyFields reads ReplyParameters. Their quote is parsed before any chat is
// looked at.
func (c *call) replyFields(f *fields) (replyArgs, *problem) {
	r := replyArgs{chat: f.text("chat_id"), message: f.needNumber("message_id"), lenient: f.flag("allow_sending_without_reply")}
	quote, mode := f.text("quote"), f.text("quote_parse_mode")
	if f.fault == "" {
		var bad *problem
		if r.quote, r.entities, bad = c.formatted(quote, mode, string(f.raw["quote_entities"])); bad != nil {
			return r, bad
		}
		r.entities = slices.DeleteFunc(r.entities, func(e Entity) bool { return !e.quotable() })
	}
	f.number("quote_position") // Telegram finds the place by itself
	r.part = part{f.number("checklist_task_id"), f.text("poll_option_id")}
	if f.fault != "" {
		return r, fieldProblem(f.fault)
	}
	return r, nil
}

// sendPlace is placeFor for methods that take allow_paid_broadcast: with that
// the server doesn't ask whether it knows the person, and Telegram refuses
// (Bot API server source).
func (c *call) sendPlace(reply replyArgs) (place, *problem) {
	p, bad := c.placeFor(reply)
	if bad != nil && bad.situation == chatNotFound && c.args.flag("allow_paid_broadcast") && c.threadID() == 0 {
		if id := leadingInt(c.args.str("chat_id")); id > 0 && id < 1<<40 && c.chat == nil {
			return p, fail(cantInitiate)
		}
	}
	return p, bad
}

// placeFor checks chat, topic and reply, in the server's order.
func (c *call) placeFor(reply replyArgs) (place, *problem) {
	to, bad := c.target("chat_id", toWrite)
	if bad != nil {
		return place{}, bad
	}
	p := place{chat: to}
	if p.topic, bad = c.threadArg(to); bad != nil {
		return place{}, bad
	}
	return p, c.addReply(&p, reply)
}

// addReply finds the message to reply to. One of another topic or chat
// becomes an external reply; without a thread the topic is the target's.
func (c *call) addReply(p *place, r replyArgs) *problem {
	if r.message <= 0 {
		return nil
	}
	from := p.chat
	if r.chat != "" && r.chat != c.args.str("chat_id") {
		other := *c
		other.args = Args{Values: map[string]string{"chat_id": r.chat}}
		var bad *problem
		if from, bad = other.target("chat_id", toRead); bad != nil {
			return bad
		}
	}
	m := c.readable(from, r.message)
	switch {
	case m == nil && r.lenient && c.reads(from):
		return nil
	case m == nil:
		return fail(replyNotFound)
	case r.quote != "":
		var bad *problem
		if p.quote, bad = r.quoteOf(m); bad != nil {
			return bad
		}
	}
	p.part = r.part.of(m)
	switch {
	case from != p.chat || p.topic != nil && m.topic != p.topic:
		p.external = m
	default:
		p.reply, p.topic = m, m.topic
	}
	return nil
}

// quoteOf checks that the quote is a part of the message.
func (r replyArgs) quoteOf(m *message) (*quote, *problem) {
	text := m.content().Text
	at := strings.Index(text, r.quote)
	if at < 0 {
		return nil, fail(quoteInvalid)
	}
	return &quote{text: r.quote, entities: r.entities, position: utf16Len(text[:at]), manual: true}, nil
}

// reads says whether the bot may look at the chat's messages: at those of a
// public chat not before it has joined (Bot API server source).
func (c *call) reads(from *chat) bool {
	return from.kind != supergroup && from.kind != channel || from.inside(c.bot.me)
}

// readable finds a message that the bot may look at, nil if there is none.
func (c *call) readable(from *chat, id int) *message {
	if !c.reads(from) {
		return nil
	}
	return c.w.messageOf(c.bot.me, from, id)
}

func (c *call) draft(p place, content Content) draft {
	d := draft{
		chat: p.chat, from: c.bot.me, topic: p.topic, content: content,
		reply: p.reply, external: p.external, quote: p.quote, part: p.part, protected: c.args.flag("protect_content"),
		silent: c.args.flag("disable_notification"),
	}
	if p.chat.kind == channel {
		d.author, d.from, d.sender, d.signature = c.bot.me, nil, p.chat, p.chat.signature(c.bot.me)
	}
	return d
}
