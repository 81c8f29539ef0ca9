package dialog

import (
	"slices"
	"time"

	"topicdesk/tenants"
)

// Rare is what most dialogs do not have. It is stored as one JSON value, so that
// a field needs no migration: give it a short name and omitempty or omitzero,
// and let its zero value mean "nothing".
type Rare struct {
	// Born is the id that the chat had before it became a supergroup, 0 = it had
	// none: its pseudonym is made of it and stays. The store sets it with a Move.
	Born  tenants.ChatID `json:"born,omitempty"`
	Room  bool           `json:"room,omitempty"`  // what the client writes goes into the waiting room
	Muted bool           `json:"muted,omitempty"` // we may not write in the chat
	Mode  Mode           `json:"mode,omitempty"`
	Walks Walks          `json:"walks,omitzero"`  // who joined and left lately
	Forum Forum          `json:"forum,omitzero"`  // of a client forum group
	Polls []Tally        `json:"polls,omitempty"` // in which somebody voted lately
	Holds []Delayed      `json:"holds,omitempty"` // operators' messages that are held, in the order of their jobs
	Watch Watch          `json:"watch,omitzero"`  // of answers that wait for the client
	Ask   Ask            `json:"ask,omitzero"`    // of a client group: what was asked about it
	Size  Size           `json:"size,omitzero"`   // of a client group: how many are in it
	Busy  Busy           `json:"busy,omitzero"`   // of a client group: how much is written
	// Late is the client's message of which an edit after the last answer was told
	// last.
	Late Late `json:"late,omitzero"`
	// Reacted is the client's message to which an operator's reaction is on its way
	// that counts as an answer, 0 = none: what the client writes meanwhile undoes it.
	Reacted tenants.MessageID `json:"reacted,omitempty"`
}

// ClockBack is r after the clock has gone back by so much to now: what is to happen
// is as far away as before, as the jobs are that wait for it. The store asks for it.
func (r Rare) ClockBack(now time.Time, by time.Duration) Rare {
	r.Holds = slices.Clone(r.Holds)
	for i := range r.Holds {
		if h := &r.Holds[i]; h.Until.After(now) {
			h.Until = h.Until.Add(-by)
		}
	}
	if r.Watch.Next.After(now) {
		r.Watch.Next = r.Watch.Next.Add(-by)
	}
	return r
}

// Without is r without somebody whom nothing here may name any more.
func (r Rare) Without(user tenants.UserID) Rare {
	is := func(p tenants.Person) bool { return p.ID == user }
	r.Walks.Came = slices.DeleteFunc(slices.Clone(r.Walks.Came), is)
	r.Walks.Went = slices.DeleteFunc(slices.Clone(r.Walks.Went), is)
	return r
}
