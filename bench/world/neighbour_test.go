package world

import (
	"errors"
	"strings"
	"testing"
	"time"

	"topicdesk/actors/telegram/botapi"
	sim "topicdesk/bench/telegram"
	"topicdesk/tenants"
	"topicdesk/tenants/store"
)

// neighbour is a second tenant on a stage's node, with a bot and a group of its own.
type neighbour struct {
	*Stage
	id                 tenants.TenantID
	bot, forum, client int64
	owner              int64
}

func (s *Stage) addNeighbour() neighbour {
	n := neighbour{Stage: s, id: "beta"}
	var token string
	s.Door.With(func(w *sim.World) {
		n.owner = w.NewUser(sim.Person{FirstName: "Berta"})
		n.forum = w.NewForum(n.owner, "Beta")
		n.bot, token = w.NewBot(sim.Robot{Name: "Beta", Username: "beta_bot", NoPrivacy: true})
		must(w.AddMember(n.owner, n.forum, n.bot))
		must(w.Promote(n.owner, n.forum, n.bot, sim.AllRights(), ""))
		n.client = w.NewUser(sim.Person{FirstName: "Carl"})
	})
	gateway, err := botapi.New(botapi.Options{
		Token: token, Caller: s.Door.Caller(sim.CallerOptions{Timeout: callTimeout}), PollTimeout: 25 * time.Second,
		CallTimeout: time.Hour,
	})
	must(err)
	s.gateways[login{n.id, 77}] = gateway
	must(s.registry.AddTenant(n.id, "unlimited", start))
	_, err = s.groups.ClaimGroup(n.id, tenants.ChatID(n.forum))
	must(err)
	file, err := store.Open(s.registry.TenantPath(n.id), store.Options{})
	must(err)
	must(file.Write(start, func(tx *store.Tx) error {
		return tx.PutConnection(store.Connection{
			ID: 77, Kind: store.Bot, User: tenants.UserID(n.bot), Username: "beta_bot", Active: true, Created: start,
			Group: tenants.Chat{ID: tenants.ChatID(n.forum), Kind: tenants.Group, Title: "Beta", Forum: true},
		})
	}))
	must(errors.Join(file.Close(), s.Node.Start(n.id)))
	return n
}

// waits is how long a client's message takes into the neighbour's forum.
func (n neighbour) waits(text string) time.Duration {
	n.say(n.client, n.bot, 0, text)
	for begun := n.Sched.now; ; {
		found := false
		n.Door.With(func(w *sim.World) {
			for _, tp := range w.Topics(n.forum) {
				for _, m := range w.View(n.bot, n.forum, tp.ID) {
					found = found || strings.Contains(m.Text, text)
				}
			}
		})
		if took := n.Sched.now.Sub(begun); found || took > time.Minute {
			return took
		}
		n.RunFor(100 * time.Millisecond)
	}
}

// TestNeighbour: a tenant whose every message between actors is fatal crashes
// for ever; the one beside it on the node is as quick as ever.
func TestNeighbour(t *testing.T) {
	s := newSmall(t, Options{})
	n := s.addNeighbour()
	s.play()
	n.waits("first") // makes the topic
	s.Sched.Fuse = 1
	struck := 0
	s.strike = func(_ int, to string, _ any) Mishap {
		if !strings.Contains(to, "/acme/") {
			return Delivered
		}
		struck++
		return Fatal
	}
	for range 20 {
		s.at(time.Second, func(w *sim.World) { s.writes(w, s.clients[0]) })
		if took := n.waits(s.token("n")); took > time.Second {
			t.Errorf("the neighbour's message took %s", took)
		}
		n.RunFor(10 * time.Second)
	}
	if struck < 10 {
		t.Errorf("only %d fatal messages: nothing was tested", struck)
	}
	own, others := s.crashesOf(n.id), s.crashesOf(s.Tenant)
	if own > 0 || others < 5 {
		t.Errorf("the neighbour crashed %d times, the other %d times", own, others)
	}
	s.Sched.Kill(func() { s.Node.Stop(n.id); s.Node.Stop(s.Tenant) })
	must(s.registry.Close())
}

// crashesOf counts the crashes of a tenant that were logged.
func (s *small) crashesOf(id tenants.TenantID) int {
	n := 0
	for _, line := range s.trace {
		if strings.Contains(line, "opening ended by a crash tenant="+string(id)+" ") {
			n++
		}
	}
	return n
}

// TestNoEcho: the backend group of another tenant is never a client chat, or each
// would mirror the other's topics for ever.
func TestNoEcho(t *testing.T) {
	s := newSmall(t, Options{})
	n := s.addNeighbour()
	n.waits("first") // makes the topic
	s.Door.With(func(w *sim.World) {
		must(w.AddMember(n.owner, n.forum, s.Bots[0]))
		must(w.Promote(n.owner, n.forum, s.Bots[0], sim.AllRights(), ""))
	})
	n.say(n.owner, n.forum, 0, "heard by both bots")
	n.waits("second")
	s.RunFor(time.Minute)
	s.Door.With(func(w *sim.World) {
		if topics := w.Topics(s.Forum); len(topics) > 1 {
			t.Errorf("a topic was made of the neighbour's group: %+v", topics)
		}
	})
	s.Sched.Kill(func() { s.Node.Stop(n.id); s.Node.Stop(s.Tenant) })
	must(s.registry.Close())
}
