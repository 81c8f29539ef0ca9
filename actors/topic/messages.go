package topic

import (
	"fmt"

	"topicdesk/actors/lane"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// Message is what a topic can be told.
//
//sumtype:decl
type Message interface{ isTopic() }

type (
	// Told is a message of the tenant, numbered without gaps.
	Told struct {
		Serial  uint64
		Message Message
	}
	// Heard is a message in the topic.
	Heard struct {
		Route   lane.Route
		Message tenants.Message
		Edited  bool
		Topic   dialog.Topic
		Facts   dialog.Facts
	}
	// Make asks for the topic at Telegram: something waits for it.
	Make struct {
		Route      lane.Route
		Topic      dialog.Topic
		Connection tenants.ConnectionID
		Facts      dialog.Facts
	}
)

func (Told) isTopic()  {}
func (Heard) isTopic() {}
func (Make) isTopic()  {}

// Under is the route of a message that was under way in a crash; 0 = none.
func Under(m Message) lane.Route {
	switch m := m.(type) {
	case Told:
		return Under(m.Message)
	case Heard:
		return m.Route
	case Make:
		return m.Route
	default:
		panic(fmt.Sprintf("topic: unexpected %T", m))
	}
}
