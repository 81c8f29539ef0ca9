package main

import (
	"context"
	"errors"
	"fmt"

	"topicdesk/actors/web"
	"topicdesk/tenants"
	"topicdesk/tenants/store"
)

type tenantAddHelper struct {
	Connection int64  `help:"Which connection it is to help, if there are several; see tenant show." placeholder:"N"`
	Name       string `arg:"" help:"The tenant's name." complete:"tenant"`
	TokenFile  string `required:"" placeholder:"FILE" help:"File that holds the helper's token and nothing else; - reads it from the input."`
}

// Run takes the helper in and tells where it is still missing.
func (c tenantAddHelper) Run(ctx context.Context, p *program) error {
	token, err := p.readToken(c.TokenFile)
	if err != nil {
		return err
	}
	return p.atDesk(ctx, func(d desk) error {
		v, err := d.AddHelper(ctx, web.Help{Tenant: c.Name, Connection: tenants.ConnectionID(c.Connection), Token: token})
		if err != nil {
			return err
		}
		return p.answer(discreet(v), func() { p.view(v) })
	})
}

// Answer is that of a command.
func (tenantAddHelper) Answer() any { return web.View{} }

type tenantRemoveHelper struct {
	Name   string `arg:"" help:"The tenant's name." complete:"tenant"`
	Helper string `arg:"" help:"The helper: its @username, or its number as tenant show has it."`
}

// Run lets the helper go.
func (c tenantRemoveHelper) Run(ctx context.Context, p *program) error {
	return p.atDesk(ctx, func(d desk) error {
		v, err := d.RemoveHelper(ctx, web.Unhelp{Tenant: c.Name, Helper: c.Helper})
		if err != nil {
			return err
		}
		return p.answer(discreet(v), func() { p.view(v) })
	})
}

// Answer is that of a command.
func (tenantRemoveHelper) Answer() any { return web.View{} }

// helper prints one.
func (p *program) helper(c web.Connection) {
	if len(c.Lacks) == 0 {
		p.say("  helper %d: @%s helps connection %d", c.ID, c.Username, c.Helps)
		return
	}
	p.say("  helper %d: @%s is to help connection %d. For that:", c.ID, c.Username, c.Helps)
	for _, lack := range c.Lacks {
		p.say("    • %s", lack)
	}
}

// whoIs asks Telegram whose token this is.
func (h *house) whoIs(ctx context.Context, token string) (tenants.Person, error) {
	self, err := h.meet(ctx, token)
	return self.Person, err
}

// keepHelper keeps a helper's token, which may be a new one.
func (h *house) keepHelper(id tenants.TenantID, helper tenants.ConnectionID, token string) error {
	if err := h.makeRoom(); err != nil {
		return err
	}
	if err := h.keep(id, helperName(helper), token); err != nil {
		return err
	}
	h.logins.forget(loginKey{id, helper})
	return nil
}

// dropHelper forgets a helper's token. What it has under way goes on.
func (h *house) dropHelper(_ context.Context, id tenants.TenantID, helper tenants.ConnectionID) error {
	err := h.registry.RemoveSecret(id, helperName(helper))
	key := loginKey{id, helper}
	if bot := h.logins.forget(key); bot != nil && h.logins.closed != nil {
		if err := h.logins.closed(key, bot.Gateway); err != nil { // it would only be told of updates that nobody wants
			h.log.Warn("the webhook of a helper that is let go could not be taken off", "tenant", id, "connection", helper, "error", err)
		}
	}
	return err
}

// inGroups gives helpers the group of the connection that they help, and leaves out
// those that were let go.
func inGroups(all []store.Connection) []store.Connection {
	var out []store.Connection
	for _, c := range all {
		for _, helped := range all {
			if c.Helps != 0 && helped.ID == c.Helps {
				c.Group = helped.Group
			}
		}
		if c.Helps == 0 || c.Active {
			out = append(out, c)
		}
	}
	return out
}

// examineHelper asks Telegram how a helper stands.
func examineHelper(ctx context.Context, bot *login, who string, c store.Connection) string {
	who = fmt.Sprintf("%s, which helps connection %d", who, c.Helps)
	if _, err := bot.Self(ctx); err != nil {
		return who + ": " + plainReason(err)
	}
	if c.Group.ID == 0 {
		return who + ": that one has no group yet."
	}
	standing, err := bot.Standing(ctx, c.Group.ID)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return who + ": " + plainReason(err)
	case err != nil || !standing.Member:
		return who + ": is not in the group yet: add it there."
	case standing.Rights.Muted:
		return who + ": may not write in the group."
	default:
		return who + ": can write in the group."
	}
}
