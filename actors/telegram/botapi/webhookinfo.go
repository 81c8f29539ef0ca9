package botapi

import (
	"context"
	"time"

	"github.com/mymmrac/telego"
)

// WebhookInfo is how Telegram delivers to a bot (Bot API getWebhookInfo).
type WebhookInfo struct {
	URL     string // "" = it does not: the bot asks
	Pending int    // updates that wait
	// LastError is why the last delivery that failed did, and Failed when; Telegram
	// keeps both after later ones have succeeded.
	LastError string
	Failed    time.Time // zero = none has
}

// WebhookInfo asks how Telegram delivers to the bot. The error is a
// *telegram.ReceiveError.
func (g *Gateway) WebhookInfo(ctx context.Context) (WebhookInfo, error) {
	var got telego.WebhookInfo
	if err := g.ask(ctx, "getWebhookInfo", 0, struct{}{}, &got); err != nil {
		return WebhookInfo{}, err
	}
	info := WebhookInfo{URL: got.URL, Pending: got.PendingUpdateCount, LastError: got.LastErrorMessage}
	if got.LastErrorDate != 0 {
		info.Failed = time.Unix(got.LastErrorDate, 0)
	}
	return info, nil
}
