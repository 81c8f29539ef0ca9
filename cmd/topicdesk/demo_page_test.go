//go:build foreign

package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/launcher"
	"github.com/go-rod/rod/lib/proto"
)

// TestDemoPage plays the README's first minute in a browser: Anna writes, her
// topic appears with its square and she is greeted; Olga answers in the topic
// and the square changes; the client group has a topic too. The screenshot goes
// where TOPICDESK_SCREENSHOT says: that of the README.
func TestDemoPage(t *testing.T) {
	r := start(t, []string{"simulator.listen=127.0.0.1:0"}, "demo")
	page := open(t, r.find(t, `Open (http://[0-9.]+:[0-9]+)`))
	sees(t, page, "#left .list .entry", "Parquet & Co").MustClick()
	sees(t, page, "#left .big", "/start/i").MustClick()
	writes(t, page, "#left", "Hello! My parquet creaks in winter. Can you help?")
	sees(t, page, "#left .log .line", "we will answer as soon as we can")
	sees(t, page, "#right .list .entry", "🟪 Anna Berg").MustClick()
	sees(t, page, "#right .log .line", "My parquet creaks in winter")
	writes(t, page, "#right", "Of course. Is it oiled or varnished?")
	sees(t, page, "#left .log .line", "oiled or varnished")
	sees(t, page, "#right .list .entry", "🟨 Anna Berg")
	writes(t, page, "#right", "/ she has the oak from 2019")
	writes(t, page, "#left", "Oiled, I think.")
	sees(t, page, "#right .log .line", "Oiled, I think")

	sees(t, page, "#left .list .entry", "Parquet club").MustClick()
	writes(t, page, "#left", "Anybody from the shop here?")
	sees(t, page, "#right .list .entry", "🟪 Parquet club")
	sees(t, page, "#left .list .entry", "Parquet & Co").MustClick()
	sees(t, page, "#left .log .line", "Oiled, I think")
	for _, line := range page.MustElements("#left .log .line") {
		if strings.Contains(line.MustText(), "oak from 2019") {
			t.Error("a comment reached the client")
		}
	}
	keep(t, page)
}

func open(t *testing.T, url string) *rod.Page {
	t.Helper()
	bin, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatalf("the browser test needs chromium: %v", err)
	}
	l := launcher.New().Bin(bin).Headless(true).NoSandbox(true).Leakless(false).
		Set("disable-gpu").Set("disable-quic").Set("no-first-run").Set("disable-background-networking").
		Set("disable-component-update").Set("disable-sync")
	control, err := l.Launch()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Kill(); l.Cleanup() })
	b := rod.New().ControlURL(control)
	if err := b.Connect(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	page, err := b.Page(proto.TargetCreateTarget{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	page = page.Timeout(2 * time.Minute)
	if err := page.SetViewport(&proto.EmulationSetDeviceMetricsOverride{Width: 1360, Height: 800, DeviceScaleFactor: 1}); err != nil {
		t.Fatal(err)
	}
	return page
}

func sees(t *testing.T, page *rod.Page, selector, text string) *rod.Element {
	t.Helper()
	el, err := page.Timeout(patience).ElementR(selector, text)
	if err != nil {
		t.Fatalf("%s never showed %q: %v", selector, text, err)
	}
	return el.CancelTimeout()
}

func writes(t *testing.T, page *rod.Page, pane, text string) {
	t.Helper()
	field := page.MustElement(pane + " textarea").MustWaitVisible()
	if err := field.Input(text); err != nil {
		t.Fatal(err)
	}
	if err := field.Type(input.Enter); err != nil {
		t.Fatal(err)
	}
}

func keep(t *testing.T, page *rod.Page) {
	t.Helper()
	path := os.Getenv("TOPICDESK_SCREENSHOT")
	if path == "" {
		return
	}
	png, err := page.Screenshot(false, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, png, 0o644); err != nil {
		t.Fatal(err)
	}
}
