package node

import (
	"log/slog"
	"sync"
	"time"

	"topicdesk/tenants"
)

// deafTold is the least time between two lines of the log about those that hear nothing.
const deafTold = time.Minute

// sameSilence is how far two silences that began and ended together may be apart: the
// longest poll, the longest pause, and the time from one look of the node to the next.
const sameSilence = 5 * time.Minute

// deafness is what listeners find out together. Mostly Telegram can't be reached for
// all of them at once: that is said once, and kept as one silence of the node.
type deafness struct {
	log *slog.Logger
	// silent keeps that nobody has received since then; covers tells that a silence
	// is kept already.
	silent func(since time.Time)
	covers func(since, until time.Time) bool

	mu      sync.Mutex
	sound   int       // ears that should hear
	heard   time.Time // when one of them last did, or the first one began
	failing int       // ears whose answers fail
	told    time.Time // when the log was last told so; zero = not since all hear
}

// join takes ears in that begin to listen.
func (d *deafness) join(ears []*ear) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, e := range ears {
		if e.login.Deaf {
			continue
		}
		if d.sound == 0 {
			d.heard = e.heard
		}
		d.sound++
	}
}

// fails notes that an answer failed, which words say to people. The log is told of what is more than one hiccup.
func (d *deafness) fails(e *ear, err error, words string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if e.ctx.Err() != nil {
		return
	}
	first := e.why == ""
	if first {
		d.failing++
	}
	e.why = words
	now := e.node.opt.System.Now()
	if since := now.Sub(d.told); first || since >= 0 && since < deafTold {
		return
	}
	d.told = now
	d.log.Warn("it can't be asked what has come for tenants that sleep", "logins", d.failing, "error", err)
}

// hears notes that Telegram has answered. alone tells that this login has heard nothing
// for so long that its people have to know, while others heard; then the time is kept
// for the tenant.
func (d *deafness) hears(e *ear, now time.Time) (alone bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.recovers(e)
	if !e.login.Deaf && e.ctx.Err() == nil {
		if now.Sub(d.heard) >= tenants.LateNote {
			d.silent(d.heard)
		}
		d.heard = now
	}
	if now.Sub(e.heard) >= tenants.LateNote && !d.covers(e.heard, now) {
		return true
	}
	e.heard = now
	return false
}

// recovers counts an ear out; the caller holds mu.
func (d *deafness) recovers(e *ear) {
	if e.why == "" {
		return
	}
	e.why = ""
	d.failing--
	if d.failing == 0 && !d.told.IsZero() {
		d.told = time.Time{}
		d.log.Info("it can be asked again what has come for tenants that sleep")
	}
}

// leave takes ears out that listen no more, and gives since when those hear nothing
// that fail, or could tell nobody yet.
func (d *deafness) leave(ears []*ear, now time.Time) map[tenants.ConnectionID]time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	var since map[tenants.ConnectionID]time.Time
	for _, e := range ears {
		if !e.login.Deaf {
			d.sound--
		}
		if e.why == "" && now.Sub(e.heard) < tenants.LateNote {
			continue
		}
		d.recovers(e)
		if since == nil {
			since = map[tenants.ConnectionID]time.Time{}
		}
		since[e.login.Connection] = e.heard
	}
	return since
}

// why is why one of some ears hears nothing; "" = all hear.
func (d *deafness) why(ears []*ear) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, e := range ears {
		if e.why != "" {
			return e.why
		}
	}
	return ""
}
