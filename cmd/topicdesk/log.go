package main

import (
	"context"
	"io"
	"log/slog"
	"regexp"
	"sync"
	"time"

	"topicdesk/configs"
	"topicdesk/tenants"
)

// newLog logs as the settings say.
func newLog(c configs.Log, w io.Writer) *slog.Logger {
	o := &slog.HandlerOptions{Level: c.Level}
	if c.Format == configs.FormatJSON {
		return slog.New(newSparing(slog.NewJSONHandler(w, o)))
	}
	return slog.New(newSparing(slog.NewTextHandler(w, o)))
}

// tenantField names the tenant of a line of the log; suppressedField tells how many
// lines of the same tenant and message were left out before this one.
const (
	tenantField     = "tenant"
	suppressedField = "suppressed"
)

// sparing lets through tenants.LogLines lines of one tenant and message within
// tenants.LogPer, so that a tenant that fails all the time fills nobody's disk. Lines
// of no tenant all pass: none is written more often because tenants do something.
type sparing struct {
	slog.Handler
	tenant string // of all lines; "" = the line itself says so
	said   *said
}

// said is what was let through.
type said struct {
	mu    sync.Mutex
	ends  time.Time // of this span
	lines map[lineOf]spoken
}

// lineOf is what lines have in common that count together.
type lineOf struct{ tenant, message string }

type spoken struct{ lines, suppressed int }

func newSparing(to slog.Handler) sparing {
	return sparing{Handler: to, said: &said{lines: map[lineOf]spoken{}}}
}

// Handle writes a line, or counts it.
func (s sparing) Handle(ctx context.Context, r slog.Record) error {
	tenant := s.tenant
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == tenantField {
			tenant = a.Value.String()
		}
		return a.Key != tenantField
	})
	if tenant != "" {
		suppressed, ok := s.said.next(lineOf{tenant, r.Message}, r.Time)
		if !ok {
			return nil
		}
		if suppressed > 0 {
			r.AddAttrs(slog.Int(suppressedField, suppressed))
		}
	}
	return s.Handler.Handle(ctx, r)
}

// next tells whether a line may be written, and how many like it were left out.
func (s *said) next(of lineOf, now time.Time) (suppressed int, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if left := s.ends.Sub(now); left <= 0 || left > tenants.LogPer { // the clock may go back
		s.ends = now.Add(tenants.LogPer)
		s.begin()
	}
	l := s.lines[of]
	if l.lines == tenants.LogLines {
		l.suppressed++
		s.lines[of] = l
		return 0, false
	}
	s.lines[of] = spoken{lines: l.lines + 1}
	return l.suppressed, true
}

// begin forgets the last span, but not what is still to be told of it.
func (s *said) begin() {
	for of, l := range s.lines {
		if l.suppressed == 0 {
			delete(s.lines, of)
		} else {
			s.lines[of] = spoken{suppressed: l.suppressed}
		}
	}
}

// WithAttrs is slog.Handler's.
func (s sparing) WithAttrs(attrs []slog.Attr) slog.Handler {
	for _, a := range attrs {
		if a.Key == tenantField {
			s.tenant = a.Value.String()
		}
	}
	s.Handler = s.Handler.WithAttrs(attrs)
	return s
}

// WithGroup is slog.Handler's.
func (s sparing) WithGroup(name string) slog.Handler {
	s.Handler = s.Handler.WithGroup(name)
	return s
}

// tokenLike is what every bot's token looks like, wherever it stands: in a URL
// of the Bot API too. Shorter than real ones, so that none slips through.
var tokenLike = regexp.MustCompile(`[0-9]{5,}(?::|%3[Aa])[A-Za-z0-9_-]{25,}`)

// redacted is the last place where a token could be seen: handlers and printers
// write a line at once, and it takes tokens out of the line.
type redacted struct{ w io.Writer }

// Write writes p without tokens.
func (r redacted) Write(p []byte) (int, error) {
	if _, err := r.w.Write(tokenLike.ReplaceAll(p, []byte("<token>"))); err != nil {
		return 0, err
	}
	return len(p), nil
}
