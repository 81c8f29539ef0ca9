package node

import (
	"log/slog"
	"sync"
	"time"

	"topicdesk/tenants"
)

// deafTold is the least time between two lines of the log about those that hear nothing.
const deafTold = time.Minute

// deafness is what listeners find out together. Mostly Telegram can't be reached for
// all of them at once, and that is said once.
type deafness struct {
	log *slog.Logger

	mu      sync.Mutex
	failing int       // ears whose answers fail
	told    time.Time // when the log was last told so; zero = not since all hear
}

// fails notes that an answer failed. The log is told of what is more than one hiccup.
func (d *deafness) fails(e *ear, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if e.ctx.Err() != nil {
		return
	}
	first := e.why == ""
	if first {
		d.failing++
	}
	e.why = err.Error()
	now := e.node.opt.System.Now()
	if since := now.Sub(d.told); first || since >= 0 && since < deafTold {
		return
	}
	d.told = now
	d.log.Warn("it can't be asked what has come for tenants that sleep", "logins", d.failing, "error", err)
}

// hears notes that Telegram has answered. late tells that it is so long since it did
// that people have to know; then the time is kept for the tenant.
func (d *deafness) hears(e *ear, now time.Time) (late bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.recovers(e)
	if now.Sub(e.heard) >= tenants.LateNote {
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
