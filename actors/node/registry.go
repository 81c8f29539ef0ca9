package node

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"topicdesk/actors/tenant"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
)

// Registry is the node's file as running tenants use it: whose group is whose
// is kept in memory too, because it is asked for every message of a group.
type Registry struct {
	file  *registry.Registry
	alive time.Time // when the process before this one was last known to run; zero = none was

	mu      sync.RWMutex
	groups  map[tenants.ChatID]tenants.TenantID
	stopped map[tenants.TenantID]bool // by the host
	held    map[tenants.TenantID]bool // closed for a moment, as their files are replaced
	silence []registry.Silence        // the earliest first
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
	all, err := file.Tenants()
	if err != nil {
		return nil, fmt.Errorf("read the tenants: %w", err)
	}
	silences, err := file.Silences()
	if err != nil {
		return nil, fmt.Errorf("read the silences: %w", err)
	}
	r := &Registry{
		silence: silences,
		file:    file, alive: alive, groups: groups, stopped: map[tenants.TenantID]bool{}, held: map[tenants.TenantID]bool{},
	}
	for _, t := range all {
		if t.Stopped {
			r.stopped[t.ID] = true
		}
	}
	return r, nil
}

// setAwake notes that a tenant's file may be written. slept is what its logins have
// slept through; of several silences the longest.
func (r *Registry) setAwake(id tenants.TenantID) (slept []tenant.Silence, err error) {
	logins, err := r.file.Logins(id)
	if err != nil {
		return nil, err
	}
	if err := r.file.SetAwake(id); err != nil {
		return nil, err
	}
	for _, l := range logins {
		if s := r.longestSince(l.Heard); s.Since.Before(s.Until) {
			slept = append(slept, tenant.Silence{Connection: l.Connection, Since: s.Since, Until: s.Until})
		}
	}
	return slept, nil
}

// longestSince is the longest silence that ended after a moment; zero = none did.
func (r *Registry) longestSince(moment time.Time) (longest registry.Silence) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for i := len(r.silence) - 1; i >= 0 && r.silence[i].Until.After(moment); i-- {
		if s := r.silence[i]; s.Until.Sub(s.Since) > longest.Until.Sub(longest.Since) {
			longest = s
		}
	}
	return longest
}

// lastSilence is the last one that is remembered.
func (r *Registry) lastSilence() (last registry.Silence, ok bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if len(r.silence) == 0 {
		return last, false
	}
	return r.silence[len(r.silence)-1], true
}

// addSilence remembers that nothing was received for a while.
func (r *Registry) addSilence(s registry.Silence, all bool) error {
	if err := r.file.AddSilence(s, all); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.silence = append(r.silence, s)
	return nil
}

// setAsleep notes that a tenant's file is closed, and what it has left.
func (r *Registry) setAsleep(id tenants.TenantID, e tenant.End) error {
	logins := make([]registry.Login, 0, len(e.Logins))
	for _, l := range e.Logins {
		logins = append(logins, registry.Login(l))
	}
	return r.file.SetAsleep(id, e.Due, logins)
}

// SetStopped notes that nothing opens a tenant any more, or that it may be opened.
func (r *Registry) SetStopped(id tenants.TenantID, stopped bool) error {
	if err := r.file.SetStopped(id, stopped); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if delete(r.stopped, id); stopped {
		r.stopped[id] = true
	}
	return nil
}

// hold has nothing open a tenant until release; false = somebody else holds it.
func (r *Registry) hold(id tenants.TenantID) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.held[id] {
		return false
	}
	r.held[id] = true
	return true
}

// release lets a tenant that is held be opened again.
func (r *Registry) release(id tenants.TenantID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.held, id)
}

// forget lets go of what is remembered of a tenant that is not there any more.
func (r *Registry) forget(id tenants.TenantID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.stopped, id)
	for chat, owner := range r.groups {
		if owner == id {
			delete(r.groups, chat)
		}
	}
}

// mayOpen tells whether a tenant may be opened: ErrStopped, ErrFull for the moment.
func (r *Registry) mayOpen(id tenants.TenantID) error {
	r.mu.RLock()
	defer r.mu.RUnlock()
	switch {
	case r.stopped[id]:
		return ErrStopped
	case r.held[id]:
		return ErrFull
	default:
		return nil
	}
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

// Claim takes a group for a tenant; taken tells that another has it.
func (n *Node) Claim(id tenants.TenantID, chat tenants.ChatID) (taken bool, err error) {
	return n.opt.Registry.ClaimGroup(id, chat)
}

// Backend tells that a chat is the backend group of some tenant.
func (r *Registry) Backend(chat tenants.ChatID) bool {
	_, ok := r.GroupOf(chat)
	return ok
}

// GroupOf is the tenant of whom a chat is the backend group; ok is false if it is
// nobody's.
func (r *Registry) GroupOf(chat tenants.ChatID) (owner tenants.TenantID, ok bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	owner, ok = r.groups[chat]
	return owner, ok
}

// due reads who is due, and if nobody is, when the next will be.
func (r *Registry) due(now time.Time) (ids []tenants.TenantID, next time.Time, err error) {
	if ids, err = r.file.Due(now, dueAtOnce); err != nil || len(ids) > 0 {
		return ids, next, err
	}
	next, err = r.file.NextDue()
	return nil, next, err
}
