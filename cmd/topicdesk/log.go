package main

import (
	"io"
	"log/slog"
	"regexp"

	"topicdesk/configs"
)

// newLog logs as the settings say.
func newLog(c configs.Log, w io.Writer) *slog.Logger {
	o := &slog.HandlerOptions{Level: c.Level}
	if c.Format == configs.FormatJSON {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
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
