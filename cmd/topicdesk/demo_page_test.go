//go:build foreign

package main

import (
	"strings"
	"testing"

	"topicdesk/bench/browser"
)

// TestDemoPage plays the README's first minute in a browser: Anna writes, her
// topic appears with its square and she is greeted; Olga answers in the topic
// and the square changes; the client group has a topic too. The screenshot goes
// where TOPICDESK_SCREENSHOT says: that of the README.
func TestDemoPage(t *testing.T) {
	r := start(t, []string{"simulator.listen=127.0.0.1:0"}, "demo")
	page := browser.Open(t, r.find(t, `Open (http://[0-9.]+:[0-9]+)`), 1360, 800)
	browser.Sees(t, page, "#left .list .entry", "Parquet & Co").MustClick()
	browser.Sees(t, page, "#left .big", "/start/i").MustClick()
	browser.Writes(t, page, "#left", "Hello! My parquet creaks in winter. Can you help?")
	browser.Sees(t, page, "#left .log .line", "we will answer as soon as we can")
	browser.Sees(t, page, "#right .list .entry", "🟪 Anna Berg").MustClick()
	browser.Sees(t, page, "#right .log .line", "My parquet creaks in winter")
	browser.Writes(t, page, "#right", "Of course. Is it oiled or varnished?")
	browser.Sees(t, page, "#left .log .line", "oiled or varnished")
	browser.Sees(t, page, "#right .list .entry", "🟨 Anna Berg")
	browser.Writes(t, page, "#right", "/ she has the oak from 2019")
	browser.Writes(t, page, "#left", "Oiled, I think.")
	browser.Sees(t, page, "#right .log .line", "Oiled, I think")

	browser.Sees(t, page, "#left .list .entry", "Parquet club").MustClick()
	browser.Writes(t, page, "#left", "Anybody from the shop here?")
	browser.Sees(t, page, "#right .list .entry", "🟪 Parquet club")
	browser.Sees(t, page, "#left .list .entry", "Parquet & Co").MustClick()
	browser.Sees(t, page, "#left .log .line", "Oiled, I think")
	for _, line := range page.MustElements("#left .log .line") {
		if strings.Contains(line.MustText(), "oak from 2019") {
			t.Error("a comment reached the client")
		}
	}
	browser.Keep(t, page, "")
}
