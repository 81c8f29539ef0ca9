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
// channel.
func (g *Gateway) channelMember(u *tg.UpdateChannelParticipant, with cast) item {
	if u.UserID != g.id {
		return g.ignored(u.TypeName(), u)
	}
	out := tenants.Membership{
		Chat: with.chat(channelChat(u.ChannelID)), By: with.person(u.ActorID), Date: unixTime(u.Date),
	}
	out.Member, out.Admin = inChannel(u.NewParticipant)
	out.WasMember, out.Was = inChannel(u.PrevParticipant)
	return g.event(u.Date, u, out)
}

// inChannel is a standing; no participant means outside.
func inChannel(of tg.ChannelParticipantClass) (member bool, may tenants.Rights) {
	switch p := of.(type) {
	case *tg.ChannelParticipant, *tg.ChannelParticipantSelf:
		return true, tenants.Rights{}
	case *tg.ChannelParticipantAdmin:
		return true, rights(p.AdminRights)
	case *tg.ChannelParticipantCreator:
		return true, ownerRights
	case *tg.ChannelParticipantBanned: // restricted, if still inside
		return !p.Left, tenants.Rights{Muted: muted(p.BannedRights)}
	default:
		return false, tenants.Rights{}
	}
}

// muted tells whether text may not be written.
func muted(r tg.ChatBannedRights) bool { return r.SendMessages || r.SendPlain }

// groupMember is a change of the login's own standing in a basic group.
func (g *Gateway) groupMember(u *tg.UpdateChatParticipant, with cast) item {
	if u.UserID != g.id {
		return g.ignored(u.TypeName(), u)
	}
	out := tenants.Membership{
		Chat: with.chat(groupChat(u.ChatID)), By: with.person(u.ActorID), Date: unixTime(u.Date),
	}
	out.Member, out.Admin = inGroup(u.NewParticipant)
	out.WasMember, out.Was = inGroup(u.PrevParticipant)
	return g.event(u.Date, u, out)
}

// inGroup is a standing in a basic group, whose administrators have all rights
// that such a group knows (Bot API docs); no participant means outside.
func inGroup(of tg.ChatParticipantClass) (member bool, may tenants.Rights) {
	switch of.(type) {
	case *tg.ChatParticipant:
		return true, tenants.Rights{}
	case *tg.ChatParticipantAdmin:
		return true, tenants.Rights{Admin: true, DeleteMessages: true, BanUsers: true, PinMessages: true}
	case *tg.ChatParticipantCreator:
		return true, ownerRights
	default:
		return false, tenants.Rights{}
	}
}
