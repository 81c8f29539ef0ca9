package connection

import (
	"errors"
	"time"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// refusedPause is how long a login that Telegram refuses asks for nothing: only
// somebody with a new token can help.
const refusedPause = 5 * time.Minute

// notKnown is why a login hears nothing that heard nothing before it was opened.
const notKnown = "not known yet"

// Hearing is how a login hears Telegram.
type Hearing struct {
	Since    time.Time // when it last heard something
	Why      string    // it hears nothing now, as Telegram or the network says it; "" = it hears
	Lasts    bool      // for so long, or for such a reason, that people should know
	Revoked  bool      // Telegram refuses the token
	Conflict bool      // another process has the updates, or a webhook
}

// Words are what the host's person is told, and what helps.
func (h Hearing) Words() string {
	switch {
	case h.Why == "":
		return "updates come again"
	case h.Revoked:
		return "Telegram refuses the token (" + h.Why + "); what goes through it waits. Set the new one: topicdesk tenant token"
	case h.Conflict:
		return "somebody else receives for this bot: " + h.Why + ". Stop the other program; this one goes on by itself"
	default:
		return "no updates come: " + h.Why
	}
}

// differs tells that somebody should hear of it who has heard the other.
func (h Hearing) differs(told Hearing) bool {
	return (h.Why == "") != (told.Why == "") || h.Lasts != told.Lasts || h.Revoked != told.Revoked || h.Conflict != told.Conflict
}

// failed waits before the next attempt: as long as Telegram says, else longer
// each time.
func (c *Connection) failed(err error) {
	c.retry = min(max(2*c.retry, retryFirst), retryMost)
	wait := c.retry
	h := Hearing{Since: c.heard, Why: err.Error()}
	var refused *telegram.ReceiveError
	if errors.As(err, &refused) {
		h.Conflict = refused.Conflict
		h.Revoked = refused.Outcome.Kind == tenants.Gone && refused.Outcome.Gone == tenants.GoneLogin
		if refused.Outcome.Kind == tenants.Flood {
			wait = refused.Outcome.After + time.Second
		}
	}
	if h.Revoked {
		c.refused, wait = c.now(), refusedPause
	}
	h.Lasts = h.Revoked || h.Conflict || c.now().Sub(c.heard) >= tenants.LateNote
	c.hears(h)
	c.receiveAfter(wait)
}

// hold has it ask seldom, or as usual again. What that may lose is told by whoever
// wanted it.
func (c *Connection) hold(on bool) {
	switch {
	case on == !c.held.IsZero():
	case on:
		c.held = c.now()
	default:
		c.held, c.heard = time.Time{}, c.now()
		if c.holding {
			c.again = time.Time{}
			c.receive()
		}
	}
}

// holds tells that it is not yet time to ask; it is asked then.
func (c *Connection) holds() bool {
	now := c.now()
	if c.holding = !c.held.IsZero() && now.Sub(c.held) < tenants.HoldPause; c.holding {
		c.receiveAfter(c.held.Add(tenants.HoldPause).Sub(now))
		return true
	}
	if !c.held.IsZero() {
		c.held, c.heard = now, now
	}
	return false
}

// loginRefused is a try that Telegram refused because of the login.
func (c *Connection) loginRefused() {
	c.refused = c.now()
	if !c.opt.Polls {
		c.heard = c.refused // nobody can tell whether updates come
	}
	c.hears(Hearing{Since: c.heard, Why: "Unauthorized", Lasts: true, Revoked: true})
}

// works notes that Telegram has answered.
func (c *Connection) works() {
	since := c.heard
	c.retry, c.refused, c.heard = 0, time.Time{}, c.now()
	if h := (Hearing{Since: since}); h.differs(c.trouble) || c.heard.Sub(since) >= tenants.LateNote {
		c.trouble = h
		c.opt.Trouble(h)
	}
}

// hears tells of trouble, if that is news.
func (c *Connection) hears(h Hearing) {
	if h.differs(c.trouble) {
		c.trouble = h
		c.opt.Trouble(h)
	}
}

// tellAgain tells once more how it hears, as it was told last.
func (c *Connection) tellAgain() {
	if c.trouble.Why != notKnown {
		c.opt.Trouble(c.trouble)
	}
}
