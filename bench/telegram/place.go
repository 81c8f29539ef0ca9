package telegram

import (
	"encoding/json"
	"strings"
)

// place is where a message goes and what it answers.
type place struct {
	chat     *chat
	topic    *topic
	reply    *message
	external *message
	quote    *quote
}

// replyArgs are reply_parameters, or their two older forms.
type replyArgs struct {
	chat    string
	message int
	lenient bool // allow_sending_without_reply
	quote   string
	mode    string
	marks   string
	at      int
}

func (c *call) replyArgs() (replyArgs, *problem) {
	if !c.args.has("reply_parameters") {
		return replyArgs{
			message: c.args.number("reply_to_message_id"),
			lenient: c.args.flag("allow_sending_without_reply"),
		}, nil
	}
	raw := c.args.str("reply_parameters")
	if raw == "" || raw == "{}" {
		return replyArgs{}, nil
	}
	var o struct {
		Chat    json.RawMessage `json:"chat_id"`
		Message *json.Number    `json:"message_id"`
		Lenient bool            `json:"allow_sending_without_reply"`
		Quote   string          `json:"quote"`
		Mode    string          `json:"quote_parse_mode"`
		Marks   json.RawMessage `json:"quote_entities"`
		At      int             `json:"quote_position"`
	}
	if err := json.Unmarshal([]byte(raw), &o); err != nil {
		if raw[0] != '{' && json.Valid([]byte(raw)) {
			return replyArgs{}, fail(badReply)
		}
		return replyArgs{}, fail(unparsableReply)
	}
	if o.Message == nil {
		return replyArgs{}, fail(fieldMissing, "message_id")
	}
	return replyArgs{
		chat: strings.Trim(string(o.Chat), `"`), message: int(leadingInt(o.Message.String())), lenient: o.Lenient,
		quote: o.Quote, mode: o.Mode, marks: string(o.Marks), at: o.At,
	}, nil
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
	m := c.w.messageOf(c.bot.me, from, r.message)
	if m == nil {
		if r.lenient && from == p.chat {
			return nil
		}
		return fail(replyNotFound)
	}
	if r.quote != "" {
		var bad *problem
		if p.quote, bad = c.quoteArg(m, r); bad != nil {
			return bad
		}
	}
	switch {
	case from != p.chat || p.topic != nil && m.topic != p.topic:
		p.external = m
	default:
		p.reply, p.topic = m, m.topic
	}
	return nil
}

// quoteArg checks that the quote is a part of the message.
func (c *call) quoteArg(m *message, r replyArgs) (*quote, *problem) {
	text, es, bad := c.formatted(r.quote, r.mode, r.marks)
	if bad != nil {
		return nil, bad
	}
	at := strings.Index(m.content().Text, text)
	if text == "" || at < 0 {
		return nil, fail(quoteInvalid)
	}
	return &quote{text: text, entities: es, position: utf16Len(m.content().Text[:at]), manual: true}, nil
}

func (c *call) draft(p place, content Content) draft {
	d := draft{
		chat: p.chat, from: c.bot.me, topic: p.topic, content: content,
		reply: p.reply, external: p.external, quote: p.quote, protected: c.args.flag("protect_content"),
		silent: c.args.flag("disable_notification"),
	}
	if p.chat.kind == channel {
		d.author, d.from, d.sender = c.bot.me, nil, p.chat
	}
	return d
}
