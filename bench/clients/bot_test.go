//go:build foreign

package clients

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"
)

// patience is how long a bot may take for one line.
const patience = 20 * time.Second

// config is what a bot is told.
type config struct {
	Root    string `json:"root"`
	Token   string `json:"token"`
	Me      int64  `json:"me"`
	Forum   int64  `json:"forum"`
	Client  int64  `json:"client"` // whom it knows already, 0 = nobody
	Thread  int64  `json:"thread"` // and the client's topic
	Webhook bool   `json:"webhook"`
	Secret  string `json:"secret"`
	// Pictures are what it uploads as an album (base64 in JSON).
	Pictures [][]byte `json:"pictures"`
}

// pictures are n small ones, no two the same.
func pictures(t *testing.T, n int) (list [][]byte) {
	t.Helper()
	for i := range n {
		var file bytes.Buffer
		if err := png.Encode(&file, image.NewGray(image.Rect(0, 0, 16+i, 16))); err != nil {
			t.Fatal(err)
		}
		list = append(list, file.Bytes())
	}
	return list
}

// runner starts a library's bot. It tells lines until stop has returned; stop
// ends it as its author would. kill in place of stop ends it at once; nil for
// bots that live in this process.
type runner func(t *testing.T, c config, tell func(line string)) (stop, kill func())

// playing is one run of a bot.
type playing struct {
	t     *testing.T
	lines chan string
	stop  func()
	kill  func() // nil if it can't be killed
}

func play(t *testing.T, run runner, c config) *playing {
	t.Helper()
	p := &playing{t: t, lines: make(chan string, 1000)}
	p.stop, p.kill = run(t, c, func(line string) { p.lines <- canonical(t, line) })
	return p
}

// line writes a line as the bots do, from pairs.
func line(pairs ...any) string {
	o := object{}
	for i := 0; i < len(pairs); i += 2 {
		o[pairs[i].(string)] = pairs[i+1]
	}
	b, err := json.Marshal(o)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// canonical sorts the keys of a line.
func canonical(t *testing.T, text string) string {
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Errorf("the bot says %q", text)
		return text
	}
	b, err := json.Marshal(v)
	if err != nil {
		t.Error(err)
	}
	return string(b)
}

// next waits for n lines.
func (p *playing) next(n int) []string {
	p.t.Helper()
	var got []string
	late := time.After(patience)
	for len(got) < n {
		select {
		case l := <-p.lines:
			got = append(got, l)
		case <-late:
			p.t.Fatalf("the bot is silent after\n%s", strings.Join(got, "\n"))
		}
	}
	return got
}

// says waits for exactly these lines.
func (p *playing) says(want ...string) {
	p.t.Helper()
	for i, got := range p.next(len(want)) {
		if got != want[i] {
			p.t.Fatalf("the bot says\n%s\nwant\n%s", got, want[i])
		}
	}
}

// saysMixed waits for these lines in any order, but what it saw in this one:
// some libraries let the handlers of several updates run at once.
func (p *playing) saysMixed(want ...string) {
	p.t.Helper()
	got := p.next(len(want))
	saw := func(lines []string) []string {
		return slices.DeleteFunc(slices.Clone(lines), func(l string) bool { return !strings.Contains(l, `"saw"`) })
	}
	if a, b := saw(got), saw(want); !slices.Equal(a, b) {
		p.t.Errorf("the bot saw\n%s\nwant\n%s", strings.Join(a, "\n"), strings.Join(b, "\n"))
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		p.t.Errorf("the bot says\n%s\nwant, in any order,\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// ends stops the bot, which must have nothing more to say.
func (p *playing) ends() {
	p.t.Helper()
	p.stop()
	for {
		select {
		case l := <-p.lines:
			p.t.Errorf("the bot says too\n%s", l)
		default:
			return
		}
	}
}

// decodeLine reads a line that isn't the same each time.
func decodeLine(t *testing.T, text string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatal(err)
	}
}
