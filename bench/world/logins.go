package world

import (
	"fmt"
	"time"

	"topicdesk/actors/telegram"
	"topicdesk/actors/telegram/botapi"
	sim "topicdesk/bench/telegram"
	"topicdesk/tenants"
	"topicdesk/tenants/store"
)

// login is a tenant's connection.
type login struct {
	tenant     tenants.TenantID
	connection tenants.ConnectionID
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

// Gateway makes the site the node's Logins.
func (s *site) Gateway(t tenants.TenantID, c tenants.ConnectionID) (telegram.Gateway, bool) {
	return s.gateways[login{t, c}], !s.opt.Webhooks
}

// Polls tells that updates are asked for.
func (s *site) Polls() bool { return !s.opt.Webhooks }
