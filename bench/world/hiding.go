package world

import (
	"strings"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/tenant"
	sim "topicdesk/bench/telegram"
	"topicdesk/tenants"
)

// hidden is when HIDE_INFO was on with a tenant: from when it is known to be, until it
// may no longer be.
type hidden struct {
	asked <-chan error // to switch it on; nil = nobody asks
	spans []span
}

// span is a time; until is zero while it lasts.
type span struct{ from, until time.Time }

// underWay is how long something may still arrive that was sent before the switch.
const underWay = 2 * callTimeout

// lasts tells that it is on now.
func (h *hidden) lasts() bool { return len(h.spans) > 0 && h.spans[len(h.spans)-1].until.IsZero() }

// at tells that it was on, and nothing from before was under way, in the whole second
// that t names: Telegram's dates are no finer.
func (h *hidden) at(t time.Time) bool {
	for _, s := range h.spans {
		if t.After(s.from.Add(underWay)) && (s.until.IsZero() || t.Before(s.until.Truncate(time.Second))) {
			return true
		}
	}
	return false
}

// switchesHiding switches HIDE_INFO on or off while everything runs. Off counts from
// when it is asked for, on from the answer.
func (r *run) switchesHiding() {
	ref := r.wake()
	if ref.IsZero() {
		return
	}
	value := "NONE"
	if r.hidden.asked == nil && !r.hidden.lasts() {
		value = hiddenAll
	}
	answer := tenant.Ask(ref, func(reply actors.Reply[error]) tenant.Message {
		return tenant.Set{Value: tenants.Value{Name: "HIDE_INFO", Value: value}, Reply: reply}
	})
	r.hidden.asked = nil
	if value == hiddenAll {
		r.hidden.asked = answer
	} else if r.hidden.lasts() {
		r.hidden.spans[len(r.hidden.spans)-1].until = r.Sched.now
	}
	r.note("HIDE_INFO is to be " + value)
}

// hiddenAll is all of HIDE_INFO that concerns names.
const hiddenAll = "name,title,link"

// seesHiding takes the answer to a switch, if it is there.
func (r *run) seesHiding() {
	if len(r.hidden.asked) == 0 {
		return
	}
	if err := <-r.hidden.asked; err == nil {
		r.hidden.spans = append(r.hidden.spans, span{from: r.Sched.now})
		r.note("HIDE_INFO is on")
	}
	r.hidden.asked = nil
}

// hiddenThen tells that what is in a message came while names were hidden; an edit
// brings all of it anew.
func (r *run) hiddenThen(m sim.Shown) bool {
	came := m.Date
	if m.Edited != 0 && strings.Contains(words(m), " edited") {
		came = m.Edited
	}
	return r.hidden.at(time.Unix(came, 0))
}

// renamed are the groups in which no title may have a name in it: of one that is left,
// and where Telegram denied a topic that was there, the relay knows only new titles.
func (r *run) renamed() []int64 {
	always := r.hidden.lasts() && len(r.hidden.spans) == 1 && r.plan.HideInfo
	switch {
	case always:
		return r.groups()
	case r.hidden.lasts() && !r.denied():
		return []int64{r.Forum}
	default:
		return nil
	}
}
