package webhook

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/admission"
	"topicdesk/actors/door"
	"topicdesk/actors/login"
	"topicdesk/actors/meter"
	"topicdesk/actors/node"
	"topicdesk/actors/telegram"
	"topicdesk/actors/telegram/botapi"
	"topicdesk/actors/tenant"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
)

const (
	// settleWithin is how long a webhook waits for its commit: a tenant that
	// settles nothing for so long ends its opening.
	settleWithin = tenants.SettleWithin + 5*time.Second
	// endedLook is how often is looked whether the opening that was told is
	// still the newest.
	endedLook = 250 * time.Millisecond
	// awakenWithin is how long a tenant may be between two openings, awakenLook how often
	// is looked whether it still is.
	awakenWithin = time.Second
	awakenLook   = 5 * time.Millisecond
	// CloseWithin is how long the closing of the door waits for requests under way.
	CloseWithin = 5 * time.Second
)

// Options are what a door is made from.
type Options struct {
	Listen         string // the address of this machine
	PublicURL      string // how Telegram reaches it
	MaxConnections int    // how many Telegram may open for one bot
	Places         int    // how many connections may stand at the door
	Node           *node.Node
	Logins         *login.Set
	Admission      *admission.Gate
	Registry       *registry.Registry // derives the secrets
	Meter          *meter.Meter
	Log            *slog.Logger
	Say            func(format string, args ...any) // tells the host
}

// hall is what is behind the door: one mux for all bots.
type hall struct {
	Options
	ctx     context.Context // ends the registering
	mux     *botapi.Mux
	hooking *hooking

	mu   sync.RWMutex
	keys map[string]login.Key // by the last part of the path
}

// Open listens and lets every login in that is made from now on; when ctx ends no
// further webhook is set. closing closes the door; it waits a moment for requests
// under way.
func Open(ctx context.Context, o Options) (closing func(), err error) {
	l, err := net.Listen("tcp", o.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen for webhooks (http.listen): %w", err)
	}
	w := &hall{Options: o, ctx: ctx, hooking: newHooking(ctx, o.Say), keys: map[string]login.Key{}}
	w.mux = botapi.NewMux(w.deliver)
	w.mux.Known = door.Known
	o.Logins.Through(w)
	server := door.New(l, o.Places, counted(o.Meter, w.mux), o.Log)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := server.Serve(); !errors.Is(err, http.ErrServerClosed) {
			o.Log.Error("the door for webhooks has closed", "error", err)
		}
	}()
	o.Say("Webhooks are taken at http://%s%s…, which Telegram has to reach as %s.", l.Addr(), botapi.WebhookPath, o.PublicURL)
	return func() {
		last, cancel := context.WithTimeout(context.Background(), CloseWithin)
		defer cancel()
		server.Shutdown(last)
		<-ended
	}, nil
}

// Address is where Telegram delivers for a login: it can't be guessed, and is the same
// after every start with the same key.
func Address(publicURL string, r *registry.Registry, key login.Key) string {
	return publicURL + botapi.WebhookPath + secretOf(r, "path", key)
}

// secretOf is a text that only this node knows.
func secretOf(r *registry.Registry, what string, key login.Key) string {
	return hex.EncodeToString(r.Derive(fmt.Sprintf("webhook %s/%s/%d", what, key.Tenant, key.Connection)))
}

// Add lets a login in and tells Telegram where to deliver.
func (w *hall) Add(key login.Key, bot *botapi.Gateway) {
	path, secret := secretOf(w.Registry, "path", key), secretOf(w.Registry, "secret", key)
	w.mu.Lock()
	w.keys[path] = key
	w.mu.Unlock()
	w.mux.Add(path, botapi.Hook{Bot: bot.ID(), Secret: secret, MaxConnections: w.MaxConnections})
	target := Address(w.PublicURL, w.Registry, key)
	w.hooking.add(key, func(ctx context.Context) error { return bot.SetWebhook(ctx, target, secret, w.MaxConnections) })
}

// Remove lets a login in no more, and tells Telegram so.
func (w *hall) Remove(key login.Key, bot *botapi.Gateway) error {
	path := secretOf(w.Registry, "path", key)
	w.mux.Remove(path)
	w.mu.Lock()
	delete(w.keys, path)
	w.mu.Unlock()
	ctx, cancel := context.WithTimeout(w.ctx, login.AskWithin)
	defer cancel()
	w.hooking.remove(ctx, key)
	return bot.DeleteWebhook(ctx)
}

// errBehind: so many updates are not on disk yet as may be.
var errBehind = fmt.Errorf("%w: too many are not on disk yet", botapi.ErrBehind)

// bring brings one update to its tenant and returns when what it caused is on
// disk, or with the reason why Telegram has to send it again.
func (w *hall) bring(ctx context.Context, path string, update tenants.Update) error {
	w.mu.RLock()
	key, there := w.keys[path]
	w.mu.RUnlock()
	if !there || w.Logins.Stopping().Err() != nil || !w.Admission.Comes(ctx, key.Tenant) {
		return errBehind
	}
	defer w.Admission.Take(key.Tenant, 1)()
	ctx, cancel := context.WithTimeout(ctx, settleWithin)
	defer cancel()
	for {
		ref, err := w.awaken(ctx, key.Tenant)
		if err != nil {
			return fmt.Errorf("%w: %w", botapi.ErrBehind, err)
		}
		switch err := w.tell(ctx, ref, key, update); {
		case errors.Is(err, errEnded):
			continue // told once more: what is seen already is dropped
		case err != nil:
			return fmt.Errorf("%w: %w", botapi.ErrBehind, err)
		default:
			return nil
		}
	}
}

// awaken is the address of a tenant, which may be between two openings for a moment.
func (w *hall) awaken(ctx context.Context, id tenants.TenantID) (actors.Ref[tenant.Message], error) {
	ctx, cancel := context.WithTimeout(ctx, awakenWithin)
	defer cancel()
	for {
		ref, err := w.Node.Wake(id)
		if err != nil || !ref.IsZero() {
			return ref, err
		}
		select {
		case <-time.After(awakenLook):
		case <-ctx.Done():
			return ref, ctx.Err()
		}
	}
}

// errEnded: the opening that was told has ended and never answers.
var errEnded = errors.New("the opening has ended")

// tell gives an update to an opening and waits until it is settled.
func (w *hall) tell(ctx context.Context, ref actors.Ref[tenant.Message], key login.Key, update tenants.Update) error {
	answer := tenant.Ask(ref, func(reply actors.Reply[error]) tenant.Message {
		return tenant.Route{
			Connection: key.Connection, Batch: telegram.Batch{Updates: []tenants.Update{update}}, Reply: reply,
		}
	})
	look := time.NewTicker(endedLook)
	defer look.Stop()
	for ended := false; ; {
		select {
		case err := <-answer:
			return err
		case <-ctx.Done():
			return ctx.Err()
		case <-look.C:
		}
		if ended {
			return errEnded
		}
		// The opening may have been closed with the update in its mailbox; an
		// answer that it gave before is there at the next look.
		ended = w.Node.Tenant(key.Tenant) != ref
	}
}
