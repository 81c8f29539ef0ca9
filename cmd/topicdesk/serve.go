package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"topicdesk/actors/tenant"
	"topicdesk/tenants"
	"topicdesk/tenants/onboard"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

// serveCommand relays for all tenants.
type serveCommand struct{}

const (
	// firstTenant is the name of the tenant that a bare token makes.
	firstTenant tenants.TenantID = "default"
	// drainWithin is longer than a call takes and its outcome's commit.
	drainWithin = 20 * time.Second
	stopWithin  = 20 * time.Second
	// drainLook is how often is looked whether all calls are committed.
	drainLook = 20 * time.Millisecond
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
	return errors.Join(err, h.close())
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
func (p *program) adopt(ctx context.Context, h *house) error {
	token := p.cfg.BotToken.Reveal()
	all, err := h.registry.Tenants()
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
		old, err := h.registry.Secret(firstTenant, tokenName(1))
		if err == nil {
			return p.readopt(h, string(old), token)
		}
	}
	self, err := h.meet(ctx, token)
	if err != nil {
		return err
	}
	if err := h.enlist(firstTenant, token, self, nil); err != nil {
		return err
	}
	return h.registry.SetSecret(firstTenant, adoptedName, []byte(token))
}

// adoptedName is the name of the sealed bot_token that the first tenant took last.
const adoptedName = "bot_token"

// readopt decides between the token that the first tenant has and bot_token: the one
// that was set last counts. A bot_token that is as it was when it was taken is the older
// one.
func (p *program) readopt(h *house, has, token string) error {
	adopted, err := h.registry.Secret(firstTenant, adoptedName)
	switch {
	case err != nil && !errors.Is(err, registry.ErrUnknown):
		return err
	case err == nil && string(adopted) == token && has != token:
		p.say("bot_token is not used: topicdesk tenant token set a newer one. Set that here too, or take bot_token out.")
		return nil
	case has != token:
		if err := h.renewToken(has, token); err != nil {
			return err
		}
	case string(adopted) == token:
		return nil
	}
	return h.registry.SetSecret(firstTenant, adoptedName, []byte(token))
}

// renewToken takes a new token for the same bot, as @BotFather gives it after
// the old one was revoked.
func (h *house) renewToken(old, token string) error {
	was, err := newBot(h.cfg.Telegram, old)
	if err != nil {
		return err
	}
	is, err := newBot(h.cfg.Telegram, token)
	if err != nil {
		return err
	}
	if was.ID() != is.ID() {
		return fmt.Errorf("bot_token is of another bot than this data_dir works for: "+
			"choose another data_dir, or add it as a tenant of its own (topicdesk tenant add); data_dir is %s", h.cfg.DataDir)
	}
	return h.keep(firstTenant, tokenName(1), token)
}

// serve runs the node until ctx ends, then stops it gracefully. started is
// called when the tenants are.
func (p *program) serve(ctx context.Context, h *house, started func()) error {
	if h.crowded != nil {
		return h.crowded
	}
	closeHooks := func() {}
	if !h.logins.Polls() {
		closing, err := openWebhooks(ctx, h, p.say)
		if err != nil {
			return err
		}
		closeHooks = closing
	}
	ready := &readiness{house: h}
	closeDebug, err := p.openDebug(h, ready)
	if err != nil {
		closeHooks()
		return err
	}
	defer closeDebug()
	closeAdmin := p.openAdmin(h, ready)
	err = p.startAll(h)
	if err == nil {
		ready.started.Store(true)
		p.stands(serviceReady)
		started()
		<-ctx.Done()
		p.stands(serviceStopping)
		p.say("Stopping …")
	}
	closeAdmin()
	return errors.Join(err, h.stop(closeHooks))
}

// startAll lets the logins of sleeping tenants in, and runs the tenants.
func (p *program) startAll(h *house) error {
	if !h.logins.Polls() {
		asleep, err := h.registry.AllLogins()
		if err != nil {
			return err
		}
		for id, logins := range asleep {
			for _, l := range logins {
				h.logins.Gateway(id, l.Connection)
			}
		}
	}
	began, err := h.node.Begin()
	if err != nil {
		return err
	}
	h.log.Info("node started", "tenants", began.Tenants, "awake", began.Awake)
	if began.Tenants > fewTenants {
		p.say("Relaying for %d tenants; %d were awake when the last process ended, or are new, and are being opened.", began.Tenants, began.Awake)
		go p.tellOpening(h)
		go p.tellPolls(h)
	}
	return nil
}

