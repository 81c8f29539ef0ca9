package world

import (
	"fmt"
	"strings"

	"topicdesk/tenants"
)

// helper takes a bot in that helps a connection, 1 if none is named; help1 takes
// that one in again.
func (s *scene) helper(rest string) {
	if n, again := strings.CutPrefix(rest, "help"); again {
		must(s.stage.Enlist(tenants.ConnectionID(len(s.stage.Bots)+number(n)), 1))
		return
	}
	of := tenants.ConnectionID(1)
	if rest != "" {
		of = tenants.ConnectionID(number(rest))
	}
	_, err := s.stage.AddHelper(of)
	must(err)
	n := len(s.stage.Helpers)
	name := fmt.Sprintf("help%d", n)
	s.people[name], s.people["bot"+name] = s.stage.Helpers[n-1], s.stage.Helpers[n-1]
}

// dismiss lets help1 go, as the command does.
func (s *scene) dismiss(rest string) {
	must(s.stage.Dismiss(tenants.ConnectionID(len(s.stage.Bots) + number(strings.TrimPrefix(rest, "help")))))
}
