package house

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
	"topicdesk/actors/admission"
	"topicdesk/actors/keyring"
	"topicdesk/actors/login"
	"topicdesk/actors/meter"
	"topicdesk/actors/node"
	"topicdesk/actors/tenant"
	"topicdesk/configs"
	"topicdesk/tenants"
	"topicdesk/tenants/onboard"
	"topicdesk/tenants/pace"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

// house is a data directory held by this process, with a node that may run its
// tenants.
type House struct {
	Config   configs.Config
	Log      *slog.Logger
	Registry *registry.Registry
	Logins   *login.Set
	Node     *node.Node
	// Crowded is why the tenants can't be run, with what to do; nil = they can.
	Crowded error

	meter     *meter.Meter
	admission *admission.Gate
}

// Open takes the data directory and joins a house in it; nothing of it runs yet. tell
// is called with what a tenant has to tell the host. Errors: those of keyring.Open,
// registry.ErrLocked among them.
func Open(cfg configs.Config, log *slog.Logger, tell func(tenants.TenantID, tenant.Notice)) (*House, error) {
	if err := os.MkdirAll(cfg.DataDir, 0o700); err != nil {
		return nil, fmt.Errorf("make data_dir: %w", err)
	}
	file, err := keyring.Open(cfg, log)
	if err != nil {
		return nil, err
	}
	h := &House{
		Config: cfg, Log: log, Registry: file, meter: meter.New(time.Now),
		admission: admission.New(cfg.Limits.UncommittedUpdates, cfg.Limits.TenantUpdatesPerSecond),
	}
	h.Logins = login.New(login.Options{
		Telegram: cfg.Telegram, Polls: cfg.HTTP.PublicURL == "", Secrets: file, Admission: h.admission, Meter: h.meter, Log: log,
	})
	if err := h.makeNode(tell); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return h, nil
}

func (h *House) makeNode(tell func(tenants.TenantID, tenant.Notice)) error {
	engine, err := actors.NewEngine()
	if err != nil {
		return err
	}
	groups, err := node.NewRegistry(h.Registry)
	if err != nil {
		return err
	}
	room, crowded := h.RoomForTenants()
	h.Crowded = crowded
	h.Node = node.New(node.Options{
		Open:   room,
		System: engine, Path: h.Registry.TenantPath, Registry: groups, Logins: h.Logins,
		Rules: rules(h.Config.Limits), Log: h.Log, Meter: h.meter, Commits: h.Config.Limits.CommitsAtOnce, IdleClose: h.Config.Limits.IdleClose,
		Store:    store.Options{Committed: h.meter.Changed, MostBytes: int64(h.Config.Limits.TenantFileMiB) << 20},
		Key:      h.Registry.Pseudonyms,
		BindCode: h.BindCode,
		Seal:     h.Registry.SealAside,
		Tell:     tell,
		Reach:    h.reach(),
	})
	return nil
}

// reach asks whether the Bot API server can be reached.
func (h *House) reach() func(context.Context) error {
	return func(ctx context.Context) error {
		request, err := http.NewRequestWithContext(ctx, http.MethodHead, h.Config.Telegram.APIRoot, nil)
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

// BindCode is the text that binds a connection to the group in which it is written.
func (h *House) BindCode(t tenants.TenantID, c tenants.ConnectionID) string {
	return onboard.Code(h.Registry.Derive("bind"), t, c)
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

// Close gives the directory free. The node must be stopped.
func (h *House) Close() error { return h.Registry.Close() }
