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
	m := c.readable(from, c.args.number("message_id"))
	if m == nil {
		return nil, fail(missing)
	}
	return m, nil
}

// copyable says whether the server lets a bot copy the message at all; what
// is protected Telegram refuses later.
func (c *call) copyable(m *message) bool {
	p := m.content().Poll
	switch {
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

func copyMessage(c *call) (any, *problem) {
	if c.args.str("from_chat_id") == "" {
		return nil, fail(missingParam, "from_chat_id")
	}
	var caption Content
	replaced := c.args.has("caption")
	if replaced {
		if bad := c.captionArgs(&caption); bad != nil {
			return nil, bad
		}
	}
	m, bad := c.source(copyNotFound)
	if bad != nil {
		return nil, bad
	}
	reply, bad := c.replyArgs()
	if bad != nil {
		return nil, bad
	}
	keys, bad := c.markup()
	if bad != nil {
		return nil, bad
	}
	p, bad := c.sendPlace(reply)
	if bad != nil {
		return nil, bad
	}
	if bad := keys.suits(p.chat, false); bad != nil {
		return nil, bad
	}
	if bad := c.ready(p, markup{}); bad != nil {
		return nil, bad
	}
	effect, bad := c.effect(p.chat)
	if bad != nil {
		return nil, bad
	}
	content := c.w.copied(m.content())
	if replaced && content.Kind.hasCaption() {
		content.Text, content.Entities, content.late = caption.Text, caption.Entities, caption.late
		content.Above = caption.Above && content.Kind.captionAbove()
	}
	c.startAt(&content)
	if !c.copyable(m) {
		return nil, fail(cantCopy)
	}
	if bad := c.w.maySend(p.chat, c.bot.me, p.topic, content.Kind); bad != nil {
		return nil, unlessTopic(bad, cantCopy)
	}
	switch {
	case m.protected:
		return nil, fail(protectedContent)
	case content.late != nil:
		return nil, content.late
	}
	checked := []Content{content}
	if !replaced {
		checked = nil // it was accepted when it was first sent
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
	reply, bad := c.replyArgs()
	if bad != nil {
		return nil, bad
	}
	keys, bad := c.markup()
	if bad != nil {
		return nil, bad
	}
	p, bad := c.sendPlace(reply)
	if bad != nil {
		return nil, bad
	}
	if bad := keys.suits(p.chat, false); bad != nil {
		return nil, bad // though a forward has no keyboard of its own
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

// messageIDs reads message_ids; an item may be a number or a text.
func (c *call) messageIDs() ([]int, *problem) {
	raw := c.args.json("message_ids")
	if len(raw) == 0 {
		return nil, fail(noMessageIDs)
	}
	list, bad := arrayOf(raw, fail(badMessageIDs), fail(messageIDsArray))
	switch {
	case bad != nil:
		return nil, bad
	case len(list) > maxBatch:
		return nil, fail(tooManyIDs)
	}
	ids := make([]int, len(list))
	for i, item := range list {
		kind, text := jsonKind(item), string(item)
		if kind == "String" {
			json.Unmarshal(item, &text) // it is a string already
		}
		id, whole := wholeInt(text, 32)
		switch {
		case kind != "Number" && kind != "String":
			return nil, fail(messageIDKind)
		case !whole:
			return nil, fail(messageIDNumber)
		case id <= 0:
			return nil, fail(invalidMessageID)
		}
		ids[i] = int(id)
	}
	if len(ids) == 0 {
		return nil, fail(noMessageIDs)
	}
	return ids, nil
}

// found are those of the messages that exist, in the order of their numbers' list.
func (c *call) found(from *chat, ids []int) []*message {
	var out []*message
	for _, id := range ids {
		if m := c.w.messageOf(c.bot.me, from, id); m != nil {
			out = append(out, m)
		}
	}
	return out
}

func copyMessages(c *call) (any, *problem) { return c.batchSend(true) }

func forwardMessages(c *call) (any, *problem) { return c.batchSend(false) }

// batchSend copies or forwards many: what can't be is left out silently,
// and only if nothing is left it is an error.
func (c *call) batchSend(asCopy bool) (any, *problem) {
	if c.args.str("from_chat_id") == "" {
		return nil, fail(missingParam, "from_chat_id")
	}
	ids, bad := c.messageIDs()
	if bad != nil {
		return nil, bad
	}
	p, bad := c.placeFor(replyArgs{})
	if bad != nil {
		return nil, bad
	}
	found, bad := c.batchSource(ids)
	if bad != nil {
		return nil, bad
	}
	c.chat = p.chat
	if found[0].chat.protected && !asCopy {
		return nil, fail(protectedContent)
	}
	if bad := c.ready(p, markup{}); bad != nil {
		return nil, bad
	}
	effect, bad := c.effect(p.chat)
	switch {
	case bad != nil:
		return nil, bad
	case effect != "" && len(found) > 1:
		return nil, fail(effectMethod)
	}
	for i := 1; i < len(found); i++ {
		if found[i].idFor(c.bot.me) <= found[i-1].idFor(c.bot.me) {
			return nil, fail(idsNotIncreasing)
		}
	}
	usable, bad := c.usable(p, found, asCopy)
	if bad != nil {
		return nil, bad
	}
	cost := 1
	if c.w.knobs.CopyCostsEach {
		cost = len(usable)
	}
	if bad := c.placeable(p, markup{}, nil, cost); bad != nil {
		return nil, bad
	}
	return c.postBatch(p, usable, asCopy, effect), nil
}

// batchSource finds the messages of a batch. Those that don't exist are left
// out before anything else is looked at (Bot API server source).
func (c *call) batchSource(ids []int) ([]*message, *problem) {
	from, bad := c.target("from_chat_id", toRead)
	switch {
	case bad != nil:
		return nil, bad
	case !c.reads(from):
		return nil, fail(forwardNotFound)
	}
	found := c.found(from, ids)
	if len(found) == 0 {
		return nil, fail(nothingToForward)
	}
	return found, nil
}

// usable are those of the messages that can be copied or forwarded there.
func (c *call) usable(p place, found []*message, asCopy bool) ([]*message, *problem) {
	var out []*message
	for _, m := range found {
		if asCopy && !c.copyable(m) || !asCopy && !forwardable(m) {
			continue
		}
		switch bad := c.w.maySend(p.chat, c.bot.me, p.topic, m.content().Kind); {
		case bad == nil:
			out = append(out, m)
		case bad.situation != noRightToSend:
			return nil, bad
		}
	}
	if len(out) == 0 {
		return nil, fail(noneToForward)
	}
	for i, m := range out {
		if m.protected { // only copies get here; Telegram itself refuses them
			return nil, fail(albumItem, i+1, fail(protectedContent).bare())
		}
	}
	return out, nil
}

// postBatch posts copies or forwards. Replies among them stay replies.
func (c *call) postBatch(p place, usable []*message, asCopy bool, effect string) []messageIDObject {
	albums := c.w.regroup(usable)
	made := map[*message]*message{}
	out := make([]messageIDObject, len(usable))
	for i, m := range usable {
		d := c.draft(p, m.content())
		d.album, d.reply, d.effect = albums[i], made[m.reply], effect
		if asCopy {
			d.content = c.w.copied(d.content)
			if c.args.flag("remove_caption") && d.content.Kind.hasCaption() {
				d.content.Text, d.content.Entities = "", nil
			}
			made[m] = c.w.post(d)
		} else {
			made[m] = c.w.forward(d, m)
		}
		out[i] = messageIDObject{made[m].idFor(c.bot.me)}
		c.sent = append(c.sent, out[i].MessageID)
	}
	return out
}

// regroup is the album of each copy or forward, "" = none: at least two
// items of an album stay one, and documents or audios of one sender, and
// nothing else, become one (TDLib source).
func (w *World) regroup(ms []*message) []string {
	out := make([]string, len(ms))
	if w.becomeAlbum(ms) {
		album := w.newAlbum()
		for i := range ms {
			out[i] = album
		}
		return out
	}
	count, albums := map[string]int{}, map[string]string{}
	for _, m := range ms {
		if m.album != "" {
			count[m.album]++
		}
	}
	for i, m := range ms {
		if count[m.album] < 2 {
			continue
		}
		if albums[m.album] == "" {
			albums[m.album] = w.newAlbum()
		}
		out[i] = albums[m.album]
	}
	return out
}

func (w *World) becomeAlbum(ms []*message) bool {
	if len(ms) < 2 || len(ms) > maxAlbum {
		return false
	}
	for _, m := range ms {
		if k := m.content().Kind; !k.alone() || k != ms[0].content().Kind || !originOf(m).sameSender(originOf(ms[0])) {
			return false
		}
	}
	return true
}

// sameSender says whether both were first sent by one known account or chat.
func (o *origin) sameSender(p *origin) bool {
	return o.kind != "hidden_user" && o.user == p.user && o.chat == p.chat
}
