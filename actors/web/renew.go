package web

import (
	"context"
	"strings"

	"topicdesk/tenants"
	"topicdesk/tenants/store"
)

// Renewal is the new token of a bot that a tenant has.
type Renewal struct {
	Tenant string `json:"tenant"`
	Token  string `json:"token"`
}

// Renew gives a connection the new token of its bot, as @BotFather gives it after
// the old one was revoked; what has waited for it goes on at once.
func (d *Desk) Renew(ctx context.Context, n Renewal) (View, error) {
	return d.amend(ctx, n.Tenant, n.Token, func(id tenants.TenantID, who tenants.Person, all []store.Connection) error {
		c, err := renewable(all, who)
		if err != nil {
			return err
		}
		if err := d.KeepToken(id, c.ID, n.Token); err != nil {
			return err
		}
		return d.Files.Renew(ctx, id, c.ID)
	})
}

// renewable is the connection whose bot somebody is.
func renewable(all []store.Connection, who tenants.Person) (store.Connection, error) {
	var bots []string
	for _, c := range all {
		if c.Helps != 0 {
			continue
		}
		if c.User == who.ID {
			return c, nil
		}
		bots = append(bots, "@"+c.Username)
	}
	return store.Connection{}, Errorf(Refused, "the token is of @%s, another bot: the tenant has %s", who.Username, strings.Join(bots, ", "))
}

// Renew is Desk.Renew.
func (c *Client) Renew(ctx context.Context, n Renewal) (View, error) {
	return ask[View](ctx, c, "renew", n)
}
