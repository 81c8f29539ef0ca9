package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"topicdesk/actors/house"
	"topicdesk/actors/telegram"
	sim "topicdesk/bench/telegram"
	"topicdesk/bench/telegram/doors"
	"topicdesk/tenants"
	"topicdesk/tenants/store"
)

// village is one node with several tenants, in this process, and a simulated
// Telegram behind a socket.
type village struct {
	t        *testing.T
	door     *sim.Door
	settings []string
	dir      string
	said     int // texts
	*running
}

// villager is one tenant: a bot, its forum and its clients.
type villager struct {
	*village
	id           tenants.TenantID
	bot          int64
	token        string
	forum, owner int64
	clients      []int64
	code         string // binds a group
}

// newVillage opens a Telegram without limits. Tenants are added before begin.
func newVillage(t *testing.T, settings ...string) *village {
	t.Helper()
	unlimited := sim.Unlimited()
	v := &village{t: t, dir: t.TempDir(), door: sim.NewDoor(sim.New(sim.Options{Seed: 1, Knobs: &unlimited}), nil)}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	v.must(err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	server := doors.New(doors.Options{Door: v.door, Log: slog.New(slog.DiscardHandler)})
	go func() { ended <- server.Serve(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	v.settings = append([]string{
		"data_dir=" + v.dir, "telegram.api_root=http://" + l.Addr().String(), "telegram.poll_timeout=5s",
		"limits.group_tokens=0", "limits.private_per_second=0", "limits.login_per_second=0",
	}, settings...)
	return v
}

func (v *village) must(err error) {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
}

// add makes a tenant whose group is bound, with clients who have started its bot.
// before changes its file; nil = nothing is changed.
func (v *village) add(id tenants.TenantID, clients int, before func(*villager, *store.Tx) error, values ...tenants.Value) *villager {
	v.t.Helper()
	who := &villager{village: v, id: id}
	var err error
	v.door.With(func(w *sim.World) {
		who.owner = w.NewUser(sim.Person{FirstName: "Olga", Language: "en"})
		who.bot, who.token = w.NewBot(sim.Robot{Name: "Desk", Username: string(id) + "_bot", NoPrivacy: true})
		who.forum = w.NewForum(who.owner, "Desk")
		err = errors.Join(w.AddMember(who.owner, who.forum, who.bot), w.Promote(who.owner, who.forum, who.bot, sim.AllRights(), ""))
	})
	v.must(err)
	for n := range clients {
		who.comes(fmt.Sprintf("Client %d", n))
	}
	h, err := house.Open(mustConfig(v.t, v.settings...), slog.New(slog.DiscardHandler), nil)
	v.must(err)
	self := telegram.Self{Person: tenants.Person{ID: tenants.UserID(who.bot), Username: string(id) + "_bot", Bot: true}}
	err = h.Enlist(id, who.token, self, func(c *store.Connection) []tenants.Value {
		c.Group = tenants.Chat{ID: tenants.ChatID(who.forum), Kind: tenants.Group, Title: "Desk", Forum: true}
		c.Administrator = tenants.UserID(who.owner)
		return append(values, tenants.Value{Name: "WELCOME", Value: "OFF"})
	})
	who.code = h.BindCode(id, 1)
	v.must(errors.Join(err, h.Close()))
	if before != nil {
		file, err := store.Open(who.file(), store.Options{})
		v.must(err)
		err = file.Write(time.Now(), func(tx *store.Tx) error { return before(who, tx) })
		v.must(errors.Join(err, file.Close()))
	}
	return who
}

// file is the tenant's.
func (who *villager) file() string { return filepath.Join(who.dir, "tenants", string(who.id)+".db") }

// comes makes a client who has started the bot.
func (who *villager) comes(name string) int64 {
	who.t.Helper()
	var client int64
	who.door.With(func(w *sim.World) {
		client = w.NewUser(sim.Person{FirstName: name, Language: "en"})
		_, err := w.Start(client, who.bot, "")
		who.must(err)
	})
	who.clients = append(who.clients, client)
	return client
}

// begin starts the node; it has the clients of some tenants write once, so that they
// have topics.
func (v *village) begin(all []*villager) {
	v.t.Helper()
	v.running = start(v.t, v.settings, "serve")
	for _, who := range all {
		for _, client := range who.clients {
			who.says(client, "hello")
		}
	}
	for _, who := range all {
		v.until(fmt.Sprintf("%s relays", who.id), func(w *sim.World) bool { return len(who.relayed(w)) >= len(who.clients) })
	}
}

// until waits for something in the world.
func (v *village) until(what string, holds func(*sim.World) bool) {
	v.t.Helper()
	for late := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		done := false
		v.door.With(func(w *sim.World) { done = holds(w) })
		if done {
			return
		}
		if time.Now().After(late) {
			v.t.Fatalf("it never came to this: %s", what)
		}
	}
}

func (who *villager) says(client int64, text string) {
	who.t.Helper()
	who.door.With(func(w *sim.World) {
		_, err := w.Say(client, who.bot, 0, text)
		who.must(err)
	})
}

// relayed are the texts in the forum's topics, topic by topic in their order.
func (who *villager) relayed(w *sim.World) (texts []string) {
	for _, topic := range w.Topics(who.forum) {
		for _, m := range w.View(who.owner, who.forum, topic.ID) {
			if m.Text != "" {
				texts = append(texts, m.Text)
			}
		}
	}
	return texts
}

// window has the clients of some tenants write in turn, one each time, for a
// while, and gives how long each text was on its way, the longest last.
func (v *village) window(lasting, each time.Duration, all []*villager) []time.Duration {
	v.t.Helper()
	from, first := 0, v.said
	v.door.With(func(w *sim.World) { from = w.Logged() })
	ticks := time.NewTicker(each)
	defer ticks.Stop()
	for end := time.Now().Add(lasting); time.Now().Before(end); <-ticks.C {
		who := all[v.said%len(all)]
		who.says(who.clients[v.said/len(all)%len(who.clients)], fmt.Sprintf("text %06d", v.said))
		v.said++
	}
	var took []time.Duration
	v.until("all that was written in the window is relayed", func(w *sim.World) bool {
		took = latencies(w.Log()[from:], all)
		return len(took) >= v.said-first
	})
	slices.Sort(took)
	return took
}

// allThere holds what is in the tenants' topics against what was said: each once, and
// in its order.
func (v *village) allThere(all []*villager) {
	v.t.Helper()
	n := 0
	v.door.With(func(w *sim.World) {
		for _, who := range all {
			for _, topic := range w.Topics(who.forum) {
				last := ""
				for _, m := range w.View(who.owner, who.forum, topic.ID) {
					if !strings.HasPrefix(m.Text, "text ") {
						continue
					}
					if n++; m.Text <= last {
						v.t.Errorf("%s: %q after %q", who.id, m.Text, last)
					}
					last = m.Text
				}
			}
		}
	})
	if n != v.said {
		v.t.Errorf("of %d texts %d are in the topics", v.said, n)
	}
}

// latencies pairs the updates of bots with their sends into the forums: each
// tenant's are in order.
func latencies(log []sim.LogEntry, all []*villager) (took []time.Duration) {
	for _, who := range all {
		var written []time.Time
		for _, e := range log {
			switch {
			case e.Bot != who.bot:
			case e.Event == sim.EventUpdate && e.Method == "message":
				written = append(written, e.At)
			case e.Event == sim.EventCall && e.Chat == who.forum && len(e.Messages) > 0 && len(written) > 0:
				took = append(took, e.At.Sub(written[0]))
				written = written[1:]
			}
		}
	}
	return took
}

// spread tells percentiles.
func spread(took []time.Duration) string {
	if len(took) == 0 {
		return "none"
	}
	at := func(p int) time.Duration { return took[len(took)*p/100].Round(10 * time.Microsecond) }
	return fmt.Sprintf("n %d, p50 %s, p90 %s, p99 %s, most %s", len(took), at(50), at(90), at(99), took[len(took)-1].Round(10*time.Microsecond))
}

// meanwhile runs an abuse over and over until stop.
func meanwhile(abuse func()) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() {
		for ctx.Err() == nil {
			abuse()
		}
	})
	return func() {
		cancel()
		wg.Wait()
	}
}
