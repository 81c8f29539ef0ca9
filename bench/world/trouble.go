package world

import (
	"strings"
	"time"

	"topicdesk/actors/tenant"
	sim "topicdesk/bench/telegram"
	"topicdesk/tenants"
)

// jumps are by how much somebody sets the clock of a process that goes on.
var jumps = []time.Duration{-time.Hour, -90 * time.Second, -2 * time.Second, 3 * time.Second, 2 * time.Hour, 26 * time.Hour}

// jump sets the relay's clock. Every clock of it: a real process measures with one
// that nobody sets, so that here tokens may come back too early, and parts of an
// album too late.
func (g *game) jump(s *site) {
	by := jumps[g.luck.IntN(len(jumps))]
	s.Ahead += by
	g.seen.Jumps++
	g.floods = true
	g.troubles = append(g.troubles, s.Sched.now)
	g.note(s, "the clock jumps by %s", by)
}

// tokenChanges has the owner of a bot take a new token from Telegram, and the next
// time, or at the end, tell the relay.
func (r *run) tokenChanges() {
	if len(r.fresh) > 0 {
		r.renewTokens()
		return
	}
	n := r.pick(len(r.Bots))
	r.Door.With(func(w *sim.World) { r.fresh[n] = w.RevokeToken(r.Bots[n]) })
	r.seen.Tokens++
	r.slowPolls = true
	r.note("a token is revoked")
}

// renewTokens gives the relay the tokens that are new. A process that has just
// ended reads them when it begins.
func (r *run) renewTokens() {
	for n, token := range r.fresh {
		id := tenants.ConnectionID(n + 1)
		r.setLogin(id, token)
		if ref := r.wake(); !ref.IsZero() {
			ref.Tell(tenant.Renew{Connection: id})
		}
		r.note("the relay has the new token")
	}
	clear(r.fresh)
}

// clientGoes lets the client who owns nothing delete the account. What is on its
// way there may be refused.
func (g *game) clientGoes(s *site) {
	if g.desks[0].clients[2].gone {
		return
	}
	s.Door.With(func(w *sim.World) { w.DeleteAccount(g.desks[0].clients[2].id) })
	for _, r := range g.desks {
		c := r.clients[2]
		c.gone, c.blocked = true, true
		for i := range r.said {
			if s := &r.said[i]; s.by == c && s.answer {
				s.risky = true
			}
		}
		r.risks(func(q quick) bool { return q.to == c })
	}
	g.seen.Gone++
	g.note(s, "%s deletes the account", g.desks[0].clients[2].name)
}

// markMissed finds what Telegram itself has lost: of a message whose update never
// came to one of the bots nothing is expected. All else must be there.
func (r *run) markMissed() {
	for _, e := range r.World.Log() {
		if e.Event != sim.EventLost || e.Method != "message" {
			continue
		}
		for _, id := range e.Messages {
			m, there := r.World.Message(e.Bot, e.Chat, id)
			for i := range r.said {
				s := &r.said[i]
				same := there && s.token != "" && strings.Contains(words(m), s.token)
				// A part of an album that was taken away at once can't be read any more.
				if same || !there && s.pulled && s.by != nil && s.by.id == e.Chat {
					s.missed = true
				}
			}
		}
	}
}
