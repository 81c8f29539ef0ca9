package world

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/telegram"
	"topicdesk/actors/telegram/botapi"
	"topicdesk/actors/tenant"
	sim "topicdesk/bench/telegram"
	"topicdesk/tenants"
)

// webhookSecret is what Telegram shows at each delivery.
const webhookSecret = "the-secret-of-the-webhook"

// postman is Telegram's side of webhooks on the scheduler: one request at a time
// for what belongs to one lane, tried again until it is answered with 200 (Bot
// API server source). The relay's side is the real mux.
type postman struct {
	s     *Stage
	n     tenants.ConnectionID
	bot   int64
	mux   *botapi.Mux
	busy  map[int64]bool      // lanes with a request under way
	later map[int64]time.Time // lanes that failed, until when they wait
	// process is the one to which it delivers.
	process int
}

// retryPause is Telegram's first wait after a request that failed; the relay's
// Retry-After may be longer.
const retryPause = time.Second

// deliverAll opens a webhook for each bot of the process that begins.
func (s *Stage) deliverAll() {
	for i, bot := range append(slices.Clone(s.Bots), s.Helpers...) {
		s.deliverTo(tenants.ConnectionID(i+1), bot)
	}
}

// deliverTo opens a webhook for one bot.
func (s *Stage) deliverTo(n tenants.ConnectionID, bot int64) {
	p := &postman{
		s: s, n: n, bot: bot, process: s.Sched.generation,
		busy: map[int64]bool{}, later: map[int64]time.Time{},
	}
	p.mux = botapi.NewMux(p.toTenant)
	p.mux.Add("key", botapi.Hook{Bot: tenants.UserID(bot), Secret: webhookSecret})
	s.Sched.Begin(p.run)
}

// run asks for the webhook, then delivers whatever waits.
func (p *postman) run() {
	ctx := context.Background()
	set := func() error { // by the token of now
		bot := p.s.gateways[login{p.s.Tenant, p.n}].(*botapi.Gateway)
		return bot.SetWebhook(ctx, fmt.Sprintf("https://relay.example%skey", botapi.WebhookPath), webhookSecret, 0)
	}
	for set() != nil {
		if p.process != p.s.Sched.generation || p.s.Sched.Sleep(ctx, retryPause) != nil {
			return // the process has ended
		}
	}
	for p.s.Sched.Wait(ctx, p.nextLook(), p.ready) == nil {
		for _, u := range p.take() {
			p.s.Sched.Begin(func() { p.post(u) })
		}
	}
}

// open are the waiting updates whose lane is free, one a lane.
func (p *postman) open(w *sim.World) []sim.Update {
	var out []sim.Update
	if _, down := w.Down(p.bot); down {
		return nil
	}
	passed := map[int64]bool{}
	for _, u := range w.Peek(p.bot, 0, w.Pending(p.bot)) {
		if !passed[u.Lane] && !p.busy[u.Lane] && !p.later[u.Lane].After(p.s.Sched.now) {
			out = append(out, u)
		}
		passed[u.Lane] = true
	}
	return out
}

// nextLook is how long nothing becomes ready by time alone: no lane may be tried
// again, and no update comes late. A minute at most.
func (p *postman) nextLook() time.Duration {
	now := p.s.Sched.now
	next := now.Add(time.Minute)
	earlier := func(t time.Time) {
		if t.After(now) && t.Before(next) {
			next = t
		}
	}
	for _, t := range p.later {
		earlier(t)
	}
	earlier(p.s.Door.Due())
	return next.Sub(now)
}

func (p *postman) ready() (some bool) {
	p.s.Door.With(func(w *sim.World) { some = len(p.open(w)) > 0 })
	return some
}

func (p *postman) take() (out []sim.Update) {
	p.s.Door.With(func(w *sim.World) {
		out = p.open(w)
		for _, u := range out {
			p.busy[u.Lane] = true
			w.Sent(p.bot, u)
			if p.s.opt.Hasty {
				w.Ack(p.bot, u.ID, p.s.Sched.now)
			}
		}
	})
	return out
}

// post delivers one update, once.
func (p *postman) post(u sim.Update) {
	sent := p.s.Sched.now
	r := httptest.NewRequest(http.MethodPost, botapi.WebhookPath+"key", bytes.NewReader(u.JSON()))
	r.Header.Set("X-Telegram-Bot-Api-Secret-Token", webhookSecret)
	answer := httptest.NewRecorder()
	p.mux.ServeHTTP(answer, r)
	p.busy[u.Lane] = false
	if answer.Code == http.StatusOK {
		p.s.Door.With(func(w *sim.World) { w.Ack(p.bot, u.ID, sent) })
		return
	}
	wait := retryPause
	if after, err := strconv.Atoi(answer.Header().Get("Retry-After")); err == nil {
		wait = time.Duration(after) * time.Second
	}
	p.later[u.Lane] = p.s.Sched.now.Add(wait)
}

// toTenant gives an update to the tenant and waits until it is on disk.
func (p *postman) toTenant(ctx context.Context, _ string, update tenants.Update) error {
	ref := p.s.wake()
	if ref.IsZero() {
		return botapi.ErrBehind
	}
	answer := tenant.Ask(ref, func(reply actors.Reply[error]) tenant.Message {
		return tenant.Route{
			Connection: p.n, Batch: telegram.Batch{Updates: []tenants.Update{update}}, Reply: reply,
		}
	})
	settled := func() bool { return len(answer) > 0 }
	if err := p.s.Sched.Wait(ctx, tenants.SettleWithin, settled); err != nil || !settled() {
		return botapi.ErrBehind
	}
	if err := <-answer; err != nil {
		return botapi.ErrBehind
	}
	return nil
}
