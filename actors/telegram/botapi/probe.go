package botapi

import (
	"context"
	"slices"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// extra is the button that a message has while it is looked at. A press of it is
// about nothing.
var extra = telegram.Button{Text: "…", Data: "…"}

// probe asks whose a message is. Telegram returns a message only where an edit has
// changed it (Bot API docs), so one that is to be shown is changed and changed
// back. If that ends in the middle, the next probe puts it right.
func (g *Gateway) probe(ctx context.Context, p telegram.Probe) tenants.Outcome {
	if !p.Show {
		return g.try(ctx, p)
	}
	changed := p
	changed.Buttons = append(slices.Clone(p.Buttons), extra)
	out := g.try(ctx, changed)
	if out.Probed.Is != tenants.Changed && out.Probed.Is != tenants.Ours {
		return out
	}
	if out = g.try(ctx, p); out.Probed.Is == tenants.Changed {
		out.Probed.Is = tenants.Ours
	}
	return out
}
