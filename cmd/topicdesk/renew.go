package main

import (
	"context"

	"topicdesk/actors/web"
)

type tenantToken struct {
	Name      string `arg:"" help:"The tenant's name." complete:"tenant"`
	TokenFile string `required:"" placeholder:"FILE" help:"File that holds the bot's new token and nothing else; - reads it from the input."`
}

// Run gives the bot its new token.
func (c tenantToken) Run(ctx context.Context, p *program) error {
	token, err := p.readToken(c.TokenFile)
	if err != nil {
		return err
	}
	return p.atDesk(ctx, func(d desk) error {
		v, err := d.Renew(ctx, web.Renewal{Tenant: c.Name, Token: token})
		if err != nil {
			return err
		}
		return p.answer(discreet(v), func() { p.view(v) })
	})
}

// Answer is that of a command.
func (tenantToken) Answer() any { return web.View{} }
