package doors_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	sim "topicdesk/bench/telegram"
	"topicdesk/bench/telegram/doors"
)

// wire is a network inside a bubble: a listener whose connections are pipes.
type wire struct {
	conns  chan net.Conn
	closed chan struct{}
}

func newWire() *wire { return &wire{make(chan net.Conn), make(chan struct{})} }

func (w *wire) Accept() (net.Conn, error) {
	select {
	case c := <-w.conns:
		return c, nil
	case <-w.closed:
		return nil, net.ErrClosed
	}
}

func (w *wire) Close() error {
	close(w.closed)
	return nil
}

func (w *wire) Addr() net.Addr { return &net.UnixAddr{Name: "wire"} }

// transport reaches what listens on the wire, whatever the address.
func (w *wire) transport() *http.Transport {
	return &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		here, there := net.Pipe()
		select {
		case w.conns <- there:
			return here, nil
		case <-w.closed:
			return nil, net.ErrClosed
		}
	}}
}

// virtual is a Telegram over HTTP in virtual time, with a bot whose webhook
// answers as hook does.
type virtual struct {
	t     *testing.T
	door  *sim.Door
	web   *http.Client
	wire  *wire // to Telegram
	token string
	ann   int64
	bot   int64
}

func inVirtualTime(t *testing.T, hook http.HandlerFunc, f func(*virtual)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := sim.New(sim.Options{Seed: 1})
		v := &virtual{t: t, ann: w.NewUser(sim.Person{FirstName: "Ann"})}
		v.bot, v.token = w.NewBot(sim.Robot{Name: "Desk"})
		v.door = sim.NewDoor(w, nil)
		telegram, bot := newWire(), newWire()
		hooks, calls := bot.transport(), telegram.transport()
		s := doors.New(doors.Options{Door: v.door, Webhooks: hooks})
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- s.Serve(ctx, telegram) }()
		host := &http.Server{Handler: hook}
		go host.Serve(bot)
		v.web, v.wire = &http.Client{Transport: calls}, telegram
		f(v)
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		host.Close()
		hooks.CloseIdleConnections()
		calls.CloseIdleConnections()
	})
}

