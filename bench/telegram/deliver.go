package telegram

import (
	"slices"
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
	w.approached(m)
	if m.copy != nil && !m.copy.deleted {
		m.copy.setContent(m.content())
		m.copy.edit = m.edit
		w.tell(m.copy, updEdited)
	}
}

func (w *World) tell(m *message, kind string) {
	part := m.album
	if m.edit != 0 {
		part = "" // edits of an album come one by one anyhow
	}
	for _, a := range w.audience(m) {
		if w.sees(a.bot, m) {
			w.pushPart(a.bot, kind, w.messageFor(a, m, false), w.keepFor(m), m.chat.idFor(a), part)
		}
	}
}

// keepFor is how long an update about m lives: 24 hours from its date.
func (w *World) keepFor(m *message) time.Duration {
	return time.Duration(max(m.date, m.edit)-w.unix())*time.Second + keepDay
}

// listeners are the bots that take part in the chat.
func (c *chat) listeners() []*account {
	if c.kind == privateChat {
		return []*account{c.peer}
	}
	return c.bots
}

// audience are the bots that may be told of a message: those of its chat and,
// of its leaving, the bot that has left a supergroup (Bot API server source).
func (w *World) audience(m *message) []*account {
	all := m.chat.listeners()
	if m.chat.kind != supergroup || !m.service() {
		return all
	}
	gone := w.accounts[m.content().Service.LeftMember]
	if gone == nil || gone.bot == nil || slices.Contains(all, gone) {
		return all
	}
	return append(slices.Clone(all), gone)
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
	if mine := m.chat.standing(b.me); mine.admin() || mine != nil && mine.readsAll {
		return true
	}
	return w.addressee(m) == b.me
}

// fromRobot says whether a real bot, not one of Telegram's own, is the author.
func fromRobot(m *message) bool { return m.from != nil && m.from.bot != nil }

// toldToAuthor says whether a bot that causes this service message is told
// of it too.
func (s *Service) toldToAuthor() bool {
	return s.TopicCreated != nil || s.TopicEdited != nil || s.TopicClosed || s.TopicReopened ||
		s.GeneralHidden || s.GeneralShown || s.LeftMember != 0 || s.NewTitle != "" ||
		s.NewPhoto != nil || s.PhotoDeleted || s.Pinned != nil
}

// addressee is the one bot in privacy mode that receives a message (Telegram's
// page on it): that through which it was written, the one to which it replies,
// or whose command it holds; a command that names no bot is for the one that
// spoke last. nil = none does.
func (w *World) addressee(m *message) *account {
	if m.viaBot != nil {
		return m.viaBot
	}
	if m.reply != nil && !m.reply.service() {
		if fromRobot(m.reply) {
			return m.reply.from
		}
		if to := w.addressee(m.reply); to != nil {
			return to // a reply to what was meant for it
		}
	}
	c := m.content()
	for _, e := range c.Entities {
		if e.Type != "bot_command" {
			continue
		}
		_, name, named := strings.Cut(slice16(c.Text, e.Offset, e.Length), "@")
		for _, a := range m.chat.bots {
			if named && strings.EqualFold(name, a.username) || !named && a.bot.lastUsed[m.chat.id] {
				return a
			}
		}
	}
	return nil
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
