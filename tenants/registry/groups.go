package registry

import (
	"database/sql"
	"errors"
	"fmt"

	"topicdesk/tenants"
)

// ClaimGroup gives a Telegram group to a tenant; claiming one's own again is no
// error. Error: ErrTaken if it is another tenant's, without its name: the two
// do not know each other.
func (r *Registry) ClaimGroup(tenant tenants.TenantID, chat tenants.ChatID) error {
	// One statement, so that of two claims one wins.
	changed, err := r.change(`INSERT INTO groups (chat, tenant) VALUES (?1, ?2)
		ON CONFLICT (chat) DO UPDATE SET tenant = ?2 WHERE tenant = ?2`, int64(chat), string(tenant))
	if err == nil && changed == 0 {
		err = ErrTaken
	}
	return about(groupName(chat), err)
}

// ReleaseGroup takes a group from a tenant; one that is not its own stays.
func (r *Registry) ReleaseGroup(tenant tenants.TenantID, chat tenants.ChatID) error {
	_, err := r.change("DELETE FROM groups WHERE chat = ? AND tenant = ?", int64(chat), string(tenant))
	return about(groupName(chat), err)
}

// GroupOwner tells whose group a chat is; "" = nobody's. A backend group of any
// tenant of the node is never a client chat.
func (r *Registry) GroupOwner(chat tenants.ChatID) (owner tenants.TenantID, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	err = r.db.QueryRow("SELECT tenant FROM groups WHERE chat = ?", int64(chat)).Scan(&owner)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return owner, about(groupName(chat), err)
}

// Groups lists all backend groups of the node with their tenants.
func (r *Registry) Groups() (map[tenants.ChatID]tenants.TenantID, error) {
	all := map[tenants.ChatID]tenants.TenantID{}
	err := r.each(func(rows *sql.Rows) error {
		var chat tenants.ChatID
		var tenant tenants.TenantID
		err := rows.Scan(&chat, &tenant)
		all[chat] = tenant
		return err
	}, "SELECT chat, tenant FROM groups")
	return all, err
}

func groupName(chat tenants.ChatID) string { return fmt.Sprintf("group %d", chat) }
