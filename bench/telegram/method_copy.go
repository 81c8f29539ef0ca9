package telegram

import (
	"encoding/json"
)

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
	m := c.w.messageOf(c.bot.me, from, c.args.number("message_id"))
	if m == nil {
		return nil, fail(missing)
	}
	return m, nil
}

// copyable says whether a bot may copy the message at all.
func (c *call) copyable(m *message) *problem {
	switch {
	case m.service():
		return fail(cantCopy)
	case m.protected:
		return fail(protectedContent)
	case m.content().Poll != nil && m.content().Poll.Quiz && !m.content().Poll.Closed && m.content().Poll.byAccount != c.bot.me.id:
		return fail(cantCopy)
	default:
		return nil
	}
}

func copyMessage(c *call) (any, *problem) {
	m, bad := c.source(copyNotFound)
	if bad != nil {
		return nil, bad
	}
	content, bad := c.copied(m)
	if bad != nil {
		return nil, bad
	}
	markup, other, bad := c.markup()
	if bad != nil {
		return nil, bad
	}
	p, bad := c.place()
	if bad != nil {
		return nil, bad
	}
	if bad := c.copyable(m); bad != nil {
		return nil, bad
	}
	var length *problem
	if c.args.has("caption") {
		length = checkLength(content)
	}
	if bad := c.mayPost(p, content.Kind, 1, length); bad != nil {
		return nil, bad
	}
	d := c.draft(p, content)
	d.markup, d.keyboard = markup, other
	made := c.w.post(d)
	c.sent = append(c.sent, made.idFor(c.bot.me))
	return messageIDObject{made.idFor(c.bot.me)}, nil
}

// copied is the content of a copy: the caption is kept unless the argument
// is given; a given empty one removes it.
func (c *call) copied(m *message) (Content, *problem) {
	content := m.content().clone()
	if !c.args.has("caption") || !content.Kind.hasCaption() {
		return content, nil
	}
	bad := c.captionArgs(&content)
	return content, bad
}

// clone copies what later edits or votes of the original must not change.
func (c Content) clone() Content {
	if c.Poll != nil {
		p := *c.Poll
		p.ID, p.votes = "", nil
		p.Options = make([]PollOption, len(c.Poll.Options))
		for i, o := range c.Poll.Options {
			p.Options[i] = PollOption{Text: o.Text}
		}
		c.Poll = &p
	}
	return c
}

func forwardMessage(c *call) (any, *problem) {
	m, bad := c.source(forwardNotFound)
	if bad != nil {
		return nil, bad
	}
	p, bad := c.place()
	if bad != nil {
		return nil, bad
	}
	if bad := forwardable(m); bad != nil {
		return nil, bad
	}
	if bad := c.mayPost(p, m.content().Kind, 1, nil); bad != nil {
		return nil, bad
	}
	made := c.w.forward(c.draft(p, m.content()), m)
	c.sent = append(c.sent, made.idFor(c.bot.me))
	return c.w.messageFor(c.bot.me, made, false), nil
}

func forwardable(m *message) *problem {
	switch {
	case m.service():
		return fail(cantForward)
	case m.protected:
		return fail(protectedContent)
	default:
		return nil
	}
}

// forward posts a forward of m; a poll stays the same poll.
func (w *World) forward(d draft, m *message) *message {
	d.origin, d.reply, d.quote, d.external = originOf(m), nil, nil, nil
	return w.post(d)
}

// messageIDs reads a list of message numbers.
func (c *call) messageIDs(arg string) ([]int, *problem) {
	var raw []json.Number
	text := c.args.str(arg)
	if text == "" {
		return nil, fail(noMessageIDs)
	}
	if json.Unmarshal([]byte(text), &raw) != nil {
		return nil, fail(badMessageIDs)
	}
	switch {
	case len(raw) == 0:
		return nil, fail(noMessageIDs)
	case len(raw) > maxBatch:
		return nil, fail(tooManyIDs)
	}
	ids := make([]int, len(raw))
	for i, r := range raw {
		if ids[i] = int(leadingInt(r.String())); ids[i] <= 0 {
			return nil, fail(invalidMessageID)
		}
	}
	return ids, nil
}

// batch reads message_ids and finds those that exist.
func (c *call) batch(arg, chatArg string, need level) ([]*message, []int, *problem) {
	ids, bad := c.messageIDs(arg)
	if bad != nil {
		return nil, nil, bad
	}
	from, bad := c.target(chatArg, need)
	if bad != nil {
		return nil, nil, bad
	}
	var found []*message
	for _, id := range ids {
		if m := c.w.messageOf(c.bot.me, from, id); m != nil {
			found = append(found, m)
		}
	}
	return found, ids, nil
}

func copyMessages(c *call) (any, *problem) { return c.batchSend(true) }

func forwardMessages(c *call) (any, *problem) { return c.batchSend(false) }

// batchSend copies or forwards many: what can't be is left out silently,
// albums stay albums, and only if nothing is left it is an error.
func (c *call) batchSend(asCopy bool) (any, *problem) {
	if c.args.str("from_chat_id") == "" {
		return nil, fail(missingParam, "from_chat_id")
	}
	if c.args.str("message_ids") == "" {
		return nil, fail(noMessageIDs)
	}
	p, bad := c.place()
	if bad != nil {
		return nil, bad
	}
	found, ids, bad := c.batch("message_ids", "from_chat_id", toRead)
	if bad != nil {
		return nil, bad
	}
	c.chat = p.chat
	for i := 1; i < len(ids); i++ {
		if ids[i] <= ids[i-1] {
			return nil, fail(idsNotIncreasing)
		}
	}
	usable := found[:0]
	for _, m := range found {
		if asCopy && c.copyable(m) == nil || !asCopy && forwardable(m) == nil {
			usable = append(usable, m)
		}
	}
	if len(usable) == 0 {
		return nil, fail(noneToForward)
	}
	cost := 1
	if c.w.knobs.CopyCostsEach {
		cost = len(usable)
	}
	if bad := c.mayPost(p, usable[0].content().Kind, cost, nil); bad != nil {
		return nil, bad
	}
	return c.postBatch(p, usable, asCopy), nil
}

func (c *call) postBatch(p place, usable []*message, asCopy bool) []messageIDObject {
	albums := map[string]string{}
	out := make([]messageIDObject, len(usable))
	for i, m := range usable {
		d := c.draft(p, m.content())
		if m.album != "" {
			if albums[m.album] == "" {
				albums[m.album] = c.w.newAlbum()
			}
			d.album = albums[m.album]
		}
		var made *message
		if asCopy {
			d.content = m.content().clone()
			if c.args.flag("remove_caption") && d.content.Kind.hasCaption() {
				d.content.Text, d.content.Entities = "", nil
			}
			made = c.w.post(d)
		} else {
			made = c.w.forward(d, m)
		}
		out[i] = messageIDObject{made.idFor(c.bot.me)}
		c.sent = append(c.sent, out[i].MessageID)
	}
	return out
}
