package botapi

import (
	"context"
	"errors"
	"fmt"

	"github.com/mymmrac/telego"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// ofSource corrects the outcome of a copy or a forward: that we are out of a chat
// Telegram says in the same words of the one that is read from and of the one that is
// written into. The first is looked at first, and needs what getChat needs, so that
// tells which it is (Bot API server source: check_message, check_chat_access). Taken for
// the other, one client group that throws the bot out would hold up the team's.
func (g *Gateway) ofSource(ctx context.Context, call telegram.Call, out tenants.Outcome) tenants.Outcome {
	source := sourceOf(call)
	away := out.Kind == tenants.Gone && (out.Gone == tenants.GoneChat || out.Gone == tenants.GoneClient)
	if !away || source == 0 || source == call.Target() {
		return out
	}
	var found telego.Chat
	err := g.ask(ctx, "getChat", source, telego.GetChatParams{ChatID: chatID(source)}, &found)
	var told *telegram.ReceiveError
	switch {
	case err == nil:
		return out
	case errors.As(err, &told) && told.Outcome.Kind == tenants.Gone && told.Outcome.Gone != tenants.GoneLogin:
		gone := refused(tenants.AsBody, tenants.WhyLeft)
		gone.Why = out.Why
		return gone
	default: // nothing was done, and nobody knows why
		return tenants.Outcome{Kind: tenants.NotSent, Why: "find out which chat is away: " + err.Error()}
	}
}

// sourceOf is the chat that a call reads from, 0 = it reads from none.
func sourceOf(call telegram.Call) tenants.ChatID {
	var from []tenants.MessageRef
	switch c := call.(type) {
	case telegram.CopyMessage:
		return c.From.Chat
	case telegram.ForwardMessage:
		return c.From.Chat
	case telegram.CopyAlbum:
		from = c.From
	case telegram.ForwardAlbum:
		from = c.From
	case telegram.SendContent, telegram.SendAlbum, telegram.EditContent, telegram.Probe, telegram.DeleteMessages, telegram.SetReaction,
		telegram.OpenTopic, telegram.RenameTopic, telegram.SetTopicOpen, telegram.AnswerPress:
		return 0
	default:
		panic(fmt.Sprintf("botapi: unknown call %T", call))
	}
	if len(from) == 0 {
		return 0
	}
	return from[0].Chat
}
