package web

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/onboard"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

// Files reach tenants' files, each through its only owner.
type Files interface {
	// Read shows a tenant's file to see, which must keep nothing of it.
	Read(ctx context.Context, id tenants.TenantID, see func(store.Reads) error) error
	// Peek shows a tenant's file to see without waking the tenant: idle tells that
	// nobody waits meanwhile.
	Peek(ctx context.Context, id tenants.TenantID, see func(r store.Reads, idle bool) error) error
	// Set sets a parameter, or takes it away where the value is "default".
	Set(ctx context.Context, id tenants.TenantID, v tenants.Value) error
	// Enlist takes a helper in, or gives one that is known other properties.
	Enlist(ctx context.Context, id tenants.TenantID, helper store.Connection) error
	// Backup writes a copy of the file to a path that does not exist.
	Backup(ctx context.Context, id tenants.TenantID, path string) error
	// Renew lets go on what waited for a connection whose token is new.
	Renew(ctx context.Context, id tenants.TenantID, c tenants.ConnectionID) error
	// Dismiss lets a helper go.
	Dismiss(ctx context.Context, id tenants.TenantID, helper tenants.ConnectionID) error
	// Retry has an update that was set aside tried again.
	Retry(ctx context.Context, id tenants.TenantID, aside store.Aside) error
	// Restore puts a job that was set aside back into the outbox.
	Restore(ctx context.Context, id tenants.TenantID, aside store.AsideJob) error
	// Hasten lets jobs that wait go as soon as their turn comes; all or none.
	Hasten(ctx context.Context, id tenants.TenantID, jobs []tenants.JobID) error
	// DropJobs takes jobs that wait out of the outbox; all or none.
	DropJobs(ctx context.Context, id tenants.TenantID, jobs []tenants.JobID) error
	// Forget erases all about somebody, with every byte of it in the file.
	Forget(ctx context.Context, id tenants.TenantID, who store.Who) ([]store.Erased, error)
}

// Desk answers what a host asks of tenants.
type Desk struct {
	Registry *registry.Registry
	Files    Files
	// Enlist makes a tenant with one bot, and runs it if the node runs.
	Enlist func(ctx context.Context, id tenants.TenantID, token string) error
	// Meet asks Telegram whose token this is.
	Meet func(ctx context.Context, token string) (tenants.Person, error)
	// FromBackup puts a copy in the place of a tenant's file.
	FromBackup func(ctx context.Context, id tenants.TenantID, path string) ([]string, error)
	// KeepToken keeps the new token of a connection.
	KeepToken func(id tenants.TenantID, c tenants.ConnectionID, token string) error
	// Keep keeps the token of a helper; Drop forgets it.
	Keep func(id tenants.TenantID, helper tenants.ConnectionID, token string) error
	Drop func(ctx context.Context, id tenants.TenantID, helper tenants.ConnectionID) error
	// State is why a tenant of this node does not run; nil = nobody can tell.
	State func(tenants.TenantID) string
	// Full is why a tenant that runs takes in nothing new; nil = nobody runs them.
	Full func(tenants.TenantID) string
	// Runs: a node runs the tenants.
	Runs bool
	// Halt has nothing open a tenant any more, closes it, and takes its webhooks off;
	// or lets it go on. The lines say what did not go as it should.
	Halt func(ctx context.Context, id tenants.TenantID, stopped bool) (lines []string, err error)
	// Erase deletes a stopped tenant: its file, then what the registry knows of it.
	Erase func(tenants.TenantID) error
	// Still is held while a tenant is stopped or let go on: see Either.
	Still *sync.Mutex
	// Reveal opens what was set aside.
	Reveal func(sealed []byte) ([]byte, error)
	// Lacking are the reasons why the node can't do its work; nil = nobody runs it.
	Lacking func(context.Context) []string
	// Node is what the node says of its key, its files and its versions.
	Node func() []Finding
	// KeyFrom says where the node's key is, KeyWarning what is wrong with that; "" = nothing.
	KeyFrom, KeyWarning string
	// Logins asks Telegram how a tenant's connections stand.
	Logins func(ctx context.Context, id tenants.TenantID, all []store.Connection) []Finding
	// Code is what binds a connection's group.
	Code func(tenants.TenantID, tenants.ConnectionID) string

	helpers sync.Mutex // one change of them at a time
}

