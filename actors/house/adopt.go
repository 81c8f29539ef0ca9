package house

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"topicdesk/actors/login"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
)

// FirstTenant is the name of the tenant that a bare token makes.
const FirstTenant tenants.TenantID = "default"

// Adopt makes the first tenant of a bare bot_token, or gives it the new token
// of the same bot: see readopt.
func (h *House) Adopt(ctx context.Context, say func(string, ...any)) error {
	token := h.Config.BotToken.Reveal()
	all, err := h.Registry.Tenants()
	if err != nil {
		return err
	}
	has := slices.ContainsFunc(all, func(t registry.Tenant) bool { return t.ID == FirstTenant })
	switch {
	case token == "" && len(all) == 0:
		say("There is no tenant yet. Set bot_token, or add one: topicdesk tenant add NAME --token-file FILE")
		return nil
	case token == "":
		return nil
	case len(all) > 0 && !has:
		say("bot_token is not used: there are tenants already, and none is named %q.", FirstTenant)
		return nil
	case has:
		old, err := h.Registry.Secret(FirstTenant, login.TokenName(1))
		if err == nil {
			return h.readopt(say, string(old), token)
		}
	}
	self, err := h.Meet(ctx, token)
	if err != nil {
		return err
	}
	if err := h.Enlist(FirstTenant, token, self, nil); err != nil {
		return err
	}
	return h.Registry.SetSecret(FirstTenant, adoptedName, []byte(token))
}

// adoptedName is the name of the sealed bot_token that the first tenant took last.
const adoptedName = "bot_token"

// readopt decides between the token that the first tenant has and bot_token: the one
// that was set last counts. A bot_token that is as it was when it was taken is the older
// one.
func (h *House) readopt(say func(string, ...any), has, token string) error {
	adopted, err := h.Registry.Secret(FirstTenant, adoptedName)
	switch {
	case err != nil && !errors.Is(err, registry.ErrUnknown):
		return err
	case err == nil && string(adopted) == token && has != token:
		say("bot_token is not used: topicdesk tenant token set a newer one. Set that here too, or take bot_token out.")
		return nil
	case has != token:
		if err := h.renewToken(has, token); err != nil {
			return err
		}
	case string(adopted) == token:
		return nil
	}
	return h.Registry.SetSecret(FirstTenant, adoptedName, []byte(token))
}

// renewToken takes a new token for the same bot, as @BotFather gives it after
// the old one was revoked.
func (h *House) renewToken(old, token string) error {
	was, err := login.NewGateway(h.Config.Telegram, old)
	if err != nil {
		return err
	}
	is, err := login.NewGateway(h.Config.Telegram, token)
	if err != nil {
		return err
	}
	if was.ID() != is.ID() {
		return fmt.Errorf("bot_token is of another bot than this data_dir works for: "+
			"choose another data_dir, or add it as a tenant of its own (topicdesk tenant add); data_dir is %s", h.Config.DataDir)
	}
	return h.keep(FirstTenant, login.TokenName(1), token)
}
