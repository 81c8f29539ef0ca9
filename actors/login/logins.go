package login

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"topicdesk/actors/admission"
	"topicdesk/actors/meter"
	"topicdesk/actors/telegram"
	"topicdesk/actors/telegram/botapi"
	"topicdesk/configs"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
)

// Options are what the logins of a node are made from.
type Options struct {
	Telegram  configs.Telegram
	Polls     bool               // updates are asked for, not delivered
	Secrets   *registry.Registry // has the tokens
	Admission *admission.Gate
	Meter     *meter.Meter // nil = nobody counts
	Log       *slog.Logger
}

// Door is where updates are delivered: it is told of every login that is made, and
// of every one that is let go for good.
type Door interface {
	Add(Key, *botapi.Gateway)
	// Remove takes the webhook off; an error says why Telegram still has it.
	Remove(Key, *botapi.Gateway) error
}

// Set are the logins of a node: made when somebody first asks for them, kept as long
// as the process. Its methods may be called by anybody at any time.
type Set struct {
	o       Options
	contact contact
	door    Door // nil = none is open
	// stopping ends all receiving and lets no new call begin.
	stopping context.Context
	stop     context.CancelFunc

	mu   sync.Mutex
	open map[Key]*Bot
}

// New makes the set; no login is made yet.
func New(o Options) *Set {
	l := &Set{o: o, open: map[Key]*Bot{}}
	l.stopping, l.stop = context.WithCancel(context.Background())
	return l
}

// Through lets updates come through a door, for every login that is made from now on.
// It is called before anybody asks for one.
func (l *Set) Through(d Door) { l.door = d }

// Stop ends all receiving and lets no new call begin; calls under way go on.
func (l *Set) Stop() { l.stop() }

// Stopping is done when Stop was called.
func (l *Set) Stopping() context.Context { return l.stopping }

// Lost is since when no question for updates reaches Telegram; zero = they do.
func (l *Set) Lost() time.Time { return l.contact.lost() }

// Heard takes over how a question for updates ended.
func (l *Set) Heard(err error, at time.Time) { l.contact.note(err, at, l.o.Meter) }

// Polls tells that updates are asked for, not delivered.
func (l *Set) Polls() bool { return l.o.Polls }

// Gateway makes logins the node's Logins.
func (l *Set) Gateway(t tenants.TenantID, c tenants.ConnectionID) (telegram.Gateway, bool) {
	found, err := l.Of(Key{t, c})
	if err != nil {
		l.o.Log.Error("login can't be used", "tenant", t, "connection", c, "error", err)
		return nil, false
	}
	return found, l.Polls()
}

// Of is a login as tenants use it. Error: registry.ErrUnknown, and what is wrong with
// its token.
func (l *Set) Of(key Key) (*Bot, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if found := l.open[key]; found != nil {
		return found, nil
	}
	token, updates, err := l.Token(key)
	if err != nil {
		return nil, err
	}
	bot, err := NewGateway(l.o.Telegram, token, updates...)
	if err != nil {
		return nil, err
	}
	made := newBot(bot, l, key.Tenant)
	l.open[key] = made
	if l.door != nil {
		l.door.Add(key, bot)
	}
	return made, nil
}

// Token is a login's token and the updates that it is asked for; nil = as usual.
// Error: registry.ErrUnknown.
func (l *Set) Token(key Key) (token string, updates []string, err error) {
	sealed, err := l.o.Secrets.Secret(key.Tenant, TokenName(key.Connection))
	if errors.Is(err, registry.ErrUnknown) {
		updates = botapi.HelperUpdates
		sealed, err = l.o.Secrets.Secret(key.Tenant, HelperName(key.Connection))
	}
	return string(sealed), updates, err
}

// Forget lets go of a login: whoever asks for it next gets it made anew, with the
// token that the registry has then.
func (l *Set) Forget(key Key) { l.forget(key) }

// forget gives the login that was there; nil = none was made.
func (l *Set) forget(key Key) *Bot {
	l.mu.Lock()
	defer l.mu.Unlock()
	found := l.open[key]
	delete(l.open, key)
	return found
}

// Dismiss lets go of a login for good. If it came through a door, that takes its
// webhook off, and hooked is true; err says why Telegram still has it.
func (l *Set) Dismiss(key Key) (hooked bool, err error) {
	found := l.forget(key)
	if found == nil || l.door == nil {
		return false, nil
	}
	return true, l.door.Remove(key, found.Gateway)
}

// Unhook is Dismiss, which takes a webhook off also where no door has the login: an
// earlier process may have set it.
func (l *Set) Unhook(ctx context.Context, key Key) error {
	hooked, err := l.Dismiss(key)
	if hooked || l.Polls() {
		return err
	}
	token, _, err := l.Token(key)
	if err != nil {
		return err
	}
	bot, err := NewGateway(l.o.Telegram, token)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, AskWithin)
	defer cancel()
	return bot.DeleteWebhook(ctx)
}

// AskWithin bounds a question to Telegram that somebody waits for: whose a token is,
// how a login stands, that its webhook is off.
const AskWithin = 30 * time.Second

// NewGateway makes the gateway of a bot; updates are those that it asks for, none = as
// usual.
func NewGateway(c configs.Telegram, token string, updates ...string) (*botapi.Gateway, error) {
	return botapi.New(botapi.Options{
		Token: token, APIRoot: c.APIRoot, PollTimeout: c.PollTimeout, CallTimeout: c.CallTimeout, AllowedUpdates: updates,
	})
}

// Reason is why Telegram refused a question, in its own words.
func Reason(err error) string {
	var refused *telegram.ReceiveError
	if !errors.As(err, &refused) {
		return err.Error()
	}
	if refused.Outcome.Kind == tenants.Gone && refused.Outcome.Gone == tenants.GoneLogin {
		return "Telegram does not know this token (any more): " + refused.Outcome.Why
	}
	return refused.Outcome.Why
}
