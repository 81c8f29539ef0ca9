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
	{"GET /world/stage", (*Server).serveStage},
	{"GET /world/changes", (*Server).serveChanges},
	{"GET /world/file", (*Server).serveContent},
	look("/world/accounts", func(w *sim.World, _ *query) (any, error) {
		return struct {
			Accounts []sim.AccountInfo `json:"accounts"`
		}{w.Accounts()}, nil
	}),
	look("/world/members", func(w *sim.World, q *query) (any, error) {
		return struct {
			Members []sim.MemberInfo `json:"members"`
		}{w.Members(q.id("chat"))}, nil
	}),
	look("/world/chats", func(w *sim.World, q *query) (any, error) {
		return struct {
			Chats []chatLine `json:"chats"`
		}{chatLines(w, q.id("as"))}, nil
	}),
	look("/world/topics", func(w *sim.World, q *query) (any, error) {
		return struct {
			Topics []topicLine `json:"topics"`
		}{topicLines(w, q.id("as"), q.id("chat"))}, nil
	}),
	look("/world/view", view),
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

// shown is one message as a person sees it, with what clients show of media.
type shown struct {
	sim.Shown
	Media  *shownMedia `json:"media,omitempty"`
	Detail string      `json:"detail,omitempty"` // kinds without a text, in words
}

type shownMedia struct {
	Size     int64  `json:"size"` // bytes
	MIME     string `json:"mime"`
	Width    int    `json:"width,omitempty"`
	Height   int    `json:"height,omitempty"`
	Duration int    `json:"duration,omitempty"` // seconds
	Emoji    string `json:"emoji,omitempty"`    // stickers
	Spoiler  bool   `json:"spoiler,omitempty"`
	Stored   bool   `json:"stored"` // the content was uploaded, not made up
}

func showMessage(m sim.Shown) shown {
	out := shown{Shown: m, Detail: detail(m.Content)}
	if f := m.Content.File; f != nil {
		out.Media = &shownMedia{f.Size, f.MIME, f.Width, f.Height, f.Duration, f.Emoji, m.Content.Spoiler, f.Data != nil}
	}
	return out
}

// detail says in words what a message without text or file is.
func detail(c sim.Content) string {
	switch {
	case c.Venue != nil:
		return c.Venue.Title + ", " + c.Venue.Address
	case c.Location != nil:
		return fmt.Sprintf("%.4f, %.4f", c.Location.Latitude, c.Location.Longitude)
	case c.Contact != nil:
		return strings.TrimSpace(c.Contact.FirstName+" "+c.Contact.LastName) + ", " + c.Contact.Phone
	case c.Dice != nil:
		return fmt.Sprintf("%s %d", c.Dice.Emoji, c.Dice.Value)
	case c.Poll != nil:
		out := []string{c.Poll.Question}
		for _, o := range c.Poll.Options {
			out = append(out, fmt.Sprintf("%s (%d)", o.Text, o.Votes))
		}
		return strings.Join(out, "\n")
	default:
		return ""
	}
}

// view answers with a chat or topic, oldest message first: those after the
// number after, at most the last limit of them.
func view(w *sim.World, q *query) (any, error) {
	topic := q.number("topic", sim.AllTopics)
	after, limit := q.number("after", 0), q.number("limit", 0)
	seen := w.View(q.id("as"), q.id("chat"), int(topic))
	out := []shown{}
	for _, m := range seen {
		if int64(m.ID) > after {
			out = append(out, showMessage(m))
		}
	}
	if limit > 0 && len(out) > int(limit) {
		out = out[len(out)-int(limit):]
	}
	return struct {
		Messages []shown `json:"messages"`
	}{out}, nil
}

// chatLine is one line of a chat list.
type chatLine struct {
	sim.ChatInfo
	Messages int `json:"messages"` // all but service messages
}

func chatLines(w *sim.World, person int64) []chatLine {
	out := []chatLine{}
	for _, c := range w.Chats(person) {
		line := chatLine{ChatInfo: c}
		for _, m := range w.View(person, c.ID, sim.AllTopics) {
			if m.Kind != sim.KindService {
				line.Messages++
			}
		}
		out = append(out, line)
	}
	return out
}

// topicLine is one line of a forum's list of topics.
type topicLine struct {
	sim.TopicInfo
	Messages int        `json:"messages"` // all but service messages
	Last     *sim.Shown `json:"last,omitempty"`
}

func topicLines(w *sim.World, person, chat int64) []topicLine {
	out := []topicLine{}
	at := map[int]int{}
	for i, t := range w.Topics(chat) {
		at[t.ID] = i
		out = append(out, topicLine{TopicInfo: t})
	}
	for _, m := range w.View(person, chat, sim.AllTopics) {
		i, ok := at[m.Topic]
		if !ok {
			continue
		}
		out[i].Last = &m
		if m.Kind != sim.KindService {
			out[i].Messages++
		}
	}
	return out
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

// contentType lets a browser show pictures; everything else is downloaded, so
// that no uploaded page runs beside the simulator's own.
func contentType(f sim.File) string {
	switch sniffed := http.DetectContentType(f.Data); sniffed {
	case "image/jpeg", "image/png", "image/gif", "image/webp":
		return sniffed
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
