package house

import (
	"context"
	"errors"
	"fmt"
	"time"

	"topicdesk/actors/login"
	"topicdesk/actors/telegram"
	"topicdesk/actors/web"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

// Meet asks Telegram whose token this is. An error of sort web.Wrong: it is none.
func (h *House) Meet(ctx context.Context, token string) (telegram.Self, error) {
	bot, err := login.NewGateway(h.Config.Telegram, token)
	if err != nil {
		return telegram.Self{}, web.Errorf(web.Wrong, "%w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, login.AskWithin)
	defer cancel()
	self, err := bot.Self(ctx)
	if err != nil {
		return telegram.Self{}, fmt.Errorf("ask %s who the bot is: %s", h.Config.Telegram.APIRoot, login.Reason(err))
	}
	return self, nil
}

// Plan is that of tenants made here.
const Plan = "unlimited"

// Enlist makes a tenant with one bot. first changes its connection and sets
// parameters before anybody runs it; it may be nil. A tenant that a crash left
// without a connection is completed. Error: registry.ErrTaken.
func (h *House) Enlist(id tenants.TenantID, token string, self telegram.Self, first func(*store.Connection) []tenants.Value) (err error) {
	if err := errors.Join(h.makeRoom(), h.foreign(id, token)); err != nil {
		return err
	}
	now := time.Now()
	c := store.Connection{
		ID: 1, Kind: store.Bot, User: self.Person.ID, Username: self.Person.Username, Active: true, Created: now,
	}
	var values []tenants.Value
	if first != nil {
		values = first(&c)
	}
	if err := h.vacant(id); err != nil {
		return err
	}
	if err := h.Registry.AddTenant(id, Plan, now); err != nil && !errors.Is(err, registry.ErrTaken) {
		return err
	}
	if err := found(h.Registry.TenantPath(id), c, values); err != nil {
		return err
	}
	if c.Group.ID != 0 {
		if err := h.Registry.ClaimGroup(id, c.Group.ID); err != nil {
			return err
		}
	}
	return h.keep(id, login.TokenName(c.ID), token) // last: it says that all is there
}

// vacant tells whether a tenant can be made: there is none of the name, or one that was
// not made to the end. Error: registry.ErrTaken.
func (h *House) vacant(id tenants.TenantID) error {
	switch _, err := h.Registry.Secret(id, login.TokenName(1)); {
	case err == nil:
		return fmt.Errorf("tenant %s %w", id, registry.ErrTaken)
	case errors.Is(err, registry.ErrUnknown):
		return nil
	default:
		return err
	}
}

// found writes the file of a new tenant.
func found(path string, c store.Connection, values []tenants.Value) (err error) {
	file, err := store.Open(path, store.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return file.Write(c.Created, func(tx *store.Tx) error {
		for _, v := range values {
			if err := tx.SetParam(v); err != nil {
				return err
			}
		}
		return tx.PutConnection(c)
	})
}
