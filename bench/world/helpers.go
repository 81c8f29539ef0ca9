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
	n := len(s.Helpers) + 1
	id := tenants.ConnectionID(len(s.Bots) + n)
	s.Door.With(func(w *sim.World) {
		bot, token := w.NewBot(sim.Robot{Name: fmt.Sprintf("Help %d", n), Username: fmt.Sprintf("help%d_bot", n)})
		s.Helpers = append(s.Helpers, bot)
		s.gateways[login{s.Tenant, id}] = s.newGateway(token, botapi.HelperUpdates)
	})
	if s.opt.Webhooks {
		s.deliverTo(id, s.Helpers[n-1])
	}
	return id, s.Enlist(id, of)
}

// Enlist takes a helper that was made before in, once more.
func (s *Stage) Enlist(id, of tenants.ConnectionID) error {
	n := int(id) - len(s.Bots)
	return s.ask(func(r actors.Reply[error]) tenant.Message {
		return tenant.Enlist{Reply: r, Helper: store.Connection{
			ID: id, Kind: store.Bot, User: tenants.UserID(s.Helpers[n-1]), Username: fmt.Sprintf("help%d_bot", n),
			Helps: of, Active: true, Created: s.Sched.now,
		}}
	})
}

// Dismiss lets a helper go.
func (s *Stage) Dismiss(id tenants.ConnectionID) error {
	return s.ask(func(r actors.Reply[error]) tenant.Message { return tenant.Dismiss{Helper: id, Reply: r} })
}

// ask asks the tenant something and lets a moment pass for its answer.
func (s *Stage) ask(make func(actors.Reply[error]) tenant.Message) error {
	answer := tenant.Ask(s.Node.Tenant(s.Tenant), make)
	s.RunFor(time.Second)
	select {
	case err := <-answer:
		return err
	default:
		return fmt.Errorf("the tenant did not answer")
	}
}
