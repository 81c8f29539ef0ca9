package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"topicdesk/actors/house"
	"topicdesk/actors/web"
)

// TestAddFrom: a list of tenants is added, what fails keeps nobody from it, and the same
// list may come again.
func TestAddFrom(t *testing.T) {
	for _, mode := range []string{"alone", "beside a node"} {
		t.Run(mode, func(t *testing.T) {
			s := newScene(t)
			s.settings = s.settings[:2:2]
			if mode != "alone" {
				start(t, s.settings, "serve").find(t, `(node started)`)
			}
			_, other := s.world.bot("other_bot")
			file := filepath.Join(t.TempDir(), "token")
			if err := os.WriteFile(file, []byte(other+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			words := strings.Fields
			list := "# ours\nacme, " + s.token + "\nbravo," + file + "\n\ncarlo, 7:" + strings.Repeat("x", 35) + "\n"
			s.expect(exitFailed, list, words("tenant add-from -"), "carlo: ", "2 added, 0 there already, 1 failed", "1 of 3 were not added")
			s.expect(exitDone, "", words("tenant show bravo"), "@other_bot")
			s.expect(exitFailed, list, words("tenant add-from -"), "0 added, 2 there already, 1 failed")
			s.expect(exitFailed, "again,"+s.token+"\n", words("tenant add-from -"), "again: this bot is that of tenant acme")
			s.expect(exitRefused, s.token+"\n", words("tenant add again --token-file -"), "this bot is that of tenant acme")
			s.expect(exitRefused, s.token+"\n", words("tenant add-helper bravo --token-file -"), "this bot is that of tenant acme")
			s.expect(exitUsage, "acme\n", words("tenant add-from -"), "a line is a name, a comma")
			s.expect(exitUsage, "AC/ME,"+s.token, words("tenant add-from -"), "line 1 of the list")
			s.expect(exitUsage, "x,"+s.token+"\nx,"+s.token, words("tenant add-from -"), "line 2 of the list", "is taken")
			s.expect(exitFailed, "x,/nowhere/file", words("tenant add-from -"), "line 1 of the list", "no such file")
			if _, printed := s.command("x,AA"+s.token[12:], words("tenant add-from -")...); strings.Contains(printed, s.token[12:]) {
				t.Errorf("half a token was printed: %s", printed)
			}
			names := answered[listed](s, "tenant", "list").Tenants
			if len(names) != 2 || !slices.IsSortedFunc(names, func(a, b web.Tenant) int { return strings.Compare(string(a.Name), string(b.Name)) }) {
				t.Errorf("there are %+v", names)
			}
		})
	}
}

// TestAddFromGoesOn: what a crash or a full disk has left half made is made to the end by
// the same list.
func TestAddFromGoesOn(t *testing.T) {
	for _, mode := range []string{"alone", "beside a node"} {
		t.Run(mode, func(t *testing.T) { goesOn(t, mode == "alone") })
	}
}

func goesOn(t *testing.T, alone bool) {
	s := newScene(t)
	s.settings = s.settings[:2:2]
	h, err := house.Open(mustConfig(t, s.settings...), slog.New(slog.DiscardHandler), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(h.Registry.AddTenant("acme", house.Plan, time.Now()), h.Close()); err != nil {
		t.Fatal(err)
	}
	want := web.StateOff
	if !alone {
		r := start(t, s.settings, "serve")
		r.find(t, `acme: (stopped: its file is missing)`)
		want = web.StateAwake
	}
	_, other := s.world.bot("other_bot")
	list := "acme," + s.token + "\nbravo," + other + "\n"
	s.expect(exitDone, list, strings.Fields("tenant add-from -"), "2 added, 0 there already, 0 failed")
	s.expect(exitDone, "", strings.Fields("tenant show acme"), "@desk_bot")
	if alone {
		s.expect(exitDone, "", strings.Fields("tenant list"), "acme  since ", "  off\n", "off: no node runs")
	}
	s.expect(exitUsage, "123:abc\n", strings.Fields("tenant add carlo --token-file -"), "want the form 123456:AA…")
	if got := s.state("acme"); got != want {
		t.Errorf("it is %s", got)
	}
}

// interrupting is a desk at which somebody interrupts the first addition.
type interrupting struct {
	desk
	interrupt context.CancelFunc
}

func (i interrupting) Add(ctx context.Context, _ web.New) (web.View, error) {
	i.interrupt()
	return web.View{}, ctx.Err()
}

// TestAddFromInterrupted: an interruption is told once, and not of every name.
func TestAddFromInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	p := &program{mu: &sync.Mutex{}, out: t.Output(), errs: t.Output()}
	all := p.addAll(ctx, interrupting{interrupt: cancel}, make([]web.New, 100), nil)
	if err := all.err(); len(all.Failed) != 0 || err == nil || !strings.Contains(err.Error(), "before the last 100; the same list") {
		t.Errorf("%v, %d failed", err, len(all.Failed))
	}
}
