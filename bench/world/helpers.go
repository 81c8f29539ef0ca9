package world

import (
	"fmt"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/telegram/botapi"
	"topicdesk/actors/tenant"
	sim "topicdesk/bench/telegram"
	"topicdesk/tenants"
	"topicdesk/tenants/store"
)

// AddHelper makes a bot and takes it in as a helper of a connection, as the
// command does. It is in no group yet. The number is its connection's.
func (s *Stage) AddHelper(of tenants.ConnectionID) (tenants.ConnectionID, error) {
	var row store.Connection
	s.Door.With(func(*sim.World) { row = s.newHelper(of) })
	if s.opt.Webhooks {
		s.deliverTo(row.ID, int64(row.User))
	}
	return row.ID, s.Enlist(row.ID, of)
}

// newHelper makes a bot that helps a connection.
func (s *Stage) newHelper(of tenants.ConnectionID) store.Connection {
	n := len(s.Helpers) + 1
	bot, token := s.World.NewBot(sim.Robot{Name: fmt.Sprintf("Help %d", n), Username: s.helperName(n)})
	s.Helpers = append(s.Helpers, bot)
	row := s.helperRow(tenants.ConnectionID(len(s.Bots)+n), of)
	s.gateways[login{s.Tenant, row.ID}] = s.newGateway(token, botapi.HelperUpdates)
	return row
}

func (s *Stage) helperName(n int) string {
	if s.Tenant != houseNames[0] {
		return fmt.Sprintf("%s_help%d_bot", s.Tenant, n)
	}
	return fmt.Sprintf("help%d_bot", n)
}

func (s *Stage) helperRow(id, of tenants.ConnectionID) store.Connection {
	n := int(id) - len(s.Bots)
	return store.Connection{
		ID: id, Kind: store.Bot, User: tenants.UserID(s.Helpers[n-1]), Username: s.helperName(n),
		Helps: of, Active: true, Created: s.Sched.now,
	}
}

// Enlist takes a helper that was made before in, once more.
func (s *Stage) Enlist(id, of tenants.ConnectionID) error {
	return s.ask(func(r actors.Reply[error]) tenant.Message {
		return tenant.Enlist{Reply: r, Helper: s.helperRow(id, of)}
	})
}

// Dismiss lets a helper go.
func (s *Stage) Dismiss(id tenants.ConnectionID) error {
	return s.ask(func(r actors.Reply[error]) tenant.Message { return tenant.Dismiss{Helper: id, Reply: r} })
}

// ask asks the tenant something and lets a moment pass for its answer.
func (s *Stage) ask(make func(actors.Reply[error]) tenant.Message) error {
	answer := tenant.Ask(s.wake(), make)
	s.RunFor(time.Second)
	select {
	case err := <-answer:
		return err
	default:
		return fmt.Errorf("the tenant did not answer")
	}
}
