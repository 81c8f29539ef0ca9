package run

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	sim "topicdesk/bench/telegram"
)

// tinyProbe is over in a few seconds.
const tinyProbe = `
kind: simulator
seed: 1
calls: {callers: 2, rounds: 1, for: 100ms}
webhooks: 50
world: {bots: 20, chats: 2000, rest: 10ms}
bars:
  - {figure: calls_per_s_inproc, at_least: 1}
  - {figure: rss_mib_10k_bots_1m_chats, at_most: 1}
`

// TestProbe runs all parts with a real process: every bot's message comes out
// of that bot's poll, and a bar that no process can reach is missed.
func TestProbe(t *testing.T) {
	plan, err := Read("tiny", strings.NewReader(tinyProbe))
	if err != nil {
		t.Fatal(err)
	}
	if plan.NeedsRelay() {
		t.Error("it needs no relay")
	}
	t.Setenv(roleVariable, "simulator")
	dir := t.TempDir()
	r, err := Run(t.Context(), plan, Options{Simulator: []string{os.Args[0]}, Dir: dir, Commit: "test"})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"calls_per_s_inproc", "copies_per_s_inproc", "telego_calls_per_s_inproc", "bytes_per_chat", "calls_per_s_http",
		"send_http_p50_ms", "send_http_p99_ms", "copies_per_s_http", "webhooks_per_s", "world_ready_s",
		"delivery_p50_ms", "delivery_p99_ms", "rss_mib_10k_bots_1m_chats",
	} {
		if r.Figures[name] <= 0 {
			t.Errorf("%s is %v", name, r.Figures[name])
		}
	}
	if r.Figures["polls_waiting"] != 20 || r.Passed || r.Bars["calls_per_s_inproc"] != 1 {
		t.Errorf("%v polls, passed %v with %v", r.Figures["polls_waiting"], r.Passed, r.Bars)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "bench-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestReadProbeRefuses(t *testing.T) {
	for name, test := range map[string]struct{ from, to, want string }{
		"a kind that isn't there":    {"kind: simulator", "kind: telegram", `there is no kind "telegram"`},
		"a field of the other kind":  {"seed: 1", "tenants: 1", "field tenants not found"},
		"nobody calls":               {"callers: 2", "callers: 0", "calls need callers"},
		"no webhooks":                {"webhooks: 50", "webhooks: 0", "webhooks is at least 1"},
		"bots without chats":         {"chats: 2000", "chats: 10", "world needs bots, and a chat for each"},
		"a bar of two kinds":         {"at_most: 1", "at_most: 1, at_least: 1", "has either"},
		"more bots than descriptors": {"bots: 20, chats: 2000", "bots: 2000000000, chats: 2000000000", "hard limit"},
	} {
		t.Run(name, func(t *testing.T) {
			plan, err := Read("tiny", strings.NewReader(strings.Replace(tinyProbe, test.from, test.to, 1)))
			if err == nil { // what the machine can't do is found before anything starts
				_, err = Run(t.Context(), plan, Options{Dir: t.TempDir()})
			}
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v, want %q", err, test.want)
			}
		})
	}
}

// TestTellAllNotices: a message that comes out of another bot's poll, or with
// another text, ends the run.
func TestTellAllNotices(t *testing.T) {
	w, robots, err := newWorld(1, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	for name, wrong := range map[string]func(*robot, *waiting){
		"another bot's poll": func(_ *robot, p *waiting) { p.arrivals <- arrival{bot: 1, text: textOf(0, answerBytes)} },
		"another text":       func(r *robot, p *waiting) { p.arrivals <- arrival{from: r.Clients[0], text: "something"} },
	} {
		t.Run(name, func(t *testing.T) {
			s := serveProbe(t, w, robots)
			polls := &waiting{arrivals: make(chan arrival, 2)}
			wrong(&robots[0], polls)
			_, err := (&probing{Probe: &Probe{}}).tellAll(t.Context(), s, polls)
			if err == nil || !strings.Contains(err.Error(), "came to bot") {
				t.Error(err)
			}
		})
	}
}

// serveProbe is the simulator inside this process.
func serveProbe(t *testing.T, w *sim.World, robots []robot) *simulator {
	st := &stage{door: sim.NewDoor(w, nil), ledger: newLedger(), ended: make(chan error, 1)}
	l, err := listenLoopback()
	if err != nil {
		t.Fatal(err)
	}
	st.serve(l)
	t.Cleanup(func() {
		if err := st.close(); err != nil {
			t.Error(err)
		}
	})
	return &simulator{simulatorReady: simulatorReady{Address: l.Addr().String(), Bots: robots}}
}

// TestCast: each chat holds two messages and no bot has an update left.
func TestCast(t *testing.T) {
	w, robots, err := newWorld(1, 3, 7)
	if err != nil {
		t.Fatal(err)
	}
	chats := 0
	for _, r := range robots {
		chats += len(r.Clients)
		if waiting := w.Pending(r.ID); waiting != 0 {
			t.Errorf("%d updates wait for bot %d", waiting, r.ID)
		}
		for _, client := range r.Clients {
			if n := len(w.View(client, r.ID, sim.AllTopics)); n != 2 {
				t.Errorf("%d messages of %d with %d", n, client, r.ID)
			}
		}
	}
	if chats != 7 {
		t.Errorf("%d chats", chats)
	}
}

// TestCallAll counts what was called, and gives back what was refused.
func TestCallAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		call := func(ctx context.Context, _ int) error {
			time.Sleep(10 * time.Millisecond)
			return ctx.Err()
		}
		rate, err := callAll(t.Context(), []caller{call, call}, time.Second)
		if err != nil || rate < 199 || rate > 201 {
			t.Errorf("%v a second of two callers with a hundred each: %v", rate, err)
		}
		refused := errors.New("refused")
		refuse := func(context.Context, int) error { return refused }
		if _, err := callAll(t.Context(), []caller{call, refuse}, time.Second); !errors.Is(err, refused) {
			t.Error(err)
		}
	})
}
