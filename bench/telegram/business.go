package telegram

import (
	"encoding/base64"
	"slices"
	"time"
)

// BusinessRights are what a bot may do for a business account, with the names
// of the Bot API's BusinessBotRights, in the order in which the server writes
// them.
type BusinessRights struct {
	Reply                   bool `json:"can_reply,omitempty"`
	ReadMessages            bool `json:"can_read_messages,omitempty"`
	DeleteSentMessages      bool `json:"can_delete_sent_messages,omitempty"`
	DeleteAllMessages       bool `json:"can_delete_all_messages,omitempty"`
	EditName                bool `json:"can_edit_name,omitempty"`
	EditBio                 bool `json:"can_edit_bio,omitempty"`
	EditProfilePhoto        bool `json:"can_edit_profile_photo,omitempty"`
	EditUsername            bool `json:"can_edit_username,omitempty"`
	ViewGiftsAndStars       bool `json:"can_view_gifts_and_stars,omitempty"`
	ConvertGiftsToStars     bool `json:"can_convert_gifts_to_stars,omitempty"`
	ChangeGiftSettings      bool `json:"can_change_gift_settings,omitempty"`
	TransferAndUpgradeGifts bool `json:"can_transfer_and_upgrade_gifts,omitempty"`
	TransferStars           bool `json:"can_transfer_stars,omitempty"`
	ManageStories           bool `json:"can_manage_stories,omitempty"`
}

// Business is how a person lets a bot into the account.
type Business struct {
	Rights BusinessRights
	// Only names the people whose chats the bot gets; none = everybody's.
	Only []int64
	// Except names people whose chats the bot doesn't get.
	Except []int64
}

// connection is one bot in one person's account. It is never forgotten: a
// bot may still name one that was ended.
type connection struct {
	id      string
	owner   *account
	bot     *bot
	date    int64
	enabled bool
	Business
}

// connectionObject is a BusinessConnection; can_reply is no longer documented.
type connectionObject struct {
	ID         string          `json:"id"`
	User       *userObject     `json:"user"`
	UserChatID int64           `json:"user_chat_id"`
	Date       int64           `json:"date"`
	IsEnabled  bool            `json:"is_enabled"`
	CanReply   bool            `json:"can_reply"`
	Rights     *BusinessRights `json:"rights,omitempty"`
}

func (w *World) connectionObject(k *connection) connectionObject {
	o := connectionObject{
		ID: k.id, User: w.userObject(k.owner), UserChatID: k.owner.id, Date: k.date, IsEnabled: k.enabled,
	}
	if k.enabled {
		o.CanReply, o.Rights = k.Rights.Reply, &k.Rights
	}
	return o
}

// connect lets the bot into the account and tells it.
func (w *World) connect(owner *account, b *bot, how Business) *connection {
	var raw [20]byte
	for i := range raw {
		raw[i] = byte(w.rnd.Uint32())
	}
	k := &connection{
		id: base64.RawURLEncoding.EncodeToString(raw[:]), owner: owner, bot: b, date: w.unix(), enabled: true, Business: how,
	}
	w.connections[k.id], w.connected[owner.id] = k, k
	w.deliverConnection(k)
	return k
}

// disconnect ends a connection and tells the bot.
func (w *World) disconnect(k *connection) {
	k.enabled = false
	delete(w.connected, k.owner.id)
	w.deliverConnection(k)
}

// covers says whether the owner's chat with that person is the bot's business.
func (k *connection) covers(other *account) bool {
	return (len(k.Only) == 0 || slices.Contains(k.Only, other.id)) && !slices.Contains(k.Except, other.id)
}

