package node_test

import (
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"topicdesk/actors"
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

// desk is a tenant on a real engine inside a bubble, with its Telegram.
type desk struct {
	t        *testing.T
	door     *sim.Door
	node     *node.Node
	registry *registry.Registry
	gateway  telegram.Gateway
	dir      string
	id       tenants.TenantID
	runs     bool
	said     *notes // lines of the log
	told     *notes // what the host was told

	bot, forum, admin, client, operator int64
}

// notes keeps what is written to it.
type notes struct {
	mu    sync.Mutex
	lines []string
}

func (n *notes) Write(line []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.lines = append(n.lines, string(line))
	return len(line), nil
}

// with are the lines that hold some words.
func (n *notes) with(words string) (found []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, line := range n.lines {
		if strings.Contains(line, words) {
			found = append(found, line)
		}
	}
	return found
}

// newDesk makes a world with a bot in a forum, a client and an operator, and a
// node that runs the tenant.
func newDesk(t *testing.T) *desk {
	w := sim.New(sim.Options{Seed: 1})
	d := &desk{t: t, door: sim.NewDoor(w, nil), dir: t.TempDir(), id: "acme", said: &notes{}, told: &notes{}}
	d.admin = w.NewUser(sim.Person{FirstName: "Alma"})
	d.forum = w.NewForum(d.admin, "Desk")
	bot, token := w.NewBot(sim.Robot{Name: "Desk", Username: "desk_bot", NoPrivacy: true})
	d.bot = bot
	d.client = w.NewUser(sim.Person{FirstName: "Ann", LastName: "Lee"})
	d.operator = w.NewUser(sim.Person{FirstName: "Olga"})
	d.must(w.AddMember(d.admin, d.forum, bot))
	d.must(w.Promote(d.admin, d.forum, bot, sim.AllRights(), ""))
	d.must(w.AddMember(d.admin, d.forum, d.operator))
	gateway, err := botapi.New(botapi.Options{
		Token: token, Caller: d.door.Caller(sim.CallerOptions{}), PollTimeout: 50 * time.Second,
	})
	d.must(err)
	d.gateway = gateway
	d.register()
	d.start()
	t.Cleanup(d.stop)
	return d
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// register puts the tenant and its connection into the files.
func (d *desk) register() {
	d.must(os.MkdirAll(filepath.Join(d.dir, "tenants"), 0o700))
	reg, err := registry.Open(d.dir, registry.Key{})
	d.must(err)
	d.must(reg.AddTenant(d.id, "unlimited", time.Now()))
	d.must(reg.ClaimGroup(d.id, tenants.ChatID(d.forum)))
	file, err := store.Open(reg.TenantPath(d.id), store.Options{})
	d.must(err)
	d.must(file.Write(time.Now(), func(tx *store.Tx) error {
		return tx.PutConnection(store.Connection{
			ID: 1, Kind: store.Bot, User: tenants.UserID(d.bot), Username: "desk_bot", Active: true,
			Administrator: tenants.UserID(d.admin), Created: time.Now(),
			Group: tenants.Chat{ID: tenants.ChatID(d.forum), Kind: tenants.Group, Title: "Desk", Forum: true},
		})
	}))
	d.must(errors.Join(file.Close(), reg.Close()))
}

func (d *desk) Gateway(tenants.TenantID, tenants.ConnectionID) (telegram.Gateway, bool) {
	return d.gateway, true
}

func (d *desk) Polls() bool { return true }

// start begins a process.
func (d *desk) start() {
	reg, err := registry.Open(d.dir, registry.Key{})
	d.must(err)
	d.registry = reg
	groups, err := node.NewRegistry(reg)
	d.must(err)
	engine, err := actors.NewEngine()
	d.must(err)
	d.node = node.New(node.Options{
		System: engine, Registry: groups, Logins: d, Path: reg.TenantPath, Commits: 4, IdleClose: time.Minute,
		Rules: tenant.Rules{
			Group:     pace.Rules{Tokens: 20, Window: time.Minute, Burst: 10, OpenPause: tenants.TopicPause},
			Private:   pace.Rules{Tokens: 3, Window: 3 * time.Second},
			PerSecond: 30,
		},
		Log:      slog.New(slog.NewTextHandler(io.MultiWriter(d.t.Output(), d.said), nil)),
		Key:      func(tenants.TenantID) ([]byte, error) { return []byte("a key"), nil },
		BindCode: func(tenants.TenantID, tenants.ConnectionID) string { return "ABCDEFGH23" },
		Seal:     func(plain []byte) []byte { return plain },
		Tell:     func(_ tenants.TenantID, n tenant.Notice) { d.told.Write([]byte(n.Text)) },
	})
	_, err = d.node.Begin()
	d.must(err)
	d.runs = true
}

// stop ends the process as serve does.
func (d *desk) stop() {
	if !d.runs {
		return
	}
	d.runs = false
	d.must(d.node.StopAll(time.Minute))
	synctest.Wait()
	d.must(d.registry.Close())
}

func (d *desk) says(who, chat int64, topic int, text string) {
	d.door.With(func(w *sim.World) {
		_, err := w.Say(who, chat, topic, text)
		d.must(err)
	})
	d.pass(20 * time.Second)
}

func (d *desk) pass(t time.Duration) {
	time.Sleep(t)
	synctest.Wait()
}

// topic is the only one of the forum beside General.
func (d *desk) topic() (id int, title string) {
	d.door.With(func(w *sim.World) {
		all := w.Topics(d.forum)
		if len(all) != 2 {
			d.t.Fatalf("there are topics %+v", all)
		}
		id, title = all[1].ID, all[1].Name // the first is General
	})
	return id, title
}

func (d *desk) sees(who, chat int64, topic int, text string) bool {
	found := false
	d.door.With(func(w *sim.World) {
		for _, m := range w.View(who, chat, topic) {
			found = found || m.Text == text
		}
	})
	return found
}

func (d *desk) wantTitle(square string) {
	d.t.Helper()
	if _, title := d.topic(); !strings.HasPrefix(title, square) {
		d.t.Errorf("the topic is called %q, not %s…", title, square)
	}
}

// TestBubble runs the engine, the node, telego's types and SQLite in a bubble:
// two days of a dialog, a restart in the middle, and nothing left behind.
func TestBubble(t *testing.T) {
	defer goleak.VerifyNone(t)
	begin := time.Now()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.says(d.client, d.bot, 0, "hello")
		id, _ := d.topic()
		d.wantTitle("🟪")
		if !d.sees(d.admin, d.forum, id, "hello") {
			t.Error("the message is not in the topic")
		}
		d.says(d.operator, d.forum, id, "hi Ann")
		if !d.sees(d.client, d.bot, 0, "hi Ann") {
			t.Error("the answer did not reach the client")
		}
		d.pass(2 * time.Minute) // renames keep a pause
		d.wantTitle("🟨")
		d.pass(47 * time.Hour)
		d.wantTitle("🟨")
		d.stop()
		d.pass(time.Hour)
		d.wantTitle("🟨")
		d.start()
		d.pass(time.Minute)
		d.wantTitle("⬛️")
		d.stop()
		d.checkFile()
	})
	t.Logf("two days took %s", time.Since(begin))
}

// checkFile holds the closed file against its invariants: nothing waits.
func (d *desk) checkFile() {
	file, err := store.Open(d.registry.TenantPath(d.id), store.Options{})
	d.must(err)
	d.must(file.Check())
	backlog, err := file.Outbox()
	d.must(err)
	if len(backlog) > 0 {
		d.t.Errorf("the outbox holds %+v", backlog)
	}
	d.must(file.Close())
}
