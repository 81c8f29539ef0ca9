package world

import (
	"topicdesk/actors/tenant"
	sim "topicdesk/bench/telegram"
	"topicdesk/tenants"
)

// helperState is how the helper of a desk stands.
type helperState struct {
	out, muted, dismissed bool
}

// helperLives lets something become of the helper: it is thrown out, may not
// write, comes back, is let go by the command, is taken in again. As often, the
// own bot is held back, so that it is the helper who writes.
func (r *run) helperLives() {
	if len(r.Helpers) == 0 {
		return
	}
	bot, h := r.Helpers[0], &r.helper
	switch n := r.pick(8); {
	case n < 4:
		r.fail(r.site, sim.Fault{Method: "copyMessage", Do: sim.Flood, Retry: 40, Count: 1})
		r.note("the own bot is held back")
	case n == 4 && !h.out:
		h.out = true
		r.Door.With(func(w *sim.World) { must(w.Kick(r.Admin, r.Forum, bot)) })
		r.note("the helper is thrown out")
	case n == 5 && !h.out:
		h.muted = true
		r.Door.With(func(w *sim.World) { must(w.Restrict(r.Admin, r.Forum, bot, sim.Permissions{React: true}, 0)) })
		r.note("the helper may not write")
	case n == 6:
		r.employ()
	default:
		r.letIn(bot)
	}
}

// letIn lets a helper write again.
func (r *run) letIn(bot int64) {
	h := &r.helper
	r.Door.With(func(w *sim.World) {
		if h.out {
			must(w.Unban(r.Admin, r.Forum, bot))
			must(w.AddMember(r.Admin, r.Forum, bot))
		}
		if h.muted {
			must(w.Restrict(r.Admin, r.Forum, bot, sim.AllPermissions(), 0))
		}
	})
	h.out, h.muted = false, false
	r.note("the helper may write")
}

// employ lets the helper go, or takes it in again; nobody waits for the answer.
func (r *run) employ() {
	id := tenants.ConnectionID(len(r.Bots) + 1)
	var m tenant.Message = tenant.Dismiss{Helper: id}
	if r.helper.dismissed {
		m = tenant.Enlist{Helper: r.helperRow(id, 1)}
	}
	r.helper.dismissed = !r.helper.dismissed
	r.wake().Tell(m)
	r.note("the helper is let go, or taken in again")
}
