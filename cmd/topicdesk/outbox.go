package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"topicdesk/actors/web"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// outboxCommands are what a host does with what waits for Telegram.
type outboxCommands struct {
	List  outboxList  `cmd:"" help:"List what a tenant has waiting for Telegram, and why it waits."`
	Retry outboxRetry `cmd:"" help:"Try jobs as soon as their turn comes, and end the pauses of their chats."`
	Drop  outboxDrop  `cmd:"" help:"Take jobs out; the team reads in their place that something is missing."`
}

type outboxList struct {
	Dialog int64         `help:"Only of this dialog; 0 is of all." placeholder:"N"`
	Side   string        `help:"Only on this side: topic, client, title or mark." placeholder:"S" complete:"side"`
	Older  time.Duration `help:"Only what waits for so long at least, for example 10m." placeholder:"T"`
	Name   string        `arg:"" help:"The tenant's name." complete:"tenant"`
}

// Run lists the jobs.
func (c outboxList) Run(ctx context.Context, p *program) error {
	return p.atDesk(ctx, func(d desk) error {
		box, err := d.Outbox(ctx, web.OutboxOf{
			Tenant: c.Name, Dialog: tenants.DialogID(c.Dialog), Side: dialog.Side(c.Side), Older: c.Older,
		})
		if err != nil {
			return err
		}
		return p.answer(box, func() { p.outbox(box) })
	})
}

// Answer is that of a command.
func (outboxList) Answer() any { return web.Outbox{} }

// outbox prints a table.
func (p *program) outbox(box web.Outbox) {
	if len(box.Jobs) == 0 {
		p.say("Nothing waits.")
		return
	}
	var out strings.Builder
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "JOB\tDIALOG\tSIDE\tCLASS\tDOES\tAGE\tTRIES\tNOT BEFORE\tWAITS BECAUSE")
	for _, j := range box.Jobs {
		where, when := fmt.Sprint(j.Dialog), "-"
		if j.Dialog == 0 {
			where = "General"
		}
		if !j.NotBefore.IsZero() {
			when = j.NotBefore.UTC().Format("01-02 15:04:05")
		}
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%s\t%d\t%s\t%s\n", j.Job, where, j.Side, j.Class, j.Effect,
			time.Duration(j.AgeSeconds)*time.Second, j.Attempts, when, j.Why)
	}
	if err := w.Flush(); err != nil {
		panic(err) // into a builder
	}
	p.say("%s", strings.TrimSuffix(out.String(), "\n"))
	if box.More {
		p.say("There are more: ask with --dialog, --side or --older.")
	}
}

type outboxRetry struct {
	Name string          `arg:"" help:"The tenant's name." complete:"tenant"`
	Jobs []tenants.JobID `arg:"" name:"job" help:"Their numbers, as list has them."`
}

// Run hastens the jobs.
func (c outboxRetry) Run(ctx context.Context, p *program) error {
	return p.atDesk(ctx, func(d desk) error {
		n, err := d.Hasten(ctx, web.Jobs{Tenant: c.Name, Jobs: c.Jobs})
		if err != nil {
			return err
		}
		return p.answer(changed{n}, func() { p.say("%s as soon as their turn comes.", jobsWords(n, "tried")) })
	})
}

// changed is the answer to retry and drop: how many jobs.
type changed struct {
	Jobs int `json:"jobs"`
}

// Answer is that of a command.
func (outboxRetry) Answer() any { return changed{} }

type outboxDrop struct {
	Name string          `arg:"" help:"The tenant's name." complete:"tenant"`
	Jobs []tenants.JobID `arg:"" name:"job" help:"Their numbers, as list has them."`
}

// Run drops the jobs.
func (c outboxDrop) Run(ctx context.Context, p *program) error {
	return p.atDesk(ctx, func(d desk) error {
		n, err := d.DropJobs(ctx, web.Jobs{Tenant: c.Name, Jobs: c.Jobs})
		if err != nil {
			return err
		}
		return p.answer(changed{n}, func() {
			p.say("%s; where people would miss something, they read so.", jobsWords(n, "dropped"))
		})
	})
}

// Answer is that of a command.
func (outboxDrop) Answer() any { return changed{} }

func jobsWords(n int, done string) string {
	if n == 1 {
		return "1 job is " + done
	}
	return fmt.Sprintf("%d jobs are %s", n, done)
}
