//go:build mtproto

package mtproto

import (
	"context"
	"hash/fnv"
	"strconv"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"topicdesk/tenants"
)

// item is an update on its way into a batch.
type item struct {
	update tenants.Update
	date   int                // Unix; at least that of what came before it
	asks   tenants.MessageRef // the message that is replied to, of which more is wanted
}

// encoded is a thing as Telegram wrote it.
func encoded(thing bin.Encoder) []byte {
	var b bin.Buffer
	if err := thing.Encode(&b); err != nil {
		return nil // gotd can't write what it could read: there is nothing to keep
	}
	return b.Copy()
}

// nameOf is the update's number: MTProto gives none, but the same thing told
// twice has to have the same. A new message is named by its place, everything
// else by all that it says.
func nameOf(parts ...[]byte) tenants.UpdateID {
	hash := fnv.New64a()
	for _, part := range parts {
		hash.Write(strconv.AppendInt(nil, int64(len(part)), 10))
		hash.Write(part)
	}
	return tenants.UpdateID(hash.Sum64()>>1 | 1)
}

// read makes updates of an answer, in its order: messages, then what else.
func (g *Gateway) read(a answer) []item {
	g.peers.meet(a.cast)
	date := 0
	var items []item
	add := func(one item, is bool) {
		if !is {
			return
		}
		date = max(date, one.date)
		one.date = date
		items = append(items, one)
	}
	if a.lost != "" {
		note := tenants.Update{ID: nameOf([]byte(a.lost), strconv.AppendInt(nil, int64(a.since), 10)), Event: tenants.Ignored{Name: a.lost}}
		add(item{update: note}, true)
	}
	for _, m := range a.messages {
		add(g.posted(m, a))
	}
	for _, u := range a.updates {
		add(g.happened(u, a))
	}
	return items
}

// posted is a new message, unless it is one that this login wrote: what a bot
// sent is known from the answers to its calls.
func (g *Gateway) posted(m tg.MessageClass, a answer) (item, bool) {
	full, is := m.AsNotEmpty()
	if !is || full.GetDate() < a.since {
		return item{}, false
	}
	if words, is := m.(*tg.Message); is && words.Out {
		return item{}, false
	}
	out, asks := a.cast.message(m)
	raw := encoded(m)
	place := strconv.AppendInt(strconv.AppendInt(nil, int64(out.Chat.ID), 10), int64(out.ID), 10)
	return item{
		update: tenants.Update{ID: nameOf([]byte("posted"), place), Event: tenants.Posted{Message: out}, Raw: raw},
		date:   full.GetDate(), asks: asks,
	}, true
}

// edited is a message with another content; edit_hide marks what changes
// nothing that a person reads, as reactions do (core.telegram.org/constructor/message).
func (g *Gateway) edited(m tg.MessageClass, a answer) (item, bool) {
	words, is := m.(*tg.Message)
	if !is || words.Out || words.EditDate < a.since {
		return item{}, false
	}
	if words.EditHide {
		return g.ignored("edit_hide", m), true
	}
	out, asks := a.cast.message(m)
	raw := encoded(m)
	return item{
		update: tenants.Update{ID: nameOf([]byte("edited"), raw), Event: tenants.Edited{Message: out}, Raw: raw},
		date:   words.EditDate, asks: asks,
	}, true
}

// event is an update that is no message.
func (g *Gateway) event(date int, from tg.UpdateClass, event tenants.Event) item {
	raw := encoded(from)
	return item{update: tenants.Update{ID: nameOf(raw), Event: event, Raw: raw}, date: date}
}

// ignored is an update that causes nothing.
func (g *Gateway) ignored(name string, from bin.Encoder) item {
	raw := encoded(from)
	return item{update: tenants.Update{ID: nameOf(raw), Event: tenants.Ignored{Name: name}, Raw: raw}}
}

// happened is any other update of a difference.
func (g *Gateway) happened(update tg.UpdateClass, a answer) (item, bool) {
	switch u := update.(type) {
	case *tg.UpdateMessageID:
		g.sent.learn(tenants.SendKey(u.RandomID), tenants.MessageID(u.ID))
		return item{}, false
	case *tg.UpdateChannelTooLong: // asked for beside
		return item{}, false
	case *tg.UpdateNewMessage:
		return g.posted(u.Message, a)
	case *tg.UpdateNewChannelMessage:
		return g.posted(u.Message, a)
	case *tg.UpdateEditMessage:
		return g.edited(u.Message, a)
	case *tg.UpdateEditChannelMessage:
		return g.edited(u.Message, a)
	case *tg.UpdateBotCallbackQuery:
		return g.pressed(u, a.cast), true
	case *tg.UpdateMessagePoll:
		return g.voted(u), true
	case *tg.UpdateBotMessageReaction:
		return g.reacted(u, a.cast), true
	case *tg.UpdateBotStopped:
		return g.event(u.Date, u, tenants.Membership{
			Chat: a.cast.chat(userChat(u.UserID)), By: a.cast.person(u.UserID), Member: !u.Stopped, WasMember: u.Stopped, Date: unixTime(u.Date),
		}), true
	case *tg.UpdateChannelParticipant:
		return g.channelMember(u, a.cast), true
	case *tg.UpdateChatParticipant:
		return g.groupMember(u, a.cast), true
	default:
		return g.ignored(update.TypeName(), update), true
	}
}

