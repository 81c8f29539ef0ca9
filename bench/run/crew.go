package run

import (
	"encoding/json"
	"fmt"

	sim "topicdesk/bench/telegram"
)

// Crew is what the scenarios with many tenants have in common. Each tenant has a
// bot, an operators' group, and clients that it has known for long, some of whom
// write.
type Crew struct {
	Seed        uint64         `yaml:"seed"`
	Tenants     int            `yaml:"tenants"`
	Clients     int            `yaml:"clients"`      // of each tenant who write; 0 = one
	Chats       int            `yaml:"chats"`        // known to all tenants together; 0 = those who write
	Receive     string         `yaml:"receive"`      // webhook or polling
	FromClients float64        `yaml:"from_clients"` // the part of the messages that clients write, 0 to 1
	TextBytes   int            `yaml:"text_bytes"`   // of each message
	Relay       map[string]any `yaml:"relay"`        // settings, as in topicdesk.yaml
	Simulator   Simulator      `yaml:"simulator"`
}

// How a fleet receives.
const (
	byWebhook = "webhook"
	byPolling = "polling"
)

func (c Crew) check(wrong *faults) {
	wrong.demand(c.Tenants > 0, "tenants is at least 1")
	wrong.demand(c.Clients >= 0, "clients is a number")
	wrong.demand(c.Chats == 0 || c.Chats >= c.Tenants*c.clients(), "chats is 0, or there is one for each client")
	wrong.demand(c.Receive == byWebhook || c.Receive == byPolling, "receive is webhook or polling")
	wrong.demand(c.FromClients >= 0 && c.FromClients <= 1, "from_clients is from 0 to 1")
	wrong.demand(c.TextBytes >= markBytes && c.TextBytes <= 4096, fmt.Sprintf("text_bytes is from %d to 4096", markBytes))
}

// crowd is the crew as people who write; in steady they writes rate messages a second.
func (c Crew) crowd(st *stage, steady Steady) *crowd {
	return newCrowd(st, Scenario{Seed: c.Seed, FromClients: c.FromClients, TextBytes: c.TextBytes, Steady: steady})
}

// clients is how many of each tenant write.
func (c Crew) clients() int { return max(c.Clients, 1) }

// known is how many chats the tenant with this number knows.
func (c Crew) known(tenant int) int {
	all := max(c.Chats, c.Tenants*c.clients())
	n := all / c.Tenants
	if tenant < all%c.Tenants {
		n++
	}
	return n
}

// engage makes the bots, the groups and the clients who write.
// What that causes has been taken, so nothing waits for anybody.
func (c Crew) engage(w *sim.World) ([]*desk, error) {
	desks := make([]*desk, c.Tenants)
	for i := range desks {
		d := &desk{tenant: fmt.Sprintf("desk-%05d", i), username: fmt.Sprintf("desk_%05d_bot", i), known: c.known(i)}
		d.operator = w.NewUser(sim.Person{FirstName: fmt.Sprintf("Operator %d", i), Language: "en"})
		d.bot, d.token = w.NewBot(sim.Robot{Name: fmt.Sprintf("Desk %d", i), Username: d.username})
		d.forum = w.NewForum(d.operator, fmt.Sprintf("Desk %d", i))
		if err := w.AddMember(d.operator, d.forum, d.bot); err != nil {
			return nil, err
		}
		if err := w.Promote(d.operator, d.forum, d.bot, sim.AllRights(), ""); err != nil {
			return nil, err
		}
		for k := range c.clients() {
			client := w.NewUser(sim.Person{FirstName: fmt.Sprintf("Client %d", k), Language: "en"})
			if err := d.meet(w, client); err != nil {
				return nil, fmt.Errorf("tenant %d: %w", i, err)
			}
		}
		desks[i] = d
	}
	return desks, nil
}

// meet makes a client of long ago: the bot has a topic for it, and nothing waits.
func (d *desk) meet(w *sim.World, client int64) error {
	if _, err := w.Start(client, d.bot, ""); err != nil {
		return err
	}
	made := w.Call(d.token, "createForumTopic", sim.ArgsOf("chat_id", d.forum, "name", "a client"))
	if !made.OK {
		return fmt.Errorf("createForumTopic: %s", made.Description)
	}
	var topic struct {
		Thread int `json:"message_thread_id"`
	}
	if err := json.Unmarshal(made.Result, &topic); err != nil {
		return fmt.Errorf("createForumTopic: %w", err)
	}
	last := 0
	for _, u := range w.Peek(d.bot, 0, 100) {
		last = u.ID
	}
	if a := w.Call(d.token, "getUpdates", sim.ArgsOf("offset", last+1)); !a.OK {
		return fmt.Errorf("getUpdates: %s", a.Description)
	}
	known := &dialog{desk: d, client: client}
	known.learn(topic.Thread)
	d.dialogs = append(d.dialogs, known)
	return nil
}
