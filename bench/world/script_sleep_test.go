package world

import (
	"time"

	"topicdesk/tenants/registry"
)

// state says whether the tenant sleeps, and when it wants to be woken.
func (s *scene) state(string) {
	row := s.stage.row()
	switch {
	case row.Stopped && row.State == registry.Asleep:
		s.say("stopped")
	case row.State == registry.Awake:
		s.say("awake")
	case row.Due.IsZero():
		s.say("asleep")
	default:
		s.say("asleep, due in %s", row.Due.Sub(s.stage.Sched.now).Round(time.Minute))
	}
}
