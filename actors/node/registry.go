package node

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/registry"
)

// Registry is the node's file as running tenants use it: whose group is whose
// is kept in memory too, because it is asked for every message of a group.
type Registry struct {
	file  *registry.Registry
	alive time.Time // when the process before this one was last known to run; zero = none was

	mu     sync.RWMutex
	groups map[tenants.ChatID]tenants.TenantID
}

// NewRegistry reads the groups of an open registry.
func NewRegistry(file *registry.Registry) (*Registry, error) {
	groups, err := file.Groups()
	if err != nil {
		return nil, fmt.Errorf("read the groups: %w", err)
	}
	alive, err := file.Alive()
	if err != nil {
		return nil, fmt.Errorf("read when the last process ran: %w", err)
	}
	return &Registry{file: file, alive: alive, groups: groups}, nil
}

// SetAwake notes that a tenant's file may be written.
func (r *Registry) SetAwake(id tenants.TenantID) error { return r.file.SetAwake(id) }

// SetAsleep notes that a tenant's file is closed until due.
func (r *Registry) SetAsleep(id tenants.TenantID, due time.Time) error {
	return r.file.SetAsleep(id, due)
}

// ClaimGroup takes a group for a tenant; taken tells that another has it.
func (r *Registry) ClaimGroup(id tenants.TenantID, chat tenants.ChatID) (taken bool, err error) {
	err = r.file.ClaimGroup(id, chat)
	if errors.Is(err, registry.ErrTaken) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	r.mu.Lock()
	r.groups[chat] = id
	r.mu.Unlock()
	return false, nil
}

// Backend tells that a chat is the backend group of some tenant.
func (r *Registry) Backend(chat tenants.ChatID) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	_, ok := r.groups[chat]
	return ok
}
