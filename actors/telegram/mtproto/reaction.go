//go:build mtproto

package mtproto

import (
	"strconv"

	"github.com/gotd/td/tg"

	port "topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// reacted tells that somebody's reactions changed.
func (g *Gateway) reacted(u *tg.UpdateBotMessageReaction, with cast) item {
	chat := peerChat(u.Peer)
	out := tenants.Reacted{Chat: with.chat(chat), Message: tenants.MessageRef{Chat: chat, ID: tenants.MessageID(u.MsgID)}}
	if by, is := u.Actor.(*tg.PeerUser); is {
		out.By = with.person(by.UserID)
	} else {
		sender := with.chat(peerChat(u.Actor))
		out.Sender = &sender
	}
	for _, one := range u.NewReactions {
		switch r := one.(type) {
		case *tg.ReactionEmoji:
			out.Now = append(out.Now, tenants.Reaction{Emoji: r.Emoticon})
		case *tg.ReactionCustomEmoji:
			out.Now = append(out.Now, tenants.Reaction{Custom: strconv.FormatInt(r.DocumentID, 10)})
		case *tg.ReactionPaid:
			out.Now = append(out.Now, tenants.Reaction{Paid: true})
		}
	}
	return g.event(u.Date, u, out)
}

// react sets the bot's only reaction; of a custom emoji the plain one, since bots
// may set no other.
func (t *try) react(call port.SetReaction) (tenants.Outcome, error) {
	if call.Custom != "" {
		plain, err := t.plainEmoji(call.Custom)
		if err != nil {
			return tenants.Outcome{}, err
		}
		if plain == "" {
			return tenants.Outcome{Kind: tenants.Refused, Reason: tenants.WhyNoReaction, Why: "the custom emoji has no plain one that a bot may set"}, nil
		}
		call.Emoji = plain
	}
	request := &tg.MessagesSendReactionRequest{Peer: t.peers.input(call.Message.Chat), MsgID: int(call.Message.ID)}
	reaction := []tg.ReactionClass{}
	if call.Emoji != "" {
		reaction = append(reaction, &tg.ReactionEmoji{Emoticon: call.Emoji})
	}
	request.SetReaction(reaction)
	t.method = "messages.sendReaction"
	_, err := t.api.MessagesSendReaction(t.ctx, request)
	return tenants.Outcome{}, err
}

// plainEmoji is the plain emoji of a custom one, "" if there is none that a bot
// may set.
func (t *try) plainEmoji(custom string) (string, error) {
	id, err := strconv.ParseInt(custom, 10, 64)
	if err != nil {
		return "", nil // nobody's number
	}
	t.method = "messages.getCustomEmojiDocuments"
	documents, err := t.api.MessagesGetCustomEmojiDocuments(t.ctx, []int64{id})
	if err != nil {
		return "", err
	}
	for _, one := range documents {
		document, is := one.(*tg.Document)
		if !is {
			continue
		}
		for _, attribute := range document.Attributes {
			if a, is := attribute.(*tg.DocumentAttributeCustomEmoji); is && tenants.BotMayReact(a.Alt) {
				return a.Alt, nil
			}
		}
	}
	return "", nil
}
