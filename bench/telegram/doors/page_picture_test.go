//go:build foreign

package doors_test

import (
	"fmt"
	"testing"

	"github.com/go-rod/rod/lib/proto"

	"topicdesk/bench/browser"
	sim "topicdesk/bench/telegram"
)

// A busy day with troubles: what the README shows of the drawer.
func TestPageBusy(t *testing.T) {
	p := open(t, sim.Strict())
	s := &screen{p, browser.Open(t, p.url, 1440, 900)}
	s.sees("#left .line", "/start")
	s.writes("#left", "My parquet arrived with **two** scratched planks. Can I send them back?")
	s.api("sendMessage", `{"chat_id":%d,"text":"Of course. How shall we do it?","reply_markup":{"inline_keyboard":[[{"text":"Fetch them","callback_data":"fetch"},{"text":"I bring them","callback_data":"bring"}],[{"text":"Our shops","url":"https://example.org/shops"}]]}}`, s.ann)
	s.sees("#left .keys", "Our shops")
	s.attaches("#left", "voice")
	s.sees("#left .voice small", "0:04")
	var topic int
	s.with(func(w *sim.World) {
		w.CreateTopic(s.olga, s.forum, "🟩 Boris", 0)
		topic, _ = w.CreateTopic(s.olga, s.forum, "🟪 Ann", 13338331)
	})
	for _, text := range []string{"My parquet arrived with two scratched planks. Can I send them back?", "Order 2026-117, paid on Monday"} {
		s.api("sendMessage", `{"chat_id":%d,"message_thread_id":%d,"text":%q}`, s.forum, topic, text)
	}
	s.api("sendPoll", `{"chat_id":%d,"message_thread_id":%d,"question":"Who drives there?","options":["Olga","Pavel"],"is_anonymous":false}`, s.forum, topic)
	s.clicks("#right .list .entry", "🟪 Ann")
	s.clicks("#right .choice", "Olga")
	s.writes("#right", "I take the van on Friday.")
	s.sees("#right .mine", "van on Friday")
	s.clicks("#tools", "Trouble")
	s.clicks("[data-fault=lost]", "")
	s.clicks("[data-fault=block]", "")
	s.clicks("[data-fault=flood-30]", "")
	s.sees(".plan li", "Flood 30 s")
	if _, body := fetch(t, "GET", fmt.Sprintf("%s/bot%s/sendMessage?text=x&chat_id=%d", s.url, s.token, s.forum), "", ""); body == "" {
		t.Error("no answer")
	}
	s.sees(".plan li", "struck 1")
	s.sees(".plan li", "in Ann · struck 0 of 1")
	s.misses("#toast", "plan")
	browser.Keep(t, s.page, "-busy")
	// At night it is dark.
	dark := &proto.EmulationMediaFeature{Name: "prefers-color-scheme", Value: "dark"}
	if err := (proto.EmulationSetEmulatedMedia{Features: []*proto.EmulationMediaFeature{dark}}).Call(s.page); err != nil {
		t.Fatal(err)
	}
	s.holds("the page is dark", `() => getComputedStyle(document.querySelector('.pane')).backgroundColor === 'rgb(23, 33, 43)'`)
	browser.Keep(t, s.page, "-dark")
}
