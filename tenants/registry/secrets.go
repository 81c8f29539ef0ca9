package registry

import (
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"topicdesk/tenants"
)

// SetSecret keeps a secret of a tenant, sealed. The tenant must exist.
func (r *Registry) SetSecret(tenant tenants.TenantID, name string, value []byte) error {
	_, err := r.change(putSecret, string(tenant), name, r.key.Seal(tenant, name, value))
	return about(secretName(tenant, name), err)
}

// SetToken keeps a bot's token as a secret of a tenant, which must exist. Error: ErrTaken
// if a token of the same bot is kept under another name or for another tenant, unless that
// is older than schema 5: every login has one process.
func (r *Registry) SetToken(tenant tenants.TenantID, name, token string) error {
	changed, err := r.change(`INSERT INTO secrets (tenant, name, sealed, bot) SELECT ?1, ?2, ?3, ?4
		WHERE ?4 = 0 OR NOT EXISTS (SELECT 1 FROM secrets WHERE bot = ?4 AND (tenant <> ?1 OR name <> ?2))
		ON CONFLICT (tenant, name) DO UPDATE SET sealed = excluded.sealed, bot = excluded.bot`,
		string(tenant), name, r.key.Seal(tenant, name, []byte(token)), int64(botOf(token)))
	if err == nil && changed == 0 {
		err = ErrTaken
	}
	return about(secretName(tenant, name), err)
}

// TokenOwner tells whose bot a token is of; "" = nobody's.
func (r *Registry) TokenOwner(token string) (owner tenants.TenantID, err error) {
	bot := botOf(token)
	if bot == 0 {
		return "", nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	err = r.db.QueryRow("SELECT tenant FROM secrets WHERE bot = ?", int64(bot)).Scan(&owner)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return owner, about("the owner of a bot", err)
}

// botOf is the number with which a token begins, which is the bot's (Bot API docs:
// 123456:ABC-DEF…); 0 = it is no token.
func botOf(token string) tenants.UserID {
	number, _, _ := strings.Cut(token, ":")
	bot, err := strconv.ParseInt(number, 10, 64)
	if err != nil || bot < 0 {
		return 0
	}
	return tenants.UserID(bot)
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