// pollsTold is the time between two lines about polls that are being opened.
const pollsTold = 3 * time.Second

// tellPolls tells how far the polls of sleeping tenants are opened, where that takes a
// while.
func (p *program) tellPolls(h *house) {
	for told := false; pause(h.logins.stopping, pollsTold) == nil; told = true {
		switch left, all := h.node.Unasked(); {
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
func (p *program) introduceAll(h *house) {
	all, err := h.registry.Tenants()
	switch {
	case err != nil:
		h.log.Error("list the tenants", "error", err)
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
func (p *program) tellOpening(h *house) {
	for told := false; pause(h.logins.stopping, openingTold) == nil; told = true {
		switch left := h.node.Opening(); {
		case left > 0:
			p.say("%d tenants are still to be opened.", left)
			continue
		case told:
			p.say("All tenants are open that were awake.")
		}
		return
	}
}

// stop ends what comes in, waits until all calls are answered and committed,
// and closes the tenants.
func (h *house) stop(closeHooks func()) error {
	h.node.StopListening()
	h.logins.stop()
	closeHooks()
	for end := time.Now().Add(drainWithin); h.node.Pending() > 0 && time.Now().Before(end); {
		time.Sleep(drainLook)
	}
	if n := h.node.Pending(); n > 0 {
		h.log.Warn("stopped with calls under way; they are tried again at the next start", "calls", n)
	}
	return h.node.StopAll(stopWithin)
}

// introduce tells on the console how a tenant's connections stand: the code and
// the steps of those without a group, what the others lack at Telegram.
func (p *program) introduce(h *house, id tenants.TenantID) {
	ctx, cancel := context.WithTimeout(h.logins.stopping, meetWithin)
	defer cancel()
	var all []store.Connection
	err := h.files().Read(ctx, id, func(r store.Reads) (err error) {
		all, err = r.Connections()
		return err
	})
	if err != nil {
		h.log.Warn("tenant does not answer yet", "tenant", id, "error", err)
		return
	}
	for _, c := range inGroups(all) {
		for _, line := range h.examine(ctx, id, c) {
			p.say("%s", line)
		}
	}
}

// examine asks Telegram how a connection stands and tells it in plain words.
func (h *house) examine(ctx context.Context, id tenants.TenantID, c store.Connection) []string {
	who := fmt.Sprintf("%s, connection %d (@%s)", id, c.ID, c.Username)
	bot, err := h.logins.login(loginKey{id, c.ID})
	if err != nil {
		return []string{who + ": " + err.Error()}
	}
	if c.Helps != 0 {
		return []string{examineHelper(ctx, bot, who, c)}
	}
	facts := onboard.Facts{Code: h.bindCode(id, c.ID), Bot: c.Username, Administrator: c.Administrator}
	self, err := bot.Self(ctx)
	if err != nil {
		return []string{who + ": " + plainReason(err)}
	}
	facts.Privacy = !self.ReadsGroups
	var lines []string
	if c.Group.ID == 0 {
		lines = append(lines, who+" has no group yet. To give it one:")
		for i, step := range onboard.Steps(facts) {
			lines = append(lines, fmt.Sprintf("  %d. %s", i+1, step))
		}
	} else {
		lines = append(lines, h.examineGroup(ctx, who, bot, facts, c)...)
	}
	for _, hint := range onboard.Hints(facts) {
		lines = append(lines, "  • "+hint)
	}
	return lines
}

func (h *house) examineGroup(ctx context.Context, who string, bot *login, facts onboard.Facts, c store.Connection) []string {
	standing, err := bot.Standing(ctx, c.Group.ID)
	if err != nil {
		return []string{who + ": its group can't be seen: " + plainReason(err)}
	}
	facts.Rights = standing.Rights
	lacks := onboard.Lacks(facts, standing.Chat)
	if len(lacks) == 0 {
		return []string{who + ": works in its group."}
	}
	lines := []string{who + ": this is missing in its group:"}
	for _, lack := range lacks {
		lines = append(lines, "  • "+lack)
	}
	return lines
}
