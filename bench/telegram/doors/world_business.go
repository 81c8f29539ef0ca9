package doors

import (
	"encoding/json"
	"fmt"

	sim "topicdesk/bench/telegram"
)

// businessRoutes put bots into people's accounts.
var businessRoutes = []route{
	look("/world/business", func(w *sim.World, q *query) (any, error) {
		b, ok := w.BusinessOf(q.id("as"))
		if !ok {
			return nil, fmt.Errorf("there is no bot in the account")
		}
		return b, nil
	}),
	act("/world/business", setBusiness),
}

type business struct {
	As     int64           `json:"as"`
	Bot    int64           `json:"bot"` // connect
	Do     string          `json:"do"`  // connect, disconnect
	Rights json.RawMessage `json:"rights"`
	Only   []int64         `json:"only"`
	Except []int64         `json:"except"`
}

func setBusiness(w *sim.World, in business) (any, error) {
	switch in.Do {
	case "connect":
		how := sim.Business{Only: in.Only, Except: in.Except}
		if err := readFlags(in.Rights, &how.Rights); err != nil {
			return nil, err
		}
		id, err := w.ConnectBusiness(in.As, in.Bot, how)
		return struct {
			ID string `json:"id"`
		}{id}, err
	case "disconnect":
		return done{true}, w.DisconnectBusiness(in.As)
	default:
		return nil, fmt.Errorf("do is %q, not connect or disconnect", in.Do)
	}
}
