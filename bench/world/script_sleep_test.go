package world

import (
	"errors"
	"time"

	"topicdesk/actors/tenant"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

// look reads the tenant's file and wakes nobody: where it sleeps, the file is nobody's.
func (s *scene) look(see func(store.Reads)) {
	if ref := s.stage.Node.Tenant(s.stage.Tenant); !ref.IsZero() {
		ref.Tell(tenant.Look{See: func(f tenant.Seen) { see(f.Reads) }})
		s.stage.RunFor(0)
		return
	}
	if s.row().State != registry.Asleep {
		return // between two openings
	}
	file, err := store.Open(s.stage.registry.TenantPath(s.stage.Tenant), store.Options{})
	must(err)
	see(file.Reads)
	must(errors.Join(file.Check(), file.Close()))
}

// row is what the registry has of the tenant.
func (s *scene) row() registry.Tenant {
	row, err := s.stage.registry.Tenant(s.stage.Tenant)
	must(err)
	return row
}

// state says whether the tenant sleeps, and when it wants to be woken.
func (s *scene) state(string) {
	row := s.row()
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
