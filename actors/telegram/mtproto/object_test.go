//go:build mtproto

package mtproto_test

import (
	"context"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"

	"topicdesk/tenants"
)

const channelOffset = 1_000_000_000_000

func channelOf(chat tenants.ChatID) int64 {
	if chat < -channelOffset {
		return -int64(chat) - channelOffset
	}
	return 0
}

func channelChat(id int64) tenants.ChatID { return tenants.ChatID(-channelOffset - id) }

// hashOf is the access hash of a user or channel for the bot.
func hashOf(id int64) int64 { return id*31 + 7 }

func peerObject(chat tenants.ChatID) tg.PeerClass {
	switch id := channelOf(chat); {
	case chat > 0:
		return &tg.PeerUser{UserID: int64(chat)}
	case id != 0:
		return &tg.PeerChannel{ChannelID: id}
	default:
		return &tg.PeerChat{ChatID: -int64(chat)}
	}
}

// chatAt is the chat that a request names.
func (c *centre) chatAt(peer tg.InputPeerClass) (tenants.ChatID, error) {
	switch p := peer.(type) {
	case *tg.InputPeerUser:
		if p.AccessHash != 0 && p.AccessHash != hashOf(p.UserID) {
			return 0, tgerr.New(400, "PEER_ID_INVALID")
		}
		return tenants.ChatID(p.UserID), nil
	case *tg.InputPeerChat:
		return tenants.ChatID(-p.ChatID), nil
	case *tg.InputPeerChannel:
		id, err := c.channelAt(&tg.InputChannel{ChannelID: p.ChannelID, AccessHash: p.AccessHash})
		return channelChat(id), err
	default:
		return 0, tgerr.New(400, "PEER_ID_INVALID")
	}
}

// channelAt is a channel that the bot is in.
func (c *centre) channelAt(channel tg.InputChannelClass) (int64, error) {
	in, is := channel.(*tg.InputChannel)
	if !is || in.AccessHash != 0 && in.AccessHash != hashOf(in.ChannelID) {
		return 0, tgerr.New(400, "CHANNEL_INVALID")
	}
	standing, err := c.bot.Standing(context.Background(), channelChat(in.ChannelID))
	if err != nil || !standing.Member {
		return 0, tgerr.New(406, "CHANNEL_PRIVATE")
	}
	return in.ChannelID, nil
}

func (c *centre) userObject(id tenants.UserID) *tg.User {
	out := &tg.User{ID: int64(id)}
	switch id {
	case c.login:
		out.FirstName, out.Self, out.Bot, out.BotChatHistory = "Desk", true, true, true
	case c.client:
		out.FirstName = "Ann"
	case c.operator:
		out.FirstName = "Olga"
	}
	out.SetAccessHash(hashOf(int64(id)))
	return out
}

func (c *centre) userObjects() []tg.UserClass {
	return []tg.UserClass{c.userObject(c.login), c.userObject(c.client), c.userObject(c.operator)}
}

func (c *centre) chatObjects() (out []tg.ChatClass) {
	for _, id := range []tenants.ChatID{c.desk.Chat, c.group.Chat, c.moved} {
		if id != 0 {
			out = append(out, c.chatObject(id))
		}
	}
	return out
}

func (c *centre) chatObject(id tenants.ChatID) tg.ChatClass {
	s, err := c.bot.Standing(context.Background(), id)
	if err != nil {
		panic(err)
	}
	rights := tg.ChatAdminRights{
		ManageTopics: s.Rights.ManageTopics, DeleteMessages: s.Rights.DeleteMessages,
		BanUsers: s.Rights.BanUsers, PinMessages: s.Rights.PinMessages, Other: s.Rights.Admin,
	}
	members, err := c.bot.Members(context.Background(), id)
	if err != nil {
		panic(err)
	}
	channel := channelOf(id)
	if channel == 0 {
		out := &tg.Chat{ID: -int64(id), Title: s.Chat.Title, Left: !s.Member, ParticipantsCount: members, Photo: &tg.ChatPhotoEmpty{}}
		if s.Rights.Admin {
			out.SetAdminRights(rights)
		}
		if c.moved != 0 {
			out.Deactivated = true
			now := channelOf(c.moved)
			out.SetMigratedTo(&tg.InputChannel{ChannelID: now, AccessHash: hashOf(now)})
		}
		return out
	}
	if !s.Member {
		return &tg.ChannelForbidden{ID: channel, Megagroup: true, AccessHash: hashOf(channel), Title: s.Chat.Title}
	}
	out := &tg.Channel{ID: channel, Title: s.Chat.Title, Forum: s.Chat.Forum, Megagroup: true, Photo: &tg.ChatPhotoEmpty{}}
	out.SetAccessHash(hashOf(channel))
	if s.Rights.Admin {
		out.SetAdminRights(rights)
	}
	return out
}

