package world

import (
	"fmt"
	"slices"
	"strings"

	sim "topicdesk/bench/telegram"
)

// story is what people, Telegram and the process did, for a failure; with the
// whole trace also what every actor was told.
type story struct {
	lines  []string
	whole  bool
	logged int // entries of Telegram's log that are in it
}

// linesKept bounds a story that is not whole.
const linesKept = 3000

// note tells one thing, after the calls before it.
func (g *game) note(s *site, format string, args ...any) {
	g.calls(s.World)
	g.add(s.Sched.now.Format("15:04:05.000 ") + "--- " + fmt.Sprintf(format, args...))
}

// hear takes each step of the scheduler.
func (g *game) hear(line string) {
	_, what, _ := strings.Cut(line, " ")
	if g.plan.WholeTrace || strings.HasPrefix(what, "log: ") {
		g.add(line)
	}
}

func (t *story) add(line string) {
	t.lines = append(t.lines, line)
	if len(t.lines) > 2*linesKept && !t.whole {
		t.lines = slices.Clone(t.lines[linesKept:])
	}
}

// calls tells what Telegram has answered since it was last asked.
func (t *story) calls(w *sim.World) {
	for ; t.logged < w.Logged(); t.logged++ {
		e := w.Log()[t.logged-(w.Logged()-len(w.Log()))]
		if e.Event != sim.EventCall || e.Method == "getUpdates" || e.Method == "setWebhook" {
			continue
		}
		line := fmt.Sprintf("%s call %s by %d in %d: %d", e.At.Format("15:04:05.000"), e.Method, e.Bot, e.Chat, e.Code)
		if len(e.Messages) > 0 {
			line += fmt.Sprintf(" → %v", e.Messages)
		}
		if e.Loss != sim.LossNone {
			line += fmt.Sprintf(", the answer is lost (%d)", e.Loss)
		}
		t.add(line)
	}
}

// told is all of it.
func (t *story) told(w *sim.World) []string {
	t.calls(w)
	return t.lines
}
