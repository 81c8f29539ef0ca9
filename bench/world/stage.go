package world

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"topicdesk/actors/node"
	"topicdesk/actors/telegram"
	"topicdesk/actors/telegram/botapi"
	"topicdesk/actors/tenant"
	sim "topicdesk/bench/telegram"
	"topicdesk/tenants"
	"topicdesk/tenants/pace"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

// start is a Monday morning.
var start = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)

// callTimeout is when the relay gives up a call that Telegram may go on with.
const callTimeout = 30 * time.Second

// Rules are the limits with which the worlds run: those of the default
// configuration.
var Rules = tenant.Rules{
	Group:     pace.Rules{Tokens: 20, Window: time.Minute, Reserve: 3, OpenPause: tenants.TopicPause},
	Private:   pace.Rules{Tokens: 3, Window: 3 * time.Second},
	PerSecond: 30, TopicsPerHour: tenants.TopicsPerHour,
}

// Stage is one tenant of a real node on the scheduler, with its Telegram.
type Stage struct {
	Sched *Scheduler
	World *sim.World
	Door  *sim.Door
	Node  *node.Node

	Tenant   tenants.TenantID
	Forum    int64   // the backend group
	Admin    int64   // its owner
	Bots     []int64 // the tenant's connections, 1, 2, …
	Helpers  []int64 // its helpers, numbered behind them
	Doubles  int     // possible doubles that the relay has logged
	Problems []string
	// Lossy: messages between actors get lost, and crashes that say so are the
	// right answer.
	Lossy bool
	// Full: the disk takes nothing.
	Full bool

	dir      string
	rules    tenant.Rules
	webhooks bool
	gateways map[tenants.ConnectionID]telegram.Gateway
	registry *registry.Registry
	groups   *node.Registry // the same, as the node uses it
}

// Options of a Stage.
type Options struct {
	Seed   uint64
	Dir    string // for the files
	Bots   int    // connections in the group; 0 = 1
	Knobs  *sim.Knobs
	Params map[string]string
	// Webhooks has Telegram deliver the updates instead of being asked for them.
	Webhooks bool
	// Unbound leaves the connections without a group.
	Unbound bool
	// Topics is how many dialogs get a topic of their own in an hour; 0 = the limit
	// of the product.
	Topics    int
	IdleClose time.Duration
}

// NewStage builds the world, the tenant's file and the first node.
func NewStage(o Options) (*Stage, error) {
	s := &Stage{
		Sched: NewScheduler(o.Seed, start), Tenant: "acme", dir: o.Dir, webhooks: o.Webhooks,
		gateways: map[tenants.ConnectionID]telegram.Gateway{},
	}
	if s.rules = Rules; o.Topics != 0 {
		s.rules.TopicsPerHour = o.Topics
	}
	s.World = sim.New(sim.Options{Seed: o.Seed, Start: start, Knobs: o.Knobs})
	s.Door = sim.NewDoor(s.World, s.Sched)
	s.Admin = s.World.NewUser(sim.Person{FirstName: "Alma", LastName: "Admin"})
	s.Forum = s.World.NewForum(s.Admin, "Desk")
	if err := os.MkdirAll(filepath.Join(o.Dir, "tenants"), 0o700); err != nil {
		return nil, fmt.Errorf("make the data directory: %w", err)
	}
	if err := s.makeTenant(o); err != nil {
		return nil, err
	}
	return s, s.boot(o.IdleClose)
}

