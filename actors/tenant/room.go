package tenant

import (
	"time"

	"topicdesk/actors/group"
	"topicdesk/actors/lane"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// crowded tells that a dialog without a topic can't get one now: too many did in
// the last hour, those included that are being decided. A wave is told in
// General once an hour.
func (t *Tenant) crowded(c tenants.ConnectionID, d tenants.DialogID) (bool, error) {
	limit := t.opt.Rules.TopicsPerHour
	row, err := t.tx.Topic(d)
	if err != nil || limit == 0 || row != nil && row.Thread != 0 {
		return false, err
	}
	n, err := t.tx.AskedSince(t.now().Add(-time.Hour))
	if err != nil {
		return false, err
	}
	for _, id := range t.unstored {
		if s := t.slots[id]; n < limit && id != d && s != nil && s.pending > 0 {
			n++
		}
	}
	if n < limit {
		return false, nil
	}
	return true, t.tellCrowd(c, limit)
}

func (t *Tenant) tellCrowd(c tenants.ConnectionID, limit int) error {
	home := t.logins[c].row.Group.ID
	if home == 0 {
		return nil
	}
	kept, err := t.tx.GroupFacts(home)
	if err != nil || t.now().Sub(kept.Crowded) < time.Hour {
		return err
	}
	kept.Crowded = t.now()
	if err := t.tx.PutGroupFacts(home, kept); err != nil {
		return err
	}
	t.opt.Log.Warn("too many new dialogs: further ones go into the waiting room", "tenant", t.opt.ID, "connection", c, "limit", limit)
	return t.commit(lane.Commit{By: lane.Decider{Kind: lane.ByTenant}, Decision: dialog.Crowd(c, home, limit, t.now(), t.voice(c))})
}

// makeRoom asks for a group's waiting room, unless it is being made.
func (t *Tenant) makeRoom(c tenants.ConnectionID, home tenants.ChatID) error {
	asked, err := t.tx.OpeningRoom(home)
	if err != nil || asked {
		return err
	}
	return t.commit(lane.Commit{By: lane.Decider{Kind: lane.ByTenant}, Decision: dialog.OpenRoom(c, home, t.now(), t.voice(c))})
}

// roomFacts adds what is known of a group's waiting room.
func (t *Tenant) roomFacts(f *dialog.Facts, home tenants.ChatID) error {
	kept, err := t.tx.GroupFacts(home)
	if err != nil {
		return err
	}
	f.Room = kept.Room
	f.RoomAsked, err = t.tx.OpeningRoom(home)
	return err
}

// ofRoom finds the dialog that a message in a waiting room is about, perhaps in
// one that has been deleted meanwhile: that of the message to which it replies,
// or of an answer that was edited; 0 = nobody's.
func (t *Tenant) ofRoom(m tenants.Message) (tenants.DialogID, error) {
	if m.Content.Kind == tenants.KindService {
		return 0, nil
	}
	for _, ref := range []tenants.MessageRef{m.ReplyTo, m.Ref()} {
		if id, err := t.tx.DialogOfAnswer(ref); err != nil || id != 0 {
			return id, err
		}
	}
	return 0, nil
}

// roomPatience is how long a reply in a waiting room waits for the outcome of what
// it may reply to: people are faster than answers. roomLook is how often it looks.
const (
	roomPatience = 15 * time.Second
	roomLook     = time.Second
)

// roomBusy tells that a message replies to something unknown, and that something
// is on its way into the waiting room of which the number is not known yet.
func (t *Tenant) roomBusy(m tenants.Message, rt *route) bool {
	if m.ReplyTo.IsZero() || m.Own || t.now().Sub(rt.since) > roomPatience {
		return false
	}
	if inside, err := t.tx.IsInside(m.ReplyTo); err != nil || inside {
		return false
	}
	for id := range t.tries {
		row, err := t.tx.Job(id)
		if err != nil || row == nil || row.Job.Chat != m.Chat.ID {
			continue
		}
		if s, ok := row.Job.Effect.(*dialog.Send); ok && s.Room == m.Thread {
			return true
		}
	}
	return false
}

// behindOther tells that an earlier update waits: order is kept.
func (t *Tenant) behindOther(rt *route) bool {
	for r := range t.postponed {
		if other := t.routes[r]; other != nil && (other.since.Before(rt.since) || other.since.Equal(rt.since) && other.update < rt.update) {
			return true
		}
	}
	return false
}

// postpone lets an update wait a moment before it is routed once more. Until it
// is settled Telegram keeps it.
func (t *Tenant) postpone(rt *route, again func() error) {
	r := t.begin(rt)
	t.postponed[r] = again
	t.opt.System.After(roomLook, func() { t.self.Tell(Postponed{Route: r}) })
}

// resumed routes an update that was postponed.
func (t *Tenant) resumed(m Postponed) error {
	rt, again := t.routes[m.Route], t.postponed[m.Route]
	if rt == nil || again == nil {
		return nil
	}
	t.current = rt.key
	delete(t.routes, m.Route)
	delete(t.postponed, m.Route)
	delete(t.byUpdate, rt.key)
	twins := rt.twins
	rt.twins = nil
	if err := again(); err != nil {
		return err
	}
	if _, under := t.byUpdate[rt.key]; under {
		rt.twins = twins
		twins = nil
	}
	for _, b := range append(twins, rt.batch) {
		if err := t.settleOne(b); err != nil {
			return err
		}
	}
	return nil
}

// roomMade lets go what waited for a waiting room.
func (t *Tenant) roomMade(c *dialog.RoomChange) {
	if c.Thread == 0 {
		return
	}
	g := t.groups[c.Group]
	t.later(func() { g.Tell(group.RoomMade{}) })
}

// remindRoom asks again for the waiting room that a dialog's first job waits for.
func (t *Tenant) remindRoom(id tenants.DialogID, c tenants.ConnectionID) (waits, missing bool, err error) {
	state, err := t.tx.Dialog(id)
	if err != nil || state == nil || !state.Rare.Room {
		return false, false, err
	}
	kept, err := t.tx.GroupFacts(state.Group)
	if err != nil || kept.Room != 0 {
		return true, false, err
	}
	return true, true, t.makeRoom(c, state.Group)
}
