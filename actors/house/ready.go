package house

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"topicdesk/actors/disk"
	"topicdesk/actors/node"
)

const (
	// AnswerWithin bounds an answer about health: whoever asks gives up soon.
	AnswerWithin = 2 * time.Second
	// diskAgain is how long a look at the disk counts: each costs a sync.
	diskAgain = 10 * time.Second
)

// Readiness knows whether a node lives, and whether it can do its work.
type Readiness struct {
	house   *House
	started atomic.Bool // the node has begun
	settled atomic.Bool // and what was awake is open again

	mu     sync.Mutex
	looked time.Time // zero = at the disk nobody has
	looks  bool      // somebody does now
	disk   error

	crowded time.Time // since when as many tenants are open as may be; zero = fewer are
}

// Ready makes the readiness of a house whose node has not begun.
func (h *House) Ready() *Readiness { return &Readiness{house: h} }

// Began says that the node has begun.
func (r *Readiness) Began() { r.started.Store(true) }

// health answers that the process lives: its actors answer. Whoever gets another
// answer, or none, may kill it.
func (r *Readiness) health(w http.ResponseWriter, request *http.Request) {
	ctx, cancel := context.WithTimeout(request.Context(), AnswerWithin)
	defer cancel()
	if err := r.house.Node.Answers(ctx); err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ok")
}

// serve answers whether the node can do its work, and what is missing else. Nothing
// of it gets better by a restart.
func (r *Readiness) serve(w http.ResponseWriter, request *http.Request) {
	ctx, cancel := context.WithTimeout(request.Context(), AnswerWithin)
	defer cancel()
	if lacks := r.Lacks(ctx); len(lacks) > 0 {
		http.Error(w, strings.Join(lacks, "\n"), http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ok")
}

// Lacks are the reasons why the node is not ready, in plain words.
func (r *Readiness) Lacks(ctx context.Context) (lacks []string) {
	h := r.house
	if h.Logins.Stopping().Err() != nil {
		return []string{"stopping: it ends as soon as what is under way is on disk"}
	}
	if err := h.Node.Answers(ctx); err != nil {
		return []string{err.Error()}
	}
	if !r.isStarted() {
		lacks = append(lacks, "starting: not all tenants are taken up yet")
	}
	if err := r.writes(ctx); err != nil {
		lacks = append(lacks, "disk: data_dir takes nothing: "+err.Error())
	}
	if a := h.admission; a.Held() >= a.Most() {
		lacks = append(lacks, fmt.Sprintf("behind: %d updates are not on disk yet, and limits.uncommitted_updates is %d", a.Held(), a.Most()))
	}
	if c, err := h.Node.Census(); err != nil {
		lacks = append(lacks, "registry: it can't be read: "+err.Error())
	} else if since := r.full(c, time.Now()); !since.IsZero() {
		lacks = append(lacks, fmt.Sprintf("open files: %d tenants are open, as many as may be, since %s; others wait. Raise limits.open_tenants, or the limit of files",
			c.Open, since.UTC().Format(time.RFC3339)))
	}
	if since := r.lost(); !since.IsZero() {
		lacks = append(lacks, "telegram: not reached since "+since.UTC().Format(time.RFC3339))
	}
	return lacks
}

// isStarted tells that all are opened that were to be at the start.
func (r *Readiness) isStarted() bool {
	switch {
	case r.settled.Load():
		return true
	case !r.started.Load() || r.house.Node.Opening() > 0:
		return false
	}
	if left, _ := r.house.Node.Unasked(); left > 0 {
		return false
	}
	r.settled.Store(true)
	return true
}

// fullAfter is how long as many tenants are open as may be before that counts.
const fullAfter = time.Minute

// full is since when no more tenants can be opened, as far as somebody has asked; zero =
// they can.
func (r *Readiness) full(c node.Census, now time.Time) time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case c.Most == 0 || c.Open < c.Most:
		r.crowded = time.Time{}
	case r.crowded.IsZero():
		r.crowded = now
	}
	if r.crowded.IsZero() || now.Sub(r.crowded) < fullAfter {
		return time.Time{}
	}
	return r.crowded
}

// lostAfter is how long nothing gets through to Telegram before that counts.
const lostAfter = time.Minute

// lost is since when Telegram can't be reached, as far as is known; zero = it can.
func (r *Readiness) lost() time.Time {
	since := r.house.Node.Unreached() // of a node that gets webhooks
	if since.IsZero() {
		since = r.house.Logins.Lost()
	}
	if time.Since(since) < lostAfter {
		return time.Time{}
	}
	return since
}

// writes tells whether the disk takes what is written, as of a moment ago.
func (r *Readiness) writes(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.looks && (r.looked.IsZero() || time.Since(r.looked) > diskAgain) {
		r.looks = true
		done := make(chan struct{})
		go func() {
			defer close(done)
			err := disk.Try(r.house.Config.DataDir)
			r.mu.Lock()
			defer r.mu.Unlock()
			r.disk, r.looked, r.looks = err, time.Now(), false
		}()
		r.mu.Unlock()
		select {
		case <-done:
		case <-ctx.Done():
		}
		r.mu.Lock()
	}
	if r.looks {
		return fmt.Errorf("a small write is not done within %s", AnswerWithin)
	}
	return r.disk
}
