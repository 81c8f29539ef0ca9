//go:build foreign

// Package browser lets tests look at pages as people do, in Debian's chromium:
// nothing is downloaded, nobody sees the window. It is only built for the
// foreign tests.
package browser

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/launcher"
	"github.com/go-rod/rod/lib/proto"
)

const (
	// patience is how long a page may take to show something.
	patience = 20 * time.Second
	// whole is how long a test may use a page.
	whole = 2 * time.Minute
)

// Open opens a page of a size in pixels; it is closed at the end of the test.
func Open(t *testing.T, url string, width, height int) *rod.Page {
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
	page = page.Timeout(whole)
	if err := page.SetViewport(&proto.EmulationSetDeviceMetricsOverride{Width: width, Height: height, DeviceScaleFactor: 1}); err != nil {
		t.Fatal(err)
	}
	return page
}

// Sees waits until some element of that kind shows the text (or /pattern/).
func Sees(t *testing.T, page *rod.Page, selector, text string) *rod.Element {
	t.Helper()
	el, err := page.Timeout(patience).ElementR(selector, text)
	if err != nil {
		t.Fatalf("%s never showed %q: %v", selector, text, err)
	}
	return el.CancelTimeout()
}

// Writes types into a pane's message field and presses Enter.
func Writes(t *testing.T, page *rod.Page, pane, text string) {
	t.Helper()
	field, err := page.Timeout(patience).Element(pane + " textarea")
	if err != nil {
		t.Fatalf("%s has no message field: %v", pane, err)
	}
	if err := field.WaitVisible(); err != nil {
		t.Fatalf("%s: nobody can write here: %v", pane, err)
	}
	if err := field.Input(text); err != nil {
		t.Fatal(err)
	}
	if err := field.CancelTimeout().Type(input.Enter); err != nil {
		t.Fatal(err)
	}
}

// Keep saves a screenshot under the path in TOPICDESK_SCREENSHOT, with a suffix
// before its extension; without the variable it does nothing.
func Keep(t *testing.T, page *rod.Page, suffix string) {
	t.Helper()
	path := os.Getenv("TOPICDESK_SCREENSHOT")
	if path == "" {
		return
	}
	png, err := page.Screenshot(false, nil)
	if err != nil {
		t.Fatal(err)
	}
	ext := filepath.Ext(path)
	if err := os.WriteFile(strings.TrimSuffix(path, ext)+suffix+ext, png, 0o644); err != nil {
		t.Fatal(err)
	}
}
