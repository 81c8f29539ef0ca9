package doors

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"time"

	sim "topicdesk/bench/telegram"
)

// delivery is what became of one request to a webhook.
type delivery struct {
	shipment

	failure    string // in the Bot API server's words; "" = the bot has taken it
	status     int    // HTTP status, 0 = there was no answer
	retryAfter time.Duration
	broken     bool // the connection is gone

	method string // what the bot asked for in its answer, "" = nothing
	args   sim.Args
}

const (
	statusGone = http.StatusGone
	// secretHeader carries the secret_token of setWebhook.
	secretHeader = "X-Telegram-Bot-Api-Secret-Token"
)

// post sends one update and waits for the answer.
func (d *deliverer) post(ctx context.Context, s shipment) delivery {
	back := delivery{shipment: s}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.target.URL, bytes.NewReader(s.body))
	if err != nil {
		back.failure, back.broken = "URL is too long", true
		return back
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept-Encoding", "gzip, deflate")
	req.Header["User-Agent"] = nil
	if s.target.Secret != "" {
		req.Header.Set(secretHeader, s.target.Secret)
	}
	res, err := d.web.Do(req)
	if err != nil {
		back.failure, back.broken = failureOf(err), true
		return back
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxParams))
	if err != nil {
		back.failure, back.broken = failureOf(err), true
		return back
	}
	back.status, back.broken = res.StatusCode, res.Close
	if res.StatusCode < 200 || res.StatusCode > 299 {
		back.failure = "Wrong response from the webhook: " + strings.TrimSpace(res.Status)
		seconds, _ := strconv.Atoi(res.Header.Get("Retry-After"))
		back.retryAfter = time.Duration(min(max(seconds, 0), int(maxRetryAfter/time.Second))) * time.Second
		return back
	}
	back.method, back.args = replied(res.Header.Get("Content-Type"), body)
	return back
}

// failureOf is a broken request in the words of getWebhookInfo (measured).
func failureOf(err error) string {
	var timeout net.Error
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return "Connection refused"
	case errors.Is(err, syscall.ECONNRESET):
		return "Connection reset by peer"
	case errors.As(err, &timeout) && timeout.Timeout():
		return "Read timeout expired"
	default:
		return "Webhook connection closed"
	}
}

// replied is the call that a bot makes by answering its webhook: any but get…
// and those that would change the webhook (Bot API server source).
func replied(contentType string, body []byte) (string, sim.Args) {
	p := newParams()
	if p.body(contentType, body) != 0 {
		return "", sim.Args{}
	}
	method := strings.ToLower(p.args.Values["method"])
	switch {
	case strings.HasPrefix(method, "get"), method == "setwebhook", method == "deletewebhook", method == "close", method == "logout":
		return "", sim.Args{}
	default:
		return method, p.args
	}
}
