package botapi

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"topicdesk/tenants"
)

// oneConn is a listener at which one connection waits.
type oneConn struct{ come chan net.Conn }

func (l oneConn) Accept() (net.Conn, error) {
	c, ok := <-l.come
	if !ok {
		return nil, net.ErrClosed
	}
	return c, nil
}
func (l oneConn) Close() error   { close(l.come); return nil }
func (l oneConn) Addr() net.Addr { return &net.UnixAddr{} }

// post sends a head and as much of a body as it is given, and gives the answer's
// status and how long the connection was open; without an answer's end it is 0.
func post(t *testing.T, m *Mux, secret, body string, length int) (status int, took time.Duration) {
	t.Helper()
	ours, theirs := net.Pipe()
	l := oneConn{make(chan net.Conn, 1)}
	l.come <- theirs
	server := &http.Server{Handler: m}
	ended := make(chan struct{})
	go func() { server.Serve(l); close(ended) }()
	began := time.Now()
	go fmt.Fprintf(ours, "POST /tg/k1 HTTP/1.1\r\nHost: x\r\n%s: %s\r\nContent-Length: %d\r\n\r\n%s", secretHeader, secret, length, body)
	response, err := http.ReadResponse(bufio.NewReader(ours), nil)
	took = time.Since(began)
	if err == nil {
		status = response.StatusCode
		_, _ = io.Copy(io.Discard, response.Body)
		if response.Close {
			_, _ = io.Copy(io.Discard, ours)
			took = time.Since(began)
		}
	}
	ours.Close()
	server.Close()
	<-ended
	return status, took
}

// TestSlowStranger: for the body of somebody who is refused nobody waits.
func TestSlowStranger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := NewMux(func(context.Context, string, tenants.Update) error { return nil })
		m.Add("k1", Hook{Bot: 7001, Secret: "s1"})
		if status, took := post(t, m, "wrong", anUpdate[:10], len(anUpdate)); status != 404 || took > time.Second {
			t.Errorf("a stranger: status %d after %s", status, took)
		}
	})
}
