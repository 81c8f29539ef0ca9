package telegram

import "encoding/json"

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
	case !c.increasing(found):
		return nil, fail(idsNotIncreasing)
	}
	usable, bad := c.usable(p, found, asCopy)
	if bad != nil {
		return nil, bad
	}
	if bad := c.placeable(p, markup{}, nil, c.batchCost(usable)); bad != nil {
		return nil, bad
	}
	out := c.postBatch(p, usable, asCopy, effect)
	if c.stale && len(found) < len(ids) {
		return nil, fail(albumItem, 1, notForwarded)
	}
	return out, nil
}

// notForwarded is said of a message that Telegram left out of a batch that it
// did. It comes before those that arrived, and so is number 1 (TDLib source).
const notForwarded = "Message was not forwarded"

// batchCost is how many messages a batch counts as.
func (c *call) batchCost(usable []*message) int {
	if c.w.knobs.CopyCostsEach {
		return len(usable)
	}
	return 1
}

// increasing says whether each message has a higher number than the one before.
func (c *call) increasing(all []*message) bool {
	for i := 1; i < len(all); i++ {
		if all[i].idFor(c.bot.me) <= all[i-1].idFor(c.bot.me) {
			return false
		}
	}
	return true
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
	switch {
	case len(found) == 0 && c.stale:
		return nil, fail(albumItem, 1, fail(messageIDInvalid).bare())
	case len(found) == 0:
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
