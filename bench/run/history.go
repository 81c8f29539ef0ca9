package run

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	sim "topicdesk/bench/telegram"
)

// line is one line of the history, of those that are not the World's.
type line struct {
	At     time.Time     `json:"at"`
	Event  string        `json:"event"`
	Phase  string        `json:"phase,omitempty"`
	Round  int           `json:"round,omitempty"` // from 1
	N      int           `json:"n,omitempty"`     // number of the message
	Side   string        `json:"side,omitempty"`
	Method string        `json:"method,omitempty"`
	Took   time.Duration `json:"took,omitempty"`
	spentLine
}

// spentLine is what the relay had used.
type spentLine struct {
	Commits float64       `json:"commits,omitempty"`
	CPU     time.Duration `json:"cpu,omitempty"`
	RSS     float64       `json:"rss_mib,omitempty"`
}

// history collects what happened beside the messages.
type history struct{ lines []line }

func (h *history) phase(name string, round int) {
	h.lines = append(h.lines, line{At: time.Now(), Event: "phase", Phase: name, Round: round})
}

func (h *history) spent(s spent, rss float64) {
	h.lines = append(h.lines, line{At: time.Now(), Event: "spent", spentLine: spentLine{s.commits, s.cpu, rss}})
}

func (h *history) syncs(took []timed) {
	for _, s := range took {
		h.lines = append(h.lines, line{At: s.at, Event: "sync", Took: s.took})
	}
}

func (h *history) message(m *message) {
	side := "topic"
	if m.client {
		side = "client"
	}
	h.lines = append(h.lines,
		line{At: m.said, Event: "said", N: m.number, Side: side},
		line{At: m.written, Event: "written", N: m.number},
		line{At: m.read, Event: "read", N: m.number, Method: m.method},
		line{At: m.answered, Event: "answered", N: m.number})
}

// write writes everything in the order of time.
func (h *history) write(to io.Writer, st *stage) error {
	for _, m := range st.ledger.since(0) {
		h.message(&m)
	}
	type entry struct {
		at   time.Time
		what any
	}
	var all []entry
	for _, l := range h.lines {
		if !l.At.IsZero() {
			all = append(all, entry{l.At, l})
		}
	}
	st.door.With(func(w *sim.World) {
		for _, e := range w.Log() {
			all = append(all, entry{e.At, e})
		}
	})
	slices.SortStableFunc(all, func(a, b entry) int { return a.at.Compare(b.at) })
	buffer := bufio.NewWriter(to)
	lines := json.NewEncoder(buffer)
	for _, e := range all {
		if err := lines.Encode(e.what); err != nil {
			return fmt.Errorf("write the history: %w", err)
		}
	}
	return buffer.Flush()
}
