package doors_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"strings"
	"testing"

	"github.com/mymmrac/telego"

	sim "topicdesk/bench/telegram"
	"topicdesk/bench/telegram/doors"
)

// place is a small Telegram with open doors: one bot, one person who has
// started it, one forum in which the bot may do everything.
type place struct {
	t      *testing.T
	door   *sim.Door
	server *doors.Server
	url    string
	bot    int64
	token  string
	ann    int64
	olga   int64
	group  int64
	forum  int64
}

// open builds a place with these rules.
func open(t *testing.T, knobs sim.Knobs) *place {
	t.Helper()
	w := sim.New(sim.Options{Seed: 1, Knobs: &knobs})
	p := &place{t: t, ann: w.NewUser(sim.Person{FirstName: "Ann"}), olga: w.NewUser(sim.Person{FirstName: "Olga"})}
	p.bot, p.token = w.NewBot(sim.Robot{Name: "Desk", Username: "desk_bot", NoPrivacy: true})
	p.forum = w.NewForum(p.olga, "Support", p.bot)
	p.group = w.NewGroup(p.ann, "Ann & friends", p.bot)
	if err := w.Promote(p.olga, p.forum, p.bot, sim.AllRights(), ""); err != nil {
		t.Fatal(err)
	}
	p.door = sim.NewDoor(w, nil)
	p.server = doors.New(doors.Options{Door: p.door, Stage: doors.Stage{
		Bot: p.bot, Client: p.ann, Group: p.group, Forum: p.forum, Operators: []int64{p.olga},
	}})
	ctx, cancel := context.WithCancel(t.Context())
	p.server.Start(ctx)
	web := httptest.NewServer(p.server.Handler())
	t.Cleanup(func() {
		cancel()
		web.CloseClientConnections()
		web.Close()
		p.server.Wait()
	})
	p.url = web.URL
	p.with(func(w *sim.World) { w.Start(p.ann, p.bot, "") })
	return p
}

func (p *place) with(f func(*sim.World)) { p.door.With(f) }

// client is a telego bot that talks to the place over HTTP, each call on a
// connection of its own so that broken ones don't hide behind retries.
func (p *place) client() *telego.Bot {
	p.t.Helper()
	transport := &http.Transport{DisableKeepAlives: true}
	p.t.Cleanup(transport.CloseIdleConnections)
	b, err := telego.NewBot(p.token, telego.WithAPIServer(p.url), telego.WithDiscardLogger(),
		telego.WithHTTPClient(&http.Client{Transport: transport}))
	if err != nil {
		p.t.Fatal(err)
	}
	return b
}

// posts does something at /world/, where ANN and BOT stand for their ids, and
// returns the answer, which must have that status.
func (p *place) posts(path, body string, want int) string {
	p.t.Helper()
	body = strings.NewReplacer("ANN", fmt.Sprint(p.ann), "BOT", fmt.Sprint(p.bot)).Replace(body)
	res, out := fetch(p.t, http.MethodPost, p.url+path, "application/json", body)
	if res.StatusCode != want {
		p.t.Fatalf("%s %s: %d %s", path, body, res.StatusCode, out)
	}
	return out
}

// shows looks at something of Ann's chat with the bot.
func (p *place) shows(path string) string {
	p.t.Helper()
	_, out := fetch(p.t, http.MethodGet, fmt.Sprintf("%s%s?as=%d&chat=%d", p.url, path, p.ann, p.bot), "", "")
	return out
}

// calls calls a method as the bot, with arguments in pairs.
func (p *place) calls(method string, pairs ...any) {
	p.t.Helper()
	if ans, err := p.door.Call(p.t.Context(), p.token, method, sim.ArgsOf(pairs...), 0); err != nil || !ans.OK {
		p.t.Fatalf("%s: %v %s", method, err, ans.Description)
	}
}

// texts are what the person sees in a chat, service messages in brackets.
func (p *place) texts(person, chat int64, topic int) []string {
	var out []string
	p.with(func(w *sim.World) {
		for _, m := range w.View(person, chat, topic) {
			if m.Kind == sim.KindService {
				out = append(out, "["+m.Notice+"]")
				continue
			}
			out = append(out, m.Text)
		}
	})
	return out
}

func TestServe(t *testing.T) {
	w := sim.New(sim.Options{})
	_, token := w.NewBot(sim.Robot{Name: "Desk"})
	s := doors.New(doors.Options{Door: sim.NewDoor(w, nil)})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	url := "http://" + l.Addr().String() + "/bot" + token
	if got, body := fetch(t, http.MethodGet, url+"/getMe", "", ""); got.StatusCode != 200 {
		t.Fatalf("getMe: %d %s", got.StatusCode, body)
	}
	written, hanging := make(chan struct{}), make(chan error, 1)
	trace := &httptrace.ClientTrace{WroteRequest: func(httptrace.WroteRequestInfo) { close(written) }}
	req, err := http.NewRequestWithContext(httptrace.WithClientTrace(t.Context(), trace), "POST", url+"/getUpdates?timeout=50", nil)
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		res, err := http.DefaultClient.Do(req)
		if err == nil {
			res.Body.Close()
		}
		hanging <- err
	}()
	<-written
	stop()
	if err := <-ended; err != nil {
		t.Errorf("Serve ended with %v", err)
	}
	if err := <-hanging; err == nil {
		t.Error("a poll that hung at the end was answered")
	}
}
