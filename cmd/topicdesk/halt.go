package main

import (
	"context"
	"fmt"

	"topicdesk/actors/web"
)

type tenantStop struct {
	Name string `arg:"" help:"The tenant's name." complete:"tenant"`
}

// Help says what becomes of messages.
func (tenantStop) Help() string {
	return "What people write meanwhile waits at Telegram, which keeps it for 24 hours; what waits here to be sent is kept until start."
}

// Answer is that of a command.
func (tenantStop) Answer() any { return web.Halted{} }

// Run stops the tenant.
func (c tenantStop) Run(ctx context.Context, p *program) error {
	return p.atDesk(ctx, func(d desk) error {
		h, err := d.SetStopped(ctx, c.Name, true)
		if err != nil {
			return err
		}
		return p.answer(h, func() {
			p.say("%s is stopped, also after a restart. Telegram keeps what is written to it for 24 hours: topicdesk tenant start %[1]s", h.Tenant)
			p.warnings(h.Lines)
		})
	})
}

type tenantStart struct {
	Name string `arg:"" help:"The tenant's name." complete:"tenant"`
}

// Answer is that of a command.
func (tenantStart) Answer() any { return web.Halted{} }

// Run starts the tenant.
func (c tenantStart) Run(ctx context.Context, p *program) error {
	return p.atDesk(ctx, func(d desk) error {
		h, err := d.SetStopped(ctx, c.Name, false)
		if err != nil {
			return err
		}
		return p.answer(h, func() {
			if h.State == web.StateOff {
				p.say("%s goes on when the node runs.", h.Tenant)
			} else {
				p.say("%s goes on with all that waited.", h.Tenant)
			}
		})
	})
}

type tenantRm struct {
	Yes  bool   `help:"Don't ask."`
	Name string `arg:"" help:"The tenant's name." complete:"tenant"`
}

// Help says what goes.
func (tenantRm) Help() string {
	return "Its webhooks are taken off, its file is deleted with all copies beside it, its tokens and its groups are forgotten. " +
		"Chats and topics at Telegram stay. To keep what it knows, do tenant backup or tenant export before. " +
		"A removal that was interrupted is completed by the same command."
}

// Answer is that of a command.
func (tenantRm) Answer() any { return web.Halted{} }

// Run removes the tenant.
func (c tenantRm) Run(ctx context.Context, p *program) error {
	return p.atDesk(ctx, func(d desk) error {
		if _, err := d.Show(ctx, c.Name); web.SortOf(err) == web.Unknown { // before anybody is asked
			return err
		}
		if err := p.confirm(c.Yes, c.Name, fmt.Sprintf("This removes the tenant %s with all its data, for good", c.Name)); err != nil {
			return err
		}
		h, err := d.Remove(ctx, c.Name)
		if err != nil {
			return err
		}
		return p.answer(h, func() {
			p.say("%s is removed.", h.Tenant)
			p.warnings(h.Lines)
		})
	})
}

func (p *program) warnings(lines []string) {
	for _, line := range lines {
		p.say("  %s", line)
	}
}
