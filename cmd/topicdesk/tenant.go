package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"topicdesk/actors/web"
	"topicdesk/tenants"
)

// tenantCommands are what a host does with tenants.
type tenantCommands struct {
	Add          tenantAdd          `cmd:"" help:"Make a tenant with one bot."`
	AddFrom      tenantAddFrom      `cmd:"" help:"Make many tenants, of a list of names and tokens."`
	List         tenantList         `cmd:"" help:"List all tenants."`
	Show         tenantShow         `cmd:"" help:"Show a tenant's connections with their bind codes, and its parameters."`
	Set          tenantSet          `cmd:"" help:"Set a parameter of a tenant; it is in force at once."`
	Backup       tenantBackup       `cmd:"" help:"Write a copy of a tenant's file; also while the node runs."`
	Restore      tenantRestore      `cmd:"" help:"Put a copy in the place of a tenant's file; the other tenants go on meanwhile."`
	Token        tenantToken        `cmd:"" help:"Give a bot of the tenant its new token, after the old one was revoked; also while the node runs."`
	AddHelper    tenantAddHelper    `cmd:"" help:"Take in a further bot that shares the load of a connection in its group."`
	RemoveHelper tenantRemoveHelper `cmd:"" help:"Let a helper go; nothing is lost."`
	Stop         tenantStop         `cmd:"" help:"Switch a tenant off: nothing is received, nothing is sent. It stays so until start."`
	Start        tenantStart        `cmd:"" help:"Let a stopped tenant go on with all that waited."`
	Rm           tenantRm           `cmd:"" help:"Remove a tenant for good, with its file and its tokens."`
	Export       tenantExport       `cmd:"" help:"Write what is known of a client, or of the tenant and all its clients, as JSON."`
	Forget       tenantForget       `cmd:"" help:"Erase a client with every byte of the tenant's file that is about them, and prove it."`
	Acts         tenantActs         `cmd:"" help:"List who administered what: parameters, bans, labels, bindings; kept for 400 days."`
	SetAside     asideParent        `cmd:"" help:"Updates and jobs that crashed the tenant too often."`
}

type asideParent struct {
	List  asideList  `cmd:"" help:"List what is set aside."`
	Retry asideRetry `cmd:"" help:"Try all of it again."`
}

// discreet is a view without what only add and show tell: how a group is bound.
func discreet(v web.View) web.View {
	v.Connections = slices.Clone(v.Connections)
	for i := range v.Connections {
		v.Connections[i].Code, v.Connections[i].Steps = "", nil
	}
	return v
}

type tenantAdd struct {
	Name      string `arg:"" help:"1 to 40 of a-z, 0-9 and -, for example acme-support."`
	TokenFile string `required:"" placeholder:"FILE" help:"File that holds the bot's token and nothing else; - reads it from the input. Never given as an argument: others can see those."`
}

// Run makes the tenant and tells how it gets its group.
func (c tenantAdd) Run(ctx context.Context, p *program) error {
	token, err := p.readToken(c.TokenFile)
	if err != nil {
		return err
	}
	return p.atDesk(ctx, func(d desk) error {
		v, err := d.Add(ctx, web.New{Name: c.Name, Token: token})
		if err != nil {
			return err
		}
		return p.answer(v, func() { p.view(v) })
	})
}

// Answer is that of a command.
func (tenantAdd) Answer() any { return web.View{} }

// maxToken bounds what is read for a token, bytes.
const maxToken = 4 << 10

func (p *program) readToken(name string) (string, error) {
	source := p.in
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return "", fmt.Errorf("read the token: %w", err)
		}
		defer file.Close()
		source = file
	}
	text, err := io.ReadAll(io.LimitReader(source, maxToken))
	if err != nil {
		return "", fmt.Errorf("read the token: %w", err)
	}
	return strings.TrimSpace(string(text)), nil
}

type tenantList struct{}

// Run lists names and plans.
func (tenantList) Run(ctx context.Context, p *program) error {
	return p.atDesk(ctx, func(d desk) error {
		all, err := d.List(ctx)
		if err != nil {
			return err
		}
		return p.answer(listed{all}, func() {
			for _, t := range all {
				p.line(t)
			}
			switch {
			case len(all) == 0:
				p.say("There is no tenant yet.")
			case slices.ContainsFunc(all, func(t web.Tenant) bool { return t.State == web.StateOff }):
				p.say("off: no node runs on this data directory; topicdesk serve starts one.")
			}
		})
	})
}

// listed is the answer to list.
type listed struct {
	Tenants []web.Tenant `json:"tenants"`
}

// Answer is that of a command.
func (tenantList) Answer() any { return listed{} }

type tenantShow struct {
	Name string `arg:"" help:"The tenant's name." complete:"tenant"`
}

// Run shows the tenant.
func (c tenantShow) Run(ctx context.Context, p *program) error {
	return p.atDesk(ctx, func(d desk) error {
		v, err := d.Show(ctx, c.Name)
		if err != nil {
			return err
		}
		return p.answer(v, func() { p.view(v) })
	})
}

// Answer is that of a command.
func (tenantShow) Answer() any { return web.View{} }

