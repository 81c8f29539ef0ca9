package dialog

import (
	"topicdesk/tenants"
)

// Ring decides what time alone brings: a 🟨 dialog is closed AUTOCLOSE after the
// last answer, unless one is still on its way; who came and went, and
// how polls stand, is told. It may
// come too early, because a parameter was changed; then time and title are worked
// out again and written, as the row that was rung has another time.
func Ring(s State, f Facts) Decision {
	d := begin(s, f)
	d.tellWalks()
	d.tellPolls()
	if due := closes(s, f.Settings); !due.IsZero() && !f.Now.Before(due) {
		d.become(TimeIsUp, 0)
	}
	d.s.Wake = wake(d.s, f.Settings)
	return d.done()
}

// Waiting marks an operator's message that has waited for WaitingMark for the
// client. It changes nothing of the dialog.
func Waiting(s State, j Job, f Facts) []Job {
	if j.Origin != OfOperator || j.Source.IsZero() || f.Now.Sub(j.Decided) < tenants.WaitingMark {
		return nil
	}
	d := begin(s, f)
	d.mark(j.Source, signWaits)
	return d.out.Jobs
}
