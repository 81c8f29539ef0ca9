package web

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

// ClientOf names somebody: by @username, by the number of a person, chat or dialog.
type ClientOf struct {
	Tenant string `json:"tenant"`
	Client string `json:"client"` // "" = all, where that makes sense
}

// Forgotten is what was erased of somebody, and what is not in the node's hands.
type Forgotten struct {
	Tenant  tenants.TenantID   `json:"tenant"`
	Dialogs []tenants.DialogID `json:"dialogs"`
	Erased  []store.Erased     `json:"erased"`
	Stays   []string           `json:"stays"` // elsewhere, in plain words
	// Traces are the texts and Number the number by which File and its log can be
	// searched for what is left.
	Traces []string `json:"traces"`
	Number int64    `json:"number"`
	File   string   `json:"file"`
}

// Trace is what is searched for in the rows of a file.
type Trace struct {
	Tenant string `json:"tenant"`
	Text   string `json:"text"`
	Number int64  `json:"number"` // 0 = none
}

// whom finds the only one who is meant.
func whom(r store.Reads, text string) (store.Who, error) {
	all, err := r.Whom(text)
	switch {
	case err != nil:
		return store.Who{}, err
	case len(all) == 0:
		return store.Who{}, Errorf(Unknown, "nobody is known as %q: name a client by @username, by their number at Telegram, or by the number of their dialog", text)
	case len(all) > 1:
		return store.Who{}, Errorf(Wrong, "%s is the number of somebody and of a dialog of somebody else: say id:%[1]s or dialog:%[1]s", text)
	default:
		return all[0], nil
	}
}

// Forget erases one person, or one client group or channel, with all that is known
// of them.
func (d *Desk) Forget(ctx context.Context, c ClientOf) (Forgotten, error) {
	t, err := d.known(c.Tenant)
	if err != nil {
		return Forgotten{}, err
	}
	out := Forgotten{Tenant: t.ID, File: d.Registry.TenantPath(t.ID)}
	var who store.Who
	err = d.Files.Read(ctx, t.ID, func(r store.Reads) (err error) {
		if who, err = whom(r, c.Client); err != nil {
			return err
		}
		if err := r.AsideOf(&who, d.Reveal); err != nil {
			return err
		}
		out.Stays, err = stays(r, who)
		return err
	})
	if err != nil {
		return Forgotten{}, err
	}
	copied, err := copies(d.Registry, t.ID)
	if err != nil {
		return Forgotten{}, err
	}
	out.Stays = append(out.Stays, copied...)
	out.Dialogs, out.Traces, out.Number = who.Dialogs, who.Traces, int64(who.Chat)
	out.Erased, err = d.Files.Forget(ctx, t.ID, who)
	return out, err
}

// stays tells what of somebody is not erased with the rows about them.
func stays(r store.Reads, who store.Who) (lines []string, err error) {
	for _, id := range who.Dialogs {
		topic, err := r.Topic(id)
		if err != nil {
			return nil, err
		}
		if topic != nil && topic.Thread != 0 {
			lines = append(lines, fmt.Sprintf("at Telegram: the topic %q with its messages, in the group %d: delete it there", topic.Title, topic.Group))
		}
	}
	if len(who.Dialogs) > 0 {
		lines = append(lines, "at Telegram: their chat with the bot, which they can delete for both sides")
	}
	values, err := r.Params()
	if err != nil {
		return nil, err
	}
	number := regexp.MustCompile(fmt.Sprintf(`(^|[^0-9])%d([^0-9]|$)`, max(who.Chat, -who.Chat)))
	for _, v := range values {
		if !slices.Contains(who.Dialogs, v.Level.Dialog) && number.MatchString(v.Value) {
			lines = append(lines, fmt.Sprintf("your setting %s names their number: take it out with tenant set, or keep it", v.Name))
		}
	}
	all, err := r.Connections()
	for _, c := range all {
		if who.User != 0 && c.Administrator == who.User {
			lines = append(lines, fmt.Sprintf("they are the administrator of connection %d, which keeps their number", c.ID))
		}
	}
	return lines, err
}

// copies are files beside a tenant's that were its own once.
func copies(r *registry.Registry, id tenants.TenantID) (lines []string, err error) {
	found, err := r.Beside(id)
	for _, name := range found {
		if strings.HasPrefix(name, r.TenantPath(id)+".") { // else it is SQLite's own
			lines = append(lines, fmt.Sprintf("the copy %s, from before: delete it", name))
		}
	}
	return append(lines, "backups made before now: delete them, or forget again after a restore"), err
}

