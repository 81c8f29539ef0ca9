package house

import (
	"context"
	"errors"

	"topicdesk/actors/login"
	"topicdesk/actors/web"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
)

// keepToken keeps a connection's new token; whoever asks for the login next gets it
// with that.
func (h *House) keepToken(id tenants.TenantID, c tenants.ConnectionID, token string) error {
	if err := h.keep(id, login.TokenName(c), token); err != nil {
		return err
	}
	h.Logins.Forget(login.Key{Tenant: id, Connection: c})
	return nil
}

// whoIs asks Telegram whose token this is.
func (h *House) whoIs(ctx context.Context, token string) (tenants.Person, error) {
	self, err := h.Meet(ctx, token)
	return self.Person, err
}

// keepHelper keeps a helper's token, which may be a new one.
func (h *House) keepHelper(id tenants.TenantID, helper tenants.ConnectionID, token string) error {
	if err := h.makeRoom(); err != nil {
		return err
	}
	if err := h.keep(id, login.HelperName(helper), token); err != nil {
		return err
	}
	h.Logins.Forget(login.Key{Tenant: id, Connection: helper})
	return nil
}

// dropHelper takes a helper's webhook off and forgets its token. What it has under way
// goes on.
func (h *House) dropHelper(ctx context.Context, id tenants.TenantID, helper tenants.ConnectionID) error {
	if err := h.Logins.Unhook(ctx, login.Key{Tenant: id, Connection: helper}); err != nil { // it would only be told of updates that nobody wants
		h.Log.Warn("the webhook of a helper that is let go could not be taken off", "tenant", id, "connection", helper, "error", err)
	}
	return h.Registry.RemoveSecret(id, login.HelperName(helper))
}

// keep keeps the token of a bot, which is nobody else's. Error: registry.ErrTaken.
func (h *House) keep(id tenants.TenantID, name, token string) error {
	err := h.Registry.SetToken(id, name, token)
	if errors.Is(err, registry.ErrTaken) {
		return errors.Join(h.foreign(id, token), err)
	}
	return err
}

// foreign tells that a bot is another tenant's.
func (h *House) foreign(id tenants.TenantID, token string) error {
	owner, err := h.Registry.TokenOwner(token)
	if err == nil && owner != "" && owner != id {
		return web.Errorf(web.Refused, "this bot is that of tenant %s; a bot serves one tenant: make another one with @BotFather", owner)
	}
	return err
}
