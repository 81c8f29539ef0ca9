package web

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
)

// one is a listener with one connection.
type one struct{ conns chan net.Conn }

func (o one) Accept() (net.Conn, error) {
	if c, ok := <-o.conns; ok {
		return c, nil
	}
	return nil, net.ErrClosed
}

func (o one) Close() error   { close(o.conns); return nil }
func (o one) Addr() net.Addr { return &net.UnixAddr{} }

// knock opens a connection to a door that answers one question after work.
func knock(t *testing.T, work time.Duration) net.Conn {
	mux := http.NewServeMux()
	answer(mux, "ask", func(ctx context.Context, _ struct{}) (string, error) {
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(work):
			return "done", nil
		}
	})
	here, there := net.Pipe()
	o := one{make(chan net.Conn, 1)}
	o.conns <- there
	server, ended := newServer(mux), make(chan error, 1)
	go func() { ended <- server.Serve(o) }()
	t.Cleanup(func() {
		here.Close()
		server.Close()
		<-ended
	})
	return here
}

// TestSlowQuestions: who never ends a question loses the connection; what has to be
// done for one may take any time.
func TestSlowQuestions(t *testing.T) {
	const head = "POST /ask HTTP/1.1\r\nHost: x\r\n"
	for name, body := range map[string]string{
		"nothing of it comes": "Content-Length: 99\r\n\r\n",
		"it drips":            "Content-Length: 99\r\n\r\n{",
		"it drips in pieces":  "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
		"more than is read":   "Content-Length: 99\r\n\r\n{}",
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				conn := knock(t, 0)
				began := time.Now()
				spoken := make(chan struct{})
				go func() {
					defer close(spoken)
					_, err := io.WriteString(conn, head+body)
					for err == nil && name != "nothing of it comes" && time.Since(began) < time.Hour {
						time.Sleep(time.Minute / 10)
						_, err = io.WriteString(conn, " ")
					}
				}()
				_ = conn.SetReadDeadline(began.Add(time.Hour))
				_, _ = io.Copy(io.Discard, conn) // until it is closed
				if took := time.Since(began); took > questionTimeout+time.Second {
					t.Errorf("it was there for %s", took)
				}
				conn.Close()
				<-spoken
			})
		})
	}
	t.Run("long work", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			conn := knock(t, time.Hour)
			go fmt.Fprint(conn, head+"Content-Length: 2\r\n\r\n{}")
			response, err := http.ReadResponse(bufio.NewReader(conn), nil)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := result[string](response); got != "done" || err != nil {
				t.Error(got, err)
			}
		})
	})
}
