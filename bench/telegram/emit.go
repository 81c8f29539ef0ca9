package telegram

// Turning what the World knows into what one bot receives.

func (w *World) userObject(a *account) *userObject {
	return &userObject{
		ID: a.id, IsBot: a.isBot, FirstName: a.first, LastName: a.last,
		Username: a.username, LanguageCode: a.language, IsPremium: a.premium,
	}
}

func (w *World) users(ids []int64) []userObject {
	out := make([]userObject, len(ids))
	for i, id := range ids {
		out[i] = *w.userObject(w.accounts[id])
	}
	return out
}

// actor shows in whose name something was done: an account, a chat, or
// nobody (0).
func (w *World) actor(id int64) (*userObject, *chatObject) {
	switch {
	case id > 0:
		return w.userObject(w.accounts[id]), nil
	case id < 0:
		return nil, w.chatObject(w.group(id))
	default:
		return nil, nil
	}
}

func (w *World) chatObject(c *chat) *chatObject {
	switch c.kind {
	case privateChat:
		return personChat(c.user)
	case talkChat:
		return personChat(c.peer) // business updates choose the side themselves
	case basicGroup:
		o := &chatObject{ID: c.id, Title: c.title, Type: "group"}
		if w.knobs.UndocumentedFields {
			o.AllAdmins, o.Gifts = c.allAdmins(), &giftsObject{}
		}
		return o
	case supergroup:
		return &chatObject{ID: c.id, Title: c.title, Username: c.username, IsForum: c.forum, Type: "supergroup"}
	case channel:
		return &chatObject{ID: c.id, Title: c.title, Username: c.username, Type: "channel"}
	default:
		panic("telegram: unknown chat kind")
	}
}

// personChat is the private chat with a person.
func personChat(a *account) *chatObject {
	return &chatObject{ID: a.id, FirstName: &a.first, LastName: a.last, Username: a.username, Type: "private"}
}

func (w *World) entityObjects(es []Entity) []entityObject {
	if len(es) == 0 {
		return nil
	}
	out := make([]entityObject, len(es))
	for i, e := range es {
		out[i] = entityObject{
			Offset: e.Offset, Length: e.Length, Type: e.Type, URL: e.URL,
			Language: e.Language, CustomEmojiID: e.CustomEmojiID, UnixTime: e.UnixTime,
		}
		if e.Type == "date_time" {
			out[i].Format = &e.Format
		}
		if e.User != nil {
			if a := w.accounts[*e.User]; a != nil {
				out[i].User = w.userObject(a)
			}
		}
	}
	return out
}

// messageFor is a message as the bot b sees it; nested says that it stands
// inside another one, where replies are not shown again.
func (w *World) messageFor(b *account, m *message, nested bool) *messageObject {
	o := &messageObject{
		MessageID: m.idFor(b), AuthorSignature: m.signature, Chat: w.chatObject(m.chat),
		Date: m.date, EditDate: m.edit, MediaGroupID: m.album, ReplyMarkup: m.markup,
		HasProtectedContent: m.protected, IsTopicMessage: m.topic != nil, EffectID: m.effect, IsFromOffline: m.offline,
	}
	if m.from != nil {
		o.From = w.userObject(m.from)
	}
	if m.sender != nil {
		o.SenderChat = w.chatObject(m.sender)
	}
	o.SenderTag = m.chat.tagOf(m)
	if m.viaBot != nil {
		o.ViaBot = w.userObject(m.viaBot)
	}
	switch {
	case m.topic != nil:
		o.MessageThreadID = m.topic.root
	case m.thread != 0:
		o.MessageThreadID = m.thread
	}
	w.emitForward(o, m)
	if !nested {
		w.emitReply(b, o, m)
	}
	if m.service() {
		w.emitService(b, o, m, nested)
	} else {
		w.emitContent(b, o, m)
	}
	return o
}

