package run

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

// roll notes when each bot can be reached for the first time: when its webhook was
// accepted, or its first getUpdates that waits has been read.
type roll struct {
	webhooks bool

	mu      sync.Mutex
	missing map[string]int64 // bots by token
	at      map[int64]time.Time
	full    chan struct{} // closed when nobody is missing
}

// newRoll expects the bots of these desks.
func newRoll(desks []*desk, webhooks bool) *roll {
	l := &roll{webhooks: webhooks, missing: map[string]int64{}, at: map[int64]time.Time{}, full: make(chan struct{})}
	for _, d := range desks {
		l.missing[d.token] = d.bot
	}
	return l
}

// note looks at a call and gives the writer through which it is to be answered.
func (l *roll) note(w http.ResponseWriter, r *http.Request, method string) http.ResponseWriter {
	token := strings.TrimPrefix(path.Base(path.Dir(r.URL.Path)), "bot")
	switch {
	case l.webhooks && strings.EqualFold(method, "setWebhook"):
		return &accepted{ResponseWriter: w, roll: l, token: token}
	case !l.webhooks && strings.EqualFold(method, "getUpdates") && l.lacks(token):
		if waits(r) {
			l.here(token)
		}
	}
	return w
}

// waits tells that a getUpdates wants to wait. Its body can be read again.
func waits(r *http.Request) bool {
	body, err := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	var asked struct {
		Timeout int `json:"timeout"`
	}
	return err == nil && json.Unmarshal(body, &asked) == nil && asked.Timeout > 0
}

func (l *roll) lacks(token string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, missing := l.missing[token]
	return missing
}

// here notes a bot, the first time only.
func (l *roll) here(token string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	bot, missing := l.missing[token]
	if !missing {
		return
	}
	delete(l.missing, token)
	l.at[bot] = time.Now()
	if len(l.missing) == 0 {
		close(l.full)
	}
}

// count is how many are missing.
func (l *roll) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.missing)
}

// times are when each bot was there.
func (l *roll) times() map[int64]time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.at
}

// accepted notes the bot when its call is answered with 200.
type accepted struct {
	http.ResponseWriter
	roll  *roll
	token string
}

// WriteHeader sends the status line.
func (a *accepted) WriteHeader(code int) {
	if code == http.StatusOK {
		a.roll.here(a.token)
	}
	a.ResponseWriter.WriteHeader(code)
}

// Unwrap is for http.ResponseController.
func (a *accepted) Unwrap() http.ResponseWriter { return a.ResponseWriter }