// pressed is a press of a button. Its number is the query's, so that a push and
// a difference tell of one. A press of a game has no data and is none of ours.
func (g *Gateway) pressed(u *tg.UpdateBotCallbackQuery, with cast) item {
	if len(u.Data) == 0 {
		return g.ignored(u.TypeName(), u)
	}
	chat := peerChat(u.Peer)
	query := strconv.FormatInt(u.QueryID, 10)
	return item{
		update: tenants.Update{
			ID: nameOf([]byte("pressed"), []byte(query)),
			Event: tenants.Pressed{
				Query: query, By: with.person(u.UserID), Data: string(u.Data),
				Message: tenants.MessageRef{Chat: chat, ID: tenants.MessageID(u.MsgID)},
			},
			Raw: encoded(u),
		},
		asks: tenants.MessageRef{Chat: chat, ID: tenants.MessageID(u.MsgID)},
	}
}

// lookUp completes what an update alone does not tell: whether the message that
// is replied to is a person's with a slash, in which topic a pressed button is,
// what a poll asks.
func (g *Gateway) lookUp(ctx context.Context, api *tg.Client, items []item) error {
	wanted := map[tenants.ChatID][]tg.InputMessageClass{} // the common box under 0
	for _, one := range items {
		if one.asks.IsZero() {
			continue
		}
		box := one.asks.Chat
		if channelID(box) == 0 {
			box = 0
		}
		wanted[box] = append(wanted[box], &tg.InputMessageID{ID: int(one.asks.ID)})
	}
	found := map[tenants.MessageRef]original{}
	for box, ids := range wanted {
		messages, err := g.fetch(ctx, api, box, ids)
		if err != nil {
			return refusal("messages.getMessages", box, err)
		}
		for ref, one := range messages {
			found[ref] = one
		}
	}
	for i := range items {
		if one, is := found[items[i].asks]; is {
			complete(&items[i].update, one)
		}
	}
	return nil
}

// complete adds what is known of the other message.
func complete(update *tenants.Update, of original) {
	switch event := update.Event.(type) {
	case tenants.Posted:
		event.Message.ReplySlash = of.slashed
		update.Event = event
	case tenants.Edited:
		event.Message.ReplySlash = of.slashed
		update.Event = event
	case tenants.Pressed:
		event.Thread = of.thread
		update.Event = event
	case tenants.Voted:
		if of.poll != nil && of.poll.ID == event.Poll.ID {
			update.Event = tenants.Voted{Poll: *of.poll}
		}
	}
}

// original is what is asked about another message.
type original struct {
	slashed bool // a person's, which begins with a slash
	thread  tenants.ThreadID
	poll    *tenants.Poll
}

// fetchLimit is how many messages one request may ask for (TDLib source).
const fetchLimit = 100

// fetch asks for messages of a channel, or with no box of all other chats. Those
// that are gone are left out.
func (g *Gateway) fetch(ctx context.Context, api *tg.Client, box tenants.ChatID, ids []tg.InputMessageClass) (map[tenants.MessageRef]original, error) {
	out := map[tenants.MessageRef]original{}
	for len(ids) > 0 {
		some := ids[:min(len(ids), fetchLimit)]
		ids = ids[len(some):]
		messages, with, err := g.messages(ctx, api, box, some)
		if err != nil {
			return nil, err
		}
		for _, m := range messages {
			message, _ := with.message(m)
			person := !message.Own && (message.Sender != nil || !message.From.Bot)
			out[message.Ref()] = original{
				slashed: person && strings.HasPrefix(message.Content.Text.Text, "/"),
				thread:  message.Thread,
				poll:    message.Content.Poll,
			}
		}
	}
	return out, nil
}

// messages asks for messages as they are.
func (g *Gateway) messages(ctx context.Context, api *tg.Client, box tenants.ChatID, ids []tg.InputMessageClass) ([]tg.MessageClass, cast, error) {
	var got tg.MessagesMessagesClass
	var err error
	if id := channelID(box); id != 0 {
		got, err = api.ChannelsGetMessages(ctx, &tg.ChannelsGetMessagesRequest{Channel: g.peers.channel(id), ID: ids})
	} else {
		got, err = api.MessagesGetMessages(ctx, ids)
	}
	if err != nil {
		return nil, cast{}, err
	}
	all, is := got.AsModified()
	if !is {
		return nil, cast{}, nil
	}
	var there []tg.MessageClass
	for _, m := range all.GetMessages() {
		if _, is := m.AsNotEmpty(); is {
			there = append(there, m)
		}
	}
	return there, g.cast(all.GetUsers(), all.GetChats()), nil
}
