package telegram

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Acting as people. Chats are named as that person's Telegram names them:
// a private chat by the other's id, a group or channel by its own. Message
// numbers in private chats with bots are the bot's, with people and in basic
// groups the person's own.

// ErrNoSuchMessage is returned for messages that are not there (any more).
var ErrNoSuchMessage = errors.New("telegram: no such message")

// ErrNotAllowed is returned where a person's Telegram would offer no such action.
var ErrNotAllowed = errors.New("telegram: not allowed")

// Post is a message that a person sends.
type Post struct {
	Content
	Topic     int    // thread id; 0 = General, or no topics
	ReplyTo   int    // 0 = none
	ReplyIn   int64  // chat of ReplyTo; 0 = the same chat
	Quote     string // a part of the message replied to; "" = all of it
	Task      int    // the task of the checklist replied to; 0 = all of it
	Option    string // the persistent id of an answer of the poll replied to; "" = all of it
	Scheduled bool   // it was written before and sends itself now
	Anonymous bool   // as the group, by an anonymous administrator
	AsChannel int64  // in the name of a channel that the person owns; 0 = no
	Protected bool
}

// Send sends one message and returns its number.
func (w *World) Send(person, chatID int64, p Post) (int, error) {
	ids, err := w.SendAll(person, chatID, []Post{p})
	if err != nil {
		return 0, err
	}
	return ids[0], nil
}

// Say sends a plain text: to a topic, or with topic 0 to General or a chat
// without topics.
func (w *World) Say(person, chatID int64, topic int, text string) (int, error) {
	return w.Send(person, chatID, Post{Content: TextOf(text), Topic: topic})
}

// SendAlbum sends 2 to 10 photos and videos, or documents, or audios as one
// album. Topic, reply and sender are those of the first item.
func (w *World) SendAlbum(person, chatID int64, items []Post) ([]int, error) {
	if len(items) < 2 || len(items) > maxAlbum {
		return nil, fmt.Errorf("send album of %d: %w", len(items), ErrNotAllowed)
	}
	contents := make([]Content, len(items))
	for i := range items {
		contents[i] = items[i].Content
	}
	if bad := checkMix(contents); bad != nil {
		return nil, bad
	}
	return w.SendAll(person, chatID, items)
}

// SendAll sends items as one album if they are more than one.
func (w *World) SendAll(person, chatID int64, items []Post) ([]int, error) {
	d, err := w.personDraft(person, chatID, items[0])
	if err != nil {
		return nil, err
	}
	if len(items) > 1 {
		d.album = w.newAlbum()
	}
	ids := make([]int, len(items))
	for i, p := range items {
		d.content = w.completed(p.Content)
		if d.content.late != nil || d.content.Poll != nil || d.content.Location != nil {
			if bad := d.content.fault(d.chat); bad != nil {
				return nil, bad
			}
		}
		if bad := w.maySend(d.chat, d.author, d.topic, d.content.Kind); bad != nil {
			return nil, bad
		}
		m := w.post(d)
		ids[i] = m.idFor(d.author)
		w.note(LogEntry{Event: EventPosted, Chat: m.chat.id, Messages: []int{m.id}})
	}
	return ids, nil
}

// completed stores a file that wasn't stored, finds entities, and throws dice.
func (w *World) completed(c Content) Content {
	c.File, c.Live, c.Cover = w.stored(c.File), w.stored(c.Live), w.stored(c.Cover)
	if c.Paid != nil {
		bought := *c.Paid
		bought.Media = slices.Clone(bought.Media)
		for i := range bought.Media {
			bought.Media[i] = w.completed(bought.Media[i])
		}
		c.Paid = &bought
	}
	if c.Text != "" {
		c.Text, c.Entities, c.late = tidy(c.Text, c.Entities)
		c.Entities = arrange(limited(c.Entities), found(c.Text))
	}
	if c.Dice != nil && c.Dice.Value == 0 {
		d := *c.Dice
		d.Value = w.throw(d.Emoji)
		c.Dice = &d
	}
	return c
}

// stored is the file as it is kept, nil stays nil.
func (w *World) stored(f *File) *File {
	if f == nil || f.num != 0 {
		return f
	}
	return w.NewFile(*f)
}

