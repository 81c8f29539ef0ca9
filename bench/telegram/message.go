package telegram

import (
	"cmp"
	"encoding/json"
	"slices"
)

// message is one message of one chat, service messages included.
type message struct {
	chat       *chat
	id         int      // supergroups and channels; private chats: the bot's number
	author     *account // who really wrote it; nil = Telegram itself
	from       *account // who is shown; nil for channel posts
	date, edit int64    // unix seconds
	topic      *topic   // nil in General and outside forums

	text string   // of a plain text message
	body *Content // of everything else, never changed; nil = a plain text

	auto      bool // forwarded by Telegram from the linked channel
	protected bool
	silent    bool // sent with disable_notification
	deleted   bool
	// keysOnly: only its buttons were edited, which people are not told: Telegram
	// marks such edits as hidden, but for bots (TDLib source, edit_hide).
	keysOnly bool

	*rare // to be read; own gives the one to write to
}

// rare is what few messages have: a world may hold millions of others.
type rare struct {
	ids       []ownID // basic groups and talks: each account's own number
	sender    *chat   // anonymous administrators, channels
	signature string
	thread    int // root of a chain of replies outside topics, 0 = none
	reply     *message
	quote     *quote
	external  *message // reply to a message of another chat or topic
	origin    *origin  // forwards
	copy      *message // a channel's post: what Telegram made of it in the linked group
	viaBot    *account
	inlineID  string // inline_message_id; "" = the bot has none
	album     string
	markup    json.RawMessage // inline keyboard
	keyboard  *Keyboard       // below the input field; nil = none
	effect    string          // message_effect_id
	part      part            // of the message replied to
	offline   bool            // nobody was there: it had been scheduled
	reactions []reaction
	near      []*account // a live location's: who has come near

	business       *bot // sent it in the author's name
	readByBusiness bool
}

// nothingRare is what all messages without any of it share, and nobody writes to.
var nothingRare rare

// own is the message's own rare part, made when needed.
func (m *message) own() *rare {
	if m.rare == nil || m.rare == &nothingRare {
		m.rare = &rare{}
	}
	return m.rare
}

// content is what the message says; the value is the caller's, what it
// points to isn't.
func (m *message) content() Content {
	if m.body == nil {
		return TextOf(m.text)
	}
	return *m.body
}

// setContent replaces what the message says.
func (m *message) setContent(c Content) {
	if c.plain() {
		m.text, m.body = c.Text, nil
	} else {
		m.text, m.body = "", &c
	}
}

// setMarkup replaces the inline keyboard.
func (m *message) setMarkup(markup json.RawMessage) {
	if markup != nil || m.markup != nil {
		m.own().markup = markup
	}
}

// ownID is the number that an account has for a message of a basic group.
type ownID struct {
	account int64
	id      int
}

type quote struct {
	text     string
	entities []Entity
	position int
	manual   bool
}

// part is the one line of a checklist, or the one answer of a poll, to which
// a message replies.
type part struct {
	task   int    // 0 = none
	option string // persistent id; "" = none
}

// of drops what the message hasn't got.
func (p part) of(m *message) part {
	if m.content().Checklist == nil {
		p.task = 0
	}
	if m.content().Poll == nil {
		p.option = ""
	}
	return p
}

// origin says where a forwarded message was first sent.
type origin struct {
	kind      string // user, hidden_user, chat, channel
	user      *account
	name      string
	chat      *chat
	messageID int
	signature string
	date      int64
}

type reaction struct {
	who   int64 // account, or chat of an anonymous administrator
	emoji []string
}

// draft is a message about to be posted.
type draft struct {
	chat      *chat
	author    *account // nil = the same as from
	from      *account
	sender    *chat
	signature string
	topic     *topic
	content   Content
	reply     *message
	quote     *quote
	external  *message
	origin    *origin
	auto      bool
	viaBot    *account
	album     string
	markup    json.RawMessage
	keyboard  *Keyboard
	effect    string
	part      part
	offline   bool
	protected bool
	silent    bool
	business  *bot // who sends it in the author's name
}

// idFor is the message's number as that account knows it. In private chats
// everybody uses the bot's number: that is the one that bots, logs and
// tests talk about. 0 = the account doesn't have the message.
func (m *message) idFor(a *account) int {
	if m.chat.kind != basicGroup && m.chat.kind != talkChat {
		return m.id
	}
	for _, own := range m.ids {
		if own.account == a.id {
			return own.id
		}
	}
	return 0
}

// service says whether this is a service message.
func (m *message) service() bool { return m.content().Kind == KindService }

// post numbers a message, puts it into its chat and tells the bots.
func (w *World) post(d draft) *message {
	if d.author == nil {
		d.author = d.from
	}
	if d.topic != nil && !d.chat.hasTopics() {
		d.topic = nil // a reply to a message from the time when there were topics
	}
	m := &message{
		chat: d.chat, author: d.author, from: d.from, date: w.unix(), topic: d.topic, rare: d.rare(),
		auto: d.auto, protected: d.protected || d.chat.protected, silent: d.silent,
	}
	m.setContent(d.content)
	if p := d.content.Poll; p != nil && p.ID == "" {
		w.addPoll(p, m)
	}
	if m.author != nil && m.author.bot != nil {
		delete(w.drafts, m.chat) // the message itself takes its place
	}
	w.number(m)
	w.noteWritten(m)
	w.willDelete(m)
	w.deliverMessage(m)
	w.forwardToLinked(m)
	w.approached(m)
	return m
}

