package telegram

import "strings"

// webhookMethods are the methods about webhooks.
var webhookMethods = map[string]handler{
	"setWebhook":     setWebhook,
	"deleteWebhook":  deleteWebhook,
	"getWebhookInfo": getWebhookInfo,
}

// Webhook is where a bot wants its updates.
type Webhook struct {
	URL            string // as the bot gave it; empty = none
	IP             string // where URL leads; empty = nobody has looked yet
	FixedIP        bool   // the bot named IP itself
	Secret         string
	MaxConnections int
	Certificate    string // the bot's own, PEM; empty = none
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

// unknownIP is what the server writes before it has resolved the host.
const unknownIP = "<unknown>"

func getWebhookInfo(c *call) (any, *problem) {
	b, h := c.bot, c.bot.webhook
	o := webhookObject{
		URL: h.URL, Certificate: h.Certificate != "", Pending: c.w.Pending(b.me.id),
		LastErrorDate: h.LastErrorDate, LastError: h.LastError, MaxConnections: h.MaxConnections,
	}
	if h.URL != "" {
		o.IP = unknownIP
		if h.IP != "" {
			o.IP = h.IP
		}
	}
	for _, name := range allUpdates {
		if b.allowed[name] {
			o.Allowed = append(o.Allowed, name)
		}
	}
	return o, nil
}

// Limits of setWebhook (Bot API docs; the certificate's is the server's own).
const (
	maxSecret          = 256
	maxConnections     = 100
	defaultConnections = 40
	maxCertificate     = 3 << 20 // bytes
)

func setWebhook(c *call) (any, *problem) {
	target := c.args.str("url")
	if target == "" {
		return deleteWebhook(c)
	}
	if bad := c.hookTooSoon(); bad != nil {
		return nil, bad
	}
	next := Webhook{
		URL: target, IP: c.args.str("ip_address"), Secret: c.args.str("secret_token"),
		MaxConnections: int(c.args.integer("max_connections", defaultConnections, 1, maxConnections)),
		Certificate:    string(c.certificate()),
	}
	next.FixedIP = next.IP != ""
	drop := c.args.flag("drop_pending_updates")
	if !drop && next.same(c.bot.webhook) {
		c.allowUpdates()
		return described{true, "Webhook is already set"}, nil
	}
	c.endsPoll = true
	c.w.closeWebhook(c.bot) // before it is known whether the new one is any good
	if drop {
		c.bot.clear(0)
	}
	if bad := c.w.checkWebhook(&next); bad != nil {
		return nil, bad
	}
	c.allowUpdates()
	c.bot.webhook = next
	c.w.wakeBot(c.bot)
	return described{true, "Webhook was set"}, nil
}

// certificate is the uploaded certificate, by its own name or by attach://.
func (c *call) certificate() []byte {
	name := "certificate"
	if _, ok := c.args.Files[name]; !ok {
		var attached bool
		if name, attached = strings.CutPrefix(c.args.str("certificate"), "attach://"); !attached {
			return nil
		}
	}
	return c.args.Files[name].Data
}

// same says whether setting h again would change nothing. Webhooks with
// certificates are always set anew (Bot API server source).
func (h Webhook) same(old Webhook) bool {
	return h.URL == old.URL && h.Certificate == "" && old.Certificate == "" && h.Secret == old.Secret &&
		h.MaxConnections == old.MaxConnections && h.FixedIP == old.FixedIP && (!h.FixedIP || h.IP == old.IP)
}

func deleteWebhook(c *call) (any, *problem) {
	was := c.bot.webhook.URL != ""
	c.w.closeWebhook(c.bot)
	if c.args.flag("drop_pending_updates") {
		c.bot.clear(0)
	}
	if !was {
		c.allowUpdates()
		return described{true, "Webhook is already deleted"}, nil
	}
	return described{true, "Webhook was deleted"}, nil
}

func (w *World) closeWebhook(b *bot) {
	if b.webhook.URL != "" {
		b.webhook = Webhook{}
		w.wakeBot(b)
	}
}

// WebhookOf returns where the bot's updates go now; URL empty = nowhere, as
// while the bot is closed.
func (w *World) WebhookOf(botID int64) Webhook {
	b := w.robot(botID)
	if b.opened.IsZero() {
		return Webhook{}
	}
	return b.webhook
}

// WebhookFailed records the last failure of a delivery for getWebhookInfo.
func (w *World) WebhookFailed(botID int64, message string) {
	b := w.robot(botID)
	b.webhook.LastErrorDate, b.webhook.LastError = w.unix(), message
}

// WebhookReached records which address the webhook's host has, unless the
// bot has named one.
func (w *World) WebhookReached(botID int64, ip string) {
	if b := w.robot(botID); b.webhook.URL != "" && !b.webhook.FixedIP {
		b.webhook.IP = ip
	}
}

// CloseWebhook removes the webhook, as the server does when a bot answers
// with nothing but 410 for a day.
func (w *World) CloseWebhook(botID int64) { w.closeWebhook(w.robot(botID)) }
