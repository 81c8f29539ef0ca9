//go:build mtproto

package mtproto

import (
	"context"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"

	port "topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// Self asks who the bot is.
func (g *Gateway) Self(ctx context.Context) (port.Self, error) {
	ctx, cancel := context.WithTimeout(ctx, g.options.CallTimeout)
	defer cancel()
	api, over := g.connected(ctx)
	if over != nil {
		return port.Self{}, &port.ReceiveError{Outcome: *over}
	}
	users, err := api.UsersGetUsers(ctx, []tg.InputUserClass{&tg.InputUserSelf{}})
	if err != nil {
		return port.Self{}, refusal("users.getUsers", 0, err)
	}
	me := g.cast(users, nil)
	user := me.users[g.id]
	if user == nil {
		return port.Self{}, unreadable("users.getUsers")
	}
	return port.Self{Person: me.person(g.id), ReadsGroups: user.BotChatHistory}, nil
}

// Standing asks for the chat, which shows the login's own rights in it.
func (g *Gateway) Standing(ctx context.Context, id tenants.ChatID) (port.Standing, error) {
	ctx, cancel := context.WithTimeout(ctx, g.options.CallTimeout)
	defer cancel()
	api, over := g.connected(ctx)
	if over != nil {
		return port.Standing{}, &port.ReceiveError{Outcome: *over}
	}
	method, with, err := g.look(ctx, api, id)
	if err != nil {
		return port.Standing{}, refusal(method, id, err)
	}
	if id > 0 {
		if with.users[int64(id)] == nil {
			return port.Standing{}, &port.ReceiveError{Outcome: tenants.Outcome{
				Kind: tenants.Gone, Gone: tenants.GoneClient, Why: method + ": no such user",
			}}
		}
		return port.Standing{Chat: with.chat(id), Member: true}, nil
	}
	out := port.Standing{Chat: with.chat(id)}
	switch chat := with.chats[id].(type) {
	case *tg.Chat:
		out.Member = !chat.Left && !chat.Deactivated
		out.Rights = standing(chat.Creator, chat.AdminRights, tg.ChatBannedRights{})
	case *tg.Channel:
		out.Member = !chat.Left
		out.Rights = standing(chat.Creator, chat.AdminRights, chat.BannedRights)
	case *tg.ChatForbidden, *tg.ChannelForbidden:
	default:
		return port.Standing{}, unreadable(method)
	}
	return out, nil
}

// look asks for a chat.
func (g *Gateway) look(ctx context.Context, api *tg.Client, id tenants.ChatID) (method string, with cast, err error) {
	if id > 0 {
		users, err := api.UsersGetUsers(ctx, []tg.InputUserClass{g.peers.user(int64(id))})
		return "users.getUsers", g.cast(users, nil), err
	}
	var got tg.MessagesChatsClass
	if channel := channelID(id); channel != 0 {
		method = "channels.getChannels"
		got, err = api.ChannelsGetChannels(ctx, []tg.InputChannelClass{g.peers.channel(channel)})
	} else {
		method = "messages.getChats"
		got, err = api.MessagesGetChats(ctx, []int64{-int64(id)})
	}
	if err != nil {
		return method, cast{}, err
	}
	return method, g.cast(nil, got.GetChats()), nil
}

// standing is what a chat says of the login itself.
func standing(creator bool, admin tg.ChatAdminRights, banned tg.ChatBannedRights) tenants.Rights {
	switch {
	case creator:
		return ownerRights
	case admin.Zero():
		return tenants.Rights{Muted: muted(banned)}
	default:
		return rights(admin)
	}
}

// Members asks how many are in a chat. A channel tells it only in full.
func (g *Gateway) Members(ctx context.Context, id tenants.ChatID) (int, error) {
	if id > 0 {
		return 2, nil
	}
	ctx, cancel := context.WithTimeout(ctx, g.options.CallTimeout)
	defer cancel()
	api, over := g.connected(ctx)
	if over != nil {
		return 0, &port.ReceiveError{Outcome: *over}
	}
	if channel := channelID(id); channel != 0 {
		const method = "channels.getFullChannel"
		got, err := api.ChannelsGetFullChannel(ctx, g.peers.channel(channel))
		if err != nil {
			return 0, refusal(method, id, err)
		}
		if full, is := got.FullChat.(*tg.ChannelFull); is {
			return full.ParticipantsCount, nil
		}
		return 0, unreadable(method)
	}
	method, with, err := g.look(ctx, api, id)
	if err != nil {
		return 0, refusal(method, id, err)
	}
	if group, is := with.chats[id].(*tg.Chat); is {
		return group.ParticipantsCount, nil
	}
	return 0, &port.ReceiveError{Outcome: tenants.Outcome{Kind: tenants.Gone, Gone: tenants.GoneChat, Why: method + ": not a member"}}
}

// Rights asks for somebody's place in a chat. A basic group tells it only with all
// its members.
func (g *Gateway) Rights(ctx context.Context, id tenants.ChatID, user tenants.UserID) (tenants.Rights, error) {
	ctx, cancel := context.WithTimeout(ctx, g.options.CallTimeout)
	defer cancel()
	api, over := g.connected(ctx)
	if over != nil {
		return tenants.Rights{}, &port.ReceiveError{Outcome: *over}
	}
	if channelID(id) != 0 {
		return g.rightsInChannel(ctx, api, id, user)
	}
	const method = "messages.getFullChat"
	got, err := api.MessagesGetFullChat(ctx, -int64(id))
	if err != nil {
		return tenants.Rights{}, refusal(method, id, err)
	}
	full, is := got.FullChat.(*tg.ChatFull)
	if !is {
		return tenants.Rights{}, unreadable(method)
	}
	if all, is := full.Participants.(*tg.ChatParticipants); is {
		for _, p := range all.Participants {
			if p.GetUserID() == int64(user) {
				_, may := inGroup(p)
				return may, nil
			}
		}
	}
	return tenants.Rights{}, nil
}

// rightsInChannel: who is not in it is told as an error (core.telegram.org,
// channels.getParticipant).
func (g *Gateway) rightsInChannel(ctx context.Context, api *tg.Client, id tenants.ChatID, user tenants.UserID) (tenants.Rights, error) {
	const method = "channels.getParticipant"
	got, err := api.ChannelsGetParticipant(ctx, &tg.ChannelsGetParticipantRequest{
		Channel: g.peers.channel(channelID(id)), Participant: g.peers.input(tenants.ChatID(user)),
	})
	switch {
	case tgerr.Is(err, "USER_NOT_PARTICIPANT"):
		return tenants.Rights{}, nil
	case err != nil:
		return tenants.Rights{}, refusal(method, id, err)
	}
	_, may := inChannel(got.Participant)
	return may, nil
}

// unreadable is an answer that makes no sense.
func unreadable(method string) error {
	return &port.ReceiveError{Outcome: tenants.Outcome{Kind: tenants.NotSent, Why: method + ": an answer that can't be read"}}
}
