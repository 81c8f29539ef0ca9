//go:build mtproto

package mtproto

import (
	"time"

	"github.com/gotd/td/tg"

	"topicdesk/tenants"
)

func unixTime(seconds int) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(int64(seconds), 0).UTC()
}

// rights are an administrator's, as far as the relay asks.
func rights(r tg.ChatAdminRights) tenants.Rights {
	return tenants.Rights{
		Admin: true, ManageTopics: r.ManageTopics, DeleteMessages: r.DeleteMessages,
		BanUsers: r.BanUsers, PinMessages: r.PinMessages,
	}
}

// ownerRights are all.
var ownerRights = tenants.Rights{Admin: true, ManageTopics: true, DeleteMessages: true, BanUsers: true, PinMessages: true}

// channelMember is a change of the login's own standing in a supergroup or
// channel; no participant means outside.
func (g *Gateway) channelMember(u *tg.UpdateChannelParticipant, with cast) item {
	if u.UserID != g.id {
		return g.ignored(u.TypeName(), u)
	}
	out := tenants.Membership{
		Chat: with.chat(channelChat(u.ChannelID)), By: with.person(u.ActorID), Date: unixTime(u.Date),
	}
	switch p := u.NewParticipant.(type) {
	case *tg.ChannelParticipant, *tg.ChannelParticipantSelf:
		out.Member = true
	case *tg.ChannelParticipantAdmin:
		out.Member, out.Admin = true, rights(p.AdminRights)
	case *tg.ChannelParticipantCreator:
		out.Member, out.Admin = true, ownerRights
	case *tg.ChannelParticipantBanned: // restricted, if still inside
		out.Member = !p.Left
	}
	return g.event(u.Date, u, out)
}

// groupMember is a change of the login's own standing in a basic group, whose
// administrators have all rights that such a group knows (Bot API docs).
func (g *Gateway) groupMember(u *tg.UpdateChatParticipant, with cast) item {
	if u.UserID != g.id {
		return g.ignored(u.TypeName(), u)
	}
	out := tenants.Membership{
		Chat: with.chat(groupChat(u.ChatID)), By: with.person(u.ActorID), Date: unixTime(u.Date),
	}
	switch u.NewParticipant.(type) {
	case *tg.ChatParticipant:
		out.Member = true
	case *tg.ChatParticipantAdmin:
		out.Member = true
		out.Admin = tenants.Rights{Admin: true, DeleteMessages: true, BanUsers: true, PinMessages: true}
	case *tg.ChatParticipantCreator:
		out.Member, out.Admin = true, ownerRights
	}
	return g.event(u.Date, u, out)
}
