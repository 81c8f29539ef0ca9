package house

import (
	"context"
	"fmt"

	"topicdesk/actors/login"
	"topicdesk/tenants"
)

// halt stops a tenant, by set, and takes its webhooks off; or lets it go on.
func (h *House) halt(ctx context.Context, id tenants.TenantID, stopped bool, set func() error) (lines []string, err error) {
	if err := set(); err != nil || !stopped {
		return nil, err
	}
	names, err := h.Registry.SecretNames(id)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		c, ok := login.Named(name)
		if !ok {
			continue
		}
		if err := h.Logins.Unhook(ctx, login.Key{Tenant: id, Connection: c}); err != nil {
			lines = append(lines, fmt.Sprintf("the webhook of connection %d could not be taken off; Telegram goes on calling it: %s", c, login.Reason(err)))
		}
	}
	return lines, nil
}