// businessObject is a message as the bot of a connection receives it: with
// the owner's number, in the owner's chat with the other one.
func (w *World) businessObject(k *connection, m *message, nested bool) *messageObject {
	o := w.messageFor(k.bot.me, m, true)
	o.BusinessConnectionID, o.MessageID = k.id, m.idFor(k.owner)
	o.Chat = personChat(m.chat.other(k.owner))
	if m.business != nil {
		o.SenderBusinessBot = w.userObject(m.business.me)
	}
	if s := m.content().Service; s != nil && s.Pinned != nil && !s.Pinned.message.deleted {
		o.PinnedMessage = w.businessObject(k, s.Pinned.message, true)
	}
	w.businessChecklist(k, o, m)
	if !nested && m.reply != nil && !m.reply.deleted {
		o.ReplyToMessage = w.businessObject(k, m.reply, true)
	}
	if !nested {
		o.ReplyToTask, o.ReplyToOption = m.part.task, m.part.option
	}
	if m.external != nil && !nested {
		o.ExternalReply = w.externalReply(k.bot.me, m.external)
	}
	if m.quote != nil && !nested {
		o.Quote = &quoteObject{m.quote.text, w.entityObjects(m.quote.entities), m.quote.position, m.quote.manual}
	}
	return o
}

// businessChecklist shows the checklist that a service message is about.
func (w *World) businessChecklist(k *connection, o *messageObject, m *message) {
	s := m.content().Service
	switch {
	case s == nil:
	case s.TasksDone != nil && !s.TasksDone.message.deleted:
		o.ChecklistTasksDone.Message = w.businessObject(k, s.TasksDone.message, true)
	case s.TasksAdded != nil && !s.TasksAdded.message.deleted:
		o.ChecklistTasksAdded.Message = w.businessObject(k, s.TasksAdded.message, true)
	}
}

// Which lanes of webhooks business updates take (Bot API server source).
const (
	connectionLane = 10 * laneStep
	businessLane   = 11 * laneStep
)

func (w *World) deliverConnection(k *connection) {
	w.push(k.bot, updConnection, w.connectionObject(k), keepDay, k.owner.id+connectionLane)
}

// connectionsOf are the connections that see a chat between two people.
func (w *World) connectionsOf(c *chat) []*connection {
	if c.kind != talkChat {
		return nil
	}
	var out []*connection
	for _, owner := range []*account{c.user, c.peer} {
		if k := w.connected[owner.id]; k != nil && k.covers(c.other(owner)) {
			out = append(out, k)
		}
	}
	return out
}

// tellBusiness tells the bots of business accounts of a message of their
// owners' chats, but by, who did it.
func (w *World) tellBusiness(m *message, kind string, by *bot) {
	for _, k := range w.connectionsOf(m.chat) {
		if k.bot != by || w.knobs.BusinessEcho {
			w.push(k.bot, kind, w.businessObject(k, m, false), w.keepFor(m), m.chat.other(k.owner).id+businessLane)
		}
	}
}

// businessOf is the connection through which the message was sent, if it
// still stands.
func (w *World) businessOf(m *message) *connection {
	if m.business == nil {
		return nil
	}
	if k := w.connected[m.author.id]; k != nil && k.bot == m.business {
		return k
	}
	return nil
}

// deletedObject is a BusinessMessagesDeleted.
type deletedObject struct {
	ConnectionID string      `json:"business_connection_id"`
	Chat         *chatObject `json:"chat"`
	MessageIDs   []int       `json:"message_ids"`
}

// eraseBusiness deletes messages of one chat between people and tells their
// bots, but by, who did it.
func (w *World) eraseBusiness(c *chat, ms []*message, by *bot) {
	for _, m := range ms {
		w.erase(m)
	}
	for _, k := range w.connectionsOf(c) {
		if k.bot == by && !w.knobs.BusinessEcho {
			continue
		}
		other := c.other(k.owner)
		o := deletedObject{ConnectionID: k.id, Chat: personChat(other)}
		for _, m := range ms {
			o.MessageIDs = append(o.MessageIDs, m.idFor(k.owner))
		}
		w.push(k.bot, updBusinessDeleted, o, keepDay, other.id+businessLane)
	}
}

// businessDay is how long a chat stays open for the bot after the other
// side's last message (Bot API docs).
const businessDay = 24 * time.Hour

// wroteLately says whether the other side wrote within a day.
func (w *World) wroteLately(c *chat, other *account) bool {
	since := w.now.Add(-businessDay).Unix()
	for _, m := range slices.Backward(c.log) {
		switch {
		case m.date <= since:
			return false
		case m.author == other && !m.service():
			return true
		}
	}
	return false
}
