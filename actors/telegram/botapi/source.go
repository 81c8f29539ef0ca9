package botapi

import (
	"context"
	"errors"

	"github.com/mymmrac/telego"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// ofSource corrects the outcome of a copy or a forward where the chat that is read from
// may be what is away. It is looked at first, and needs what getChat needs, so that
// tells (Bot API server source: check_message, check_chat_access). Taken for the chat
// that is written into, one client group that throws the bot out would hold up the team's.
func (g *Gateway) ofSource(ctx context.Context, call telegram.Call, out tenants.Outcome) tenants.Outcome {
	source := telegram.SourceInDoubt(call, out)
	if source == 0 {
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
