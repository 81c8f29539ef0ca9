//go:build foreign

package clients

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"topicdesk/bench/spec"
)

// wire stands between a bot and its Telegram and holds what passes, both ways,
// against the specification.
type wire struct {
	api    *spec.API
	secret string // what webhooks must carry, "" = nothing is known yet

	mu      sync.Mutex
	faults  map[string]bool
	methods map[string]bool // that were called
	failed  map[string]bool // that the web server before Telegram answered
	hooks   int             // webhooks' requests
	replies []string        // methods called in answers to webhooks
}

func newWire(api *spec.API, secret string) *wire {
	return &wire{api: api, secret: secret, faults: map[string]bool{}, methods: map[string]bool{}, failed: map[string]bool{}}
}

// quirks are what libraries send that isn't in the documentation, and that
// the server reads or leaves unread: the older form of replies (read, Bot API
// server source); the method's name, with which telegraf's forms begin; the
// file's name beside telebot's uploads; OvyFlash's empty custom_emoji.
var quirks = regexp.MustCompile(` has no (?:argument|parameter) (?:reply_to_message_id|allow_sending_without_reply|method|file_name)$` +
	`|reaction\[0\].* field custom_emoji$`)

func (c *wire) note(faults []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, f := range faults {
		if !quirks.MatchString(f) {
			c.faults[f] = true
		}
	}
}

// judge fails the test for everything that was wrong.
func (c *wire) judge(t *testing.T) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	for f := range c.faults {
		t.Errorf("against the specification: %s", f)
	}
}

var callPath = regexp.MustCompile(`^/bot[^/]+/(?:test/)?(\w+)$`)

// handler checks calls on their way to next and their answers on the way back.
func (c *wire) handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		call := callPath.FindStringSubmatch(r.URL.Path)
		if call == nil {
			next.ServeHTTP(w, r)
			return
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			panic(http.ErrAbortHandler) // the bot has hung up
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		c.call(call[1], r, body)
		answer := &copier{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(answer, r)
		if answer.status == http.StatusBadGateway {
			c.fails(call[1]) // no answer of the Bot API's
			return
		}
		c.note(c.api.Answer(call[1], answer.status, answer.body.Bytes()))
	})
}

// copier passes an answer on and keeps it.
type copier struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (c *copier) WriteHeader(status int) {
	c.status = status
	c.ResponseWriter.WriteHeader(status)
}

func (c *copier) Write(b []byte) (int, error) {
	c.body.Write(b)
	return c.ResponseWriter.Write(b)
}

func (c *wire) call(method string, r *http.Request, body []byte) {
	values, files := arguments(r.URL.RawQuery, r.Header.Get("Content-Type"), body)
	c.note(c.api.Request(method, values, files))
	c.mu.Lock()
	c.methods[method] = true
	c.mu.Unlock()
}

// partName is how libraries name the parts of their forms; Go's own reader
// refuses some that the server takes.
var partName = regexp.MustCompile(`[; ]name="([^"]+)"`)

// arguments reads what a call says in whatever encoding.
func arguments(query, contentType string, body []byte) (values map[string]any, files []string) {
	values = map[string]any{}
	add := func(form url.Values) {
		for k, v := range form {
			values[k] = v[0]
		}
	}
	form, _ := url.ParseQuery(query)
	add(form)
	kind, fields, _ := mime.ParseMediaType(contentType)
	switch kind {
	case "application/json":
		var object map[string]any
		if json.Unmarshal(body, &object) == nil {
			for k, v := range object {
				if v != nil {
					values[k] = v
				}
			}
		}
	case "application/x-www-form-urlencoded":
		form, _ := url.ParseQuery(string(body))
		add(form)
	case "multipart/form-data":
		parts := multipart.NewReader(bytes.NewReader(body), fields["boundary"])
		for {
			part, err := parts.NextPart()
			if err != nil {
				return values, files
			}
			content, _ := io.ReadAll(part)
			about := part.Header.Get("Content-Disposition")
			name := partName.FindStringSubmatch(about)
			switch {
			case name == nil:
				values[about] = "" // which no method knows
			case strings.Contains(about, "filename="):
				files = append(files, name[1])
			default:
				values[name[1]] = string(content)
			}
		}
	}
	return values, files
}

// RoundTrip carries a webhook to its bot.
func (c *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	c.note(c.api.Update(body))
	if got := r.Header.Get("X-Telegram-Bot-Api-Secret-Token"); got != c.secret {
		c.note([]string{"a webhook carries the wrong secret"})
	}
	c.mu.Lock()
	c.hooks++
	c.mu.Unlock()
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	answer, err := io.ReadAll(res.Body)
	res.Body.Close()
	res.Body = io.NopCloser(bytes.NewReader(answer))
	if err == nil {
		c.reply(res.Header.Get("Content-Type"), answer)
	}
	return res, err
}

// reply checks the call that a bot makes in its answer to a webhook.
func (c *wire) reply(contentType string, body []byte) {
	values, files := arguments("", contentType, body)
	method, _ := values["method"].(string)
	if method == "" {
		return
	}
	delete(values, "method")
	c.note(c.api.Request(method, values, files))
	c.mu.Lock()
	c.replies = append(c.replies, method)
	c.mu.Unlock()
}

// called says whether the bot called a method, by itself or in an answer.
func (c *wire) called(method string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.methods[method] || slices.Contains(c.replies, method)
}

// fails notes that the web server before Telegram has answered a method.
func (c *wire) fails(method string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failed[method] = true
}

// broken says whether it has.
func (c *wire) broken(method string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.failed[method]
}

// counted is how many webhooks came, and what was called in their answers.
func (c *wire) counted() (hooks int, replies []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.hooks, slices.Clone(c.replies)
}
