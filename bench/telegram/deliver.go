package telegram

import (
	"strings"
	"time"
)

// Which bot is told what.

// laneStep separates the kinds of webhook queues (Bot API server source).
const laneStep = int64(1) << 33

// deliverMessage tells every bot of the chat about a new message.
func (w *World) deliverMessage(m *message) {
	kind := updMessage
	switch m.chat.kind {
	case channel:
		kind = updPost
	case talkChat:
		w.tellBusiness(m, updBusinessMessage, m.business)
		return
	}
	w.tell(m, kind)
	w.spokeLast(m)
}

// deliverEdit tells every bot of the chat about an edit.
func (w *World) deliverEdit(m *message) {
	kind := updEdited
	switch m.chat.kind {
	case channel:
		kind = updEditedPost
	case talkChat:
		w.tellBusiness(m, updBusinessEdited, nil)
		return
	}
	w.tell(m, kind)
}

func (w *World) tell(m *message, kind string) {
	part := m.album
	if m.edit != 0 {
		part = "" // edits of an album come one by one anyhow
	}
	for _, a := range m.chat.listeners() {
		if w.sees(a.bot, m) {
			w.pushPart(a.bot, kind, w.messageFor(a, m, false), w.keepFor(m), m.chat.idFor(a), part)
		}
	}
}

// keepFor is how long an update about m lives: 24 hours from its date.
func (w *World) keepFor(m *message) time.Duration {
	return time.Unix(max(m.date, m.edit), 0).Add(keepDay).Sub(w.now)
}

// listeners are the bots that take part in the chat.
func (c *chat) listeners() []*account {
	if c.kind == privateChat {
		return []*account{c.peer}
	}
	return c.bots
}

// sees says whether the bot receives the message (Bot API server,
// need_skip_update_message, and Telegram's page on privacy mode).
func (w *World) sees(b *bot, m *message) bool {
	mine := m.author == b.me
	switch {
	case m.service():
		return (!mine || m.content().Service.toldToAuthor()) && (mine || w.knobs.ServiceOfOtherBots || !fromRobot(m))
	case mine:
		return false
	case m.chat.kind == privateChat || m.chat.kind == channel:
		return true
	case m.from != nil && m.from.bot != nil && m.sender == nil:
		return false // bots don't see bots
	}
	if !b.privacy || m.chat.standing(b.me).admin() {
		return true
	}
	return w.meantFor(b, m)
}

// fromRobot says whether a real bot, not one of Telegram's own, is the author.
func fromRobot(m *message) bool { return m.from != nil && m.from.bot != nil }

// toldToAuthor says whether a bot that causes this service message is told
// of it too.
func (s *Service) toldToAuthor() bool {
	return s.TopicCreated != nil || s.TopicEdited != nil || s.TopicClosed || s.TopicReopened ||
		s.GeneralHidden || s.GeneralShown || s.LeftMember != 0 || s.NewTitle != "" || s.Pinned != nil
}

// meantFor is privacy mode: commands for this bot, commands for nobody in
// particular if it spoke last, and replies to it.
func (w *World) meantFor(b *bot, m *message) bool {
	if m.viaBot == b.me || m.reply != nil && m.reply.from == b.me {
		return true
	}
	if m.reply != nil && fromRobot(m.reply) {
		return false
	}
	for _, e := range m.content().Entities {
		if e.Type != "bot_command" {
			continue
		}
		command := slice16(m.content().Text, e.Offset, e.Length)
		_, name, named := strings.Cut(command, "@")
		if named && strings.EqualFold(name, b.me.username) {
			return true
		}
		if !named && b.lastUsed[m.chat.id] {
			return true
		}
	}
	return false
}

// spokeLast remembers which bot wrote last in a group.
func (w *World) spokeLast(m *message) {
	if m.from == nil || m.from.bot == nil || m.service() || m.chat.kind == privateChat {
		return
	}
	for _, a := range m.chat.bots {
		delete(a.bot.lastUsed, m.chat.id)
	}
	if m.from.bot.lastUsed == nil {
		m.from.bot.lastUsed = map[int64]bool{}
	}
	m.from.bot.lastUsed[m.chat.id] = true
}

// memberUpdated is a change of a standing as the server writes it.
type memberUpdated struct {
	Chat *chatObject `json:"chat"`
	From *userObject `json:"from"`
	Date int64       `json:"date"`
	Old  any         `json:"old_chat_member"`
	New  any         `json:"new_chat_member"`
}

// deliverMember tells the bot itself (my_chat_member), or the chat's
// administrator bots (chat_member), that a standing changed.
func (w *World) deliverMember(c *chat, by *account, old, now *member) {
	who := now.who
	event := memberUpdated{Chat: w.chatObject(c), From: w.userObject(by), Date: w.unix()}
	if who.bot != nil {
		event.Old, event.New = w.memberObject(who, c, old), w.memberObject(who, c, now)
		w.push(who.bot, updMyMember, event, keepDay, c.idFor(who)+5*laneStep)
	}
	if c.kind == privateChat {
		return
	}
	for _, a := range c.bots {
		if a != who && c.standing(a).admin() {
			event.Old, event.New = w.memberObject(a, c, old), w.memberObject(a, c, now)
			w.push(a.bot, updMember, event, keepDay, by.id+6*laneStep)
		}
	}
}

type reactionUpdated struct {
	Chat      *chatObject      `json:"chat"`
	MessageID int              `json:"message_id"`
	User      *userObject      `json:"user,omitempty"`
	ActorChat *chatObject      `json:"actor_chat,omitempty"`
	Date      int64            `json:"date"`
	Old       []reactionObject `json:"old_reaction"`
	New       []reactionObject `json:"new_reaction"`
}

type reactionObject struct {
	Type  string `json:"type"`
	Emoji string `json:"emoji"`
}

func reactionObjects(emoji []string) []reactionObject {
	out := make([]reactionObject, len(emoji))
	for i, e := range emoji {
		out[i] = reactionObject{"emoji", e}
	}
	return out
}

// deliverReaction tells bots of a person's reaction: in groups only
// administrators; bots' own reactions are told to nobody.
func (w *World) deliverReaction(m *message, by *account, old, now []string) {
	for _, a := range m.chat.listeners() {
		if m.chat.kind != privateChat && !m.chat.standing(a).admin() {
			continue
		}
		event := reactionUpdated{
			Chat: w.chatObject(m.chat), MessageID: m.idFor(a), User: w.userObject(by), Date: w.unix(),
			Old: reactionObjects(old), New: reactionObjects(now),
		}
		w.push(a.bot, updReaction, event, keepDay, m.chat.idFor(a)+8*laneStep)
	}
}