// rare is what the draft has of what few messages have.
func (d *draft) rare() *rare {
	if d.sender == nil && d.signature == "" && d.reply == nil && d.quote == nil && d.external == nil &&
		d.origin == nil && d.viaBot == nil && d.album == "" && d.markup == nil && d.keyboard == nil && d.effect == "" &&
		d.business == nil && d.part == (part{}) && !d.offline {
		return &nothingRare
	}
	r := &rare{
		sender: d.sender, signature: d.signature, reply: d.reply, quote: d.quote, external: d.external,
		origin: d.origin, viaBot: d.viaBot, album: d.album, markup: d.markup, keyboard: d.keyboard, effect: d.effect,
		business: d.business, part: d.part, offline: d.offline,
	}
	if d.topic == nil && d.reply != nil && d.chat.kind == supergroup {
		r.thread = cmp.Or(d.reply.topicID(), d.reply.thread, d.reply.id)
	}
	return r
}

// number gives the message its number, or numbers.
func (w *World) number(m *message) {
	c, keep := m.chat, w.opts.KeepMessages
	switch c.kind {
	case supergroup, channel:
		w.leaveOut(&c.box)
		m.id = c.box.add(m, keep)
	case privateChat:
		w.leaveOut(&c.peer.box)
		m.id = c.peer.box.add(m, keep)
		if c.byRequest && m.author == c.peer {
			w.contacted(c)
		}
		c.user.box.skip(keep) // nobody asks for it by the person's number
		c.remember(m, keep)
	case talkChat:
		own := m.own()
		for _, side := range []*account{c.user, c.peer} {
			own.ids = append(own.ids, ownID{side.id, side.box.add(m, keep)})
		}
		c.remember(m, keep)
	case basicGroup:
		for _, id := range c.roster {
			if mb := c.members[id]; mb.inside() {
				own := m.own()
				own.ids = append(own.ids, ownID{id, mb.who.box.add(m, keep)})
			}
		}
		c.remember(m, keep)
	default:
		panic("telegram: unknown chat kind")
	}
}

// leaveOut skips the next number if it is one that nobody gets.
func (w *World) leaveOut(b *box) {
	if n := w.knobs.SkipNumbers; n > 0 && (b.last()+1)%n == 0 {
		b.skip(w.opts.KeepMessages)
	}
}

// remember appends to the chat's own order; keep > 0 bounds it.
func (c *chat) remember(m *message, keep int) {
	c.log = append(c.log, m)
	if keep > 0 && len(c.log) >= 2*keep {
		c.log = slices.Clone(c.log[len(c.log)-keep:])
	}
}

// messageOf finds a message by the number that the account uses in that chat.
func (w *World) messageOf(a *account, c *chat, id int) *message {
	var m *message
	switch c.kind {
	case supergroup, channel:
		m = c.box.get(id)
	case privateChat:
		m = c.peer.box.get(id)
	case basicGroup, talkChat:
		m = a.box.get(id)
	default:
		panic("telegram: unknown chat kind")
	}
	if m == nil || m.deleted || m.chat != c {
		return nil
	}
	return m
}

// erase deletes a message for everybody.
func (w *World) erase(m *message) {
	m.deleted = true
	c := m.chat
	switch c.kind {
	case supergroup, channel:
		c.box.drop(m.id)
	case privateChat:
		c.peer.box.drop(m.id)
		c.forget(m)
	case basicGroup, talkChat:
		for _, own := range m.ids {
			w.accounts[own.account].box.drop(own.id)
		}
		c.forget(m)
	default:
		panic("telegram: unknown chat kind")
	}
	if at := slices.Index(c.pins, m); at >= 0 {
		c.pins = slices.Delete(c.pins, at, at+1)
	}
}

// forget takes a deleted message out of the chat's order.
func (c *chat) forget(m *message) {
	for i := len(c.log) - 1; i >= 0; i-- {
		if c.log[i] == m {
			c.log = slices.Delete(c.log, i, i+1)
			return
		}
	}
}

// newAlbum makes a media_group_id, a number as Telegram gives them.
func (w *World) newAlbum() string {
	w.nextAlbum += 1 + w.rnd.Int64N(1000)
	return itoa(w.nextAlbum)
}

// forwardToLinked copies a channel's post into its discussion group, as
// Telegram does by itself (Bot API server source).
func (w *World) forwardToLinked(m *message) {
	c := m.chat
	if c.kind != channel || c.linked == nil || m.service() {
		return
	}
	m.own().copy = w.post(draft{
		chat: c.linked, from: w.system(serviceAccount), sender: c, content: m.content(),
		origin: &origin{kind: "channel", chat: c, messageID: m.id, date: m.date, signature: m.signature},
		auto:   true, album: m.album,
	})
}
