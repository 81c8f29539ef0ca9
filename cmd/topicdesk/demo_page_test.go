//go:build foreign

package main

import (
	"strings"
	"testing"

	"topicdesk/bench/browser"
)

// TestDemoPage plays the README's first minute in a browser: Anna writes, her
// topic appears with its square and she is greeted; Olga answers in the topic
// and the square changes; pictures arrive as an album; the client group has a
// topic too, and a label with a sign. The screenshot goes where TOPICDESK_SCREENSHOT says: that of the
// README.
func TestDemoPage(t *testing.T) {
	r := start(t, []string{"simulator.listen=127.0.0.1:0"}, "demo")
	page := browser.Open(t, r.find(t, `Open (http://[0-9.]+:[0-9]+)`), 1440, 900)
	browser.Clicks(t, page, "#left .list .entry", "Parquet & Co")
	browser.Clicks(t, page, "#left .big", "/start/i")
	browser.Writes(t, page, "#left", "Hello! My parquet creaks in winter. Can you help?")
	browser.Sees(t, page, "#left .log .line", "we will answer as soon as we can")
	browser.Clicks(t, page, "#right .list .entry", "🟪 Anna Berg")
	browser.Sees(t, page, "#right .log .line", "My parquet creaks in winter")
	browser.Writes(t, page, "#right", "Of course. Is it **oiled** or varnished?")
	browser.Sees(t, page, "#left .log .line b", "oiled")
	browser.Sees(t, page, "#right .list .entry", "🟨 Anna Berg")
	browser.Writes(t, page, "#right", "/ she has the oak from 2019")

	// Anna quotes what she answers and shows three rooms.
	browser.Sees(t, page, "#left .log .line", "oiled or varnished").MustFocus()
	browser.Presses(t, page, 'r')
	browser.Writes(t, page, "#left", "Oiled, I think. See for yourself:")
	browser.Sees(t, page, "#right .log .line", "Oiled, I think")
	browser.Clicks(t, page, "#left .attach summary", "")
	browser.Clicks(t, page, "#left [data-kind=album]", "")
	browser.Holds(t, page, "the album is in the topic", `() => document.querySelectorAll('#right .album img').length === 3`)
	browser.Sees(t, page, "#right .log .line:has(.album)", "").MustFocus()
	browser.Presses(t, page, '1')
	browser.Sees(t, page, "#right .log .reactions", "👍")

	browser.Clicks(t, page, "#left .list .entry", "Parquet club")
	browser.Writes(t, page, "#left", "Anybody from the shop here?")
	browser.Sees(t, page, "#right .list .entry", "🟪 Parquet club")
	browser.Clicks(t, page, "#right .list .entry", "🟪 Parquet club")
	browser.Sees(t, page, "#right .log .line", "Anybody from the shop here")
	browser.Writes(t, page, "#right", "/mark club")
	browser.Clicks(t, page, "#right .log .keys button", "Create club")
	browser.Clicks(t, page, "#right .list .entry", "General")
	browser.Writes(t, page, "#right", "/mark club ticker ★")
	browser.Sees(t, page, "#right .list .entry", "🟪 ★ Parquet club")
	browser.Clicks(t, page, "#right .list .entry", "Anna Berg")
	browser.Clicks(t, page, "#left .list .entry", "Parquet & Co")
	browser.Sees(t, page, "#left .log .line", "Oiled, I think")
	browser.Writes(t, page, "#right", "Beautiful. I'll bring oil on Friday.")
	browser.Sees(t, page, "#left .log .line", "bring oil on Friday")
	browser.Sees(t, page, "#left .log .line", "bring oil on Friday").MustFocus()
	browser.Presses(t, page, '2')
	browser.Sees(t, page, "#left .log .reactions", "❤")
	for _, line := range page.MustElements("#left .log .line") {
		if strings.Contains(line.MustText(), "oak from 2019") {
			t.Error("a comment reached the client")
		}
	}
	browser.Holds(t, page, "the pictures are loaded", `() => [...document.images].every((i) => i.complete && i.naturalWidth > 0)`)
	browser.Keep(t, page, "")
}
