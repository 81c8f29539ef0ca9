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
	// ask asks Telegram what the message needs to be decided, and calls back when
	// that is known; false = nothing has to be asked. nil = never.
	ask   func(known func() error) (bool, error)
	asked bool // it has been; all behind it wait
	run   func(lane.Route) error
	route lane.Route
}

// inTurn routes a message of a dialog at once, or behind those that are under
// way; run looks its facts up and tells its owner.
func (t *Tenant) inTurn(s *slot, id tenants.DialogID, rt *route, waits bool, run func(lane.Route) error) error {
	return t.queue(s, id, rt, behind{waits: waits, run: run})
}

// queue is inTurn for what may have to ask Telegram first.
func (t *Tenant) queue(s *slot, id tenants.DialogID, rt *route, b behind) error {
	rt.dialog = id
	b.route = t.begin(rt)
	s.behind = append(s.behind, b)
	return t.resume(s)
}

// resume lets messages go whose turn it is, in the transaction that settled what
// they waited for. In one that ends the opening none goes: the next opening gets them
// again.
func (t *Tenant) resume(s *slot) error {
	for len(s.behind) > 0 && !s.asking && !t.rebind {
		b := &s.behind[0]
		if b.waits && s.pending > len(s.behind) {
			return nil
		}
		if b.ask != nil && !b.asked {
			b.asked = true
			asks, err := b.ask(func() error {
				s.asking = false
				return t.resume(s)
			})
			if err != nil {
				return err
			}
			s.asking = asks
			continue
		}
		run, route := b.run, b.route
		s.behind = s.behind[1:]
		if err := run(route); err != nil {
			return err
		}
	}
	return nil
}
