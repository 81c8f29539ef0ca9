package chat

import (
	"fmt"

	"topicdesk/actors/lane"
	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/pace"
)

// Message is what a chat can be told.
//
//sumtype:decl
type Message interface{ isChat() }

type (
	// Told is a message of the tenant, numbered without gaps: one that is
	// missing was lost, and what follows must not overtake it.
	Told struct {
		Serial  uint64
		Message Message
	}
	// Handed is the same of the topic.
	Handed struct {
		Serial  uint64
		Message Message
	}
	// Load fills the lane to the client from the outbox; the first message.
	Load struct {
		Jobs    []lane.Numbers
		Budgets map[tenants.ConnectionID]pace.Budget
		// Overslept are jobs of messages that were held when the process ended, if
		// that is long ago.
		Overslept []dialog.Job
		Facts     dialog.Facts // of Overslept
	}
	// Heard is a message of the client chat.
	Heard struct {
		Route   lane.Route
		Message tenants.Message
		Edited  bool
		Facts   dialog.Facts
	}
	// Answer is an operator's message that the topic hands over.
	Answer struct {
		Route   lane.Route
		Message tenants.Message
		Edited  bool
		Facts   dialog.Facts
	}
	// Command is an operator's command about the dialog.
	Command struct {
		Route   lane.Route
		Message tenants.Message
		Call    command.Call
		Facts   dialog.Facts
	}
	// Pressed is the press of a button about the dialog.
	Pressed struct {
		Route lane.Route
		Event tenants.Pressed
		Press dialog.Press
		Facts dialog.Facts
	}
	// Voted tells how a poll in the client chat stands; Message is the one in the
	// topic that it was.
	Voted struct {
		Route   lane.Route
		Event   tenants.Voted
		Message tenants.MessageRef
		Facts   dialog.Facts
	}
	// Deleted tells that messages of the client chat were deleted.
	Deleted struct {
		Route lane.Route
		Facts dialog.Facts
	}
	// Reacted tells that somebody's reactions on a message of the dialog changed.
	Reacted struct {
		Route lane.Route
		Event tenants.Reacted
		Facts dialog.Facts
	}
	// Named tells that an operator gave the topic a name.
	Named struct {
		Route   lane.Route
		Message tenants.Message
		Name    string
		Facts   dialog.Facts
	}
	// Spoken tells that somebody wrote in the topic without it going to the
	// client: the next client's message carries its author again. A hint.
	Spoken struct{ By tenants.UserID }
	// Member tells that the connection's standing in the chat changed.
	Member struct {
		Route lane.Route
		Event tenants.Membership
		Facts dialog.Facts
	}
	// Ring tells that State.Wake has come.
	Ring struct {
		Route lane.Route
		Facts dialog.Facts
	}
	// Settled is the outcome of a try in the lane to the client.
	Settled struct {
		Route   lane.Route
		Numbers lane.Numbers
		Job     dialog.Job
		Outcome tenants.Outcome
		Facts   dialog.Facts
	}
	// Stored tells what became of the jobs of a commit.
	Stored struct{ Jobs []lane.Stored }
	// First tells jobs that were put before the head of the lane.
	First struct{ Jobs []lane.Numbers }
	// Due reminds of a job that waits in the outbox and may go.
	Due struct{ Job lane.Numbers }
	// Idle asks whether the actor would leave.
	Idle struct{}
	// Tick is the chat's own timer.
	Tick struct{}
)

func (Told) isChat()    {}
func (Handed) isChat()  {}
func (Load) isChat()    {}
func (Heard) isChat()   {}
func (Answer) isChat()  {}
func (Command) isChat() {}
func (Reacted) isChat() {}
func (Deleted) isChat() {}
func (Pressed) isChat() {}
func (Voted) isChat()   {}
func (Named) isChat()   {}
func (Spoken) isChat()  {}
func (Member) isChat()  {}
func (Ring) isChat()    {}
func (Settled) isChat() {}
func (Stored) isChat()  {}
func (First) isChat()   {}
func (Due) isChat()     {}
func (Idle) isChat()    {}
func (Tick) isChat()    {}

// Under is the route of a message that was under way in a crash; 0 = none.
func Under(m Message) lane.Route {
	switch m := m.(type) {
	case Told:
		return Under(m.Message)
	case Handed:
		return Under(m.Message)
	case Heard:
		return m.Route
	case Answer:
		return m.Route
	case Command:
		return m.Route
	case Pressed:
		return m.Route
	case Reacted:
		return m.Route
	case Deleted:
		return m.Route
	case Voted:
		return m.Route
	case Named:
		return m.Route
	case Member:
		return m.Route
	case Ring:
		return m.Route
	case Settled:
		return m.Route
	case Load, Spoken, Stored, First, Due, Idle, Tick:
		return 0
	default:
		panic(fmt.Sprintf("chat: unexpected %T", m))
	}
}
