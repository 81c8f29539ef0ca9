package dialog

import (
	"time"

	"topicdesk/tenants"
)

// Decision is all that follows from one event. The zero Decision: nothing but
// "seen".
type Decision struct {
	State *State       // the dialog from now on; nil = unchanged
	Topic *TopicChange // what changes of the topic; nil = nothing

	Jobs []Job // in this order inside each lane
	// Inside are messages of the group that are kept inside: replies to them
	// are internal, and no edit ever sends them. One of which the client has a
	// version is not. Of the client chat: parts of an album that is withheld.
	Inside []tenants.MessageRef
	// InsideAlbum is the album of what is kept inside: its later parts stay there
	// too. "" = none.
	InsideAlbum string
	// Outside are messages that are kept inside no more: somebody chose to send them.
	Outside []tenants.MessageRef
	// Forget are messages whose twins are gone: their links go.
	Forget []tenants.MessageRef
	// Vanished are messages of the group that turned out to be deleted, or will be by this
	// decision: lists lead to them no more.
	Vanished []tenants.MessageRef
	// Hold are messages that wait for a choice from now on, Unhold those that do no more.
	Hold   []Held
	Unhold []tenants.MessageRef
	Links  []Link
	Events []Event
	// Poll is a poll of the team that has gone out; nil = none.
	Poll *Poll
	// Regroup is the group into which the dialog moves, with all that waits for its
	// topic: that has to be made anew; 0 = it stays where it is.
	Regroup tenants.ChatID
	// Room is what becomes of a group's waiting room; nil = nothing.
	Room *RoomChange
	// Stand is what a connection lacks in its group from now on; nil = unchanged.
	Stand *Stand
	// Binding is a group bound to a connection by this decision; nil = none.
	Binding *Binding
	// Withdraw are albums (media_group_id) whose untried jobs are dropped: a later
	// part says that the whole stays where it is.
	Withdraw []string
	// Cancel are messages of the team whose untried jobs for the client are dropped.
	Cancel []tenants.MessageRef
	// Moved are chats that got a new id; all rows follow.
	Moved []Move
	// NoSigns is a group that refuses our reactions; zero = no news.
	NoSigns NoSigns
	// Operator is somebody seen at work in the group; zero = nobody new.
	Operator tenants.Person
	// Joined are people who came into the group, Left those who went out of it.
	Joined []tenants.Person
	Left   []tenants.UserID
	// Renew are dialogs that go on in new topics; nil = none.
	Renew *Renewal
	// Set are parameters that change, in canonical form; tenants.DefaultValue takes
	// one away from its level. In force with the next event.
	Set []tenants.Value
	// Reply is a quick reply that is saved, or deleted; nil = none.
	Reply *ReplyChange
	// Ignore is a chat that is banned or no longer; nil = none. In force as Set is.
	Ignore *Ignoring
	// Labels are those of groups that are made, changed or deleted.
	Labels []LabelChange
	// Labelled are labels that this dialog gets or loses: in this order, each really
	// changing something. What a label causes when it is set hangs on these.
	Labelled []Labelling
	// ReplyWords are words of a quick reply that Telegram has told; nil = none.
	ReplyWords *ReplyWords
	// Acts go into the log of who administered what.
	Acts []Act
	// Dropped names why something was not relayed, for metrics; "" = it was.
	Dropped string
}

// Reopens tells that a decision changes what actors hold beside their dialogs:
// which groups there are, where lanes lead, what holds them back. The tenant is
// opened anew after it.
func (d *Decision) Reopens() bool {
	return d.Binding != nil || len(d.Moved) > 0 || d.Regroup != 0 || d.Room != nil && d.Room.Elsewhere != 0 ||
		d.Stand != nil && d.Stand.Resume || d.Renew != nil
}

// RoomChange is that a group's waiting room is there, or no more.
type RoomChange struct {
	Group  tenants.ChatID
	Thread tenants.ThreadID // 0 = gone
	Was    tenants.ThreadID // of a gone one: another one made meanwhile stays
	// Elsewhere is the group into which Connection's dialogs go that wait for the room,
	// because none can be made; 0 = they wait.
	Elsewhere  tenants.ChatID
	Connection tenants.ConnectionID
}

// Stand is how a connection stands in a group of the team.
type Stand struct {
	Connection tenants.ConnectionID
	Group      tenants.ChatID
	Lack       Lack
	// Resume: what has waited because of what lacked before goes on.
	Resume bool
}

// Lack is what keeps a connection from working in a group. The schema's CHECK
// lists the same values.
type Lack string

