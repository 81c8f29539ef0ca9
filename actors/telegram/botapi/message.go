package botapi

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/mymmrac/telego"

	"topicdesk/tenants"
)

// decodeMessage translates a message as the bot self got it.
func decodeMessage(self tenants.UserID, raw []byte) (tenants.Message, error) {
	in, unread, err := readMessage(raw)
	if err != nil {
		return tenants.Message{}, err
	}
	out := tenants.Message{
		Chat:      chat(&in.Chat),
		ID:        tenants.MessageID(in.MessageID),
		Date:      unixTime(in.Date),
		Edited:    unixTime(in.EditDate),
		Thread:    thread(in.IsTopicMessage, int64(in.MessageThreadID)),
		From:      person(in.From),
		Signature: in.AuthorSignature,
		AutoPost:  in.IsAutomaticForward,
		Own:       in.From != nil && in.From.ID == int64(self),
		Album:     in.MediaGroupID,
		ReplyTo:   replyTo(in),
		Forwarded: origin(in.ForwardOrigin),
		Protected: in.HasProtectedContent,
	}
	if made := in.ReplyToMessage; out.Thread != 0 && made != nil && made.ForumTopicCreated != nil && made.MessageID == in.MessageThreadID {
		out.ThreadName = made.ForumTopicCreated.Name
	}
	out.ReplySlash = !out.ReplyTo.IsZero() && slashed(in.ReplyToMessage)
	if !out.ReplyTo.IsZero() {
		out.ReplyFrom = repliedPerson(in.ReplyToMessage)
	}
	if !out.ReplyTo.IsZero() && saves(in.Text) {
		out.Replied = replied(in.ReplyToMessage, raw)
	}
	if in.SenderChat != nil {
		sender := chat(in.SenderChat)
		out.Sender = &sender
	}
	if in.Quote != nil && !out.ReplyTo.IsZero() {
		out.Quote = &tenants.Quote{Text: text(in.Quote.Text, in.Quote.Entities), Position: in.Quote.Position}
	}
	out.Content = content(in)
	if out.Content.Kind == "" {
		out.Content = rare(in, raw, unread)
	}
	out.Content.Buttons = buttonTexts(in.ReplyMarkup)
	return out, nil
}

// readMessage decodes a message. Telegram is younger than any library: parts
// that telego can't decode are left out and named in unread, so that a new kind
// of origin or content doesn't lose the whole message.
func readMessage(raw []byte) (m *telego.Message, unread []string, err error) {
	m = new(telego.Message)
	if err = json.Unmarshal(raw, m); err != nil {
		m, unread, err = readParts(raw)
		if err != nil {
			return nil, nil, err
		}
	}
	if m.MessageID == 0 || m.Chat.ID == 0 {
		return nil, nil, errors.New("message without id or chat")
	}
	return m, unread, nil
}

func readParts(raw []byte) (m *telego.Message, unread []string, err error) {
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(raw, &parts); err != nil {
		return nil, nil, err
	}
	for _, key := range sortedKeys(parts) {
		alone, err := json.Marshal(map[string]json.RawMessage{key: parts[key]})
		if err != nil {
			return nil, nil, err
		}
		if json.Unmarshal(alone, new(telego.Message)) != nil {
			unread = append(unread, key)
			delete(parts, key)
		}
	}
	rest, err := json.Marshal(parts)
	if err != nil {
		return nil, nil, err
	}
	m = new(telego.Message)
	return m, unread, json.Unmarshal(rest, m)
}

// replyTo is the message of the same chat that is answered. Every message in a
// topic "replies" to the topic's first, which means nothing (captured updates);
// an answer to another chat's message comes as external_reply.
func replyTo(m *telego.Message) tenants.MessageRef {
	to := m.ReplyToMessage
	switch {
	case to == nil, to.MessageID == 0, to.ForumTopicCreated != nil:
		return tenants.MessageRef{}
	case m.IsTopicMessage && to.MessageID == m.MessageThreadID:
		return tenants.MessageRef{}
	default:
		return tenants.MessageRef{Chat: tenants.ChatID(m.Chat.ID), ID: tenants.MessageID(to.MessageID)}
	}
}

// repliedPerson is who wrote a message, if it is a person who wrote in their own name.
func repliedPerson(to *telego.Message) tenants.UserID {
	if to.From == nil || to.From.IsBot || to.SenderChat != nil {
		return 0
	}
	return tenants.UserID(to.From.ID)
}

// slashed tells that a person's message begins with a slash. Anonymous
// administrators write as a bot of Telegram's, in the name of a chat.
func slashed(m *telego.Message) bool {
	person := m.SenderChat != nil || m.From != nil && !m.From.IsBot
	return person && strings.HasPrefix(m.Text+m.Caption, "/")
}

// origin is the name that clients show above a forward.
func origin(o telego.MessageOrigin) string {
	switch o := o.(type) {
	case nil:
		return ""
	case *telego.MessageOriginUser:
		return person(&o.SenderUser).Name()
	case *telego.MessageOriginHiddenUser:
		return o.SenderUserName
	case *telego.MessageOriginChat:
		return o.SenderChat.Title
	case *telego.MessageOriginChannel:
		return o.Chat.Title
	default:
		panic("botapi: telego knows a new kind of message origin")
	}
}

func text(words string, in []telego.MessageEntity) tenants.Text {
	out := tenants.Text{Text: words}
	for _, e := range in {
		entity := tenants.Entity{
			Kind: e.Type, Offset: e.Offset, Length: e.Length, URL: e.URL, Language: e.Language,
			EmojiID: e.CustomEmojiID, UnixTime: e.UnixTime, Format: e.DateTimeFormat,
		}
		if e.User != nil {
			entity.User = tenants.UserID(e.User.ID)
		}
		out.Entities = append(out.Entities, entity)
	}
	return out
}

func buttonTexts(markup *telego.InlineKeyboardMarkup) (texts []string) {
	if markup == nil {
		return nil
	}
	for _, row := range markup.InlineKeyboard {
		for _, button := range row {
			texts = append(texts, button.Text)
		}
	}
	return texts
}
