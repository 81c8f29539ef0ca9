package house

import (
	"errors"

	"topicdesk/actors/login"
	"topicdesk/actors/web"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

// owner is a tenant as the one whose file is restored: a backup.Owner.
type owner struct {
	house *House
	id    tenants.TenantID
}

func (h *House) owner(id tenants.TenantID) owner { return owner{h, id} }

// Owns holds a connection against the token that is kept for it. One without a token
// can't write to anybody.
func (o owner) Owns(c store.Connection) error {
	token, _, err := o.house.Logins.Token(login.Key{Tenant: o.id, Connection: c.ID})
	if errors.Is(err, registry.ErrUnknown) {
		return nil
	}
	if err != nil {
		return err
	}
	bot, err := login.NewGateway(o.house.Config.Telegram, token)
	if err != nil {
		return err
	}
	if bot.ID() != c.User {
		return web.Errorf(web.Wrong, "it is of @%s, which is not a bot of %s", c.Username, o.id)
	}
	return nil
}

// Claim takes a group for the tenant.
func (o owner) Claim(group tenants.ChatID) (taken bool, err error) {
	return o.house.Node.Claim(o.id, group)
}
