package tenant

import (
	"topicdesk/actors/lane"
	"topicdesk/tenants"
)

// behind is a message whose facts depend on what is decided of the messages
// before it: what it replies to, what it edits, what became of the other parts
// of its album. It waits until those of its dialog are on disk.
type behind struct {
	waits bool // for all before it; else only for its turn
	run   func(lane.Route) error
	route lane.Route
}

// inTurn routes a message of a dialog at once, or behind those that are under
// way; run looks its facts up and tells its owner.
func (t *Tenant) inTurn(s *slot, id tenants.DialogID, rt *route, waits bool, run func(lane.Route) error) error {
	rt.dialog = id
	r := t.begin(rt)
	if len(s.behind) > 0 || (waits && s.pending > 1) {
		s.behind = append(s.behind, behind{waits: waits, run: run, route: r})
		return nil
	}
	return run(r)
}

// resume lets messages go whose turn it is, in the transaction that settled what
// they waited for.
func (t *Tenant) resume(s *slot) error {
	for len(s.behind) > 0 {
		b := s.behind[0]
		if b.waits && s.pending > len(s.behind) {
			return nil
		}
		s.behind = s.behind[1:]
		if err := b.run(b.route); err != nil {
			return err
		}
	}
	return nil
}
