package botapi

import (
	"context"
	"crypto/subtle"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/mymmrac/telego"

	"topicdesk/tenants"
)

const (
	// WebhookPath is where a Mux listens; the bot's key follows.
	WebhookPath = "/tg/"

	// maxUpdate bounds a webhook request, bytes. The Bot API server makes no
	// update longer than 64 KiB (Bot API server source, add_update_impl).
	maxUpdate = 256 << 10
	// defaultConnections is Telegram's own max_connections.
	defaultConnections = 40
	// behindAfter is when Telegram shall come again after ErrBehind. It keeps to
	// Retry-After up to an hour.
	behindAfter = 5 * time.Second

	secretHeader = "X-Telegram-Bot-Api-Secret-Token"
)

// ErrBehind from Deliver means: not now. Telegram gets 503 and comes again.
var ErrBehind = errors.New("behind with updates")

// Deliver takes one update of the bot with this key. When it returns nil the
// update's consequences are on disk, and Telegram forgets it; after any error
// Telegram sends it again. It is called from many goroutines; Telegram sends
// what belongs to one chat one after the other (Bot API server source).
type Deliver func(ctx context.Context, key string, update tenants.Update) error

// Hook is one bot of a Mux.
type Hook struct {
	Bot    tenants.UserID // to tell its own messages
	Secret string         // secret_token of setWebhook; never ""
	// MaxConnections are the requests that Telegram may have open, as told to
	// SetWebhook; more are refused. 0 = 40.
	MaxConnections int
}

// Mux answers the webhooks of all bots of a process, at WebhookPath plus key.
// Bots come and go while it runs.
type Mux struct {
	deliver Deliver
	// Known is told of each request that has shown its bot's secret, before its body
	// is read; may be nil. Set it before the first request.
	Known func(*http.Request)

	mu    sync.RWMutex
	hooks map[string]*openHook
}

type openHook struct {
	Hook
	turns chan struct{} // one for each request under way
}

// NewMux makes a Mux without bots.
func NewMux(deliver Deliver) *Mux {
	return &Mux{deliver: deliver, hooks: map[string]*openHook{}}
}

// Add lets a bot in, or replaces what was said of it. It panics without a
// secret, which would let anybody in.
func (m *Mux) Add(key string, hook Hook) {
	if key == "" || hook.Secret == "" {
		panic("botapi: a webhook without key or secret")
	}
	open := &openHook{Hook: hook, turns: make(chan struct{}, or(hook.MaxConnections, defaultConnections))}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.hooks[key] = open
}

// Remove knows nothing of the bot from now on; requests under way end by
// themselves.
func (m *Mux) Remove(key string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.hooks, key)
}

// nobody stands for the bot of a path that there is not, so that it takes as long to
// refuse a request there as one with a wrong secret.
var nobody = &openHook{Hook: Hook{Secret: strings.Repeat("-", 64)}}

// ServeHTTP takes one update. 200 is written only after Deliver returned nil. To
// whom shows no secret everything looks the same, whether there is a bot at the path
// or not: a 404, the body unread and the connection closed.
func (m *Mux) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	key, under := strings.CutPrefix(r.URL.Path, WebhookPath)
	m.mu.RLock()
	hook := m.hooks[key]
	m.mu.RUnlock()
	there := under && hook != nil
	if !there {
		hook = nobody
	}
	shown := subtle.ConstantTimeCompare([]byte(r.Header.Get(secretHeader)), []byte(hook.Secret)) == 1
	switch {
	case !shown || !there:
		// Else the server would wait for the body before it closes.
		_ = http.NewResponseController(w).SetReadDeadline(time.Now())
		w.Header().Set("Connection", "close")
		w.WriteHeader(http.StatusNotFound)
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		w.WriteHeader(http.StatusMethodNotAllowed)
	default:
		if m.Known != nil {
			m.Known(r)
		}
		select {
		case hook.turns <- struct{}{}:
			defer func() { <-hook.turns }()
			m.take(w, r, key, hook)
		default:
			comeAgain(w)
		}
	}
}

func (m *Mux) take(w http.ResponseWriter, r *http.Request, key string, hook *openHook) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdate))
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &tooLong):
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	case err != nil:
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	update, err := decode(hook.Bot, raw)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	switch err := m.deliver(r.Context(), key, update); {
	case err == nil:
		w.WriteHeader(http.StatusOK)
	case errors.Is(err, ErrBehind):
		comeAgain(w)
	default:
		w.WriteHeader(http.StatusInternalServerError)
	}
}

func comeAgain(w http.ResponseWriter) {
	w.Header().Set("Retry-After", strconv.Itoa(int(behindAfter/time.Second)))
	w.WriteHeader(http.StatusServiceUnavailable)
}

// SetWebhook makes Telegram send the updates to target (Bot API setWebhook:
// https, port 443, 80, 88 or 8443) with secret in a header, over at most
// connections at a time (1–100; 0 = 40). What waits is kept. The error is a
// *telegram.ReceiveError.
func (g *Gateway) SetWebhook(ctx context.Context, target, secret string, connections int) error {
	var is bool
	return g.ask(ctx, "setWebhook", 0, telego.SetWebhookParams{
		URL: target, SecretToken: secret, MaxConnections: or(connections, defaultConnections), AllowedUpdates: g.allowed,
	}, &is)
}

// DeleteWebhook lets Receive have the updates again; what waits is kept. The
// error is a *telegram.ReceiveError.
func (g *Gateway) DeleteWebhook(ctx context.Context) error {
	var is bool
	return g.ask(ctx, "deleteWebhook", 0, telego.DeleteWebhookParams{}, &is)
}