// memberUpdate tells that the bot's standing changed.
func (c *centre) memberUpdate(e tenants.Membership, qts int) tg.UpdateClass {
	date, by := int(e.Date.Unix()), int64(e.By.ID)
	self := int64(c.login)
	if e.Chat.Kind == tenants.Private {
		return &tg.UpdateBotStopped{UserID: by, Date: date, Stopped: !e.Member, Qts: qts}
	}
	if id := channelOf(e.Chat.ID); id != 0 {
		out := &tg.UpdateChannelParticipant{ChannelID: id, Date: date, ActorID: by, UserID: self, Qts: qts}
		switch {
		case e.Admin.Admin:
			out.SetNewParticipant(&tg.ChannelParticipantAdmin{UserID: self, PromotedBy: by, Date: date, AdminRights: tg.ChatAdminRights{
				ManageTopics: e.Admin.ManageTopics, DeleteMessages: e.Admin.DeleteMessages,
			}})
		case e.Member:
			out.SetNewParticipant(&tg.ChannelParticipantSelf{UserID: self, InviterID: by, Date: date})
		}
		if e.WasMember {
			out.SetPrevParticipant(&tg.ChannelParticipantSelf{UserID: self, InviterID: by, Date: date})
		}
		return out
	}
	out := &tg.UpdateChatParticipant{ChatID: -int64(e.Chat.ID), Date: date, ActorID: by, UserID: self, Qts: qts}
	if e.Member {
		out.SetNewParticipant(&tg.ChatParticipant{UserID: self, InviterID: by, Date: date})
	}
	return out
}

// messageObject is a message as the bot is told of it.
func (c *centre) messageObject(m tenants.Message) tg.MessageClass {
	own := m.From.ID == c.login
	var from tg.PeerClass
	if m.Chat.Kind != tenants.Private {
		from = &tg.PeerUser{UserID: int64(m.From.ID)}
	}
	peer, date := peerObject(m.Chat.ID), int(m.Date.Unix())
	if m.Content.Kind == tenants.KindService {
		out := &tg.MessageService{Out: own, ID: int(m.ID), PeerID: peer, Date: date, Action: actionObject(m.Content)}
		if from != nil {
			out.SetFromID(from)
		}
		if reply := replyObject(m); reply != nil && m.Content.Service != tenants.ServiceTopicCreated {
			out.SetReplyTo(reply)
		}
		return out
	}
	out := &tg.Message{Out: own, ID: int(m.ID), PeerID: peer, Date: date, Message: m.Content.Text.Text, Noforwards: m.Protected}
	if from != nil {
		out.SetFromID(from)
	}
	if reply := replyObject(m); reply != nil {
		out.SetReplyTo(reply)
	}
	if entities := entityObjects(m.Content.Text); entities != nil {
		out.SetEntities(entities)
	}
	if media := c.mediaObject(m.Content); media != nil {
		out.SetMedia(media)
	}
	if m.Album != "" {
		out.SetGroupedID(number(m.Album))
	}
	if !m.Edited.IsZero() {
		out.SetEditDate(int(m.Edited.Unix()))
	}
	if m.Forwarded != "" {
		out.SetFwdFrom(tg.MessageFwdHeader{Date: date, FromName: m.Forwarded})
	}
	return out
}

// replyObject is what a message replies to: in a topic its first message, if
// nothing else.
func replyObject(m tenants.Message) tg.MessageReplyHeaderClass {
	if m.Thread == 0 && m.ReplyTo.IsZero() {
		return nil
	}
	out := &tg.MessageReplyHeader{ForumTopic: m.Thread != 0}
	switch {
	case m.ReplyTo.IsZero():
		out.SetReplyToMsgID(int(m.Thread))
	default:
		out.SetReplyToMsgID(int(m.ReplyTo.ID))
		if m.Thread != 0 {
			out.SetReplyToTopID(int(m.Thread))
		}
	}
	return out
}

func actionObject(c tenants.Content) tg.MessageActionClass {
	switch c.Service {
	case tenants.ServiceTopicCreated:
		return &tg.MessageActionTopicCreate{Title: c.TopicName}
	case tenants.ServiceTopicEdited:
		out := &tg.MessageActionTopicEdit{}
		out.SetTitle(c.TopicName)
		return out
	case tenants.ServiceTopicClosed, tenants.ServiceTopicReopened:
		out := &tg.MessageActionTopicEdit{}
		out.SetClosed(c.Service == tenants.ServiceTopicClosed)
		return out
	case tenants.ServiceMigratedTo:
		return &tg.MessageActionChatMigrateTo{ChannelID: channelOf(c.Migrated)}
	case tenants.ServiceMigratedFrom:
		return &tg.MessageActionChannelMigrateFrom{ChatID: -int64(c.Migrated)}
	default:
		panic("no such service message here: " + string(c.Service))
	}
}

