package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"topicdesk/actors/web"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

// tenantCommands are what a host does with tenants.
type tenantCommands struct {
	Add          tenantAdd          `cmd:"" help:"Make a tenant with one bot."`
	List         tenantList         `cmd:"" help:"List all tenants."`
	Show         tenantShow         `cmd:"" help:"Show a tenant's connections with their bind codes, and its parameters."`
	Set          tenantSet          `cmd:"" help:"Set a parameter of a tenant; it is in force at once."`
	Backup       tenantBackup       `cmd:"" help:"Write a copy of a tenant's file; also while the node runs."`
	Restore      tenantRestore      `cmd:"" help:"Put a copy in the place of a tenant's file; the other tenants go on meanwhile."`
	Token        tenantToken        `cmd:"" help:"Give a bot of the tenant its new token, after the old one was revoked; also while the node runs."`
	AddHelper    tenantAddHelper    `cmd:"" help:"Take in a further bot that shares the load of a connection in its group."`
	RemoveHelper tenantRemoveHelper `cmd:"" help:"Let a helper go; nothing is lost."`
	Export       tenantExport       `cmd:"" help:"Write what is known of a client, or of the tenant and all its clients, as JSON."`
	Forget       tenantForget       `cmd:"" help:"Erase a client with every byte of the tenant's file that is about them, and prove it."`
	SetAside     asideParent        `cmd:"" help:"Updates and jobs that crashed the tenant too often."`
}

type asideParent struct {
	List  asideList  `cmd:"" help:"List what is set aside."`
	Retry asideRetry `cmd:"" help:"Try all of it again."`
}

// desk is a web.Desk, here or in the process that runs.
type desk interface {
	List(ctx context.Context) ([]web.Tenant, error)
	Add(ctx context.Context, n web.New) (web.View, error)
	Show(ctx context.Context, name string) (web.View, error)
	Set(ctx context.Context, s web.Setting) ([]string, error)
	Backup(ctx context.Context, c web.Copy) (struct{}, error)
	BackupNode(ctx context.Context, path string) (web.NodeCopy, error)
	Recover(ctx context.Context, c web.Copy) ([]string, error)
	Renew(ctx context.Context, n web.Renewal) (web.View, error)
	AddHelper(ctx context.Context, n web.Help) (web.View, error)
	RemoveHelper(ctx context.Context, n web.Unhelp) (web.View, error)
	Asides(ctx context.Context, name string) ([]web.Aside, error)
	Retry(ctx context.Context, name string) (int, error)
	Outbox(ctx context.Context, of web.OutboxOf) (web.Outbox, error)
	Hasten(ctx context.Context, j web.Jobs) (int, error)
	DropJobs(ctx context.Context, j web.Jobs) (int, error)
	Forget(ctx context.Context, of web.ClientOf) (web.Forgotten, error)
	Standing(ctx context.Context, q web.Trace) ([]store.Stands, error)
	Export(ctx context.Context, of web.ClientOf, to io.Writer) error
}

// atDesk asks the node that runs on the data directory, or the files if none
// does.
func (p *program) atDesk(ctx context.Context, ask func(desk) error) error {
	client, err := web.Dial(ctx, p.cfg.DataDir)
	if err == nil {
		return ask(client)
	}
	if !errors.Is(err, web.ErrNobody) {
		return err
	}
	h, err := openHouse(p.cfg, p.log, p.notice)
	if errors.Is(err, registry.ErrLocked) {
		return web.Errorf(web.Refused, "a node runs on this data directory, but does not listen at %s in it (yet): %w", web.SocketName, err)
	}
	if err != nil {
		return err
	}
	d := h.desk(resting{h.registry, rules(h.cfg.Limits)})
	d.FromBackup = func(_ context.Context, id tenants.TenantID, path string) ([]string, error) {
		return h.fromBackup(id, path, func(swap func() error) error { return swap() })
	}
	return errors.Join(ask(d), h.close())
}

// discreet is a view without what only show tells: how a group is bound.
func discreet(v web.View) web.View {
	v.Connections = slices.Clone(v.Connections)
	for i := range v.Connections {
		v.Connections[i].Code, v.Connections[i].Steps = "", nil
	}
	return v
}

// desk answers with the files reached so.
func (h *house) desk(files web.Files) *web.Desk {
	return &web.Desk{
		Registry: h.registry, Files: files, Code: h.bindCode, Meet: h.whoIs, KeepToken: h.keepToken, Keep: h.keepHelper, Drop: h.dropHelper,
		State: h.node.State, Reveal: h.registry.RevealAside,
		FromBackup: func(ctx context.Context, id tenants.TenantID, path string) ([]string, error) {
			return h.fromBackup(id, path, func(swap func() error) error { return h.node.Replace(ctx, id, swap) })
		},
		Enlist: func(ctx context.Context, id tenants.TenantID, token string) error {
			self, err := h.meet(ctx, token)
			if err != nil {
				return err
			}
			return h.enlist(id, token, self, nil)
		},
	}
}

// files reaches the tenants that this process runs.
func (h *house) files() web.Running {
	rest := resting{h.registry, rules(h.cfg.Limits)}
	asleep := func(id tenants.TenantID, path string) error { return rest.Backup(context.Background(), id, path) }
	return web.Running{Node: h.node, Asleep: asleep, Reveal: h.registry.RevealAside, Update: func(id tenants.TenantID, a store.Aside) (tenants.Update, error) {
		raw, err := h.registry.RevealAside(a.Sealed)
		if err != nil {
			return tenants.Update{}, err
		}
		bot, err := h.logins.login(loginKey{id, a.Connection})
		if err != nil {
			return tenants.Update{}, err
		}
		return bot.Decode(raw)
	}}
}

// openAdmin listens for the tenant commands of other processes. Without it the
// node works all the same.
func (p *program) openAdmin(h *house, ready *readiness) (closing func()) {
	d := h.desk(h.files())
	d.Lacking = ready.lacks
	enlist := d.Enlist
	d.Enlist = func(ctx context.Context, id tenants.TenantID, token string) error {
		if err := enlist(ctx, id, token); err != nil {
			return err
		}
		return h.node.Start(id)
	}
	closing, err := web.Serve(p.cfg.DataDir, d, p.log)
	if err != nil {
		p.log.Warn("tenant commands can't reach this node while it runs", "error", err)
		return func() {}
	}
	return closing
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
		return p.answer(discreet(v), func() { p.view(v) })
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
			if len(all) == 0 {
				p.say("There is no tenant yet.")
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
	Name string `arg:"" help:"The tenant's name."`
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
	p.say("%s  since %s  plan %s", t.Name, t.Created.Format("2006-01-02"), t.Plan)
	if t.State != "" {
		p.say("  %s", t.State)
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
	Name       string   `arg:"" help:"The tenant's name."`
	Param      string   `arg:"" help:"The parameter, for example AUTOCLOSE, or group.AUTOCLOSE for one kind of chat."`
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
	Name string `arg:"" help:"The tenant's name."`
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
	Name string `arg:"" help:"The tenant's name."`
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
