package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"topicdesk/actors/house"
	"topicdesk/actors/tenant"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
)

// serveCommand relays for all tenants.
type serveCommand struct{}

// fewTenants may be examined and told of one by one on the console.
const fewTenants = 10

// Run serves until ctx ends.
func (serveCommand) Run(ctx context.Context, p *program) error {
	h, err := house.Open(p.cfg, p.log, p.notice)
	if errors.Is(err, registry.ErrLocked) {
		return fmt.Errorf("%w; `topicdesk tenant …` talks to the one that runs", err)
	}
	if err != nil {
		return err
	}
	err = h.Adopt(ctx, p.say)
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

// serve runs the node until ctx ends, then stops it gracefully. started is called when
// the tenants are.
//
// What watches opens first and closes last, so that it can be asked how a start and a
// stop go. The doors are open before the tenants run, which need them; commands of
// other processes are let go before the tenants are, whom they could start again.
func (p *program) serve(ctx context.Context, h *house.House, started func()) error {
	if h.Crowded != nil {
		return h.Crowded
	}
	ready := h.Ready()
	closeWatch, err := h.OpenWatch(ready, p.say)
	if err != nil {
		return err
	}
	defer closeWatch()
	closeHooks, err := h.OpenHooks(ctx, p.say)
	if err != nil {
		return err
	}
	closeAdmin := p.openAdmin(h, ready)
	err = p.relayUntil(ctx, h, func() {
		ready.Began()
		started()
	})
	closeAdmin()
	return errors.Join(err, h.Stop(closeHooks))
}

// relayUntil runs the tenants until ctx ends. They are not stopped by it.
func (p *program) relayUntil(ctx context.Context, h *house.House, started func()) error {
	began, err := h.Begin()
	if err != nil {
		return err
	}
	if began.Tenants > fewTenants {
		p.say("Relaying for %d tenants; %d were awake when the last process ended, or are new, and are being opened.", began.Tenants, began.Awake)
		p.tellStart(h)
	}
	p.stands(serviceReady)
	started()
	<-ctx.Done()
	p.stands(serviceStopping)
	p.say("Stopping …")
	return nil
}

const (
	// openingTold and pollsTold are the times between two lines about tenants, and long
	// polls, that are still to be opened.
	openingTold = 5 * time.Second
	pollsTold   = 3 * time.Second
)

// tellStart tells how far a start is, where it takes a while.
func (p *program) tellStart(h *house.House) {
	stop := h.Logins.Stopping()
	go tellWhile(stop, openingTold, h.Node.Opening,
		func(left int) { p.say("%d tenants are still to be opened.", left) },
		func() { p.say("All tenants are open that were awake.") })
	all := 0
	unasked := func() (left int) {
		left, all = h.Node.Unasked()
		return left
	}
	go tellWhile(stop, pollsTold, unasked,
		func(left int) { p.say("Long polls: %d of %d are open.", all-left, all) },
		func() { p.say("Long polls: all are open.") })
}

// tellWhile tells every so often how much is left, and its end if anything was told
// before, until ctx ends.
func tellWhile(ctx context.Context, every time.Duration, left func() int, some func(int), end func()) {
	ticks := time.NewTicker(every)
	defer ticks.Stop()
	for told := false; ; told = true {
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		}
		if n := left(); n > 0 {
			some(n)
			continue
		}
		if told {
			end()
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
				go h.Introduce(t.ID, p.say)
			}
		}
	}
}
