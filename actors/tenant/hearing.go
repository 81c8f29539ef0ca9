package tenant

import (
	"fmt"
	"slices"
	"time"

	"topicdesk/actors/connection"
	"topicdesk/actors/lane"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/pace"
	"topicdesk/tenants/store"
)

// lastHeard is when a connection that is opened last heard Telegram, as far as it
// is known.
func (t *Tenant) lastHeard(c tenants.ConnectionID, polls bool) (since time.Time, err error) {
	l := t.logins[c]
	if l.hears, err = t.store.Hearing(c); err != nil {
		return since, err
	}
	if since = l.hears.Deaf; since.IsZero() {
		if since, err = t.unasked(c); err != nil {
			return since, err
		}
	}
	if at, ok := t.opt.Heard[c]; ok && at.Before(since) {
		since = at
	}
	if l.polls = polls; !polls && !t.opt.Away.IsZero() {
		l.silent = since
	}
	return since, nil
}

// unasked is since when nobody has received for a connection; now = somebody has.
func (t *Tenant) unasked(c tenants.ConnectionID) (time.Time, error) {
	now := t.now()
	if t.opt.Away.IsZero() || now.Sub(t.opt.Away) < tenants.LateNote {
		return now, nil
	}
	return t.heardSince(c, t.opt.Away)
}

// heardSince is a moment, or a later one at which a connection is known to have heard.
func (t *Tenant) heardSince(c tenants.ConnectionID, since time.Time) (time.Time, error) {
	seen, err := t.reads().LastSeen(c)
	if err != nil {
		return since, fmt.Errorf("read the last update: %w", err)
	}
	for _, at := range []time.Time{seen, t.logins[c].hears.Heard, t.logins[c].row.Created} {
		if at.After(since) {
			since = at
		}
	}
	return since, nil
}

// Silence is a time in which nobody received for a connection.
type Silence struct {
	Connection   tenants.ConnectionID
	Since, Until time.Time
}

// sleptThrough tells the groups what nobody received while the tenant slept.
func (t *Tenant) sleptThrough() error {
	for _, s := range t.slept {
		l := t.logins[s.Connection]
		if l == nil || !l.row.Active || !l.hears.Deaf.IsZero() {
			continue // of one that hears nothing still, more is told when it does
		}
		since, err := t.heardSince(s.Connection, s.Since)
		if err != nil {
			return err
		}
		if s.Until.Sub(since) < tenants.LateNote {
			continue
		}
		if err := t.wasSilent(s.Connection, since, s.Until); err != nil {
			return err
		}
	}
	return nil
}

// reached tells the groups of connections that get webhooks, as polls do for others.
func (t *Tenant) reached(m Reached) error {
	for _, id := range t.order {
		l, since := t.logins[id], m.Since
		if l.polls || l.ref.IsZero() {
			continue
		}
		if !l.silent.IsZero() { // found out before what comes now had come
			since, l.silent = l.silent, time.Time{}
		}
		if err := t.trouble(Trouble{id, connection.Hearing{Since: since}}); err != nil {
			return err
		}
	}
	return nil
}

// trouble takes note of how a connection hears. What lasts is remembered; when it
// hears again after a while, its group is told what that means.
func (t *Tenant) trouble(m Trouble) error {
	l, h := t.logins[m.Connection], m.Hearing
	shaky := h.Why != "" && !h.Lasts
	if shaky && l.shaky && !l.asked.IsZero() {
		return nil // as was known
	}
	l.shaky, l.asked = shaky, time.Time{}
	t.later(func() { t.opt.Host.Tell(Notice{Connection: m.Connection, Text: h.Words()}) })
	switch {
	case h.Why == "":
		return t.hearsAgain(m.Connection, h.Since)
	case !h.Lasts:
		return nil
	}
	now := store.Hearing{Deaf: l.hears.Deaf, Why: h.Words(), Heard: l.hears.Heard}
	if now.Deaf.IsZero() {
		now.Deaf = h.Since
	}
	news := now.Why != l.hears.Why
	l.hears = now
	if err := t.tx.SetHearing(m.Connection, now); err != nil || !h.Revoked || !news {
		return err
	}
	return t.tellRevoked(m.Connection)
}