// emitReply fills reply_to_message, external_reply and quote. A message of
// a forum's topic without a reply of its own replies to the topic's first
// message, one of a private chat's topic doesn't (Bot API server,
// get_implicit_reply_to_message_id).
func (w *World) emitReply(b *account, o *messageObject, m *message) {
	target := m.reply
	if target == nil && m.topic != nil && m != m.topic.first && m.chat.kind == supergroup {
		target = m.topic.first
	}
	if target != nil && !target.deleted && target.idFor(b) != 0 {
		o.ReplyToMessage = w.messageFor(b, target, true)
	}
	if m.external != nil {
		o.ExternalReply = w.externalReply(b, m.external)
	}
	o.ReplyToTask, o.ReplyToOption = m.part.task, m.part.option
	if m.quote != nil {
		o.Quote = &quoteObject{m.quote.text, w.entityObjects(m.quote.entities), m.quote.position, m.quote.manual}
	}
}

func (w *World) externalReply(b *account, m *message) *externalObject {
	o := &externalObject{Origin: w.originObject(originOf(m)), mediaObjects: m.content().media(b.id)}
	if m.chat.kind == supergroup || m.chat.kind == channel {
		o.Chat, o.MessageID = w.chatObject(m.chat), m.id
	}
	c := m.content()
	o.LinkPreviewOptions = c.preview
	if o.LivePhoto != nil {
		o.Photo = nil // beside a message's own live photo it is written too
	}
	o.HasMediaSpoiler, o.Contact, o.Dice, o.Location, o.Venue = c.Spoiler, c.Contact, c.Dice, w.placeOf(m), c.Venue
	if c.Poll != nil {
		o.Poll = w.pollObject(b, c.Poll, true)
	}
	if c.Checklist != nil {
		o.Checklist = w.checklistObject(c.Checklist)
	}
	return o
}

// originOf is what a forward of m says about where it came from.
func originOf(m *message) *origin {
	switch {
	case m.origin != nil:
		return m.origin
	case m.chat.kind == channel:
		return &origin{kind: "channel", chat: m.chat, messageID: m.id, signature: m.signature, date: m.date}
	case m.sender != nil:
		return &origin{kind: "chat", chat: m.sender, signature: m.signature, date: m.date}
	case m.from.hidesForwards:
		return &origin{kind: "hidden_user", name: m.from.name(), date: m.date}
	default:
		return &origin{kind: "user", user: m.from, date: m.date}
	}
}

func (w *World) originObject(f *origin) *originObject {
	o := &originObject{Type: f.kind, SenderUserName: f.name, AuthorSignature: f.signature, Date: f.date}
	switch f.kind {
	case "user":
		o.SenderUser = w.userObject(f.user)
	case "hidden_user":
	case "chat":
		o.SenderChat = w.chatObject(f.chat)
	case "channel":
		o.Chat, o.MessageID = w.chatObject(f.chat), f.messageID
	default:
		panic("telegram: unknown origin " + f.kind)
	}
	return o
}

// emitForward fills forward_origin and the older fields beside it.
func (w *World) emitForward(o *messageObject, m *message) {
	f := m.origin
	if f == nil {
		return
	}
	o.ForwardOrigin, o.IsAutomaticForward = w.originObject(f), m.auto
	o.ForwardDate, o.ForwardSignature, o.ForwardSenderName = f.date, f.signature, f.name
	o.ForwardFrom = o.ForwardOrigin.SenderUser
	o.ForwardFromChat, o.ForwardFromMessageID = o.ForwardOrigin.Chat, f.messageID
	if f.kind == "chat" {
		o.ForwardFromChat = o.ForwardOrigin.SenderChat
	}
}

func (w *World) emitContent(b *account, o *messageObject, m *message) {
	c := m.content()
	if c.Kind == KindText {
		o.Text, o.Entities, o.LinkPreviewOptions = &c.Text, w.entityObjects(c.Entities), c.preview
		return
	}
	o.mediaObjects = c.media(b.id)
	if c.Kind.hasCaption() && c.Text != "" {
		o.Caption, o.CaptionEntities = c.Text, w.entityObjects(c.Entities)
		o.ShowCaptionAboveMedia = c.Above
	}
	o.HasMediaSpoiler = c.Spoiler
	o.Contact, o.Dice, o.Location = c.Contact, c.Dice, w.placeOf(m)
	if c.Venue != nil {
		o.Venue, o.Location = c.Venue, &c.Venue.Location
	}
	if c.Poll != nil {
		o.Poll = w.pollObject(b, c.Poll, true)
	}
	if c.Checklist != nil {
		o.Checklist = w.checklistObject(c.Checklist)
	}
	o.rareObjects = c.rare()
}