func (v *virtual) call(path, body string) string {
	v.t.Helper()
	res, err := v.web.Post("http://telegram"+path, "application/json", strings.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return string(answer)
}

// TestDrippingBodies: who sends a body without an end loses the connection, and polls
// that wait longer than all that lose nothing.
func TestDrippingBodies(t *testing.T) {
	inVirtualTime(t, nil, func(v *virtual) {
		for _, path := range []string{"/bot" + v.token + "/sendMessage", "/world/send", "/"} {
			here, there := net.Pipe()
			v.wire.conns <- there
			began := time.Now()
			answered := make(chan struct{})
			go func() {
				defer close(answered)
				_, _ = io.Copy(io.Discard, here) // until it is closed
			}()
			_, err := fmt.Fprintf(here, "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n", path)
			for err == nil && time.Since(began) < time.Hour {
				_, err = io.WriteString(here, " ")
				time.Sleep(time.Second)
			}
			if took := time.Since(began); took > 10*time.Minute {
				t.Errorf("%s: it was there for %s", path, took)
			}
			here.Close()
			<-answered
		}
		v.call("/world/time", `{"speed":0.05}`)
		from := time.Now()
		if got := v.call("/bot"+v.token+"/getUpdates", `{"timeout":50}`); got != `{"ok":true,"result":[]}` {
			t.Errorf("a poll of %s got %s", time.Since(from), got)
		}
	})
}

func TestVirtualTimeOverHTTP(t *testing.T) {
	inVirtualTime(t, nil, func(v *virtual) {
		from := time.Now()
		poll := func() string { return v.call("/bot"+v.token+"/getUpdates", `{"timeout":50}`) }
		if got := poll(); got != `{"ok":true,"result":[]}` || time.Since(from) != 50*time.Second {
			t.Errorf("%s after %v", got, time.Since(from))
		}
		v.call("/world/time", `{"speed":100}`)
		from = time.Now()
		if poll(); time.Since(from).Round(time.Millisecond) != 500*time.Millisecond {
			t.Errorf("at speed 100 after %v", time.Since(from))
		}
		from = time.Now()
		go func() {
			time.Sleep(100 * time.Millisecond)
			v.call("/world/time", `{"advance_s":30}`)
		}()
		if poll(); time.Since(from).Round(time.Millisecond) != 200*time.Millisecond {
			t.Errorf("with a jump of 30 s after %v", time.Since(from))
		}
		if got := v.call("/world/time", `{"speed":0}`); !strings.Contains(got, "speed") {
			t.Errorf("speed 0: %s", got)
		}
		if got := v.call("/world/time", `{}`); !strings.Contains(got, "advance_s or speed") {
			t.Errorf("nothing: %s", got)
		}
	})
}

// A webhook that fails is tried again at once, then after 2 and 4 s of the
// World's time.
func TestWebhookRetriesInVirtualTime(t *testing.T) {
	for _, speed := range []float64{1, 100} {
		var tries []time.Time
		fails := func(w http.ResponseWriter, _ *http.Request) {
			if tries = append(tries, time.Now()); len(tries) < 4 {
				w.WriteHeader(http.StatusInternalServerError)
			}
		}
		inVirtualTime(t, fails, func(v *virtual) {
			v.door.SetSpeed(speed)
			v.call("/bot"+v.token+"/setWebhook", `{"url":"http://bot/hook"}`)
			v.call("/world/start", fmt.Sprintf(`{"as":%d,"bot":%d}`, v.ann, v.bot))
			time.Sleep(time.Minute)
			synctest.Wait()
			if len(tries) != 4 {
				t.Fatalf("speed %v: %d tries", speed, len(tries))
			}
			for i, want := range []time.Duration{0, 2 * time.Second, 4 * time.Second} {
				gap := time.Duration(float64(tries[i+1].Sub(tries[i])) * speed)
				if gap < want || gap > want+time.Second {
					t.Errorf("speed %v: try %d after %v, want %v", speed, i+2, gap, want)
				}
			}
		})
	}
}

// An outage holds webhooks back; after it they come at once, in order.
func TestOutageOfWebhooks(t *testing.T) {
	var came []time.Duration
	var from time.Time
	hook := func(http.ResponseWriter, *http.Request) { came = append(came, time.Since(from)) }
	inVirtualTime(t, hook, func(v *virtual) {
		v.call("/bot"+v.token+"/setWebhook", `{"url":"http://bot/hook"}`)
		time.Sleep(time.Minute)
		v.call("/world/faults", `{"faults":[{"do":"outage","for_s":60},{"do":"reset","method":"getChat"}]}`)
		from = time.Now()
		if _, err := v.web.Get("http://telegram/bot" + v.token + "/getMe"); err == nil {
			t.Error("a call was answered")
		}
		if _, err := v.web.Get("http://telegram/file/bot" + v.token + "/photos/file_1.jpg"); err == nil {
			t.Error("a file was answered")
		}
		for range 2 {
			v.call("/world/send", fmt.Sprintf(`{"as":%d,"chat":%d,"text":"x"}`, v.ann, v.bot))
		}
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if len(came) != 2 || came[0] < time.Minute || came[1] > 63*time.Second {
			t.Errorf("updates came after %v", came)
		}
	})
}

// An update that a fault holds back comes when its time has come, at any
// speed, also after a jump.
func TestLateUpdateInVirtualTime(t *testing.T) {
	for what, turn := range map[string]string{"speed": `{"speed":1000}`, "jump": `{"advance_s":120}`} {
		var came time.Time
		hook := func(http.ResponseWriter, *http.Request) { came = time.Now() }
		inVirtualTime(t, hook, func(v *virtual) {
			v.call("/bot"+v.token+"/setWebhook", `{"url":"http://bot/hook"}`)
			v.call("/world/faults", `{"do":"late-update","delay_s":100}`)
			v.call("/world/start", fmt.Sprintf(`{"as":%d,"bot":%d}`, v.ann, v.bot))
			from := time.Now()
			v.call("/world/time", turn)
			time.Sleep(time.Second)
			synctest.Wait()
			if came.IsZero() || came.Sub(from) > 150*time.Millisecond {
				t.Errorf("%s: it came after %v", what, came.Sub(from))
			}
		})
	}
}
