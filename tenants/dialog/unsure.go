package dialog

import (
	"cmp"
	"time"

	"topicdesk/tenants"
)

// searchWait is until when a call of which the answer was lost is waited for:
// after it, it does not go on at Telegram any more.
const searchWait = 15 * time.Second

// Searches tells that it can be found out whether a try of a job arrived: it is
// a message of the login's own. A forward looks like a stranger's message, and
// what was said before is better missing than twice.
func (j *Job) Searches() bool {
	s, ok := j.Effect.(*Send)
	return ok && s.Way != Forward && !s.Earlier
}

// Lost is an outcome that nobody knows, with whether it can be found out, or why it
// can't. s is what a search would begin with; idempotent: the login may repeat a try.
func (j *Job) Lost(o tenants.Outcome, idempotent bool, s tenants.Search) tenants.Outcome {
	send, sends := j.Effect.(*Send)
	switch {
	case idempotent:
		o.Resent = tenants.Harmless
	case j.Searches():
		o.Search = &s
	case sends && send.Way == Forward:
		o.Resent = tenants.IsForward
	}
	return o
}

// unsure: nobody knows whether a try has arrived. It is found out, if that can be,
// before it is tried again.
func unsure(j *Job, attempt int, o tenants.Outcome, now time.Time) Settlement {
	st := Settlement{Verdict: Retry, After: now.Add(backoff(attempt)), Resent: o.Resent, Why: o.Why}
	switch e := j.Effect.(type) {
	case *Send:
		next := *e
		switch {
		case o.Search != nil:
			st.Resent = ""
			next.Search, next.Doubt = o.Search, true
			st.After = now.Add(o.After)
			if over := o.Search.Ended.Add(searchWait); over.After(st.After) {
				st.After = over
			}
		default:
			st.Resent = cmp.Or(o.Resent, tenants.NoFloor)
			if next.Search != nil { // it has been waited for long enough
				st.After = time.Time{}
			}
			next.Search, next.Doubt = nil, e.Doubt && st.Resent != tenants.Absent || st.Resent.Doubles()
		}
		st.Effect = &next
	case *Open: // the service message of a topic that was made comes as an update
		st.After, st.Resent = now.Add(searchWait), tenants.IsTopic
	case *Rename, *SetOpen, *Edit, *React, *Delete, *AnswerPress:
		st.Resent = tenants.Harmless
	default:
		panic("dialog: unknown effect")
	}
	return st
}

// twice tells of a send that has arrived that it may be there from an earlier try
// too.
func (s *Send) twice() bool { return s.Doubt && s.Search == nil }
