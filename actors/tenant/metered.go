package tenant

import (
	"topicdesk/actors/lane"
	"topicdesk/actors/meter"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// meterSettled counts the end of a try, once it is on disk.
func (t *Tenant) meterSettled(row *store.Row, s *lane.Settled) {
	st, m, side := s.Settlement, t.opt.Meter, row.Job.Lane.Side
	after := t.now().Sub(row.Job.Decided)
	_, sends := row.Job.Effect.(*dialog.Send)
	arrived := st.Verdict == dialog.Retire && sends && len(s.Made) > 0 && row.Job.Origin != dialog.OfRelay
	t.later(func() {
		if arrived {
			m.Arrived(side, after)
		}
		if st.Pause != dialog.PauseNone {
			m.Paused(st.Why == dialog.WhyFlood)
		}
		switch {
		case st.Resent.Doubles():
			m.Unsure(meter.Resent)
		case st.Resent != "":
			m.Unsure(string(st.Resent)) // meter.Absent, Harmless, Topic
		}
	})
}

// meterDropped counts what is not relayed, or was taken out.
func (t *Tenant) meterDropped(reason string) {
	if reason != "" {
		t.later(func() { t.opt.Meter.Dropped(reason) })
	}
}

// meterWaiting tells what is in the outbox.
func (t *Tenant) meterWaiting() error {
	by, err := t.tx.Waits()
	if err != nil {
		return err
	}
	told := map[dialog.Side]meter.Waits{}
	for side, w := range by {
		told[side] = meter.Waits{Jobs: w.Jobs, Oldest: w.Oldest}
	}
	t.metered = len(told) > 0
	t.later(func() { t.opt.Meter.Waiting(t.opt.ID, told) })
	return nil
}