// line prints what a list says of a tenant.
func (p *program) line(t web.Tenant) {
	state := t.State
	if !t.Due.IsZero() {
		state += " until " + t.Due.Format("2006-01-02 15:04:05 MST")
	}
	p.say("%s  since %s  plan %s  %s", t.Name, t.Created.Format("2006-01-02"), t.Plan, state)
	if t.Trouble != "" {
		p.say("  %s", t.Trouble)
	}
}

// view prints a tenant.
func (p *program) view(v web.View) {
	p.line(v.Tenant)
	for _, c := range v.Connections {
		p.connection(c)
	}
	for _, value := range v.Values {
		p.say("  %s", value)
	}
	if v.Waiting > 0 {
		p.say("  %d messages and other things wait to be sent", v.Waiting)
	}
	if v.Aside > 0 {
		p.say("  %d updates are set aside: topicdesk tenant set-aside list %s", v.Aside, v.Name)
	}
}

func (p *program) connection(c web.Connection) {
	if c.Helps != 0 {
		p.helper(c)
		return
	}
	if c.Trouble != "" {
		defer p.say("    %s", c.Trouble)
	}
	state := ""
	if !c.Active {
		state = ", switched off"
	}
	if c.Steps == nil {
		p.say("  connection %d: @%s works in the group %q%s; bind code %s", c.ID, c.Username, c.Group, state, c.Code)
		for _, title := range c.Earlier {
			p.say("    and in the group %q with the topics that it has there", title)
		}
		return
	}
	p.say("  connection %d: @%s has no group yet%s; bind code %s. To give it one:", c.ID, c.Username, state, c.Code)
	for i, step := range c.Steps {
		p.say("    %d. %s", i+1, step)
	}
}

type tenantSet struct {
	Connection int64    `help:"Only for this connection; see tenant show." placeholder:"N"`
	Dialog     int64    `help:"Only for this dialog." placeholder:"D"`
	Name       string   `arg:"" help:"The tenant's name." complete:"tenant"`
	Param      string   `arg:"" help:"The parameter, for example AUTOCLOSE, or group.AUTOCLOSE for one kind of chat." complete:"param"`
	Value      []string `arg:"" help:"The new value; OFF or NONE clears, default takes back."`
}

// Run sets the parameter.
func (c tenantSet) Run(ctx context.Context, p *program) error {
	return p.atDesk(ctx, func(d desk) error {
		lines, err := d.Set(ctx, web.Setting{
			Tenant: c.Name, Connection: tenants.ConnectionID(c.Connection), Dialog: tenants.DialogID(c.Dialog),
			Target: c.Param, Value: strings.Join(c.Value, " "),
		})
		if err != nil {
			return err
		}
		return p.lines(lines)
	})
}

// told is the answer of a command that says what it did in words alone.
type told struct {
	Lines []string `json:"lines"`
}

func (p *program) lines(lines []string) error {
	return p.answer(told{lines}, func() {
		for _, line := range lines {
			p.say("%s", line)
		}
	})
}

// Answer is that of a command.
func (tenantSet) Answer() any { return told{} }

type asideList struct {
	Name string `arg:"" help:"The tenant's name." complete:"tenant"`
}

// Run lists what is set aside.
func (c asideList) Run(ctx context.Context, p *program) error {
	return p.atDesk(ctx, func(d desk) error {
		all, err := d.Asides(ctx, c.Name)
		if err != nil {
			return err
		}
		return p.answer(asides{all}, func() { p.asides(all) })
	})
}

// asides is the answer to set-aside list.
type asides struct {
	Asides []web.Aside `json:"asides"`
}

// Answer is that of a command.
func (asideList) Answer() any { return asides{} }

func (p *program) asides(all []web.Aside) {
	for _, a := range all {
		what := fmt.Sprintf("connection %d  update %d", a.Connection, a.Update)
		if a.Job != 0 {
			what = fmt.Sprintf("job %d", a.Job)
		}
		p.say("%s  since %s", what, a.At.Format("2006-01-02 15:04"))
	}
	if len(all) == 0 {
		p.say("Nothing is set aside.")
	}
}

type asideRetry struct {
	Name string `arg:"" help:"The tenant's name." complete:"tenant"`
}

// Run tries all again.
func (c asideRetry) Run(ctx context.Context, p *program) error {
	return p.atDesk(ctx, func(d desk) error {
		done, err := d.Retry(ctx, c.Name)
		if err != nil {
			if done > 0 {
				err = fmt.Errorf("%d went through, then: %w", done, err)
			}
			return err
		}
		return p.answer(retried{done}, func() { p.say("%d went through.", done) })
	})
}

// retried is the answer to set-aside retry.
type retried struct {
	Done int `json:"done"`
}

// Answer is that of a command.
func (asideRetry) Answer() any { return retried{} }

// Help lists the parameters, from their table.
func (tenantSet) Help() string {
	var out strings.Builder
	out.WriteString("Parameters:\n\n")
	for _, p := range tenants.Params() {
		fmt.Fprintf(&out, "%s\n  %s.\n  For example %s\n\n", p.Name, p.Help.In(tenants.English), p.Example)
	}
	return out.String()
}
