package pace

import (
	"slices"

	"topicdesk/tenants"
)

// SetHelpers tells which logins do the helped jobs of a login beside it, instead of
// those told before; nil = none. What one of them has under way stays its own.
func (q *Queue) SetHelpers(of tenants.ConnectionID, helpers []tenants.ConnectionID) {
	q.helpers[of] = slices.Clone(helpers)
}

// crew visits the logins that may do a job: the helpers, and the login itself last.
func (q *Queue) crew(it Item, visit func(by tenants.ConnectionID, own bool)) {
	if it.Helped {
		for _, c := range q.helpers[it.Connection] {
			visit(c, false)
		}
	}
	visit(it.Connection, true)
}

// alone is 0 if a login has helpers, and they may not do the job.
func (q *Queue) alone(it Item) int {
	if !it.Helped && len(q.helpers[it.Connection]) > 0 {
		return 0
	}
	return 1
}

// pressed tells that more waits for a login than it may send at once.
func (q *Queue) pressed(c tenants.ConnectionID) bool {
	return q.rules.Tokens > 0 && q.waiting[c] > q.at(c).atOnce()
}

// crowded tells that more waits for a login and its helpers than may go at once.
func (q *Queue) crowded(it Item) bool {
	if q.rules.Tokens == 0 {
		return false
	}
	n := q.at(it.Connection).atOnce()
	for _, c := range q.helpers[it.Connection] {
		n += q.at(c).atOnce()
	}
	return q.waiting[it.Connection] > n
}
