package dialog

// Ring decides what time alone brings: a 🟨 dialog is closed AUTOCLOSE after the
// last answer, unless one is still on its way; who came and went, what a filter has
// withheld, and how polls stand, is told; answers that wait for long get their sign, and
// clients who do are reminded of. It may come too early, because a parameter was
// changed; then time and title are worked out again and written, as the row that was
// rung has another time.
func Ring(s State, f Facts) Decision {
	d := beginAt(s, f, f.Now.Add(-holdGrace)) // what goes out at this moment may turn out to be deleted
	d.tellWalks()
	d.tellWithheld()
	d.tellPolls()
	d.watch()
	d.remind()
	if due := closes(s, f.Settings); !due.IsZero() && !f.Now.Before(due) {
		d.become(TimeIsUp, 0)
	}
	return d.done()
}
