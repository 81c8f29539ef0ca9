package login

import (
	"fmt"

	"topicdesk/tenants"
)

// Key names one login of the node.
type Key struct {
	Tenant     tenants.TenantID
	Connection tenants.ConnectionID
}

// TokenName is the name of a connection's sealed token in the registry.
func TokenName(c tenants.ConnectionID) string { return fmt.Sprintf("connection/%d/token", c) }

// TokenForms are the forms of all tokens' names (registry.CountSecrets).
var TokenForms = []string{"connection/*/token", "helper/*/token"}

// HelperName is the name of a helper's sealed token in the registry: a bot that is
// found under it is asked only for how it stands in groups.
func HelperName(c tenants.ConnectionID) string { return fmt.Sprintf("helper/%d/token", c) }

// Named is the connection of which a secret of that name is the token, or the helper's.
func Named(name string) (c tenants.ConnectionID, ok bool) {
	for _, form := range []string{"connection/%d/token", "helper/%d/token"} {
		if n, err := fmt.Sscanf(name, form, &c); n == 1 && err == nil {
			return c, true
		}
	}
	return 0, false
}
