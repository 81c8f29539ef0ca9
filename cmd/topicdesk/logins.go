package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"topicdesk/actors/meter"
	"topicdesk/actors/telegram"
	"topicdesk/actors/telegram/botapi"
	"topicdesk/configs"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
)

// loginKey names one login of the node.
type loginKey struct {
	tenant     tenants.TenantID
	connection tenants.ConnectionID
}

// tokenName is the name of a connection's sealed token in the registry.
func tokenName(c tenants.ConnectionID) string { return fmt.Sprintf("connection/%d/token", c) }

// tokenForms are the forms of all tokens' names (registry.CountSecrets).
var tokenForms = []string{"connection/*/token", "helper/*/token"}

// helperName is the name of a helper's sealed token in the registry: a bot that is
// found under it is asked only for how it stands in groups.
func helperName(c tenants.ConnectionID) string { return fmt.Sprintf("helper/%d/token", c) }

// logins are the node's bots: made when a tenant first asks for them, kept as
// long as the process.
type logins struct {
	cfg       configs.Config
	secrets   *registry.Registry
	log       *slog.Logger
	admission *admission
	meter     *meter.Meter // nil = nobody counts
	contact   contact
	// opened is told of every login when it is made; nil = nobody.
	opened func(loginKey, *botapi.Gateway)
	// closed is told of every login that is let go for good; nil = nobody.
	closed func(loginKey, *botapi.Gateway) error
	// stopping ends all receiving and lets no new call begin.
	stopping context.Context
	stop     context.CancelFunc

	mu   sync.Mutex
	open map[loginKey]*login
}

func newLogins(cfg configs.Config, secrets *registry.Registry, log *slog.Logger) *logins {
	l := &logins{
		cfg: cfg, secrets: secrets, log: log, open: map[loginKey]*login{},
		admission: newAdmission(cfg.Limits.UncommittedUpdates, cfg.Limits.TenantUpdatesPerSecond),
	}
	l.stopping, l.stop = context.WithCancel(context.Background())
	return l
}

// Polls tells that updates are asked for, not delivered.
func (l *logins) Polls() bool { return l.cfg.HTTP.PublicURL == "" }

// Gateway makes logins the node's Logins.
func (l *logins) Gateway(t tenants.TenantID, c tenants.ConnectionID) (telegram.Gateway, bool) {
	found, err := l.login(loginKey{t, c})
	if err != nil {
		l.log.Error("login can't be used", "tenant", t, "connection", c, "error", err)
		return nil, false
	}
	return found, l.Polls()
}

func (l *logins) login(key loginKey) (*login, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if found := l.open[key]; found != nil {
		return found, nil
	}
	token, updates, err := l.token(key)
	if err != nil {
		return nil, err
	}
	bot, err := newBot(l.cfg.Telegram, token, updates...)
	if err != nil {
		return nil, err
	}
	made := newLogin(bot, l, key.tenant)
	l.open[key] = made
	if l.opened != nil {
		l.opened(key, bot)
	}
	return made, nil
}

// token is a login's token and what it is asked for; nil = as usual.
func (l *logins) token(key loginKey) (token string, updates []string, err error) {
	sealed, err := l.secrets.Secret(key.tenant, tokenName(key.connection))
	if errors.Is(err, registry.ErrUnknown) {
		updates = botapi.HelperUpdates
		sealed, err = l.secrets.Secret(key.tenant, helperName(key.connection))
	}
	return string(sealed), updates, err
}

// forget lets go of a login: whoever asks for it next gets it made anew.
func (l *logins) forget(key loginKey) *login {
	l.mu.Lock()
	defer l.mu.Unlock()
	found := l.open[key]
	delete(l.open, key)
	return found
}

// newBot makes the gateway of a bot; updates are those that it asks for, none = as
// usual.
func newBot(c configs.Telegram, token string, updates ...string) (*botapi.Gateway, error) {
	return botapi.New(botapi.Options{
		Token: token, APIRoot: c.APIRoot, PollTimeout: c.PollTimeout, CallTimeout: c.CallTimeout, AllowedUpdates: updates,
	})
}

// plainReason is why Telegram refused a question, in its own words.
func plainReason(err error) string {
	var refused *telegram.ReceiveError
	if !errors.As(err, &refused) {
		return err.Error()
	}
	if refused.Outcome.Kind == tenants.Gone && refused.Outcome.Gone == tenants.GoneLogin {
		return "Telegram does not know this token (any more): " + refused.Outcome.Why
	}
	return refused.Outcome.Why
}
