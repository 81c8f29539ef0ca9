package doors

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	sim "topicdesk/bench/telegram"
)

// Options say what a Server stands on.
type Options struct {
	// Door is the Telegram that is opened. The Server takes its OnUpdate.
	Door *sim.Door
	// Stage tells the page who is who; the zero value leaves it to guess.
	Stage Stage
	// Log gets what goes wrong with webhooks and listeners; nil = nothing is
	// logged. It is never given texts, names or tokens.
	Log *slog.Logger
	// Webhooks carries the requests to bots' webhooks; nil = net/http's own
	// way, with the system's certificates.
	Webhooks http.RoundTripper
	// Posting is told of an update's bytes just before they go to a webhook; nil =
	// nobody is. It must not change them, and is called from many goroutines.
	Posting func(body []byte)
}

// Server is every HTTP door of one Telegram.
type Server struct {
	door    *sim.Door
	log     *slog.Logger
	changes *changes
	hooks   *deliverer
	world   http.Handler
	run     string // no other Server has the same

	running sync.WaitGroup

	mu    sync.Mutex
	stage Stage
	began bool
}

// New makes the doors of o.Door, which must not be nil.
func New(o Options) *Server {
	log := o.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	s := &Server{door: o.Door, log: log, stage: o.Stage, changes: newChanges(), run: rand.Text()}
	s.hooks = newDeliverer(o.Door, log, o.Webhooks)
	s.hooks.posting = o.Posting
	s.world = guarded(s.worldMux())
	o.Door.OnUpdate(func(bot int64) {
		s.changes.bump()
		s.hooks.wake(bot)
	})
	return s
}

// Handler answers all paths: /bot…, /file/bot…, /world/… and the page.
func (s *Server) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch path := r.URL.Path; {
		case !strings.HasPrefix(r.RequestURI, "/") && r.RequestURI != "":
			writeAnswer(w, sim.AbsoluteURI())
		case strings.HasPrefix(path, "/bot"):
			s.serveBot(w, r)
		case strings.HasPrefix(path, "/file/bot"):
			s.serveFile(w, r)
		case strings.HasPrefix(path, "/world/"):
			s.world.ServeHTTP(w, r)
		default:
			s.servePage(w, r)
		}
	})
}

// tickEvery is how often, at least, what is due by itself is looked for:
// updates that a fault held back, calls that their callers have given up.
const tickEvery = 100 * time.Millisecond

// Start lets what happens by itself happen until ctx ends: webhooks, late
// updates. It returns at once; Wait waits for the end. It works once.
func (s *Server) Start(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.began {
		return
	}
	s.began = true
	s.running.Go(func() { s.tick(ctx) })
	s.running.Go(func() { s.hooks.run(ctx) })
}

// Wait returns when everything that Start began has ended.
func (s *Server) Wait() { s.running.Wait() }

// tick looks again and again, when something is due and after time jumps.
func (s *Server) tick(ctx context.Context) {
	for {
		turned := s.door.Turned()
		timer := time.NewTimer(s.nextTick())
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-turned:
			timer.Stop()
			s.hooks.wakeAll()
		case <-timer.C:
		}
		_, calls := s.look()
		s.changes.seen(calls)
	}
}

// nextTick is how long nothing is due, on the clock.
func (s *Server) nextTick() time.Duration {
	due := s.door.Due()
	if due.IsZero() {
		return tickEvery
	}
	now, _ := s.look()
	return min(tickEvery, max(time.Millisecond, s.door.Lasts(due.Sub(now))))
}

// look returns the World's time and how much it has logged, which grows with
// every call, also with those that come through other doors.
func (s *Server) look() (now time.Time, calls int) {
	s.door.With(func(w *sim.World) { now, calls = w.Now(), w.Logged() })
	return now, calls
}

// Limits of one HTTP connection. The Bot API server closes idle ones; 256 KiB
// of headers are its limit too (Bot API server source).
const (
	maxHeaders    = 256 << 10
	headerTimeout = 30 * time.Second
	closeTimeout  = 2 * time.Second
	// requestTimeout bounds how long a whole request may take to come. The Bot API
	// server cuts connections on which nothing came for 500 s (Bot API server source);
	// here a body that drips is cut too.
	requestTimeout = 500 * time.Second
)

// Serve answers on l until ctx ends and returns nil then. It does what Start
// does, and closes l.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	ctx, cancel := context.WithCancel(ctx)
	defer s.Wait()
	defer cancel()
	s.Start(ctx)
	web := &http.Server{
		Handler:           s.Handler(),
		MaxHeaderBytes:    maxHeaders,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       requestTimeout,
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	ended := make(chan error, 1)
	go func() { ended <- web.Serve(l) }()
	select {
	case err := <-ended:
		return fmt.Errorf("doors: serve: %w", err)
	case <-ctx.Done():
	}
	last, stop := context.WithTimeout(context.WithoutCancel(ctx), closeTimeout)
	defer stop()
	if err := web.Shutdown(last); errors.Is(err, context.DeadlineExceeded) {
		web.Close()
	}
	<-ended
	return nil
}
