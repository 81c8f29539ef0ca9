package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"topicdesk/bench/telegram/doors"
)

// patience is how long a test waits for what must happen.
const patience = 60 * time.Second

// output is what a run has printed; tests wait for lines of it.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{}
}

func newOutput() *output { return &output{more: make(chan struct{})} }

// Write takes what is printed.
func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	close(o.more)
	o.more = make(chan struct{})
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// find waits for a line that matches and gives its first group.
func (o *output) find(t *testing.T, pattern string) string {
	t.Helper()
	re := regexp.MustCompile(pattern)
	late := time.After(patience)
	for {
		o.mu.Lock()
		found, more := re.FindStringSubmatch(o.text.String()), o.more
		o.mu.Unlock()
		if found != nil {
			return found[len(found)-1]
		}
		select {
		case <-more:
		case <-late:
			t.Fatalf("%q was never printed, but:\n%s", pattern, o)
		}
	}
}

// running is the program in this process.
type running struct {
	*output
	stop func() int
}

// start runs the program; settings are KEY=VALUE. It is stopped at the end of
// the test.
func start(t *testing.T, settings []string, args ...string) *running {
	t.Helper()
	return startAs(t, nil, settings, args...)
}

// startAs is start with variables.
func startAs(t *testing.T, environ, settings []string, args ...string) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r := &running{output: newOutput()}
	for _, s := range settings {
		args = append(args, "--set", s)
	}
	code := make(chan int, 1)
	go func() {
		code <- Main{Args: args, Environ: environ, In: strings.NewReader(""), Out: r.output, Err: r.output}.Run(ctx)
	}()
	r.stop = sync.OnceValue(func() int {
		cancel()
		select {
		case c := <-code:
			return c
		case <-time.After(patience):
			t.Errorf("it does not stop:\n%s", r)
			return -1
		}
	})
	t.Cleanup(func() {
		r.stop()
		if t.Failed() {
			t.Logf("%v printed:\n%s", args[0], r)
		}
	})
	return r
}

// once runs the program to its end.
func once(t *testing.T, environ []string, in string, args ...string) (code int, printed string) {
	t.Helper()
	out := newOutput()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	m := Main{Args: args, Environ: environ, In: strings.NewReader(in), Out: out, Err: out}
	code = m.Run(ctx)
	if ctx.Err() != nil {
		t.Errorf("%q does not end by itself", args)
	}
	return code, out.String()
}

// world is a simulated Telegram, used over its socket.
type world struct {
	t    *testing.T
	root string
}

// startWorld starts a simulator without limits.
func startWorld(t *testing.T) world {
	t.Helper()
	r := start(t, []string{"simulator.listen=127.0.0.1:0", "simulator.profile=unlimited"}, "simulator")
	return world{t, r.find(t, `runs at (http://[0-9.]+:[0-9]+)`)}
}

func (w world) read(path string, out any) {
	w.t.Helper()
	response, err := http.Get(w.root + path)
	if err != nil {
		w.t.Fatal(err)
	}
	w.decode(path, response, out)
}

func (w world) do(path string, in, out any) {
	w.t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		w.t.Fatal(err)
	}
	response, err := http.Post(w.root+path, "application/json", bytes.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	w.decode(path, response, out)
}

func (w world) decode(path string, response *http.Response, out any) {
	w.t.Helper()
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		w.t.Fatalf("%s: %s %s %v", path, response.Status, body, err)
	}
	if out == nil {
		return
	}
	if err := json.Unmarshal(body, out); err != nil {
		w.t.Fatalf("%s: %v in %s", path, err, body)
	}
}

type dict map[string]any

func (w world) make(path string, in dict) int64 {
	w.t.Helper()
	var made struct{ ID int64 }
	w.do(path, in, &made)
	return made.ID
}

func (w world) person(name string) int64 {
	return w.make("/world/users", dict{"first_name": name})
}

// bot makes a bot whose privacy mode is off.
func (w world) bot(username string) (id int64, token string) {
	w.t.Helper()
	var made struct {
		ID    int64
		Token string
	}
	w.do("/world/bots", dict{"name": "Desk", "username": username, "no_privacy": true}, &made)
	return made.ID, made.Token
}

func (w world) say(as, chat int64, topic int, text string) {
	w.t.Helper()
	w.do("/world/send", dict{"as": as, "chat": chat, "topic": topic, "text": text}, nil)
}

func (w world) addAdmin(as, chat, bot int64) {
	w.t.Helper()
	w.do("/world/members", dict{"as": as, "chat": chat, "user": bot, "do": "add"}, nil)
	w.do("/world/members", dict{"as": as, "chat": chat, "user": bot, "do": "promote"}, nil)
}

func (w world) stage() (s doors.Stage) {
	w.t.Helper()
	w.read("/world/stage", &s)
	return s
}

type shownTopic struct {
	ID   int
	Name string
}

func (w world) topics(as, forum int64) []shownTopic {
	w.t.Helper()
	var out struct{ Topics []shownTopic }
	w.read(fmt.Sprintf("/world/topics?as=%d&chat=%d", as, forum), &out)
	return out.Topics
}

// topicOf is the id of the topic whose title ends so; 0 = there is none.
func (w world) topicOf(as, forum int64, title string) int {
	w.t.Helper()
	for _, topic := range w.topics(as, forum) {
		if strings.HasSuffix(topic.Name, title) {
			return topic.ID
		}
	}
	return 0
}

// texts are the texts of a chat or topic as a person sees them; topic -1 is all.
func (w world) texts(as, chat int64, topic int) (texts []string) {
	w.t.Helper()
	var out struct{ Messages []struct{ Text string } }
	query := url.Values{"as": {fmt.Sprint(as)}, "chat": {fmt.Sprint(chat)}}
	if topic >= 0 {
		query.Set("topic", fmt.Sprint(topic))
	}
	w.read("/world/view?"+query.Encode(), &out)
	for _, m := range out.Messages {
		if m.Text != "" {
			texts = append(texts, m.Text)
		}
	}
	return texts
}

// until waits for something that changes in the world.
func (w world) until(what string, holds func() bool) {
	w.t.Helper()
	version := struct{ Version int64 }{}
	for late := time.Now().Add(patience); time.Now().Before(late); {
		before := version.Version
		if holds() {
			return
		}
		w.read(fmt.Sprintf("/world/changes?after=%d&timeout=5", before), &version)
	}
	w.t.Fatalf("it never came to this: %s", what)
}

// said waits until a person sees a text somewhere.
func (w world) said(as, chat int64, topic int, text string) {
	w.t.Helper()
	w.until(fmt.Sprintf("%q is in chat %d", text, chat), func() bool {
		for _, got := range w.texts(as, chat, topic) {
			if strings.Contains(got, text) {
				return true
			}
		}
		return false
	})
}