// shaky tells that of a connection it is not known whether it hears.
func (t *Tenant) shaky() bool {
	return slices.ContainsFunc(t.order, func(id tenants.ConnectionID) bool { return t.logins[id].shaky })
}

// askHearing asks connections of which it is not known whether they hear: what they
// told may be lost, and a tenant does not fall asleep before it knows.
func (t *Tenant) askHearing(now time.Time) {
	for _, id := range t.order {
		if l := t.logins[id]; l.shaky && now.Sub(l.asked) >= tenants.SettleWithin {
			l.asked = now
			t.later(func() { l.ref.Tell(connection.Hears{}) })
		}
	}
}

// hearsAgain ends a time in which a connection heard nothing.
func (t *Tenant) hearsAgain(c tenants.ConnectionID, since time.Time) error {
	l, now := t.logins[c], t.now()
	if !l.hears.Deaf.IsZero() && l.hears.Deaf.Before(since) {
		since = l.hears.Deaf
	}
	if l.hears.Heard.After(since) {
		since = l.hears.Heard
	}
	long := now.Sub(since) >= tenants.LateNote
	if !long && l.hears.Deaf.IsZero() {
		return nil
	}
	return t.wasSilent(c, since, now)
}

// wasSilent notes that a connection hears after a while, and tells its group if it was
// long.
func (t *Tenant) wasSilent(c tenants.ConnectionID, since, until time.Time) error {
	l := t.logins[c]
	long := until.Sub(since) >= tenants.LateNote
	l.hears = store.Hearing{Heard: until}
	if err := t.tx.SetHearing(c, l.hears); err != nil || !long || l.row.Group.ID == 0 || l.row.Helps != 0 {
		return err
	}
	who := l.row.Username
	if len(t.order) == 1 {
		who = ""
	}
	d := dialog.Silence(c, l.row.Group.ID, who, since, until, t.now(), t.voice(c))
	return t.commit(lane.Commit{By: lane.Decider{Kind: lane.ByTenant}, Decision: d})
}

// tellRevoked has another connection of the group say that a token is refused.
func (t *Tenant) tellRevoked(c tenants.ConnectionID) error {
	group := t.logins[c].row.Group.ID
	speaker, to := t.speaker(c, group)
	if speaker == c || group == 0 {
		return nil // nobody else can: the host is told
	}
	d := dialog.Revoked(speaker, to, t.logins[c].row.Username, t.now(), t.voice(speaker))
	return t.commit(lane.Commit{By: lane.Decider{Kind: lane.ByTenant}, Decision: d})
}

// renew ends the opening: the next one has the login with its new token, and
// nothing that was held back because of the old one waits any longer.
func (t *Tenant) renew(m Renew) error {
	if t.logins[m.Connection] == nil {
		t.later(func() { m.Reply.Send(fmt.Errorf("there is no connection %d", m.Connection)) })
		return nil
	}
	if err := ResumeLogin(t.tx, t.opt.Rules, m.Connection, t.now()); err != nil {
		return err
	}
	t.rebind = true
	t.later(func() { m.Reply.Send(nil) })
	return nil
}

// ResumeLogin ends all pauses of a connection.
func ResumeLogin(tx *store.Tx, rules Rules, c tenants.ConnectionID, now time.Time) error {
	if err := tx.ResumeLogin(c); err != nil {
		return fmt.Errorf("resume what waits: %w", err)
	}
	all, err := tx.Budgets()
	if err != nil {
		return fmt.Errorf("read the budgets: %w", err)
	}
	for of, state := range all {
		if of.Connection != c {
			continue
		}
		limits := rules.Group
		if of.Chat > 0 {
			limits = rules.Private
		}
		b, err := pace.DecodeBudget(state, now, limits)
		if err != nil {
			return err
		}
		b.Resume()
		if err := tx.PutBudget(of, b.Encode()); err != nil {
			return fmt.Errorf("write a budget: %w", err)
		}
	}
	return nil
}
