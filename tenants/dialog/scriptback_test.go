package dialog

import (
	"slices"

	"topicdesk/tenants"
)

// target is what the store would tell of a message that a command replies to.
func (w *world) target(id tenants.MessageID) (t Target) {
	m := w.texts[id]
	if !w.ours[id] || w.fates[id] != FateWaiting && w.fates[id] != FateSent {
		return Target{}
	}
	t = Target{Of: []tenants.MessageRef{m.Ref()}, Album: m.Album, By: m.From.ID, Sent: w.sent[id]}
	for other, part := range w.texts {
		if other != id && m.Album != "" && part.Album == m.Album {
			t.Of = append(t.Of, part.Ref())
		}
	}
	slices.SortFunc(t.Of[1:], func(a, b tenants.MessageRef) int { return int(a.ID - b.ID) })
	return t
}

// last is the latest message of somebody's that is for the client.
func (w *world) last(who string) (id tenants.MessageID) {
	for other, m := range w.texts {
		if other > id && m.From.ID == people[who].ID && len(w.target(other).Of) > 0 {
			id = other
		}
	}
	return id
}

// asleep lets time pass while the process is away, and starts it again.
func (w *world) asleep(span string) {
	w.pass(span, false)
	if !w.state.Oversleeps(w.now) {
		return
	}
	var jobs []Job
	for _, q := range w.queue {
		if q.Lane.Side == ToClient {
			jobs = append(jobs, q.Job)
		}
	}
	w.decide(Overslept(w.state, jobs, w.facts("", nil)))
}

// back does what the outbox does with a deletion that is queued: what has not
// been tried never goes, and is counted.
func (w *world) back(j Job) Job {
	e, ok := j.Effect.(*Delete)
	if !ok || len(e.Of) == 0 {
		return j
	}
	own := *e
	w.queue = slices.DeleteFunc(w.queue, func(q queued) bool {
		s, ok := q.Effect.(*Send)
		drop := ok && q.attempt == 0 && slices.Contains(e.Of, q.Source)
		if drop && s.Piece == 0 && q.Origin == OfOperator {
			own.Withdrawn++
		}
		return drop
	})
	if own.Withdrawn == 0 {
		own.Twins = []tenants.MessageID{900}
	}
	j.Effect = &own
	return j
}
