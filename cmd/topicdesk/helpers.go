package main

import (
	"context"

	"topicdesk/actors/web"
	"topicdesk/tenants"
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
