//go:build foreign

package doors_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
	"github.com/mymmrac/telego"
	tu "github.com/mymmrac/telego/telegoutil"

	"topicdesk/bench/browser"
	sim "topicdesk/bench/telegram"
	"topicdesk/bench/telegram/doors"
)

// desk is a bot in twenty lines: it opens a topic for each client and copies
// messages both ways.
type desk struct {
	bot    *telego.Bot
	forum  int64
	topics map[int64]int
	names  map[int64]string
}

// run polls until ctx ends.
func (d *desk) run(ctx context.Context) error {
	offset := 0
	for {
		updates, err := d.bot.GetUpdates(ctx, &telego.GetUpdatesParams{Offset: offset, Timeout: 30})
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return fmt.Errorf("poll: %w", err)
		}
		for _, u := range updates {
			offset = u.UpdateID + 1
			if err := d.handle(ctx, u.Message); err != nil && !errors.Is(err, context.Canceled) {
				return err
			}
		}
	}
}

func (d *desk) handle(ctx context.Context, m *telego.Message) error {
	switch {
	case m == nil || m.From.IsBot:
		return nil
	case m.Chat.ID == d.forum:
		return d.answer(ctx, m)
	case m.Chat.Type != telego.ChatTypePrivate:
		return nil
	case m.Text == "/start":
		_, err := d.bot.SendMessage(ctx, tu.Message(m.Chat.ChatID(), "Hello! Write here, our team answers."))
		return err
	}
	topic := d.topics[m.Chat.ID]
	if topic == 0 {
		made, err := d.bot.CreateForumTopic(ctx, &telego.CreateForumTopicParams{ChatID: tu.ID(d.forum), Name: "🟡 " + m.From.FirstName})
		if err != nil {
			return err
		}
		topic = made.MessageThreadID
		d.topics[m.Chat.ID], d.names[m.Chat.ID] = topic, m.From.FirstName
	}
	return d.copy(ctx, m, d.forum, topic)
}

func (d *desk) answer(ctx context.Context, m *telego.Message) error {
	for client, topic := range d.topics {
		if topic != m.MessageThreadID {
			continue
		}
		if err := d.copy(ctx, m, client, 0); err != nil {
			return err
		}
		return d.bot.EditForumTopic(ctx, &telego.EditForumTopicParams{ChatID: tu.ID(d.forum), MessageThreadID: topic, Name: "🟢 " + d.names[client]})
	}
	return nil
}

func (d *desk) copy(ctx context.Context, m *telego.Message, chat int64, topic int) error {
	_, err := d.bot.CopyMessage(ctx, &telego.CopyMessageParams{
		ChatID: tu.ID(chat), MessageThreadID: topic, FromChatID: m.Chat.ChatID(), MessageID: m.MessageID,
	})
	return err
}

// screen is an open page of a place.
type screen struct {
	*place
	page *rod.Page
}

// look opens the page of a small Telegram, whose limits don't matter.
func look(t *testing.T, width, height int) *screen {
	t.Helper()
	knobs, err := sim.Profile("unlimited")
	if err != nil {
		t.Fatal(err)
	}
	p := open(t, knobs)
	s := &screen{p, browser.Open(t, p.url, width, height)}
	s.sees("#left .person", "Ann")
	s.sees("#left .line", "/start")
	return s
}

func (s *screen) sees(selector, text string) *rod.Element {
	s.t.Helper()
	return browser.Sees(s.t, s.page, selector, text)
}
func (s *screen) finds(selector string) *rod.Element {
	s.t.Helper()
	return browser.Finds(s.t, s.page, selector)
}
func (s *screen) misses(selector, text string) {
	s.t.Helper()
	browser.Misses(s.t, s.page, selector, text)
}
func (s *screen) clicks(selector, text string) {
	s.t.Helper()
	browser.Clicks(s.t, s.page, selector, text)
}
func (s *screen) types(selector, text string) {
	s.t.Helper()
	browser.Types(s.t, s.page, selector, text)
}
func (s *screen) writes(pane, text string)  { s.t.Helper(); browser.Writes(s.t, s.page, pane, text) }
func (s *screen) presses(keys ...input.Key) { s.t.Helper(); browser.Presses(s.t, s.page, keys...) }
func (s *screen) holds(what, script string, args ...any) {
	s.t.Helper()
	browser.Holds(s.t, s.page, what, script, args...)
}

// does opens a message's menu and chooses there.
func (s *screen) does(pane, message, action string) {
	s.t.Helper()
	line := s.sees(pane+" .log .line", message)
	line.MustScrollIntoView()
	if err := line.Focus(); err != nil {
		s.t.Fatal(err)
	}
	s.presses(input.Enter)
	s.clicks(".popup [role=menuitem]", action)
}

// attaches sends one of the samples.
func (s *screen) attaches(pane, kind string) {
	s.t.Helper()
	s.clicks(pane+" .attach summary", "")
	s.clicks(pane+" [data-kind="+kind+"]", "")
}

// api calls a method as the bot.
func (s *screen) api(method, body string, args ...any) map[string]any {
	s.t.Helper()
	_, answer := fetch(s.t, "POST", s.url+"/bot"+s.token+"/"+method, "application/json", fmt.Sprintf(body, args...))
	out := decode(s.t, answer)
	if out["ok"] != true {
		s.t.Fatalf("%s: %s", method, answer)
	}
	return out
}

// Clients and operators talk through a bot, each on their side.
func TestPage(t *testing.T) {
	p := open(t, sim.Strict())
	var kim, bart, group int64
	p.with(func(w *sim.World) {
		kim = w.NewUser(sim.Person{FirstName: "Kim", LastName: "Weber"})
		bart = w.NewUser(sim.Person{FirstName: "Bart"})
		group = w.NewGroup(kim, "Weber & Sons", p.bot, bart)
		w.Say(bart, group, 0, "Did somebody pay the invoice?")
	})
	p.server.SetStage(doors.Stage{
		Title: "Topicdesk", Hint: "Write as the client on the left; answer in the topic on the right.",
		Bot: p.bot, Client: kim, Group: group, Forum: p.forum, Operators: []int64{p.olga},
	})
	d := &desk{p.client(), p.forum, map[int64]int{}, map[int64]string{}}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- d.run(ctx) }()
	defer func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}()
	s := &screen{p, browser.Open(t, p.url, 1360, 840)}

	s.clicks("#left .big", "/start/i")
	s.sees("#left .log .line", "our team answers")
	s.writes("#left", "Hi, my **invoice** is wrong <b>")
	s.sees("#left .mine b", "invoice")
	s.sees("#right .list .entry .badge", "1")
	s.clicks("#right .list .entry", "🟡 Kim")
	s.sees("#right .log .line", "my invoice is wrong <b>")
	s.sees("#right .log .service", "created the topic")

	s.writes("#right", "Which number does it have?")
	s.sees("#left .log .line", "Which number does it have")
	s.sees("#right .list .entry", "🟢 Kim")
	s.sees("#right .log .service", "renamed the topic")

	s.attaches("#left", "photo")
	s.finds("#right .log .frame img")
	s.does("#left", "Which number does it have", "Reply")
	s.writes("#left", "2026-117")
	s.sees("#left .line .quote", "Which number")
	s.sees("#right .log .line", "2026-117")

	s.does("#right", "Which number does it have", "Edit")
	s.types("#right .compose textarea", "Which number is on it?")
	s.presses(input.Enter)
	s.sees("#right .mine", "Which number is on it")
	s.sees("#right .mine .meta", "edited")
	browser.Keep(t, s.page, "-page")
}
