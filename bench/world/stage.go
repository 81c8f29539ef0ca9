package world

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"topicdesk/actors/meter"
	"topicdesk/actors/node"
	"topicdesk/actors/telegram"
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
	// Sabotaged: calls are made to show what is hidden, or actors to panic again and again,
	// and the relay is right to say so.
	Sabotaged bool
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

func must(err error) {
	if err != nil {
		panic(err)
	}
}