// personDraft checks that the person may write there and prepares the rest.
func (w *World) personDraft(person, chatID int64, p Post) (draft, error) {
	a := w.person(person)
	c, err := w.openChat(a, chatID)
	if err != nil {
		return draft{}, err
	}
	d := draft{chat: c, author: a, from: a, protected: p.Protected, offline: p.Scheduled}
	if p.Topic != 0 && p.Topic != generalID {
		if d.topic = c.topicOf(p.Topic); d.topic == nil || !c.hasTopics() {
			return draft{}, fail(topicInvalid)
		}
	}
	if err := w.personReply(a, &d, p); err != nil {
		return draft{}, err
	}
	if wait := w.slowWait(c, a); wait > 0 {
		return draft{}, fmt.Errorf("write in slow mode again within %v: %w", wait, ErrNotAllowed)
	}
	return d, w.disguise(a, &d, p)
}

// openToComments says whether somebody outside may write: in a channel's
// discussion group, unless he was banned there.
func (c *chat) openToComments(a *account) bool {
	return c.linked != nil && c.kind == supergroup && c.past(a).status != statusKicked
}

// openChat finds a chat in which the person can write; writing to a bot for
// the first time starts it.
func (w *World) openChat(a *account, chatID int64) (*chat, error) {
	if peer := w.accounts[chatID]; peer != nil && peer.bot != nil {
		c := w.privateOf(a, peer)
		if c.blocked {
			return nil, fmt.Errorf("write to a blocked bot: %w", ErrNotAllowed)
		}
		c.met = true
		return c, nil
	}
	if peer := w.accounts[chatID]; peer != nil && peer != a && !a.isBot {
		return w.talk(a, peer), nil
	}
	c := w.chats[chatID]
	switch {
	case c == nil:
		return nil, fail(chatNotFound)
	case !c.inside(a) && !c.openToComments(a), c.migratedTo != nil, c.dead:
		return nil, fmt.Errorf("write from outside the chat: %w", ErrNotAllowed)
	}
	return c, nil
}

func (w *World) personReply(a *account, d *draft, p Post) error {
	if p.ReplyTo == 0 {
		return nil
	}
	from := d.chat
	if p.ReplyIn != 0 {
		if from = w.chatOf(a, p.ReplyIn); from == nil {
			return fail(chatNotFound)
		}
	}
	m := w.messageOf(a, from, p.ReplyTo)
	if m == nil {
		return fmt.Errorf("reply to %d: %w", p.ReplyTo, ErrNoSuchMessage)
	}
	if from != d.chat || d.chat.hasTopics() && m.topic != d.topic {
		d.external = m
	} else {
		d.reply = m
	}
	d.part = part{p.Task, p.Option}.of(m)
	if p.Quote != "" {
		q, err := quoteOf(m, p.Quote)
		if err != nil {
			return err
		}
		d.quote = q
	}
	return nil
}

// disguise makes the message come from the group or from a channel.
func (w *World) disguise(a *account, d *draft, p Post) error {
	m := d.chat.standing(a)
	switch {
	case d.chat.kind == channel:
		d.from, d.sender, d.signature = nil, d.chat, d.chat.signature(a)
	case p.AsChannel != 0:
		as := w.chats[p.AsChannel]
		_, banned := d.chat.banned[p.AsChannel]
		if as == nil || !as.standing(a).admin() || banned {
			return fmt.Errorf("write as channel %d: %w", p.AsChannel, ErrNotAllowed)
		}
		d.from, d.sender = w.system(channelBot), as
	case p.Anonymous || m.admin() && m.rights.Anonymous:
		if !m.admin() {
			return fmt.Errorf("write anonymously: %w", ErrNotAllowed)
		}
		d.from, d.sender, d.signature = w.system(groupAnonymousBot), d.chat, m.title
	}
	return nil
}

// Start presses the bot's Start button, with the payload of a link or none.
func (w *World) Start(person, botID int64, payload string) (int, error) {
	text := "/start"
	if payload != "" {
		text += " " + payload
	}
	return w.Say(person, botID, 0, text)
}

