package dialog

import (
	"slices"
	"time"

	"topicdesk/tenants"
)

const (
	// walksPause is the least time between two notes about who joined and left.
	walksPause = 10 * time.Minute
	// walksNoted is the size of a group above which comings and goings are not told.
	walksNoted = 200
	// maxWalks is how many of those who came, and of those who went, are named in
	// one note.
	maxWalks = 20
)

// Walks are who joined and left a client chat since that was last told.
type Walks struct {
	Told time.Time        `json:"told,omitzero"` // the last note; zero = none lately
	Came []tenants.Person `json:"came,omitempty"`
	Went []tenants.Person `json:"went,omitempty"`
	More int              `json:"more,omitempty"` // those not named
}

// waits tells that somebody has not been told of.
func (w Walks) waits() bool { return len(w.Came)+len(w.Went) > 0 }

// due is when the note about them may go; zero = there is nothing to tell.
func (w Walks) due() time.Time {
	if !w.waits() {
		return time.Time{}
	}
	return w.Told.Add(walksPause)
}

// add notes people in one of the lists; who is there already is not named twice.
func (w *Walks) add(list *[]tenants.Person, people []tenants.Person) {
	for _, p := range people {
		switch {
		case slices.ContainsFunc(*list, func(q tenants.Person) bool { return q.ID == p.ID }):
		case len(*list) >= maxWalks:
			w.More++
		default:
			*list = append(slices.Clip(*list), p)
		}
	}
}

// walked decides that people joined or left: told at once, and what follows
// within walksPause in one note at its end.
func (d *draft) walked(m *tenants.Message) Decision {
	meetAll(d, m)
	if !d.hasTopic() || d.s.Rare.Size.N > walksNoted {
		return d.dropped("service")
	}
	w := &d.s.Rare.Walks
	list := &w.Came
	if m.Content.Service == tenants.ServiceLeft {
		list = &w.Went
	}
	w.add(list, m.Content.People)
	d.tellWalks()
	return d.done()
}

// tellWalks tells who joined and left, if it is time.
func (d *draft) tellWalks() {
	w := d.s.Rare.Walks
	if !w.waits() || d.f.Now.Before(w.due()) {
		return
	}
	d.note(d.walkWords(w))
	d.s.Rare.Walks = Walks{Told: d.f.Now}
}
