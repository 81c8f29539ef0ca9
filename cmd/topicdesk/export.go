package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"topicdesk/actors/web"
)

type tenantExport struct {
	File   string `short:"o" placeholder:"FILE" complete:"file" help:"Where to write; it must not exist. Else to the output."`
	Name   string `arg:"" help:"The tenant's name." complete:"tenant"`
	Client string `arg:"" optional:"" help:"Only this client: @username, the number of the person or chat at Telegram, or of the dialog."`
}

// Help tells the form.
func (tenantExport) Help() string {
	return "One JSON object: \"form\" (1), \"tenant\", \"at\", \"own\" (of the tenant: its connections, parameters, operators) or \"elsewhere\" " +
		"(of a client: where they were met beside their own dialogs), and \"clients\", an object for each dialog. " +
		"In these, rows of the tenant's file by table, as schema/tenant describes them; times as texts. No tokens and no keys. " +
		"Without --file this object is the answer, with --json too."
}

// exported is the answer to export into a file.
type exported struct {
	Tenant string `json:"tenant"`
	File   string `json:"file"`
	Bytes  int64  `json:"bytes"`
}

// Answer is that of a command; without a file it is the export itself.
func (tenantExport) Answer() any { return exported{} }

// Run writes the export.
func (c tenantExport) Run(ctx context.Context, p *program) error {
	of := web.ClientOf{Tenant: c.Name, Client: c.Client}
	return p.atDesk(ctx, func(d desk) error {
		if c.File == "" {
			return d.Export(ctx, of, p.out)
		}
		out := exported{Tenant: c.Name, File: c.File}
		err := newFile(c.File, func(w io.Writer) error {
			counted := &counter{w: w, progress: p.work()}
			defer counted.progress.end()
			err := d.Export(ctx, of, counted)
			out.Bytes = counted.n
			return err
		})
		if err != nil {
			return err
		}
		return p.answer(out, func() { p.say("%s is exported to %s: %d bytes.", c.Name, c.File, out.Bytes) })
	})
}

// newFile makes a file for its owner alone; it is there when it is whole.
func newFile(name string, write func(io.Writer) error) (err error) {
	if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		return web.Errorf(web.Refused, "%s exists already", name)
	}
	part := name + ".part"
	file, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	err = errors.Join(write(file), file.Sync(), file.Close())
	if err != nil {
		return errors.Join(err, os.Remove(part))
	}
	if err := os.Rename(part, name); err != nil {
		return fmt.Errorf("name the file: %w", err)
	}
	return nil
}

// counter counts what is written and tells it.
type counter struct {
	w        io.Writer
	n        int64
	progress *progress
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	c.progress.at("written %d MB", c.n>>20)
	return n, err
}
