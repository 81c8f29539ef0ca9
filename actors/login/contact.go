package login

import (
	"context"
	"errors"
	"sync"
	"time"

	"topicdesk/actors/meter"
	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// contact is whether questions for updates reach Telegram, of all logins together.
type contact struct {
	mu    sync.Mutex
	since time.Time // when the first of those failed that none has followed which got through; zero = the last did
}

// note takes over how a question ended, and counts what went wrong.
func (c *contact) note(err error, now time.Time, m *meter.Meter) {
	kind := deafness(err)
	if errors.Is(err, context.Canceled) {
		return // nobody wants to know any more
	}
	if kind != "" {
		m.Deaf(kind)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case kind != meter.Unreachable:
		c.since = time.Time{}
	case c.since.IsZero():
		c.since = now
	}
}

// lost is since when nothing gets through; zero = something does.
func (c *contact) lost() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.since
}

// deafness is why a question for updates failed, in the words of the meter; "" = it
// did not.
func deafness(err error) string {
	var refused *telegram.ReceiveError
	switch {
	case err == nil:
		return ""
	case !errors.As(err, &refused):
		return meter.Unreachable
	case refused.Conflict:
		return meter.Conflict
	case refused.Outcome.Kind == tenants.Flood:
		return meter.Flooded
	case refused.Outcome.Kind == tenants.Gone && refused.Outcome.Gone == tenants.GoneLogin:
		return meter.Revoked
	default:
		return meter.Unreachable
	}
}
