package doors_test

import (
	"compress/gzip"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/mymmrac/telego"

	sim "topicdesk/bench/telegram"
)

// hook sets a webhook through the Bot API and fails the test if it is refused.
func (p *place) hook(pairs ...any) {
	p.t.Helper()
	p.door.Advance(time.Second) // one setWebhook a second
	a, err := p.door.Call(p.t.Context(), p.token, "setWebhook", sim.ArgsOf(pairs...), 0)
	if err != nil || !a.OK {
		p.t.Fatalf("setWebhook: %v %s", err, a.Description)
	}
}

// lastError waits until getWebhookInfo tells that.
func (p *place) lastError(want string) {
	p.t.Helper()
	last := ""
	p.await(want, func(w *sim.World) bool {
		last = w.WebhookOf(p.bot).LastError
		return last == want
	})
}

// The uploaded certificate is trusted, and nothing else is; ip_address leads
// to the host whatever its name.
func TestWebhookCertificate(t *testing.T) {
	p := open(t, sim.Strict())
	got := make(chan string, 10)
	web := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got <- r.Host
	}))
	web.Config.ErrorLog = log.New(io.Discard, "", 0)
	web.StartTLS()
	t.Cleanup(func() {
		web.CloseClientConnections()
		web.Close()
	})
	cert := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: web.Certificate().Raw})
	_, port, _ := net.SplitHostPort(web.Listener.Addr().String())
	target := "https://example.com:" + port // a name of httptest's certificate
	p.hook("url", target, "ip_address", "127.0.0.1")
	p.lastError("SSL error {error:0A000086:SSL routines::certificate verify failed}")
	p.hook("url", target, "ip_address", "127.0.0.1", "certificate", sim.Upload{Name: "c.pem", Data: cert})
	if host := <-got; host != "example.com:"+port {
		t.Errorf("Host is %q", host)
	}
	p.await("delivery", func(w *sim.World) bool { return w.Pending(p.bot) == 0 })
	p.hook("url", "https://elsewhere.example:"+port, "ip_address", "127.0.0.1", "certificate", sim.Upload{Name: "c.pem", Data: cert})
	p.with(func(w *sim.World) { w.Say(p.ann, p.bot, 0, "x") })
	p.lastError("SSL error {error:0A000086:SSL routines::certificate verify failed}")
}

func TestWebhookFailures(t *testing.T) {
	p := open(t, sim.Strict())
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	p.hook("url", "http://"+closed.Addr().String())
	p.lastError("Connection refused")
	plain := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(404) }))
	t.Cleanup(plain.Close)
	p.hook("url", plain.URL)
	p.lastError("Wrong response from the webhook: 404 Not Found")
	p.hook("url", strings.Replace(plain.URL, "http:", "https:", 1))
	p.lastError("SSL error {error:0A00010B:SSL routines::wrong version number}")
}

// A connection that ends without an answer is tried again and not told of.
func TestWebhookHangsUp(t *testing.T) {
	p := open(t, sim.Strict())
	tries := 0
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if tries++; tries == 1 {
			panic(http.ErrAbortHandler)
		}
	}))
	t.Cleanup(web.Close)
	p.hook("url", web.URL)
	p.door.Advance(3 * time.Second)
	p.await("delivery", func(w *sim.World) bool { return w.Pending(p.bot) == 0 })
	p.with(func(w *sim.World) {
		if h := w.WebhookOf(p.bot); h.LastError != "" || h.IP != "127.0.0.1" {
			t.Errorf("%+v", h)
		}
	})
}

// Answers may be packed, and a method in them is done whatever its encoding.
func TestWebhookAnswers(t *testing.T) {
	p := open(t, sim.Strict())
	parts, body := form(t, func(w *multipart.Writer) {
		w.WriteField("method", "sendMessage")
		w.WriteField("chat_id", fmt.Sprint(p.ann))
		w.WriteField("text", "by form")
	})
	for _, tc := range []struct{ name, kind, body, want string }{
		{"json", "application/json", fmt.Sprintf(`{"method":"sendMessage","chat_id":%d,"text":"by json"}`, p.ann), "by json"},
		{"urlencoded", "application/x-www-form-urlencoded", fmt.Sprintf("method=sendMessage&chat_id=%d&text=by+query", p.ann), "by query"},
		{"multipart", parts, body, "by form"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", tc.kind)
				w.Header().Set("Content-Encoding", "gzip")
				z := gzip.NewWriter(w)
				io.WriteString(z, tc.body)
				z.Close()
			}))
			defer web.Close()
			p.hook("url", web.URL)
			p.with(func(w *sim.World) { w.Say(p.ann, p.bot, 0, "hello") })
			p.await(tc.want, func(w *sim.World) bool {
				v := w.View(p.ann, p.bot, 0)
				return v[len(v)-1].Text == tc.want
			})
		})
	}
}

// An update is dropped when its next try would come too late, and nothing but
// 410 for a day removes the webhook.
func TestWebhookGivesUp(t *testing.T) {
	p := open(t, sim.Strict())
	in := p.listen(&telego.SetWebhookParams{})
	a := <-in
	p.door.Advance(23*time.Hour + 30*time.Minute)
	a.answer <- reply{code: 503, header: map[string]string{"Retry-After": "3600"}}
	p.await("the drop", func(w *sim.World) bool { return w.Pending(p.bot) == 0 })

	p.with(func(w *sim.World) { w.Say(p.ann, p.bot, 0, "x") })
	(<-in).answer <- reply{code: 410}
	a = <-in // at once
	p.door.Advance(22 * time.Hour)
	a.answer <- reply{code: 410}
	p.await("the second 410", func(w *sim.World) bool { return w.WebhookOf(p.bot).LastErrorDate == w.Now().Unix() })
	p.door.Advance(time.Hour + time.Minute)
	(<-in).answer <- reply{code: 410}
	p.await("the end of the webhook", func(w *sim.World) bool { return w.WebhookOf(p.bot).URL == "" })
	p.with(func(w *sim.World) {
		if w.Pending(p.bot) != 1 {
			t.Error("the update is gone with the webhook")
		}
	})
}

// The log tells when an update was sent, and when it was taken.
func TestWebhookLog(t *testing.T) {
	p := open(t, sim.Strict())
	in := p.listen(&telego.SetWebhookParams{})
	a := <-in
	p.door.Advance(5 * time.Second)
	a.ok()
	p.await("delivery", func(w *sim.World) bool { return w.Pending(p.bot) == 0 })
	p.with(func(w *sim.World) {
		var sent, taken sim.LogEntry
		for _, e := range w.Log() {
			switch {
			case e.Event == sim.EventSent && e.UpdateID == a.id:
				sent = e
			case e.Event == sim.EventTaken && e.UpdateID == a.id:
				taken = e
			}
		}
		if gap := taken.At.Sub(sent.At); gap < 5*time.Second || taken.Took != gap || sent.Method != "message" {
			t.Errorf("sent %+v, taken %+v", sent, taken)
		}
	})
}
