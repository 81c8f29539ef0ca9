package door

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"time"
)

const (
	// headerWithin is how long the head of a request may take to come: Telegram and
	// proxies send it in one piece.
	headerWithin = 10 * time.Second
	// requestWithin is how long a whole request may take to come, also one whose body
	// nobody reads: net/http waits for the rest of it before it closes a connection.
	// What a handler does after it has read all is not bounded by it.
	requestWithin = 20 * time.Second
	// idleWithin is how long a connection may stay between two requests.
	idleWithin = 75 * time.Second
	// maxHeader bounds the head of a request, bytes.
	maxHeader = 16 << 10
)

// Server is a door that is open. How long bodies are is its handler's to bound.
type Server struct {
	http  http.Server
	crowd *crowd
	l     net.Listener
}

// New makes a door at l with so many places, at least one. log gets what goes wrong
// with it, never what a request says.
func New(l net.Listener, places int, answer http.Handler, log *slog.Logger) *Server {
	s := &Server{crowd: newCrowd(places)}
	s.l = &listener{l, s.crowd}
	s.http = http.Server{
		Handler:           answer,
		ReadHeaderTimeout: headerWithin, ReadTimeout: requestWithin, IdleTimeout: idleWithin, MaxHeaderBytes: maxHeader,
		ConnContext: func(ctx context.Context, c net.Conn) context.Context { return context.WithValue(ctx, guestKey{}, c) },
		ConnState:   func(c net.Conn, to http.ConnState) { s.crowd.moved(c.(*guest), to) },
		ErrorLog:    slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	return s
}

// Serve answers until Shutdown or Close, and returns http.ErrServerClosed then.
func (s *Server) Serve() error { return s.http.Serve(s.l) }

// Shutdown lets nobody in any more and waits for requests under way, until ctx ends;
// then those are cut.
func (s *Server) Shutdown(ctx context.Context) {
	if s.http.Shutdown(ctx) != nil {
		s.http.Close()
	}
}

// Close cuts all connections.
func (s *Server) Close() { s.http.Close() }

// guestKey finds the connection of a request in its context.
type guestKey struct{}

// Known is told that a request has shown a secret: its connection keeps its place.
// For a request of another server it does nothing.
func Known(r *http.Request) {
	if g, ok := r.Context().Value(guestKey{}).(*guest); ok {
		g.of.known(g)
	}
}

// listener lets in as many as there are places.
type listener struct {
	net.Listener
	crowd *crowd
}

// Accept gives the next connection that has a place.
func (l *listener) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if g := l.crowd.enter(c); g != nil {
			return g, nil
		}
		c.Close()
	}
}
