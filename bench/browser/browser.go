//go:build foreign

// Package browser lets tests look at pages as people do, in Debian's chromium:
// nothing is downloaded, nobody sees the window. It is only built for the
// foreign tests.
package browser

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/launcher"
	"github.com/go-rod/rod/lib/proto"
	"github.com/go-rod/rod/lib/utils"
)

const (
	// patience is how long a page may take to show something.
	patience = 20 * time.Second
	// glance is the time between two looks for something, at first.
	glance = 20 * time.Millisecond
	// whole is how long a test may use a page.
	whole = 2 * time.Minute
)

// Open opens a page of a size in pixels; it is closed at the end of the test,
// which fails if the page's programs have failed or if it has asked another
// server for anything.
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
	page, err := b.Page(proto.TargetCreateTarget{URL: "about:blank"})
	if err != nil {
		t.Fatal(err)
	}
	guard(t, page, url)
	page = page.Timeout(whole).Sleeper(func() utils.Sleeper { return utils.BackoffSleeper(glance, 4*glance, nil) })
	if err := page.SetViewport(&proto.EmulationSetDeviceMetricsOverride{Width: width, Height: height, DeviceScaleFactor: 1}); err != nil {
		t.Fatal(err)
	}
	if err := page.Navigate(url); err != nil {
		t.Fatal(err)
	}
	return page
}

// guard collects what a page must not do and fails the test with it.
func guard(t *testing.T, page *rod.Page, own string) {
	var bad []string
	watched, stop := page.WithCancel()
	wait := watched.EachEvent(func(e *proto.RuntimeExceptionThrown) {
		bad = append(bad, "exception: "+e.ExceptionDetails.Text+" "+describe(e.ExceptionDetails.Exception))
	}, func(e *proto.RuntimeConsoleAPICalled) {
		if e.Type == proto.RuntimeConsoleAPICalledTypeError || e.Type == proto.RuntimeConsoleAPICalledTypeWarning {
			for _, a := range e.Args {
				bad = append(bad, "console: "+describe(a))
			}
		}
	}, func(e *proto.LogEntryAdded) {
		// The door's refusals are answers as well as any.
		if e.Entry.Level == proto.LogLogEntryLevelError && e.Entry.Source != proto.LogLogEntrySourceNetwork {
			bad = append(bad, "log: "+e.Entry.Text)
		}
	}, func(e *proto.NetworkRequestWillBeSent) {
		if u := e.Request.URL; !strings.HasPrefix(u, own) && !strings.HasPrefix(u, "data:") && !strings.HasPrefix(u, "blob:") {
			bad = append(bad, "foreign request: "+u)
		}
	})
	ended := make(chan struct{})
	go func() { wait(); close(ended) }()
	t.Cleanup(func() {
		stop()
		<-ended
		for _, line := range bad {
			t.Error(line)
		}
	})
}

// describe is a value of the page in words.
func describe(o *proto.RuntimeRemoteObject) string {
	if o == nil {
		return ""
	}
	if o.Description != "" {
		return o.Description
	}
	return o.Value.String()
}

// Sees waits until some element of that kind shows the text (or /pattern/),
// with "" until there is one.
func Sees(t *testing.T, page *rod.Page, selector, text string) *rod.Element {
	t.Helper()
	if text == "" {
		return Finds(t, page, selector)
	}
	el, err := page.Timeout(patience).ElementR(selector, text)
	if err != nil {
		t.Fatalf("%s never showed %q: %v", selector, text, err)
	}
	return el.CancelTimeout()
}

// Finds waits until there is such an element.
func Finds(t *testing.T, page *rod.Page, selector string) *rod.Element {
	t.Helper()
	el, err := page.Timeout(patience).Element(selector)
	if err != nil {
		t.Fatalf("there never was %s: %v", selector, err)
	}
	return el.CancelTimeout()
}

// Misses waits until no element of that kind shows the text.
func Misses(t *testing.T, page *rod.Page, selector, text string) {
	t.Helper()
	err := page.Timeout(patience).Wait(rod.Eval(`(selector, text) => ![...document.querySelectorAll(selector)].some((e) => e.textContent.includes(text))`, selector, text))
	if err != nil {
		t.Fatalf("%s goes on showing %q: %v", selector, text, err)
	}
}

// Holds waits until a script of the page says true.
func Holds(t *testing.T, page *rod.Page, what, script string, args ...any) {
	t.Helper()
	if err := page.Timeout(patience).Wait(rod.Eval(script, args...).ByPromise()); err != nil {
		t.Fatalf("it never came true that %s: %v", what, err)
	}
}

// Clicks clicks the element of that kind that shows the text, once it does.
func Clicks(t *testing.T, page *rod.Page, selector, text string) {
	t.Helper()
	insists(t, selector+" with "+strconv.Quote(text)+" can't be clicked", func() error {
		return Sees(t, page, selector, text).Timeout(patience/10).Click(proto.InputMouseButtonLeft, 1)
	})
}

// Types puts text into the field, in place of what is there.
func Types(t *testing.T, page *rod.Page, selector, text string) {
	t.Helper()
	insists(t, selector+" can't be written to", func() error {
		field := Finds(t, page, selector).Timeout(patience / 10)
		if err := field.WaitVisible(); err != nil {
			return err
		}
		if err := field.SelectAllText(); err != nil {
			return err
		}
		return field.Input(text)
	})
}

// insists tries again when the page has just put another element in the place
// of the one that was found.
func insists(t *testing.T, failure string, try func() error) {
	t.Helper()
	for end := time.Now().Add(patience); ; {
		err := try()
		if err == nil {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%s: %v", failure, err)
		}
	}
}

// Presses presses keys one after another, wherever the focus is.
func Presses(t *testing.T, page *rod.Page, keys ...input.Key) {
	t.Helper()
	if err := page.Keyboard.Type(keys...); err != nil {
		t.Fatal(err)
	}
}

// Writes types into a pane's message field and presses Enter.
func Writes(t *testing.T, page *rod.Page, pane, text string) {
	t.Helper()
	field, err := page.Timeout(patience).Element(pane + " .compose textarea")
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
	// Nothing is pointed at, and no field waits for words.
	page.MustEval(`() => document.activeElement.blur()`)
	if err := page.Mouse.MoveTo(proto.Point{}); err != nil {
		t.Fatal(err)
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