const (
	LacksNothing Lack = ""
	LacksPlace   Lack = "out"    // thrown out of the group, or the group is gone
	LacksRights  Lack = "rights" // it may not do there what it has to
)

// Binding joins a connection with its backend group.
type Binding struct {
	Connection tenants.ConnectionID
	Group      tenants.Chat
	// Administrator is who bound it, the connection's administrator from now on.
	Administrator tenants.UserID
	Language      tenants.Language // LANGUAGE from now on; "" = as it is
}

// NoSigns is a group that refuses our reactions: none is tried before Until.
type NoSigns struct {
	Group tenants.ChatID
	Until time.Time
}

// Move is a chat that was upgraded to a supergroup.
type Move struct{ From, To tenants.ChatID }

// Topic is a dialog's forum topic: a row of topics. It holds no real name of a
// client, only what is shown. Several deciders change single fields of it (the
// chat its title, the topic its thread), so decisions carry a TopicChange.
type Topic struct {
	Dialog tenants.DialogID
	Group  tenants.ChatID
	Thread tenants.ThreadID // 0 = not made yet, or gone
	Closed bool             // closed in Telegram
	Title  string           // as decided by the chat
	Set    string           // as Telegram has it
	SetAt  time.Time        // when we renamed it last
	Made   int              // how many topics this dialog has had
	// Anew: what was said before is still to be shown in it.
	Anew bool
}

// TopicChange changes fields of a Topic; nil fields stay.
type TopicChange struct {
	Title  *string
	Thread *tenants.ThreadID // non-zero: made (Made counts up when it differs); 0: gone
	Closed *bool
	Set    *string // SetAt becomes the time of the commit
	Anew   *bool
	// Asked: the dialog gets a topic of its own from now on; it is counted.
	Asked bool
}

// Act is something that somebody administered: a parameter set, somebody banned, a
// label made. What is done in answering clients is none.
type Act struct {
	At     time.Time
	By     tenants.Person   // the zero Person: the host
	Name   string           // of the command, or what it amounts to: "set", "label new"
	Dialog tenants.DialogID // 0 = it is about none
	// Detail names what was changed: a parameter with its value, a label, a reply.
	// Never words of a message, nor a secret.
	Detail string
}

// Event is a fact for reports, written in the same transaction.
type Event struct {
	At     time.Time
	Kind   EventKind
	Dialog tenants.DialogID
	Person tenants.UserID // the operator, 0 = none
	// Subject is the label, or the operator to whom the dialog was given; 0 = none.
	Subject int64
}

// EventKind names an event; the schema's CHECK lists the same values.
type EventKind string

const (
	DialogCreated   EventKind = "dialog_created"
	DialogReopened  EventKind = "dialog_reopened"
	DialogClosed    EventKind = "dialog_closed"
	MessageReceived EventKind = "message_received"
	MessageSent     EventKind = "message_sent"
	MessageRefused  EventKind = "message_refused"
	MessageFiltered EventKind = "message_filtered"
	LabelSet        EventKind = "label_set"
	LabelOff        EventKind = "label_off"
	DialogAssigned  EventKind = "dialog_assigned"
	DialogFreed     EventKind = "dialog_freed"
	ChatBanned      EventKind = "chat_banned"
	ChatUnbanned    EventKind = "chat_unbanned"
	PersonBanned    EventKind = "person_banned" // in a client group; the rest of it is relayed
	PersonUnbanned  EventKind = "person_unbanned"
)

// Settlement is what follows from one try of a job.
type Settlement struct {
	Verdict Verdict
	// Effect replaces the job's effect when it is tried again in another way;
	// nil = as it was.
	Effect Effect
	// After: not before this time. Zero = at once.
	After time.Time
	// Pause holds back a whole budget of the login that made the try until Until,
	// zero = After: that of the chat, or the login's.
	Pause PauseScope
	Until time.Time
	// Flooded: Telegram holds back what we send into the chat, though our rules allow it.
	Flooded bool
	// Before are jobs to be done before this one is tried again (reopen the topic).
	Before []Job
	// Resent: nobody knew whether the try arrived, and this is why it is repeated:
	// logged, where it may be there twice as a possible double.
	Resent tenants.Resent
	// Why is the reason in plain words, for the log and for the operator. It
	// never holds words of a message.
	Why      string
	Decision Decision
}

// Verdict says what becomes of the job's row.
type Verdict int

const (
	Retire Verdict = iota // done, or dropped with a trace; the row goes
	Retry                 // back to the head of its lane
)

// PauseScope is whose sends wait.
type PauseScope int

const (
	PauseNone  PauseScope = iota
	PauseChat             // this login into this chat
	PauseLogin            // everything of this login
)