// Tenant is one line of the list.
type Tenant struct {
	Name    tenants.TenantID `json:"name"`
	Created time.Time        `json:"created"`
	Plan    string           `json:"plan"`
	State   string           `json:"state"`        // StateAwake and so on
	Due     time.Time        `json:"due,omitzero"` // of an asleep one: when it wants to be opened; absent = when something comes
	Trouble string           `json:"trouble"`      // why it does not run as it should, in plain words; "" = it does
}

// View is what the host may see of a tenant.
type View struct {
	Tenant
	Connections []Connection `json:"connections"`
	Values      []string     `json:"values"` // what is set, as it would be typed
	Aside       int          `json:"aside"`  // updates and jobs set aside
	Waiting     int          `json:"waiting"`
}

// Connection is one login of a tenant.
type Connection struct {
	ID            tenants.ConnectionID `json:"id"`
	Username      string               `json:"username"`
	User          tenants.UserID       `json:"user"`
	Administrator tenants.UserID       `json:"administrator"` // 0 = nobody yet
	Group         string               `json:"group"`         // title of the one in which new topics are made; "" = none yet
	Earlier       []string             `json:"earlier"`       // titles of groups in which it has topics from before
	Active        bool                 `json:"active"`
	Code          string               `json:"code"`
	Steps         []string             `json:"steps"`   // to give it a group; nil if it has one
	Helps         tenants.ConnectionID `json:"helps"`   // whom it helps; 0 = it has clients of its own, and only then the above
	Trouble       string               `json:"trouble"` // why it hears nothing, and since when; "" = it hears
	Lacks         []string             `json:"lacks"`   // of a helper: what is to be done so that it can help
}

// New is a tenant to be made.
type New struct {
	Name  string `json:"name"`
	Token string `json:"token"`
}

// Setting is a parameter to be set.
type Setting struct {
	Tenant     string               `json:"tenant"`
	Connection tenants.ConnectionID `json:"connection"` // 0 = all
	Dialog     tenants.DialogID     `json:"dialog"`     // 0 = all
	Target     string               `json:"target"`     // AUTOCLOSE, group.AUTOCLOSE
	Value      string               `json:"value"`      // "default" takes it away
}

// Aside is one update, or one job, that was set aside.
type Aside struct {
	Job        tenants.JobID        `json:"job"` // 0 = it is an update
	Connection tenants.ConnectionID `json:"connection"`
	Update     tenants.UpdateID     `json:"update"`
	At         time.Time            `json:"at"`
}

// Name asks for one tenant.
type Name struct {
	Tenant string `json:"tenant"`
}

// List lists all tenants by name.
func (d *Desk) List(context.Context) ([]Tenant, error) {
	all, err := d.Registry.Tenants()
	if err != nil {
		return nil, err
	}
	out := make([]Tenant, len(all))
	for i, t := range all {
		out[i] = d.tenant(t)
	}
	return out, nil
}

// Lacks are the reasons why the node can't do its work now, in plain words; none = it
// can.
func (d *Desk) Lacks(ctx context.Context) ([]string, error) {
	if d.Lacking == nil {
		return nil, ErrNobody
	}
	return d.Lacking(ctx), nil
}

// tenant is a tenant's line.
func (d *Desk) tenant(t registry.Tenant) Tenant {
	out := Tenant{Name: t.ID, Created: t.Created, Plan: t.Plan}
	if out.State, out.Trouble = d.state(t); out.State == StateAsleep {
		out.Due = t.Due
	}
	return out
}

// troubleOf is why a connection hears nothing, "" = it hears.
func troubleOf(r store.Reads, c tenants.ConnectionID) (string, error) {
	h, err := r.Hearing(c)
	if err != nil || h.Deaf.IsZero() {
		return "", err
	}
	return fmt.Sprintf("%s (since %s)", h.Why, h.Deaf.Format("2006-01-02 15:04 MST")), nil
}

// Add makes a tenant with one bot.
func (d *Desk) Add(ctx context.Context, n New) (View, error) {
	id, err := tenants.ParseTenantID(n.Name)
	if err != nil {
		return View{}, Errorf(Wrong, "%w", err)
	}
	if err := d.Enlist(ctx, id, n.Token); err != nil {
		return View{}, err
	}
	return d.Show(ctx, n.Name)
}

