package botapi

import (
	"encoding/json"
	"strings"

	"github.com/mymmrac/telego"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// saves tells that a text may be a command that saves what it replies to: content is
// read for nothing else.
func saves(text string) bool {
	const command = "/say"
	text = strings.TrimSpace(text)
	return len(text) >= len(command) && strings.EqualFold(text[:len(command)], command)
}

// replied is the message that another one answers, which Telegram sends along whole,
// but for what that one answers itself (Bot API docs, Message.reply_to_message).
func replied(in *telego.Message, raw []byte) *tenants.Replied {
	out := &tenants.Replied{
		Content: content(in), Album: in.MediaGroupID, Shows: shows(in), Protected: in.HasProtectedContent,
	}
	if out.Content.Kind == "" {
		var whole struct {
			Replied json.RawMessage `json:"reply_to_message"`
		}
		if json.Unmarshal(raw, &whole) != nil {
			return nil
		}
		out.Content = rare(in, whole.Replied, nil)
	}
	return out
}

// shows is whose name a forward has above it: where the message itself was forwarded
// from, else who wrote it (Bot API docs, MessageOrigin). Who writes in the name of the
// group shows the group.
func shows(m *telego.Message) tenants.Shows {
	switch o := m.ForwardOrigin.(type) {
	case *telego.MessageOriginUser:
		return ofUser(&o.SenderUser)
	case *telego.MessageOriginHiddenUser:
		return tenants.ShowsPerson
	case *telego.MessageOriginChat, *telego.MessageOriginChannel:
		return tenants.ShowsChat
	}
	switch {
	case m.SenderChat != nil && m.SenderChat.ID != m.Chat.ID:
		return tenants.ShowsChat
	case m.SenderChat != nil || m.From == nil:
		return tenants.ShowsPerson
	default:
		return ofUser(m.From)
	}
}

func ofUser(u *telego.User) tenants.Shows {
	if u.IsBot {
		return tenants.ShowsBot
	}
	return tenants.ShowsPerson
}

// readSent reads a message that was sent, and, if it is to be read, the one to which it
// replies: Telegram returns it with that (Bot API docs, Message.reply_to_message).
func readSent(to telegram.To) func(json.RawMessage, *tenants.Outcome) error {
	if !to.Reads {
		return readMade
	}
	return func(result json.RawMessage, out *tenants.Outcome) error {
		var sent struct {
			Replied json.RawMessage `json:"reply_to_message"`
		}
		if json.Unmarshal(result, &sent) == nil && len(sent.Replied) > 0 {
			if m, unread, err := readMessage(sent.Replied); err == nil && len(unread) == 0 {
				c := content(m)
				out.Replied = &c
			}
		}
		return readMade(result, out)
	}
}