// Standing tells in which rows of a tenant's file a text or a number stands.
func (d *Desk) Standing(ctx context.Context, q Trace) (found []store.Stands, err error) {
	t, err := d.known(q.Tenant)
	if err != nil {
		return nil, err
	}
	err = d.Files.Read(ctx, t.ID, func(r store.Reads) (err error) {
		found, err = r.Standing(q.Text, q.Number)
		return err
	})
	if err != nil {
		return nil, err // the file may still be read into found
	}
	return found, nil
}

// exportForm is the number of the form in which Export writes.
const exportForm = 1

// dialogsAtOnce is how many dialogs are read between two other things that the
// tenant does.
const dialogsAtOnce = 20

// Export writes what is known of somebody, or of the tenant and all its clients, as
// one JSON object: {"form", "tenant", "at", "own" of the tenant alone, "elsewhere" of
// a person alone, "clients": [one for each dialog]}. Each client is as at the moment
// in which it was read.
func (d *Desk) Export(ctx context.Context, c ClientOf, to io.Writer) error {
	t, err := d.known(c.Tenant)
	if err != nil {
		return err
	}
	e := exporting{ctx: ctx, desk: d, id: t.ID, to: to}
	if c.Client != "" {
		return e.one(c.Client)
	}
	return e.all()
}

// exporting is one Export under way.
type exporting struct {
	ctx  context.Context
	desk *Desk
	id   tenants.TenantID
	to   io.Writer
	some bool // a client is written
}

func (e *exporting) read(see func(store.Reads) error) error {
	return e.desk.Files.Read(e.ctx, e.id, see)
}

// begin writes what stands before the clients.
func (e *exporting) begin(name string, value json.RawMessage) error {
	at, err := time.Now().UTC().Truncate(time.Second).MarshalText()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.to, `{"form":%d,"tenant":%q,"at":%q,%q:%s,"clients":[`, exportForm, e.id, at, name, value)
	return err
}

func (e *exporting) end() error {
	_, err := io.WriteString(e.to, "\n]}\n")
	return err
}

func (e *exporting) client(value json.RawMessage) error {
	between := ",\n"
	if !e.some {
		between, e.some = "\n", true
	}
	_, err := fmt.Fprintf(e.to, "%s%s", between, value)
	return err
}

// one writes a person, or a group.
func (e *exporting) one(text string) error {
	var met json.RawMessage
	var clients []json.RawMessage
	err := e.read(func(r store.Reads) error {
		who, err := whom(r, text)
		if err != nil {
			return err
		}
		clients, err = give(r, who.Dialogs)
		if err != nil {
			return err
		}
		met, err = r.GiveMet(who.User)
		return err
	})
	if err != nil {
		return err
	}
	return e.whole("elsewhere", met, clients)
}

func give(r store.Reads, ids []tenants.DialogID) (all []json.RawMessage, err error) {
	for _, id := range ids {
		one, err := r.GiveDialog(id)
		if err != nil {
			return nil, err
		}
		if one != nil {
			all = append(all, one)
		}
	}
	return all, nil
}

func (e *exporting) whole(name string, value json.RawMessage, clients []json.RawMessage) error {
	if err := e.begin(name, value); err != nil {
		return err
	}
	for _, c := range clients {
		if err := e.client(c); err != nil {
			return err
		}
	}
	return e.end()
}

// all writes the tenant, some dialogs at a time.
func (e *exporting) all() error {
	var own json.RawMessage
	err := e.read(func(r store.Reads) (err error) {
		own, err = r.GiveTenant()
		return err
	})
	if err != nil {
		return err
	}
	if err := e.begin("own", own); err != nil {
		return err
	}
	for above, more := tenants.DialogID(0), true; more; {
		var clients []json.RawMessage
		err := e.read(func(r store.Reads) error {
			ids, err := r.Dialogs(above, dialogsAtOnce)
			if err != nil {
				return err
			}
			if more = len(ids) == dialogsAtOnce; len(ids) > 0 {
				above = ids[len(ids)-1]
			}
			clients, err = give(r, ids)
			return err
		})
		if err != nil {
			return err
		}
		for _, c := range clients {
			if err := e.client(c); err != nil {
				return err
			}
		}
	}
	return e.end()
}

// Forget is Desk.Forget.
func (c *Client) Forget(ctx context.Context, of ClientOf) (Forgotten, error) {
	return ask[Forgotten](ctx, c, "forget", of)
}

// Standing is Desk.Standing.
func (c *Client) Standing(ctx context.Context, q Trace) ([]store.Stands, error) {
	return ask[[]store.Stands](ctx, c, "standing", q)
}

// Export is Desk.Export.
func (c *Client) Export(ctx context.Context, of ClientOf, to io.Writer) error {
	return c.stream(ctx, "export", of, to)
}
