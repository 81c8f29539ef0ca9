package proof

import (
	"bytes"
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"topicdesk/actors/web"
	"topicdesk/tenants/store"
)

// others are in whose rows what stands.
type others map[string][]store.Stands

func (o others) Standing(_ context.Context, q web.Trace) ([]store.Stands, error) {
	return o[q.Text], nil
}

// TestOf: a trace is found wherever it stands, in the file or its log, also across two
// parts that are read one after the other; only what is in rows of others is no fault.
func TestOf(t *testing.T) {
	const name, number = "zeldana_quill", 7_123_456_789
	six := binary.BigEndian.AppendUint64(nil, number)[2:]
	for what, tt := range map[string]struct {
		file, log []byte
		at        int
		others    others
		found     int
		proved    bool
	}{
		"nothing":                    {found: 0, proved: true},
		"at the beginning":           {file: []byte(name), found: 1},
		"across two parts":           {file: []byte(name), at: searchedAtOnce - 5, found: 1},
		"one byte in the first part": {file: []byte(name), at: searchedAtOnce - 1, found: 1},
		"one byte in the next part":  {file: []byte(name), at: searchedAtOnce - len(name) + 1, found: 1},
		"at the end of two parts":    {file: []byte(name), at: 2*searchedAtOnce - len(name), found: 1},
		"in the log":                 {log: []byte(name), found: 1},
		"the number":                 {file: six, at: 100, found: 1},
		"the number in text":         {file: []byte("7123456789"), found: 1},
		"another is called so too":   {file: []byte(name), others: others{name: make([]store.Stands, 1)}, found: 1, proved: true},
		"another has the number too": {file: six, others: others{"7123456789": make([]store.Stands, 1)}, found: 1, proved: true},
		"only one of two is another": {file: append([]byte(name), six...), others: others{name: make([]store.Stands, 1)}, found: 2},
	} {
		t.Run(what, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "a.db")
			for path, text := range map[string][]byte{file: append(bytes.Repeat([]byte{'z'}, tt.at), tt.file...), file + "-wal": tt.log} {
				if err := os.WriteFile(path, text, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			p, err := Of(t.Context(), tt.others, web.Forgotten{Tenant: "a", File: file, Traces: []string{name, "7123456789"}, Number: number}, func(string, int64) {})
			found := 0
			for _, s := range p.Searched {
				if s.Found {
					found++
				}
			}
			if err != nil || p.Proved != tt.proved || found != tt.found || len(p.Searched) != 3 || p.Bytes != int64(tt.at+len(tt.file)+len(tt.log)) {
				t.Errorf("%+v %v", p, err)
			}
		})
	}
}

// TestStored: a number of few bytes is found everywhere by chance.
func TestStored(t *testing.T) {
	for n, want := range map[int64]int{1: 0, 1<<31 - 1: 0, 1 << 31: 6, -1 << 31: 0, -1001234567890: 6} {
		if got := stored(n); len(got) != want {
			t.Errorf("%d: %d bytes, want %d", n, len(got), want)
		}
	}
}
