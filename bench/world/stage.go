package world

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/meter"
	"topicdesk/actors/node"
	"topicdesk/actors/telegram"
	"topicdesk/actors/telegram/botapi"
	"topicdesk/actors/tenant"
	"topicdesk/bench/disk"
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
	Group:     pace.Rules{Tokens: 20, Window: time.Minute, Burst: 10, OpenPause: tenants.TopicPause},
	Private:   pace.Rules{Tokens: 3, Window: 3 * time.Second},
	PerSecond: 30, TopicsPerHour: tenants.TopicsPerHour,
}

// Stage is a tenant of a real node on the scheduler, with its Telegram.
type Stage struct {
	*site
	*House
}

// House is one tenant of the node.
type House struct {
	Tenant  tenants.TenantID
	Forum   int64    // the backend group
	Admin   int64    // its owner
	Bots    []int64  // the tenant's connections, 1, 2, …
	Helpers []int64  // its helpers, numbered behind them
	Doubles int      // possible doubles that the relay has logged
	Doubled []string // why, of each
	Settled []string // what it has found out of unsure sends, in words
}

// site is what all tenants of a node share.
type site struct {
	Sched *Scheduler
	World *sim.World
	Door  *sim.Door
	Node  *node.Node
	Meter *meter.Meter // over all processes
	// Disk is where the files are; nil = with the machine's.
	Disk     *disk.Disk
	Problems []string
	Reopened int // openings that ended by a crash
	// Lossy: messages between actors get lost, and crashes that say so are the
	// right answer.
	Lossy bool
	// Ahead is how far the relay's clock is ahead of Telegram's.
	Ahead time.Duration
	// Full: the disk takes nothing.
	Full bool
	// Ended is told each time the process has ended, before the next one begins;
	// nil = nobody.
	Ended func()

	opt      Options
	dir      string
	rules    tenant.Rules
	gateways map[login]telegram.Gateway
	registry *registry.Registry
	groups   *node.Registry // the same, as the node uses it
	houses   []*House
	cut      bool          // when the process ends, the power goes too
	ahead    time.Duration // how the clock is wrong from the next process on
	ending   bool
}

// login is a tenant's connection.
type login struct {
	tenant     tenants.TenantID
	connection tenants.ConnectionID
}

// Options of a Stage.
type Options struct {
	Seed   uint64
	Dir    string // for the files
	Houses int    // tenants on the node; 0 = 1
	Bots   int    // connections of each in its group; 0 = 1
	Knobs  *sim.Knobs
	Params map[string]string
	// Webhooks has Telegram deliver the updates instead of being asked for them.
	Webhooks bool
	// Unbound leaves the connections without a group.
	Unbound bool
	// Topics is how many dialogs get a topic of their own in an hour; 0 = the limit
	// of the product.
	Topics int
	// Outbox is how many jobs may wait before a tenant takes in nothing new; 0 = no limit.
	Outbox int
	// Helpers is how many bots help the first connection of each, in its group
	// from the beginning.
	Helpers   int
	IdleClose time.Duration
	// Open is how many tenants may have their files open; 0 = all.
	Open int
	// Disk keeps the tenants' files on a disk in memory, on which a process can end
	// between any two writes.
	Disk bool
	// Sync is how far commits of the relay go.
	Sync store.Sync
	// Hasty is a sabotage: Telegram is told to forget what it delivered before
	// anything is decided about it.
	Hasty bool
}

// houseNames are the tenants.
var houseNames = []tenants.TenantID{"acme", "bravo", "cargo"}

