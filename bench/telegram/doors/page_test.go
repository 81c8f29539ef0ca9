//go:build foreign

package doors_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

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
	page := browser.Open(t, p.url, 1360, 840)

	browser.Sees(t, page, "#left .big", "/start/i").MustClick()
	browser.Sees(t, page, "#left .log .line", "our team answers")
	browser.Writes(t, page, "#left", "Hi, my invoice is wrong <b>")
	browser.Sees(t, page, "#left .mine", "my invoice is wrong <b>")

	entry := browser.Sees(t, page, "#right .list .entry", "🟡 Kim")
	browser.Sees(t, page, "#right .list .entry .badge", "1")
	entry.MustClick()
	browser.Sees(t, page, "#right .log .line", "my invoice is wrong <b>")
	browser.Sees(t, page, "#right .log .service", "created the topic")

	browser.Writes(t, page, "#right", "Which number does it have?")
	browser.Sees(t, page, "#left .log .line", "Which number does it have")
	browser.Sees(t, page, "#right .list .entry", "🟢 Kim")
	browser.Sees(t, page, "#right .log .service", "renamed the topic")

	page.MustElement("#left .attach summary").MustClick()
	page.MustElement("#left [data-kind=photo]").MustClick()
	browser.Sees(t, page, "#right .log .line", "Photo")

	line := browser.Sees(t, page, "#left .log .line", "Which number does it have")
	line.MustHover()
	line.MustElement("[aria-label='Reply']").MustClick()
	browser.Writes(t, page, "#left", "2026-117")
	browser.Sees(t, page, "#left .line .quote", "Which number")
	line = browser.Sees(t, page, "#left .log .line", "Which number does it have")
	line.MustHover()
	line.MustElement("[aria-label='React 👍']").MustClick()
	browser.Sees(t, page, "#left .reactions", "👍")
	browser.Sees(t, page, "#right .log .line", "2026-117")

	own := browser.Sees(t, page, "#right .mine", "Which number does it have")
	own.MustHover()
	own.MustElement("[aria-label='Edit']").MustClick()
	page.MustElement("#right textarea").MustSelectAllText()
	browser.Writes(t, page, "#right", "Which number is on it?")
	browser.Sees(t, page, "#right .mine", "Which number is on it")
	browser.Sees(t, page, "#right .mine .meta", "edited")

	browser.Keep(t, page, "")
	page.MustSetViewport(390, 844, 1, true)
	browser.Keep(t, page, "-phone")
}

// The next call of the bot fails as asked, and the page tells so.
func TestPageTrouble(t *testing.T) {
	p := open(t, sim.Strict())
	page := browser.Open(t, p.url, 1100, 760)
	browser.Sees(t, page, "#left .entry", "Desk")
	page.MustElement("#trouble summary").MustClick()
	page.MustElement("[data-fault=flood]").MustClick()
	browser.Sees(t, page, "#toast", "429")
	_, err := p.client().SendMessage(t.Context(), tu.Message(tu.ID(p.ann), "hello"))
	if err == nil || !strings.Contains(err.Error(), "retry after 5") {
		t.Errorf("sendMessage: %v", err)
	}
	var before, after time.Time
	p.with(func(w *sim.World) { before = w.Now() })
	page.MustElement("[data-jump='172800']").MustClick()
	browser.Sees(t, page, "#toast", "48 h")
	p.with(func(w *sim.World) { after = w.Now() })
	if jump := after.Sub(before); jump < 48*time.Hour {
		t.Errorf("time jumped by %v", jump)
	}
	browser.Keep(t, page, "-trouble")
}
