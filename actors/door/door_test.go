package door

import (
	"bufio"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// street is a listener without sockets, so that as many can come as a test wants.
type street struct {
	come  chan net.Conn
	close func()
}

func (s street) Accept() (net.Conn, error) {
	c, ok := <-s.come
	if !ok {
		return nil, net.ErrClosed
	}
	return c, nil
}
func (s street) Close() error   { s.close(); return nil }
func (s street) Addr() net.Addr { return &net.UnixAddr{} }

// knock opens a connection.
func (s street) knock() net.Conn {
	ours, theirs := net.Pipe()
	s.come <- theirs
	return ours
}

// open is a door that knows who says so.
func open(t *testing.T, places int) (*Server, street) {
	t.Helper()
	come := make(chan net.Conn)
	s := street{come, sync.OnceFunc(func() { close(come) })}
	d := New(s, places, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Header.Get("Secret") {
		case "right":
			Known(r)
			return
		case "slow":
			_, _ = io.Copy(io.Discard, r.Body)
			select {
			case <-r.Context().Done():
				w.WriteHeader(http.StatusInternalServerError)
			case <-time.After(3 * requestWithin):
			}
			return
		}
		w.Header().Set("Connection", "close")
		w.WriteHeader(http.StatusNotFound)
	}), slog.New(slog.DiscardHandler))
	ended := make(chan error)
	go func() { ended <- d.Serve() }()
	t.Cleanup(func() {
		d.Close()
		if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
	return d, s
}

// say sends a request and gives the answer's status, 0 = the connection is gone.
func say(c net.Conn, secret string) int {
	_ = c.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := io.WriteString(c, "POST / HTTP/1.1\r\nHost: x\r\nSecret: "+secret+"\r\n\r\n"); err != nil {
		return 0
	}
	response, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return 0
	}
	return response.StatusCode
}

func (c *crowd) count() (taken, strangers, idle int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.taken, c.strangers.Len(), c.idle.Len()
}

// TestTenThousandStrangers: they take no more than the places; who is known stays,
// and who comes and shows the secret is heard in the middle of it.
func TestTenThousandStrangers(t *testing.T) {
	const places, strangers = 64, 10_000
	d, s := open(t, places)
	known := s.knock()
	if got := say(known, "right"); got != 200 {
		t.Fatal(got)
	}
	var all []net.Conn
	for n := range strangers {
		all = append(all, s.knock())
		if n%1000 == 0 {
			late := s.knock()
			if got := say(late, "right"); got != 200 {
				t.Errorf("after %d strangers Telegram gets %d", n, got)
			}
			late.Close()
		}
		if taken, _, _ := d.crowd.count(); taken > places {
			t.Fatalf("%d places are taken", taken)
		}
	}
	if got := say(known, "right"); got != 200 {
		t.Errorf("who is known gets %d", got)
	}
	if got := say(all[0], "right"); got != 0 {
		t.Errorf("the first stranger still stands there and gets %d", got)
	}
	if got := say(all[strangers-1], "wrong"); got != 404 {
		t.Errorf("the last stranger gets %d", got)
	}
	for _, c := range all {
		c.Close()
	}
}

// TestFullOfTheKnown: of those who are known only idle ones go; if all are busy, the
// newcomer.
func TestFullOfTheKnown(t *testing.T) {
	c := newCrowd(2)
	conn := func() net.Conn { a, _ := net.Pipe(); return a }
	a, b := c.enter(conn()), c.enter(conn())
	c.known(a)
	c.known(b)
	if c.enter(conn()) != nil {
		t.Error("somebody busy was sent away")
	}
	c.moved(b, http.StateIdle)
	c.moved(a, http.StateIdle)
	c.moved(b, http.StateActive)
	if g := c.enter(conn()); g == nil || !a.gone || b.gone {
		t.Error("not the idle one was sent away")
	}
	if err := errors.Join(a.Close(), b.Close(), b.Close()); err != nil {
		t.Error(err)
	}
	if taken, strangers, idle := c.count(); taken != 1 || strangers != 1 || idle != 0 {
		t.Error(taken, strangers, idle)
	}
}

// TestCrowd: whatever happens, nobody is counted twice, and no stranger stays where
// somebody known had to go.
func TestCrowd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := newCrowd(rapid.IntRange(0, 5).Draw(t, "places"))
		var all []*guest
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			what := rapid.IntRange(0, 4).Draw(t, "what")
			if what == 0 || len(all) == 0 {
				a, _ := net.Pipe()
				_, before, _ := c.count()
				shown := slices.DeleteFunc(slices.Clone(all), func(g *guest) bool { return g.gone || !g.shown })
				if g := c.enter(a); g != nil {
					all = append(all, g)
				}
				for _, g := range shown {
					if g.gone && before > 0 {
						t.Fatal("somebody known went before a stranger")
					}
				}
				continue
			}
			g := all[rapid.IntRange(0, len(all)-1).Draw(t, "who")]
			switch what {
			case 1:
				c.known(g)
			case 2:
				c.moved(g, http.StateIdle)
			case 3:
				c.moved(g, http.StateActive)
			case 4:
				g.Close()
			}
		}
		there := slices.DeleteFunc(slices.Clone(all), func(g *guest) bool { return g.gone })
		if taken, strangers, idle := c.count(); taken != len(there) || taken > c.places || strangers+idle > taken {
			t.Fatalf("%d are there, %d counted, %d strangers, %d idle, %d places", len(there), taken, strangers, idle, c.places)
		}
	})
}

// TestLongHead: a head without an end is cut.
func TestLongHead(t *testing.T) {
	_, s := open(t, 4)
	c := s.knock()
	defer c.Close()
	taken := make(chan int, 1)
	go func() {
		all, n := 0, 0
		_, err := io.WriteString(c, "POST / HTTP/1.1\r\nHost: x\r\n")
		for err == nil {
			n, err = io.WriteString(c, "X-Long: "+strings.Repeat("x", 1000)+"\r\n")
			all += n
		}
		taken <- all
	}()
	response, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil || response.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Error("a head without end got", response, err)
	}
	c.Close()
	if n := <-taken; n > 2*maxHeader {
		t.Errorf("%d bytes of a head were taken", n)
	}
}