// NewStage builds the world, the tenants' files and the first node; it is the
// stage of the first tenant.
func NewStage(o Options) (*Stage, error) {
	s := &site{Sched: NewScheduler(o.Seed, start), opt: o, dir: o.Dir, gateways: map[login]telegram.Gateway{}}
	s.Meter = meter.New(s.Sched.Now)
	if s.rules = Rules; o.Topics != 0 {
		s.rules.TopicsPerHour = o.Topics
	}
	s.rules.Outbox = o.Outbox
	s.World = sim.New(sim.Options{Seed: o.Seed, Start: start, Knobs: o.Knobs})
	s.Door = sim.NewDoor(s.World, truth{s.Sched})
	if err := s.makeDisk(); err != nil {
		return nil, err
	}
	for n := range max(o.Houses, 1) {
		h := &House{Tenant: houseNames[n], Admin: s.World.NewUser(sim.Person{FirstName: "Alma", LastName: "Admin"})}
		h.Forum = s.World.NewForum(h.Admin, "Desk")
		s.houses = append(s.houses, h)
		if err := s.stage(n).makeTenant(o); err != nil {
			return nil, err
		}
	}
	return s.stage(0), s.boot()
}

// stage is one tenant's.
func (s *site) stage(n int) *Stage { return &Stage{s, s.houses[n]} }

