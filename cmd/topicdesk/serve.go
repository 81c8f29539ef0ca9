package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"topicdesk/actors/house"
	"topicdesk/actors/login"
	"topicdesk/actors/tenant"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

// serveCommand relays for all tenants.
type serveCommand struct{}

const (
	// firstTenant is the name of the tenant that a bare token makes.
	firstTenant tenants.TenantID = "default"
	// fewTenants may be examined and told of one by one on the console.
	fewTenants = 10
)

// Run serves until ctx ends.
func (serveCommand) Run(ctx context.Context, p *program) error {
	h, err := openHouse(p.cfg, p.log, p.notice)
	if errors.Is(err, registry.ErrLocked) {
		return fmt.Errorf("%w; `topicdesk tenant …` talks to the one that runs", err)
	}
	if err != nil {
		return err
	}
	err = p.adopt(ctx, h)
	if err == nil {
		err = p.serve(ctx, h, func() { p.introduceAll(h) })
	}
	return errors.Join(err, h.Close())
}

// Answer is that of a command.
func (serveCommand) Answer() any { return line{} }

// notice prints what a tenant tells its host.
func (p *program) notice(id tenants.TenantID, n tenant.Notice) {
	if n.Connection == 0 {
		p.say("%s: %s", id, n.Text)
		return
	}
	p.say("%s, connection %d: %s", id, n.Connection, n.Text)
}

// adopt makes the first tenant of a bare bot_token, or gives it the new token
// of the same bot: see readopt.
func (p *program) adopt(ctx context.Context, h *house.House) error {
	token := p.cfg.BotToken.Reveal()
	all, err := h.Registry.Tenants()
	if err != nil {
		return err
	}
	has := slices.ContainsFunc(all, func(t registry.Tenant) bool { return t.ID == firstTenant })
	switch {
	case token == "" && len(all) == 0:
		p.say("There is no tenant yet. Set bot_token, or add one: topicdesk tenant add NAME --token-file FILE")
		return nil
	case token == "":
		return nil
	case len(all) > 0 && !has:
		p.say("bot_token is not used: there are tenants already, and none is named %q.", firstTenant)
		return nil
	case has:
		old, err := h.Registry.Secret(firstTenant, login.TokenName(1))
		if err == nil {
			return p.readopt(h, string(old), token)
		}
	}
	self, err := h.Meet(ctx, token)
	if err != nil {
		return err
	}
	if err := h.Enlist(firstTenant, token, self, nil); err != nil {
		return err
	}
	return h.Registry.SetSecret(firstTenant, adoptedName, []byte(token))
}

// adoptedName is the name of the sealed bot_token that the first tenant took last.
const adoptedName = "bot_token"

// readopt decides between the token that the first tenant has and bot_token: the one
// that was set last counts. A bot_token that is as it was when it was taken is the older
// one.
func (p *program) readopt(h *house.House, has, token string) error {
	adopted, err := h.Registry.Secret(firstTenant, adoptedName)
	switch {
	case err != nil && !errors.Is(err, registry.ErrUnknown):
		return err
	case err == nil && string(adopted) == token && has != token:
		p.say("bot_token is not used: topicdesk tenant token set a newer one. Set that here too, or take bot_token out.")
		return nil
	case has != token:
		if err := renewToken(h, has, token); err != nil {
			return err
		}
	case string(adopted) == token:
		return nil
	}
	return h.Registry.SetSecret(firstTenant, adoptedName, []byte(token))
}

// renewToken takes a new token for the same bot, as @BotFather gives it after
// the old one was revoked.
func renewToken(h *house.House, old, token string) error {
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
	return h.Keep(firstTenant, login.TokenName(1), token)
}

// serve runs the node until ctx ends, then stops it gracefully. started is
// called when the tenants are.
func (p *program) serve(ctx context.Context, h *house.House, started func()) error {
	if h.Crowded != nil {
		return h.Crowded
	}
	closeHooks, err := h.OpenDoor(ctx, p.say)
	if err != nil {
		return err
	}
	ready := h.Ready()
	closeDebug, err := p.openDebug(h, ready)
	if err != nil {
		closeHooks()
		return err
	}
	defer closeDebug()
	closeAdmin := p.openAdmin(h, ready)
	err = p.startAll(h)
	if err == nil {
		ready.Began()
		p.stands(serviceReady)
		started()
		<-ctx.Done()
		p.stands(serviceStopping)
		p.say("Stopping …")
	}
	closeAdmin()
	return errors.Join(err, h.Stop(closeHooks))
}

// startAll runs the tenants, and tells how far that is if there are many.
func (p *program) startAll(h *house.House) error {
	began, err := h.Begin()
	if err != nil {
		return err
	}
	if began.Tenants > fewTenants {
		p.say("Relaying for %d tenants; %d were awake when the last process ended, or are new, and are being opened.", began.Tenants, began.Awake)
		go p.tellOpening(h)
		go p.tellPolls(h)
	}
	return nil
}

// pause waits, and tells why it did not wait to the end.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// pollsTold is the time between two lines about polls that are being opened.
const pollsTold = 3 * time.Second

// tellPolls tells how far the polls of sleeping tenants are opened, where that takes a
// while.
func (p *program) tellPolls(h *house.House) {
	for told := false; pause(h.Logins.Stopping(), pollsTold) == nil; told = true {
		switch left, all := h.Node.Unasked(); {
		case left > 0:
			p.say("Long polls: %d of %d are open.", all-left, all)
			continue
		case told:
			p.say("Long polls: all are open.")
		}
		return
	}
}

// introduceAll tells on the console how the tenants stand, if they are few.
func (p *program) introduceAll(h *house.House) {
	all, err := h.Registry.Tenants()
	switch {
	case err != nil:
		h.Log.Error("list the tenants", "error", err)
	case len(all) <= fewTenants:
		for _, t := range all {
			if !t.Stopped {
				go p.introduce(h, t.ID)
			}
		}
	}
}

// openingTold is the time between two lines about tenants that are still to be opened.
const openingTold = 5 * time.Second

// tellOpening tells how far the opening of tenants at a start is, if it takes a while.
func (p *program) tellOpening(h *house.House) {
	for told := false; pause(h.Logins.Stopping(), openingTold) == nil; told = true {
		switch left := h.Node.Opening(); {
		case left > 0:
			p.say("%d tenants are still to be opened.", left)
			continue
		case told:
			p.say("All tenants are open that were awake.")
		}
		return
	}
}

// introduce tells on the console how a tenant's connections stand: the code and
// the steps of those without a group, what the others lack at Telegram.
func (p *program) introduce(h *house.House, id tenants.TenantID) {
	ctx, cancel := context.WithTimeout(h.Logins.Stopping(), login.AskWithin)
	defer cancel()
	var all []store.Connection
	err := h.Files().Read(ctx, id, func(r store.Reads) (err error) {
		all, err = r.Connections()
		return err
	})
	if err != nil {
		h.Log.Warn("tenant does not answer yet", "tenant", id, "error", err)
		return
	}
	for _, c := range house.InGroups(all) {
		for _, line := range h.Introduce(ctx, id, c) {
			p.say("%s", line)
		}
	}
}