// Forward forwards messages into another chat, keeping albums.
func (w *World) Forward(person, chatID int64, topic int, from int64, ids ...int) ([]int, error) {
	d, err := w.personDraft(person, chatID, Post{Topic: topic})
	if err != nil {
		return nil, err
	}
	src := w.chatOf(d.author, from)
	if src == nil {
		return nil, fail(chatNotFound)
	}
	albums := map[string]string{}
	var out []int
	for _, id := range ids {
		m := w.messageOf(d.author, src, id)
		if m == nil {
			return nil, fmt.Errorf("forward %d: %w", id, ErrNoSuchMessage)
		}
		if !forwardable(m) {
			return nil, fail(cantForward)
		}
		if bad := w.maySend(d.chat, d.author, d.topic, m.content().Kind); bad != nil {
			return nil, bad
		}
		next := d
		next.content = m.content()
		if m.album != "" && albums[m.album] == "" {
			albums[m.album] = w.newAlbum()
		}
		next.album = albums[m.album]
		out = append(out, w.forward(next, m).idFor(d.author))
	}
	return out, nil
}

// find is a message that the person can see.
func (w *World) find(person, chatID int64, id int) (*account, *message, error) {
	a := w.person(person)
	c := w.chatOf(a, chatID)
	if c == nil {
		return nil, nil, fail(chatNotFound)
	}
	m := w.messageOf(a, c, id)
	if m == nil {
		return nil, nil, fmt.Errorf("message %d: %w", id, ErrNoSuchMessage)
	}
	return a, m, nil
}

// Edit replaces the text, caption or media of the person's own message.
func (w *World) Edit(person, chatID int64, id int, content Content) error {
	a, m, err := w.find(person, chatID, id)
	if err != nil {
		return err
	}
	if m.author != a || m.service() || m.origin != nil || m.viaBot != nil {
		return fmt.Errorf("edit %d: %w", id, ErrNotAllowed)
	}
	if content = w.completed(content); content.late != nil {
		return content.late
	}
	if reflect.DeepEqual(content, m.content()) {
		return nil // Telegram's apps send no such edit, and bots would not be told
	}
	m.setContent(content)
	m.edit = w.unix()
	w.deliverEdit(m)
	return nil
}

// Touch has bots told of a message as edited although nothing of it changed, as
// Telegram does after reactions, votes and previews: its edit_date stays, or is
// not there (TDLib source: each updateEditMessage becomes an edited_message; bots
// have seen it with reactions).
func (w *World) Touch(person, chatID int64, id int) error {
	_, m, err := w.find(person, chatID, id)
	if err != nil {
		return err
	}
	w.deliverEdit(m)
	return nil
}

// Delete deletes messages for everybody: the person's own, any in a
// private chat, and in groups any for administrators with the right. Bots
// are not told.
func (w *World) Delete(person, chatID int64, ids ...int) error {
	var gone []*message
	for _, id := range ids {
		a, m, err := w.find(person, chatID, id)
		if err != nil {
			return err
		}
		if m.chat.kind == talkChat {
			gone = append(gone, m)
			continue
		}
		admin := m.chat.standing(a).can(func(r Rights) bool { return r.DeleteMessages })
		if m.author != a && m.chat.kind != privateChat && !admin || m.undeletable() {
			return fmt.Errorf("delete %d: %w", id, ErrNotAllowed)
		}
		w.erase(m)
	}
	if len(gone) > 0 {
		w.eraseBusiness(gone[0].chat, gone, nil)
	}
	return nil
}

// React sets the person's reactions to a message; none removes them. A custom
// emoji is named by its number.
func (w *World) React(person, chatID int64, id int, emoji ...string) error {
	a, m, err := w.find(person, chatID, id)
	if err != nil {
		return err
	}
	old := m.react(m.chat.actsAs(a), emoji)
	w.deliverReaction(m, a, old, emoji)
	return nil
}

// Pin pins a message, with the service message that tells so.
func (w *World) Pin(person, chatID int64, id int) error {
	a, m, err := w.find(person, chatID, id)
	if err != nil {
		return err
	}
	if !w.mayPin(m.chat, a) {
		return fail(noRightPin)
	}
	w.pin(a, m, false)
	return nil
}

// Unpin unpins a message. Nobody is told.
func (w *World) Unpin(person, chatID int64, id int) error {
	a, m, err := w.find(person, chatID, id)
	if err != nil {
		return err
	}
	if !w.mayPin(m.chat, a) {
		return fail(noRightPin)
	}
	m.chat.unpin(m)
	return nil
}

// quoteOf finds the quoted part of a message.
func quoteOf(m *message, text string) (*quote, error) {
	at := strings.Index(m.content().Text, text)
	if at < 0 {
		return nil, fail(quoteInvalid)
	}
	return &quote{text: text, position: utf16Len(m.content().Text[:at]), manual: true}, nil
}
