package botapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/mymmrac/telego/telegoapi"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

const (
	officialRoot = "https://api.telegram.org"

	// Telegram closes polls by itself after 50 s; some paths to it sooner
	// (39 s measured).
	defaultPollTimeout = 25 * time.Second
	// Telegram's server waits out short floods itself, up to 8 s (TDLib), so
	// a call must be given clearly more.
	defaultCallTimeout = 30 * time.Second
)

// DefaultUpdates are the kinds of updates that are asked for (Bot API
// allowed_updates).
var DefaultUpdates = []string{
	"message", "edited_message", "channel_post", "edited_channel_post",
	"my_chat_member", "callback_query", "message_reaction", "poll",
}

// HelperUpdates are those of a bot that only helps to send: how it stands in chats.
var HelperUpdates = []string{"my_chat_member"}

// Options say which bot it is and how it is reached. Only Token is needed.
type Options struct {
	Token   string
	APIRoot string // "" = https://api.telegram.org; without /bot…
	// Transport carries the requests; nil = one shared by all gateways of the process.
	Transport http.RoundTripper
	// Caller takes the place of HTTP altogether. Its errors are Unsure unless
	// they are a SentError.
	Caller telegoapi.Caller

	PollTimeout time.Duration // of one getUpdates, whole seconds; 0 = 25 s, negative = don't wait
	CallTimeout time.Duration // of any other call; 0 = 30 s
	// AllowedUpdates are asked for by Receive and SetWebhook; nil = DefaultUpdates.
	AllowedUpdates []string
}

// SentError is an error of a Caller that knows whether the request may have
// reached Telegram.
type SentError interface {
	error
	Sent() bool
}

// Gateway is one bot. Make it with New.
type Gateway struct {
	id          tenants.UserID
	token       string
	base        string // up to the method's name; holds the token
	caller      telegoapi.Caller
	pollTimeout time.Duration
	callTimeout time.Duration
	allowed     []string
}

var _ telegram.Gateway = (*Gateway)(nil)

// tokenForm is a bot's token: its user id and a secret.
var tokenForm = regexp.MustCompile(`^([1-9][0-9]{0,15}):[A-Za-z0-9_-]{30,64}$`)

// New makes the gateway of one bot. It asks nothing of Telegram; the error is
// about the options and doesn't hold the token.
func New(o Options) (*Gateway, error) {
	form := tokenForm.FindStringSubmatch(o.Token)
	if form == nil {
		return nil, errors.New("bot token: want the form 123456:AA…, as @BotFather gives it")
	}
	id, err := strconv.ParseInt(form[1], 10, 64)
	if err != nil {
		return nil, fmt.Errorf("bot token: its number: %w", err)
	}
	if o.Caller != nil && o.Transport != nil {
		return nil, errors.New("botapi: give either a Caller or a Transport")
	}
	g := &Gateway{
		id:          tenants.UserID(id),
		token:       o.Token,
		base:        strings.TrimRight(or(o.APIRoot, officialRoot), "/") + "/bot" + o.Token + "/",
		caller:      o.Caller,
		pollTimeout: max(0, or(o.PollTimeout, defaultPollTimeout).Truncate(time.Second)),
		callTimeout: or(o.CallTimeout, defaultCallTimeout),
		allowed:     o.AllowedUpdates,
	}
	if g.allowed == nil {
		g.allowed = DefaultUpdates
	}
	if g.caller == nil {
		if o.Transport == nil {
			o.Transport = sharedTransport()
		}
		g.caller = httpCaller{o.Transport}
	}
	return g, nil
}

// or is the first of both that is not zero.
func or[T comparable](a, b T) T {
	var zero T
	if a != zero {
		return a
	}
	return b
}

// ID is the bot's user id, as its token says.
func (g *Gateway) ID() tenants.UserID { return g.id }

// Abilities are those of every bot: none of what accounts can do.
func (g *Gateway) Abilities() telegram.Abilities { return telegram.Abilities{} }

// invoke makes one call of the Bot API and returns what is in "result". The
// error is a *telegoapi.Error where Telegram answered, else whatever the
// caller said; verdict reads both.
func (g *Gateway) invoke(ctx context.Context, timeout time.Duration, method string, params any) (json.RawMessage, error) {
	if err := ctx.Err(); err != nil {
		return nil, &transportError{err: err}
	}
	body, err := json.Marshal(params)
	if err != nil {
		return nil, &transportError{err: fmt.Errorf("encode parameters: %w", err)}
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	answer, err := g.caller.Call(ctx, g.base+method, &telegoapi.RequestData{
		ContentType: telegoapi.ContentTypeJSON,
		BodyRaw:     body,
	})
	return read(answer, err)
}

// read takes the result out of an answer.
func read(answer *telegoapi.Response, err error) (json.RawMessage, error) {
	switch {
	case err != nil:
		return nil, err
	case answer == nil:
		return nil, errors.New("no answer")
	case !answer.Ok && (answer.Error == nil || answer.Error.ErrorCode == 0):
		return nil, errors.New("neither a result nor an error in the answer")
	case !answer.Ok:
		return nil, answer.Error
	default:
		return answer.Result, nil
	}
}

// hide takes the token out of a text.
func (g *Gateway) hide(text string) string {
	return strings.ReplaceAll(text, g.token, "<token>")
}