func (s *site) makeDisk() (err error) {
	if err := os.MkdirAll(filepath.Join(s.dir, "tenants"), 0o700); err != nil {
		return fmt.Errorf("make the data directory: %w", err)
	}
	if !s.opt.Disk {
		return nil
	}
	if s.Disk, err = disk.New(s.dir); err != nil {
		return err
	}
	return s.layOut()
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
		for range o.Helpers {
			if err := tx.PutConnection(s.newHelper(1)); err != nil {
				return err
			}
			must(s.World.AddMember(s.Admin, s.Forum, s.Helpers[len(s.Helpers)-1]))
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
	name := s.botName(n)
	bot, token := s.World.NewBot(sim.Robot{Name: fmt.Sprintf("Desk %d", n), Username: name, NoPrivacy: true})
	s.Bots = append(s.Bots, bot)
	must(s.World.AddMember(s.Admin, s.Forum, bot))
	must(s.World.Promote(s.Admin, s.Forum, bot, sim.AllRights(), ""))
	id := tenants.ConnectionID(n)
	s.setLogin(id, token)
	c := store.Connection{
		ID: id, Kind: store.Bot, User: tenants.UserID(bot), Username: name,
		Administrator: tenants.UserID(s.Admin), Active: true, Created: start.Add(time.Duration(n) * time.Second),
	}
	if !o.Unbound {
		c.Group = tenants.Chat{ID: tenants.ChatID(s.Forum), Kind: tenants.Group, Title: "Desk", Forum: true}
	}
	return c
}

// botName is the username of a connection's bot.
func (s *Stage) botName(n int) string {
	if s.Tenant != houseNames[0] {
		return fmt.Sprintf("%s%d_bot", s.Tenant, n)
	}
	return fmt.Sprintf("desk%d_bot", n)
}

// setLogin lets a connection log in by a token from now on.
func (s *Stage) setLogin(id tenants.ConnectionID, token string) {
	gateway := s.newGateway(token, nil)
	s.gateways[login{s.Tenant, id}] = gateway
	if s.opt.Hasty && !s.opt.Webhooks {
		s.gateways[login{s.Tenant, id}] = hasty{gateway, s.site, s.Bots[id-1]}
	}
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

// Gateway makes the site the node's Logins.
func (s *site) Gateway(t tenants.TenantID, c tenants.ConnectionID) (telegram.Gateway, bool) {
	return s.gateways[login{t, c}], !s.opt.Webhooks
}

// Polls tells that updates are asked for.
func (s *site) Polls() bool { return !s.opt.Webhooks }

// wake is the address of the tenant, which is opened for that; zero if it can't be now.
func (s *Stage) wake() actors.Ref[tenant.Message] {
	ref, _ := s.Node.Wake(s.Tenant)
	return ref
}

// boot starts a process: a node that opens the tenants.
func (s *site) boot() error {
	reg, err := registry.Open(s.dir, registry.Key{})
	if err != nil {
		return err
	}
	s.registry = reg
	if s.groups, err = node.NewRegistry(reg); err != nil {
		return err
	}
	reach := s.reach
	if !s.opt.Webhooks && s.opt.IdleClose == 0 {
		reach = nil // polls of tenants that never sleep show it
	}
	s.Node = node.New(node.Options{
		Reach: reach, Open: s.opt.Open,
		System: clock{s.Sched, s}, Registry: s.groups, Logins: s, Rules: s.rules, Path: reg.TenantPath,
		Log: slog.New(&watcher{s}), IdleClose: s.opt.IdleClose, Meter: s.Meter,
		Store:    store.Options{Sync: s.opt.Sync, Room: func() bool { return !s.Full }},
		Key:      func(t tenants.TenantID) ([]byte, error) { return []byte("the key of " + t + " in this world"), nil },
		BindCode: func(tenants.TenantID, tenants.ConnectionID) string { return "ABCDEFGH23" },
		Seal:     func(plain []byte) []byte { return plain },
	})
	if s.opt.Webhooks {
		for n := range s.houses {
			s.stage(n).deliverAll()
		}
	}
	_, err = s.Node.Begin()
	return err
}

// reach is what asking whether Telegram can be reached gives.
func (s *site) reach(context.Context) (err error) {
	s.Door.With(func(w *sim.World) {
		if _, down := w.Down(s.houses[0].Bots[0]); down {
			err = errors.New("out of reach")
		}
	})
	return err
}

// clock is the relay's own clock, which may be wrong.
type clock struct {
	*Scheduler
	site *site
}

// Now is Telegram's time and what the clock is ahead of it.
func (c clock) Now() time.Time { return c.Scheduler.Now().Add(c.site.Ahead) }

// Kill ends the process at once and starts another one.
func (s *site) Kill() error { return s.Away(0) }

// Away ends the process at once and starts another one after a while.
func (s *site) Away(d time.Duration) error {
	if err := s.end(); err != nil {
		return err
	}
	s.RunFor(d)
	return s.boot()
}

// Rest ends the process as serve does, and starts another one after a while.
func (s *site) Rest(d time.Duration) error {
	if err := s.close(); err != nil {
		return err
	}
	s.RunFor(d)
	return s.boot()
}

// close ends the process as serve does: all files are closed, and it is noted who sleeps.
func (s *site) close() error {
	closed, process := s.Node.Close(), s.Sched.generation
	for end := s.Sched.now.Add(time.Minute); s.Sched.now.Before(end) && s.closing(closed); {
		s.RunFor(100 * time.Millisecond)
		if s.Sched.generation != process {
			return s.close() // it ended before it had closed them; this is the next one
		}
	}
	if s.closing(closed) {
		return errors.New("not all tenants closed within a minute")
	}
	err := s.registry.Close()
	s.Sched.Kill(func() {})
	if s.Disk != nil && s.Disk.Ended() { // in its last write
		return s.hasEnded(err)
	}
	return err
}

func (s *site) closing(closed []<-chan error) bool {
	return slices.ContainsFunc(closed, func(c <-chan error) bool { return len(c) == 0 })
}

// EndAt ends the process right after its n-th write to a disk from now, 0 = at
// once, and starts another one, whose clock is wrong by so much; with the power
// what was not synced goes.
func (s *site) EndAt(n int, power bool, ahead time.Duration) error {
	s.cut, s.ahead = power, ahead
	if n == 0 {
		return s.Kill()
	}
	s.Disk.EndAfter(n)
	return nil
}

// end ends the process at once: nothing that it does from then on arrives.
func (s *site) end() error {
	s.ending = true
	if s.Disk != nil {
		s.Disk.EndAfter(0)
	}
	err := s.registry.Close() // before the files: nobody notes that they are closed
	s.Sched.Kill(func() {
		for _, h := range s.houses {
			s.Node.Stop(h.Tenant)
		}
	})
	s.ending = false
	return s.hasEnded(err)
}

// hasEnded is what follows from the end of a process that was not closed, or not until
// its last write; err is why its registry could not be closed.
func (s *site) hasEnded(err error) error {
	if s.Disk != nil {
		err = nil // it could write no more
		if s.cut {
			s.Disk.Cut(s.Sched.rand)
		}
		s.Disk.Begin()
	}
	s.Sched.Ahead = s.ahead
	if s.Ended != nil {
		s.Ended()
	}
	s.cut = false
	return err
}

// Close ends the process for good and runs check with the tenant's file.
func (s *Stage) Close(check func(*store.Store) error) error {
	path := s.registry.TenantPath(s.Tenant)
	if err := s.leave(); err != nil {
		return err
	}
	file, err := store.Open(path, store.Options{})
	if err != nil {
		return err
	}
	return errors.Join(file.Check(), check(file), file.Close())
}

// leave ends the process for good, as serve does.
func (s *site) leave() error {
	if s.Disk != nil {
		s.Disk.Begin() // an end that was not reached is none
	}
	s.Sched.Kill(func() {
		for _, h := range s.houses {
			s.Node.Stop(h.Tenant)
		}
	})
	return s.registry.Close()
}

// over tells that the process has ended and only its files are closed.
func (s *site) over() bool { return s.ending || s.Disk != nil && s.Disk.Ended() }

// step does one thing, chosen by the seed. A process that ended in it is
// followed by another.
func (s *site) step(horizon time.Time) bool {
	more := s.Sched.Step(horizon)
	if s.Disk == nil || !s.Disk.Ended() {
		return more
	}
	must(s.Kill())
	return true
}

// RunFor lets virtual time pass, and all that happens in it.
func (s *site) RunFor(d time.Duration) {
	horizon := s.Sched.now.Add(d)
	at, steps := s.Sched.now, 0
	for s.step(horizon) {
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
func (s *site) Settle(within time.Duration) bool {
	for end := s.Sched.now.Add(within); s.Sched.now.Before(end); {
		s.RunFor(10 * time.Second)
		if s.quiet() {
			return true
		}
	}
	return false
}

// quiet tells that nothing waits and nothing is under way, with nobody.
func (s *site) quiet() bool {
	for n := range s.houses {
		if !s.stage(n).atRest() {
			return false
		}
	}
	return true
}

func (s *Stage) atRest() bool {
	pending := false // asked first: what is taken meanwhile is in the outbox
	s.Door.With(func(w *sim.World) {
		for _, bot := range s.Bots {
			pending = pending || w.Pending(bot) > 0
		}
	})
	waiting := -1
	s.look(func(f store.Reads) {
		backlog, err := f.Outbox()
		must(err)
		waiting = len(backlog)
	})
	s.RunFor(time.Second)
	return waiting == 0 && !pending
}

// look reads the tenant's file and wakes nobody: where it sleeps, the file is nobody's.
func (s *Stage) look(see func(store.Reads)) {
	if ref := s.Node.Tenant(s.Tenant); !ref.IsZero() {
		ref.Tell(tenant.Look{See: func(f tenant.Seen) { see(f.Reads) }})
		s.RunFor(0)
		return
	}
	if s.over() || !s.asleep() {
		return // between two openings
	}
	s.aside(func() {
		file, err := store.Open(s.registry.TenantPath(s.Tenant), store.Options{})
		must(err)
		see(file.Reads)
		must(file.Close())
	})
}

// aside lets the stage itself use the files: what it writes there is no write of the
// process, which may be about to end by one.
func (s *site) aside(use func()) {
	if s.Disk == nil {
		use()
		return
	}
	s.Disk.Aside(use)
}

// row is what the registry has of the tenant.
func (s *Stage) row() registry.Tenant {
	row, err := s.registry.Tenant(s.Tenant)
	must(err)
	return row
}

// asleep tells that the tenant's file is closed, with all that is known in it.
func (s *Stage) asleep() bool {
	return s.Node.Tenant(s.Tenant).IsZero() && s.row().State == registry.Asleep
}
