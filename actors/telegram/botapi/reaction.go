package botapi

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/mymmrac/telego"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// reactionPart is any of the Bot API's ReactionType types.
type reactionPart struct {
	Type   string `json:"type"`
	Emoji  string `json:"emoji"`
	Custom string `json:"custom_emoji_id"`
}

// decodeReaction reads a MessageReactionUpdated. A type that is not known is one
// that can't be set, as a paid one.
func decodeReaction(body []byte) (tenants.Event, error) {
	var in struct {
		Chat    telego.Chat    `json:"chat"`
		Message int64          `json:"message_id"`
		User    *telego.User   `json:"user"`
		Actor   *telego.Chat   `json:"actor_chat"`
		New     []reactionPart `json:"new_reaction"`
	}
	if err := json.Unmarshal(body, &in); err != nil {
		return nil, err
	}
	if in.Chat.ID == 0 || in.Message == 0 {
		return nil, errors.New("no chat or no message")
	}
	out := tenants.Reacted{
		Chat:    chat(&in.Chat),
		Message: tenants.MessageRef{Chat: tenants.ChatID(in.Chat.ID), ID: tenants.MessageID(in.Message)},
		By:      person(in.User),
	}
	if in.Actor != nil {
		actor := chat(in.Actor)
		out.Sender = &actor
	}
	for _, r := range in.New {
		one := tenants.Reaction{Emoji: r.Emoji, Custom: r.Custom}
		one.Paid = one == tenants.Reaction{}
		out.Now = append(out.Now, one)
	}
	return out, nil
}

// plainEmoji is the plain emoji of a custom one, since bots can't set those (Bot
// API docs, setMessageReaction and Sticker.emoji); "" = the outcome tells why
// there is none. It only reads, so nothing about it is Unsure.
func (g *Gateway) plainEmoji(ctx context.Context, c telegram.SetReaction) (emoji string, outcome tenants.Outcome) {
	const method = "getCustomEmojiStickers"
	result, err := g.invoke(ctx, g.callTimeout, method, telego.GetCustomEmojiStickersParams{CustomEmojiIDs: []string{c.Custom}})
	if err != nil {
		if outcome = g.verdict(method, c.Target(), err); outcome.Kind == tenants.Unsure {
			outcome.Kind = tenants.NotSent
		}
		return "", outcome
	}
	var stickers []struct {
		Emoji string `json:"emoji"`
	}
	if err := json.Unmarshal(result, &stickers); err != nil || len(stickers) == 0 || !tenants.BotMayReact(stickers[0].Emoji) {
		return "", tenants.Outcome{Kind: tenants.Refused, Reason: tenants.WhyNoReaction, Why: "the custom emoji has no plain one that a bot may set"}
	}
	return stickers[0].Emoji, outcome
}
