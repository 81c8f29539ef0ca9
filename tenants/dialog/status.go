package dialog

import (
	"topicdesk/tenants"
)

// Happening is what may change a dialog's status. Edits, clients' reactions, joins
// and the like are no happenings: they change none.
type Happening string

const (
	ClientWrites Happening = "client writes"
	ClientLeft   Happening = "client writes, kind in LEAVE_CLOSED"
	Unmatched    Happening = "client writes, keywords do not match"
	TeamWrites   Happening = "team member writes in the client group"
	Accepted     Happening = "operator's message accepted"
	Undelivered  Happening = "operator's message refused, none waits"
	Hold         Happening = "/hold"
	Wait         Happening = "/wait"
	Close        Happening = "/close"
	TimeIsUp     Happening = "AUTOCLOSE has passed"
	ReactedTo    Happening = "operator's reaction reached the client's last message"
)

// Step is one row of the status table: where a happening leads and what else
// it causes.
type Step struct {
	To      Status
	Relay   bool // of a client's message: it goes to the topic
	Begins  bool // the dialog's first message: a card if AUTO_INFO
	Greets  bool // WELCOME, if nothing speaks against it
	Ours    bool // our side began it: no welcome until it has been closed once
	Clock   bool // autoclose counts from now
	Created bool // event dialog_created
	Reopens bool // event dialog_reopened
	Closes  bool // event dialog_closed
	Loud    bool // the message rings in the group
}

// steps is the status table, complete: every status has every happening.
var steps = map[Status]map[Happening]Step{
	None: {
		ClientWrites: {To: UserAnswered, Relay: true, Begins: true, Greets: true, Created: true, Loud: true},
		ClientLeft:   {To: Closed, Relay: true, Begins: true, Created: true},
		Unmatched:    {To: None},
		TeamWrites:   {To: SupportAnswered, Relay: true, Begins: true, Created: true, Ours: true, Clock: true},
		Accepted:     {To: SupportAnswered, Created: true, Ours: true},
		Undelivered:  {To: None},
		Hold:         {To: UserAnswered, Created: true, Ours: true},
		Wait:         {To: SupportAnswered, Created: true, Ours: true, Clock: true},
		Close:        {To: Closed, Created: true},
		TimeIsUp:     {To: None},
		ReactedTo:    {To: None},
	},
	UserAnswered: {
		ClientWrites: {To: UserAnswered, Relay: true, Loud: true},
		ClientLeft:   {To: UserAnswered, Relay: true, Loud: true},
		Unmatched:    {To: UserAnswered, Relay: true, Loud: true},
		TeamWrites:   {To: SupportAnswered, Relay: true, Clock: true},
		Accepted:     {To: SupportAnswered},
		Undelivered:  {To: UserAnswered},
		Hold:         {To: UserAnswered},
		Wait:         {To: SupportAnswered, Clock: true},
		Close:        {To: Closed, Closes: true},
		TimeIsUp:     {To: UserAnswered},
		ReactedTo:    {To: SupportAnswered, Clock: true},
	},
	SupportAnswered: {
		ClientWrites: {To: UserAnswered, Relay: true, Loud: true},
		ClientLeft:   {To: UserAnswered, Relay: true, Loud: true},
		Unmatched:    {To: UserAnswered, Relay: true, Loud: true},
		TeamWrites:   {To: SupportAnswered, Relay: true, Clock: true},
		Accepted:     {To: SupportAnswered},
		Undelivered:  {To: UserAnswered},
		Hold:         {To: UserAnswered},
		Wait:         {To: SupportAnswered, Clock: true},
		Close:        {To: Closed, Closes: true},
		TimeIsUp:     {To: Closed, Closes: true},
		ReactedTo:    {To: SupportAnswered},
	},
	Closed: {
		ClientWrites: {To: UserAnswered, Relay: true, Greets: true, Reopens: true, Loud: true},
		ClientLeft:   {To: Closed, Relay: true},
		Unmatched:    {To: Closed},
		TeamWrites:   {To: SupportAnswered, Relay: true, Reopens: true, Clock: true},
		Accepted:     {To: SupportAnswered, Reopens: true},
		Undelivered:  {To: Closed},
		Hold:         {To: UserAnswered, Reopens: true},
		Wait:         {To: SupportAnswered, Reopens: true, Clock: true},
		Close:        {To: Closed},
		TimeIsUp:     {To: Closed},
		ReactedTo:    {To: Closed},
	},
}

// step looks a happening up. A missing row is a programmer's error.
func step(from Status, h Happening) Step {
	s, ok := steps[from][h]
	if !ok {
		panic("dialog: no row for " + string(from) + " and " + string(h))
	}
	return s
}

// square is the sign of a status in the topic's title.
func square(s Status) string {
	switch s {
	case None:
		return ""
	case UserAnswered:
		return "🟪"
	case SupportAnswered:
		return "🟨"
	case Closed:
		return "⬛️"
	default:
		panic("dialog: unknown status " + string(s))
	}
}

// become is the only place that changes a status. It writes the row's events
// and the times that follow; the welcome and the card are the caller's.
func (d *draft) become(h Happening, by tenants.UserID) Step {
	row := step(d.s.Status, h)
	if row.To == UserAnswered && (row.Created || row.Reopens) {
		d.s.Opened++
	}
	if row.To == UserAnswered && d.s.Status != UserAnswered && (h != Undelivered || d.s.Rare.Waits.IsZero()) {
		d.s.Rare.Waits, d.s.Rare.Reminder = d.f.Now, Reminder{}
	}
	d.s.Status = row.To
	if row.To != Closed {
		d.unlock()
	}
	if row.Clock {
		d.s.Delivered = d.f.Now
	}
	if h == Wait || h == Close || h == TimeIsUp {
		d.s.Rare.Forum = d.s.Rare.Forum.rest()
	}
	switch {
	case row.Ours:
		d.s.TeamBegan = true
	case row.Closes:
		d.s.TeamBegan = false
	}
	switch {
	case row.Created:
		d.event(DialogCreated, by)
	case row.Reopens:
		d.event(DialogReopened, by)
	case row.Closes:
		d.event(DialogClosed, by)
	}
	return row
}
