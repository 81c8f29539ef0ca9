package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"
	"unicode"

	"topicdesk/actors/web"
	"topicdesk/tenants"
)

type tenantActs struct {
	Most int    `default:"50" help:"How many, of the last." placeholder:"N"`
	Name string `arg:"" help:"The tenant's name." complete:"tenant"`
}

// Run lists who administered what.
func (c tenantActs) Run(ctx context.Context, p *program) error {
	return p.atDesk(ctx, func(d desk) error {
		all, err := d.Acts(ctx, web.ActsOf{Tenant: c.Name, Most: c.Most})
		if err != nil {
			return err
		}
		return p.answer(acts{all}, func() { p.acts(all) })
	})
}

// acts is the answer to tenant acts.
type acts struct {
	Acts []web.Act `json:"acts"` // the newest first
}

// Answer is that of a command.
func (tenantActs) Answer() any { return acts{} }

// acts prints a table, the newest last, as people read a log.
func (p *program) acts(all []web.Act) {
	if len(all) == 0 {
		p.say("Nobody has administered anything yet.")
		return
	}
	var out strings.Builder
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "WHEN (UTC)\tWHO\tWHAT\tDIALOG\tDETAIL")
	for i := len(all) - 1; i >= 0; i-- {
		a := all[i]
		who, about := "the host", "-"
		if a.Person != 0 {
			who = strings.TrimSpace(fmt.Sprintf("%s (%d)", tenants.Clean(a.Name), a.Person))
		}
		if a.Dialog != 0 {
			about = fmt.Sprint(a.Dialog)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", a.At.UTC().Format("2006-01-02 15:04:05"), who, a.Act, about, inLine(a.Detail))
	}
	if err := w.Flush(); err != nil {
		panic(err) // into a builder
	}
	p.say("%s", strings.TrimSuffix(out.String(), "\n"))
}

// inLine is a text in one line, without what a terminal would obey.
func inLine(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return '⏎'
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		default:
			return r
		}
	}, s)
}
