package node

import (
	"context"
	"errors"
	"strings"
	"testing"

	"topicdesk/actors"
	"topicdesk/actors/connection"
	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// bomb is a gateway that panics.
type bomb struct {
	telegram.Gateway
	with func()
}

func (b bomb) Try(context.Context, tenants.SendKey, telegram.Call) tenants.Outcome {
	b.with()
	return tenants.Outcome{}
}

// TestGatewayPanics: nobody knows whether it has sent, and what it says of the panic
// holds no token.
func TestGatewayPanics(t *testing.T) {
	const token = "123456789:AAFwrongwrongwrongwrongwrongwrong00"
	for name, c := range map[string]struct {
		with func()
		says string
	}{
		"a text":     {func() { panic("post https://api.telegram.org/bot" + token) }, "a string"},
		"an error":   {func() { panic(errors.New(token)) }, "a *errors.errorString"},
		"Go's error": {func() { panic(mustFail(nil)) }, "index out of range [3] with length 0"},
	} {
		t.Run(name, func(t *testing.T) {
			var got tenants.Outcome
			actors.Guard(func() {
				got = callGateway(func(tenants.ConnectionID) telegram.Gateway { return bomb{with: c.with} }, connection.Order{})
			}, func(c actors.Crash) { got = crashedTry(c) })
			if got.Kind != tenants.Unsure || strings.Contains(got.Why, "AAF") || !strings.HasSuffix(got.Why, c.says) {
				t.Errorf("%+v", got)
			}
		})
	}
}

func mustFail(list []int) int { return list[3] }
