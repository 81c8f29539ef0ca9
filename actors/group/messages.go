package group

import (
	"fmt"

	"topicdesk/actors/lane"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/onboard"
	"topicdesk/tenants/pace"
)

// Message is what a group can be told.
//
//sumtype:decl
type Message interface{ isGroup() }

type (
	// Load fills the lanes from the outbox; the first message of an opening.
	Load struct {
		Jobs    []lane.Numbers
		Budgets map[tenants.ConnectionID]pace.Budget
		Helpers []Helpers
	}
	// Helpers are the logins that do the helped jobs of a login beside it in this
	// group from now on.
	Helpers struct {
		Of      tenants.ConnectionID
		Helpers []tenants.ConnectionID
	}
	// Pass is a commit of a chat or topic on its way to the tenant.
	Pass struct{ Commit lane.Commit }
	// Heard is a message in General, in a topic of nobody, or a /bind.
	Heard struct {
		Route   lane.Route
		Message tenants.Message
		Edited  bool
		Facts   dialog.Facts
		// Bind is set for /bind in a group: what the binding depends on.
		Bind *onboard.Facts
	}
	// Member is news of how a login stands in the group. If it is out of it, that
	// is said by OutSpeaker in the chat OutTo; 0 = it can't be said.
	Member struct {
		Route lane.Route
		Event tenants.Membership
		Facts dialog.Facts
		Place onboard.Facts
		Was   dialog.Lack // what is known so far

		OutSpeaker tenants.ConnectionID
		OutTo      tenants.ChatID
	}
	// Joined tells that the standing of a login changed in a client group of which
	// nothing has been relayed.
	Joined struct {
		Route lane.Route
		Event tenants.Membership
		Facts dialog.Facts
	}
	// Pressed is the press of a button that is about no dialog; Press is zero if it is
	// about nothing known.
	Pressed struct {
		Route lane.Route
		Event tenants.Pressed
		Press dialog.Press
		Facts dialog.Facts
	}
	// Claimed tells whether the node gave the group to this tenant.
	Claimed struct {
		Route lane.Route
		Heard Heard
		Taken bool // another tenant has it
	}
	// Settled is the outcome of a try in one of the group's lanes.
	Settled struct {
		Route   lane.Route
		Numbers lane.Numbers
		Job     dialog.Job
		Topic   dialog.Topic // zero for General's lanes
		Outcome tenants.Outcome
		Facts   dialog.Facts
	}
	// Stored tells what became of the jobs of a commit.
	Stored struct{ Jobs []lane.Stored }
	// First tells jobs that were put before the head of their lanes.
	First struct{ Jobs []lane.Numbers }
	// Made tells that a dialog's topic is there: what waited for it may go.
	Made struct{ Dialog tenants.DialogID }
	// RoomMade tells that the group's waiting room is there: what waited for it may go.
	RoomMade struct{}
	// Due reminds of a job that waits in the outbox and may go.
	Due struct{ Job lane.Numbers }
	// Tick is the group's own timer.
	Tick struct{}
)

func (Load) isGroup()     {}
func (Helpers) isGroup()  {}
func (Pass) isGroup()     {}
func (Heard) isGroup()    {}
func (Joined) isGroup()   {}
func (Pressed) isGroup()  {}
func (Member) isGroup()   {}
func (Claimed) isGroup()  {}
func (Settled) isGroup()  {}
func (Stored) isGroup()   {}
func (First) isGroup()    {}
func (Made) isGroup()     {}
func (RoomMade) isGroup() {}
func (Due) isGroup()      {}
func (Tick) isGroup()     {}

// Under is the route of a message that was under way in a crash; 0 = none.
func Under(m Message) lane.Route {
	switch m := m.(type) {
	case Heard:
		return m.Route
	case Joined:
		return m.Route
	case Pressed:
		return m.Route
	case Member:
		return m.Route
	case Claimed:
		return m.Route
	case Settled:
		return m.Route
	case Pass:
		return m.Commit.Route
	case Load, Helpers, Stored, First, Made, RoomMade, Due, Tick:
		return 0
	default:
		panic(fmt.Sprintf("group: unexpected %T", m))
	}
}
