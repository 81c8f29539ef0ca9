package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/door"
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
	closeTimeout = 5 * time.Second
)

// webhooks is the door through which Telegram delivers: one mux for all bots.
type webhooks struct {
	house   *house
	ctx     context.Context // ends the registering
	mux     *botapi.Mux
	hooking *hooking

	mu   sync.RWMutex
	keys map[string]loginKey // by the last part of the path
}

// openWebhooks listens and lets every login in that is opened from now on. The
// function that it gives closes the door; it waits for requests under way.
func openWebhooks(ctx context.Context, h *house, say func(string, ...any)) (closing func(), err error) {
	files, err := fileLimit()
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", h.cfg.HTTP.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen for webhooks (http.listen): %w", err)
	}
	w := &webhooks{house: h, ctx: ctx, hooking: newHooking(ctx, say), keys: map[string]loginKey{}}
	w.mux = botapi.NewMux(w.deliver)
	w.mux.Known = door.Known
	h.logins.opened, h.logins.closed = w.add, w.remove
	server := door.New(l, doorPlaces(files), counted(h.meter, w.mux), h.log)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := server.Serve(); !errors.Is(err, http.ErrServerClosed) {
			h.log.Error("the door for webhooks has closed", "error", err)
		}
	}()
	say("Webhooks are taken at http://%s%s…, which Telegram has to reach as %s.", l.Addr(), botapi.WebhookPath, h.cfg.HTTP.PublicURL)
	return func() {
		last, cancel := context.WithTimeout(context.Background(), closeTimeout)
		defer cancel()
		server.Shutdown(last)
		<-ended
	}, nil
}

// secretOf is a text that only this node knows, the same after every start.
func (w *webhooks) secretOf(what string, key loginKey) string {
	return hookSecret(w.house.registry, what, key)
}

func hookSecret(r *registry.Registry, what string, key loginKey) string {
	return hex.EncodeToString(r.Derive(fmt.Sprintf("webhook %s/%s/%d", what, key.tenant, key.connection)))
}

// add lets a login in and tells Telegram where to deliver.
func (w *webhooks) add(key loginKey, bot *botapi.Gateway) {
	path, secret := w.secretOf("path", key), w.secretOf("secret", key)
	most := w.house.cfg.HTTP.WebhookMaxConnections
	w.mu.Lock()
	w.keys[path] = key
	w.mu.Unlock()
	w.mux.Add(path, botapi.Hook{Bot: bot.ID(), Secret: secret, MaxConnections: most})
	target := w.house.cfg.HTTP.PublicURL + botapi.WebhookPath + path
	w.hooking.add(key, func(ctx context.Context) error { return bot.SetWebhook(ctx, target, secret, most) })
}

// remove lets a login in no more, and tells Telegram so.
func (w *webhooks) remove(key loginKey, bot *botapi.Gateway) error {
	path := w.secretOf("path", key)
	w.mux.Remove(path)
	w.mu.Lock()
	delete(w.keys, path)
	w.mu.Unlock()
	ctx, cancel := context.WithTimeout(w.ctx, meetWithin)
	defer cancel()
	w.hooking.remove(ctx, key)
	return bot.DeleteWebhook(ctx)
}

// errBehind: so many updates are not on disk yet as may be.
var errBehind = fmt.Errorf("%w: too many are not on disk yet", botapi.ErrBehind)

// bring brings one update to its tenant and returns when what it caused is on
// disk, or with the reason why Telegram has to send it again.
func (w *webhooks) bring(ctx context.Context, path string, update tenants.Update) error {
	logins := w.house.logins
	w.mu.RLock()
	key := w.keys[path]
	w.mu.RUnlock()
	if logins.stopping.Err() != nil || !logins.admission.comes(ctx, key.tenant) {
		return errBehind
	}
	defer logins.admission.take(key.tenant, 1)()
	ctx, cancel := context.WithTimeout(ctx, settleWithin)
	defer cancel()
	for {
		ref, err := w.awaken(ctx, key.tenant)
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
func (w *webhooks) awaken(ctx context.Context, id tenants.TenantID) (actors.Ref[tenant.Message], error) {
	ctx, cancel := context.WithTimeout(ctx, awakenWithin)
	defer cancel()
	for {
		ref, err := w.house.node.Wake(id)
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
func (w *webhooks) tell(ctx context.Context, ref actors.Ref[tenant.Message], key loginKey, update tenants.Update) error {
	answer := tenant.Ask(ref, func(reply actors.Reply[error]) tenant.Message {
		return tenant.Route{
			Connection: key.connection, Batch: telegram.Batch{Updates: []tenants.Update{update}}, Reply: reply,
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
		ended = w.house.node.Tenant(key.tenant) != ref
	}
}
