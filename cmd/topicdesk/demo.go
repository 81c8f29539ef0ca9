package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"topicdesk/actors/house"
	sim "topicdesk/bench/telegram"
	"topicdesk/bench/telegram/doors"
	"topicdesk/configs"
	"topicdesk/tenants"
	"topicdesk/tenants/store"
)

// demoCommand shows what the relay does.
type demoCommand struct{}

// demoTenant is the tenant of the demo.
const demoTenant tenants.TenantID = "demo"

// Run plays until ctx ends; with a bot's token it serves on the real Telegram.
func (demoCommand) Run(ctx context.Context, p *program) error {
	if !p.cfg.BotToken.Empty() {
		return serveCommand{}.Run(ctx, p)
	}
	dir, err := os.MkdirTemp("", "topicdesk-demo-")
	if err != nil {
		return fmt.Errorf("make a folder for the demo: %w", err)
	}
	return errors.Join(p.demo(ctx, dir), os.RemoveAll(dir))
}

// Answer is that of a command.
func (demoCommand) Answer() any { return line{} }

// demo runs the simulated Telegram and the relay beside it, joined by a socket
// alone.
func (p *program) demo(ctx context.Context, dir string) error {
	t, err := openTelegram(p, sim.Options{})
	if err != nil {
		return err
	}
	ended := make(chan error, 1)
	// Telegram outlives the relay, which has calls to finish.
	open, closeTelegram := context.WithCancel(context.WithoutCancel(ctx))
	go func() { ended <- t.serve(open) }()
	play := playing(p, t, dir)
	err = play.relay(ctx, t)
	closeTelegram()
	return errors.Join(err, <-ended)
}

// playing is the program as the demo's relay sees it: its own folder, the
// simulated Telegram, long polling.
func playing(p *program, t *simulated, dir string) *program {
	cfg := p.cfg
	cfg.DataDir, cfg.KeyFile = dir, filepath.Join(dir, "node.key")
	cfg.Telegram = configs.Telegram{
		APIRoot: t.root, Local: false, CallTimeout: p.cfg.Telegram.CallTimeout, PollTimeout: p.cfg.Telegram.PollTimeout,
	}
	cfg.HTTP.PublicURL = ""
	return &program{cfg: cfg, json: p.json, in: p.in, mu: p.mu, out: p.out, errs: p.errs, log: p.log}
}

func (p *program) relay(ctx context.Context, t *simulated) error {
	h, err := house.Open(p.cfg, p.log, p.notice)
	if err != nil {
		return err
	}
	err = p.furnish(ctx, h, t)
	if err == nil {
		err = p.serve(ctx, h, func() {
			p.say("Open %s and write something as Anna, on the left. (Ctrl+C ends it; nothing is kept.)", t.root)
		})
	}
	return errors.Join(err, h.Close())
}

// furnish puts people, a bot and groups into the World, and the bot into the
// registry, bound to its group.
func (p *program) furnish(ctx context.Context, h *house.House, t *simulated) error {
	var s doors.Stage
	var token string
	var err error
	t.door.With(func(w *sim.World) { s, token, err = people(w) })
	if err != nil {
		return fmt.Errorf("set the stage: %w", err)
	}
	t.server.SetStage(s)
	self, err := h.Meet(ctx, token)
	if err != nil {
		return err
	}
	return h.Enlist(demoTenant, token, self, func(c *store.Connection) []tenants.Value {
		c.Administrator = tenants.UserID(s.Operators[0])
		c.Group = tenants.Chat{ID: tenants.ChatID(s.Forum), Kind: tenants.Group, Title: deskTitle, Forum: true}
		return []tenants.Value{{Name: "MONITOR_GROUPS", Value: "TRUE"}}
	})
}

// The names on the stage.
const (
	deskTitle = "Support desk"
	clubTitle = "Parquet club"
)

// people sets the stage: two clients, two operators with their group, and a
// group of clients.
func people(w *sim.World) (s doors.Stage, token string, err error) {
	anna := w.NewUser(sim.Person{FirstName: "Anna", LastName: "Berg", Username: "anna_berg", Language: "en"})
	boris := w.NewUser(sim.Person{FirstName: "Boris", LastName: "Lind", Language: "en"})
	olga := w.NewUser(sim.Person{FirstName: "Olga", Username: "olga_desk", Language: "en"})
	pavel := w.NewUser(sim.Person{FirstName: "Pavel", Language: "en"})
	bot, token := w.NewBot(sim.Robot{Name: "Parquet & Co", Username: "parquet_help_bot", NoPrivacy: true})
	forum := w.NewForum(olga, deskTitle, pavel)
	club := w.NewSupergroup(anna, clubTitle, boris)
	err = errors.Join(
		w.AddMember(olga, forum, bot),
		w.Promote(olga, forum, bot, sim.AllRights(), ""),
		w.AddMember(anna, club, bot),
	)
	return doors.Stage{
		Title: "Topicdesk", Hint: "Write something as Anna: a topic for her appears on the right. Answer there as Olga.",
		Bot: bot, Client: anna, Group: club, Forum: forum, Operators: []int64{olga, pavel},
	}, token, err
}
