package telegram

import (
	"encoding/json"
	"slices"
)

// Part says which messages of a chat or topic to show; the zero value means all.
type Part struct {
	After  int // only those with a higher number
	Before int // only those with a lower number; 0 = no bound
	Limit  int // at most so many, the newest ones; 0 = no bound
	First  int // at most so many, the oldest ones; 0 = no bound
}

// Passage is a part of a chat or topic.
type Passage struct {
	Messages []Shown // oldest first
	Older    bool    // there are messages before them
	Newer    bool    // there are messages after them
}

// ViewPart is View for a part of the chat, at the price of that part.
func (w *World) ViewPart(person, chatID int64, topicID int, p Part) Passage {
	a := w.person(person)
	c := w.chatOf(a, chatID)
	if !c.readableBy(a) {
		return Passage{}
	}
	all := c.seenBy(a, topicID)
	from, to := 0, len(all)
	for from < to && all[from].idFor(a) <= p.After {
		from++
	}
	for p.Before > 0 && to > from && all[to-1].idFor(a) >= p.Before {
		to--
	}
	if p.First > 0 {
		to = min(to, from+p.First)
	}
	if p.Limit > 0 {
		from = max(from, to-p.Limit)
	}
	out := Passage{Older: from > 0, Newer: to < len(all)}
	for _, m := range all[from:to] {
		out.Messages = append(out.Messages, w.show(a, m))
	}
	return out
}

// Pins are the pinned messages that the person sees in a chat or topic, the
// one pinned last first.
func (w *World) Pins(person, chatID int64, topicID int) []Shown {
	a := w.person(person)
	c := w.chatOf(a, chatID)
	out := []Shown{}
	if !c.readableBy(a) {
		return out
	}
	for _, m := range slices.Backward(c.pins) {
		if c.shows(a, m, topicID) {
			out = append(out, w.show(a, m))
		}
	}
	return out
}

// readableBy says whether the account can read the chat: from inside, or a
// public one.
func (c *chat) readableBy(a *account) bool {
	return c != nil && (c.oneToOne() || c.inside(a) || c.username != "")
}

// seenBy are the messages that the account has, oldest first.
func (c *chat) seenBy(a *account, topicID int) []*message {
	return slices.DeleteFunc(c.messages(), func(m *message) bool { return !c.shows(a, m, topicID) })
}

// shows says whether the account has the message and it is of the topic.
func (c *chat) shows(a *account, m *message, topicID int) bool {
	return m.idFor(a) != 0 && (!c.hasTopics() || topicID == AllTopics || m.topicID() == topicID)
}

// TopicLine is one line of a person's list of topics.
type TopicLine struct {
	TopicInfo
	Pinned   int    `json:"pinned"`   // how many messages are pinned
	Messages int    `json:"messages"` // that the person sees, all but service messages
	Last     *Shown `json:"last,omitempty"`
}

// TopicLines is Topics, or PrivateTopics, with the last message of each that
// the person sees.
func (w *World) TopicLines(person, chatID int64) []TopicLine {
	a := w.person(person)
	c := w.chatOf(a, chatID)
	out := []TopicLine{}
	if c == nil {
		return out
	}
	at := map[int]int{}
	for i, t := range c.allTopics() {
		at[t.ID] = i
		out = append(out, TopicLine{TopicInfo: t})
	}
	last := make([]*message, len(out))
	if c.readableBy(a) {
		for _, m := range c.seenBy(a, AllTopics) {
			i, ok := at[m.topicID()]
			if !ok {
				continue
			}
			last[i] = m
			if !m.service() {
				out[i].Messages++
			}
		}
	}
	for i, m := range last {
		if m != nil {
			s := w.show(a, m)
			out[i].Last = &s
		}
	}
	for _, m := range c.pins {
		if i, ok := at[m.topicID()]; ok {
			out[i].Pinned++
		}
	}
	return out
}

// Copy is one message as one bot of its chat has it.
type Copy struct {
	Bot    int64           `json:"bot"`
	Name   string          `json:"name"`
	Object json.RawMessage `json:"object"` // a Message of the Bot API, as an update holds it
	// Told says whether the bot is sent updates about it: it isn't told of
	// its own messages, nor, in privacy mode, of most others.
	Told bool `json:"told"`
	// Waiting is the update about it that the bot hasn't taken yet; 0 = none.
	Waiting int `json:"waiting"`
}

// Copies shows a message as every bot of its chat has it.
func (w *World) Copies(person, chatID int64, id int) ([]Copy, error) {
	_, m, err := w.find(person, chatID, id)
	if err != nil {
		return nil, err
	}
	out := []Copy{}
	for _, b := range m.chat.listeners() {
		if m.idFor(b) == 0 {
			continue
		}
		out = append(out, Copy{
			Bot: b.id, Name: b.name(), Object: encode(w.messageFor(b, m, false)), Told: w.sees(b.bot, m),
			Waiting: w.waitingFor(b, m),
		})
	}
	return out, nil
}

// waitingFor is the id of the last update about m in the bot's queue, 0 = none.
func (w *World) waitingFor(b *account, m *message) int {
	for _, u := range slices.Backward(w.Peek(b.id, 0, maxQueued)) {
		var about struct {
			ID   int `json:"message_id"`
			Chat struct {
				ID int64 `json:"id"`
			} `json:"chat"`
		}
		switch u.Kind {
		case updMessage, updEdited, updPost, updEditedPost:
			if json.Unmarshal(u.Object, &about) == nil && about.ID == m.idFor(b) && about.Chat.ID == m.chat.idFor(b) {
				return u.ID
			}
		}
	}
	return 0
}
