//go:build mtproto

package mtproto

import (
	"strconv"

	"github.com/gotd/td/tg"

	"topicdesk/tenants"
)

// message translates a message, and names the one that it replies to, of which
// Telegram tells nothing more here. An empty message gives an empty one.
func (c cast) message(m tg.MessageClass) (out tenants.Message, asks tenants.MessageRef) {
	switch m := m.(type) {
	case *tg.Message:
		out = c.head(m.PeerID, m.FromID, m.ID, m.Date, m.Out, m.Post)
		c.answerTo(&out, m.ReplyTo)
		if m.EditDate != 0 && !m.EditHide {
			out.Edited = unixTime(m.EditDate)
		}
		out.Signature, out.Protected = m.PostAuthor, m.Noforwards
		if m.GroupedID != 0 {
			out.Album = strconv.FormatInt(m.GroupedID, 10)
		}
		if from, is := m.GetFwdFrom(); is {
			out.Forwarded = c.origin(from)
			out.AutoPost = autoPost(out, from)
		}
		if out.AutoPost {
			out.From = c.person(int64(tenants.TelegramService))
		}
		out.Content = content(m)
	case *tg.MessageService:
		out = c.head(m.PeerID, m.FromID, m.ID, m.Date, m.Out, m.Post)
		c.answerTo(&out, m.ReplyTo)
		out.Content = c.service(m.Action)
		if out.Content.Service == tenants.ServiceJoined && out.Content.People == nil {
			out.Content.People = []tenants.Person{out.From}
		}
		if out.Content.Service == tenants.ServiceTopicCreated {
			out.Thread, out.ReplyTo = tenants.ThreadID(m.ID), tenants.MessageRef{}
		}
	}
	return out, out.ReplyTo
}

// head is what every message has. Who writes as a chat is told by that chat
// alone; the Bot API names a bot of Telegram's for them, and so does this.
func (c cast) head(in, from tg.PeerClass, id, date int, own, post bool) tenants.Message {
	chat := peerChat(in)
	out := tenants.Message{Chat: c.chat(chat), ID: tenants.MessageID(id), Date: unixTime(date), Own: own}
	switch by := from.(type) {
	case nil:
		switch {
		case post:
			sender := c.chat(chat)
			out.Sender = &sender
		case own:
			out.From = c.person(c.me)
		default:
			out.From = c.person(int64(chat))
		}
	case *tg.PeerUser:
		out.From = c.person(by.UserID)
	default:
		sender := c.chat(peerChat(from))
		out.Sender = &sender
		switch {
		case post:
		case sender.ID == chat:
			out.From = tenants.Person{ID: tenants.AnonymousAdmin, Bot: true}
		default:
			out.From = tenants.Person{ID: tenants.ChannelSender, Bot: true}
		}
	}
	return out
}

// autoPost tells an automatic forward of a linked channel's post: it is the
// channel's own, and kept where it came from (TDLib source).
func autoPost(m tenants.Message, from tg.MessageFwdHeader) bool {
	return m.Sender != nil && m.Chat.Kind == tenants.Group && m.Sender.ID != m.Chat.ID &&
		from.SavedFromPeer != nil && peerChat(from.SavedFromPeer) == m.Sender.ID && from.SavedFromMsgID != 0
}

// answerTo reads the thread and the message that is replied to. In a topic every
// message replies to the topic's first, which means nothing; General is no thread.
func (c cast) answerTo(out *tenants.Message, header tg.MessageReplyHeaderClass) {
	h, is := header.(*tg.MessageReplyHeader)
	if !is {
		return
	}
	top := h.ReplyToTopID
	if top == 0 && h.ForumTopic {
		top = h.ReplyToMsgID
	}
	if h.ForumTopic && top != generalTopic {
		out.Thread = tenants.ThreadID(top)
	}
	if h.ReplyToMsgID == 0 || h.ReplyToPeerID != nil || h.ForumTopic && h.ReplyToMsgID == top {
		return
	}
	out.ReplyTo = tenants.MessageRef{Chat: out.Chat.ID, ID: tenants.MessageID(h.ReplyToMsgID)}
	if h.Quote {
		out.Quote = &tenants.Quote{Text: text(h.QuoteText, h.QuoteEntities), Position: h.QuoteOffset}
	}
}

// generalTopic is the id of a forum's General (core.telegram.org/api/forum).
const generalTopic = 1

// origin is the name that clients show above a forward.
func (c cast) origin(from tg.MessageFwdHeader) string {
	if from.FromID != nil {
		if name := c.title(from.FromID); name != "" {
			return name
		}
	}
	if from.FromName != "" {
		return from.FromName
	}
	return "?" // it is a forward, of whom is not told
}
