package web

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/store"
)

// Help is a bot that is to help a connection.
type Help struct {
	Tenant     string               `json:"tenant"`
	Connection tenants.ConnectionID `json:"connection"` // whom; 0 = the tenant's only one
	Token      string               `json:"token"`
}

// Unhelp is a helper that is to go, by its username or its connection's number.
type Unhelp struct {
	Tenant string `json:"tenant"`
	Helper string `json:"helper"`
}

// AddHelper takes a bot in that shares the load of a connection in its groups. One
// that helps already gets its new token, or another connection to help.
func (d *Desk) AddHelper(ctx context.Context, n Help) (View, error) {
	return d.amend(ctx, n.Tenant, n.Token, func(id tenants.TenantID, who tenants.Person, all []store.Connection) error {
		helper, err := helperAmong(all, n.Connection, who, time.Now())
		if err != nil {
			return err
		}
		if err := d.Keep(id, helper.ID, n.Token); err != nil { // first: the tenant asks for it at once
			return err
		}
		return d.Files.Enlist(ctx, id, helper)
	})
}

// RemoveHelper lets a helper go.
func (d *Desk) RemoveHelper(ctx context.Context, n Unhelp) (View, error) {
	return d.amend(ctx, n.Tenant, "", func(id tenants.TenantID, _ tenants.Person, all []store.Connection) error {
		for _, c := range all {
			if c.Helps == 0 || !c.Active || !named(c, n.Helper) {
				continue
			}
			if err := d.Files.Dismiss(ctx, id, c.ID); err != nil {
				return err
			}
			return d.Drop(ctx, id, c.ID)
		}
		return Errorf(Unknown, "%s has no helper %s", id, n.Helper)
	})
}

// amend changes something of the connections that a tenant has, and shows what it has
// then. who is whose token it is; of no token it is nobody. Nobody else changes them
// meanwhile: two at once would take one number.
func (d *Desk) amend(ctx context.Context, name, token string,
	change func(id tenants.TenantID, who tenants.Person, all []store.Connection) error,
) (View, error) {
	t, err := d.known(name)
	if err != nil {
		return View{}, err
	}
	var who tenants.Person
	if token != "" {
		if who, err = d.Meet(ctx, token); err != nil {
			return View{}, err
		}
	}
	d.helpers.Lock()
	defer d.helpers.Unlock()
	all, err := d.connections(ctx, t.ID)
	if err != nil {
		return View{}, err
	}
	if err := change(t.ID, who, all); err != nil {
		return View{}, err
	}
	return d.Show(ctx, name)
}

// named tells that somebody means a connection.
func named(c store.Connection, name string) bool {
	return strings.EqualFold(strings.TrimPrefix(name, "@"), c.Username) || name == strconv.Itoa(int(c.ID))
}

func (d *Desk) connections(ctx context.Context, id tenants.TenantID) (all []store.Connection, err error) {
	err = d.Files.Read(ctx, id, func(r store.Reads) (err error) {
		all, err = r.Connections()
		return err
	})
	if err != nil {
		return nil, err // the file may still be read into all
	}
	return all, nil
}

// helperAmong is the row of a bot that is to help one of a tenant's connections, if
// it can.
func helperAmong(all []store.Connection, of tenants.ConnectionID, who tenants.Person, now time.Time) (store.Connection, error) {
	helped, err := helpedAmong(all, of)
	if err != nil {
		return store.Connection{}, err
	}
	row := store.Connection{
		ID: 1, Kind: store.Bot, User: who.ID, Username: who.Username, Helps: helped.ID, Active: true, Created: now,
	}
	crew := 0
	for _, c := range all {
		row.ID = max(row.ID, c.ID+1)
	}
	for _, c := range all {
		switch {
		case c.User == who.ID && c.Helps == 0:
			return store.Connection{}, Errorf(Refused, "@%s is connection %d itself: take another bot to help", who.Username, c.ID)
		case c.User == who.ID:
			row.ID, row.Created = c.ID, c.Created
		case c.Active && c.Helps == helped.ID:
			crew++
		}
	}
	if crew >= tenants.MaxHelpers {
		return store.Connection{}, Errorf(Refused, "connection %d has %d helpers, and more are not allowed", helped.ID, crew)
	}
	return row, nil
}

// helpedAmong is the connection that is to be helped.
func helpedAmong(all []store.Connection, of tenants.ConnectionID) (store.Connection, error) {
	var can []store.Connection
	for _, c := range all {
		if c.Helps == 0 && c.Active && (of == 0 || c.ID == of) {
			can = append(can, c)
		}
	}
	switch {
	case len(can) == 1:
		return can[0], nil
	case of != 0:
		return store.Connection{}, Errorf(Unknown, "there is no connection %d that could be helped", of)
	case len(can) == 0:
		return store.Connection{}, Errorf(Refused, "there is no connection that could be helped")
	default:
		return store.Connection{}, Errorf(Wrong, "there are several connections: say which one it is to help, with --connection")
	}
}

// lacksOf is where a helper can't help and why, one line a group of the connection
// that it helps.
func lacksOf(helper store.Connection, places []store.Workplace) []string {
	known := map[tenants.ChatID]store.Workplace{}
	for _, p := range places {
		if p.Connection == helper.ID {
			known[p.Group] = p
		}
	}
	var lacks []string
	bound := false
	for _, p := range places {
		if p.Connection != helper.Helps {
			continue
		}
		bound = true
		switch here, seen := known[p.Group]; {
		case !seen || here.Lack == "out":
			lacks = append(lacks, fmt.Sprintf("add it to the group %q", p.Title))
		case here.Lack != "":
			lacks = append(lacks, fmt.Sprintf("let it write in the group %q, or make it an administrator there", p.Title))
		}
	}
	if !bound {
		return []string{fmt.Sprintf("give connection %d its group first", helper.Helps)}
	}
	return lacks
}
