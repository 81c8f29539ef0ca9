package doors

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	sim "topicdesk/bench/telegram"
)

// lookRoutes show what people see.
var lookRoutes = []route{
	{"GET /world/stage", (*Server).serveStage, nil},
	{"GET /world/changes", (*Server).serveChanges, nil},
	{"GET /world/file", (*Server).serveContent, nil},
	look("/world/callback", func(w *sim.World, q *query) (any, error) {
		a := w.Callback(q.text("query"))
		return callback{a.Answered, a.Text, a.Alert, a.URL}, nil
	}),
	look("/world/token", func(w *sim.World, q *query) (any, error) {
		bot := q.id("bot")
		return madeBot{bot, w.Token(bot)}, nil
	}),
}

type callback struct {
	Answered bool   `json:"answered"`
	Text     string `json:"text"`
	Alert    bool   `json:"alert"`
	URL      string `json:"url"`
}

// serveContent answers with the file of a message that the person sees.
func (s *Server) serveContent(w http.ResponseWriter, r *http.Request) {
	q := &query{values: r.URL.Query()}
	out, err := s.within(func(world *sim.World) (any, error) {
		m, ok := world.Message(q.id("as"), q.id("chat"), int(q.id("message")))
		if !ok || m.Content.File == nil || m.Content.File.Data == nil {
			return nil, fmt.Errorf("no file: %w", sim.ErrNoSuchMessage)
		}
		return *m.Content.File, nil
	})
	if err = cmp.Or(q.bad, err); err != nil {
		writeOutcome(w, nil, err)
		return
	}
	f := out.(sim.File)
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Type", contentType(f))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.Data))
}

// contentType lets a browser show pictures and play sounds and films;
// everything else is downloaded, so that no uploaded page runs beside the
// simulator's own.
func contentType(f sim.File) string {
	sniffed := http.DetectContentType(f.Data)
	kind, _, _ := strings.Cut(sniffed, "/")
	switch {
	case kind == "image", kind == "audio", kind == "video":
		return sniffed
	case sniffed == "application/ogg":
		return "audio/ogg"
	default:
		return "application/octet-stream"
	}
}

// maxChangesWait bounds one long poll of /world/changes.
const maxChangesWait = 50 * time.Second

type version struct {
	Version int64 `json:"version"`
}

// serveChanges tells when something has changed since version after: once,
// after at most timeout seconds, or as a stream of server-sent events.
func (s *Server) serveChanges(w http.ResponseWriter, r *http.Request) {
	q := &query{values: r.URL.Query()}
	after, timeout := q.number("after", 0), q.number("timeout", 25)
	if q.bad != nil {
		writeOutcome(w, nil, q.bad)
		return
	}
	if strings.Contains(r.Header.Get("Accept"), "text/event-stream") {
		s.streamChanges(w, r.Context(), after)
		return
	}
	wait := min(max(0, time.Duration(timeout)*time.Second), maxChangesWait)
	ctx, cancel := context.WithTimeout(r.Context(), wait)
	defer cancel()
	writeJSON(w, http.StatusOK, version{s.changes.wait(ctx, after)})
}

// heartbeat keeps a stream's connection from being taken for dead.
const heartbeat = 15 * time.Second

func (s *Server) streamChanges(w http.ResponseWriter, ctx context.Context, after int64) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	out := http.NewResponseController(w)
	for ctx.Err() == nil {
		quiet, cancel := context.WithTimeout(ctx, heartbeat)
		now := s.changes.wait(quiet, after)
		cancel()
		line := ": still here\n\n"
		if now != after {
			line = fmt.Sprintf("data: {\"version\":%d}\n\n", now)
		}
		after = now
		if _, err := w.Write([]byte(line)); err != nil || out.Flush() != nil {
			return
		}
	}
}
