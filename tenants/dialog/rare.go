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
	// Waits is since when the client waits for us, while the status is UserAnswered; of
	// an answer that is on its way, since when he waited for it.
	Waits time.Time `json:"waits,omitzero"`
	// Reminder is of the wait that began at Waits.
	Reminder Reminder `json:"reminder,omitzero"`
	// Away is when the client was last told that nobody is there, Undelivered that a
	// message of theirs can't be delivered; zero = never.
	Away        time.Time `json:"away,omitzero"`
	Undelivered time.Time `json:"undelivered,omitzero"`
	Locked      bool      `json:"locked,omitempty"` // the topic was closed in Telegram with the dialog
	// Assignee is who of the team has the dialog; zero = nobody.
	Assignee Assignee `json:"assignee,omitzero"`
	// Renew: the next message of the client makes a new topic, because the old one shows
	// what HIDE_INFO hides by now.
	Renew bool `json:"renew,omitempty"`
	// Phones are of people of the chat, as their contacts showed them: HIDE_INFO must
	// know them. Kept to the latest maxPhones.
	Phones []Phone `json:"phones,omitempty"`
	// Banned are those in a client group of whom nothing is relayed, the latest last.
	Banned []Banned `json:"banned,omitempty"`
	// Channels are those in whose name somebody wrote in a client group. Kept to the
	// latest maxChannels.
	Channels []Channel `json:"channels,omitempty"`
	// Labels are those of the dialog, in the order in which they were set. Some may be
	// gone: what counts is what Facts.Labels has of them.
	Labels []tenants.LabelID `json:"labels,omitempty"`
}

// Phone is somebody's number.
type Phone struct {
	ID     tenants.UserID `json:"id"`
	Number string         `json:"number"` // as Telegram writes it
}

// Channel is a channel under the title that it had last.
type Channel struct {
	ID    tenants.ChatID `json:"id"`
	Title string         `json:"title"`
}

// maxChannels is how many channels of one chat are remembered.
const maxChannels = 20

// maxPhones is how many numbers of one chat are remembered.
const maxPhones = 20

// ClockBack is r after the clock has gone back by so much to now: what is to happen
// is as far away as before, as the jobs are that wait for it. The store asks for it.
func (r Rare) ClockBack(now time.Time, by time.Duration) Rare {
	r.Holds = slices.Clone(r.Holds)
	for i := range r.Holds {
		if h := &r.Holds[i]; h.Until.After(now) {
			h.Until = h.Until.Add(-by)
		}
	}
	if r.Waits.After(now) {
		r.Waits = r.Waits.Add(-by)
	}
	if r.Reminder.Not.After(now) {
		r.Reminder.Not = now // looked at anew
	}
	if r.Away.After(now) {
		r.Away = r.Away.Add(-by)
	}
	if r.Undelivered.After(now) {
		r.Undelivered = r.Undelivered.Add(-by)
	}
	if r.Watch.Next.After(now) {
		r.Watch.Next = r.Watch.Next.Add(-by)
	}
	return r
}

// Without is r without somebody, or a channel, whom nothing here may name any more.
func (r Rare) Without(who tenants.ChatID) Rare {
	user := tenants.UserID(who)
	is := func(p tenants.Person) bool { return p.ID == user }
	r.Walks.Came = without(r.Walks.Came, is)
	r.Walks.Went = without(r.Walks.Went, is)
	r.Banned = without(r.Banned, func(b Banned) bool { return b.ID == who })
	r.Channels = without(r.Channels, func(c Channel) bool { return c.ID == who })
	r.Phones = without(r.Phones, func(p Phone) bool { return p.ID == user })
	if r.Assignee.ID == user {
		r.Assignee = Assignee{}
	}
	r.Holds = slices.Clone(r.Holds)
	for i := range r.Holds {
		if r.Holds[i].By == user {
			r.Holds[i].By = 0
		}
	}
	return r
}

// without is a list without some; the one given stays as it is.
func without[T any](list []T, is func(T) bool) []T { return slices.DeleteFunc(slices.Clone(list), is) }
