package telegram

import (
	"net/url"
	"strings"
	"time"
)

// callbackMethods are the methods about pressed buttons.
var callbackMethods = map[string]handler{
	"answerCallbackQuery": answerCallbackQuery,
}

// callback is a pressed button that waits for its answer.
type callback struct {
	bot      *bot
	key      pressed
	at       time.Time
	answered bool
	fresh    time.Time // until then the app doesn't ask again
	text     string
	alert    bool
	url      string
}

const (
	// callbackLife is how long a pressed button can be answered. Its update
	// lives 150 s; the query itself "some minutes" (users' reports).
	callbackLife = 15 * time.Minute
	// maxCallbackText is the longest answer, in characters (Bot API docs).
	maxCallbackText = 200
	// maxCallbackCache is the longest cache_time (Bot API server source).
	maxCallbackCache = 30 * 24 * 60 * 60
)

func answerCallbackQuery(c *call) (any, *problem) {
	id := itoa(leadingInt(c.args.str("callback_query_id")))
	q := c.w.callbacks[id]
	text, link := c.args.str("text"), c.args.str("url")
	cache := c.args.integer("cache_time", 0, 0, maxCallbackCache)
	switch {
	case q == nil || q.bot != c.bot || q.answered || c.w.now.Sub(q.at) > callbackLife:
		return nil, fail(queryTooOld)
	case utf16Len(text) > maxCallbackText:
		return nil, fail(callbackTooLong)
	case link != "" && !c.bot.ownLink(link):
		return nil, fail(callbackURL)
	}
	q.answered = true
	q.text, q.alert, q.url = text, c.args.flag("show_alert"), link
	if cache > 0 {
		q.fresh = c.w.now.Add(time.Duration(cache) * time.Second)
		c.w.presses[q.key] = id
	}
	return true, nil
}

// ownLink says whether a link opens the bot itself: the only ones that a
// button without a game may open (Bot API docs, answerCallbackQuery).
func (b *bot) ownLink(link string) bool {
	u, err := url.Parse(link)
	if err == nil && u.Scheme == "" {
		u, err = url.Parse("https://" + link)
	}
	if err != nil {
		return false
	}
	switch u.Scheme {
	case "tg":
		return u.Host == "resolve" && strings.EqualFold(u.Query().Get("domain"), b.me.username)
	case "http", "https":
		at := u.Host == "t.me" || u.Host == "telegram.me"
		return at && strings.EqualFold(strings.Trim(u.Path, "/"), b.me.username)
	default:
		return false
	}
}

// CallbackAnswer is what a person sees after pressing a button.
type CallbackAnswer struct {
	Answered bool
	Text     string
	Alert    bool
	URL      string
}

// Callback returns what came of a pressed button, by its query id.
func (w *World) Callback(query string) CallbackAnswer {
	q := w.callbacks[query]
	if q == nil {
		return CallbackAnswer{}
	}
	return CallbackAnswer{q.answered, q.text, q.alert, q.url}
}
