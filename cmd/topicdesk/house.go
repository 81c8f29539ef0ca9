package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"os"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/meter"
	"topicdesk/actors/node"
	"topicdesk/actors/telegram"
	"topicdesk/actors/tenant"
	"topicdesk/actors/web"
	"topicdesk/configs"
	"topicdesk/tenants"
	"topicdesk/tenants/onboard"
	"topicdesk/tenants/pace"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

// house is a data directory held by this process, with a node that may run its
// tenants.
type house struct {
	cfg      configs.Config
	log      *slog.Logger
	registry *registry.Registry
	logins   *logins
	node     *node.Node
	crowded  error // why the tenants can't be run, with what to do; nil = they can
	meter    *meter.Meter
}

// openHouse takes the data directory. tell is called with what a tenant has to
// tell the host. Error: registry.ErrLocked.
func openHouse(cfg configs.Config, log *slog.Logger, tell func(tenants.TenantID, tenant.Notice)) (*house, error) {
	if err := os.MkdirAll(cfg.DataDir, 0o700); err != nil {
		return nil, fmt.Errorf("make data_dir: %w", err)
	}
	file, err := openRegistry(cfg, log)
	if err != nil {
		return nil, err
	}
	h := &house{meter: meter.New(time.Now), cfg: cfg, log: log, registry: file, logins: newLogins(cfg, file, log)}
	h.logins.meter = h.meter
	if err := h.makeNode(tell); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return h, nil
}

func (h *house) makeNode(tell func(tenants.TenantID, tenant.Notice)) error {
	engine, err := actors.NewEngine()
	if err != nil {
		return err
	}
	groups, err := node.NewRegistry(h.registry)
	if err != nil {
		return err
	}
	room, crowded := h.roomForTenants()
	h.crowded = crowded
	h.node = node.New(node.Options{
		Open:   room,
		System: engine, Path: h.registry.TenantPath, Registry: groups, Logins: h.logins,
		Rules: rules(h.cfg.Limits), Log: h.log, Meter: h.meter, Commits: h.cfg.Limits.CommitsAtOnce, IdleClose: h.cfg.Limits.IdleClose,
		Store:    store.Options{Committed: h.meter.Changed, MostBytes: int64(h.cfg.Limits.TenantFileMiB) << 20},
		Key:      h.registry.Pseudonyms,
		BindCode: h.bindCode,
		Seal:     h.registry.SealAside,
		Tell:     tell,
		Reach:    h.reach(),
	})
	return nil
}

// reach asks whether the Bot API server can be reached.
func (h *house) reach() func(context.Context) error {
	return func(ctx context.Context) error {
		request, err := http.NewRequestWithContext(ctx, http.MethodHead, h.cfg.Telegram.APIRoot, nil)
		if err != nil {
			return err
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return err
		}
		return response.Body.Close()
	}
}

func (h *house) bindCode(t tenants.TenantID, c tenants.ConnectionID) string {
	return onboard.Code(h.registry.Derive("bind"), t, c)
}

// burst is how many messages may go into a private chat at once, at the price
// of a pause after them.
const burst = 3

// rules are the limits in the words of the tenants.
func rules(l configs.Limits) tenant.Rules {
	r := tenant.Rules{
		Group:     pace.Rules{Tokens: l.GroupTokens, Window: l.GroupWindow, Burst: l.GroupTokens / 2, OpenPause: tenants.TopicPause},
		Outbox:    l.TenantOutbox,
		PerSecond: int(math.Ceil(l.LoginPerSecond)),
	}
	if l.GroupTokens == 0 {
		r.Group = pace.Rules{} // none of ours
	} else {
		r.TopicsPerHour = tenants.TopicsPerHour
	}
	if rate := l.PrivatePerSecond; rate > 0 {
		tokens := max(1, math.Ceil(burst*rate))
		r.Private = pace.Rules{Tokens: int(tokens), Window: time.Duration(tokens / rate * float64(time.Second))}
	}
	return r
}

// close gives the directory free. The node must be stopped.
func (h *house) close() error { return h.registry.Close() }

// meetWithin bounds the first question to Telegram about a token.
const meetWithin = 30 * time.Second

// meet asks Telegram whose token this is.
func (h *house) meet(ctx context.Context, token string) (telegram.Self, error) {
	bot, err := newBot(h.cfg.Telegram, token)
	if err != nil {
		return telegram.Self{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, meetWithin)
	defer cancel()
	self, err := bot.Self(ctx)
	if err != nil {
		return telegram.Self{}, fmt.Errorf("ask %s who the bot is: %s", h.cfg.Telegram.APIRoot, plainReason(err))
	}
	return self, nil
}

// plan is that of tenants made here.
const plan = "unlimited"

// enlist makes a tenant with one bot. first changes its connection and sets
// parameters before anybody runs it; it may be nil. A tenant that a crash left
// without a connection is completed. Error: registry.ErrTaken.
func (h *house) enlist(id tenants.TenantID, token string, self telegram.Self, first func(*store.Connection) []tenants.Value) (err error) {
	if err := errors.Join(h.makeRoom(), h.foreign(id, token)); err != nil {
		return err
	}
	now := time.Now()
	c := store.Connection{
		ID: 1, Kind: store.Bot, User: self.Person.ID, Username: self.Person.Username, Active: true, Created: now,
	}
	var values []tenants.Value
	if first != nil {
		values = first(&c)
	}
	if err := h.vacant(id); err != nil {
		return err
	}
	if err := h.registry.AddTenant(id, plan, now); err != nil && !errors.Is(err, registry.ErrTaken) {
		return err
	}
	if err := found(h.registry.TenantPath(id), c, values); err != nil {
		return err
	}
	if c.Group.ID != 0 {
		if err := h.registry.ClaimGroup(id, c.Group.ID); err != nil {
			return err
		}
	}
	return h.keep(id, tokenName(c.ID), token) // last: it says that all is there
}

// vacant tells whether a tenant can be made: there is none of the name, or one that was
// not made to the end. Error: registry.ErrTaken.
func (h *house) vacant(id tenants.TenantID) error {
	switch _, err := h.registry.Secret(id, tokenName(1)); {
	case err == nil:
		return fmt.Errorf("tenant %s %w", id, registry.ErrTaken)
	case errors.Is(err, registry.ErrUnknown):
		return nil
	default:
		return err
	}
}

// keep keeps the token of a bot, which is nobody else's.
func (h *house) keep(id tenants.TenantID, name, token string) error {
	err := h.registry.SetToken(id, name, token)
	if errors.Is(err, registry.ErrTaken) {
		return errors.Join(h.foreign(id, token), err)
	}
	return err
}

// foreign tells that a bot is another tenant's.
func (h *house) foreign(id tenants.TenantID, token string) error {
	owner, err := h.registry.TokenOwner(token)
	if err == nil && owner != "" && owner != id {
		return web.Errorf(web.Refused, "this bot is that of tenant %s; a bot serves one tenant: make another one with @BotFather", owner)
	}
	return err
}

// found writes the file of a new tenant.
func found(path string, c store.Connection, values []tenants.Value) (err error) {
	file, err := store.Open(path, store.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return file.Write(c.Created, func(tx *store.Tx) error {
		for _, v := range values {
			if err := tx.SetParam(v); err != nil {
				return err
			}
		}
		return tx.PutConnection(c)
	})
}
