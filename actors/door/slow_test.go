package door

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// TestSlowStrangers: who says nothing, too little or too slowly is sent away, and so
// is who stays after the answer.
func TestSlowStrangers(t *testing.T) {
	for name, c := range map[string]struct {
		speak func(io.Writer)
		most  time.Duration
	}{
		"nothing":         {func(io.Writer) {}, headerWithin},
		"half a head":     {func(w io.Writer) { io.WriteString(w, "POST / HTTP/1.1\r\nHost:") }, headerWithin},
		"a byte a second": {func(w io.Writer) { drip(w) }, headerWithin},
		"no body":         {func(w io.Writer) { io.WriteString(w, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n") }, requestWithin + time.Second},
		"staying": {func(w io.Writer) {
			io.WriteString(w, "POST / HTTP/1.1\r\nHost: x\r\nSecret: right\r\n\r\n")
		}, idleWithin},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				_, s := open(t, 4)
				conn := s.knock()
				spoken := make(chan struct{})
				defer func() { conn.Close(); <-spoken }()
				began := time.Now()
				go func() { c.speak(conn); close(spoken) }()
				_, _ = io.Copy(io.Discard, conn) // until it is closed
				if took := time.Since(began); took > c.most {
					t.Errorf("it was there for %s", took)
				}
			})
		})
	}
}

// drip sends a head that is as long as time.
func drip(w io.Writer) {
	_, err := io.WriteString(w, "POST / HTTP/1.1\r\nX: ")
	for err == nil {
		time.Sleep(time.Second)
		_, err = io.WriteString(w, "x")
	}
}

// TestSlowAnswer: who has read a request may take any time for it.
func TestSlowAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, s := open(t, 1)
		for _, body := range []string{"", "a body"} {
			conn := s.knock()
			go fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nSecret: slow\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
			response, err := http.ReadResponse(bufio.NewReader(conn), nil)
			if err != nil || response.StatusCode != http.StatusOK {
				t.Errorf("%q: %v %v", body, response, err)
			}
			conn.Close()
		}
	})
}