func entityObjects(t tenants.Text) (out []tg.MessageEntityClass) {
	for _, e := range t.Entities {
		switch e.Kind {
		case "bold":
			out = append(out, &tg.MessageEntityBold{Offset: e.Offset, Length: e.Length})
		case "text_link":
			out = append(out, &tg.MessageEntityTextURL{Offset: e.Offset, Length: e.Length, URL: e.URL})
		default:
			panic("no such entity here: " + e.Kind)
		}
	}
	return out
}

// stored is a file of the Telegram in memory, under its number.
type stored struct {
	kind tenants.Kind
	file tenants.File
}

// attributes tell a document's kind, and what is written on it.
func attributes(kind tenants.Kind, file tenants.File) []tg.DocumentAttributeClass {
	out := []tg.DocumentAttributeClass{&tg.DocumentAttributeFilename{FileName: file.Name}}
	switch kind {
	case tenants.KindVideo:
		return append(out, &tg.DocumentAttributeVideo{Duration: 1})
	case tenants.KindAnimation:
		return append(out, &tg.DocumentAttributeVideo{Duration: 1}, &tg.DocumentAttributeAnimated{})
	case tenants.KindVideoNote:
		return append(out, &tg.DocumentAttributeVideo{Duration: 1, RoundMessage: true})
	case tenants.KindAudio:
		return append(out, &tg.DocumentAttributeAudio{Duration: 1, Title: file.Title, Performer: file.Artist})
	case tenants.KindVoice:
		return append(out, &tg.DocumentAttributeAudio{Duration: 1, Voice: true})
	case tenants.KindSticker:
		return append(out, &tg.DocumentAttributeSticker{Alt: "👍", Stickerset: &tg.InputStickerSetEmpty{}})
	default:
		return out
	}
}

func (c *centre) mediaObject(content tenants.Content) tg.MessageMediaClass {
	switch {
	case content.File != nil:
		return c.fileObject(content.Kind, *content.File)
	case content.Place != nil && content.Place.Title != "":
		return &tg.MessageMediaVenue{Geo: geoObject(content.Place), Title: content.Place.Title, Address: content.Place.Address}
	case content.Place != nil:
		return &tg.MessageMediaGeo{Geo: geoObject(content.Place)}
	case content.Contact != nil:
		return &tg.MessageMediaContact{PhoneNumber: content.Contact.Phone, FirstName: content.Contact.First}
	case content.Dice != nil:
		return &tg.MessageMediaDice{Emoticon: content.Dice.Emoji, Value: content.Dice.Value}
	case content.Poll != nil:
		return pollObject(*content.Poll)
	default:
		return nil
	}
}

func pollObject(p tenants.Poll) *tg.MessageMediaPoll {
	out := &tg.MessageMediaPoll{Poll: tg.Poll{
		ID: number(p.ID), Question: tg.TextWithEntities{Text: p.Question}, PublicVoters: p.Public,
	}}
	for i, option := range p.Options {
		mark := []byte{byte('0' + i)}
		out.Poll.Answers = append(out.Poll.Answers, &tg.PollAnswer{Text: tg.TextWithEntities{Text: option}, Option: mark})
		result := tg.PollAnswerVoters{Option: mark}
		result.SetVoters(p.Votes[i])
		out.Results.Results = append(out.Results.Results, result)
	}
	out.Results.SetResults(out.Results.Results)
	out.Results.SetTotalVoters(p.Voters)
	return out
}

func geoObject(p *tenants.Place) tg.GeoPointClass {
	return &tg.GeoPoint{Lat: p.Latitude, Long: p.Longitude}
}

func (c *centre) fileObject(kind tenants.Kind, file tenants.File) tg.MessageMediaClass {
	id := number(file.UniqueID)
	c.files[id] = stored{kind, file}
	if kind == tenants.KindPhoto {
		out := &tg.MessageMediaPhoto{}
		out.SetPhoto(&tg.Photo{ID: id, AccessHash: hashOf(id), FileReference: []byte("reference"), Sizes: []tg.PhotoSizeClass{
			&tg.PhotoSize{Type: "x", W: 100, H: 100, Size: 1000},
		}})
		return out
	}
	out := &tg.MessageMediaDocument{}
	out.SetDocument(&tg.Document{
		ID: id, AccessHash: hashOf(id), FileReference: []byte("reference"), MimeType: "application/octet-stream", Size: 1000,
		Attributes: attributes(kind, file),
	})
	return out
}
