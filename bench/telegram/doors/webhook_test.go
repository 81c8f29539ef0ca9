package doors_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mymmrac/telego"

	sim "topicdesk/bench/telegram"
)

// arrival is one request that reached a webhook; whoever takes it answers.
type arrival struct {
	id     int
	text   string
	raw    string
	header http.Header
	answer chan<- reply
}

type reply struct {
	code   int
	header map[string]string
	body   string
}

// ok answers 200.
func (a arrival) ok() { a.answer <- reply{code: 200} }

// listen sets a webhook and returns what arrives there.
func (p *place) listen(params *telego.SetWebhookParams) <-chan arrival {
	return p.count(params, new(crowd))
}

// crowd counts requests in flight.
type crowd struct {
	mu        sync.Mutex
	now, most int
}

func (c *crowd) change(by int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now += by
	c.most = max(c.most, c.now)
}

func (c *crowd) highest() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.most
}

// count is listen that counts.
func (p *place) count(params *telego.SetWebhookParams, c *crowd) <-chan arrival {
	p.t.Helper()
	arrivals, closing := make(chan arrival), make(chan struct{})
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.change(1)
		defer c.change(-1)
		raw, _ := io.ReadAll(r.Body)
		var u struct {
			ID      int `json:"update_id"`
			Message struct{ Text string }
		}
		if err := json.Unmarshal(raw, &u); err != nil {
			p.t.Error(err)
		}
		answer := make(chan reply, 1)
		select {
		case arrivals <- arrival{u.ID, u.Message.Text, string(raw), r.Header, answer}:
		case <-closing:
			return
		}
		select {
		case a := <-answer:
			for k, v := range a.header {
				w.Header().Set(k, v)
			}
			w.WriteHeader(a.code)
			io.WriteString(w, a.body)
		case <-closing:
		}
	}))
	p.t.Cleanup(func() {
		close(closing)
		web.CloseClientConnections()
		web.Close()
	})
	params.URL = web.URL + "/hook"
	if err := p.client().SetWebhook(p.t.Context(), params); err != nil {
		p.t.Fatal(err)
	}
	return arrivals
}

func TestWebhookRequest(t *testing.T) {
	p := open(t, sim.Strict())
	in := p.listen(&telego.SetWebhookParams{SecretToken: "s3cret_-"})
	a := <-in
	if want := fmt.Sprintf("{\"update_id\":%d,\n\"message\":{\"message_id\":", a.id); !strings.HasPrefix(a.raw, want) {
		t.Errorf("body %.80q, want %q…", a.raw, want)
	}
	for name, want := range map[string]string{
		"X-Telegram-Bot-Api-Secret-Token": "s3cret_-", "Content-Type": "application/json",
		"Accept-Encoding": "gzip, deflate", "User-Agent": "",
	} {
		if got := a.header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	body := fmt.Sprintf(`{"method":"sendMessage","chat_id":%d,"text":"by answer"}`, p.ann)
	a.answer <- reply{200, map[string]string{"Content-Type": "application/json"}, body}
	p.await("the answered call", func(w *sim.World) bool {
		v := w.View(p.ann, p.bot, 0)
		return v[len(v)-1].Text == "by answer" && w.Pending(p.bot) == 0
	})
}

// await fails the test unless ready becomes true.
func (p *place) await(what string, ready func(*sim.World) bool) {
	p.t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); {
		done := false
		p.with(func(w *sim.World) { done = ready(w) })
		if done {
			return
		}
	}
	p.t.Fatalf("%s never came", what)
}

// A chat's updates come in order, the next only after the former was taken;
// other chats don't wait.
func TestWebhookOrder(t *testing.T) {
	p := open(t, sim.Strict())
	in := p.listen(&telego.SetWebhookParams{})
	(<-in).ok()
	p.with(func(w *sim.World) {
		for _, text := range []string{"a1", "a2", "a3"} {
			w.Say(p.ann, p.bot, 0, text)
		}
		w.Say(p.olga, p.bot, 0, "o1")
	})
	held := map[string]arrival{}
	for range 2 {
		a := <-in
		held[a.text] = a
	}
	if len(held) != 2 || held["a1"].id == 0 || held["o1"].id == 0 {
		t.Fatalf("first came %v", held)
	}
	held["o1"].ok()
	p.with(func(w *sim.World) { w.Say(p.olga, p.bot, 0, "o2") })
	o2 := <-in
	if o2.text != "o2" {
		t.Fatalf("%q came while a1 was in flight", o2.text)
	}
	o2.ok()
	held["a1"].ok()
	for _, want := range []string{"a2", "a3"} {
		a := <-in
		if a.text != want {
			t.Errorf("%q came, want %q", a.text, want)
		}
		a.ok()
	}
	p.await("an empty queue", func(w *sim.World) bool { return w.Pending(p.bot) == 0 })
}

