package node

import (
	"context"
	"fmt"
	"runtime"

	"topicdesk/actors"
	"topicdesk/actors/connection"
	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// callGateway does one try.
func callGateway(login func(tenants.ConnectionID) telegram.Gateway, order connection.Order) tenants.Outcome {
	g := login(order.Connection)
	if g == nil {
		return tenants.Outcome{Kind: tenants.Gone, Gone: tenants.GoneLogin, Why: "the login is not set up"}
	}
	return g.Try(context.Background(), order.Key, order.Call)
}

// crashedTry is the outcome of a try that panicked: perhaps it has sent, nobody knows.
func crashedTry(c actors.Crash) tenants.Outcome {
	return tenants.Outcome{Kind: tenants.Unsure, Why: "the gateway crashed: " + harmless(c.Reason)}
}

// harmless is what may be kept of a panic that a library has raised: Go's own errors
// quote nothing, of anything else the type, because it may hold a token.
func harmless(panicked any) string {
	if err, ok := panicked.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("a %T", panicked)
}
