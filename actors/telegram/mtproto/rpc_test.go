//go:build mtproto

package mtproto_test

import (
	"context"
	"fmt"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
	"github.com/gotd/td/tgtest"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

func floodWait(after time.Duration) error {
	return tgerr.New(420, fmt.Sprintf("FLOOD_WAIT_%d", after/time.Second))
}

// dispatcher knows the methods. Those that do something can be spoilt.
func (c *centre) dispatcher() *tgtest.Dispatcher {
	d := tgtest.NewDispatcher()
	d.HandleFunc(tg.HelpGetConfigRequestTypeID, func(server *tgtest.Server, req *tgtest.Request) error {
		return server.SendResult(req, config())
	})
	d.HandleFunc(tg.AuthImportBotAuthorizationRequestTypeID, c.enter)

	on(c, d, tg.UpdatesGetStateRequestTypeID, false, c.getState)
	on(c, d, tg.UpdatesGetDifferenceRequestTypeID, false, c.getDifference)
	on(c, d, tg.UpdatesGetChannelDifferenceRequestTypeID, false, c.getChannelDifference)
	on(c, d, tg.UsersGetUsersRequestTypeID, false, c.getUsers)
	on(c, d, tg.MessagesGetChatsRequestTypeID, false, c.getChats)
	on(c, d, tg.ChannelsGetChannelsRequestTypeID, false, c.getChannels)
	on(c, d, tg.ChannelsGetFullChannelRequestTypeID, false, c.getFullChannel)
	on(c, d, tg.BotsSetBotCommandsRequestTypeID, false, func(*tg.BotsSetBotCommandsRequest) (bin.Encoder, error) {
		return &tg.BoolTrue{}, nil
	})
	on(c, d, tg.BotsResetBotCommandsRequestTypeID, false, func(*tg.BotsResetBotCommandsRequest) (bin.Encoder, error) {
		return &tg.BoolTrue{}, nil
	})
	on(c, d, tg.ChannelsGetParticipantRequestTypeID, false, c.getParticipant)
	on(c, d, tg.MessagesGetMessagesRequestTypeID, false, c.getMessages)
	on(c, d, tg.ChannelsGetMessagesRequestTypeID, false, c.getChannelMessages)

	on(c, d, tg.UploadGetFileRequestTypeID, false, c.getFile)
	on(c, d, tg.UploadSaveFilePartRequestTypeID, false, c.saveFilePart)
	on(c, d, tg.UploadSaveBigFilePartRequestTypeID, false, c.saveBigFilePart)
	on(c, d, tg.MessagesUploadMediaRequestTypeID, false, c.uploadMedia)

	on(c, d, tg.MessagesSendMessageRequestTypeID, true, c.sendMessage)
	on(c, d, tg.MessagesSendMediaRequestTypeID, true, c.sendMedia)
	on(c, d, tg.MessagesSendMultiMediaRequestTypeID, true, c.sendMultiMedia)
	on(c, d, tg.MessagesForwardMessagesRequestTypeID, true, c.forwardMessages)
	on(c, d, tg.MessagesEditMessageRequestTypeID, true, c.editMessage)
	on(c, d, tg.MessagesDeleteMessagesRequestTypeID, true, c.deleteMessages)
	on(c, d, tg.ChannelsDeleteMessagesRequestTypeID, true, c.deleteChannelMessages)
	on(c, d, tg.MessagesGetCustomEmojiDocumentsRequestTypeID, false, c.getCustomEmoji)
	on(c, d, tg.MessagesSendReactionRequestTypeID, true, c.sendReaction)
	on(c, d, tg.MessagesCreateForumTopicRequestTypeID, true, c.createForumTopic)
	on(c, d, tg.MessagesEditForumTopicRequestTypeID, true, c.editForumTopic)
	on(c, d, tg.MessagesSetBotCallbackAnswerRequestTypeID, true, c.answerPress)
	return d
}

// do does a call at the Telegram in memory under the keys of its parts, and
// answers with the messages that it made and whatever else came of it. Of a
// text in a private chat Telegram answers the shortest.
func (c *centre) do(call telegram.Call, keys []int64) (bin.Encoder, error) {
	for _, key := range keys {
		if key == 0 {
			return nil, tgerr.New(400, "RANDOM_ID_EMPTY")
		}
		if c.used[key] && !c.knobs.repeatAgain {
			return nil, tgerr.New(500, "RANDOM_ID_DUPLICATE")
		}
	}
	key := tenants.SendKey(1<<62 + c.seconds)
	if len(keys) > 0 {
		key = tenants.SendKey(keys[0])
	}
	c.seconds++
	out := c.bot.Try(context.Background(), key, call)
	if err := refusalOf(call, out); err != nil {
		return nil, err
	}
	var answer []tg.UpdateClass
	c.pump(&answer)
	if out.Thread != 0 {
		out.Made = []tenants.MessageID{tenants.MessageID(out.Thread)}
	}
	for i, id := range out.Made {
		answer = append(answer, c.wrote(call.Target(), id, keys[i])...)
	}
	if text, is := call.(telegram.SendContent); is && text.Chat > 0 && text.Content.Kind == tenants.KindText {
		return &tg.UpdateShortSentMessage{
			Out: true, ID: int(out.Made[0]), Pts: c.common.pts(), PtsCount: 1, Date: c.seconds,
		}, nil
	}
	return c.updates(answer...), nil
}

// wrote notes a message that the bot wrote, or under which key it made one that
// was noted before.
func (c *centre) wrote(chat tenants.ChatID, id tenants.MessageID, key int64) []tg.UpdateClass {
	told := &tg.UpdateMessageID{ID: int(id), RandomID: key}
	m, there := c.read(chat, id)
	again := c.used[key]
	c.used[key] = true
	if again || !there {
		return []tg.UpdateClass{told}
	}
	if m.Content.Kind != tenants.KindService {
		return []tg.UpdateClass{told, c.note(chat, entry{message: c.messageObject(m), key: key})}
	}
	log := c.box(chat).log
	for i := range log {
		if log[i].message != nil && log[i].message.GetID() == int(id) {
			log[i].key = key
		}
	}
	return []tg.UpdateClass{told}
}

// refusalOf is an outcome as Telegram says it.
func refusalOf(call telegram.Call, out tenants.Outcome) error {
	switch out.Kind {
	case tenants.Done:
		return nil
	case tenants.Moved:
		return tgerr.New(400, "PEER_ID_INVALID") // the chat itself says where it went
	case tenants.Refused:
		return tgerr.New(400, refusedText(call, out))
	case tenants.Gone:
		switch out.Gone {
		case tenants.GoneTopic:
			return tgerr.New(400, "TOPIC_ID_INVALID")
		case tenants.GoneTopicClosed:
			return tgerr.New(400, "TOPIC_CLOSED")
		case tenants.GoneClient:
			if out.Why == "no such chat" {
				return tgerr.New(400, "PEER_ID_INVALID")
			}
			return tgerr.New(403, "USER_IS_BLOCKED")
		case tenants.GoneChat:
			return tgerr.New(406, "CHANNEL_PRIVATE")
		case tenants.GoneRights:
			return tgerr.New(400, "CHAT_ADMIN_REQUIRED")
		}
	}
	panic(fmt.Sprintf("no text for outcome %+v", out))
}

func refusedText(call telegram.Call, out tenants.Outcome) string {
	switch {
	case out.As == tenants.AsSplit:
		return "MESSAGE_TOO_LONG"
	case out.Why == "the source is protected":
		return "CHAT_FORWARDS_RESTRICTED"
	case out.Reason == tenants.WhyLeft:
		return "CHAT_FORBIDDEN"
	case out.As == tenants.AsBody, out.Why == "no such message":
		return "MESSAGE_ID_INVALID"
	case out.Why == "not one's own words":
		return "MESSAGE_AUTHOR_REQUIRED"
	case out.As == tenants.AsNote:
		return "MEDIA_EMPTY"
	case out.Why == "no text":
		return "MESSAGE_EMPTY"
	}
	panic(fmt.Sprintf("no text for a refused %T: %+v", call, out))
}

// to is where a request writes. A reply to nothing is refused, also when what is
// gone is a topic's first message.
func (c *centre) to(peer tg.InputPeerClass, reply tg.InputReplyToClass, silent bool, markup tg.ReplyMarkupClass) (telegram.To, error) {
	chat, err := c.chatAt(peer)
	if err != nil {
		return telegram.To{}, err
	}
	out := telegram.To{Chat: chat, Silent: silent, Buttons: buttonsOf(markup)}
	in, is := reply.(*tg.InputReplyToMessage)
	if !is {
		return out, nil
	}
	out.Thread, out.ReplyTo = tenants.ThreadID(in.TopMsgID), tenants.MessageID(in.ReplyToMsgID)
	m, there := c.read(chat, out.ReplyTo)
	if !there {
		return telegram.To{}, tgerr.New(400, "REPLY_MESSAGE_ID_INVALID")
	}
	if m.Content.Service == tenants.ServiceTopicCreated {
		out.Thread, out.ReplyTo = m.Thread, 0
	}
	if in.QuoteText != "" {
		out.Quote = &tenants.Quote{Text: tenants.Plain(in.QuoteText), Position: in.QuoteOffset}
	}
	return out, nil
}

func buttonsOf(markup tg.ReplyMarkupClass) (out []telegram.Button) {
	in, is := markup.(*tg.ReplyInlineMarkup)
	if !is {
		return nil
	}
	for _, row := range in.Rows {
		for _, one := range row.Buttons {
			switch b := one.(type) {
			case *tg.KeyboardButtonCallback:
				out = append(out, telegram.Button{Text: b.Text, Data: string(b.Data)})
			case *tg.KeyboardButtonURL:
				out = append(out, telegram.Button{Text: b.Text, URL: b.URL})
			}
		}
	}
	return out
}

func textOf(words string, entities []tg.MessageEntityClass) tenants.Text {
	out := tenants.Text{Text: words}
	for _, one := range entities {
		switch e := one.(type) {
		case *tg.MessageEntityBold:
			out.Entities = append(out.Entities, tenants.Entity{Kind: "bold", Offset: e.Offset, Length: e.Length})
		case *tg.MessageEntityTextURL:
			out.Entities = append(out.Entities, tenants.Entity{Kind: "text_link", Offset: e.Offset, Length: e.Length, URL: e.URL})
		}
	}
	return out
}

func (c *centre) sendMessage(in *tg.MessagesSendMessageRequest) (bin.Encoder, error) {
	to, err := c.to(in.Peer, in.ReplyTo, in.Silent, in.ReplyMarkup)
	if err != nil {
		return nil, err
	}
	content := tenants.Content{Kind: tenants.KindText, Text: textOf(in.Message, in.Entities)}
	return c.do(telegram.SendContent{To: to, Content: content}, []int64{in.RandomID})
}

func (c *centre) sendMedia(in *tg.MessagesSendMediaRequest) (bin.Encoder, error) {
	to, err := c.to(in.Peer, in.ReplyTo, in.Silent, in.ReplyMarkup)
	if err != nil {
		return nil, err
	}
	content, err := c.contentOf(in.Media, textOf(in.Message, in.Entities))
	if err != nil {
		return nil, err
	}
	return c.do(telegram.SendContent{To: to, Content: content}, []int64{in.RandomID})
}

func (c *centre) sendMultiMedia(in *tg.MessagesSendMultiMediaRequest) (bin.Encoder, error) {
	to, err := c.to(in.Peer, in.ReplyTo, in.Silent, nil)
	if err != nil {
		return nil, err
	}
	call, keys := telegram.SendAlbum{To: to}, []int64(nil)
	for _, part := range in.MultiMedia {
		content, err := c.contentOf(part.Media, textOf(part.Message, part.Entities))
		if err != nil {
			return nil, err
		}
		call.Contents, keys = append(call.Contents, content), append(keys, part.RandomID)
	}
	return c.do(call, keys)
}

// contentOf is what a request brings beside words.
func (c *centre) contentOf(media tg.InputMediaClass, words tenants.Text) (tenants.Content, error) {
	out := tenants.Content{Text: words}
	var id, hash int64
	switch m := media.(type) {
	case *tg.InputMediaPhoto:
		photo := m.ID.(*tg.InputPhoto)
		id, hash = photo.ID, photo.AccessHash
	case *tg.InputMediaDocument:
		document := m.ID.(*tg.InputDocument)
		id, hash = document.ID, document.AccessHash
	case *tg.InputMediaGeoPoint:
		out.Kind, out.Place = tenants.KindLocation, placeOf(m.GeoPoint)
		return out, nil
	case *tg.InputMediaVenue:
		out.Kind, out.Place = tenants.KindVenue, placeOf(m.GeoPoint)
		out.Place.Title, out.Place.Address = m.Title, m.Address
		return out, nil
	case *tg.InputMediaContact:
		out.Kind, out.Contact = tenants.KindContact, &tenants.Contact{Phone: m.PhoneNumber, First: m.FirstName}
		return out, nil
	case *tg.InputMediaDice:
		out.Kind, out.Dice = tenants.KindDice, &tenants.Dice{Emoji: m.Emoticon, Value: 4}
		return out, nil
	case *tg.InputMediaPoll:
		out.Kind, out.Poll = tenants.KindPoll, &tenants.Poll{Question: m.Poll.Question.Text, Public: m.Poll.PublicVoters}
		for _, one := range m.Poll.Answers {
			out.Poll.Options = append(out.Poll.Options, one.(*tg.InputPollAnswer).Text.Text)
		}
		return out, nil
	}
	file, known := c.files[id]
	if !known || hash != hashOf(id) {
		return out, tgerr.New(400, "MEDIA_EMPTY")
	}
	out.Kind, out.File = file.kind, &file.file
	return out, nil
}

func placeOf(point tg.InputGeoPointClass) *tenants.Place {
	p := point.(*tg.InputGeoPoint)
	return &tenants.Place{Latitude: p.Lat, Longitude: p.Long}
}

func (c *centre) forwardMessages(in *tg.MessagesForwardMessagesRequest) (bin.Encoder, error) {
	from, err := c.chatAt(in.FromPeer)
	if err != nil {
		return nil, err
	}
	to, err := c.to(in.ToPeer, nil, in.Silent, nil)
	if err != nil {
		return nil, err
	}
	to.Thread = tenants.ThreadID(in.TopMsgID)
	var refs []tenants.MessageRef
	for _, id := range in.ID {
		refs = append(refs, tenants.MessageRef{Chat: from, ID: tenants.MessageID(id)})
	}
	switch {
	case len(refs) != len(in.RandomID):
		return nil, tgerr.New(400, "RANDOM_ID_INVALID")
	case !in.DropAuthor && len(refs) == 1:
		return c.do(telegram.ForwardMessage{To: to, From: refs[0]}, in.RandomID)
	case !in.DropAuthor:
		return c.do(telegram.ForwardAlbum{To: to, From: refs}, in.RandomID)
	case len(refs) == 1:
		return c.do(telegram.CopyMessage{To: to, From: refs[0]}, in.RandomID)
	default:
		return c.do(telegram.CopyAlbum{To: to, From: refs}, in.RandomID)
	}
}

func (c *centre) editMessage(in *tg.MessagesEditMessageRequest) (bin.Encoder, error) {
	chat, err := c.chatAt(in.Peer)
	if err != nil {
		return nil, err
	}
	ref := tenants.MessageRef{Chat: chat, ID: tenants.MessageID(in.ID)}
	old, there := c.read(chat, ref.ID)
	if !there {
		return nil, tgerr.New(400, "MESSAGE_ID_INVALID")
	}
	content := old.Content
	content.Text = textOf(in.Message, in.Entities)
	if in.Media != nil {
		if content, err = c.contentOf(in.Media, content.Text); err != nil {
			return nil, err
		}
	}
	if _, err = c.do(telegram.EditContent{Message: ref, Content: content, Buttons: buttonsOf(in.ReplyMarkup)}, nil); err != nil {
		return nil, err
	}
	m, _ := c.read(chat, ref.ID)
	if m.Edited.Equal(old.Edited) {
		return nil, tgerr.New(400, "MESSAGE_NOT_MODIFIED")
	}
	var update tg.UpdateClass = &tg.UpdateEditMessage{Message: c.messageObject(m)}
	if channelOf(chat) != 0 {
		update = &tg.UpdateEditChannelMessage{Message: c.messageObject(m)}
	}
	return c.updates(c.note(chat, entry{update: update})), nil
}

func (c *centre) deleteMessages(in *tg.MessagesDeleteMessagesRequest) (bin.Encoder, error) {
	for _, chat := range []tenants.ChatID{tenants.ChatID(c.client), c.group.Chat} {
		if err := c.remove(chat, in.ID); err != nil {
			return nil, err
		}
	}
	return &tg.MessagesAffectedMessages{Pts: c.common.pts()}, nil
}

func (c *centre) deleteChannelMessages(in *tg.ChannelsDeleteMessagesRequest) (bin.Encoder, error) {
	channel, err := c.channelAt(in.Channel)
	if err != nil {
		return nil, err
	}
	return &tg.MessagesAffectedMessages{Pts: c.box(channelChat(channel)).pts()}, c.remove(channelChat(channel), in.ID)
}

// remove deletes those that are there.
func (c *centre) remove(chat tenants.ChatID, ids []int) error {
	call := telegram.DeleteMessages{Chat: chat}
	for _, id := range ids {
		if _, there := c.read(chat, tenants.MessageID(id)); there {
			call.Messages = append(call.Messages, tenants.MessageID(id))
		}
	}
	if len(call.Messages) == 0 {
		return nil
	}
	_, err := c.do(call, nil)
	return err
}

func (c *centre) sendReaction(in *tg.MessagesSendReactionRequest) (bin.Encoder, error) {
	chat, err := c.chatAt(in.Peer)
	if err != nil {
		return nil, err
	}
	call := telegram.SetReaction{Message: tenants.MessageRef{Chat: chat, ID: tenants.MessageID(in.MsgID)}}
	for _, one := range in.Reaction {
		call.Emoji = one.(*tg.ReactionEmoji).Emoticon
	}
	return c.do(call, nil)
}

func (c *centre) createForumTopic(in *tg.MessagesCreateForumTopicRequest) (bin.Encoder, error) {
	chat, err := c.chatAt(in.Peer)
	if err != nil {
		return nil, err
	}
	return c.do(telegram.OpenTopic{Chat: chat, Title: in.Title, Color: in.IconColor}, []int64{in.RandomID})
}

func (c *centre) editForumTopic(in *tg.MessagesEditForumTopicRequest) (bin.Encoder, error) {
	chat, err := c.chatAt(in.Peer)
	if err != nil {
		return nil, err
	}
	thread := tenants.ThreadID(in.TopicID)
	old, there := c.telegram.Topic(c.at(chat), thread)
	var call telegram.Call = telegram.RenameTopic{Chat: chat, Thread: thread, Title: in.Title}
	same := in.Title == old.Title
	if closed, is := in.GetClosed(); is {
		call, same = telegram.SetTopicOpen{Chat: chat, Thread: thread, Open: !closed}, closed == !old.Open
	}
	if there && same {
		return nil, tgerr.New(400, "TOPIC_NOT_MODIFIED")
	}
	return c.do(call, nil)
}

func (c *centre) answerPress(in *tg.MessagesSetBotCallbackAnswerRequest) (bin.Encoder, error) {
	if !c.queries[in.QueryID] {
		return nil, tgerr.New(400, "QUERY_ID_INVALID")
	}
	return &tg.BoolTrue{}, nil
}
