package world

import (
	"fmt"

	sim "topicdesk/bench/telegram"
)

// checkApart: what was said with one tenant is nowhere where another tenant's
// people talk, though the clients are the same persons.
func (g *game) checkApart() error {
	owners := map[string]*run{}
	for _, r := range g.desks {
		for _, s := range r.said {
			if s.token != "" {
				owners[s.token] = r
			}
		}
	}
	for _, r := range g.desks {
		for where, view := range r.views() {
			for _, m := range view {
				for _, token := range tokensIn(m) {
					if owner := owners[token]; owner != nil && owner != r {
						return fmt.Errorf("%s was said with %s and is in %s of %s", token, owner.Tenant, where, r.Tenant)
					}
				}
			}
		}
	}
	return nil
}

// views are all chats of a tenant.
func (r *run) views() map[string][]sim.Shown {
	views := map[string][]sim.Shown{
		"the group":        r.everywhere(),
		"the client group": r.World.View(r.clients[0].id, r.group, 0),
	}
	for _, c := range r.clients {
		for _, bot := range r.Bots {
			views["the chat of "+c.name] = append(views["the chat of "+c.name], r.World.View(c.id, bot, 0)...)
		}
	}
	return views
}
