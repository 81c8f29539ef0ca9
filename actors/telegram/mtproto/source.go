//go:build mtproto

package mtproto

import (
	"errors"

	port "topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// ofSource corrects the outcome of a copy or a forward where the chat that is read from
// may be what is away: CHANNEL_PRIVATE, CHAT_FORBIDDEN and PEER_ID_INVALID name no peer
// (core.telegram.org/method/messages.forwardMessages). So the chat itself is asked for;
// one that the login is out of answers with such an error, as forbidden, or as left.
// Where it could be read all the same, the next call tells of the chat that is written
// into, since the kept body goes there without a source.
func (t *try) ofSource(call port.Call, out tenants.Outcome) tenants.Outcome {
	source := port.SourceInDoubt(call, out)
	if source == 0 {
		return out
	}
	standing, err := t.Standing(t.ctx, source)
	var told *port.ReceiveError
	switch {
	case err == nil && standing.Member:
		return out
	case err == nil, errors.As(err, &told) && told.Outcome.Kind == tenants.Gone && told.Outcome.Gone != tenants.GoneLogin:
		left := refused(tenants.AsBody, tenants.WhyLeft)
		left.Why = out.Why
		return left
	default: // nothing was done, and nobody knows why
		return tenants.Outcome{Kind: tenants.NotSent, Why: "find out which chat is away: " + err.Error()}
	}
}
