package disk

import (
	"math/rand/v2"
	"slices"
)

// sector is what a disk writes whole or not at all, bytes.
const sector = 512

// file is one file.
type file struct {
	data   []byte // as the process reads it
	synced []byte // as it was at the last sync
	// pending are the changes since.
	pending []change
	named   bool // the name is on disk
}

// change is a write, or a cut of the length.
type change struct {
	at   int64
	data []byte // nil = the file ends at at
}

// apply does a change to what a file holds.
func (c change) apply(to []byte) []byte {
	if c.data == nil {
		if c.at <= int64(len(to)) {
			return to[:c.at]
		}
		return append(to, make([]byte, c.at-int64(len(to)))...)
	}
	if end := c.at + int64(len(c.data)); end > int64(len(to)) {
		to = append(to, make([]byte, end-int64(len(to)))...)
	}
	copy(to[c.at:], c.data)
	return to
}

// sectors are the parts of a change that arrive by themselves.
func (c change) sectors() []change {
	if c.data == nil {
		return []change{c}
	}
	var out []change
	for at, rest := c.at, c.data; len(rest) > 0; {
		n := min(sector-int(at%sector), len(rest))
		out = append(out, change{at, rest[:n]})
		at, rest = at+int64(n), rest[n:]
	}
	return out
}

// settle makes everything durable.
func (f *file) settle() {
	for _, c := range f.pending {
		f.synced = c.apply(f.synced)
	}
	f.pending = nil
}

// cut is what a power cut leaves of a file. How much of the pending changes was
// written by luck is drawn: none, all, the first ones, or any sectors of any.
func (f *file) cut(draw *rand.Rand, undone *int) *file {
	left := slices.Clone(f.synced)
	kept := f.pending
	how := draw.IntN(4)
	switch how {
	case 0:
		kept = nil
	case 1:
	default:
		if len(kept) > 0 {
			kept = kept[:draw.IntN(len(kept)+1)]
		}
	}
	*undone += len(f.pending) - len(kept)
	if how == 3 { // the disk has an order of its own
		kept = f.pending
	}
	for _, c := range kept {
		parts := c.sectors()
		for _, part := range parts {
			if how != 3 || draw.IntN(2) == 0 {
				left = part.apply(left)
			}
		}
	}
	return &file{data: slices.Clone(left), synced: left, named: true}
}
