//go:build foreign

package main

import (
	"strings"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"

	"topicdesk/bench/browser"
)

// shift is an operator at the desk's page, and a client on its other side.
type shift struct {
	t    *testing.T
	page *rod.Page
}

func (s shift) writes(text string) { s.t.Helper(); browser.Writes(s.t, s.page, "#right", text) }
func (s shift) client(text string) { s.t.Helper(); browser.Writes(s.t, s.page, "#left", text) }
func (s shift) opens(title string) {
	s.t.Helper()
	browser.Clicks(s.t, s.page, "#right .list .entry", title)
}
func (s shift) sees(text string)    { s.t.Helper(); browser.Sees(s.t, s.page, "#right .log .line", text) }
func (s shift) clientSees(t string) { s.t.Helper(); browser.Sees(s.t, s.page, "#left .log .line", t) }
func (s shift) titled(title string) {
	s.t.Helper()
	browser.Sees(s.t, s.page, "#right .list .entry", title)
}

// becomes puts somebody else on the client's side, who writes to the bot.
func (s shift) becomes(name string) {
	s.t.Helper()
	browser.Clicks(s.t, s.page, "#left .person", "")
	browser.Clicks(s.t, s.page, ".picker .option", name)
	browser.Clicks(s.t, s.page, "#left .list .entry", "Parquet & Co")
	browser.Clicks(s.t, s.page, "#left .big", "/start/i")
}

// replies answers the message in the topic that has the text.
func (s shift) replies(to, text string) {
	s.t.Helper()
	browser.Sees(s.t, s.page, "#right .log .line", to).MustFocus()
	browser.Presses(s.t, s.page, 'r')
	s.writes(text)
}

// keeps takes a picture of the desk, and one as it is on a telephone, where nothing
// may stand out of the screen.
func (s shift) keeps(name string) {
	s.t.Helper()
	browser.Keep(s.t, s.page, "-"+name)
	s.turns(390, 844)
	browser.Clicks(s.t, s.page, "#tabs [data-tab=right]", "")
	browser.Holds(s.t, s.page, name+" fits a telephone", `() => document.documentElement.scrollWidth <= innerWidth &&
		[...document.querySelectorAll('#right .bubble')].every((b) => b.getBoundingClientRect().right <= innerWidth)`)
	browser.Keep(s.t, s.page, "-"+name+"-phone")
	s.turns(1440, 900)
}

func (s shift) turns(width, height int) {
	s.t.Helper()
	if err := s.page.SetViewport(&proto.EmulationSetDeviceMetricsOverride{Width: width, Height: height, DeviceScaleFactor: 1}); err != nil {
		s.t.Fatal(err)
	}
}

// TestDeskPage is an hour of an operator in a browser: the card, the help, quick
// replies, labels, who has the dialog, the menu, the work list; squares and signs stand in the
// topics' titles, and nothing that is typed for the relay comes to the client.
func TestDeskPage(t *testing.T) {
	r := start(t, []string{"simulator.listen=127.0.0.1:0"}, "demo")
	s := shift{t, browser.Open(t, r.find(t, `Open (http://[0-9.]+:[0-9]+)`), 1440, 900)}
	browser.Clicks(t, s.page, "#left .list .entry", "Parquet & Co")
	browser.Clicks(t, s.page, "#left .big", "/start/i")
	s.client("Hello! My parquet creaks in winter. What does oiling cost?")
	s.opens("🟪 Anna Berg")
	s.sees("My parquet creaks")

	s.writes("/info")
	s.sees("anna_berg")
	s.keeps("card")
	s.writes("/help")
	s.sees("/ text")
	s.keeps("help")

	// A quick reply is saved as a reply and sent by its name; its copy stands here.
	browser.Clicks(t, s.page, "#right .list .entry", "General")
	s.writes("Oiling costs **9 €** a square metre, {title}. Yours, {operator}")
	s.replies("Oiling costs", "/say save price")
	browser.Sees(t, s.page, "#right .reactions", "👌")
	s.opens("🟪 Anna Berg")
	s.writes("/say price")
	s.sees("a square metre, Anna Berg. Yours, Olga")
	s.clientSees("a square metre, Anna Berg. Yours, Olga")
	s.titled("🟨 Anna Berg")
	s.writes("/say")
	s.sees("quick repl")
	s.keeps("say")

	// Whose dialog it is stands in its title. Titles change once a minute at most, so
	// that each is shown by another client's.
	s.becomes("Boris Lind")
	s.client("Do you lay cork too?")
	s.opens("🟪 Boris Lind")
	s.writes("/take")
	s.titled("🟪 Boris Lind · Olga")

	// Labels are made in General and set in topics.
	browser.Clicks(t, s.page, "#right .list .entry", "General")
	s.writes("/mark new club")
	s.writes("/mark club ticker ★")
	browser.Clicks(t, s.page, "#left .list .entry", "Parquet club")
	s.client("When is the next meeting?")
	s.opens("🟪 Parquet club")
	s.writes("/mark club")
	s.titled("🟪 ★ Parquet club")
	s.writes("/mark")
	s.sees("club")
	browser.Clicks(t, s.page, "#right .list .entry", "General")
	s.writes("/mark")
	s.sees("on 1 topic")
	s.keeps("mark")
	// A slash brings the menu, and /open who waits, with whose they are.
	browser.Types(t, s.page, "#right .compose textarea", "/o")
	browser.Sees(t, s.page, "#right .commands .result", "who waits for us, the longest first")
	browser.Misses(t, s.page, "#right .commands", "/queue")
	s.keeps("menu")
	browser.Types(t, s.page, "#right .compose textarea", "/")
	browser.Sees(t, s.page, "#right .commands .result", "quick replies")
	browser.Holds(t, s.page, "the menu needs no more than its width", `() => { const m = document.querySelector('#right .commands'); return m.scrollWidth <= m.clientWidth }`)
	browser.Clicks(t, s.page, "#right .commands .result", "/open")
	s.sees("2 clients wait for us")
	s.sees("Boris Lind · 0.min · Olga")
	s.keeps("open")
	browser.Clicks(t, s.page, "#right .log .line a", "Boris Lind")
	s.sees("Do you lay cork too")
	for _, line := range s.page.MustElements("#left .log .line:not(.mine)") {
		if strings.Contains(line.MustText(), "/say") || strings.Contains(line.MustText(), "/take") {
			t.Errorf("a command reached the client: %s", line.MustText())
		}
	}
}
