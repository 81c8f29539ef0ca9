package node

import (
	"context"
	"fmt"
	"runtime"

	"topicdesk/actors/connection"
	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// callGateway does one try. A gateway that panics has perhaps sent: nobody knows.
func callGateway(login func(tenants.ConnectionID) telegram.Gateway, order connection.Order) (outcome tenants.Outcome) {
	defer func() {
		if r := recover(); r != nil {
			outcome = tenants.Outcome{Kind: tenants.Unsure, Why: "the gateway crashed: " + harmless(r)}
		}
	}()
	g := login(order.Connection)
	if g == nil {
		return tenants.Outcome{Kind: tenants.Gone, Gone: tenants.GoneLogin, Why: "the login is not set up"}
	}
	return g.Try(context.Background(), order.Key, order.Call)
}

// harmless is what may be kept of a panic that a library has raised: Go's own errors
// quote nothing, of anything else the type, because it may hold a token.
func harmless(panicked any) string {
	if err, ok := panicked.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("a %T", panicked)
}