// known checks that a tenant is there, and if not, tells which name was probably
// meant.
func (d *Desk) known(name string) (registry.Tenant, error) {
	if id, err := tenants.ParseTenantID(name); err == nil {
		t, err := d.Registry.Tenant(id)
		if !errors.Is(err, registry.ErrUnknown) {
			return t, err
		}
	}
	all, err := d.Registry.Tenants()
	if err != nil {
		return registry.Tenant{}, err
	}
	names := make([]string, len(all))
	for i, t := range all {
		names[i] = string(t.ID)
	}
	if meant := tenants.Closest(name, names); meant != "" {
		return registry.Tenant{}, Errorf(Unknown, "there is no tenant %q. Did you mean %s?", name, meant)
	}
	return registry.Tenant{}, Errorf(Unknown, "there is no tenant %q; `topicdesk tenant list` shows who is there", name)
}

// Show tells how a tenant stands.
func (d *Desk) Show(ctx context.Context, name string) (View, error) {
	t, err := d.known(name)
	if err != nil {
		return View{}, err
	}
	v := View{Tenant: d.tenant(t)}
	if v.Trouble != "" && v.State != StateAwake {
		return v, nil // its file can't be read, or not now
	}
	err = d.Files.Read(ctx, t.ID, func(r store.Reads) error { return d.view(r, t.ID, &v) })
	if err != nil {
		return View{}, err // the file may still be read into v
	}
	return v, nil
}

func (d *Desk) view(r store.Reads, id tenants.TenantID, v *View) error {
	all, err := r.Connections()
	if err != nil {
		return err
	}
	values, err := r.Params()
	if err != nil {
		return err
	}
	aside, err := r.AsideList()
	if err != nil {
		return err
	}
	jobs, err := r.AsideJobs()
	if err != nil {
		return err
	}
	waiting, err := r.Outbox()
	if err != nil {
		return err
	}
	places, err := r.Workplaces()
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.Active || c.Helps == 0 {
			one := d.connection(id, c, places)
			if one.Trouble, err = troubleOf(r, c.ID); err != nil {
				return err
			}
			v.Connections = append(v.Connections, one)
		}
	}
	for _, value := range values {
		v.Values = append(v.Values, typed(value))
	}
	for _, b := range waiting {
		v.Waiting += b.Jobs
	}
	v.Aside = len(aside) + len(jobs)
	return nil
}

func (d *Desk) connection(id tenants.TenantID, c store.Connection, places []store.Workplace) Connection {
	if c.Helps != 0 {
		return Connection{ID: c.ID, Username: c.Username, User: c.User, Active: c.Active, Helps: c.Helps, Lacks: lacksOf(c, places)}
	}
	out := Connection{
		ID: c.ID, Username: c.Username, User: c.User, Administrator: c.Administrator, Active: c.Active,
		Group: c.Group.Title, Code: d.Code(id, c.ID),
	}
	if c.Group.ID == 0 {
		out.Steps = onboard.Steps(onboard.Facts{Code: out.Code, Bot: c.Username})
	}
	for _, p := range places { // beside the one in which new topics are made
		if p.Connection == c.ID && p.Group != c.Group.ID {
			out.Earlier = append(out.Earlier, p.Title)
		}
	}
	return out
}

// Asides lists what a tenant has set aside, the oldest first.
func (d *Desk) Asides(ctx context.Context, name string) ([]Aside, error) {
	t, err := d.known(name)
	if err != nil {
		return nil, err
	}
	var out []Aside
	err = d.Files.Read(ctx, t.ID, func(r store.Reads) error {
		all, err := r.AsideList()
		for _, a := range all {
			out = append(out, Aside{Connection: a.Connection, Update: a.Update, At: a.At})
		}
		if err != nil {
			return err
		}
		jobs, err := r.AsideJobs()
		for _, j := range jobs {
			out = append(out, Aside{Job: j.Job, At: j.At})
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Retry has everything tried again that a tenant has set aside, and tells how
// many updates went through, and jobs are in the outbox again.
func (d *Desk) Retry(ctx context.Context, name string) (done int, err error) {
	t, err := d.known(name)
	if err != nil {
		return 0, err
	}
	var all []store.Aside
	var jobs []store.AsideJob
	err = d.Files.Read(ctx, t.ID, func(r store.Reads) (err error) {
		if all, err = r.AsideList(); err != nil {
			return err
		}
		jobs, err = r.AsideJobs()
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, a := range all {
		if err := d.Files.Retry(ctx, t.ID, a); err != nil {
			return done, fmt.Errorf("update %d of connection %d: %w", a.Update, a.Connection, err)
		}
		done++
	}
	for _, j := range jobs {
		if err := d.Files.Restore(ctx, t.ID, j); err != nil {
			return done, fmt.Errorf("job %d: %w", j.Job, err)
		}
		done++
	}
	return done, nil
}
