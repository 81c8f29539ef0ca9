package world

import (
	"fmt"
	"strings"
	"time"

	"topicdesk/actors/tenant"
	sim "topicdesk/bench/telegram"
)

// trouble is what befalls the machine under the relay, or Telegram, for long.
func (s *scene) trouble(rest string) {
	what, span, _ := strings.Cut(strings.Replace(rest, "jumps ", "jumps for ", 1), " for ")
	switch what {
	case "disk is full":
		s.stage.Full = true
	case "is space again":
		s.stage.Full = false
	case "token is revoked":
		s.stage.Door.With(func(w *sim.World) { s.token = w.RevokeToken(s.stage.Bots[0]) })
	case "is a new token":
		s.stage.setLogin(1, s.token)
		s.stage.wake().Tell(tenant.Renew{Connection: 1})
	case "line is cut":
		s.stage.Door.With(func(w *sim.World) {
			w.AddFault(sim.Fault{Do: sim.Outage, Until: s.stage.Sched.now.Add(duration(span))})
		})
	case "clock jumps":
		s.stage.Ahead += duration(span)
	default:
		panic(fmt.Sprintf("trouble %q", what))
	}
	s.stage.RunFor(time.Second)
}