// makeTenant registers the tenant, its bots and parameters.
func (s *Stage) makeTenant(o Options) (err error) {
	reg, err := registry.Open(s.dir, registry.Key{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reg.Close()) }()
	if err := reg.AddTenant(s.Tenant, "unlimited", start); err != nil {
		return err
	}
	if !o.Unbound {
		if err := reg.ClaimGroup(s.Tenant, tenants.ChatID(s.Forum)); err != nil {
			return err
		}
	}
	file, err := store.Open(reg.TenantPath(s.Tenant), store.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return file.Write(start, func(tx *store.Tx) error {
		for i := range max(o.Bots, 1) {
			if err := tx.PutConnection(s.newBot(i+1, o)); err != nil {
				return err
			}
		}
		for name, value := range o.Params {
			p, kind, err := tenants.ParseTarget(name)
			if err != nil {
				return err
			}
			if err := tx.SetParam(tenants.Value{Level: tenants.Level{Kind: kind}, Name: p, Value: value}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Stage) newBot(n int, o Options) store.Connection {
	name := fmt.Sprintf("desk%d_bot", n)
	bot, token := s.World.NewBot(sim.Robot{Name: fmt.Sprintf("Desk %d", n), Username: name, NoPrivacy: true})
	s.Bots = append(s.Bots, bot)
	must(s.World.AddMember(s.Admin, s.Forum, bot))
	must(s.World.Promote(s.Admin, s.Forum, bot, sim.AllRights(), ""))
	id := tenants.ConnectionID(n)
	s.gateways[id] = s.newGateway(token, nil)
	c := store.Connection{
		ID: id, Kind: store.Bot, User: tenants.UserID(bot), Username: name,
		Administrator: tenants.UserID(s.Admin), Active: true, Created: start.Add(time.Duration(n) * time.Second),
	}
	if !o.Unbound {
		c.Group = tenants.Chat{ID: tenants.ChatID(s.Forum), Kind: tenants.Group, Title: "Desk", Forum: true}
	}
	return c
}

// newGateway is a bot's way to the simulated Telegram; updates are those that it
// asks for, nil = as usual.
func (s *Stage) newGateway(token string, updates []string) telegram.Gateway {
	gateway, err := botapi.New(botapi.Options{
		Token: token, Caller: s.Door.Caller(sim.CallerOptions{Timeout: callTimeout}), PollTimeout: 25 * time.Second,
		CallTimeout:    time.Hour, // real time stands still here; the door's timeout counts
		AllowedUpdates: updates,
	})
	must(err)
	return gateway
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// Gateway makes Stage the node's Logins.
func (s *Stage) Gateway(_ tenants.TenantID, c tenants.ConnectionID) (telegram.Gateway, bool) {
	return s.gateways[c], !s.webhooks
}

// boot starts a process: a node that opens the tenant.
func (s *Stage) boot(idleClose time.Duration) error {
	reg, err := registry.Open(s.dir, registry.Key{})
	if err != nil {
		return err
	}
	s.registry = reg
	if s.groups, err = node.NewRegistry(reg); err != nil {
		return err
	}
	s.Node = node.New(node.Options{
		System: s.Sched, Registry: s.groups, Logins: s, Rules: s.rules, Path: reg.TenantPath,
		Log: slog.New(&watcher{s}), IdleClose: idleClose,
		Store:    store.Options{Room: func() bool { return !s.Full }},
		Key:      func(tenants.TenantID) []byte { return []byte("the key of acme in this world") },
		BindCode: func(tenants.TenantID, tenants.ConnectionID) string { return "ABCDEFGH23" },
		Seal:     func(plain []byte) []byte { return plain },
	})
	if s.webhooks {
		s.deliverAll()
	}
	return s.Node.Start(s.Tenant)
}

// Kill ends the process at once and starts another one.
func (s *Stage) Kill(idleClose time.Duration) error { return s.Away(0, idleClose) }

// Away ends the process at once and starts another one after a while.
func (s *Stage) Away(d, idleClose time.Duration) error {
	s.Sched.Kill(func() { s.Node.Stop(s.Tenant) })
	if err := s.registry.Close(); err != nil {
		return err
	}
	s.RunFor(d)
	return s.boot(idleClose)
}

// Close ends the process for good and runs what check does with its file.
func (s *Stage) Close(check func(*store.Store) error) error {
	path := s.registry.TenantPath(s.Tenant)
	s.Sched.Kill(func() { s.Node.Stop(s.Tenant) })
	if err := s.registry.Close(); err != nil {
		return err
	}
	file, err := store.Open(path, store.Options{})
	if err != nil {
		return err
	}
	return errors.Join(file.Check(), check(file), file.Close())
}

// RunFor lets virtual time pass, and all that happens in it.
func (s *Stage) RunFor(d time.Duration) {
	horizon := s.Sched.now.Add(d)
	at, steps := s.Sched.now, 0
	for s.Sched.Step(horizon) {
		if steps++; s.Sched.now.After(at) {
			at, steps = s.Sched.now, 0
		}
		if steps > stepsAtOnce {
			panic("world: time stands still: somebody spins. The last steps:\n" + strings.Join(s.Sched.Recent(), "\n"))
		}
	}
}

// stepsAtOnce is more than any one moment needs.
const stepsAtOnce = 100_000

// Settle runs until the outbox is empty, or for the longest time given.
func (s *Stage) Settle(within time.Duration) bool {
	for end := s.Sched.now.Add(within); s.Sched.now.Before(end); {
		s.RunFor(10 * time.Second)
		if s.quiet() {
			return true
		}
	}
	return false
}

// quiet tells that nothing waits and nothing is under way.
func (s *Stage) quiet() bool {
	ref := s.Node.Tenant(s.Tenant)
	if ref.IsZero() {
		return false
	}
	waiting := -1
	ref.Tell(tenant.Look{See: func(f tenant.Seen) {
		backlog, err := f.Outbox()
		must(err)
		waiting = len(backlog)
	}})
	s.RunFor(time.Second)
	if waiting != 0 {
		return false
	}
	pending := false
	s.Door.With(func(w *sim.World) {
		for _, bot := range s.Bots {
			pending = pending || w.Pending(bot) > 0
		}
	})
	return !pending
}

// watcher reads the relay's log: it counts doubles and crashes.
type watcher struct{ s *Stage }

func (w *watcher) Enabled(_ context.Context, l slog.Level) bool { return l >= slog.LevelInfo }

func (w *watcher) Handle(_ context.Context, r slog.Record) error {
	line := r.Message
	r.Attrs(func(a slog.Attr) bool {
		value := a.Value.String()
		if a.Key == "stack" {
			value = shorten(value)
		}
		line += " " + a.Key + "=" + value
		return true
	})
	if strings.Contains(r.Message, "possible double") {
		w.s.Doubles++
	}
	if r.Level >= slog.LevelError && !w.s.wanted(line) {
		w.s.Problems = append(w.s.Problems, line)
	}
	w.s.Sched.trace("log: %s", line)
	return nil
}

// wanted tells that an error is the relay's right answer to what the stage does.
func (s *Stage) wanted(line string) bool {
	return strings.Contains(line, "a crash was drawn") || s.Lossy && lostMessage(line) ||
		s.Full && strings.Contains(line, "the disk takes nothing")
}

// lostMessage tells that a crash is the relay's own answer to a message between
// actors that never arrived.
func lostMessage(line string) bool {
	for _, said := range []string{"was not settled", "was not answered", "was not received", "stands still"} {
		if strings.Contains(line, said) {
			return true
		}
	}
	return false
}

// shorten keeps the project's own lines of a stack.
func shorten(stack string) string {
	var own []string
	for _, line := range strings.Split(stack, "\n") {
		if strings.HasPrefix(line, "topicdesk/") {
			own = append(own, strings.SplitN(line, "(0x", 2)[0])
		}
	}
	return strings.Join(own[:min(len(own), 8)], " < ")
}

func (w *watcher) WithAttrs([]slog.Attr) slog.Handler { return w }
func (w *watcher) WithGroup(string) slog.Handler      { return w }
