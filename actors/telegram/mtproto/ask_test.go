//go:build mtproto

package mtproto_test

import (
	"context"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"

	"topicdesk/tenants"
)

// vector is an answer that is a list.
type vector[T bin.Encoder] []T

func (v vector[T]) Encode(b *bin.Buffer) error {
	b.PutVectorHeader(len(v))
	for _, one := range v {
		if err := one.Encode(b); err != nil {
			return err
		}
	}
	return nil
}

func (c *centre) getUsers(in *tg.UsersGetUsersRequest) (bin.Encoder, error) {
	var out vector[tg.UserClass]
	for _, one := range in.ID {
		switch user := one.(type) {
		case *tg.InputUserSelf:
			out = append(out, c.userObject(c.login))
		case *tg.InputUser:
			if id := tenants.UserID(user.UserID); id == c.client || id == c.operator {
				out = append(out, c.userObject(id))
			}
		}
	}
	return out, nil
}

func (c *centre) getChats(in *tg.MessagesGetChatsRequest) (bin.Encoder, error) {
	out := &tg.MessagesChats{}
	for _, id := range in.ID {
		if tenants.ChatID(-id) != c.group.Chat {
			return nil, tgerr.New(400, "CHAT_ID_INVALID")
		}
		out.Chats = append(out.Chats, c.chatObject(c.group.Chat))
	}
	return out, nil
}

func (c *centre) getChannels(in *tg.ChannelsGetChannelsRequest) (bin.Encoder, error) {
	out := &tg.MessagesChats{}
	for _, one := range in.ID {
		id, err := c.channelAt(one)
		switch {
		case c.knobs.mute:
			return nil, tgerr.New(500, "RPC_CALL_FAIL")
		case c.knobs.forbidden && tgerr.Is(err, "CHANNEL_PRIVATE"):
			id = one.(*tg.InputChannel).ChannelID
		case err != nil:
			return nil, err
		}
		out.Chats = append(out.Chats, c.chatObject(channelChat(id)))
	}
	return out, nil
}

func (c *centre) getFullChannel(in *tg.ChannelsGetFullChannelRequest) (bin.Encoder, error) {
	id, err := c.channelAt(in.Channel)
	if err != nil {
		return nil, err
	}
	members, err := c.bot.Members(context.Background(), channelChat(id))
	full := &tg.ChannelFull{ID: id, ChatPhoto: &tg.PhotoEmpty{}}
	full.SetParticipantsCount(members)
	return &tg.MessagesChatFull{FullChat: full, Chats: c.chatObjects(), Users: c.userObjects()}, err
}

// getParticipant knows the owner of a channel, and nobody else.
func (c *centre) getParticipant(in *tg.ChannelsGetParticipantRequest) (bin.Encoder, error) {
	if _, err := c.channelAt(in.Channel); err != nil {
		return nil, err
	}
	who, is := in.Participant.(*tg.InputPeerUser)
	if !is || tenants.UserID(who.UserID) != c.operator {
		return nil, tgerr.New(400, "USER_NOT_PARTICIPANT")
	}
	return &tg.ChannelsChannelParticipant{
		Participant: &tg.ChannelParticipantCreator{UserID: who.UserID}, Users: c.userObjects(), Chats: c.chatObjects(),
	}, nil
}

func (c *centre) getMessages(in *tg.MessagesGetMessagesRequest) (bin.Encoder, error) {
	return c.found([]tenants.ChatID{tenants.ChatID(c.client), c.group.Chat}, in.ID), nil
}

func (c *centre) getChannelMessages(in *tg.ChannelsGetMessagesRequest) (bin.Encoder, error) {
	id, err := c.channelAt(in.Channel)
	if err != nil {
		return nil, err
	}
	return c.found([]tenants.ChatID{channelChat(id)}, in.ID), nil
}

// found are messages by their numbers, an empty one for each that is not there.
// The bot is not told who it is itself.
func (c *centre) found(in []tenants.ChatID, ids []tg.InputMessageClass) *tg.MessagesMessages {
	out := &tg.MessagesMessages{Users: c.userObjects()[1:], Chats: c.chatObjects()}
	for _, one := range ids {
		id := one.(*tg.InputMessageID).ID
		var message tg.MessageClass = &tg.MessageEmpty{ID: id}
		for _, chat := range in {
			if m, there := c.read(chat, tenants.MessageID(id)); there {
				message = c.messageObject(m)
			}
		}
		out.Messages = append(out.Messages, message)
	}
	return out
}

// read is a message of a chat.
func (c *centre) read(chat tenants.ChatID, id tenants.MessageID) (tenants.Message, bool) {
	for _, m := range c.telegram.Read(c.at(chat)) {
		if m.ID == id {
			return m.Message, true
		}
	}
	return tenants.Message{}, false
}

// getCustomEmoji knows two: 53 is a thumb, 54 looks like none that bots may set.
func (c *centre) getCustomEmoji(in *tg.MessagesGetCustomEmojiDocumentsRequest) (bin.Encoder, error) {
	var out vector[tg.DocumentClass]
	for _, id := range in.DocumentID {
		if alt := map[int64]string{53: "👍", 54: "🧦"}[id]; alt != "" {
			out = append(out, &tg.Document{ID: id, Attributes: []tg.DocumentAttributeClass{
				&tg.DocumentAttributeCustomEmoji{Alt: alt, Stickerset: &tg.InputStickerSetEmpty{}}}})
		}
	}
	return out, nil
}
