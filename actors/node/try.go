package node

import (
	"context"
	"fmt"

	"topicdesk/actors/connection"
	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// callGateway does one try. A gateway that panics has perhaps sent: nobody knows.
func callGateway(login func(tenants.ConnectionID) telegram.Gateway, order connection.Order) (outcome tenants.Outcome) {
	defer func() {
		if r := recover(); r != nil {
			outcome = tenants.Outcome{Kind: tenants.Unsure, Why: fmt.Sprintf("the gateway crashed: %v", r)}
		}
	}()
	g := login(order.Connection)
	if g == nil {
		return tenants.Outcome{Kind: tenants.Gone, Gone: tenants.GoneLogin, Why: "the login is not set up"}
	}
	return g.Try(context.Background(), order.Key, order.Call)
}
