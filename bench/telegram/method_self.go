package telegram

import (
	"encoding/json"
	"net/url"
)

// selfMethods are the methods about the bot itself and its updates.
var selfMethods = map[string]handler{
	"getMe":          getMe,
	"getUpdates":     getUpdates,
	"setWebhook":     setWebhook,
	"deleteWebhook":  deleteWebhook,
	"getWebhookInfo": getWebhookInfo,
}

func getMe(c *call) (any, *problem) {
	return meObject{
		userObject: *c.w.userObject(c.bot.me), CanJoinGroups: true,
		CanReadAllGroupMessages: !c.bot.privacy,
	}, nil
}

// Limits of getUpdates (Bot API docs; timeouts are clamped by the server).
const (
	maxUpdates     = 100
	maxPollSeconds = 50
)

// getUpdates answers with what is there; waiting is the Door's part.
func getUpdates(c *call) (any, *problem) {
	b := c.bot
	if b.webhook.URL != "" {
		return nil, fail(webhookActive)
	}
	c.allowUpdates()
	offset := int(c.args.integer("offset", 0, -1<<31, 1<<31-1))
	limit := int(c.args.integer("limit", maxUpdates, 1, maxUpdates))
	out := []byte{'['}
	for i, q := range c.w.take(b, offset, limit) {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, Update{q.id, q.kind, q.object, q.lane}.JSON()...)
		c.w.note(LogEntry{Event: EventTaken, Bot: b.me.id, Method: q.kind, UpdateID: q.id})
	}
	return json.RawMessage(append(out, ']')), nil
}

// allowUpdates stores allowed_updates if the argument is given; an empty
// list means the default set, unknown names are ignored (Bot API docs).
func (c *call) allowUpdates() {
	var names []string
	if json.Unmarshal([]byte(c.args.str("allowed_updates")), &names) != nil {
		return
	}
	allowed := map[string]bool{}
	for _, known := range allUpdates {
		for _, n := range names {
			if n == known {
				allowed[known] = true
			}
		}
	}
	c.bot.allowed = allowed
	if len(allowed) == 0 {
		c.bot.allowed = nil
	}
}

// Webhook is where a bot wants its updates.
type Webhook struct {
	URL            string // empty = none
	IP             string
	Secret         string
	MaxConnections int
	Certificate    bool
	LastErrorDate  int64
	LastError      string
}

type webhookObject struct {
	URL            string   `json:"url"`
	Certificate    bool     `json:"has_custom_certificate"`
	Pending        int      `json:"pending_update_count"`
	LastErrorDate  int64    `json:"last_error_date,omitempty"`
	LastError      string   `json:"last_error_message,omitempty"`
	MaxConnections int      `json:"max_connections,omitempty"`
	IP             string   `json:"ip_address,omitempty"`
	Allowed        []string `json:"allowed_updates,omitempty"`
}

func getWebhookInfo(c *call) (any, *problem) {
	b, h := c.bot, c.bot.webhook
	o := webhookObject{
		URL: h.URL, Certificate: h.Certificate, Pending: c.w.Pending(b.me.id),
		LastErrorDate: h.LastErrorDate, LastError: h.LastError,
	}
	if h.URL != "" {
		o.MaxConnections, o.IP = h.MaxConnections, h.IP
	}
	for _, name := range allUpdates {
		if b.allowed[name] {
			o.Allowed = append(o.Allowed, name)
		}
	}
	return o, nil
}

// Limits of setWebhook (Bot API docs).
const (
	maxSecret          = 256
	maxConnections     = 100
	defaultConnections = 40
)

func setWebhook(c *call) (any, *problem) {
	target := c.args.str("url")
	if target == "" {
		return dropWebhook(c)
	}
	if bad := c.hookTooSoon(); bad != nil {
		return nil, bad
	}
	if bad := c.w.checkWebhook(target, c.args.str("secret_token")); bad != nil {
		return nil, bad
	}
	next := Webhook{
		URL: target, IP: c.args.str("ip_address"), Secret: c.args.str("secret_token"),
		MaxConnections: int(c.args.integer("max_connections", defaultConnections, 1, maxConnections)),
	}
	_, next.Certificate = c.args.file("certificate")
	if next.IP == "" {
		next.IP = "127.0.0.1"
	}
	old := c.bot.webhook
	old.LastErrorDate, old.LastError = 0, ""
	c.allowUpdates()
	if c.args.flag("drop_pending_updates") {
		c.bot.queue = nil
	}
	if old == next {
		return described{true, "Webhook is already set"}, nil
	}
	c.bot.webhook = next
	c.w.webhookChanged(c.bot)
	return described{true, "Webhook was set"}, nil
}

func deleteWebhook(c *call) (any, *problem) { return dropWebhook(c) }

func dropWebhook(c *call) (any, *problem) {
	if c.args.flag("drop_pending_updates") {
		c.bot.queue = nil
	}
	if c.bot.webhook.URL == "" {
		return described{true, "Webhook is already deleted"}, nil
	}
	c.bot.webhook = Webhook{}
	c.w.webhookChanged(c.bot)
	return described{true, "Webhook was deleted"}, nil
}

// webhookChanged wakes whoever sends updates for the bot.
func (w *World) webhookChanged(b *bot) {
	if w.watcher != nil {
		w.watcher(b.me.id)
	}
}

// checkWebhook refuses the URLs and secrets that the server refuses. Plain
// HTTP on loopback is allowed when Knobs.PlainWebhooks is on: no test has a
// certificate, and a local Bot API server allows it too.
func (w *World) checkWebhook(raw, secret string) *problem {
	if len(secret) > maxSecret {
		return fail(secretTooLong)
	}
	for _, r := range secret {
		if !(r == '_' || r == '-' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z') {
			return fail(secretInvalid)
		}
	}
	u, err := url.Parse(raw)
	switch {
	case err != nil || u.Host == "":
		return fail(webhookInvalid)
	case w.knobs.PlainWebhooks:
		return nil
	case u.Scheme != "https":
		return fail(webhookHTTPS)
	}
	switch u.Port() {
	case "", "443", "80", "88", "8443":
		return nil
	default:
		return fail(webhookPort)
	}
}

// WebhookOf returns where the bot's updates go; URL empty = nowhere.
func (w *World) WebhookOf(botID int64) Webhook { return w.robot(botID).webhook }

// WebhookFailed records the last failure of a delivery for getWebhookInfo.
func (w *World) WebhookFailed(botID int64, message string) {
	b := w.robot(botID)
	b.webhook.LastErrorDate, b.webhook.LastError = w.unix(), message
}
