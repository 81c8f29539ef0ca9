package telegram

import (
	"encoding/json"
	"slices"
)

// Shown is one message as a person sees it.
type Shown struct {
	ID        int      `json:"id"`
	Date      int64    `json:"date"`      // unix seconds
	Edited    int64    `json:"edited"`    // unix seconds, 0 = never
	Topic     int      `json:"topic"`     // thread id, 0 = General or no topics
	AuthorID  int64    `json:"author_id"` // account or chat in whose name it is shown
	Author    string   `json:"author"`    // the name above the message
	Bot       bool     `json:"bot"`       // the author is a bot
	Forwarded string   `json:"forwarded"` // the name after "Forwarded from", "" = not forwarded
	Kind      Kind     `json:"kind"`
	Text      string   `json:"text"` // or caption
	Entities  []Entity `json:"entities,omitempty"`
	Service   *Service `json:"-"`      // service messages
	Notice    string   `json:"notice"` // service messages: what they say
	FileID    string   `json:"file"`   // unique id of the file
	FileName  string   `json:"file_name"`
	Album     string   `json:"album"`
	ReplyTo   int      `json:"reply_to"`   // number in the same chat, 0 = none
	ReplyText string   `json:"reply_text"` // text of the message replied to, of whatever chat
	ReplyGone bool     `json:"reply_gone"` // the message replied to was deleted
	Replied   Content  `json:"-"`          // of the message replied to, of whatever chat
	Quote     string   `json:"quote"`
	Reactions []string `json:"reactions,omitempty"` // in the order in which they were given
	// MyReactions are those of the person who looks.
	MyReactions []string `json:"my_reactions,omitempty"`
	// MyVotes are the options of a poll for which the person has voted.
	MyVotes   []int      `json:"my_votes,omitempty"`
	Buttons   [][]Button `json:"buttons,omitempty"`
	Keyboard  *Keyboard  `json:"keyboard,omitempty"` // that the message put below the input field
	Pinned    bool       `json:"pinned"`
	Protected bool       `json:"protected"`
	Silent    bool       `json:"silent"` // it came without a sound
	// Via is the name of the bot through which it was sent, without @; "" = none.
	Via string `json:"via,omitempty"`
	// BusinessBot is the bot that sent it in the author's name; 0 = none.
	BusinessBot int64   `json:"business_bot,omitempty"`
	Content     Content `json:"-"`
}

// Button is one inline button.
type Button struct {
	Text string `json:"text"`
	Data string `json:"data,omitempty"`
	URL  string `json:"url,omitempty"`
	Copy string `json:"copy,omitempty"` // copied to the clipboard
}

// AllTopics makes View show a whole forum.
const AllTopics = -1

// View returns what the person sees in a chat, oldest first, deleted
// messages absent: one topic by its thread id, General with 0, or
// AllTopics. Chats without topics ignore topic. Nil if there is no such
// chat for that person.
func (w *World) View(person, chatID int64, topicID int) []Shown {
	return w.ViewPart(person, chatID, topicID, Part{}).Messages
}

// Message returns one message as the person sees it.
func (w *World) Message(person, chatID int64, id int) (Shown, bool) {
	a, m, err := w.find(person, chatID, id)
	if err != nil {
		return Shown{}, false
	}
	return w.show(a, m), true
}

func (m *message) topicID() int {
	if m.topic == nil {
		return 0
	}
	return m.topic.root
}

func (w *World) show(a *account, m *message) Shown {
	s := Shown{
		ID: m.idFor(a), Date: m.date, Edited: m.edit, Topic: m.topicID(), Kind: m.content().Kind,
		Text: m.content().Text, Entities: m.content().Entities, Service: m.content().Service, Album: m.album,
		Pinned: slices.Contains(m.chat.pins, m), Protected: m.protected, Silent: m.silent, Content: m.content(),
	}
	if m.keysOnly {
		s.Edited = 0
	}
	switch {
	case m.sender != nil:
		s.AuthorID, s.Author = m.sender.id, m.sender.title
	case m.from != nil:
		s.AuthorID, s.Author, s.Bot = m.from.id, m.from.seenAs(), m.from.isBot
	}
	if m.content().File != nil {
		s.FileID, s.FileName = fileRef{file: m.content().File}.uniqueID(), m.content().File.Name
	}
	if m.origin != nil {
		s.Forwarded = m.origin.shownName()
	}
	if m.viaBot != nil {
		s.Via = m.viaBot.username
	}
	if m.business != nil {
		s.BusinessBot = m.business.me.id
	}
	w.showReply(a, &s, m)
	for _, r := range m.reactions {
		s.Reactions = append(s.Reactions, r.emoji...)
		if r.who == m.chat.actsAs(a) {
			s.MyReactions = r.emoji
		}
	}
	s.Keyboard, s.Buttons = m.keyboard, shownButtons(m.markup)
	if p := m.content().Poll; p != nil {
		s.MyVotes = p.votes[a.id]
	}
	if m.service() {
		s.Notice = w.notice(m)
	}
	return s
}

// shownButtons are a message's inline buttons, by rows.
func shownButtons(markup json.RawMessage) [][]Button {
	var out [][]Button
	for _, row := range buttons(markup) {
		var line []Button
		for _, b := range row {
			line = append(line, b.shown())
		}
		out = append(out, line)
	}
	return out
}

