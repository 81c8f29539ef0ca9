package world

import (
	"context"
	"log/slog"
	"strings"
)

// watcher reads the relay's log: it counts doubles and crashes.
type watcher struct{ s *site }

func (w *watcher) Enabled(_ context.Context, l slog.Level) bool { return l >= slog.LevelInfo }

func (w *watcher) Handle(_ context.Context, r slog.Record) error {
	line, of, found := r.Message, "", ""
	r.Attrs(func(a slog.Attr) bool {
		value := a.Value.String()
		switch a.Key {
		case "tenant":
			of = value
		case "origin", "unsure", "reason", "twin":
			found = strings.TrimSpace(found + " " + value)
		}
		if a.Key == "stack" {
			value = shorten(value)
		}
		line += " " + a.Key + "=" + value
		return true
	})
	if strings.Contains(r.Message, "possible double") {
		w.s.countDouble(of, found)
	}
	if r.Message == "unsure send settled" {
		w.s.noteSettled(of, found)
	}
	if w.s.over() {
		return nil // nobody hears a process that has ended
	}
	if strings.Contains(r.Message, "opening ended by a crash") {
		w.s.Reopened++
	}
	if r.Level >= slog.LevelError && !w.s.wanted(line) {
		w.s.Problems = append(w.s.Problems, line)
	}
	w.s.Sched.trace("log: %s", line)
	return nil
}

// wanted tells that an error is the relay's right answer to what the stage does.
func (s *site) wanted(line string) bool {
	return strings.Contains(line, "a crash was drawn") || (s.Lossy || s.Ahead != 0) && lostMessage(line) ||
		s.Sabotaged && (strings.Contains(line, "held back by the audit") || strings.Contains(line, "it crashed the tenant too often")) ||
		s.Full && strings.Contains(line, "the disk takes nothing") || strings.Contains(line, "Telegram can't be reached")
}

func (s *site) countDouble(of, found string) {
	for _, h := range s.houses {
		if string(h.Tenant) == of {
			h.Doubles++
			h.Doubled = append(h.Doubled, found)
		}
	}
}

// noteSettled keeps what a tenant has found out of an unsure send.
func (s *site) noteSettled(of, found string) {
	for _, h := range s.houses {
		if string(h.Tenant) == of {
			h.Settled = append(h.Settled, found)
		}
	}
}

// lostMessage tells that a crash is the relay's own answer to a message between
// actors that never arrived.
func lostMessage(line string) bool {
	for _, said := range []string{"was not settled", "was not answered", "was not received", "stands still"} {
		if strings.Contains(line, said) {
			return true
		}
	}
	return false
}

// shorten keeps the project's own lines of a stack.
func shorten(stack string) string {
	var own []string
	for _, line := range strings.Split(stack, "\n") {
		if strings.HasPrefix(line, "topicdesk/") {
			own = append(own, strings.SplitN(line, "(0x", 2)[0])
		}
	}
	return strings.Join(own[:min(len(own), 8)], " < ")
}

func (w *watcher) WithAttrs([]slog.Attr) slog.Handler { return w }
func (w *watcher) WithGroup(string) slog.Handler      { return w }
