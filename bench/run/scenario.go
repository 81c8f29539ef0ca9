package run

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Scenario is what a scenario file of the kind relay says; bench/README.md
// explains the fields to those who write one.
type Scenario struct {
	Heading `yaml:",inline"`

	Seed        uint64  `yaml:"seed"`         // of who writes when
	Tenants     int     `yaml:"tenants"`      // each with one bot and one group
	Topics      int     `yaml:"topics"`       // clients of each tenant
	FromClients float64 `yaml:"from_clients"` // the part of the messages that clients write, 0 to 1
	TextBytes   int     `yaml:"text_bytes"`   // of each message

	Steady    Steady        `yaml:"steady"`
	Steps     Steps         `yaml:"steps"`
	Saturated Saturated     `yaml:"saturated"`
	Rest      time.Duration `yaml:"rest"` // from the last work to the look at the memory

	Relay     map[string]any `yaml:"relay"` // settings of the relay, as in topicdesk.yaml
	Simulator Simulator      `yaml:"simulator"`
}

// Steady is the part in which messages come at random times, as people write.
type Steady struct {
	Rate float64       `yaml:"rate"` // messages a second of all together
	For  time.Duration `yaml:"for"`
}

// Steps are further steady parts, each at a rate of its own.
type Steps struct {
	Rates []int         `yaml:"rates"` // messages a second
	For   time.Duration `yaml:"for"`   // each
}

// Saturated is the part in which the next message is written when one arrives.
type Saturated struct {
	InFlight int           `yaml:"in_flight"` // messages under way at any time
	Rounds   int           `yaml:"rounds"`    // of the relay and of the floor, in turns
	For      time.Duration `yaml:"for"`       // each
}

// Simulator is how the simulated Telegram is set.
type Simulator struct {
	Profile string `yaml:"profile"`
}

// Bar is what a figure has to reach.
type Bar struct {
	Figure  string   `yaml:"figure"`
	AtMost  *float64 `yaml:"at_most"`
	AtLeast *float64 `yaml:"at_least"`
	// Times and Of raise the bar by a multiple of another figure.
	Times float64 `yaml:"times"`
	Of    string  `yaml:"of"`
}

// markBytes is how long a text is at least: it carries its message's number.
const markBytes = 16

func (s *Scenario) check() error {
	var wrong faults
	demand := wrong.demand
	demand(s.Tenants > 0 && s.Topics > 0, "tenants and topics are at least 1")
	demand(s.FromClients >= 0 && s.FromClients <= 1, "from_clients is from 0 to 1")
	demand(s.TextBytes >= markBytes && s.TextBytes <= 4096, fmt.Sprintf("text_bytes is from %d to 4096", markBytes))
	demand(s.Steady.Rate > 0 && s.Steady.For > 0, "steady needs a rate and a time")
	demand(len(s.Steps.Rates) == 0 || slices.Min(s.Steps.Rates) > 0 && s.Steps.For > 0, "steps need rates and a time")
	demand(s.Saturated.Rounds == 0 || s.Saturated.InFlight > 0 && s.Saturated.For > 0, "saturated needs in_flight and a time")
	demand(s.Rest >= 0, "rest is a time")
	s.Heading.check(&wrong)
	return errors.Join(wrong...)
}
