package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"topicdesk/actors/proof"
	"topicdesk/actors/web"
)

type tenantForget struct {
	Yes    bool   `help:"Don't ask."`
	Name   string `arg:"" help:"The tenant's name." complete:"tenant"`
	Client string `arg:"" help:"Who: @username, the number of the person or chat at Telegram, or the number of the dialog. id:N and dialog:N say which."`
}

// Help tells what is erased.
func (tenantForget) Help() string {
	return "Erased are the client's dialogs with all that belongs to them: names, links between messages, what waits, what is held, " +
		"and their name wherever they were met in groups. What was counted stays, without a person. Then the file is written anew and " +
		"searched, byte by byte, for their names and numbers. While it is written the tenant stands still, about a second for each 100 MiB, and what comes waits. " +
		"If they write again they are new."
}

// Answer is that of a command.
func (tenantForget) Answer() any { return proof.Proof{} }

// Run erases and proves it.
func (c tenantForget) Run(ctx context.Context, p *program) error {
	err := p.confirm(c.Yes, c.Client, fmt.Sprintf("This erases all that %s knows of %s, for good", c.Name, c.Client))
	if err != nil {
		return err
	}
	return p.atDesk(ctx, func(d desk) error {
		done, err := d.Forget(ctx, web.ClientOf{Tenant: c.Name, Client: c.Client})
		if err != nil {
			return err
		}
		work := p.work()
		shown, err := proof.Of(ctx, d, done, func(file string, done int64) { work.at("searched %d MB of %s", done>>20, file) })
		work.end()
		if err != nil {
			return fmt.Errorf("it is erased, but that could not be proved: %w", err)
		}
		if err := p.answer(shown, func() { p.proof(shown) }); err != nil || shown.Proved {
			return err
		}
		return errors.New("something of it is still in the file: please report this")
	})
}

// proof prints what was erased and searched.
func (p *program) proof(f proof.Proof) {
	p.say("Erased from %s:", f.Tenant)
	for _, e := range f.Erased {
		p.say("  %-14s %d", e.Table, e.Rows)
	}
	p.say("Searched %d bytes of its file and the file's log for:", f.Bytes)
	for _, s := range f.Searched {
		switch {
		case !s.Found:
			p.say("  %s: not there", s.Text)
		case len(s.Others) == 0:
			p.say("  %s: STILL THERE", s.Text)
		default:
			p.say("  %s: only in rows of others: %s", s.Text, strings.Trim(fmt.Sprint(s.Others), "[]"))
		}
	}
	p.say("Not in this node's hands:")
	for _, line := range f.Stays {
		p.say("  %s", line)
	}
}
