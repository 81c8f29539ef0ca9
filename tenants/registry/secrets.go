package registry

import (
	"database/sql"
	"errors"
	"fmt"

	"topicdesk/tenants"
)

// SetSecret keeps a secret of a tenant, for example a connection's token,
// sealed. The tenant must exist.
func (r *Registry) SetSecret(tenant tenants.TenantID, name string, value []byte) error {
	_, err := r.change(putSecret, string(tenant), name, r.key.Seal(tenant, name, value))
	return about(secretName(tenant, name), err)
}

// Secret reads a secret. Errors: ErrUnknown, ErrSealed.
func (r *Registry) Secret(tenant tenants.TenantID, name string) ([]byte, error) {
	sealed, err := r.sealed(tenant, name)
	if err != nil {
		return nil, about(secretName(tenant, name), err)
	}
	value, err := r.key.Reveal(tenant, name, sealed)
	return value, about(secretName(tenant, name), err)
}

func (r *Registry) sealed(tenant tenants.TenantID, name string) (sealed []byte, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	err = r.db.QueryRow("SELECT sealed FROM secrets WHERE tenant = ? AND name = ?", string(tenant), name).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrUnknown
	}
	return sealed, err
}

// CountSecrets is how many secrets of all tenants have a name of one of the forms,
// in which * stands for anything.
func (r *Registry) CountSecrets(forms ...string) (count int, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, form := range forms {
		var n int
		if err := r.db.QueryRow("SELECT count(*) FROM secrets WHERE name GLOB ?", form).Scan(&n); err != nil {
			return 0, fmt.Errorf("count secrets: %w", err)
		}
		count += n
	}
	return count, nil
}

// SecretNames lists the names of a tenant's secrets.
func (r *Registry) SecretNames(tenant tenants.TenantID) (names []string, err error) {
	err = r.each(func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		names = append(names, name)
		return err
	}, "SELECT name FROM secrets WHERE tenant = ? ORDER BY name", string(tenant))
	return names, about("secrets of tenant "+string(tenant), err)
}

// RemoveSecret forgets a secret; an unknown one is no error.
func (r *Registry) RemoveSecret(tenant tenants.TenantID, name string) error {
	_, err := r.change("DELETE FROM secrets WHERE tenant = ? AND name = ?", string(tenant), name)
	return about(secretName(tenant, name), err)
}

func secretName(tenant tenants.TenantID, name string) string {
	return fmt.Sprintf("secret %s of tenant %s", name, tenant)
}
