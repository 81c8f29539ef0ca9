package telegram

import "slices"

// What a bot's server knows of topics: it asks Telegram for a topic before it
// sends there, and believes the answer for a while (TDLib source,
// get_forum_topic). A topic that is deleted meanwhile passes this check and
// is refused by Telegram with TOPIC_DELETED.

// lookup is one bot's last question for a topic.
type lookup struct {
	bot *bot
	at  int64 // unix seconds
}

// lookUp asks for a topic to send to. Nil = there is none for the bot: it
// never was, it was deleted, or it is too old to be found.
func (c *call) lookUp(to *chat, id int) *topic {
	t := to.topics[id]
	if t == nil || c.forgets {
		return nil
	}
	known := t.knownTo(c.bot)
	if known != nil && c.w.unix()-known.at < int64(c.w.knobs.TopicMemory.Seconds()) {
		return t
	}
	switch {
	case t.deleted:
		t.dropLookup(c.bot)
		to.dropGhost(t)
		return nil
	case to.tooOld(t, c.w.knobs.VisibleHistory):
		return nil
	case known != nil:
		known.at = c.w.unix()
	default:
		t.lookups = append(t.lookups, lookup{c.bot, c.w.unix()})
	}
	return t
}

// knownTo is the bot's last question for the topic, nil = it never asked.
func (t *topic) knownTo(b *bot) *lookup {
	at := slices.IndexFunc(t.lookups, func(l lookup) bool { return l.bot == b })
	if at < 0 {
		return nil
	}
	return &t.lookups[at]
}

// dropLookup forgets a topic that the bot itself deleted.
func (t *topic) dropLookup(b *bot) {
	t.lookups = slices.DeleteFunc(t.lookups, func(l lookup) bool { return l.bot == b })
}

// dropGhost forgets a deleted topic in which no bot believes any more.
func (c *chat) dropGhost(t *topic) {
	if len(t.lookups) == 0 {
		delete(c.topics, t.root)
	}
}

// tooOld says whether the topic began before the messages that Telegram
// still shows; history 0 = it shows all.
func (c *chat) tooOld(t *topic, history int) bool {
	if c.kind == privateChat {
		return false
	}
	return t.root < c.forgotten || history > 0 && c.box.last()-t.root >= history
}

// ForgetOldTopics makes a forum's topics with thread ids below the given one
// answer to bots as if they didn't exist, though people go on using them. That
// happens in forums with very many messages (reported by users in public
// issues: from about 300,000 on); see also Knobs.VisibleHistory. 0 takes it back.
func (w *World) ForgetOldTopics(chatID int64, before int) { w.group(chatID).forgotten = before }
