package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"strings"

	"topicdesk/actors/web"
	"topicdesk/tenants"
	"topicdesk/tenants/store"
)

type tenantForget struct {
	Yes    bool   `help:"Don't ask."`
	Name   string `arg:"" help:"The tenant's name." complete:"tenant"`
	Client string `arg:"" help:"Who: @username, the number of the person or chat at Telegram, or the number of the dialog. id:N and dialog:N say which."`
}

// Help tells what is erased.
func (tenantForget) Help() string {
	return "Erased are the client's dialogs with all that belongs to them: names, links between messages, what waits, what is held, " +
		"and their name wherever they were met in groups. What was counted stays, without a person. Then the file is written anew and " +
		"searched, byte by byte, for their names and numbers. While it is written the tenant stands still, about a second for each 100 MiB, and what comes waits. " +
		"If they write again they are new."
}

// proved is the answer to forget.
type proved struct {
	Tenant   tenants.TenantID   `json:"tenant"`
	Dialogs  []tenants.DialogID `json:"dialogs"`
	Erased   []store.Erased     `json:"erased"`   // rows by table
	Bytes    int64              `json:"bytes"`    // how many were searched: the file and its log
	Searched []searched         `json:"searched"` // for what
	Proved   bool               `json:"proved"`   // nothing is left but what others are called too
	Stays    []string           `json:"stays"`    // elsewhere, in plain words
}

// searched is one text, or number, for which a file was searched.
type searched struct {
	Text   string         `json:"text"`
	Found  bool           `json:"found"`
	Others []store.Stands `json:"others"` // rows of others in which it stands
}

// Answer is that of a command.
func (tenantForget) Answer() any { return proved{} }

// Run erases and proves it.
func (c tenantForget) Run(ctx context.Context, p *program) error {
	err := p.confirm(c.Yes, c.Client, fmt.Sprintf("This erases all that %s knows of %s, for good", c.Name, c.Client))
	if err != nil {
		return err
	}
	return p.atDesk(ctx, func(d desk) error {
		done, err := d.Forget(ctx, web.ClientOf{Tenant: c.Name, Client: c.Client})
		if err != nil {
			return err
		}
		proof, err := p.prove(ctx, d, done)
		if err != nil {
			return fmt.Errorf("it is erased, but that could not be proved: %w", err)
		}
		if err := p.answer(proof, func() { p.proof(proof) }); err != nil || proof.Proved {
			return err
		}
		return errors.New("something of it is still in the file: please report this")
	})
}

// prove searches the file of somebody who is forgotten for what could betray them.
// It is another process that has the file open, or nobody: SQLite's locks end when
// a process that has them closes the file.
func (p *program) prove(ctx context.Context, d desk, f web.Forgotten) (proved, error) {
	proof := proved{Tenant: f.Tenant, Dialogs: f.Dialogs, Erased: f.Erased, Stays: f.Stays, Proved: true}
	var traces [][]byte
	for _, text := range f.Traces {
		traces = append(traces, []byte(text))
		proof.Searched = append(proof.Searched, searched{Text: text})
	}
	if number := stored(f.Number); number != nil {
		traces = append(traces, number)
		proof.Searched = append(proof.Searched, searched{Text: fmt.Sprintf("%d, as SQLite writes a number", f.Number)})
	}
	work := p.work()
	defer work.end()
	found := make([]bool, len(traces))
	for _, name := range []string{f.File, f.File + "-wal"} {
		n, err := search(name, traces, found, func(done int64) { work.at("searched %d MB of %s", done>>20, name) })
		if err != nil {
			return proof, err
		}
		proof.Bytes += n
	}
	for i := range proof.Searched {
		if !found[i] {
			continue
		}
		s := &proof.Searched[i]
		text := traceText(f, i)
		others, err := d.Standing(ctx, web.Trace{Tenant: string(f.Tenant), Text: text, Number: f.Number})
		if err != nil {
			return proof, err
		}
		s.Found, s.Others = true, others
		proof.Proved = proof.Proved && len(others) > 0
	}
	return proof, nil
}

// traceText is the text of a trace; of the number's own form the number.
func traceText(f web.Forgotten, i int) string {
	if i < len(f.Traces) {
		return f.Traces[i]
	}
	return fmt.Sprint(f.Number)
}

// stored is a number as SQLite writes it in six bytes; nil of one that takes fewer,
// because so few bytes are found by chance.
func stored(n int64) []byte {
	if n >= math.MinInt32 && n <= math.MaxInt32 {
		return nil
	}
	return binary.BigEndian.AppendUint64(nil, uint64(n))[2:]
}

// searchedAtOnce is how much of a file is read at once, bytes.
const searchedAtOnce = 4 << 20

// search looks for traces in a file and marks those that it finds. One that does not
// exist holds nothing.
func search(name string, traces [][]byte, found []bool, told func(done int64)) (done int64, err error) {
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	defer file.Close()
	longest := 0
	for _, t := range traces {
		longest = max(longest, len(t))
	}
	var window []byte
	for part := make([]byte, searchedAtOnce); ; {
		n, err := io.ReadFull(file, part)
		window = append(window, part[:n]...)
		for i, t := range traces {
			found[i] = found[i] || bytes.Contains(window, t)
		}
		done += int64(n)
		told(done)
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return done, nil
		case err != nil:
			return done, err
		}
		window = append(window[:0], window[max(0, len(window)-longest):]...) // one may begin here and end in the next part
	}
}

// proof prints what was erased and searched.
func (p *program) proof(f proved) {
	p.say("Erased from %s:", f.Tenant)
	for _, e := range f.Erased {
		p.say("  %-14s %d", e.Table, e.Rows)
	}
	p.say("Searched %d bytes of its file and the file's log for:", f.Bytes)
	for _, s := range f.Searched {
		switch {
		case !s.Found:
			p.say("  %s: not there", s.Text)
		case len(s.Others) == 0:
			p.say("  %s: STILL THERE", s.Text)
		default:
			p.say("  %s: only in rows of others: %s", s.Text, strings.Trim(fmt.Sprint(s.Others), "[]"))
		}
	}
	p.say("Not in this node's hands:")
	for _, line := range f.Stays {
		p.say("  %s", line)
	}
}