func TestWebhookConnections(t *testing.T) {
	p := open(t, sim.Strict())
	var c crowd
	in := p.count(&telego.SetWebhookParams{MaxConnections: 3}, &c)
	(<-in).ok()
	const people = 12
	p.with(func(w *sim.World) {
		for range people {
			w.Start(w.NewUser(sim.Person{FirstName: "P"}), p.bot, "")
		}
	})
	var held []arrival
	for range people {
		if len(held) == 3 {
			held[0].ok()
			held = held[1:]
		}
		held = append(held, <-in)
	}
	for _, a := range held {
		a.ok()
	}
	if most := c.highest(); most != 3 {
		t.Errorf("%d requests in flight at most, want 3", most)
	}
}

func TestWebhookRetries(t *testing.T) {
	p := open(t, sim.Strict())
	in := p.listen(&telego.SetWebhookParams{})
	var at []time.Time
	take := func(code int, header map[string]string) {
		t.Helper()
		a := <-in
		if a.text != "/start" {
			t.Fatalf("%q came", a.text)
		}
		p.with(func(w *sim.World) { at = append(at, w.Now()) })
		a.answer <- reply{code: code, header: header}
	}
	failed := func(n int) {
		p.await("failure", func(w *sim.World) bool {
			return w.WebhookOf(p.bot).LastError == fmt.Sprintf("Wrong response from the webhook: %d %s", n, http.StatusText(n))
		})
	}
	take(500, nil)
	take(502, nil)
	failed(502)
	p.door.Advance(3 * time.Second)
	take(503, map[string]string{"Retry-After": "1000"})
	failed(503)
	p.door.Advance(1001 * time.Second)
	take(200, nil)
	p.await("delivery", func(w *sim.World) bool { return w.Pending(p.bot) == 0 })
	for i, want := range []struct{ low, high time.Duration }{
		{0, time.Second}, {2 * time.Second, 10 * time.Second}, {1000 * time.Second, 1010 * time.Second},
	} {
		if gap := at[i+1].Sub(at[i]); gap < want.low || gap > want.high {
			t.Errorf("try %d came after %v, want %v to %v", i+2, gap, want.low, want.high)
		}
	}
}

// Two deliveries of one update arrive under one id, as after a lost 200.
func TestWebhookTwice(t *testing.T) {
	p := open(t, sim.Strict())
	in := p.listen(&telego.SetWebhookParams{})
	first := <-in
	first.ok()
	p.with(func(w *sim.World) {
		w.AddFault(sim.Fault{Method: "message", Count: 1, Do: sim.DuplicateUpdate})
		w.Say(p.ann, p.bot, 0, "twice")
	})
	var ids []int
	for range 2 {
		a := <-in
		ids = append(ids, a.id)
		a.ok()
	}
	if !slices.Equal(ids, []int{first.id + 1, first.id + 1}) {
		t.Errorf("ids %v after %d", ids, first.id)
	}
}

func TestWebhookDeleted(t *testing.T) {
	p := open(t, sim.Strict())
	in := p.listen(&telego.SetWebhookParams{})
	held := <-in
	b, ctx := p.client(), t.Context()
	if _, err := b.GetUpdates(ctx, &telego.GetUpdatesParams{}); err == nil || !strings.Contains(err.Error(), "409") {
		t.Errorf("getUpdates beside a webhook: %v", err)
	}
	if err := b.DeleteWebhook(ctx, &telego.DeleteWebhookParams{}); err != nil {
		t.Fatal(err)
	}
	p.await("the end of the webhook", func(w *sim.World) bool { return w.WebhookOf(p.bot).URL == "" })
	u, err := b.GetUpdates(ctx, &telego.GetUpdatesParams{})
	if err != nil || len(u) != 1 || u[0].UpdateID != held.id {
		t.Errorf("getUpdates = %+v, %v; %d was in flight", u, err, held.id)
	}
	held.ok()
}
