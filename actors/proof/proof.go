// Package proof shows that somebody who was forgotten is gone from a tenant's file: it
// reads the file and its log byte by byte, as a thief would, and looks for names and
// numbers. What is found stands in rows of others, who are called the same, or is a fault
// of ours: the desk tells which.
//
// It reads a file that another process has open, or nobody; never one that this process
// has open, because SQLite's locks end when a process that has them closes the file. It
// writes nothing, and knows nothing of the file's form but how SQLite writes a number.
package proof

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	"topicdesk/actors/disk"
	"topicdesk/actors/web"
	"topicdesk/tenants"
	"topicdesk/tenants/store"
)

// Proof is what was erased and searched.
type Proof struct {
	Tenant   tenants.TenantID   `json:"tenant"`
	Dialogs  []tenants.DialogID `json:"dialogs"`
	Erased   []store.Erased     `json:"erased"`   // rows by table
	Bytes    int64              `json:"bytes"`    // how many were searched: the file and its log
	Searched []Searched         `json:"searched"` // for what
	Proved   bool               `json:"proved"`   // nothing is left but what others are called too
	Stays    []string           `json:"stays"`    // elsewhere, in plain words
}

// Searched is one text, or number, for which a file was searched.
type Searched struct {
	Text   string         `json:"text"`
	Found  bool           `json:"found"`
	Others []store.Stands `json:"others"` // rows of others in which it stands
}

// Desk is what a proof asks of a web.Desk, here or in the process that runs.
type Desk interface {
	Standing(ctx context.Context, q web.Trace) ([]store.Stands, error)
}

// Of searches the file of somebody who is forgotten for what could betray them. told is
// called now and then with how many bytes of a file are searched.
func Of(ctx context.Context, d Desk, f web.Forgotten, told func(file string, done int64)) (Proof, error) {
	p := Proof{Tenant: f.Tenant, Dialogs: f.Dialogs, Erased: f.Erased, Stays: f.Stays, Proved: true}
	all := tracesOf(f)
	for _, name := range []string{f.File, f.File + "-wal"} {
		n, err := search(name, all, func(done int64) { told(name, done) })
		if err != nil {
			return p, err
		}
		p.Bytes += n
	}
	for _, t := range all {
		s := Searched{Text: t.shown, Found: t.found}
		if t.found {
			var err error
			if s.Others, err = d.Standing(ctx, web.Trace{Tenant: string(f.Tenant), Text: t.text, Number: f.Number}); err != nil {
				return p, err
			}
			p.Proved = p.Proved && len(s.Others) > 0
		}
		p.Searched = append(p.Searched, s)
	}
	return p, nil
}

// trace is something that is searched for.
type trace struct {
	shown string // to people
	text  string // as rows may say it
	bytes []byte // as the file says it
	found bool
}

func tracesOf(f web.Forgotten) (all []*trace) {
	for _, text := range f.Traces {
		all = append(all, &trace{shown: text, text: text, bytes: []byte(text)})
	}
	if number := stored(f.Number); number != nil {
		all = append(all, &trace{shown: fmt.Sprintf("%d, as SQLite writes a number", f.Number), text: fmt.Sprint(f.Number), bytes: number})
	}
	return all
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
func search(name string, all []*trace, told func(done int64)) (done int64, err error) {
	file, err := os.Open(name)
	if err != nil {
		return 0, disk.UnlessAbsent(err)
	}
	defer file.Close()
	longest := 0
	for _, t := range all {
		longest = max(longest, len(t.bytes))
	}
	var window []byte
	for part := make([]byte, searchedAtOnce); ; {
		n, err := io.ReadFull(file, part)
		window = append(window, part[:n]...)
		for _, t := range all {
			t.found = t.found || bytes.Contains(window, t.bytes)
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
