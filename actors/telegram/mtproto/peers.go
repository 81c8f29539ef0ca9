//go:build mtproto

package mtproto

import (
	"sync"

	"github.com/gotd/td/tg"

	"topicdesk/tenants"
)

// Telegram numbers users, basic groups and channels each from 1; the Bot API
// tells them apart by sign and offset (core.telegram.org/api/bots/ids).
const channelOffset = 1_000_000_000_000

func userChat(id int64) tenants.ChatID    { return tenants.ChatID(id) }
func groupChat(id int64) tenants.ChatID   { return tenants.ChatID(-id) }
func channelChat(id int64) tenants.ChatID { return tenants.ChatID(-channelOffset - id) }

// channelID is the channel of a chat, 0 for others.
func channelID(chat tenants.ChatID) int64 {
	if chat < -channelOffset {
		return -int64(chat) - channelOffset
	}
	return 0
}

// peerChat is the chat of a peer, 0 for a kind that is not known.
func peerChat(peer tg.PeerClass) tenants.ChatID {
	switch p := peer.(type) {
	case *tg.PeerUser:
		return userChat(p.UserID)
	case *tg.PeerChat:
		return groupChat(p.ChatID)
	case *tg.PeerChannel:
		return channelChat(p.ChannelID)
	default:
		return 0
	}
}

// peers are the access hashes that updates have brought, in memory only: a bot
// may name whom it knows with the hash 0 (TDLib source: get_input_user,
// get_input_channel), so a lost one is no loss. Accounts will need them kept.
type peers struct {
	mu       sync.Mutex
	users    map[int64]int64
	channels map[int64]int64
}

// meet remembers the hashes of a cast. Those of min constructors are good in
// the message only with which they came (core.telegram.org/api/min).
func (p *peers) meet(with cast) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.users == nil {
		p.users, p.channels = map[int64]int64{}, map[int64]int64{}
	}
	for id, user := range with.users {
		if !user.Min {
			p.users[id] = user.AccessHash
		}
	}
	for id, chat := range with.chats {
		if channel, is := chat.(*tg.Channel); is && !channel.Min {
			p.channels[channelID(id)] = channel.AccessHash
		}
	}
}

// input names a chat for a request.
func (p *peers) input(chat tenants.ChatID) tg.InputPeerClass {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch id := channelID(chat); {
	case chat > 0:
		return &tg.InputPeerUser{UserID: int64(chat), AccessHash: p.users[int64(chat)]}
	case id != 0:
		return &tg.InputPeerChannel{ChannelID: id, AccessHash: p.channels[id]}
	default:
		return &tg.InputPeerChat{ChatID: -int64(chat)}
	}
}

// channel names a channel for a request.
func (p *peers) channel(id int64) *tg.InputChannel {
	p.mu.Lock()
	defer p.mu.Unlock()
	return &tg.InputChannel{ChannelID: id, AccessHash: p.channels[id]}
}

// user names a user for a request.
func (p *peers) user(id int64) *tg.InputUser {
	p.mu.Lock()
	defer p.mu.Unlock()
	return &tg.InputUser{UserID: id, AccessHash: p.users[id]}
}

// cast are the people and chats that an answer or a push names.
type cast struct {
	me    int64 // the login
	users map[int64]*tg.User
	chats map[tenants.ChatID]tg.ChatClass
}

func (g *Gateway) cast(users []tg.UserClass, chats []tg.ChatClass) cast {
	out := cast{g.id, map[int64]*tg.User{}, map[tenants.ChatID]tg.ChatClass{}}
	for _, one := range users {
		if user, is := one.(*tg.User); is {
			out.users[user.ID] = user
		}
	}
	for _, one := range chats {
		switch chat := one.(type) {
		case *tg.Chat, *tg.ChatForbidden:
			out.chats[groupChat(one.GetID())] = chat
		case *tg.Channel, *tg.ChannelForbidden:
			out.chats[channelChat(one.GetID())] = chat
		}
	}
	return out
}

// person is a user as far as the cast tells.
func (c cast) person(id int64) tenants.Person {
	out := tenants.Person{ID: tenants.UserID(id)}
	user := c.users[id]
	if user == nil {
		return out
	}
	out.First, out.Last, out.Username = user.FirstName, user.LastName, username(user.Username, user.Usernames)
	out.Language, out.Bot, out.Premium = user.LangCode, user.Bot, user.Premium
	return out
}

// username is the first that is active; several stand in a list of their own.
func username(only string, list []tg.Username) string {
	for _, one := range list {
		if one.Active {
			return one.Username
		}
	}
	return only
}

// chat is a chat as far as the cast tells.
func (c cast) chat(id tenants.ChatID) tenants.Chat {
	if id > 0 {
		return tenants.Chat{ID: id, Kind: tenants.Private, Username: c.person(int64(id)).Username}
	}
	out := tenants.Chat{ID: id, Kind: tenants.Group}
	switch chat := c.chats[id].(type) {
	case *tg.Chat:
		out.Title = chat.Title
	case *tg.ChatForbidden:
		out.Title = chat.Title
	case *tg.Channel:
		out.Title, out.Username, out.Forum = chat.Title, username(chat.Username, chat.Usernames), chat.Forum
		if chat.Broadcast {
			out.Kind = tenants.Channel
		}
	case *tg.ChannelForbidden:
		out.Title = chat.Title
		if chat.Broadcast {
			out.Kind = tenants.Channel
		}
	}
	return out
}

// title is what clients show for a peer.
func (c cast) title(peer tg.PeerClass) string {
	id := peerChat(peer)
	if id > 0 {
		return c.person(int64(id)).Name()
	}
	return c.chat(id).Title
}
