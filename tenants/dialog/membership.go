package dialog

import (
	"topicdesk/tenants"
)

// Membership decides that the connection's standing in the client chat changed:
// blocked or back in a private dialog, thrown out or added in a group. It is told
// once, and the title shows it.
func Membership(s State, ev tenants.Membership, f Facts) Decision {
	d := begin(s, f)
	if s.Unreachable == !ev.Member {
		return Decision{}
	}
	d.stepIn()
	d.seeChat(ev.Chat)
	d.reach(ev.Member)
	return d.done()
}

// reach notes that the client can be reached, or no more, and says so in the
// topic if there is one.
func (d *draft) reach(reachable bool) {
	if d.s.Unreachable == !reachable {
		return
	}
	d.s.Unreachable = !reachable
	if !d.hasTopic() {
		return
	}
	switch {
	case reachable:
		d.note(noteBack)
	case d.s.Chat.Kind == tenants.Private:
		d.note(noteBlocked)
	default:
		d.note(noteOut)
	}
}