func (w *World) showReply(a *account, s *Shown, m *message) {
	switch {
	case m.reply != nil && !m.reply.deleted:
		s.ReplyTo, s.Replied = m.reply.idFor(a), m.reply.content()
	case m.reply != nil:
		s.ReplyGone = true
	case m.external != nil:
		s.Replied = m.external.content()
	}
	s.ReplyText = s.Replied.Text
	if m.quote != nil {
		s.Quote = m.quote.text
	}
}

// shownName is the name after "Forwarded from".
func (o *origin) shownName() string {
	switch o.kind {
	case "user":
		return o.user.seenAs()
	case "hidden_user":
		return o.name
	case "chat", "channel":
		return o.chat.title
	default:
		panic("telegram: unknown origin " + o.kind)
	}
}

// ChatInfo is one line of a person's chat list.
type ChatInfo struct {
	ID      int64  `json:"id"` // as the person's other calls take it
	Kind    string `json:"kind"`
	Title   string `json:"title"`
	Forum   bool   `json:"forum"`   // it has topics
	Blocked bool   `json:"blocked"` // private chats: the person blocks the bot
	Members int    `json:"members"`
	// Status is the person's own standing in a group or channel, in the
	// words of the Bot API's ChatMember; "" in private chats.
	Status     string `json:"status"`
	Protected  bool   `json:"protected"`
	PublicName string `json:"public_name"` // @name of a group or channel, may be empty
	Messages   int    `json:"messages"`    // that the person sees, all but service messages
	Last       *Shown `json:"last,omitempty"`
}

// Chats lists the person's chats, ordered by id.
func (w *World) Chats(person int64) []ChatInfo {
	a := w.person(person)
	var out []ChatInfo
	for _, b := range w.tokens { // there are far fewer bots than private chats
		if c := w.private[privateKey{person, b.me.id}]; c != nil {
			out = append(out, w.chatInfo(a, c))
		}
	}
	for key, c := range w.talks {
		if key.user == person || key.bot == person {
			out = append(out, w.chatInfo(a, c))
		}
	}
	for _, c := range w.chats {
		if c.inside(a) && c.migratedTo == nil && !c.dead {
			out = append(out, w.chatInfo(a, c))
		}
	}
	slices.SortFunc(out, func(x, y ChatInfo) int { return int(min(max(x.ID-y.ID, -1), 1)) })
	return out
}

// Chat is the line of one chat in the person's list; false if it isn't there.
func (w *World) Chat(person, chatID int64) (ChatInfo, bool) {
	a := w.person(person)
	c := w.chatOf(a, chatID)
	if c == nil || c.kind != privateChat && (!c.inside(a) || c.migratedTo != nil || c.dead) {
		return ChatInfo{}, false
	}
	return w.chatInfo(a, c), true
}

func (w *World) chatInfo(a *account, c *chat) ChatInfo {
	i := ChatInfo{
		ID: c.idFor(a), Kind: c.kind.String(), Title: c.title, Forum: c.hasTopics(), Blocked: c.blocked, Members: c.count(),
		Protected: c.protected, PublicName: c.username,
	}
	if c.oneToOne() {
		i.Title, i.Members = c.other(a).name(), 2
	} else if m := c.standing(a); m != nil {
		i.Status = string(m.status)
	}
	var last *message
	for _, m := range c.seenBy(a, AllTopics) {
		last = m
		if !m.service() {
			i.Messages++
		}
	}
	if last != nil {
		s := w.show(a, last)
		i.Last = &s
	}
	return i
}

// TopicInfo is one topic of a forum.
type TopicInfo struct {
	ID     int    `json:"id"` // thread id; 0 = General
	Name   string `json:"name"`
	Color  int    `json:"color"`
	Icon   string `json:"icon"`  // custom emoji id, "" = none
	Emoji  string `json:"emoji"` // what the icon shows, "" = unknown or none
	Closed bool   `json:"closed"`
	Hidden bool   `json:"hidden"`
}

// Topics lists a forum's topics: General first, then in order of making.
func (w *World) Topics(chatID int64) []TopicInfo { return w.group(chatID).allTopics() }

// PrivateTopics lists the topics of a person's chat with a bot, in order of
// making; nil where there are none.
func (w *World) PrivateTopics(person, botID int64) []TopicInfo {
	c := w.private[privateKey{person, botID}]
	if c == nil {
		return nil
	}
	return c.allTopics()
}

func (c *chat) allTopics() []TopicInfo {
	var out []TopicInfo
	switch {
	case !c.hasTopics():
		return nil
	case c.forum:
		out = append(out, TopicInfo{Name: c.general.name, Closed: c.general.closed, Hidden: c.general.hidden})
	}
	for _, id := range c.order {
		t := c.topics[id]
		out = append(out, TopicInfo{t.root, t.name, t.color, t.icon, iconEmoji(t.icon), t.closed, false})
	}
	return out
}

// Topic returns one topic; false if it doesn't exist (any more).
func (w *World) Topic(chatID int64, topicID int) (TopicInfo, bool) {
	for _, t := range w.Topics(chatID) {
		if t.ID == topicID {
			return t, true
		}
	}
	return TopicInfo{}, false
}
